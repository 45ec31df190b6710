"""The phrasebook `phrases.txt`, compiled: what customers write, by meaning.

The file says how it is written. It is read once, when the desk is first used.
"""

import re
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"\[(topic [a-z-]+|[A-Z_]+)\]( any case)?")
_GOES_ON = "    "
"""Four spaces at the beginning of a line: it goes on with the line above."""
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""An escaped character, a set of characters, or any other one of a regular expression."""
_WORD_END = r"\b"
_REFERENCE = re.compile(r"<([A-Z_]{3,})>")


def phrases(name: str) -> re.Pattern[str]:
    """The phrases of a section, any of which may be found. KeyError where there is no such section."""
    case = re.IGNORECASE if name in _any_case() else 0
    written = re.compile(pattern(name), case)
    # With groups the order of the phrases matters: the group that took part is told.
    return written if written.groups else re.compile(_at_words(written.pattern), case)


def pattern(name: str) -> str:
    """The regular expression of a section, with the sections it refers to written out."""
    return "|".join(
        _REFERENCE.sub(lambda reference: f"(?:{pattern(reference[1])})", line) for line in _sections()[name]
    )


def _at_words(written: str) -> str:
    """The same phrases, those at an end of a word together: they are tried at such places only, not at each."""
    every = _alternatives(written)
    at_words = [one.removeprefix(_WORD_END) for one in every if one.startswith(_WORD_END)]
    others = (one for one in every if not one.startswith(_WORD_END))
    return "|".join((f"{_WORD_END}(?:{'|'.join(at_words)})", *others)) if at_words else written


def _alternatives(written: str) -> list[str]:
    """What stands between the bars of a regular expression that are in no bracket."""
    found, depth, start = [], 0, 0
    for token in _TOKEN.finditer(written):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and not depth:
            found.append(written[start : token.start()])
            start = token.end()
    return [*found, written[start:]]


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
