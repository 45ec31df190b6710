"""Which of a policy's kinds a text is: by marks, by first bytes, or by what most of its lines look like.

The patterns are the policy's. Here they are held against a file, and against what was pasted into a mail, where prose
stands around it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mailproc.desk.policy import FileKind

START = 200_000
"""Characters in which the marks of a kind stand; routing tables may stand further down."""

LONGEST_LINE = 1_000
SAMPLE = 400
"""Lines by which it is told what most lines look like."""

_SHARE = 0.6
_INDENTED = re.compile(r"^[ \t>|]+")
_MOST_GAPS = 2
"""Lines between two lines of pasted output that need not look like it: wrapped ends, blank lines."""
_FEWEST_PASTED = 3
"""Lines of output without which it is a quotation, where a kind knows its `typical` lines."""


def kind_of(content: bytes, text: str, kinds: tuple[FileKind, ...]) -> FileKind | None:
    """The first kind that this content fits."""
    return next((kind for kind in kinds if fits(kind, content, text)), None)


def fits(kind: FileKind, content: bytes, text: str) -> bool:
    """Whether a file is of this kind; `text` is its content decoded."""
    if any(content.startswith(bytes.fromhex(start)) for start in kind.magic):
        return True
    if "\0" in text[:4_000] or any(compiled(pattern).search(text[:START]) for pattern in kind.never):
        return False
    if kind.each_line and _mostly(kind.each_line, kind.line_count, text):
        return True
    if not kind.marks:
        return False
    start = _bare(kind, text[:START])
    found = 0
    for mark in kind.marks:
        found += bool(compiled(mark).search(start))
        if found >= kind.at_least:
            return True
    return bool(found and kind.typical) and _mostly(_any_of(*kind.marks, *kind.typical), kind.line_count, start)


def pasted(text: str, kind: FileKind) -> str | None:
    """The line of a mail's body that shows pasted output of this kind; None where there is none.

    Two different marks, or two lines with one of them, must be found: one line alone may be a quotation. Where the kind
    has `typical` lines, they must stand together with those, three lines at least; below a line that announces such
    output they are enough.
    """
    every = _bare(kind, text).splitlines()
    if announced := _announced([line[-LONGEST_LINE:] for line in every], kind):
        return announced
    lines = [line for line in every if len(line) <= LONGEST_LINE]
    marked = compiled(_any_of(*kind.marks))
    blocks = _blocks(lines, kind) if kind.typical else [lines]
    fewest = 2 if kind.typical else max(2, kind.at_least)
    for block in blocks:
        found = [line for line in block if marked.search(line)]
        if len(found) >= fewest:
            return found[0].strip()
    return None


def _announced(lines: list[str], kind: FileKind) -> str | None:
    """The first of the lines of output that stand right below a line that announces them, if there are enough."""
    if not kind.announced:
        return None
    output = compiled(_any_of(*kind.marks, *kind.typical))

    def is_output(line: str) -> bool:
        """A form's lines look like output too, but hold no figures."""
        return bool(output.search(line)) and any(one.isdigit() for one in line)

    told = [_INDENTED.sub("", line) for line in lines if line.strip()]
    for at, line in enumerate(told, start=1):
        below = told[at : at + _FEWEST_PASTED]
        if compiled(kind.announced).search(line) and len(below) == _FEWEST_PASTED and all(map(is_output, below)):
            return below[0].strip()
    return None


def _blocks(lines: Iterable[str], kind: FileKind) -> Iterator[list[str]]:
    """Lines that look like output of this kind and stand together, at least so many that they are no quotation."""
    output = compiled(_any_of(*kind.marks, *kind.typical))
    block: list[str] = []
    gaps = 0
    for line in (_INDENTED.sub("", one) for one in lines):
        if output.search(line):
            block.append(line)
            gaps = 0
        elif block and gaps < _MOST_GAPS:
            gaps += 1
        else:
            if len(block) >= _FEWEST_PASTED:
                yield block
            block, gaps = [], 0
    if len(block) >= _FEWEST_PASTED:
        yield block


def _mostly(pattern: str, fewest: int, text: str) -> bool:
    lines = [line for line in text[: SAMPLE * LONGEST_LINE].splitlines() if line.strip()][:SAMPLE]
    matching = sum(bool(compiled(pattern).search(line[:LONGEST_LINE])) for line in lines)
    return matching >= fewest and matching >= _SHARE * len(lines)


def _bare(kind: FileKind, text: str) -> str:
    return compiled(kind.before).sub("", text) if kind.before else text


@lru_cache(maxsize=64)
def _any_of(*patterns: str) -> str:
    return "|".join(f"(?:{one})" for one in patterns)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a policy: matched line by line, whatever the case."""
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
