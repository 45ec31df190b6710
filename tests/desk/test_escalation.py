"""Who hears at which step: the duty roster, the ladder, the table of notifications, workarounds and goals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.desk.clocks import deadlines
from mailproc.desk.directory import Counter, Office, Shift, StaffMember
from mailproc.desk.escalation import (
    backup,
    level_with_workaround,
    level_without_workaround,
    on_duty,
    steps_told,
    team,
    told_of,
    up_to_rung,
)
from mailproc.desk.events import Acknowledged, DeadlinePassed, Flagged, HistoryEvent, LevelSet, Opened, OwnerSet
from mailproc.desk.goals import goals
from mailproc.desk.hours import Region
from mailproc.desk.policy import Level, Notice, Policy
from mailproc.desk.request import ServiceRequest

LONDON = Region(name="emea", timezone="Europe/London", holidays="GB-ENG")
ALICE = StaffMember(name="Alice", address="alice@vendor.example", regions=("emea",))
ANDRE = StaffMember(name="Andre", address="andre@vendor.example", regions=("amer",))
BJARNE = StaffMember(name="Bjarne", address="bjarne@vendor.example", roles=("duty-manager",), regions=("emea",))
CARLA = StaffMember(name="Carla", address="carla@vendor.example", roles=("duty-manager",), regions=("emea",))
DMITRI = StaffMember(name="Dmitri", address="dmitri@vendor.example", roles=("duty-manager",), regions=("amer",))
DORA = StaffMember(name="Dora", address="dora@vendor.example", roles=("support-manager",))
PIA = StaffMember(name="Pia", address="pia@vendor.example", roles=("product-management",))
EVERYBODY = (ALICE, ANDRE, BJARNE, CARLA, DMITRI, DORA, PIA)
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def shift(who: StaffMember, hours: str, days: str = "Mo-Su", second: str = "") -> Shift:
    times = Region(name="duty", timezone="Europe/London", hours=f"{days} {hours}")
    return Shift(region="emea", who=who.address, times=times, backup=second)


def a_level(**promises: object) -> Level:
    return Level.model_validate({"name": "level", "definition": (), "response": "1 hour", **promises})


POLICY = Policy(
    name="example",
    title="Example",
    levels={
        1: a_level(goals=[{"name": "fix", "earliest": "5 days", "latest": "10 days"}, {"name": "part", "by": "plan"}]),
        2: a_level(),
        3: a_level(),
    },
    phone_levels=(1, 2),
    workaround_lowers={1: 2, 2: 3},
)


def an_office(*roster: Shift, staff: tuple[StaffMember, ...] = EVERYBODY, policy: Policy = POLICY) -> Office:
    counter = Counter(name="support", address="support@vendor.example", policy="example", region="emea")
    return Office(
        organisation="Example",
        counters={"support": counter},
        policies={"example": policy},
        regions={"emea": LONDON},
        staff=staff,
        roster=roster,
    )


def a_request(*events: HistoryEvent, level: int = 2) -> ServiceRequest:
    first = Opened(
        at=MONDAY,
        who="ann@acme.example",
        mailbox="support",
        policy="example",
        region="emea",
        subject="Down",
        customer="ann@acme.example",
    )
    set_to = LevelSet(at=MONDAY, who="mailproc", level=level, because="stated")
    return ServiceRequest(number="2-000000001").after_all((first, set_to, *events))


# --- the roster --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "who"),
    [
        (datetime(2026, 3, 2, 7, 59, tzinfo=UTC), BJARNE),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), CARLA),
        (datetime(2026, 3, 2, 19, 59, tzinfo=UTC), CARLA),
        (datetime(2026, 3, 2, 20, 0, tzinfo=UTC), BJARNE),
        (datetime(2026, 3, 3, 3, 0, tzinfo=UTC), BJARNE),  # the night shift goes on past midnight
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), CARLA),  # duty knows no public holidays
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), CARLA),  # 08:00 in London's summer
    ],
)
def test_who_is_on_call_follows_the_shifts_by_the_clock_of_the_region(at: datetime, who: StaffMember) -> None:
    office = an_office(shift(BJARNE, "20:00-08:00"), shift(CARLA, "08:00-20:00"))
    assert on_duty("emea", at, office) == (who,)


@pytest.mark.parametrize(
    ("staff", "expected"),
    [(EVERYBODY, (BJARNE, CARLA)), ((ALICE, DMITRI), (DMITRI,)), ((ALICE,), ())],
)
def test_without_a_shift_the_regions_duty_managers_are_on_call_then_those_of_anywhere(
    staff: tuple[StaffMember, ...], expected: tuple[StaffMember, ...]
) -> None:
    sunday = MONDAY - timedelta(days=1)
    assert on_duty("emea", sunday, an_office(shift(BJARNE, "09:00-17:00", "Mo-Fr"), staff=staff)) == expected


@pytest.mark.parametrize(
    ("roster", "expected"),
    [
        ((shift(BJARNE, "00:00-24:00", second=DMITRI.address),), (DMITRI,)),
        ((shift(BJARNE, "00:00-24:00"),), (CARLA,)),
        ((shift(BJARNE, "00:00-24:00"), shift(CARLA, "00:00-24:00")), (DMITRI,)),
        ((), (DMITRI,)),
    ],
)
def test_the_backup_is_who_the_shift_names_or_else_a_duty_manager_who_is_not_on_call(
    roster: tuple[Shift, ...], expected: tuple[StaffMember, ...]
) -> None:
    assert backup("emea", MONDAY, an_office(*roster)) == expected


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_at_any_moment_somebody_is_on_call_and_nobody_is_his_own_backup(at: datetime) -> None:
    office = an_office(shift(BJARNE, "22:00-06:00", "Fr-Su"), shift(CARLA, "09:00-17:00", "Mo-Fr"))
    on_call = on_duty("emea", at, office)
    assert on_call
    assert not set(on_call) & set(backup("emea", at, office))


# --- the ladder --------------------------------------------------------------------------------------------------


def test_each_rung_adds_to_those_below_and_the_top_is_the_end() -> None:
    office = an_office(shift(BJARNE, "00:00-24:00"))
    heights = [up_to_rung(height, a_request(), MONDAY, office) for height in range(6)]
    whole = (ALICE, BJARNE, CARLA, DORA)
    assert heights == [whole[:1], whole[:2], whole[:3], whole, whole, whole]


def test_the_first_rung_is_the_owner_once_there_is_one() -> None:
    owned = a_request(OwnerSet(at=MONDAY, who=ANDRE.address, owner=ANDRE.address))
    assert up_to_rung(0, owned, MONDAY, an_office()) == (ANDRE,)


def test_enhancements_are_product_managements_until_the_flag_goes_down() -> None:
    flag = Flagged(at=MONDAY, who="mailproc", flag="enhancement", because="said so")
    request = a_request(flag)
    assert team(request, an_office()) == (PIA,)
    assert team(request.after(replace(flag, up=False)), an_office()) == (ALICE,)


def passed(hours: float, step: str) -> DeadlinePassed:
    at = MONDAY + timedelta(hours=hours)
    return DeadlinePassed(at=at, who="mailproc", clock="escalation", step=step, due=at)


def test_steps_are_counted_from_the_last_change_or_act() -> None:
    told = (passed(1, "warning"), passed(2, "due"), passed(3, "repeat"))
    assert steps_told(a_request(*told), "escalation") == 2
    assert steps_told(a_request(*told), "response") == 0
    ack = Acknowledged(at=MONDAY + timedelta(hours=4), who=ALICE.address)
    assert steps_told(a_request(*told, ack), "escalation") == 0
    raised = LevelSet(at=MONDAY + timedelta(hours=4), who=ALICE.address, level=1, because="worse")
    assert steps_told(a_request(*told, raised, passed(4, "due")), "escalation") == 0
    assert steps_told(a_request(*told, raised, passed(4, "due"), passed(5, "repeat")), "escalation") == 1


# --- notifications -----------------------------------------------------------------------------------------------


def test_the_table_says_who_is_told_at_once_and_what_waits_for_the_digest() -> None:
    notices = (
        Notice(event="new-request", levels=(1,), tell=("owner", "duty-manager", "support-manager")),
        Notice(event="new-request", levels=(3,), tell=("owner",), how="digest"),
    )
    office = an_office(shift(BJARNE, "00:00-24:00"), policy=POLICY.model_copy(update={"notify": notices}))
    assert told_of("new-request", a_request(level=1), MONDAY, office) == (ALICE, BJARNE, DORA)
    assert told_of("new-request", a_request(level=2), MONDAY, office) == (ALICE, BJARNE)
    assert told_of("new-request", a_request(level=3), MONDAY, office) == ()
    assert told_of("response-due", a_request(level=1), MONDAY, office) == (ALICE,)


# --- workarounds and goals -----------------------------------------------------------------------------------------


IN_PLACE = Flagged(at=MONDAY, who=ALICE.address, flag="workaround", because="said so")


def by_hand(level: int) -> LevelSet:
    return LevelSet(at=MONDAY, who=ALICE.address, level=level, because="an engineer said so")


@pytest.mark.parametrize(("before", "with_one"), [(1, 2), (2, 3), (3, 3)])
def test_a_workaround_lowers_as_the_policy_says_and_its_failure_raises_again(before: int, with_one: int) -> None:
    assert level_with_workaround(before, POLICY) == with_one
    lowered = LevelSet(at=MONDAY, who=ALICE.address, level=with_one, because="workaround")
    assert level_without_workaround(a_request(IN_PLACE, lowered, level=before)) == before


@pytest.mark.parametrize(
    ("events", "level"),
    [
        ((by_hand(3),), 3),
        ((by_hand(2), IN_PLACE), 2),  # the workaround was to keep the level
        ((IN_PLACE, by_hand(2), by_hand(3)), 3),
        ((IN_PLACE, by_hand(2), by_hand(1)), 1),
    ],
)
def test_a_level_that_was_set_by_hand_stays_when_a_workaround_fails(
    events: tuple[HistoryEvent, ...], level: int
) -> None:
    assert level_without_workaround(a_request(*events, level=1)) == level


def test_goals_keep_both_ends_and_outlive_a_workaround() -> None:
    flag = Flagged(at=MONDAY, who=ALICE.address, flag="workaround", because="said so")
    lowered = LevelSet(at=MONDAY, who=ALICE.address, level=2, because="workaround")
    fix, part = goals(a_request(flag, lowered, level=1), POLICY, LONDON)
    assert (fix.target, fix.earliest, fix.latest) == (
        "5 days to 10 days",
        MONDAY + timedelta(days=5),
        MONDAY + timedelta(days=10),
    )
    assert (part.target, part.earliest, part.latest) == ("plan", None, None)
    assert goals(a_request(level=2), POLICY, LONDON) == ()


def test_the_owner_is_reminded_of_a_goal_at_both_ends_in_business_hours() -> None:
    """Five days after Monday 10:00 is a Saturday: the next Monday at nine."""
    due = [one.due for one in deadlines(a_request(level=1), POLICY, LONDON) if one.clock == "goals"]
    assert due == [datetime(2026, 3, 9, 9, 0, tzinfo=UTC), MONDAY + timedelta(days=10)]
