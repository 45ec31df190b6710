"""What a customer asks in the first line of his answer, in his language: the word that a letter offers him.

The word at the start of the line is enough, whatever follows it; but not where the line says that it is not wanted, or
asks about it.
"""

import re

from mailproc.desk.commands.usage import Command

_LEVEL_WORDS = (
    "severity|sev|level|priority|prio|schweregrad|stufe|priorität|dringlichkeit|gravité|niveau|priorité|severidad"
    "|gravedad|nivel|prioridad|gravità|livello|priorità|ernst|prioriteit"
)
_ESCALATE_WORDS = "escalate|eskalieren|eskaliere|eskalation|escalader|escalar|escalare|escaleren"
_BEFORE = r"(?:#\s?)?(?:(?:bitte|please|pls)[\s,]{1,3})?"
_LEVEL = re.compile(rf"{_BEFORE}(?:{_LEVEL_WORDS})(?:\s+level)?\s*[-:=.]?\s*(\d)(?!\w)(.*)", re.IGNORECASE)
_ESCALATE = re.compile(rf"{_BEFORE}(?:{_ESCALATE_WORDS})(?!\w)(.*)", re.IGNORECASE)
"""As customers write them in the languages that they are read in, whatever language their letters are in."""
_FAILED = re.compile(
    r"(?:(?:the|our|die|der) )?(?:workaround|umgehung|umgehungslösung)\s*[:=]?\s*"
    r"(?:(?:has )?failed|fails|does not (?:hold|work)|hält nicht|hat nicht gehalten|versagt|fehlgeschlagen)(?!\w)(.*)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\s+(?:this|it|that|please|yet|now|is|should|must|bitte|das|es|ist|soll)){0,2}"
    r"\s+(?:not|if|when|unless|until|only|later|nicht|falls|wenn|erst|pas|si|quand)(?!\w)",
    re.IGNORECASE,
)
"""What takes `escalate` back, right behind it with no sign between."""
_NOT_SO = re.compile(r"\s+(?:is|was|would be|ist|war|wäre)\s+(?:not|no|too|wrong|nicht|zu|falsch)(?!\w)", re.IGNORECASE)
_ASKS = re.compile(r"(?:\s+\w+){0,4}\s*\?")
_AROUND = " \t*_`'\"“”„‚‘’«»"
_LONGEST_LINE = 400


def wishes_of(reply: str) -> tuple[Command, ...]:
    """What the first line asks for: `severity 1 because …`, `escalate`, or `workaround failed`."""
    first = next((bare for line in reply.split("\n") if (bare := line.strip(_AROUND))), "")[:_LONGEST_LINE]
    if (failed := _FAILED.fullmatch(first)) and not _ASKS.match(failed[1]):
        return (Command(name="workaround", argument="failed", line=first),)
    if (escalate := _ESCALATE.fullmatch(first)) and not (_ASKS.match(escalate[1]) or _NOT.match(escalate[1])):
        return (Command(name="escalate", line=first),)
    level = _LEVEL.fullmatch(first)
    if level is None or _ASKS.match(level[2]) or _NOT_SO.match(level[2]):
        return ()
    reason = level[2].strip(" \t.,:;!-\u2013\u2014")
    return (Command(name="severity", argument=f"{level[1]} {reason}".strip(), line=first),)
