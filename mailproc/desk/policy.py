"""What was promised: the levels with their targets, what a request must hold, who is told.

A policy is a TOML file that an operator can read and copy (`desk/policies/`). Here is its shape; reading the
file and placing a mistake at its line is the configuration's work. Every value is frozen.
"""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

Unit = Literal["minutes", "hours", "days", "business hours", "business days"]
RequestKind = Literal["problem", "question", "enhancement", "third-party", "escalation"]

_TARGET = re.compile(r"(\d+)\s+(business\s+)?(minute|hour|day)s?", re.IGNORECASE)


class Frozen(BaseModel):
    """The base of whatever is read from a file: closed, immutable, and never printing what it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Target(Frozen):
    """A span of time as promised: `8 business hours`. Hours and days that are not "business" are elapsed time."""

    amount: int = Field(ge=0)
    unit: Unit

    @property
    def business(self) -> bool:
        """Whether it counts open hours or working days only."""
        return self.unit.startswith("business")

    def __str__(self) -> str:
        if self.amount == 0:
            return "immediate"
        return f"{self.amount} {self.unit[:-1] if self.amount == 1 else self.unit}"


def _read_target(value: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever stood in the file
    if not isinstance(value, str):
        return value
    if value.strip().lower() == "immediate":
        return Target(amount=0, unit="minutes")
    if not (match := _TARGET.fullmatch(value.strip())):
        raise ValueError('write a span such as "30 minutes", "8 business hours", "3 business days" or "immediate"')
    unit = f"{'business ' if match[2] else ''}{match[3].lower()}s"
    if unit == "business minutes":
        raise ValueError("business time is counted in hours or days")
    return Target.model_validate({"amount": int(match[1]), "unit": unit})


Span = Annotated[Target, BeforeValidator(_read_target)]


class Level(Frozen):
    """A severity level (or priority): what it means and by when which word is due.

    `hours` says whether its clocks' letters may go out at any hour ("always") or in the region's business
    hours only. `remind_every` is how often the team is told again while a response is overdue.
    """

    name: str
    definition: tuple[str, ...]
    hours: Literal["always", "business"] = "always"
    response: Span
    escalation: Span | None = None
    update: Span | None = None
    restoration: Span | None = None
    remind_every: Span | None = None

    @field_validator("update", "remind_every")
    @classmethod
    def _repeats_take_time(cls, span: Target | None) -> Target | None:
        if span is not None and span.amount == 0:
            raise ValueError('write how often, such as "1 hour": what repeats cannot be immediate')
        return span


class Requirement(Frozen):
    """One thing that a request of this policy must hold.

    `given_by` says how it is found: "words" by the detail of the same id in the text; "files" by attachments
    of one of `kinds`. `each_chassis` asks for it from both chassis of a dual-box high-availability site.
    `pasted` lets text in the body count where it is recognised as one of `kinds`. `label` is how a letter
    names it, `why` and `how` what a letter says of it.
    """

    id: str
    label: str
    why: str
    how: str
    given_by: Literal["words", "files"] = "words"
    kinds: tuple[str, ...] = ()
    each_chassis: bool = False
    pasted: bool = False
    optional: bool = False
    headings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _files_have_kinds(self) -> Self:
        if self.given_by == "files" and not self.kinds:
            raise ValueError("name the kinds of file that serve: kinds = [...]")
        return self


class FileKind(Frozen):
    """How a kind of file is known by its content: regular expressions over its text, matched line by line.

    It is of this kind where at least `at_least` of `marks` are found and none of `never`; or where it begins
    with one of `magic` (hexadecimal, for binary files); or where at least `line_count` lines, and six in ten,
    match `each_line`. `host` and `serial` each hold one group. `holds` names commands whose output inside such
    a file counts as another kind: `{"routing" = ["show ip route"]}`.
    """

    name: str
    marks: tuple[str, ...] = ()
    at_least: int = 1
    never: tuple[str, ...] = ()
    magic: tuple[str, ...] = ()
    each_line: str = ""
    line_count: int = Field(default=5, ge=1)
    host: tuple[str, ...] = ()
    serial: tuple[str, ...] = ()
    holds: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("marks", "never", "host", "serial")
    @classmethod
    def _patterns_compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            _check_pattern(pattern)
        return patterns

    @field_validator("each_line")
    @classmethod
    def _line_compiles(cls, pattern: str) -> str:
        _check_pattern(pattern)
        return pattern

    @field_validator("magic")
    @classmethod
    def _magic_is_hexadecimal(cls, magic: tuple[str, ...]) -> tuple[str, ...]:
        for start in magic:
            try:
                bytes.fromhex(start)
            except ValueError:
                raise ValueError(f'{start!r} is not hexadecimal: write the first bytes such as "d4 c3 b2 a1"') from None
        return magic


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as mistake:
        raise ValueError(f"{pattern!r} is no regular expression: {mistake}") from None


class Reminders(Frozen):
    """When a customer who owes details is reminded, and after how long the request is closed."""

    after: tuple[Span, ...] = ()
    close_after: Span | None = None


class Policy(Frozen):
    """A case-handling procedure."""

    name: str
    title: str
    default_level: int = 3
    levels: dict[int, Level]
    requirements: tuple[Requirement, ...] = ()
    kinds: tuple[FileKind, ...] = ()
    phone_levels: tuple[int, ...] = ()
    reopen_within: Span = Target(amount=10, unit="business days")
    reminders: Reminders = Reminders()

    @model_validator(mode="after")
    def _default_level_exists(self) -> Self:
        if self.default_level not in self.levels:
            raise ValueError(f"default_level = {self.default_level}, but the levels are {sorted(self.levels)}")
        return self

    def requirement(self, item: str) -> Requirement | None:
        """The requirement of that id."""
        return next((requirement for requirement in self.requirements if requirement.id == item), None)
