"""The phrasebook `phrases.txt`, compiled: what customers write, by meaning.

The file says how it is written. It is read once, when the desk is first used.
"""

import re
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"\[(topic [a-z-]+|[A-Z_]+)\]( any case)?")
_GOES_ON = "    "
"""Four spaces at the beginning of a line: it goes on with the line above."""
_REFERENCE = re.compile(r"<([A-Z_]{3,})>")


def phrases(name: str) -> re.Pattern[str]:
    """The phrases of a section, any of which may be found. KeyError where there is no such section."""
    return re.compile(pattern(name), re.IGNORECASE if name in _any_case() else 0)


def pattern(name: str) -> str:
    """The regular expression of a section, with the sections it refers to written out."""
    return "|".join(
        _REFERENCE.sub(lambda reference: f"(?:{pattern(reference[1])})", line) for line in _sections()[name]
    )


def topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What labels ask for, and the words that name it, in the order in which they are tried."""
    return tuple((name.removeprefix("topic "), phrases(name)) for name in _sections() if name.startswith("topic "))


@cache
def _any_case() -> frozenset[str]:
    headers = (_HEADER.fullmatch(line) for line in _lines())
    return frozenset(header[1] for header in headers if header and header[2])


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    sections: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in _lines():
        if header := _HEADER.fullmatch(line):
            name = header[1]
            sections[name] = ()
        elif line.startswith(_GOES_ON):
            *whole, above = sections[name]
            sections[name] = (*whole, above + line.removeprefix(_GOES_ON))
        elif line and not line.startswith("# "):
            sections[name] = (*sections[name], line)
    return sections


@cache
def _lines() -> tuple[str, ...]:
    text = (files("mailproc.desk.words") / "phrases.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line != "#")
