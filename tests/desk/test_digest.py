"""Digests: their moments, what they tell in which order, and the lines that answer them."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.config.policies import load_policy
from mailproc.desk.commands.by_number import answer_of
from mailproc.desk.digests.digest import overview_of
from mailproc.desk.digests.overview import BREACHED, DUE, UNATTENDED, WAITING
from mailproc.desk.digests.times import last_digest, next_digest
from mailproc.desk.directory import Counter, Office, Shift, StaffMember
from mailproc.desk.events import (
    Acknowledged,
    DeadlinePassed,
    Engaged,
    Flagged,
    HistoryEvent,
    LevelSet,
    Opened,
    OwnerSet,
    Received,
    StatusSet,
    Updated,
)
from mailproc.desk.hours import Region
from mailproc.desk.request import ServiceRequest
from mailproc.writing.digest import bar

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOON = MONDAY + timedelta(hours=3)
ALICE = StaffMember(name="Alice Ndiaye", address="alice@vendor.example")
EMEA = Region(name="emea", timezone="Europe/London", hours="Mo-Fr 09:00-13:00,14:00-17:00", holidays="GB-ENG")
NIGHTS = Region(name="nights", timezone="Europe/London", hours="Mo-Fr 20:00-08:00")


def office(digest_at: Mapping[str, tuple[time, ...]] | None = None, roster: tuple[Shift, ...] = ()) -> Office:
    counter = Counter(name="support", address="support@vendor.example", policy="x-series", region="emea")
    return Office(
        organisation="Example Networks",
        counters={"support": counter},
        policies={"x-series": load_policy("x-series")},
        regions={"emea": EMEA},
        staff=(ALICE,),
        roster=roster,
        digest_at=digest_at or {},
    )


def a_request(number: int, level: int, *events: HistoryEvent, opened: datetime = MONDAY) -> ServiceRequest:
    who = "ann@acme.example"
    first = Opened(
        at=opened, who=who, mailbox="support", policy="x-series", region="emea", subject="It fails", customer=who
    )
    mail = Received(at=opened, who=who, mail=f"support/{number}", message_id=None, role="customer")
    level_set = LevelSet(at=opened, who=who, level=level, because="asked")
    return ServiceRequest(number=f"2-{number:09d}").after_all((first, mail, level_set, *events))


def owned(at: datetime = MONDAY) -> tuple[HistoryEvent, ...]:
    who = ALICE.address
    return OwnerSet(at=at, who=who, owner=who), Engaged(at=at, who=who), Updated(at=at, who=who)


def sections_of(*requests: ServiceRequest, now: datetime = NOON) -> dict[str, list[int]]:
    overview = overview_of("emea", requests, office(), now, None)
    return {one.title: [int(entry.number[2:]) for entry in one.entries] for one in overview.sections}


def test_what_is_breached_comes_first_and_the_gravest_of_it_before_the_others() -> None:
    found = sections_of(a_request(1, 2), a_request(2, 1), a_request(3, 4))
    assert list(found) == [BREACHED, DUE]
    assert found == {BREACHED: [2, 1], DUE: [3]}


def test_a_grave_request_that_was_not_phoned_is_told_also_where_its_clocks_are_in_time() -> None:
    flag = Flagged(at=MONDAY, who="mailproc", flag="phone-follow-up", because="level 2")
    found = sections_of(a_request(1, 2, flag, *owned()), a_request(2, 2, *owned()), now=MONDAY + timedelta(minutes=5))
    assert found[UNATTENDED] == [1]


def test_a_request_that_was_lowered_is_told_of_until_somebody_phoned() -> None:
    flag = Flagged(at=MONDAY, who="mailproc", flag="phone-follow-up", because="level 2")
    found = sections_of(a_request(1, 3, flag, *owned()), now=MONDAY + timedelta(minutes=5))
    assert found == {UNATTENDED: [1]}


def test_whoever_waits_for_his_customer_is_told_since_when_in_whatever_section() -> None:
    waiting = StatusSet(at=MONDAY, who=ALICE.address, status="waiting", because="asked")
    flag = Flagged(at=MONDAY, who="mailproc", flag="phone-follow-up", because="level 2")
    overview = overview_of("emea", [a_request(1, 3, flag, *owned(), waiting)], office(), NOON, None)
    assert [(one.title, one.entries[0].since) for one in overview.sections] == [(UNATTENDED, MONDAY)]


def test_who_waits_longest_for_his_customer_stands_first() -> None:
    waiting = StatusSet(at=MONDAY, who=ALICE.address, status="waiting", because="asked")
    late, early = (a_request(n, 3, *owned(), waiting, opened=MONDAY - timedelta(hours=n)) for n in (1, 2))
    assert sections_of(late, early)[WAITING] == [2, 1]


def test_a_request_stands_in_one_section_only() -> None:
    found = sections_of(*(a_request(number, level) for number, level in enumerate((1, 2, 3, 4), start=1)))
    numbers = [number for section in found.values() for number in section]
    assert sorted(numbers) == sorted(set(numbers)) == [1, 2, 3, 4]


def test_a_bar_tells_how_much_of_a_clock_is_used() -> None:
    overview = overview_of("emea", [a_request(1, 2)], office(), MONDAY + timedelta(hours=3), None)
    bars = {one.clock: one for one in overview.sections[0].entries[0].bars}
    assert (bars["response"].percent, bars["response"].late) == (150, True)
    assert (bars["restoration"].percent, bars["restoration"].late) == (4, False)


def test_the_load_counts_the_open_requests_of_each_engineer() -> None:
    overview = overview_of("emea", [a_request(1, 3, *owned()), a_request(2, 1), a_request(3, 4)], office(), NOON, None)
    assert [(one.who, one.open, one.grave) for one in overview.loads] == [("", 2, 1), ("Alice Ndiaye", 1, 0)]


def test_what_changed_since_the_last_digest_is_told_of_closed_requests_too() -> None:
    closed = StatusSet(at=NOON, who=ALICE.address, status="closed", because="done")
    overview = overview_of("emea", [a_request(1, 3, *owned(), closed)], office(), NOON, NOON - timedelta(hours=1))
    assert overview.open == 0
    assert [one.what for one in overview.changes] == ["closed"]
    assert not overview.is_empty


def test_nothing_open_and_nothing_changed_is_an_empty_digest() -> None:
    assert overview_of("emea", [], office(), NOON, MONDAY).is_empty


def test_requests_without_room_keep_a_line_each_with_the_reason() -> None:
    overview = overview_of("emea", [a_request(number, 1) for number in range(1, 31)], office(), NOON, None)
    (section,) = overview.sections
    assert (section.count, len(section.entries)) == (30, 5)
    assert (section.more[0].number, section.more[0].level) == ("2-000000006", 1)
    assert section.more[0].what.startswith("response target passed")


def test_left_to_itself_a_digest_comes_as_the_business_day_begins() -> None:
    friday_evening = datetime(2026, 4, 2, 18, 0, tzinfo=UTC)  # Thursday; Good Friday and Easter Monday follow
    assert next_digest("emea", friday_evening, office()) == datetime(2026, 4, 7, 8, 0, tzinfo=UTC)
    assert last_digest("emea", NOON + timedelta(hours=3), office()) == MONDAY


def test_left_to_itself_a_digest_comes_as_a_shift_begins() -> None:
    roster = (Shift(region="emea", who="bjarne@vendor.example", times=NIGHTS),)
    assert next_digest("emea", NOON, office(roster=roster)) == MONDAY + timedelta(hours=11)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((), None),
        ((time(8, 45),), datetime(2026, 3, 29, 7, 45, tzinfo=UTC)),  # Sunday, the first day of summer time
        ((time(8, 45), time(16)), datetime(2026, 3, 28, 16, 0, tzinfo=UTC)),
        ((time(1, 30),), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # a time that the clock change skips
    ],
)
def test_configured_times_are_the_regions_own_on_every_day(times: tuple[time, ...], expected: datetime | None) -> None:
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert next_digest("emea", saturday, office({"emea": times})) == expected


@given(st.integers(0, 60 * 24 * 365))
def test_the_last_moment_and_the_next_lie_around_now(minutes: int) -> None:
    now = MONDAY + timedelta(minutes=minutes)
    house = office({"emea": (time(8, 45), time(17, 15))})
    last, upcoming = last_digest("emea", now, house), next_digest("emea", now, house)
    assert last is not None
    assert upcoming is not None
    assert last <= now < upcoming
    assert last_digest("emea", upcoming, house) == upcoming


@pytest.mark.parametrize(
    ("line", "number", "command"),
    [
        ("SR 2-000000042 #ack", "2-000000042", "ack"),
        ("sr 2-000000042 ack", "2-000000042", "ack"),
        ("[SR 2-000000042] #assign alice", "2-000000042", "assign alice"),
        ("- SR 2-000000042: #severity 1 the whole port", "2-000000042", "severity 1 the whole port"),
    ],
)
def test_a_line_names_a_request_and_a_command(line: str, number: str, command: str) -> None:
    (asked,) = answer_of(f"Good morning,\n\n{line}\n\nBjarne").asked
    assert (asked.number, str(asked.command)) == (number, command)


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("SR 2-000000042 #assgn alice", "there is no command #assgn"),
        ("SR 2-000000042", "write a command behind the number"),
        ("SR 2-000000042 #merge 2-000000001", "#merge needs the thread of its request"),
        ("#ack", "write the number of the request before it"),
    ],
)
def test_a_line_that_is_not_understood_is_told(line: str, trouble: str) -> None:
    answer = answer_of(f"SR 2-000000007 #ack\n{line}")
    assert len(answer.troubles) == 1
    assert trouble in answer.troubles[0]


@given(st.text(max_size=500))
def test_any_words_can_be_read(reply: str) -> None:
    answer_of(reply)


@pytest.mark.parametrize(
    ("percent", "drawn"),
    [
        (0, "[----------] 0 %"),
        (1, "[#---------] 1 %"),
        (52, "[#####-----] 52 %"),
        (99, "[#########-] 99 %"),
        (100, "[##########] 100 %"),
        (240, "[##########] 240 %"),
    ],
)
def test_a_bar_is_full_only_where_all_is_used(percent: int, drawn: str) -> None:
    assert bar(percent) == drawn


def test_updates_that_were_missed_are_counted_where_the_request_stands() -> None:
    missed = (
        DeadlinePassed(at=MONDAY, who="mailproc", clock="update", step="due", due=MONDAY - timedelta(minutes=count))
        for count in (9, 5)
    )
    overview = overview_of("emea", [a_request(1, 1, *missed)], office(), NOON, None)
    assert "2 updates missed" in overview.sections[0].entries[0].what


def test_fix_goals_are_reported_before_and_after_they_come() -> None:
    opened = NOON - timedelta(days=10) + timedelta(minutes=30)
    due = overview_of("emea", [a_request(1, 1, *owned(NOON), opened=opened)], office(), NOON, None)
    late = overview_of(
        "emea", [a_request(1, 1, *owned(NOON), opened=opened)], office(), NOON + timedelta(hours=1), None
    )
    told = [one.sections[0].entries[0].what for one in (due, late)]
    assert "temporary product fix target passed" not in told[0]
    assert "temporary product fix target passed" in told[1]


def test_a_call_for_the_duty_manager_that_nobody_acted_on_is_told_first_whatever_the_level() -> None:
    call = DeadlinePassed(at=MONDAY, who="mailproc", clock="duty", step="asked", due=MONDAY)
    found = overview_of("emea", [a_request(1, 4, *owned(MONDAY), call)], office(), NOON, None)
    assert found.sections[0].title == BREACHED
    assert found.sections[0].entries[0].what == "nobody has acted on a call for the duty manager"
    acted = Acknowledged(at=MONDAY + timedelta(minutes=5), who=ALICE.address)
    assert BREACHED not in sections_of(a_request(1, 4, *owned(MONDAY), call, acted))
