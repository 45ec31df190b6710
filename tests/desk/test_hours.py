"""Business time, held against tables, against a slow reckoning minute by minute, and against workclock."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workclock import Holidays, Schedule, WorkDay

from mailproc.desk.hours import (
    Region,
    after_open_time,
    check_region,
    due_after,
    is_open,
    moment_after,
    moment_in_words,
    next_opening,
    open_time,
    span_in_words,
    windows_from,
)
from mailproc.desk.policy import Target, Unit
from mailproc.desk.regions import open_year

LONDON = Region(name="emea", timezone="Europe/London", holidays="GB-ENG", closed=(date(2026, 12, 24),))
HALF_DAYS = Region(name="half", timezone="Europe/London", hours="Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-12:00")
SUNDAYS = Region(name="gulf", timezone="Asia/Riyadh", hours="Su-Th 08:00-16:00")
NIGHTS = Region(name="nights", timezone="America/New_York", hours="Mo-Fr 22:00-06:00")
ALWAYS = Region(name="always", timezone="Europe/Berlin", hours="24/7")
ALWAYS_BUT_HOLIDAYS = Region(name="but", timezone="Europe/London", hours="24/7", holidays="GB-ENG")
NEVER = Region(name="never", hours="off")
REGIONS = {one.name: one for one in (LONDON, HALF_DAYS, SUNDAYS, NIGHTS, ALWAYS, ALWAYS_BUT_HOLIDAYS)}


def target(words: str) -> Target:
    amount, _, unit = words.partition(" ")
    known: dict[str, Unit] = {
        "min": "minutes",
        "h": "hours",
        "d": "days",
        "bh": "business hours",
        "bd": "business days",
    }
    return Target(amount=int(amount), unit=known[unit])


def local(region: Region, words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=region.zone).astimezone(UTC)


# fmt: off
DUES = [
    # region, start (local), span, due (local)
    ("emea",   "2026-03-27 16:40", "1 bh",  "2026-03-30 09:40"),   # over the weekend on which summer time begins
    ("emea",   "2026-03-27 16:40", "8 bh",  "2026-03-30 16:40"),
    ("emea",   "2026-04-02 16:40", "8 bh",  "2026-04-07 16:40"),   # over Good Friday and Easter Monday
    ("emea",   "2026-03-02 09:00", "8 bh",  "2026-03-02 17:00"),   # reached at closing, not at the next opening
    ("emea",   "2026-03-02 17:00", "1 bh",  "2026-03-03 10:00"),   # closing itself lies outside
    ("emea",   "2026-03-07 03:00", "2 bh",  "2026-03-09 11:00"),   # opened on a Saturday night
    ("emea",   "2026-12-23 16:00", "2 bh",  "2026-12-29 10:00"),   # 24 configured, 25, 26 and (observed) 28 holidays
    ("emea",   "2026-12-31 16:30", "1 bh",  "2027-01-04 09:30"),   # over New Year
    ("emea",   "2026-03-27 16:40", "1 bd",  "2026-03-30 16:40"),
    ("emea",   "2026-04-02 16:40", "3 bd",  "2026-04-09 16:40"),
    ("emea",   "2026-03-28 12:00", "1 bd",  "2026-03-31 09:00"),   # moved to Monday's opening, then one day on
    ("emea",   "2026-03-02 08:59", "1 bd",  "2026-03-03 09:00"),
    ("emea",   "2026-03-02 17:00", "1 bd",  "2026-03-04 09:00"),
    ("half",   "2026-03-06 17:30", "1 bd",  "2026-03-07 12:00"),   # cut to Saturday's closing
    ("half",   "2026-03-06 10:00", "1 bd",  "2026-03-07 10:00"),
    ("half",   "2026-03-06 13:30", "1 bd",  "2026-03-07 12:00"),   # a break is outside hours: counted from 14:00
    ("half",   "2026-03-05 13:30", "1 bd",  "2026-03-06 14:00"),
    ("half",   "2026-03-06 12:30", "1 bh",  "2026-03-06 14:30"),   # over the break
    ("half",   "2026-03-06 17:00", "5 bh",  "2026-03-09 10:00"),
    ("gulf",   "2026-03-05 15:00", "2 bh",  "2026-03-08 09:00"),   # Thursday evening to Sunday morning
    ("gulf",   "2026-03-05 15:00", "1 bd",  "2026-03-08 15:00"),
    ("nights", "2026-03-06 23:00", "8 bh",  "2026-03-09 23:00"),   # Friday's shift ends on Saturday
    ("nights", "2026-03-07 02:00", "1 bd",  "2026-03-10 02:00"),   # Friday's shift, then Monday's
    ("nights", "2026-03-03 02:00", "1 bd",  "2026-03-04 02:00"),
    ("nights", "2026-03-02 12:00", "1 bd",  "2026-03-03 22:00"),
    ("always", "2026-03-28 20:00", "8 bh",  "2026-03-29 05:00"),   # the hour that summer time takes does not count
    ("always", "2026-10-24 20:00", "8 bh",  "2026-10-25 03:00"),   # the hour that it gives back does
    ("always", "2026-03-28 20:00", "1 bd",  "2026-03-29 20:00"),
    ("always", "2026-03-28 20:00", "1 d",   "2026-03-29 21:00"),   # a day that is not "business" is 24 hours
    ("but",    "2026-12-24 23:00", "2 bh",  "2026-12-27 01:00"),
    ("but",    "2026-12-24 23:00", "1 bd",  "2026-12-27 23:00"),
    ("emea",   "2026-03-07 03:00", "90 min", "2026-03-07 04:30"),
    ("emea",   "2026-03-28 03:00", "24 h",  "2026-03-29 04:00"),
    ("emea",   "2026-03-07 03:00", "0 min", "2026-03-07 03:00"),
    ("emea",   "2026-03-07 03:00", "0 bh",  "2026-03-07 03:00"),
]
# fmt: on


@pytest.mark.parametrize(("name", "start", "span", "due"), DUES)
def test_a_span_falls_due_when_the_table_says(name: str, start: str, span: str, due: str) -> None:
    region = REGIONS[name]
    assert due_after(region, local(region, start), target(span)).at == local(region, due)


def test_an_account_tells_start_hours_days_holidays_and_due() -> None:
    start = local(LONDON, "2026-04-02 16:40")
    assert due_after(LONDON, start, target("8 bh")).account == (
        "opened Thu 2 Apr 16:40 (London)",
        "business hours Mo-Fr 09:00-17:00",
        "20 min on Thu 2 Apr",
        "7 h 40 min on Tue 7 Apr",
        "closed 3 Apr (Good Friday)",
        "closed 6 Apr (Easter Monday)",
        "due Tue 7 Apr 16:40 (London)",
    )


def test_an_account_of_business_days_names_the_days_counted() -> None:
    start = local(HALF_DAYS, "2026-03-05 13:30")
    assert due_after(HALF_DAYS, start, target("2 bd"), "resumed").account == (
        "resumed Thu 5 Mar 13:30 (London)",
        "business days Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-12:00",
        "outside hours, counted from Thu 5 Mar 14:00",
        "2 working days: Fri 6 Mar, Sat 7 Mar",
        "cut to that day's closing",
        "due Sat 7 Mar 12:00 (London)",
    )


def test_a_long_account_is_told_short() -> None:
    start = local(LONDON, "2026-04-07 09:00")
    assert due_after(LONDON, start, target("80 bh")).account[2:-1] == (
        "8 h on Tue 7 Apr",
        "8 h on Wed 8 Apr",
        "56 h on the 7 working days between",
        "8 h on Mon 20 Apr",
    )
    counted = due_after(LONDON, start, target("10 bd")).account[2]
    assert counted == "10 working days: Wed 8 Apr, Thu 9 Apr, …, Tue 21 Apr"


@pytest.mark.parametrize(
    ("span", "line"), [("0 min", "immediate"), ("24 h", "24 hours of elapsed time"), ("1 d", "1 day of elapsed time")]
)
def test_elapsed_time_is_told_as_such(span: str, line: str) -> None:
    account = due_after(LONDON, local(LONDON, "2026-04-02 16:40"), target(span)).account
    assert account[1:-1] == (line,)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (20, "20 min"), (60, "1 h"), (100, "1 h 40 min"), (3360, "56 h")]
)
def test_spans_are_told_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert span_in_words(timedelta(minutes=minutes, seconds=30)) == words


def test_moments_are_told_in_the_time_of_the_region() -> None:
    assert moment_in_words(LONDON, datetime(2026, 7, 1, 8, 5, tzinfo=UTC)) == "Wed 1 Jul 09:05"


@pytest.mark.parametrize(
    ("at", "open_then", "opening"),
    [
        ("2026-03-02 08:59", False, "2026-03-02 09:00"),
        ("2026-03-02 09:00", True, "2026-03-02 09:00"),
        ("2026-03-02 12:59", True, "2026-03-02 12:59"),
        ("2026-03-02 13:00", False, "2026-03-02 14:00"),
        ("2026-03-07 12:00", False, "2026-03-09 09:00"),
    ],
)
def test_closing_lies_outside_and_opening_inside(at: str, open_then: bool, opening: str) -> None:  # noqa: FBT001
    assert is_open(HALF_DAYS, local(HALF_DAYS, at)) is open_then
    assert next_opening(HALF_DAYS, local(HALF_DAYS, at)) == local(HALF_DAYS, opening)


def test_a_night_shift_belongs_to_the_day_on_which_it_opens_also_over_new_year() -> None:
    shift = next(windows_from(NIGHTS, local(NIGHTS, "2027-01-01 03:00")))
    assert shift.day == date(2026, 12, 31)
    assert (shift.opens, shift.closes) == (local(NIGHTS, "2026-12-31 22:00"), local(NIGHTS, "2027-01-01 06:00"))


def test_time_over_new_year_counts_once() -> None:
    start, end = local(NIGHTS, "2026-12-31 12:00"), local(NIGHTS, "2027-01-01 12:00")
    assert open_time(NIGHTS, start, end) == timedelta(hours=8)


@pytest.mark.parametrize(("closed", "hours_open"), [(date(2026, 12, 31), 6), (date(2027, 1, 1), 2)])
def test_a_night_shift_over_new_year_loses_the_closed_side_only(closed: date, hours_open: int) -> None:
    region = Region(name="n", timezone="UTC", hours="Mo-Fr 22:00-06:00", closed=(closed,))
    start = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
    assert open_time(region, start, start + timedelta(days=1, hours=-3)) == timedelta(hours=hours_open)


def test_hours_without_an_end_are_cut_at_midnight() -> None:
    days = open_year(ALWAYS, 2026).windows
    assert len(days) == 365
    assert [one.closes - one.opens for one in days if one.closes - one.opens != timedelta(hours=24)] == [
        timedelta(hours=23),
        timedelta(hours=25),
    ]


def test_a_closed_day_is_closed_from_midnight_to_midnight() -> None:
    region = Region(name="n", timezone="UTC", hours="Mo-Fr 22:00-06:00", closed=(date(2026, 3, 4),))
    before = datetime(2026, 3, 3, 22, 0, tzinfo=UTC)
    assert open_time(region, before, datetime(2026, 3, 5, 6, 0, tzinfo=UTC)) == timedelta(hours=2 + 6)
    assert [one.day.day for one in open_year(region, 2026).closed] == [4]


def test_a_holiday_observed_in_the_old_year_counts() -> None:
    region = Region(name="amer", timezone="America/New_York", holidays="US")
    assert not is_open(region, local(region, "2021-12-31 10:00"))  # New Year's Day 2022 is a Saturday


@pytest.mark.parametrize(
    ("day", "hours_open"),
    [("2026-03-28", 1.5), ("2026-03-29", 0.5), ("2026-10-24", 1.5), ("2026-10-25", 2.5)],
)
def test_skipped_and_repeated_local_times_are_read_as_rfc_5545_says(day: str, hours_open: float) -> None:
    region = Region(name="early", timezone="Europe/Berlin", hours="02:30-04:00")
    start = local(region, f"{day} 00:00")
    assert open_time(region, start, start + timedelta(hours=22)) == timedelta(hours=hours_open)


def test_a_closing_that_is_skipped_does_not_count_time_twice() -> None:
    region = Region(name="early", timezone="Europe/Berlin", hours="01:00-02:30,03:00-05:00")
    start = local(region, "2026-03-29 00:00")
    assert open_time(region, start, start + timedelta(hours=12)) == timedelta(hours=3)


def test_where_the_offset_changes_at_midnight_the_days_still_join() -> None:
    for zone in ("Africa/Cairo", "America/Havana", "America/Santiago", "Asia/Beirut"):
        region = Region(name="m", timezone=zone, hours="24/7")
        windows = open_year(region, 2026).windows
        assert all(one.closes == after.opens for one, after in pairwise(windows)), zone


@pytest.mark.parametrize("span", ["1 bh", "1 bd", "100000 bd", "1000000000000 d", "1000000000000 bh"])
def test_a_span_that_never_passes_is_an_error_and_no_endless_search(span: str) -> None:
    with pytest.raises(ValueError, match=r"within 10 years|beyond the calendar"):
        moment_after(NEVER, datetime(2026, 3, 2, tzinfo=UTC), target(span))


def test_a_region_that_never_opens_has_no_next_opening() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert not is_open(NEVER, at)
    with pytest.raises(ValueError, match="region never"):
        next_opening(NEVER, at)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        moment_after(LONDON, datetime(2026, 3, 2), target("1 d"))


# fmt: off
MISTAKES = [
    # timezone,       hours,                       holidays,  what is told
    ("Europe/London", "Mo-Fr 09:00-17:00",         "GB-ENG",  ()),
    ("UTC",           "24/7",                      "",        ()),
    ("Asia/Kolkata",  "Mo-Fr 09:00-17:00; PH off", "IN-KA",   ()),
    ("London",        "24/7",                      "",        ('timezone = "London"', 'write "Europe/London"')),
    ("Europe/Lodnon", "24/7",                      "",        ('write "Europe/London"',)),
    ("Europe",        "24/7",                      "",        ('timezone = "Europe"',)),
    ("",              "24/7",                      "",        ('a name such as "Europe/London"',)),
    ("../../etc",     "24/7",                      "",        ("is no IANA time zone",)),
    ("UTC",           "Mon-Fri 9-5",               "",        ("is not understood", "Mo-Fr 09:00-17:00")),
    ("UTC",           "",                          "",        ("is not understood",)),
    ("UTC",           "off",                       "",        ("is never open",)),
    ("UTC",           "Mo-Fr 09:00-17:00 unknown", "",        ("is never open",)),
    ("UTC",           "2026 Mo-Fr 09:00-17:00",    "",        ("is not open at all in 2024", "in every year")),
    ("UTC",           "Mo-Fr,PH 09:00-17:00",      "",        ('"PH" is not supported', "holidays and closed")),
    ("UTC",           "sunrise-sunset",            "",        ('"sunrise" is not supported',)),
    ("UTC",           "24/7",                      "gb",      ('write "GB"',)),
    ("UTC",           "24/7",                      "XX",      ('no holidays are known for "XX"', '"GB-ENG"')),
    ("UTC",           "24/7",                      "GB-EN",   ('GB has no part "EN"', '"GB-ENG" or "GB"')),
    ("UTC",           "24/7",                      "DE-",     ('DE has no part ""',)),
]
# fmt: on


@pytest.mark.parametrize(("timezone", "hours", "code", "told"), MISTAKES)
def test_each_mistake_is_told_with_what_to_write_instead(
    timezone: str, hours: str, code: str, told: tuple[str, ...]
) -> None:
    mistakes = check_region(Region(name="r", timezone=timezone, hours=hours, holidays=code))
    assert len(mistakes) == (1 if told else 0)
    for words in told:
        assert words in mistakes[0]


def test_all_mistakes_of_a_region_are_told_at_once() -> None:
    assert len(check_region(Region(name="r", timezone="X", hours="X", holidays="X"))) == 3


# --- the slow reckoning ----------------------------------------------------------------------------------------

MINUTE = timedelta(minutes=1)
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo", "America/Santiago")
Week = Mapping[int, tuple[tuple[int, int], ...]]  # weekday to (from, to) in minutes of the local day

WEEKS: dict[str, Week] = {
    "Mo-Fr 09:00-17:00": dict.fromkeys(range(5), ((540, 1020),)),
    "Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-12:00": {
        **dict.fromkeys(range(5), ((540, 780), (840, 1080))),
        5: ((540, 720),),
    },
    "Su-Th 07:30-15:15": dict.fromkeys((6, 0, 1, 2, 3), ((450, 915),)),
    "24/7": dict.fromkeys(range(7), ((0, 1440),)),
    "Mo-Fr 22:00-06:00": {
        0: ((1320, 1440),),
        **dict.fromkeys(range(1, 5), ((0, 360), (1320, 1440))),
        5: ((0, 360),),
    },
}
CLOSED = tuple(date(2026, 3, 6) + timedelta(days=21 * count) for count in range(30))


def slowly_open(zone: ZoneInfo, week: Week, at: datetime) -> bool:
    there = at.astimezone(zone)
    minute = there.hour * 60 + there.minute
    return there.date() not in CLOSED and any(a <= minute < b for a, b in week.get(there.weekday(), ()))


def slow_hours(zone: ZoneInfo, week: Week, start: datetime, minutes: int) -> datetime:
    at = start
    while minutes:
        minutes -= slowly_open(zone, week, at)
        at += MINUTE
    return at


def slow_days(zone: ZoneInfo, week: Week, start: datetime, days: int) -> datetime:
    """For weeks without night shifts."""
    while not slowly_open(zone, week, start):
        start += MINUTE
    begin = start.astimezone(zone)
    day = begin.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() in week and day not in CLOSED
    closing = week[day.weekday()][-1][1]
    midnight = datetime.combine(day, time(), tzinfo=zone)
    closes = midnight + timedelta(minutes=closing)
    return min(datetime.combine(day, begin.time(), tzinfo=zone), closes).astimezone(UTC)


# Days around the clock changes of the zones above as well as ordinary ones.
starts = st.datetimes(datetime(2026, 3, 1), datetime(2027, 5, 1)) | st.sampled_from(
    [datetime(2026, 3, 7, 20), datetime(2026, 3, 28, 20), datetime(2026, 4, 4, 10), datetime(2026, 10, 24, 21)]
)


def to_the_minute(naive: datetime) -> datetime:
    return naive.replace(second=0, microsecond=0, tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.sampled_from(sorted(WEEKS)), starts.map(to_the_minute), st.integers(1, 12))
def test_business_hours_agree_with_a_reckoning_minute_by_minute(
    zone: str, notation: str, start: datetime, hours: int
) -> None:
    region = Region(name="r", timezone=zone, hours=notation, closed=CLOSED)
    slow = slow_hours(region.zone, WEEKS[notation], start, hours * 60)
    assert moment_after(region, start, Target(amount=hours, unit="business hours")) == slow
    assert open_time(region, start, slow) == timedelta(hours=hours)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.sampled_from(sorted(name for name in WEEKS if "22:00" not in name)),
    starts.map(to_the_minute),
    st.integers(1, 10),
)
def test_business_days_agree_with_a_reckoning_day_by_day(zone: str, notation: str, start: datetime, days: int) -> None:
    region = Region(name="r", timezone=zone, hours=notation, closed=CLOSED)
    slow = slow_days(region.zone, WEEKS[notation], start, days)
    assert moment_after(region, start, Target(amount=days, unit="business days")) == slow


# --- another's reckoning ---------------------------------------------------------------------------------------

quarters = st.integers(0, 95).map(lambda count: time(count // 4, count % 4 * 15))
weekdays = st.sets(st.integers(0, 6), min_size=1)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ZONES),
    weekdays,
    st.lists(quarters, min_size=4, max_size=4, unique=True).map(sorted),
    starts,
    st.integers(1, 3000),
)
def test_days_with_a_break_agree_with_workclock(
    zone: str, days: set[int], times: list[time], start: datetime, minutes: int
) -> None:
    a, b, c, d = times
    named = ",".join(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[day] for day in sorted(days))
    region = Region(name="r", timezone=zone, hours=f"{named} {a:%H:%M}-{b:%H:%M},{c:%H:%M}-{d:%H:%M}", closed=CLOSED)
    other = Schedule([WorkDay(a, b, days), WorkDay(c, d, days), Holidays(CLOSED)], time_zone=zone)
    agrees(region, other, start.replace(tzinfo=UTC), timedelta(minutes=minutes))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), weekdays, quarters, quarters, starts)
def test_shifts_past_midnight_agree_with_workclock(
    zone: str, days: set[int], opens: time, closes: time, start: datetime
) -> None:
    opens, closes = max(opens, closes), min(opens, closes)
    if opens == closes:
        closes = time(6) if opens > time(6) else time()
    named = ",".join(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[day] for day in sorted(days))
    region = Region(name="r", timezone=zone, hours=f"{named} {opens:%H:%M}-{closes:%H:%M}", closed=CLOSED)
    other = Schedule([WorkDay(opens, closes, days), Holidays(CLOSED)], time_zone=zone)
    agrees(region, other, start.replace(tzinfo=UTC), timedelta(hours=30))


def agrees(region: Region, other: Schedule, start: datetime, span: timedelta) -> None:
    assert after_open_time(region, start, span) == other.add(start, span)
    later = start + timedelta(days=20)
    assert open_time(region, start, later) == other.between(start, later)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(REGIONS)), starts, st.integers(0, 40), st.sampled_from(["bh", "bd", "h", "d", "min"]))
def test_a_span_never_ends_before_it_starts_and_a_longer_one_never_sooner(
    name: str, start: datetime, amount: int, unit: str
) -> None:
    region, at = REGIONS[name], start.replace(tzinfo=UTC)
    due = moment_after(region, at, target(f"{amount} {unit}"))
    assert at <= due <= moment_after(region, at, target(f"{amount + 1} {unit}"))
