"""What was promised: the levels with their targets, what a request must hold, who is told.

A policy is a TOML file that an operator can read and copy (`desk/policies/`). Here is its shape; reading the
file and placing a mistake at its line is the configuration's work. Every value is frozen.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator

Unit = Literal["minutes", "hours", "days", "business hours", "business days"]
RequestKind = Literal["problem", "question", "enhancement", "third-party", "escalation"]
Rung = Literal["owner", "duty-manager", "backup", "support-manager", "product-management"]
"""Who is told of a request: "owner" is the team while nobody owns it; "duty-manager" who is on duty at that moment."""
NoticeOf = Literal["new-request", "customer-replied", "response-due", "escalation"]

_CODE = re.compile(r"[a-z]{2,3}")  # ISO 639
_TARGET = re.compile(r"(\d+)\s+(business\s+)?(minute|hour|day)s?", re.IGNORECASE)


class Frozen(BaseModel):
    """The base of whatever is read from a file: closed, immutable, and never printing what it was given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Target(Frozen):
    """A span of time as promised: `8 business hours`. Hours and days that are not "business" are elapsed time."""

    amount: int = Field(ge=0)
    unit: Unit

    @property
    def elapsed(self) -> timedelta:
        """The span as elapsed time; of business time, the open hours or the working days themselves."""
        return self.amount * timedelta(**{self.unit.rpartition(" ")[2]: 1})

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


class Goal(Frozen):
    """Something that is aimed at besides the clocks, from the opening on: `earliest` to `latest`, or `by` in words.

    A range keeps both ends; `by` names what no clock can reckon, such as a service plan or the next release.
    `names_plan` has letters print the customer's service plan behind it.
    """

    name: str = Field(min_length=1)
    earliest: Span | None = None
    latest: Span | None = None
    by: str = ""
    names_plan: bool = False

    @model_validator(mode="after")
    def _ends_somewhere(self) -> Self:
        if (self.latest is None) == (not self.by):
            raise ValueError('write latest = "10 days", or by = "the next maintenance release"')
        if self.earliest is not None and self.latest is None:
            raise ValueError("earliest needs latest: a range has two ends")
        if self.earliest and self.latest and (fallen := _falling((self.earliest, self.latest))):
            raise ValueError(f"{fallen}: write the earlier end of the range as earliest")
        return self

    def __str__(self) -> str:
        if self.latest is None:
            return self.by
        return f"{self.earliest} to {self.latest}" if self.earliest else str(self.latest)


def _falling(spans: Sequence[Target]) -> str:
    """Which of these spans does not lie beyond the one before it, in words; "" where all do, or none can tell."""
    for one, other in pairwise(spans):
        if one.business == other.business and other.elapsed <= one.elapsed:
            return f"{other} does not lie beyond {one}"
    return ""


Pausable = Literal["escalation", "update", "restoration"]


class Level(Frozen):
    """A severity level (or priority): what it means and by when which word is due.

    `hours` says whether its clocks' letters may go out at any hour ("always") or in the region's business
    hours only. `waiting_pauses` names the clocks that stand still while the customer is waited for; the response clock
    never does. `remind_every` is how often the team is told again while a response is overdue, `escalate_every`
    how often an escalation goes one rung up the ladder.
    """

    name: str
    definition: tuple[str, ...]
    hours: Literal["always", "business"] = "always"
    response: Span
    escalation: Span | None = None
    update: Span | None = None
    restoration: Span | None = None
    waiting_pauses: tuple[Pausable, ...] | None = None
    remind_every: Span | None = None
    escalate_every: Span | None = None
    goals: tuple[Goal, ...] = ()

    @field_validator("escalation", "restoration")
    @classmethod
    def _work_takes_time(cls, span: Target | None) -> Target | None:
        if span is not None and span.amount == 0:
            raise ValueError('write by when, such as "2 hours": nothing is solved at once')
        return span

    @field_validator("update", "remind_every", "escalate_every")
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
    match `each_line`; or where one of `marks` is found and as many lines match one of them or of `typical`, which are
    usual in such a file and elsewhere too. `before` is what programs put before each line; it is taken off.
    `announced` is how a line of a mail says that such output stands below it: then lines of `typical` alone are enough.
    `host` and `serial` each hold one group; `modules` are hosts that write into such a file and are no chassis.
    With `in_parts` it may come as a file for each command, in one archive: then the files are looked at together.
    `holds` names commands whose output inside such a file counts as another kind: `{"routing" = ["show ip route"]}`.
    """

    name: str
    marks: tuple[str, ...] = ()
    at_least: int = 1
    in_parts: bool = False
    typical: tuple[str, ...] = ()
    before: str = ""
    announced: str = ""
    never: tuple[str, ...] = ()
    magic: tuple[str, ...] = ()
    each_line: str = ""
    line_count: int = Field(default=5, ge=1)
    host: tuple[str, ...] = ()
    serial: tuple[str, ...] = ()
    modules: str = ""
    holds: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("marks", "typical", "never", "host", "serial")
    @classmethod
    def _patterns_compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            _check_pattern(pattern)
        return patterns

    @field_validator("each_line", "before", "announced", "modules")
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


def _check_known(place: str, named: Iterable[object], known: Collection[object]) -> None:
    """That texts of another language are of something that the policy has."""
    if unknown := [one for one in named if one not in known]:
        there = ", ".join(str(one) for one in sorted(known, key=str)) or "none"
        raise ValueError(f"{place} names {unknown[0]}, which the policy does not have; there are: {there}")


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as mistake:
        raise ValueError(f"{pattern!r} is no regular expression: {mistake}") from None


class Reminders(Frozen):
    """When a customer who owes details is reminded, and after how long the request is closed."""

    after: tuple[Span, ...] = ()
    close_after: Span | None = None

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        if fallen := _falling((*self.after, *((self.close_after,) if self.close_after else ()))):
            raise ValueError(f"{fallen}: write the reminders in the order in which they go, and close_after last")
        return self


class Closing(Frozen):
    """When a resolved request is closed, and when its customer hears that it will be."""

    warn_after: Span | None = None
    close_after: Span | None = None

    @model_validator(mode="after")
    def _warned_before(self) -> Self:
        if self.warn_after and self.close_after and (fallen := _falling((self.warn_after, self.close_after))):
            raise ValueError(f"{fallen}: write a warn_after that lies before close_after")
        return self


class Budget(Frozen):
    """How many automatic letters may go to somebody within a window; then there is silence."""

    count: int = Field(default=10, ge=1)
    window: Span = Target(amount=1, unit="hours")

    @field_validator("window")
    @classmethod
    def _window_elapses(cls, window: Target) -> Target:
        if window.business or window.amount == 0:
            raise ValueError('write elapsed time, such as "1 hour"')
        return window


class Notice(Frozen):
    """Who is told of an event at these levels, and how: by a letter at once, or in the next digest."""

    event: NoticeOf
    levels: tuple[int, ...]
    tell: tuple[Rung, ...] = ()
    how: Literal["at once", "digest"] = "at once"


class LevelTexts(Frozen):
    """How another language says a level."""

    name: str = ""
    definition: tuple[str, ...] = ()


class ItemTexts(Frozen):
    """How another language says an item that is asked for."""

    label: str = ""
    why: str = ""
    how: str = ""


class Texts(Frozen):
    """What letters of another language say of a policy; whatever is left out stays as the policy says it.

    `goals` are by their names in the policy: what the goal is called, and by when where words say it (`by`).
    """

    levels: dict[int, LevelTexts] = Field(default_factory=dict)
    requirements: dict[str, ItemTexts] = Field(default_factory=dict)
    goals: dict[str, str] = Field(default_factory=dict)


class Policy(Frozen):
    """A case-handling procedure.

    `ladder` names who hears of a breach, from the first rung up; `call_again_every` is how often a call for the duty
    manager that nobody answers goes one rung further. `workaround_lowers` says which level a request of a
    level comes to be of once a workaround holds. `most_letters` may go to a mailbox on one request,
    `most_first_letters` to a mailbox or domain on the requests that it opens. `notify` is the table of notifications:
    an event and level that it does not name is told to the owner at once, and at `phone_levels` a new one to the duty
    manager too. `for_duty_manager` marks the policy by which customers ask for the duty manager. `texts` are what
    letters of other languages say of it, by ISO 639 code.
    """

    name: str
    title: str
    default_level: int = 3
    levels: dict[int, Level]
    requirements: tuple[Requirement, ...] = ()
    kinds: tuple[FileKind, ...] = ()
    phone_levels: tuple[int, ...] = ()
    reopen_within: Span = Target(amount=10, unit="business days")
    reminders: Reminders = Reminders()
    most_letters: Budget = Budget()
    most_first_letters: Budget = Budget(count=15)
    closing: Closing = Closing()
    ladder: tuple[Rung, ...] = Field(default=("owner", "duty-manager", "backup", "support-manager"), min_length=1)
    call_again_every: Span = Target(amount=30, unit="minutes")
    workaround_lowers: dict[int, int] = Field(default_factory=dict)
    notify: tuple[Notice, ...] = ()
    for_duty_manager: bool = False
    texts: dict[str, Texts] = Field(default_factory=dict)

    @field_validator("call_again_every")
    @classmethod
    def _calls_at_any_hour(cls, span: Target) -> Target:
        if span.business or span.amount == 0:
            raise ValueError('write elapsed time, such as "30 minutes": a duty manager is on call at any hour')
        return span

    @field_validator("notify")
    @classmethod
    def _told_once(cls, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
        named = [(one.event, level) for one in notices for level in one.levels]
        if twice := next((one for one in named if named.count(one) > 1), None):
            raise ValueError(f'event "{twice[0]}" stands twice for level {twice[1]}: write each pair once')
        return notices

    @field_validator("texts")
    @classmethod
    def _texts_are_of_what_there_is(cls, texts: dict[str, Texts], info: ValidationInfo) -> dict[str, Texts]:
        levels, items = info.data.get("levels"), info.data.get("requirements")
        if levels is None or items is None:
            return texts
        goals = {words for level in levels.values() for goal in level.goals for words in (goal.name, goal.by) if words}
        for language, said in texts.items():
            if not _CODE.fullmatch(language):
                raise ValueError(f"name a language by its code, such as [texts.de], not {language}")
            _check_known(f"texts.{language}.levels", said.levels, levels)
            _check_known(f"texts.{language}.requirements", said.requirements, [one.id for one in items])
            _check_known(f"texts.{language}.goals", said.goals, goals)
        return texts

    @model_validator(mode="after")
    def _levels_named_exist(self) -> Self:
        named = {*self.workaround_lowers, *self.workaround_lowers.values(), *self.phone_levels}
        named |= {level for one in self.notify for level in one.levels}
        if unknown := sorted(named - set(self.levels)):
            raise ValueError(
                f"level {unknown[0]} is named in phone_levels, workaround_lowers or notify, "
                f"but the levels are {sorted(self.levels)}"
            )
        if raised := [f"{one} = {to}" for one, to in self.workaround_lowers.items() if to < one]:
            raise ValueError(
                f"workaround_lowers raises a level: {raised[0]}. Write a level that is less grave, such as 1 = 2"
            )
        return self

    @model_validator(mode="after")
    def _default_level_exists(self) -> Self:
        if self.default_level not in self.levels:
            raise ValueError(f"default_level = {self.default_level}, but the levels are {sorted(self.levels)}")
        return self

    def words_of_goals(self) -> set[str]:
        """What its goals are called, and by when where words say it: what another language says otherwise."""
        goals = (goal for level in self.levels.values() for goal in level.goals)
        return {words for goal in goals for words in (goal.name, goal.by) if words}

    def paused_by_waiting(self, level: int) -> tuple[Pausable, ...]:
        """The clocks that stand still while the customer is waited for; left out, level 1 is pursued all the same."""
        named = self.levels[level].waiting_pauses
        if named is not None:
            return named
        return ("update",) if level == 1 else ("escalation", "update", "restoration")

    def requirement(self, item: str) -> Requirement | None:
        """The requirement of that id."""
        return next((requirement for requirement in self.requirements if requirement.id == item), None)

    def notice(self, event: NoticeOf, level: int) -> Notice:
        """Who is told of this event at this level: as the table says, else the shipped default."""
        named = next((one for one in self.notify if one.event == event and level in one.levels), None)
        if named:
            return named
        grave = event == "new-request" and level in self.phone_levels
        return Notice(event=event, levels=(level,), tell=("owner", "duty-manager") if grave else ("owner",))
