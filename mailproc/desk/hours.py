"""Business time: when a span of it has passed, and the account of how it passed.

Moments go in aware and come out in UTC. The windows that count are those of `regions`.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from mailproc.desk.policy import Target
from mailproc.desk.regions import Region, Window, check_region, from_local, open_year

__all__ = [
    "SEARCH_YEARS",
    "Due",
    "Region",
    "Window",
    "after_open_time",
    "check_region",
    "due_after",
    "is_open",
    "moment_after",
    "moment_in_words",
    "next_opening",
    "open_time",
    "passed_in_words",
    "reckoned_in_words",
    "span_in_words",
    "windows_from",
]

SEARCH_YEARS = 10
"""How far ahead an opening is looked for before a region counts as closed for good."""

_LISTED_DAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a span has passed: `at` is aware UTC, `account` tells in words how it was reckoned."""

    at: datetime
    account: tuple[str, ...]


def windows_from(region: Region, at: datetime) -> Iterator[Window]:
    """The windows that close after `at` (aware), in order, for `SEARCH_YEARS` years; then it simply ends."""
    at = _utc(at)
    first = (at - timedelta(days=2)).astimezone(region.zone).year  # a shift of New Year's Eve belongs to the old year
    for year in range(max(first, 2), min(first + SEARCH_YEARS, 9998)):
        windows = open_year(region, year).windows
        yield from islice(windows, bisect_right(windows, at, key=_closing), None)


def is_open(region: Region, at: datetime) -> bool:
    """Whether `at` (aware) lies in business hours. The moment of closing does not."""
    window = next(windows_from(region, at), None)
    return window is not None and window.opens <= at


def next_opening(region: Region, at: datetime) -> datetime:
    """The first moment from `at` (aware) on that lies in business hours, in UTC: `at` itself where it does.

    Raises ValueError where the region does not open within `SEARCH_YEARS` years.
    """
    return max(_utc(at), _first_window(region, at).opens)


def open_time(region: Region, start: datetime, end: datetime) -> timedelta:
    """How much of the time from `start` to `end` (aware) lies in business hours."""
    return sum((closes - opens for _, opens, closes in _parts(region, start, end)), timedelta())


def after_open_time(region: Region, start: datetime, span: timedelta) -> datetime:
    """The first moment at which `span` of open time has passed since `start` (aware), in UTC.

    Raises ValueError where it does not pass within `SEARCH_YEARS` years.
    """
    start = _utc(start)
    if span <= timedelta():
        return start
    for window in windows_from(region, start):
        opens = max(start, window.opens)
        if window.closes - opens >= span:
            return opens + span
        span -= window.closes - opens
    raise _never(region)


def moment_after(region: Region, start: datetime, target: Target) -> datetime:
    """The moment at which `target` has passed since `start` (aware), in UTC.

    Business hours: when that much open time has passed. Business days: the same local time on the Nth working
    day after the start, the start moved to the next opening if it lies outside hours, and cut to that day's
    closing. Other units are elapsed time: a day is 24 hours. Raises ValueError where that never comes.
    """
    if target.amount == 0:
        return _utc(start)
    try:
        match target.unit:
            case "business days":
                return _days_after(region, start, target.amount)[-1]
            case "business hours":
                return after_open_time(region, start, timedelta(hours=target.amount))
            case _:
                return _utc(start) + timedelta(**{target.unit: target.amount})
    except OverflowError:
        raise ValueError(f"{target} lies beyond the calendar: write a shorter span") from None


def due_after(region: Region, start: datetime, target: Target, began: str = "opened") -> Due:
    """When `target` falls due for what `began` at `start` (aware), with the account of it.

    The reckoning is that of `moment_after`, with its ValueError.
    """
    at = moment_after(region, start, target)
    account = (
        f"{began} {moment_in_words(region, start)} ({region.place})",
        *reckoned_in_words(region, start, at, target),
        f"due {moment_in_words(region, at)} ({region.place})",
    )
    return Due(at=at, account=account)


def reckoned_in_words(region: Region, start: datetime, at: datetime, target: Target) -> tuple[str, ...]:
    """How `target`, counted without a pause from `start`, came to end at `at`."""
    if target.unit != "business days" or target.amount == 0:
        return passed_in_words(region, ((start, at),), target)
    days = _working_days_in_words(region, start, target.amount)
    return (f"{target.unit} {region.hours}", *days, *_closed_in_words(region, start, at))


def passed_in_words(
    region: Region, stretches: tuple[tuple[datetime, datetime], ...], target: Target
) -> tuple[str, ...]:
    """How the time of `target` went by in these stretches: open time day by day, and what was closed."""
    if target.amount == 0:
        return ("immediate",)
    if not target.business:
        return (f"{target} of elapsed time",)
    hours = f"{target.unit} {region.hours}"
    if not stretches:
        return (hours,)
    shares = _shares_in_words(region, stretches)
    return (hours, *shares, *_closed_in_words(region, stretches[0][0], stretches[-1][1]))


def moment_in_words(region: Region, at: datetime) -> str:
    """A moment in the region's time: "Fri 27 Mar 16:40"."""
    local = at.astimezone(region.zone)
    return f"{_day_in_words(local.date())} {local:%H:%M}"


def span_in_words(span: timedelta) -> str:
    """A span in hours and whole minutes: "20 min", "1 h 40 min", "56 h"."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    parts = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in parts if part) or "0 min"


def _closing(window: Window) -> datetime:
    return window.closes


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone: give it an offset")
    return at.astimezone(UTC)


def _never(region: Region) -> ValueError:
    return ValueError(
        f'region {region.name}: hours "{region.hours}" are not open long enough within {SEARCH_YEARS} years'
    )


def _first_window(region: Region, at: datetime) -> Window:
    window = next(windows_from(region, at), None)
    if window is None:
        raise _never(region)
    return window


def _parts(region: Region, start: datetime, end: datetime) -> Iterator[tuple[date, datetime, datetime]]:
    """The open time between two moments, window by window, each with its working day."""
    start, end = _utc(start), _utc(end)
    for window in windows_from(region, start):
        if window.opens >= end:
            return
        opens, closes = max(window.opens, start), min(window.closes, end)
        if opens < closes:
            yield window.day, opens, closes


def _days_after(region: Region, start: datetime, count: int) -> tuple[datetime, ...]:
    """The same local time on each of the `count` working days after the start, each cut to its day's closing."""
    first = _first_window(region, start)
    begin = max(_utc(start), first.opens).astimezone(region.zone)
    past_midnight = begin.date() - first.day
    closing: dict[date, datetime] = {}
    for window in windows_from(region, first.closes):
        if window.day > first.day:
            if window.day not in closing and len(closing) == count:
                break
            closing[window.day] = window.closes
    if len(closing) < count:
        raise _never(region)
    return tuple(
        min(from_local(region.zone, datetime.combine(day + past_midnight, begin.time())), closes)
        for day, closes in closing.items()
    )


def _day_in_words(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _shares_in_words(region: Region, stretches: tuple[tuple[datetime, datetime], ...]) -> tuple[str, ...]:
    shares: dict[date, timedelta] = {}
    for start, end in stretches:
        for day, opens, closes in _parts(region, start, end):
            shares[day] = shares.get(day, timedelta()) + (closes - opens)
    lines = [f"{span_in_words(span)} on {_day_in_words(day)}" for day, span in shares.items()]
    if len(lines) <= _LISTED_DAYS:
        return tuple(lines)
    middle = list(shares.values())[2:-1]
    between = f"{span_in_words(sum(middle, timedelta()))} on the {len(middle)} working days between"
    return (*lines[:2], between, lines[-1])


def _working_days_in_words(region: Region, start: datetime, count: int) -> tuple[str, ...]:
    begin = next_opening(region, start)
    moved = (f"outside hours, counted from {moment_in_words(region, begin)}",) if begin != start else ()
    dues = _days_after(region, start, count)
    names = [_day_in_words(due.astimezone(region.zone).date()) for due in dues]
    if len(names) > _LISTED_DAYS:
        names = [*names[:2], "…", names[-1]]
    counted = f"{count} working {'day' if count == 1 else 'days'}: {', '.join(names)}"
    same_time = dues[-1].astimezone(region.zone).time() == begin.astimezone(region.zone).time()
    return (*moved, counted, *(() if same_time else ("cut to that day's closing",)))


def _closed_in_words(region: Region, start: datetime, end: datetime) -> tuple[str, ...]:
    first, last = start.astimezone(region.zone).date(), end.astimezone(region.zone).date()
    years = range(first.year, last.year + 1)
    days = (closed for year in years for closed in open_year(region, year).closed if first <= closed.day <= last)
    return tuple(f"closed {closed.day.day} {closed.day:%b} ({closed.name})" for closed in days)
