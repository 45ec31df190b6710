"""Moments as people write them in a command: "tomorrow 15:00", "Fri 10:00", "2026-03-05 14:00", "+4h", "in 2 days"."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(9, 0)
"""What a day without a time of day means."""

_SPAN = re.compile(
    r"(?:\+\s?|in\s+)(\d{1,4})\s?(m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)", re.IGNORECASE | re.ASCII
)
_TIME = re.compile(r"(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s?(am|pm)?", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"(20\d{2})-(\d{1,2})-(\d{1,2})", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(?:on\s+|next\s+)?(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs|nes)?\.?", re.IGNORECASE
)
_UNIVERSAL = re.compile(r"(.{1,60}?)\s?(?:utc|gmt|(?<=\d)z)")
"""A moment in universal time, whatever zone its writer lives in."""
_LONGEST = 60


def moment_named(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment that these words name, in the time zone of whoever wrote them, as seen from `now` (aware).

    Aware UTC; None where they name none, or one that has passed. A weekday is the next one to come; a time alone is
    today's, or tomorrow's where it has passed.
    """
    words = " ".join(text.lower().replace(",", " ").split())[:_LONGEST].rstrip(".")
    if universal := _UNIVERSAL.fullmatch(words):
        return moment_named(universal[1], ZoneInfo("UTC"), now)
    if span := _SPAN.fullmatch(words):
        return now + int(span[1]) * _UNITS[span[2][0].lower()]
    there = now.astimezone(zone)
    named = _day_and_time(words, there)
    if named is None:
        return None
    moment = datetime.combine(*named, tzinfo=zone).astimezone(now.tzinfo)
    return moment if moment > now else None


def _day_and_time(words: str, there: datetime) -> tuple[date, time] | None:
    today = there.date()
    if (alone := _time(words)) is not None:
        return (today if alone > there.time() else today + timedelta(days=1)), alone
    first, _, rest = words.replace("t", " ", 1).partition(" ") if _DATE.match(words) else words.partition(" ")
    if first in ("on", "next") and rest:
        first, _, rest = rest.partition(" ")
    at = _time(rest) if rest else MORNING
    if at is None:
        return None
    day = _day(first, today, (at, there.time()))
    return None if day is None else (day, at)


def _day(word: str, today: date, times: tuple[time, time]) -> date | None:
    """The day of this name; `times` are the time wanted and the time it is."""
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if weekday := _WEEKDAY.fullmatch(word):
        ahead = (_WEEKDAYS.index(weekday[1].lower()) - today.weekday()) % 7
        wanted, it_is = times
        return today + timedelta(days=7 if ahead == 0 and wanted <= it_is else ahead)
    if (iso := _DATE.fullmatch(word)) is None:
        return None
    try:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:  # the thirtieth of February
        return None


def _time(words: str) -> time | None:
    match = _TIME.fullmatch(words.strip())
    if match is None or not (match[2] or match[3]):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
