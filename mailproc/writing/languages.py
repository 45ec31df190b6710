"""What letters need of a language besides their templates: names of days and months, units, how one counts up.

A language that is not here has its dates and units in English; its templates may still say all the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`moment` puts a weekday, a day, a month, a year and a time of day together; `units` are one and many of a unit.

    The year stands there only where it is not the present one, with a space before it.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    moment: str
    units: Mapping[str, tuple[str, str]]
    both: str
    either: str
    no_subject: str


ENGLISH = Language(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    moment="{weekday} {day} {month}{year}, {time}",
    units={
        unit: (unit.removesuffix("s"), unit) for unit in ("minutes", "hours", "days", "business hours", "business days")
    },
    both="and",
    either="or",
    no_subject="(no subject)",
)

GERMAN = Language(
    weekdays=("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    moment="{weekday}, {day}. {month}{year}, {time} Uhr",
    # In the dative, as "nach" and "innerhalb von" ask for it.
    units={
        "minutes": ("Minute", "Minuten"),
        "hours": ("Stunde", "Stunden"),
        "days": ("Tag", "Tagen"),
        "business hours": ("Arbeitsstunde", "Arbeitsstunden"),
        "business days": ("Arbeitstag", "Arbeitstagen"),
    },
    both="und",
    either="oder",
    no_subject="(ohne Betreff)",
)

_KNOWN: Mapping[str, Language] = {"en": ENGLISH, "de": GERMAN}


def language(code: str) -> Language:
    """The language of this code (ISO 639-1); English where it is not known here."""
    return _KNOWN.get(code, ENGLISH)
