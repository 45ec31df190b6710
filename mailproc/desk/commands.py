"""What staff and customers ask by mail: lines at the top of their new words.

Staff write `#severity 2 because …`; a customer answers a letter that offers it with the bare words `severity 2` or
`escalate`. Reading is all or nothing: where one line that looks like a command is not understood, the whole mail is
returned to its writer, so that a mistyped `#note` never reaches a customer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_COMMAND = re.compile(r"#\s?([A-Za-z][A-Za-z-]*)\s*(.*)")
_BARE = re.compile(
    r"(?:#\s?)?(severity|level|priority)\s*[:=]?\s*(\d)\b[.,:;]?\s*(.*)|(?:#\s?)?(escalate)[.!]?", re.IGNORECASE
)
_STRAY = re.compile(r"#([A-Za-z][A-Za-z-]*)")
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: its name, its arguments as written, and the line it stood in."""

    name: str
    argument: str = ""
    line: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.argument}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood:
    """A line that looks like a command and is none, with what is wrong and the nearest commands."""

    line: str
    trouble: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """What stood at the top of a mail: commands, lines not understood, and the words below them."""

    commands: tuple[Command, ...] = ()
    misunderstood: tuple[Misunderstood, ...] = ()
    words: str = ""

    def has(self, name: str) -> bool:
        """Whether this command is among them."""
        return any(command.name == name for command in self.commands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How a command is written, what it does, and whether an argument serves it."""

    example: str
    does: str
    takes: Callable[[str], bool]


def _nothing(argument: str) -> bool:
    return not argument.strip()


def _something(argument: str) -> bool:
    return bool(argument.strip())


def _anything(argument: str) -> bool:  # noqa: ARG001 - one shape for every test
    return True


def _a_level(argument: str) -> bool:
    return re.match(r"[1-9](\s|$)", argument) is not None


USAGE: Mapping[str, Usage] = {
    "take": Usage(example="#take", does="makes you the owner", takes=_nothing),
    "assign": Usage(example="#assign alice", does="makes somebody else the owner", takes=_something),
    "severity": Usage(example="#severity 2 reason", does="sets the level and tells the customer", takes=_a_level),
    "waiting": Usage(example="#waiting", does="waits for the customer", takes=_nothing),
    "workaround": Usage(example="#workaround", does="notes that a workaround holds", takes=_nothing),
    "resolve": Usage(example="#resolve", does="marks the request as resolved", takes=_nothing),
    "close": Usage(example="#close", does="closes the request", takes=_nothing),
    "reopen": Usage(example="#reopen", does="opens a resolved or closed request again", takes=_nothing),
    "note": Usage(example="#note", does="keeps everything below inside", takes=_anything),
    "waive": Usage(example="#waive business-impact", does="no longer asks for an item", takes=_something),
    "phoned": Usage(example="#phoned", does="notes that the customer was phoned", takes=_nothing),
    "help": Usage(example="#help", does="lists the commands", takes=_anything),
}


def instructions_of(reply: str) -> Instructions:
    """The commands of staff: lines that begin with # at the top; blank lines between them are passed over.

    Everything from the first line that is none belongs to `words`. Whatever begins with # further down is a comment
    in somebody's configuration, unless it names a command: then it was meant as one and is not understood there.
    """
    commands: list[Command] = []
    misunderstood: list[Misunderstood] = []
    lines = reply.strip("\n").split("\n")
    for position, line in enumerate(lines):
        if not line.strip():
            continue
        if not line.lstrip().startswith("#"):
            break
        match _read(line.strip()):
            case Command() as command:
                commands.append(command)
                if command.name == "note":
                    return Instructions(
                        commands=tuple(commands),
                        misunderstood=tuple(misunderstood),
                        words="\n".join(lines[position + 1 :]).strip(),
                    )
            case Misunderstood() as mistake:
                misunderstood.append(mistake)
    else:
        position = len(lines)
    rest = lines[position:]
    misunderstood.extend(_strays(rest))
    return Instructions(commands=tuple(commands), misunderstood=tuple(misunderstood), words="\n".join(rest).strip())


def wishes_of(reply: str) -> tuple[Command, ...]:
    """What a customer asks in the first line of his answer: `severity 1 because …` or `escalate`."""
    first = next((line.strip() for line in reply.split("\n") if line.strip()), "")
    match = _BARE.fullmatch(first[:_LONGEST_LINE])
    if match is None:
        return ()
    if match[4]:
        return (Command(name="escalate", line=first),)
    return (Command(name="severity", argument=f"{match[2]} {match[3]}".strip(), line=first),)


def level_in(argument: str) -> tuple[int, str]:
    """The level and the reason in the argument of `severity`."""
    level, _, reason = argument.partition(" ")
    return int(level), reason.strip()


def _read(line: str) -> Command | Misunderstood:
    match = _COMMAND.fullmatch(line[:_LONGEST_LINE])
    if match is None:
        return Misunderstood(line=line[:_LONGEST_LINE], trouble="no command is written like this", nearest=("help",))
    name, argument = match[1].lower(), match[2].strip()
    usage = USAGE.get(name)
    if usage is None:
        nearest = tuple(get_close_matches(name, USAGE, n=3, cutoff=0.5)) or ("help",)
        return Misunderstood(line=line, trouble=f"there is no command #{name}", nearest=nearest)
    if not usage.takes(argument):
        return Misunderstood(line=line, trouble=f"write it like this: {usage.example}", nearest=(name,))
    return Command(name=name, argument=argument, line=line)


def _strays(lines: list[str]) -> list[Misunderstood]:
    """Lines further down that were surely meant as a command: #word without a space, spelt (almost) like one."""
    words = ((line.strip(), _STRAY.match(line.strip())) for line in lines)
    meant = (line for line, match in words if match and get_close_matches(match[1].lower(), USAGE, n=1, cutoff=0.75))
    return [
        Misunderstood(line=line[:_LONGEST_LINE], trouble="a command stands above all other words") for line in meant
    ]
