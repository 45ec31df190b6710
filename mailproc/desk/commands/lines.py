"""What staff and customers ask by mail: lines at the top of their new words.

Staff write `#severity 2 because …`. In an answer to a letter that offers it the bare word in the first line does the
same, as a customer answers with `severity 2` or `escalate`. Reading is all or nothing: where one line that looks like
a command is not understood, the whole mail is returned to its writer, so that a mistyped `#note` never reaches a
customer.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from mailproc.desk.participants import addresses_in

_COMMAND = re.compile(r"#\s?([A-Za-z][A-Za-z-]*)\s*(.*)")
_LEVEL_WORDS = (
    "severity|level|priority|schweregrad|stufe|priorität|dringlichkeit|gravité|niveau|priorité|severidad|gravedad"
    "|nivel|prioridad|gravità|livello|priorità|ernst|prioriteit"
)
_ESCALATE_WORDS = "escalate|eskalieren|eskaliere|eskalation|escalader|escalar|escalare|escaleren"
_BARE = re.compile(
    rf"(?:#\s?)?(?:bitte |please )?({_LEVEL_WORDS})\s*[:=]?\s*(\d)\b[.,:;]?\s*(.*)|(?:#\s?)?({_ESCALATE_WORDS})[.!]?",
    re.IGNORECASE,
)
"""As customers write them in the languages that they are read in, whatever language their letters are in."""
_FAILED = re.compile(
    r"(?:(?:the|our|die|der) )?(?:workaround|umgehung|umgehungslösung)\s*[:=]?\s*"
    r"(?:(?:has )?failed|fails|does not (?:hold|work)|hält nicht|hat nicht gehalten|versagt|fehlgeschlagen)[.!]?",
    re.IGNORECASE,
)
_AROUND = " \t*_`'\"“”„‚‘’«»"
_STRAY = re.compile(r"#([A-Za-z][A-Za-z-]*)")
_WITHIN = re.compile(r"(?<=\s)#([A-Za-z][A-Za-z-]*)")
_ALONE = re.compile(r"#\s+([A-Za-z][A-Za-z-]*)\W*")
_NEARLY = re.compile(
    r"(\W{0,4}#\W{0,3}|[£§$%3@!/\\~^&+|]{1,2})([A-Za-z][A-Za-z-]*)(?![\w/@.])|(note)\W*$", re.IGNORECASE
)
"""A # behind other signs, what a keyboard writes in its place, or `note` alone: whoever forgot the # wrote inside."""
_NUMBER = re.compile(r"(?:\[?SR\s+)?([0-9A-Za-z][0-9A-Za-z-]{0,39})\]?", re.IGNORECASE)
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
    return re.match(r"[1-9](\s|$)", argument) is not None


def _keep(argument: str) -> bool:
    return argument.strip().lower() in ("", "keep", "failed")


def _no(argument: str) -> bool:
    return argument.strip().lower() in ("", "no")


def _a_number(argument: str) -> bool:
    return _NUMBER.fullmatch(argument.strip()) is not None


def _addresses(argument: str) -> bool:
    words = argument.split()
    return bool(words) and len(addresses_in(words)) == len(words)


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
    "add": Usage(example="#add ben@acme.example", does="lets somebody take part", takes=_addresses),
    "remove": Usage(example="#remove ben@acme.example", does="takes somebody off", takes=_addresses),
    "digest": Usage(example="#digest", does="sends you the digest of your regions now", takes=_nothing),
    "status": Usage(example="#status", does="tells how the request stands", takes=_nothing),
    "explain": Usage(example="#explain", does="tells why: clocks and letters", takes=_nothing),
    "help": Usage(example="#help", does="lists the commands", takes=_anything),
}
"""Every command of staff."""

_BARE_WORDS = tuple(name for name, usage in USAGE.items() if usage.bare)


def instructions_of(reply: str) -> Instructions:
    """The commands of staff: lines that begin with # at the top; blank lines between them are passed over.

    Everything from the first line that is none belongs to `words`. Whatever begins with # further down is a comment
    in somebody's configuration, unless it names a command: then it was meant as one and is not understood there.
    """
    commands: list[Command] = []
    misunderstood: list[Misunderstood] = []
    lines = reply.strip("\n").split("\n")
    for position, line in enumerate(lines):
        plain = _plain(line)
        if not plain:
            continue
        if not plain.startswith("#"):
            break
        match _read(plain):
            case Command() as command:
                commands.append(command)
                if command.name == "note":
                    return Instructions(
                        commands=tuple(commands),
                        misunderstood=tuple(misunderstood),
                        words="\n".join(lines[position + 1 :]).strip(),
                        inside=True,
                    )
            case Misunderstood() as mistake:
                misunderstood.append(mistake)
    else:
        position = len(lines)
    rest = lines[position:]
    misunderstood.extend((*_nearly(rest), *_strays(rest)))
    return Instructions(commands=tuple(commands), misunderstood=tuple(misunderstood), words="\n".join(rest).strip())


def bare_instructions_of(reply: str) -> Instructions | None:
    """The bare command in the first line of an answer to a letter that offers it; None where there is none.

    What stands below it stays inside: whoever answers an alert does not write to the customer. A first line that is
    nearly such a word, and nothing else, was meant as one.
    """
    first, _, below = reply.strip().partition("\n")
    words = first.strip().rstrip(".!")[:_LONGEST_LINE].split(None, 1)
    if not words or not re.fullmatch(r"[A-Za-z-]{2,20}:?", words[0]):
        return None
    name, argument = words[0].rstrip(":").lower(), words[1].strip() if len(words) > 1 else ""
    if name in _BARE_WORDS and (USAGE[name].takes(argument) or not argument):
        match _read(f"#{name} {argument}".strip()):
            case Command() as command:
                return Instructions(commands=(command,), words=below.strip(), inside=True)
            case Misunderstood() as mistake:
                return Instructions(misunderstood=(mistake,), inside=True)
    nearest = tuple(get_close_matches(name, _BARE_WORDS, n=3, cutoff=0.65))
    if not argument and nearest:
        mistake = Misunderstood(line=first.strip(), trouble="this was nearly a command", nearest=nearest)
        return Instructions(misunderstood=(mistake,), inside=True)
    return None


def wishes_of(reply: str) -> tuple[Command, ...]:
    """What a customer asks in the first line of his answer, in his language.

    `severity 1 because …`, `escalate`, or `workaround failed`.
    """
    first = next((bare for line in reply.split("\n") if (bare := line.strip(_AROUND))), "")
    if _FAILED.fullmatch(first[:_LONGEST_LINE]):
        return (Command(name="workaround", argument="failed", line=first),)
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


def number_in(argument: str) -> str:
    """The number in the argument of `merge`; empty where there is none."""
    match = _NUMBER.fullmatch(argument.strip())
    return match[1] if match else ""


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


def _plain(line: str) -> str:
    """The line as it was meant: full-width signs as usual ones, without what cannot be seen."""
    usual = unicodedata.normalize("NFKC", line[:_LONGEST_LINE])
    return "".join(sign for sign in usual if unicodedata.category(sign) != "Cf").strip()


def _nearly(rest: list[str]) -> list[Misunderstood]:
    """The first line of words where it was surely meant as a command: a sign too many, or another one for the #."""
    first = next((plain for line in rest if (plain := _plain(line))), "")
    match = _NEARLY.match(first)
    if match is None:
        return []
    name = (match[2] or match[3]).lower()
    hashed = bool(match[1]) and "#" in match[1]
    if name not in USAGE and not (hashed and get_close_matches(name, USAGE, n=1, cutoff=0.75)):
        return []
    nearest = tuple(get_close_matches(name, USAGE, n=3, cutoff=0.5))
    return [Misunderstood(line=first, trouble="a command begins with # as the first sign of its line", nearest=nearest)]


def _strays(lines: list[str]) -> list[Misunderstood]:
    """Lines further down that were surely meant as a command: #word without a space, spelt (almost) like one.

    So is a command's name behind a # within a line, or alone on its line behind "# ".
    """
    plain = (_plain(line) for line in lines)
    return [
        Misunderstood(line=line, trouble="a command stands above all other words") for line in plain if _is_stray(line)
    ]


def _is_stray(line: str) -> bool:
    begun = _STRAY.match(line)
    if begun and get_close_matches(begun[1].lower(), USAGE, n=1, cutoff=0.75):
        return True
    alone = _ALONE.fullmatch(line)
    within = (one[1].lower() for one in _WITHIN.finditer(line))
    return any(name in USAGE for name in within) or (alone is not None and alone[1].lower() in USAGE)
