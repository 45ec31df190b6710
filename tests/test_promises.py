"""What `deadlines --json` promises, held against the source: both policies, each level, regions of every kind.

What is promised stands here once more as the source words it, public holidays as the governments print them, and the
deadlines are found by walking through the minutes and days: nothing is shared with the program's own reckoning.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from tests.installation import mailproc

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WORKDAYS, SUNDAY_WEEK = range(5), (6, 0, 1, 2, 3)

PROMISES: dict[tuple[str, int], dict[str, str]] = {
    ("blue-coat", 1): {"response": "immediate", "escalation": "2 hours", "update": "1 hour"},
    ("blue-coat", 2): {"response": "1 hour", "escalation": "24 hours", "update": "1 day"},
    ("blue-coat", 3): {"response": "8 business hours", "escalation": "5 business days", "update": "7 days"},
    ("blue-coat", 4): {"response": "3 business days", "escalation": "10 business days", "update": "7 days"},
    ("x-series", 1): {
        "response": "30 minutes",
        "escalation": "2 hours",
        "update": "1 hour",
        "restoration": "24 hours",
    },
    ("x-series", 2): {"response": "2 hours", "escalation": "24 hours", "update": "1 day", "restoration": "72 hours"},
    ("x-series", 3): {
        "response": "24 hours",
        "escalation": "5 business days",
        "update": "7 days",
        "restoration": "10 days",
    },
    ("x-series", 4): {
        "response": "24 hours",
        "escalation": "10 business days",
        "update": "7 days",
        "restoration": "10 days",
    },
}


@dataclass(frozen=True)
class Place:
    """A region as the configuration writes it, and again as days and times that can be counted off."""

    zone: str
    written: str
    week: tuple[tuple[int, str, str], ...]
    holidays: str = ""
    off: tuple[str, ...] = ()

    def table(self, name: str) -> str:
        closed = "" if self.holidays else f"closed = {json.dumps(self.off)}"
        keys = f'timezone = "{self.zone}"\nhours = "{self.written}"\nholidays = "{self.holidays}"'
        return f"[regions.{name}]\n{keys}\n{closed}\ndigest_at = []\n"


def week(days: "range | tuple[int, ...]", *times: tuple[str, str]) -> tuple[tuple[int, str, str], ...]:
    return tuple((day, opens, closes) for day in days for opens, closes in times)


PLACES: dict[str, Place] = {
    "london": Place(
        zone="Europe/London",
        written="Mo-Fr 09:00-17:00",
        week=week(WORKDAYS, ("09:00", "17:00")),
        holidays="GB-ENG",
        off=(
            "2026-04-03",
            "2026-04-06",
            "2026-05-04",
            "2026-05-25",
            "2026-08-31",
            "2026-12-25",
            "2026-12-28",
            "2027-01-01",
        ),
    ),
    "berlin": Place(
        zone="Europe/Berlin",
        written="Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-12:30",
        week=(*week(range(4), ("08:00", "12:00"), ("13:00", "17:00")), (4, "08:00", "12:30")),
        off=("2026-04-03", "2026-04-06", "2026-12-24", "2026-12-25", "2026-12-31"),
    ),
    "losangeles": Place(
        zone="America/Los_Angeles",
        written="Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-12:00",
        week=(*week(WORKDAYS, ("09:00", "13:00"), ("14:00", "18:00")), (5, "09:00", "12:00")),
        off=("2026-05-25", "2026-07-03", "2026-11-26"),
    ),
    "riyadh": Place(
        zone="Asia/Riyadh",
        written="Su-Th 08:00-16:00",
        week=week(SUNDAY_WEEK, ("08:00", "16:00")),
        off=("2026-03-19", "2026-03-22"),
    ),
    "kolkata": Place(
        zone="Asia/Kolkata",
        written="Mo-Fr 09:30-18:30; Sa 09:30-13:30",
        week=(*week(WORKDAYS, ("09:30", "18:30")), (5, "09:30", "13:30")),
        off=("2026-03-04",),
    ),
    "lordhowe": Place(  # its clocks change by half an hour
        zone="Australia/Lord_Howe", written="Mo-Fr 07:45-16:15", week=week(WORKDAYS, ("07:45", "16:15"))
    ),
    "always": Place(zone="America/New_York", written="24/7", week=week(range(7), ("00:00", "24:00"))),
}

OPENED = (
    "2026-02-28T12:07",  # a Saturday
    "2026-03-06T22:30",  # before the clocks change in America
    "2026-03-27T15:40",  # before they change in Europe
    "2026-04-02T15:59",  # before Good Friday
    "2026-04-03T11:20",  # before they change in Australia
    "2026-05-01T15:40",  # a Friday before a bank holiday
    "2026-10-23T12:15",  # before they change in Europe
    "2026-10-31T09:45",  # before they change in America
    "2026-12-23T16:30",  # before Christmas
)


@cache
def is_open(place: Place, at: datetime) -> bool:
    there = at.astimezone(ZoneInfo(place.zone))
    if f"{there:%Y-%m-%d}" in place.off:
        return False
    return any(day == there.weekday() and opens <= f"{there:%H:%M}" < closes for day, opens, closes in place.week)


def closing(place: Place, day: date) -> str | None:
    """When a local day closes for good; None on a day off."""
    closes = [ends for weekday, _, ends in place.week if weekday == day.weekday()]
    return None if f"{day}" in place.off or not closes else max(closes)


def due(place: Place, start: datetime, promise: str) -> datetime:
    if promise == "immediate":
        return start
    amount, _, unit = promise.partition(" ")
    match unit.removesuffix("s"):
        case "business hour":
            return after_open_minutes(place, start, int(amount) * 60)
        case "business day":
            return after_working_days(place, start, int(amount))
        case "minute" | "hour" | "day" as elapsed:
            return start + timedelta(**{f"{elapsed}s": int(amount)})
        case _:
            raise AssertionError(promise)


def after_open_minutes(place: Place, at: datetime, minutes: int) -> datetime:
    while minutes:
        minutes -= is_open(place, at)
        at += MINUTE
    return at


def after_working_days(place: Place, start: datetime, days: int) -> datetime:
    while not is_open(place, start):
        start += MINUTE
    begin = start.astimezone(ZoneInfo(place.zone))
    day = begin.date()
    while days:
        day += DAY
        days -= closing(place, day) is not None
    at, closes = f"{begin:%H:%M}", closing(place, day)
    assert closes is not None
    return min(moment(place, day, at), moment(place, day, closes))


def moment(place: Place, day: date, at: str) -> datetime:
    """The minute of UTC at which clocks there show this."""
    shown = f"{day + DAY} 00:00" if at == "24:00" else f"{day} {at}"
    utc = datetime.combine(day, time(), tzinfo=UTC) - DAY
    while f"{utc.astimezone(ZoneInfo(place.zone)):%Y-%m-%d %H:%M}" != shown:
        utc += MINUTE
    return utc


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("promises") / "config.toml"
    path.write_text(
        'organisation = "Example Networks"\ndata_dir = "var"\ndatabase_url = "sqlite:///var/mailproc.db"\n'
        '[[mailboxes]]\nname = "s"\naddress = "s@vendor.example"\npolicy = "x-series"\nregion = "london"\n'
        'source = "maildir"\npath = "inbox"\n[outgoing]\ntransport = "maildir"\npath = "sent"\n'
        + "\n".join(place.table(name) for name, place in PLACES.items())
    )
    return str(path)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("policy", "level"), PROMISES)
def test_each_promise_falls_due_as_the_source_says(config: str, policy: str, level: int, place: str) -> None:
    for opened in OPENED if level > 2 else OPENED[:3]:  # the latter know no hours
        start = datetime.fromisoformat(opened).replace(tzinfo=UTC)
        asked = ("--policy", policy, "--level", str(level), "--opened", start.isoformat(), "--region", place)
        (found,) = mailproc("-c", config, "deadlines", *asked, "--json").objects
        assert {one: clock["target"] for one, clock in found["clocks"].items()} == PROMISES[policy, level]
        reckoned = {one: datetime.fromisoformat(clock["due"]) for one, clock in found["clocks"].items()}
        assert reckoned == {one: due(PLACES[place], start, words) for one, words in PROMISES[policy, level].items()}
        assert all(clock["account"] for clock in found["clocks"].values())
