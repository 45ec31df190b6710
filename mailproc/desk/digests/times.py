"""When a region's digests go: at the times configured, or at the start of each business day and of each shift."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from mailproc.desk.directory import Duty, Office
from mailproc.desk.hours import Region, windows_from
from mailproc.desk.regions import from_local

_AROUND = timedelta(days=21)
"""How far on either side a moment is looked for: longer than any holiday."""


def last_digest(region: str, at: datetime, office: Office) -> datetime | None:
    """The latest moment of a digest up to `at` (aware UTC); None where none lies within three weeks."""
    return max((one for one in _moments(region, at, office) if one <= at), default=None)


def next_digest(region: str, at: datetime, office: Office) -> datetime | None:
    """The first moment of a digest after `at` (aware UTC); None where none lies within three weeks."""
    return min((one for one in _moments(region, at, office) if one > at), default=None)


def _moments(region: str, at: datetime, office: Office) -> Iterator[datetime]:
    """Every moment around `at`, in no order."""
    times = office.digest_at.get(region)
    place = office.regions[region]
    if times is None:
        yield from _openings(place, at)
        duties = [one for one in office.calendar if one.region == region and not one.backup]
        yield from _called(duties)
        weekly = (one for shift in office.roster if shift.region == region for one in _beginnings(shift.times, at))
        yield from (one for one in weekly if not any(duty.opens <= one < duty.closes for duty in duties))
        return
    first, last = (at - _AROUND).astimezone(place.zone).date(), (at + _AROUND).astimezone(place.zone).date()
    for day in (first + timedelta(days=count) for count in range((last - first).days + 1)):
        yield from (from_local(place.zone, datetime.combine(day, time)) for time in times)


def _called(duties: Sequence[Duty]) -> Iterator[datetime]:
    """The start of each duty of a calendar, but for those that go on without a break."""
    ends = {(one.who, one.closes) for one in duties}
    return (one.opens for one in duties if (one.who, one.opens) not in ends)


def _openings(region: Region, at: datetime) -> Iterator[datetime]:
    """The start of each business day; a second half of the day is none."""
    day: date | None = None
    for window in windows_from(region, at - _AROUND):
        if window.opens > at + _AROUND:
            return
        if window.day != day:
            yield window.opens
        day = window.day


def _beginnings(times: Region, at: datetime) -> Iterator[datetime]:
    """The start of each shift; what goes on without a break began before."""
    closed: datetime | None = None
    for window in windows_from(times, at - _AROUND):
        if window.opens > at + _AROUND:
            return
        if window.opens != closed:
            yield window.opens
        closed = window.closes
