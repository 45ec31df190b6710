"""Every command of staff: how it is written, what it does, and how its arguments are read.

Arguments are read as people and mail programs write them: `2: why` and `2, why` are a level with a reason, Outlook
writes `ben@x<mailto:ben@x>` for an address, and others a name before it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:\[?SR\s+)?([0-9A-Za-z][0-9A-Za-z-]{0,39})\]?", re.IGNORECASE)
_LEVEL = re.compile(r"s?([1-9])(?![\w])\s*[-\u2013\u2014:,;.)=]{0,2}\s*(.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:'\"@]+@[^\s<>()\[\],;:'\"@]+")
_MAILTO = re.compile(r"<?mailto:([^\s<>]{1,320})>?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;]|\s(?:and|und|&)\s")


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
    """What stood at the top of a mail: commands, lines not understood, and the words below them.

    `inside` is true where the words below are for nobody outside.
    """

    commands: tuple[Command, ...] = ()
    misunderstood: tuple[Misunderstood, ...] = ()
    words: str = ""
    inside: bool = False

    def has(self, name: str) -> bool:
        """Whether this command is among them."""
        return any(command.name == name for command in self.commands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How a command is written, what it does, whether an argument serves it, and whether it stands without a #.

    `bare` is true for what staff may write as a bare word, in the first line of an answer to a letter that offers it.
    """

    example: str
    does: str
    takes: Callable[[str], bool]
    bare: bool = False


def _nothing(argument: str) -> bool:
    return not argument.strip()


def _something(argument: str) -> bool:
    return bool(argument.strip())


def _anything(argument: str) -> bool:  # noqa: ARG001 - one shape for every test
    return True


def _a_level(argument: str) -> bool:
    return _LEVEL.fullmatch(argument.strip()) is not None


def _keep(argument: str) -> bool:
    return argument.strip().lower() in ("", "keep", "failed")


def _no(argument: str) -> bool:
    return argument.strip().lower() in ("", "no")


def _a_number(argument: str) -> bool:
    return _NUMBER.fullmatch(argument.strip()) is not None


def _people(argument: str) -> bool:
    return bool(people_in(argument))


def level_in(argument: str) -> tuple[int, str]:
    """The level and the reason in the argument of `severity`."""
    match = _LEVEL.fullmatch(argument.strip())
    assert match is not None, "checked when the line was read"
    return int(match[1]), match[2].strip()


def number_in(argument: str) -> str:
    """The number in the argument of `merge`; empty where there is none."""
    match = _NUMBER.fullmatch(argument.strip())
    return match[1] if match else ""


def people_in(argument: str) -> tuple[str, ...]:
    """The addresses in the argument of `add`, lower-cased, each once; none where some of its words are no addresses.

    A name may stand before an address in angle brackets.
    """
    found: list[str] = []
    for part in _BETWEEN.split(_MAILTO.sub(r" \1 ", argument)):
        addresses = list(dict.fromkeys(one.lower().rstrip(".") for one in _ADDRESS.findall(part)))
        named = len(addresses) == 1 and "<" in part
        others = [word for word in part.split() if word.strip("<>()[].'\"") and "@" not in word]
        if part.strip() and (not addresses or (others and not named)):
            return ()
        found.extend(addresses)
    return tuple(dict.fromkeys(found))


def person_in(argument: str) -> str:
    """The name or the address in the argument of `assign`, lower-cased."""
    addresses = people_in(argument)
    if len(addresses) == 1:
        return addresses[0]
    words = argument.strip(" \t.,;:!@<>\"'").lower()
    return words.removeprefix("to ").strip(" @")


USAGE: Mapping[str, Usage] = {
    "take": Usage(example="#take", does="makes you the owner", takes=_nothing, bare=True),
    "assign": Usage(example="#assign alice", does="makes somebody else the owner", takes=_something, bare=True),
    "severity": Usage(
        example="#severity 2 reason", does="sets the level and tells the customer", takes=_a_level, bare=True
    ),
    "waiting": Usage(example="#waiting", does="waits for the customer", takes=_nothing),
    "next": Usage(example="#next tomorrow 15:00", does="promises the next update for then", takes=_something),
    "workaround": Usage(
        example="#workaround",
        does="a workaround holds and lowers the level, not if `keep` follows; or it `failed`",
        takes=_keep,
    ),
    "resolve": Usage(example="#resolve", does="marks the request as resolved", takes=_nothing),
    "close": Usage(example="#close", does="closes the request", takes=_nothing),
    "reopen": Usage(example="#reopen", does="opens a resolved or closed request again", takes=_nothing),
    "note": Usage(example="#note", does="keeps everything below inside", takes=_anything),
    "request": Usage(
        example="#request routing, a photo of the LEDs", does="asks the customer for more", takes=_something
    ),
    "waive": Usage(example="#waive business-impact", does="no longer asks for an item", takes=_something),
    "phoned": Usage(example="#phoned", does="notes that the customer was phoned", takes=_nothing, bare=True),
    "ack": Usage(
        example="#ack", does="says that you have it in hand: alerts are not repeated", takes=_nothing, bare=True
    ),
    "escalate": Usage(example="#escalate reason", does="calls the duty manager", takes=_anything, bare=True),
    "third-party": Usage(example="#third-party", does="the fault is another vendor's; `no` takes it back", takes=_no),
    "enhancement": Usage(example="#enhancement", does="it is a wish for a new function; `no` takes it back", takes=_no),
    "merge": Usage(example="#merge 2-000000042", does="goes on as that request of the same customer", takes=_a_number),
    "split": Usage(example="#split subject", does="opens a second request for the same customer", takes=_anything),
    "add": Usage(example="#add ben@acme.example", does="lets somebody take part", takes=_people),
    "remove": Usage(example="#remove ben@acme.example", does="takes somebody off", takes=_people),
    "digest": Usage(example="#digest", does="sends you the digest of your regions now", takes=_nothing),
    "status": Usage(example="#status", does="tells how the request stands", takes=_nothing),
    "explain": Usage(example="#explain", does="tells why: clocks and letters", takes=_nothing),
    "help": Usage(example="#help", does="lists the commands", takes=_anything),
}
"""Every command of staff."""
