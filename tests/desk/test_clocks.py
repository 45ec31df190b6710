"""The clocks of a request: every cell of the table, the stories behind them, and what holds for any history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailproc.config import load_policy
from mailproc.desk.clocks import (
    CLOCKS,
    PROMISED,
    TABLE,
    Clock,
    ClockAccount,
    accounts,
    deadlines,
    next_due,
    promised_deadlines,
)
from mailproc.desk.decision import Deadline
from mailproc.desk.events import (
    Acknowledged,
    DeadlinePassed,
    Engaged,
    Flag,
    Flagged,
    HistoryEvent,
    LetterOrdered,
    LevelSet,
    MissingFound,
    Noted,
    Opened,
    Promised,
    Received,
    Status,
    StatusSet,
    Updated,
    Waived,
)
from mailproc.desk.hours import Region, is_open
from mailproc.desk.policy import Closing, Level, Policy, Reminders, RequestKind, Target
from mailproc.desk.request import ServiceRequest
from mailproc.desk.situations import Cause

LONDON = Region(name="emea", timezone="Europe/London", holidays="GB-ENG")
ALICE = "alice@vendor.example"


def a_level(**promises: str | None) -> Level:
    return Level.model_validate({"name": "level", "definition": (), **promises})


POLICY = Policy(
    name="example",
    title="Example",
    levels={
        1: a_level(
            response="immediate",
            escalation="2 hours",
            update="1 hour",
            restoration="24 hours",
            remind_every="15 minutes",
        ),
        2: a_level(
            response="1 hour", escalation="24 hours", update="1 day", restoration="72 hours", remind_every="30 minutes"
        ),
        3: a_level(
            hours="business",
            response="8 business hours",
            escalation="5 business days",
            update="7 days",
            restoration="10 days",
            remind_every="2 business hours",
        ),
        4: a_level(response="3 business days"),
    },
)
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # 10:00 in London


def after(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


def a_request(*events: HistoryEvent, level: int = 2, kind: RequestKind = "problem") -> ServiceRequest:
    first = Opened(
        at=MONDAY,
        who="ann@acme.example",
        mailbox="support",
        policy="example",
        region="emea",
        subject="Down",
        customer="ann@acme.example",
        kind=kind,
    )
    return ServiceRequest(number="2-000000001").after_all(
        (first, LevelSet(at=MONDAY, who="mailproc", level=level, because="stated"), *events)
    )


def status(hours: float, to: Status) -> StatusSet:
    return StatusSet(at=after(hours), who=ALICE, status=to, because="said so")


def flag(hours: float, name: Flag, *, up: bool = True) -> Flagged:
    return Flagged(at=after(hours), who=ALICE, flag=name, because="said so", up=up)


def level(hours: float, number: int) -> LevelSet:
    return LevelSet(at=after(hours), who=ALICE, level=number, because="said so")


def engaged(hours: float) -> Engaged:
    return Engaged(at=after(hours), who=ALICE)


def updated(hours: float) -> Updated:
    return Updated(at=after(hours), who=ALICE)


def missing(hours: float, *items: str) -> MissingFound:
    return MissingFound(at=after(hours), who="mailproc", items=items)


def letter(hours: float, template: str) -> LetterOrdered:
    return LetterOrdered(
        at=after(hours), who="mailproc", letter=template, template=template, to=("ann@acme.example",), because="so"
    )


def received(hours: float) -> Received:
    return Received(at=after(hours), who="ann@acme.example", mail="m", message_id=None, role="customer")


def heard_from_staff(hours: float) -> Received:
    return Received(at=after(hours), who=ALICE, mail="s", message_id=None, role="staff")


def promised(hours: float, until: float) -> Promised:
    return Promised(at=after(hours), who=ALICE, until=after(until))


def acknowledged_at(hours: float) -> Acknowledged:
    return Acknowledged(at=after(hours), who=ALICE)


def passed(hours: float, clock: str, step: str, due: datetime) -> DeadlinePassed:
    return DeadlinePassed(at=after(hours), who="mailproc", clock=clock, step=step, due=due)


def clock_of(request: ServiceRequest, clock: Clock, now: datetime, policy: Policy = POLICY) -> ClockAccount:
    return next(one for one in accounts(request, policy, LONDON, now) if one.clock == clock)


def steps_of(request: ServiceRequest, clock: Clock, policy: Policy = POLICY) -> list[tuple[str, datetime]]:
    return [(one.step, one.due) for one in deadlines(request, policy, LONDON) if one.clock == clock]


# --- the table, cell by cell -----------------------------------------------------------------------------------

# What is said here is said again, on purpose, not read from TABLE: the events, then for each clock in the order of
# CLOCKS: R runs on, P pauses where the level says so, M met, S stopped, N started anew, A aims elsewhere, "-" nothing.
OWED = missing(0.25, "description")
CALL = passed(0.25, "duty", "asked", after(0.25))
CELLS: dict[Cause, tuple[tuple[HistoryEvent, ...], str]] = {
    "engaged": ((engaged(0.5),), "MRRRRRR"),
    "third-party": ((flag(0.5, "third-party"),), "SSSSSRR"),
    "enhancement": ((flag(0.5, "enhancement"),), "SSSSSRR"),
    "workaround": ((flag(0.5, "workaround"),), "RMRMRRR"),
    "escalation": ((), "RSSSRRR"),  # by the kind of the request
    "closed": ((status(0.5, "closed"),), "SMSMSMS"),
    "resolved": ((status(0.5, "resolved"),), "SMSMSRS"),
    "waiting": ((status(0.5, "waiting"),), "RPPPRRR"),
    "nothing owed": ((missing(0.5),), "RRRRSRR"),
    "unresolved": ((status(0.5, "open"),), "RRRRRSR"),
    "uncalled": ((status(0.5, "open"),), "RRRRRRS"),
    "attended": ((CALL, Acknowledged(at=after(0.5), who=ALICE)), "RRRRRRM"),
    "active": ((status(0.5, "open"),), "RRRRRRR"),
    "reopened": ((status(0.25, "resolved"), status(0.5, "open")), "--N-N--"),
    "updated": ((updated(0.5),), "--N----"),
    "status letter": ((passed(0.5, "update", "due", after(0.5)),), "--N----"),
    "level told": ((letter(0.5, "level-changed"),), "--N----"),
    "promised": ((promised(0.5, 20),), "--A----"),
    "asked": ((missing(0.5, "description"),), "----N--"),
    "answered": ((received(0.5),), "----N--"),
    "resolution": ((status(0.5, "resolved"),), "-----N-"),
    "called": ((passed(0.5, "duty", "asked", after(0.5)),), "------N"),
}
STARTED: dict[Clock, tuple[HistoryEvent, ...]] = {
    "response": (),
    "escalation": (),
    "update": (),
    "restoration": (),
    "details": (OWED,),
    "closing": (status(0.25, "resolved"),),
    "duty": (CALL,),
}
"""What starts each clock. Without any event they are due after 1, 24, 24, 72, 10.25, 10.25 and 0.75 hours."""
OUTCOMES: dict[Cause, str] = {
    "engaged": "M1 R24 R24 R72 R10.25 R10.25 M0.75",
    "third-party": "S S S S S R10.25 R0.75",
    "enhancement": "S S S S S R10.25 R0.75",
    "workaround": "R1 M24 R24 M72 R10.25 R10.25 R0.75",
    "escalation": "R1 S S S R10.25 R10.25 R0.75",
    "closed": "S M24 S M72 S M10.25 S",
    "resolved": "S M24 S M72 S R10.5 S",
    "waiting": "R1 P P P R10.5 S R0.75",
    "nothing owed": "R1 R24 R24 R72 S R10.25 R0.75",
    "unresolved": "R1 R24 R24 R72 R10.25 S R0.75",
    "uncalled": "R1 R24 R24 R72 R10.25 S R0.75",
    "attended": "R1 R24 R24 R72 R10.25 R10.25 M0.75",
    "active": "R1 R24 R24 R72 R10.25 S R0.75",
    "reopened": "R1.25 R24.25 R24.5 R72.25 R10.5 S R1",
    "updated": "R1 R24 R24.5 R72 R10.25 R10.25 M0.75",
    "status letter": "R1 R24 R24.5 R72 R10.25 R10.25 R0.75",
    "level told": "R1 R24 R24.5 R72 R10.25 R10.25 R0.75",
    "promised": "R1 R24 R20 R72 R10.25 R10.25 M0.75",
    "asked": "R1 R24 R24 R72 R10.5 R10.25 R0.75",
    "answered": "R1 R24 R24 R72 R10.5 R10.25 R0.75",
    "resolution": "S M24 S M72 S R10.5 S",
    "called": "R1 R24 R24 R72 R10.25 R10.25 R1",
}
"""How each clock then stands, and at which hour after the opening it is due, each having been started as above."""
STATES = {"R": "running", "P": "paused", "M": "met", "S": "stopped"}


@pytest.mark.parametrize("cause", OUTCOMES)
@pytest.mark.parametrize("clock", CLOCKS)
def test_each_state_and_event_does_to_each_clock_what_the_table_says(cause: Cause, clock: Clock) -> None:
    outcome = OUTCOMES[cause].split()[CLOCKS.index(clock)]
    kind: RequestKind = "escalation" if cause == "escalation" else "problem"
    account = clock_of(a_request(*STARTED[clock], *CELLS[cause][0], kind=kind), clock, after(0.7), PATIENT)
    due = after(float(outcome[1:])) if outcome[1:] else None
    assert (account.state, account.due) == (STATES[outcome[0]], due)


def test_what_never_began_has_no_account_of_a_call_and_owes_nothing() -> None:
    every = {one.clock: one.state for one in accounts(a_request(), PATIENT, LONDON, after(0.7))}
    assert "duty" not in every
    assert every["details"] == every["closing"] == "stopped"


@pytest.mark.parametrize("clock", ["escalation", "update", "restoration"])
@pytest.mark.parametrize("pausing", [(), ("escalation",), ("update", "restoration")])
def test_waiting_pauses_the_clocks_that_the_level_names_and_no_other(clock: Clock, pausing: tuple[str, ...]) -> None:
    named = POLICY.levels[2].model_copy(update={"waiting_pauses": pausing})
    policy = POLICY.model_copy(update={"levels": {**POLICY.levels, 2: named}})
    account = clock_of(a_request(status(0.5, "waiting")), clock, after(0.7), policy)
    assert account.state == ("paused" if clock in pausing else "running")
    assert clock_of(a_request(status(0.5, "waiting")), "response", after(0.7), policy).state == "running"


@pytest.mark.parametrize("name", ["blue-coat", "x-series", "duty-manager"])
def test_as_shipped_waiting_never_pauses_what_level_1_is_pursued_by(name: str) -> None:
    policy = load_policy(name)
    assert policy.levels[1].waiting_pauses == ("update",)
    assert all(set(policy.paused_by_waiting(one)) == {"escalation", "update", "restoration"} for one in (2, 3, 4))


# --- a call for the duty manager -----------------------------------------------------------------------------------

REPEATED = passed(0.75, "duty", "repeat", after(0.75))


@pytest.mark.parametrize(
    ("events", "steps"),
    [
        ((), []),
        ((CALL,), [0.75]),
        ((CALL, REPEATED), [1.25]),
        ((CALL, passed(3.1, "duty", "repeat", after(0.75))), [3.25]),
        ((CALL, acknowledged_at(0.3)), []),
        ((CALL, Engaged(at=after(0.3), who=ALICE)), []),
        ((CALL, Updated(at=after(0.25), who=ALICE)), [0.75]),  # of the very mail that calls
        ((CALL, heard_from_staff(0.25), acknowledged_at(0.25)), []),  # of another mail, in the same instant
        ((CALL, acknowledged_at(0.3), passed(2, "duty", "asked", after(2))), [2.5]),
        ((CALL, status(0.3, "resolved")), []),
        ((CALL, flag(0.3, "third-party")), [0.75]),
    ],
)
def test_a_call_that_nobody_acts_on_is_told_again(events: tuple[HistoryEvent, ...], steps: list[float]) -> None:
    assert steps_of(a_request(*events), "duty") == [("repeat", after(hours)) for hours in steps]


def test_a_call_at_a_level_of_business_hours_is_told_again_in_them() -> None:
    request = a_request(passed(6.9, "duty", "asked", after(6.9)), level=3)
    assert steps_of(request, "duty") == [("repeat", after(23))]  # 17:24 is after hours: 09:00


# --- waiting for the customer --------------------------------------------------------------------------------------

PATIENT = POLICY.model_copy(
    update={
        "reminders": Reminders.model_validate({"after": ["2 hours", "5 hours"], "close_after": "10 hours"}),
        "closing": Closing.model_validate({"warn_after": "5 hours", "close_after": "10 hours"}),
    }
)
OWING = missing(0.5, "description")


@pytest.mark.parametrize(
    ("events", "steps"),
    [
        ((), []),
        ((OWING,), [2.5, 5.5, 23.0]),
        ((OWING, engaged(1)), [2.5, 5.5, 23.0]),
        ((OWING, missing(1)), []),
        ((OWING, Waived(at=after(1), who=ALICE, item="description")), []),
        ((OWING, missing(1, "timeline")), [3.0, 6.0, 23.0]),
        ((OWING, received(1)), [3.0, 6.0, 23.0]),
        ((status(1, "waiting"),), [3.0, 6.0, 23.0]),
        ((OWING, status(1, "waiting"), status(2, "open")), [3.0, 6.0, 23.0]),
        ((OWING, flag(1, "third-party")), []),
        ((OWING, status(1, "closed")), []),
        ((OWING, passed(2.5, "details", "reminder", after(2.5))), [5.5, 23.0]),
    ],
)
def test_what_a_customer_owes_is_reminded_of_from_when_it_was_asked_for(
    events: tuple[HistoryEvent, ...], steps: list[float]
) -> None:
    """Beyond 17:00 a step waits for 09:00 of the next day."""
    assert [due for _, due in steps_of(a_request(*events), "details", PATIENT)] == [after(hours) for hours in steps]


@pytest.mark.parametrize(
    ("events", "steps"),
    [
        ((), []),
        ((status(1, "resolved"),), [("warning", 6.0), ("close", 23.0)]),
        ((flag(0.5, "enhancement"), status(1, "resolved")), [("warning", 6.0), ("close", 23.0)]),
        ((status(1, "resolved"), status(2, "open")), []),
        ((status(1, "closed"),), []),
    ],
)
def test_a_resolved_request_is_closed_after_a_warning(
    events: tuple[HistoryEvent, ...], steps: list[tuple[str, float]]
) -> None:
    expected = [(step, after(hours)) for step, hours in steps]
    assert steps_of(a_request(*events), "closing", PATIENT) == expected


# --- escalation ----------------------------------------------------------------------------------------------------


LADDER = POLICY.model_copy(
    update={
        "levels": {
            **POLICY.levels,
            2: POLICY.levels[2].model_copy(update={"escalate_every": Target(amount=2, unit="hours")}),
        }
    }
)
BREACHED = passed(24, "escalation", "due", after(24))


@pytest.mark.parametrize(
    ("events", "steps"),
    [
        ((), [("warning", 18.0), ("due", 24.0), ("repeat", 26.0)]),
        ((passed(18, "escalation", "warning", after(18)), acknowledged_at(19)), [("due", 24.0), ("repeat", 26.0)]),
        ((BREACHED,), [("warning", 18.0), ("repeat", 26.0)]),
        ((BREACHED, passed(26, "escalation", "repeat", after(26))), [("warning", 18.0), ("repeat", 28.0)]),
        ((BREACHED, acknowledged_at(24.1)), [("warning", 18.0)]),
        ((BREACHED, updated(24.1)), [("warning", 18.0)]),
        ((BREACHED, heard_from_staff(24), acknowledged_at(24)), [("warning", 18.0)]),
        ((heard_from_staff(24), acknowledged_at(24), BREACHED), [("warning", 18.0), ("repeat", 26.0)]),
        ((BREACHED, flag(24.1, "workaround")), []),
    ],
)
def test_a_breach_is_told_again_until_somebody_acknowledges_or_acts(
    events: tuple[HistoryEvent, ...], steps: list[tuple[str, float]]
) -> None:
    assert steps_of(a_request(*events), "escalation", LADDER) == [(step, after(hours)) for step, hours in steps]


def test_an_acknowledged_alert_is_not_told_again_though_the_response_clock_runs_on() -> None:
    request = a_request(acknowledged_at(0.1), level=1)
    assert steps_of(request, "response") == []
    assert clock_of(request, "response", after(1)).state == "breached"


def test_the_table_and_its_test_know_the_same_rows() -> None:
    assert set(TABLE) == set(CELLS) == set(OUTCOMES) == set(get_args(Cause))
    marks = {"runs": "R", "may pause": "P", "met": "M", "stopped": "S", "restarts": "N", "aims": "A", "-": "-"}
    assert {cause: "".join(marks[effect] for effect in row) for cause, row in TABLE.items()} == {
        cause: row for cause, (_, row) in CELLS.items()
    }


@pytest.mark.parametrize("kind", ["third-party", "enhancement"])
def test_a_request_outside_the_goals_from_the_start_has_no_clock_running(kind: RequestKind) -> None:
    request = a_request(kind=kind)
    assert {one.state for one in accounts(request, POLICY, LONDON, after(1))} == {"stopped"}
    assert deadlines(request, POLICY, LONDON) == ()
    assert any("the goals do not apply to" in line for line in clock_of(request, "update", after(1)).account)


def test_clocks_run_on_once_a_request_is_found_to_lie_within_the_goals_after_all() -> None:
    request = a_request(flag(0.5, "third-party"), flag(10.5, "third-party", up=False))
    assert clock_of(request, "response", after(11)).due == after(11)
    assert clock_of(request, "response", after(11)).spent == timedelta(hours=1)


@pytest.mark.parametrize("event", [Noted(at=after(1), who=ALICE, mail="m"), status(1, "open"), updated(1)])
def test_only_engagement_meets_the_response_clock(event: HistoryEvent) -> None:
    assert clock_of(a_request(event), "response", after(2)).state == "breached"


# --- response ----------------------------------------------------------------------------------------------------


def test_a_response_is_due_and_then_told_again_until_somebody_engages() -> None:
    request = a_request()
    assert steps_of(request, "response") == [("due", after(1)), ("overdue", after(1.5))]
    request = request.after(passed(1, "response", "due", after(1)))
    assert steps_of(request, "response") == [("overdue", after(1.5))]
    request = request.after(passed(1.5, "response", "overdue", after(1.5)))
    assert steps_of(request, "response") == [("overdue", after(2))]
    assert steps_of(request.after(engaged(1.6)), "response") == []


def test_after_an_outage_an_overdue_response_is_told_once_and_not_for_every_time_missed() -> None:
    request = a_request(passed(9.2, "response", "due", after(1)))
    assert steps_of(request, "response") == [("overdue", after(9.5))]
    request = request.after(passed(40.2, "response", "overdue", after(9.5)))
    assert steps_of(request, "response") == [("overdue", after(40.5))]


def test_an_immediate_response_is_told_again_but_never_due_since_the_first_letter_is_the_alert() -> None:
    assert steps_of(a_request(level=1), "response") == [("overdue", after(0.25))]


def test_a_request_that_becomes_immediate_later_is_due_at_once() -> None:
    request = a_request(level(3.1, 1), level=3)
    assert steps_of(request, "response") == [("due", MONDAY), ("overdue", after(3.25))]


def test_without_an_interval_an_overdue_response_is_told_once() -> None:
    policy = Policy(name="p", title="P", levels={3: a_level(response="1 hour")})
    assert steps_of(a_request(level=3), "response", policy) == [("due", after(1))]


def test_a_response_that_comes_late_is_breached_and_one_in_time_is_met_for_good() -> None:
    late, in_time = a_request(engaged(1.5)), a_request(engaged(1))
    assert clock_of(late, "response", after(50)).state == "breached"
    assert clock_of(late, "response", after(50)).account[-1] == ("met Mon 2 Mar 11:30, late (an engineer took it up)")
    assert clock_of(in_time, "response", after(50)).state == "met"
    assert clock_of(in_time, "response", after(50)).account[-1] == (
        "met Mon 2 Mar 11:00, in time (an engineer took it up)"
    )


def test_a_response_met_at_one_level_is_not_breached_by_a_later_one() -> None:
    request = a_request(engaged(5), level(30, 1), level=3)
    assert clock_of(request, "response", after(31)).state == "met"
    assert clock_of(request, "response", after(31)).target == "8 business hours"
    assert clock_of(request, "update", after(31)).target == "1 hour"


def test_closing_a_request_stops_its_response_and_opening_it_again_goes_on_with_what_was_left() -> None:
    closed = a_request(status(0.5, "closed"))
    assert clock_of(closed, "response", after(9)).state == "stopped"
    assert deadlines(closed, POLICY, LONDON) == ()
    assert clock_of(closed.after(status(10, "open")), "response", after(10)).due == after(10.5)


# --- update ------------------------------------------------------------------------------------------------------


def test_the_owner_is_reminded_at_three_quarters_and_the_customer_told_at_the_end() -> None:
    assert steps_of(a_request(), "update") == [("reminder", after(18)), ("due", after(24))]
    assert steps_of(a_request(updated(10)), "update") == [("reminder", after(28)), ("due", after(34))]


def test_the_status_letter_is_a_word_too() -> None:
    request = a_request(passed(18, "update", "reminder", after(18)))
    assert steps_of(request, "update") == [("due", after(24))]
    request = request.after(passed(24.1, "update", "due", after(24)))
    assert steps_of(request, "update") == [("reminder", after(42.1)), ("due", after(48.1))]


def test_a_promise_takes_the_place_of_the_period_until_the_next_word() -> None:
    request = a_request(promised(2, 42))
    assert steps_of(request, "update") == [("reminder", after(32)), ("due", after(42))]
    assert steps_of(request.after(updated(12)), "update") == [("reminder", after(30)), ("due", after(36))]


def test_a_promise_in_the_mail_that_is_the_update_holds_whichever_was_noted_first() -> None:
    one = a_request(updated(2), promised(2, 42))
    other = a_request(promised(2, 42), updated(2))
    assert steps_of(one, "update") == steps_of(other, "update") == [("reminder", after(32)), ("due", after(42))]


def test_a_promise_is_a_moment_that_no_pause_moves() -> None:
    request = a_request(promised(2, 42), status(3, "waiting"), status(40, "open"))
    assert clock_of(request, "update", after(40)).due == after(42)


def test_a_promise_that_passed_during_a_pause_gives_way_to_the_ordinary_period() -> None:
    request = a_request(promised(2, 10), status(3, "waiting"))
    assert clock_of(request, "update", after(20)).due is None
    assert clock_of(request.after(status(40, "open")), "update", after(40)).due == after(64)


def test_a_promise_in_the_past_is_due_at_the_moment_it_was_made() -> None:
    assert clock_of(a_request(promised(2, -5)), "update", after(2)).due == after(2)


def test_updates_pause_while_the_customer_is_waited_for_and_the_rest_follows() -> None:
    request = a_request(status(20, "waiting"))
    assert steps_of(request, "update") == []
    request = request.after(status(50, "open"))
    assert steps_of(request, "update") == [("reminder", after(18)), ("due", after(54))]
    reminded = a_request(passed(18, "update", "reminder", after(18)), status(20, "waiting"), status(50, "open"))
    assert steps_of(reminded, "update") == [("due", after(54))]


def test_a_request_opened_again_owes_a_word_within_a_full_period() -> None:
    request = a_request(status(20, "resolved"), status(50, "open"))
    assert clock_of(request, "update", after(50)).due == after(74)


# --- escalation and restoration ----------------------------------------------------------------------------------


def test_an_escalation_warns_at_three_quarters() -> None:
    assert steps_of(a_request(), "escalation") == [("warning", after(18)), ("due", after(24))]
    assert steps_of(a_request(), "restoration") == [("due", after(72))]


def test_every_clock_that_holds_us_is_acted_on() -> None:
    assert {one.clock for one in deadlines(a_request(), POLICY, LONDON)} == set(PROMISED)


def test_elapsed_time_goes_on_with_the_rest_after_each_pause() -> None:
    request = a_request(status(4, "waiting"), status(10, "open"), status(12, "waiting"), status(20, "open"))
    escalation = clock_of(request, "escalation", after(21))
    assert escalation.due == after(24 + 6 + 8)
    assert escalation.spent == timedelta(hours=7)
    assert escalation.account == (
        "opened Mon 2 Mar 10:00 (London)",
        "level 2: 24 hours",
        "24 hours of elapsed time",
        "stood still from Mon 2 Mar 14:00 to Mon 2 Mar 20:00 (waiting for the customer)",
        "stood still from Mon 2 Mar 22:00 to Tue 3 Mar 06:00 (waiting for the customer)",
        "due Wed 4 Mar 00:00 (London)",
    )


def test_business_days_go_on_with_the_open_time_that_was_left() -> None:
    # Due next Monday 10:00 without the pause, which takes 3, 8 and 3 open hours of Monday, Tuesday and Wednesday.
    request = a_request(status(4, "waiting"), status(50, "open"), level=3)
    assert clock_of(request, "escalation", after(50)).due == datetime(2026, 3, 10, 16, 0, tzinfo=UTC)


def test_a_pause_outside_hours_leaves_a_business_day_as_it_was() -> None:
    # Due at 08:30 on Tuesday, which opens at 10:00: the open time until then is over on Monday afternoon already.
    region = Region(name="late", timezone="UTC", hours="Mo 08:00-16:00; Tu-Fr 10:00-18:00")
    policy = Policy(name="p", title="P", levels={3: a_level(response="1 hour", escalation="1 business day")})
    opened = [replace(event, at=after(-1.5)) for event in a_request(level=3).history]
    request = ServiceRequest(number="2-000000001").after_all(tuple(opened))
    paused = request.after(status(7, "waiting")).after(status(10, "open"))
    dues = [accounts(one, policy, region, after(11))[1].due for one in (request, paused)]
    assert dues == [after(22.5), after(22.5)]


def test_a_pause_that_begins_at_the_due_moment_comes_too_late() -> None:
    request = a_request(status(24, "waiting"), status(50, "open"))
    assert clock_of(request, "escalation", after(50)).due == after(24)


def test_a_clock_that_is_met_while_it_stands_still_had_no_due_moment() -> None:
    request = a_request(status(4, "waiting"), status(50, "resolved"))
    escalation = clock_of(request, "escalation", after(60))
    assert (escalation.state, escalation.due, escalation.spent) == ("met", None, timedelta(hours=4))


def test_a_workaround_that_failed_sets_the_clocks_going_again() -> None:
    request = a_request(flag(4, "workaround"), flag(10, "workaround", up=False))
    assert clock_of(request, "restoration", after(10)).due == after(78)
    assert clock_of(request, "restoration", after(10)).state == "running"
    kept = a_request(flag(4, "workaround"), status(6, "waiting"), status(8, "open"))
    assert clock_of(kept, "restoration", after(10)).state == "met"


def test_a_workaround_is_judged_by_the_level_before_it_lowered_it() -> None:
    request = a_request(flag(30, "workaround"), level(30, 3))
    escalation = clock_of(request, "escalation", after(31))
    assert (escalation.state, escalation.due, escalation.target) == ("breached", after(24), "24 hours")


def test_a_clock_that_had_run_out_before_a_pause_stays_breached() -> None:
    request = a_request(status(30, "waiting"))
    assert clock_of(request, "escalation", after(31)).state == "breached"
    assert clock_of(request, "escalation", after(31)).due == after(24)


def test_raising_the_level_while_waiting_to_level_1_sets_escalation_going() -> None:
    request = a_request(status(1, "waiting"), level(5, 1))
    assert clock_of(request, "escalation", after(5)).due == after(6)
    assert clock_of(request, "update", after(5)).state == "paused"


# --- levels and hours ----------------------------------------------------------------------------------------------


def test_time_already_spent_counts_when_the_level_changes() -> None:
    request = a_request(level(20, 2), level=3)
    update = clock_of(request, "update", after(20))
    assert update.due == after(24)
    assert "level 2 from Tue 3 Mar 06:00, the time already spent counts" in update.account


def test_a_reminder_that_lay_in_the_past_when_the_level_changed_is_not_sent() -> None:
    assert steps_of(a_request(level(20, 2), level=3), "update") == [("due", after(24))]


def test_a_level_that_the_policy_no_longer_has_counts_as_its_default() -> None:
    assert clock_of(a_request(level=9), "response", MONDAY).target == "8 business hours"


def test_a_clock_without_a_target_is_not_shown() -> None:
    assert [one.clock for one in accounts(a_request(level=4), POLICY, LONDON, MONDAY)] == ["response"]


def test_at_a_level_of_business_hours_letters_wait_for_the_opening_and_the_clock_does_not() -> None:
    night = a_request(updated(12), level=3)  # Monday 22:00, thus 75 % on Sunday 04:00 and 100 % on Monday 22:00
    assert clock_of(night, "update", after(12)).due == after(12 + 168)
    assert steps_of(night, "update") == [
        ("reminder", datetime(2026, 3, 9, 9, 0, tzinfo=UTC)),
        ("due", datetime(2026, 3, 10, 9, 0, tzinfo=UTC)),
    ]


def test_a_reminder_that_would_go_with_the_last_step_does_not_go() -> None:
    policy = Policy(name="p", title="P", levels={3: a_level(hours="business", response="1 hour", update="2 hours")})
    late = a_request(updated(6.5), level=3)  # 16:30: reminder at 18:00, due at 18:30, both moved to the morning
    assert steps_of(late, "update", policy) == [("due", datetime(2026, 3, 3, 9, 0, tzinfo=UTC))]


def test_business_reminders_of_an_overdue_response_follow_open_hours() -> None:
    request = a_request(passed(24, "response", "due", after(24)), level=3)  # due on Tuesday 10:00
    assert clock_of(request, "response", after(24)).due == after(24)
    assert steps_of(request, "response") == [("overdue", after(26))]
    request = request.after(passed(30.5, "response", "overdue", after(26)))  # acted on at 16:30: next on Wednesday
    assert steps_of(request, "response") == [("overdue", datetime(2026, 3, 4, 10, 0, tzinfo=UTC))]
    request = request.after(passed(47, "response", "overdue", datetime(2026, 3, 4, 10, 0, tzinfo=UTC)))
    assert steps_of(request, "response") == [("overdue", datetime(2026, 3, 4, 12, 0, tzinfo=UTC))]


# --- what is asked of all of them ----------------------------------------------------------------------------------


def test_promised_deadlines_come_in_the_order_of_the_clocks() -> None:
    friday = datetime(2026, 4, 2, 15, 40, tzinfo=UTC)
    one = promised_deadlines(POLICY, 3, friday, LONDON)
    assert [(account.clock, account.due, account.target) for account in one] == [
        ("response", datetime(2026, 4, 7, 15, 40, tzinfo=UTC), "8 business hours"),
        ("escalation", datetime(2026, 4, 13, 15, 40, tzinfo=UTC), "5 business days"),
        ("update", datetime(2026, 4, 9, 15, 40, tzinfo=UTC), "7 days"),
        ("restoration", datetime(2026, 4, 12, 15, 40, tzinfo=UTC), "10 days"),
    ]
    assert one[0].account == (
        "opened Thu 2 Apr 16:40 (London)",
        "level 3: 8 business hours",
        "business hours Mo-Fr 09:00-17:00",
        "20 min on Thu 2 Apr",
        "7 h 40 min on Tue 7 Apr",
        "closed 3 Apr (Good Friday)",
        "closed 6 Apr (Easter Monday)",
        "due Tue 7 Apr 16:40 (London)",
    )


def test_promises_of_an_unknown_level_are_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no level 7: its levels are \[1, 2, 3, 4\]"):
        promised_deadlines(POLICY, 7, MONDAY, LONDON)


def test_the_next_deadline_is_the_soonest() -> None:
    assert next_due(a_request(), POLICY, LONDON) == Deadline(clock="response", step="due", due=after(1))
    assert next_due(a_request(status(1, "closed")), POLICY, LONDON) is None


def test_a_request_without_a_history_has_no_clocks() -> None:
    assert accounts(ServiceRequest(number="2-000000001"), POLICY, LONDON, MONDAY) == ()


def test_letters_and_notes_change_no_clock() -> None:
    request = a_request()
    noted = request.after_all(
        (
            Noted(at=after(1), who=ALICE, mail="m"),
            LetterOrdered(at=after(1), who="mailproc", letter="k", template="t", to=(), because="b"),
        )
    )
    assert accounts(noted, POLICY, LONDON, after(2)) == accounts(request, POLICY, LONDON, after(2))


@pytest.mark.parametrize("key", ["update", "remind_every"])
def test_what_repeats_cannot_be_immediate(key: str) -> None:
    with pytest.raises(ValueError, match="what repeats cannot be immediate"):
        a_level(response="1 hour", **{key: "immediate"})


# --- what holds for any history ------------------------------------------------------------------------------------

hours_on = st.integers(1, 400)
happenings = st.lists(
    st.builds(status, hours_on, st.sampled_from(get_args(Status)))
    | st.builds(level, hours_on, st.integers(1, 4))
    | st.builds(engaged, hours_on)
    | st.builds(updated, hours_on)
    | st.builds(promised, hours_on, st.integers(-10, 500))
    | st.builds(flag, hours_on, st.sampled_from(["workaround", "third-party"]), up=st.booleans()),
    max_size=8,
).map(lambda events: sorted(events, key=lambda event: event.at))


@settings(max_examples=80, deadline=None)
@given(happenings, st.integers(1, 4))
def test_no_deadline_comes_before_the_opening_and_none_twice(events: list[HistoryEvent], number: int) -> None:
    request = a_request(*events, level=number)
    for _ in range(6):
        rows = deadlines(request, POLICY, LONDON)
        assert all(row.due >= MONDAY for row in rows)
        assert len({(row.clock, row.step, row.due) for row in rows}) == len(rows)
        assert not {(row.clock, row.step, row.due) for row in rows} & request.has_passed
        if not rows:
            return
        at = max(rows[0].due, request.history[-1].at)
        first = rows[0]
        request = request.after(
            DeadlinePassed(at=at, who="mailproc", clock=first.clock, step=first.step, due=first.due)
        )


@settings(max_examples=80, deadline=None)
@given(happenings, st.integers(1, 4), hours_on)
def test_accounts_are_whole_whatever_happened(events: list[HistoryEvent], number: int, hours: int) -> None:
    request = a_request(*events, level=number)
    for one in accounts(request, POLICY, LONDON, after(hours)):
        assert one.account
        assert timedelta() <= one.spent <= timedelta(hours=hours)
        assert (one.due is None) <= (one.state in ("paused", "stopped", "met"))


@settings(max_examples=80, deadline=None)
@given(st.sets(st.integers(1, 300), min_size=2, max_size=8), st.integers(2, 3))
def test_one_pause_more_never_makes_a_deadline_earlier(hours: set[int], number: int) -> None:
    moments = sorted(hours)[: len(hours) // 2 * 2]
    pauses = [(status(a, "waiting"), status(b, "open")) for a, b in zip(moments[::2], moments[1::2], strict=True)]
    histories = [
        a_request(*(one for pair in pauses[:count] for one in pair), level=number) for count in range(len(pauses) + 1)
    ]
    for clock in PROMISED:
        dues = [clock_of(request, clock, MONDAY).due for request in histories]
        assert all(one is not None for one in dues)
        assert all(one <= other for one, other in pairwise(dues) if one and other)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 60),
    st.sampled_from(["hours", "days", "business hours", "business days"]),
    st.lists(hours_on, min_size=2, max_size=2, unique=True).map(sorted),
)
def test_a_longer_target_is_never_due_sooner(amount: int, unit: str, pause: list[int]) -> None:
    dues = []
    for longer in (amount, amount + 1):
        levels = {3: a_level(response="1 hour", escalation=f"{longer} {unit}")}
        policy = Policy(name="p", title="P", levels=levels)
        request = a_request(status(pause[0], "waiting"), status(pause[1], "open"), level=3)
        dues.append(next(one.due for one in accounts(request, policy, LONDON, MONDAY) if one.clock == "escalation"))
    shorter_due, longer_due = dues
    assert shorter_due is not None
    assert longer_due is not None
    assert shorter_due <= longer_due


@settings(max_examples=60, deadline=None)
@given(happenings)
def test_at_a_level_of_business_hours_every_letter_goes_in_business_hours(events: list[HistoryEvent]) -> None:
    calm = [event for event in events if not isinstance(event, LevelSet)]
    for row in deadlines(a_request(*calm, level=3), POLICY, LONDON):
        assert is_open(LONDON, row.due)


def test_events_may_be_written_in_any_zone() -> None:
    there = LONDON.zone
    saturday = datetime(2026, 3, 28, 20, 0, tzinfo=there)  # the night loses an hour
    request = a_request()
    moved = replace(request, history=tuple(replace(event, at=saturday) for event in request.history))
    moved = moved.after(Promised(at=saturday, who=ALICE, until=datetime(2026, 4, 1, 9, 0, tzinfo=there)))
    assert clock_of(moved, "escalation", saturday).due == datetime(2026, 3, 29, 20, 0, tzinfo=UTC)
    assert clock_of(moved, "update", saturday).due == datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
    warning, _ = steps_of(moved, "escalation")
    assert warning == ("warning", datetime(2026, 3, 29, 14, 0, tzinfo=UTC))
    rows = deadlines(moved, POLICY, LONDON)
    assert all(row.due.tzinfo is UTC for row in rows)


def test_a_clock_set_back_does_not_turn_a_run_around() -> None:
    request = a_request(status(10, "waiting"), status(5, "open"))
    assert steps_of(request, "escalation") == [("warning", after(18)), ("due", after(24))]
