"""How a letter words things: times in the reader's zone, lines of 72 columns, values of strangers made harmless.

Whatever comes from a mail is hostile until it has passed `line` or `lines`: no control characters, no marks that turn
the direction of writing, and in a line no line breaks.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from unicodedata import combining, east_asian_width
from zoneinfo import ZoneInfo

from mailproc.desk.policy import Target
from mailproc.writing.languages import ENGLISH, Language

WIDTH = 72
_QUOTED_WIDTH = 78  # RFC 5322 §2.1.1: a writer's own lines are kept as long as they fit a line of mail
"""Columns of the text part; a full-width character (UAX #11) takes two."""

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_COMMAND = re.compile(r"(?<=\S) {2}([^\s`](?: ?[^\s`]){0,200})(?: {2}(?=\S)|$)")
_SPAN = re.compile(r"`([^`\n]{1,300})`")
_WORD = re.compile(r"(\s*)(SR \d\S*|\+\d[\d ()./-]{5,28}\d(?! ?\d)\S*|\S+)")
"""What a line is not broken within: words, numbers of requests, telephone numbers; with the space before it."""


def lines(value: str) -> str:
    """The value with its line breaks as LF, without characters that act on the reader's screen."""
    return _HARMFUL.sub("", _BREAKS.sub("\n", value))


def line(value: str) -> str:
    """The value as one line, its spaces single."""
    return " ".join(lines(value).split())


def shortened(value: str, limit: int) -> str:
    """One line of at most `limit` characters, cut at a word where one ends in its last third, with an ellipsis."""
    text = line(value)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    kept = at_word if len(at_word) >= limit * 2 // 3 else cut
    while kept and combining(text[len(kept)]):
        kept = kept[:-1]
    return kept.rstrip(" ,;:.-") + "…"


def listed(values: Sequence[str], spoken: Language = ENGLISH) -> str:
    """The values as a person counts them up: "a, b and c"."""
    *most, last = (line(value) for value in values)
    return f"{', '.join(most)} {spoken.both} {last}" if most else last


def local_time(at: datetime, zone: str, zone_name: str, now: datetime, spoken: Language = ENGLISH) -> str:
    """An aware moment where the reader lives: "Tue 3 Mar, 14:30 (London)", with the year where it is not this one."""
    there, today = at.astimezone(_zone(zone)), now.astimezone(_zone(zone))
    moment = spoken.moment.format(
        weekday=spoken.weekdays[there.weekday()],
        day=there.day,
        month=spoken.months[there.month - 1],
        year="" if there.year == today.year else f" {there.year}",
        time=f"{there:%H:%M}",
    )
    return f"{moment} ({zone_name or zone})"


def target(span: Target, spoken: Language = ENGLISH) -> str:
    """A promised span: "8 business hours"."""
    one, many = spoken.units[span.unit]
    return f"{span.amount} {one if span.amount == 1 else many}"


def excerpt(value: str, limit: int = 8000) -> str:
    """The first `limit` characters or so, cut at the end of a line, and how much there is more."""
    text = lines(value).strip("\n")
    if len(text) <= limit:
        return text
    kept = text[:limit].rpartition("\n")[0] or text[:limit]
    return f"{kept}\n[… {len(text) - len(kept)} more characters]"


def span_of_time(span: timedelta) -> str:
    """A span as one tells it in passing, rounded down: "20 min", "3 h 20 min", "2 days"."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"{hours // 24} days"
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def columns(text: str) -> int:
    """How many columns the text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_width, text))


def wrapped(value: str, prefix: str = "") -> str:
    """The value as one paragraph of WIDTH columns, the first line behind `prefix`, the others below it.

    Words are never broken, so that paths and URLs stay whole, nor is a command as `spans` knows it: it stays on one
    line, set apart by two spaces. Chinese and Japanese break between any two characters.
    """
    indent = " " * columns(prefix)
    room = WIDTH - len(indent)
    if len(value) <= room and value.isascii() and value.isprintable() and "`" not in value and "  " not in value:
        return (prefix + value.strip()).rstrip(" ")
    filled = list(_filled(_atoms(value), room)) or [""]
    return "\n".join([prefix + filled[0], *(indent + one for one in filled[1:])]).rstrip(" ")


def spans(value: str) -> Sequence[str]:
    """The value as one line, cut into prose and commands by turns, prose first.

    A command stands in `backticks`, or between double spaces as policies write it: "type  show version  and send it".
    """
    return _SPAN.split(line(_COMMAND.sub(r" `\1` ", value)))


def quoted(value: str) -> str:
    """Words of somebody as a quotation: line by line behind "> ", wrapped only where a line is too long."""
    return "\n".join(_quoted_line(one.expandtabs(4).rstrip()) for one in lines(value).strip("\n").split("\n"))


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _quoted_line(text: str) -> str:
    kept = [text] if columns(text) <= _QUOTED_WIDTH - 2 else list(_filled(_words(text), WIDTH - 2))
    return "\n".join(f"> {one}".rstrip() for one in kept)


def _atoms(value: str) -> Iterator[tuple[str, str]]:
    """What a line may not break: words, and commands in backticks; each with the space before it."""
    before = ""
    for position, part in enumerate(spans(value)):
        if position % 2:
            yield "  " if before.endswith(" ") else "", part
        else:
            yield from _words(f" {part}" if position and part.startswith(" ") else part)
        before = part


def _words(text: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(text):
        if match[2].isascii():
            yield match[1], match[2]
            continue
        first, *others = _breakable(match[2])
        yield match[1], first
        yield from (("", other) for other in others)


def _breakable(word: str) -> Iterator[str]:
    """A word cut where wide characters allow it; any other word whole."""
    start = 0
    for position in range(1, len(word)):
        if _width(word[position]) == 2 and _width(word[position - 1]) == 2:
            yield word[start:position]
            start = position
    yield word[start:]


def _filled(atoms: Iterator[tuple[str, str]], room: int) -> Iterator[str]:
    current, used = "", 0
    for space, word in atoms:
        size = columns(word)
        if current and used + len(space) + size > room:
            yield current.rstrip(" ")
            current, used = word, size
            continue
        lead = space if current else ""
        current, used = current + lead + word, used + len(lead) + size
    if current.rstrip(" "):
        yield current.rstrip(" ")
