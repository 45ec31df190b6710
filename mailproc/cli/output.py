"""What commands print: JSON objects a line for scripts, plain words for people."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any


def say(words: str = "") -> None:
    """A line for people, or for a script, on standard output."""
    sys.stdout.write(f"{words}\n")


def tell(words: str) -> None:
    """A line about the work itself, on standard error."""
    sys.stderr.write(f"{words}\n")


def say_json(value: dict[str, Any]) -> None:
    """One object on one line, in ASCII: no locale stops it, and none of Unicode's line ends breaks the line."""
    say(json.dumps(value))


def instant(moment: datetime | None) -> str | None:
    """ISO 8601 with offset, in UTC."""
    return moment.isoformat() if moment else None


def table(rows: Iterable[tuple[str, ...]], headings: tuple[str, ...]) -> Iterable[str]:
    """Rows below their headings, in columns as wide as they need; the last column runs free."""
    everything = [headings, *rows]
    widths = [max(len(row[column]) for row in everything) for column in range(len(headings) - 1)]
    for row in everything:
        cells = (cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True))
        yield "  ".join((*cells, row[-1])).rstrip()
