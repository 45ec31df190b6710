"""Lines that were surely meant as a command and are none: a sign too many, another one for the #, a word amiss.

The words below a mistyped `#note` are not for the customer, so what is nearly one is never taken for words.
"""

import re
import unicodedata
from difflib import get_close_matches

from mailproc.desk.commands.usage import USAGE, Misunderstood

_STRAY = re.compile(r"#([A-Za-z][A-Za-z-]*)")
_WITHIN = re.compile(r"(?<=\s)#([A-Za-z][A-Za-z-]*)")
_ALONE = re.compile(r"#\s+([A-Za-z][A-Za-z-]*)\W*")
_NEARLY = re.compile(r"(\W{0,4}#\W{0,3}|[£§$%3@!/\\~^&+|]{1,2})([A-Za-z][A-Za-z-]*)(?![\w/@.])")
"""A # behind other signs, or what a keyboard writes in its place."""
_LONGEST_LINE = 400

_NOTES = ("note", "notes", "notiz", "nota", "internal", "intern", "interne", "interno", "internalnote", "privatenote")
_NO_NOTES = frozenset(
    ("noted", "none", "not", "node", "nodes", "vote", "votes", "notice", "nope", "internet", "interval", "intervals")
)
"""Words that are near to these and mean something else."""
_LONGEST_NOTE = 1 + max(len(one) for one in _NOTES)
_LINES_OF_NOTE = 3
_SHORT = 3
_HEAD = re.compile(r"([^:)\]}>|\u2013\u2014-]{1,30})[:)\]}>|\u2013\u2014-]")


def plain(line: str) -> str:
    """The line as it was meant: full-width signs as usual ones, without what cannot be seen."""
    usual = unicodedata.normalize("NFKC", line[:_LONGEST_LINE])
    return "".join(sign for sign in usual if unicodedata.category(sign) != "Cf").strip()


def slips_in(lines: list[str]) -> tuple[Misunderstood, ...]:
    """What was meant as a command among the lines below those that are commands."""
    shown = [one for line in lines if (one := plain(line))]
    return (*_nearly(shown[:1]), *_notes(shown[:_LINES_OF_NOTE]), *_strays(shown))


def _nearly(first: list[str]) -> list[Misunderstood]:
    match = _NEARLY.match(first[0]) if first else None
    if match is None:
        return []
    name = match[2].lower()
    if name not in USAGE and not ("#" in match[1] and get_close_matches(name, USAGE, n=1, cutoff=0.75)):
        return []
    nearest = tuple(get_close_matches(name, USAGE, n=3, cutoff=0.5))
    trouble = "a command begins with # as the first sign of its line"
    return [Misunderstood(line=first[0], trouble=trouble, nearest=nearest)]


def _notes(lines: list[str]) -> list[Misunderstood]:
    """A short line of its own that says "note" or "internal", however it is dressed; or the first line's beginning."""
    heads = [line for line in lines if len(line.split()) <= _SHORT]
    begun = _HEAD.match(lines[0]) if lines else None
    heads.extend([begun[1]] if begun and len(begun[1].split()) <= _SHORT else [])
    dressed = next((one for one in heads if _says_note(one)), None)
    if dressed is None:
        return []
    trouble = "to keep words inside, write #note above them; if the customer is to read this, word it another way"
    return [Misunderstood(line=dressed, trouble=trouble, nearest=("note",))]


def _says_note(words: str) -> bool:
    letters = "".join(sign for sign in words.lower() if sign.isalpha())
    if letters in _NO_NOTES or len(letters) > _LONGEST_NOTE:
        return False
    slipped = len(letters) <= len("note") + 1 and get_close_matches(letters, ("note",), n=1, cutoff=0.75)
    return bool(slipped or get_close_matches(letters, _NOTES, n=1, cutoff=0.85))


def _strays(lines: list[str]) -> list[Misunderstood]:
    """Lines further down that were surely meant as a command: #word without a space, spelt (almost) like one.

    So is a command's name behind a # within a line, or alone on its line behind "# ".
    """
    found = ((line, name) for line in lines if (name := _stray(line)))
    return [
        Misunderstood(line=line, trouble="a command stands above all other words", nearest=(name,))
        for line, name in found
    ]


def _stray(line: str) -> str:
    """The command that a line names where none is read; empty where it names none."""
    begun = _STRAY.match(line)
    if begun and (close := get_close_matches(begun[1].lower(), USAGE, n=1, cutoff=0.75)):
        return str(close[0])
    within = next((name for one in _WITHIN.finditer(line) if (name := str(one[1]).lower()) in USAGE), "")
    alone = _ALONE.fullmatch(line)
    standing = str(alone[1]).lower() if alone else ""
    return within or (standing if standing in USAGE else "")
