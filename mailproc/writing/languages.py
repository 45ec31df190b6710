"""What letters need of a language besides their templates: names of days and months, units, how one counts up.

The desk gives its reasons in English, and the history keeps them so; `Language.said` says them in the reader's tongue.
A language that is not here has its dates, units and reasons in English; its templates may still say all the rest.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mailproc.writing import german

_ROOM = re.compile(r"(\{said\}|\{\})")
_DEPTH = 3
_LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`moment` puts a weekday, a day, a month, a year and a time of day together; `units` are one and many of a unit.

    The year stands there only where it is not the present one, with a space before it. `level_word` is what a customer
    writes before the number of the level he wants. `sayings` are reasons of the desk and how a letter says them.
    """

    code: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    moment: str
    units: Mapping[str, tuple[str, str]]
    level_word: str
    both: str
    either: str
    until: str
    no_subject: str
    sayings: Mapping[str, str] = field(default_factory=dict)

    def said(self, words: str) -> str:
        """A reason of the desk as this language says it; words that it does not know stay as they are."""
        return _said(self.code, words, _DEPTH)


ENGLISH = Language(
    code="en",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    moment="{weekday} {day} {month}{year}, {time}",
    units={
        unit: (unit.removesuffix("s"), unit) for unit in ("minutes", "hours", "days", "business hours", "business days")
    },
    level_word="severity",
    both="and",
    either="or",
    until="to",
    no_subject="(no subject)",
    # What staff read of a customer is said to himself.
    sayings={
        "the writer names level {}": "you named level {}",
        "the words speak for no other level": "nothing in your mail speaks for another level",
        "level {} was named, but {said}": "you named level {}; {said}",
        "the customer asked for it": "you asked for it",
    },
)

GERMAN = Language(
    code="de",
    weekdays=german.WEEKDAYS,
    months=german.MONTHS,
    moment="{weekday}, {day}. {month}{year}, {time} Uhr",
    units=german.UNITS,
    level_word="Stufe",
    both="und",
    either="oder",
    until="bis",
    no_subject="(ohne Betreff)",
    sayings=german.SAYINGS,
)

_KNOWN: Mapping[str, Language] = {one.code: one for one in (ENGLISH, GERMAN)}


def language(code: str) -> Language:
    """The language of this code (ISO 639-1); English where it is not known here."""
    return _KNOWN.get(code, ENGLISH)


def _said(code: str, words: str, depth: int) -> str:
    if not depth or len(words) > _LONGEST:
        return words
    for pattern, rooms, saying in _patterns(code):
        if match := pattern.fullmatch(words):
            return "".join(_filled(saying, rooms, match.groups(), code, depth))
    return words


def _filled(saying: str, rooms: tuple[str, ...], words: tuple[str, ...], code: str, depth: int) -> Iterator[str]:
    """The saying with its rooms filled in their order, sayings within said too."""
    given = iter(zip(rooms, words, strict=True))
    for part in _ROOM.split(saying):
        if not _ROOM.fullmatch(part):
            yield part
            continue
        room, own = next(given)
        yield _said(code, own, depth - 1) if room == "{said}" else own


@lru_cache(maxsize=8)
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...]:
    """Each saying as a pattern, the ones that say most in their own words first."""
    known = sorted(language(code).sayings.items(), key=lambda one: -len(_ROOM.sub("", one[0])))
    return tuple((_pattern(said), tuple(_ROOM.findall(said)), saying) for said, saying in known)


def _pattern(said: str) -> re.Pattern[str]:
    parts = (f"(.{{1,{_LONGEST}}}?)" if _ROOM.fullmatch(part) else re.escape(part) for part in _ROOM.split(said))
    return re.compile("".join(parts), re.DOTALL)
