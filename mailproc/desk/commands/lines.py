"""What staff ask by mail: lines such as `#severity 2 because …` at the top of their new words.

Reading is all or nothing: where one line that looks like a command is not understood, the whole mail is returned to
its writer, so that a mistyped `#note` never reaches a customer.
"""

import re
from difflib import get_close_matches

from mailproc.desk.commands.slips import plain, slips_in
from mailproc.desk.commands.usage import USAGE, Command, Instructions, Misunderstood

_COMMAND = re.compile(r"#\s?([A-Za-z][A-Za-z-]*)\s*(.*)")
_LONGEST_LINE = 400


def instructions_of(reply: str) -> Instructions:
    """The commands of staff: lines that begin with # at the top; blank lines between them are passed over.

    Everything from the first line that is none belongs to `words`. Whatever begins with # further down is a comment
    in somebody's configuration, unless it names a command: then it was meant as one and is not understood there.
    """
    commands: list[Command] = []
    misunderstood: list[Misunderstood] = []
    lines = reply.strip("\n").split("\n")
    for position, line in enumerate(lines):
        shown = plain(line)
        if not shown:
            continue
        if not shown.startswith("#"):
            break
        match read_line(shown):
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
    misunderstood.extend(slips_in(rest))
    return Instructions(commands=tuple(commands), misunderstood=tuple(misunderstood), words="\n".join(rest).strip())


def begins_with_commands(reply: str) -> bool:
    """Whether the first line of these words is meant as a command."""
    return next((shown for line in reply.split("\n") if (shown := plain(line))), "").startswith("#")


def read_line(line: str) -> Command | Misunderstood:
    """The command that a line beginning with # is, or what is wrong with it."""
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
