"""Regions: where and when a support centre works, and the table of its open windows in a year.

The notation is OpenStreetMap's and is read by `opening_hours`; public holidays come from the `holidays` package,
frozen per year, because the notation's reader holds poor holiday data. A year of a region becomes a table of
open windows in UTC once, so that every question is a bisection into that table.

Rules. A closed day is closed from local midnight to local midnight. A window belongs to the local day on which
it opens, so that a night shift is one working day; an unbroken stretch of more than 24 hours is cut at every
midnight. A local time that a clock change skips or repeats is read as RFC 5545 section 3.3.5 reads it: the
skipped one by the offset before the change, the repeated one as its first occurrence.
"""

import difflib
import re
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import holidays
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stub lacks the error

_DAY = timedelta(days=1)
_PROBED_YEARS = range(2024, 2052)  # 28 years: every weekday meets every date, leap days too
_UNSUPPORTED = re.compile(r"\b(?:PH|SH)\b(?!\s+(?:off|closed)\b)|\b(?:sunrise|sunset|dawn|dusk)\b")


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where a request is handled, as configured.

    `timezone` is an IANA name, `hours` OpenStreetMap opening_hours notation ("Mo-Fr 09:00-17:00"), `holidays` a
    country or country-subdivision of the `holidays` package ("" for none), `closed` further closed days.
    """

    name: str
    timezone: str = "UTC"
    hours: str = "Mo-Fr 09:00-17:00"
    holidays: str = ""
    closed: tuple[date, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def place(self) -> str:
        """How a letter names the zone: "London" for Europe/London."""
        return self.timezone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Open time without a break: from `opens` until just before `closes`, aware UTC.

    `day` is the local date on which it opens: the working day that it belongs to, also past midnight.
    """

    day: date
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A local day that the notation would have open but that is closed; `name` says why."""

    day: date
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenYear:
    """The windows whose working day lies in one year, in order, and the days on which some were lost."""

    windows: tuple[Window, ...]
    closed: tuple[ClosedDay, ...]


def check_region(region: Region) -> tuple[str, ...]:
    """The mistakes of a configured region, each with what to write instead; empty where there are none."""
    return (*_zone_mistakes(region), *_hours_mistakes(region), *_holiday_mistakes(region))


@lru_cache(maxsize=256)
def open_year(region: Region, year: int) -> OpenYear:
    """The open windows of a local year. Reckoned once per region and year, then remembered."""
    # Two days of margin on both sides keep shifts over New Year whole.
    closed = {**_closed_days(region, year - 1), **_closed_days(region, year), **_closed_days(region, year + 1)}
    stretches = list(_stretches(region, datetime(year - 1, 12, 30), datetime(year + 1, 1, 3)))  # noqa: DTZ001 - local
    shifts = (
        shift
        for opens, closes in stretches
        for open_part in _outside(closed, opens, closes)
        for shift in _shifts(*open_part)
    )
    lost = sorted({day for opens, closes in stretches for day in _days(opens, closes) if day in closed})
    return OpenYear(
        windows=tuple(window for window in _windows(region.zone, shifts) if window.day.year == year),
        closed=tuple(ClosedDay(day=day, name=closed[day]) for day in lost if day.year == year),
    )


@lru_cache(maxsize=256)
def _closed_days(region: Region, year: int) -> Mapping[date, str]:
    days = {day: "as configured" for day in region.closed if day.year == year}
    if region.holidays:
        country, _, part = region.holidays.partition("-")
        # The years and the language are named: the package would else grow as it is asked, and ask the environment.
        days |= holidays.country_holidays(country, subdiv=part or None, years=year, language="en_US")
    return days


def _stretches(region: Region, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """What the notation has open between two naive local times."""
    for opens, closes, state, _ in _notation(region.hours).intervals(first, last):
        if state == State.OPEN:
            yield opens, closes


def _notation(hours: str) -> OpeningHours:
    return OpeningHours(hours, auto_country=False, auto_timezone=False)


def _outside(closed: Mapping[date, str], opens: datetime, closes: datetime) -> Iterator[tuple[datetime, datetime]]:
    for day in _days(opens, closes):
        if day not in closed:
            continue
        midnight = datetime.combine(day, time())
        if opens < midnight:
            yield opens, midnight
        opens = midnight + _DAY
    if opens < closes:
        yield opens, closes


def _days(opens: datetime, closes: datetime) -> Iterator[date]:
    last = (closes - timedelta(microseconds=1)).date()
    return (opens.date() + count * _DAY for count in range((last - opens.date()).days + 1))


def _shifts(opens: datetime, closes: datetime) -> Iterator[tuple[datetime, datetime]]:
    if closes - opens <= _DAY:
        yield opens, closes
        return
    for day in _days(opens, closes):
        midnight = datetime.combine(day, time())
        yield max(opens, midnight), min(closes, midnight + _DAY)


def _windows(zone: ZoneInfo, shifts: Iterable[tuple[datetime, datetime]]) -> Iterator[Window]:
    """A skipped local time may reach into the next window, which then begins where the first one ends."""
    reached = datetime.min.replace(tzinfo=UTC)
    for opens, closes in shifts:
        window = Window(day=opens.date(), opens=max(reached, from_local(zone, opens)), closes=from_local(zone, closes))
        if window.opens < window.closes:
            reached = window.closes
            yield window


def from_local(zone: ZoneInfo, local: datetime) -> datetime:
    """The moment in UTC of a naive local time, also of one that a clock change skips or repeats."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _zone_mistakes(region: Region) -> tuple[str, ...]:
    try:
        ZoneInfo(region.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder, such as "Europe"
        near = _nearest_zone(region.timezone)
        return (f'timezone = "{region.timezone}" is no IANA time zone: write {near}',)
    return ()


def _nearest_zone(wanted: str) -> str:
    known = sorted(zoneinfo.available_timezones())
    place = wanted.rpartition("/")[2].replace(" ", "_").lower()
    same = [name for name in known if place and name.rpartition("/")[2].lower() == place]
    near = same or difflib.get_close_matches(wanted, known, n=1)
    return f'"{near[0]}"' if near else 'a name such as "Europe/London"'


def _hours_mistakes(region: Region) -> tuple[str, ...]:
    instead = 'write OpenStreetMap opening_hours notation such as "Mo-Fr 09:00-17:00; Sa 09:00-12:00" or "24/7"'
    try:
        notation = _notation(region.hours)
    except ParserError:
        return (f'hours = "{region.hours}" is not understood: {instead}',)
    if unsupported := _UNSUPPORTED.search(region.hours):
        times = "write times of day, and put closed days in holidays and closed"
        return (f'hours = "{region.hours}": "{unsupported[0]}" is not supported: {times}',)
    shut = tuple(year for year in _PROBED_YEARS if not _opens_in(notation, year))
    if len(shut) == len(_PROBED_YEARS):
        return (f'hours = "{region.hours}" is never open: {instead}',)
    if shut:
        return (f'hours = "{region.hours}" is not open at all in {shut[0]}: write hours that hold in every year',)
    return ()


def _opens_in(notation: OpeningHours, year: int) -> bool:
    first, last = datetime(year, 1, 1), datetime(year + 1, 1, 1)  # noqa: DTZ001 - the notation speaks local time
    return any(state == State.OPEN for _, _, state, _ in notation.intervals(first, last))


def _holiday_mistakes(region: Region) -> tuple[str, ...]:
    if not region.holidays:
        return ()
    country, dash, part = region.holidays.partition("-")
    known = holidays.list_supported_countries()
    if country not in known:
        near = f'"{country.upper()}"' if country.upper() in known else 'a code such as "GB", "GB-ENG" or "DE-BY"'
        return (f'holidays = "{region.holidays}": no holidays are known for "{country}": write {near}, or "" for none',)
    if dash and part not in (parts := known[country]):
        near_parts = difflib.get_close_matches(part.upper(), parts, n=1) or parts[:1]
        instead = " or ".join(f'"{name}"' for name in (*(f"{country}-{near}" for near in near_parts), country))
        return (f'holidays = "{region.holidays}": {country} has no part "{part}": write {instead}',)
    return ()
