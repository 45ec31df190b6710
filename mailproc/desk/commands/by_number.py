"""Commands outside of any thread, as in an answer to a digest: the number of the request before each command."""

import re
from dataclasses import dataclass, replace

from mailproc.desk.commands.lines import instructions_of
from mailproc.desk.commands.usage import Command

MOST_LINES = 100
"""How many lines of an answer are read."""

_LINE = re.compile(
    r"(?:[-*+•]\s)?\s?\[?SR\s{1,3}([0-9A-Za-z][0-9A-Za-z-]{0,39})\]?\s{0,3}[:,;]?\s{0,3}(.{0,400})", re.IGNORECASE
)
_OF_ONE_REQUEST = frozenset(
    {"note", "merge", "split", "status", "explain", "help", "digest", "add", "remove", "request"}
)
"""Commands that need a thread of their own: words below them, or an answer of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command and the number of the request that it is for."""

    number: str
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What such a mail asks for, and what of it is not understood, in words; `words` are its lines that ask nothing."""

    asked: tuple[Asked, ...] = ()
    troubles: tuple[str, ...] = ()
    words: str = ""
    wants_digest: bool = False
    wants_help: bool = False

    @property
    def asks(self) -> bool:
        """Whether a line of it is, or was meant as, a command."""
        return bool(self.asked or self.troubles or self.wants_digest or self.wants_help)


def holds_commands(reply: str) -> bool:
    """Whether the first line of new words is a command: one for a request, or one that begins with #."""
    first = next((one for line in reply.split("\n") if (one := line.strip())), "")
    return answer_of(first).asks


def answer_of(reply: str) -> Answer:
    """What the lines of a mail ask for; `reply` are its new words."""
    asked: list[Asked] = []
    troubles: list[str] = []
    words: list[str] = []
    wants_digest = wants_help = False
    for line in (one.strip() for one in reply.split("\n")[:MOST_LINES]):
        if match := _LINE.fullmatch(line):
            found = _asked(match[1], match[2].strip(), line)
            if isinstance(found, Asked):
                asked.append(found)
            else:
                troubles.append(found)
        elif line.lower() == "#digest":
            wants_digest = True
        elif line.lower() == "#help":
            wants_help = True
        elif line.startswith("#"):
            troubles.append(f"{line}: write the number of the request before it, as SR 2-000000042 {line}")
        else:
            words.append(line)
    return Answer(
        asked=tuple(asked),
        troubles=tuple(troubles),
        words="\n".join(words).strip(),
        wants_digest=wants_digest,
        wants_help=wants_help,
    )


def _asked(number: str, instruction: str, line: str) -> Asked | str:
    """The command behind a number, or what is wrong with it."""
    if not instruction:
        return f"{line}: write a command behind the number, such as #ack"
    read = instructions_of(instruction if instruction.startswith("#") else f"#{instruction}")
    if read.misunderstood or not read.commands:
        mistake = read.misunderstood[0] if read.misunderstood else None
        nearest = f". Nearest: {', '.join(f'#{one}' for one in mistake.nearest)}" if mistake and mistake.nearest else ""
        return f"{line}: {mistake.trouble if mistake else 'this is no command'}{nearest}"
    command = read.commands[0]
    if command.name in _OF_ONE_REQUEST:
        return f"{line}: #{command.name} needs the thread of its request: answer a letter of SR {number}"
    return Asked(number=number, command=replace(command, line=line))
