"""Lines that are headings and no more, and tables whose first row holds them: what asks without a colon."""

import re
from collections.abc import Iterable, Iterator, Mapping

from mailproc.desk.words.phrases import HEADING_BESIDES, HEADINGS

_MARKS = " \t*_\"“”'`:.…-=|#?？：【】[]<>"
_MOST_WORDS = 8
_LONGEST = 100
_WORD = re.compile(r"\w[\w'’/-]*")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_ENDS_SENTENCE = re.compile(r"[.!,;。]$|[.!?;]\s|\d\d|[:：]\s*\S")
_FIGURE = re.compile(r"\d")
_HASHED = re.compile(r"#{1,6}\s*[^\W\d]")
_FEWEST_LETTERS = 6
_CELL = re.compile(r"(?:[^\s|]|[^\S\t](?=[^\s|]))+")
"""A cell of a table in text: no bar, no tabulator, no two spaces in it."""
_COLUMN_OF_NUMBERS = re.compile(r"(?:no|nr|#|n°|item|pos)\W*", re.IGNORECASE)
_FEWEST_COLUMNS = 2
_MOST_COLUMNS = 16
UNDERLINE = re.compile(r"^\s*(?:-{3,}|={3,}|~{3,}|_{3,}|\*{3,})\s*$|^[\s|:+-]*-{3}[\s|:+-]*$")
"""A line of rules, also the one below the first row of a table."""


def heading_topic(line: str, labels: Mapping[str, str], strange: int = 0) -> str | None:
    """What a line asks for that is nothing but a heading we know; None where it says anything else besides.

    `labels` are labels in lower case with their topics. Any word must belong to what names the topic, save so many as
    `strange`.
    """
    bare = " ".join(_BRACKETS.sub(" ", line).strip(_MARKS).lower().split())
    if bare in labels:
        return labels[bare]
    words = list(_WORD.finditer(bare))
    if not words or len(words) > _MOST_WORDS or len(line) > _LONGEST or _ENDS_SENTENCE.search(line.strip()):
        return None
    for topic, pattern in HEADINGS:
        named = [one.span() for one in pattern.finditer(bare)]
        if named:
            answers_itself = topic == "level" and _FIGURE.search(bare)
            others = sum(not _belongs(word, named) for word in words)
            return topic if others <= strange and not answers_itself else None
    return None


def _belongs(word: re.Match[str], named: list[tuple[int, int]]) -> bool:
    return any(word.start() < end and start < word.end() for start, end in named) or bool(
        HEADING_BESIDES.fullmatch(word[0])
    )


def is_set_off(line: str, below: str) -> bool:
    """Whether a line is shown as a heading in plain text: in capitals, behind hash signs, or underlined."""
    bare = line.strip()
    in_capitals = bare.isupper() and sum(one.isalpha() for one in bare) >= _FEWEST_LETTERS and bare.isascii()
    return in_capitals or bool(_HASHED.match(bare)) or bool(UNDERLINE.match(below))


def columns(line: str, labels: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    """The first row of a table whose every column is a heading we know: where each begins, and what it says."""
    cells = tuple((cell.start(), cell[0]) for cell in _CELL.finditer(line))
    told = [cell for _, cell in cells if not _COLUMN_OF_NUMBERS.fullmatch(cell)]
    if not _FEWEST_COLUMNS <= len(told) <= _MOST_COLUMNS:
        return ()
    known: set[str] = set()
    for cell in told:
        topic = heading_topic(cell, labels)
        if topic is None or topic in known:
            return ()
        known.add(topic)
    return cells


def beneath(head: tuple[tuple[int, str], ...], rows: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each heading of a table with what stands in its column, all rows together."""
    told: dict[str, list[str]] = {label: [] for _, label in head}
    for row in rows:
        for (_, label), cell in zip(head, _cells(row, head), strict=False):
            told[label].append(cell.strip(" |\t"))
    for label, cells in told.items():
        yield label, " ".join(cell for cell in cells if cell)


def _cells(row: str, head: tuple[tuple[int, str], ...]) -> list[str]:
    """By bars or tabulators where the row has them, else by the place where each column begins."""
    for separator in ("|", "\t"):
        if separator in row:
            return row.strip().strip("|").split(separator)
    starts = [start for start, _ in head]
    return [row[start:end] for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]
