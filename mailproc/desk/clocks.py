"""The clocks of a request: what its history and its policy make of them, each with its account.

Nothing here is stored: a clock is reckoned from the history whenever it is asked for, so that a changed level or
policy never loses time already spent. `TABLE` says what every state and event does to every clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from mailproc.desk.decision import Deadline
from mailproc.desk.events import MACHINE, HistoryEvent, LevelSet, Opened, Promised
from mailproc.desk.goals import goal_steps
from mailproc.desk.hours import Region
from mailproc.desk.policy import Policy
from mailproc.desk.reckoning import (
    Aim,
    Gap,
    LevelChange,
    Phase,
    Run,
    Stretch,
    due_of,
    percent_of,
    run_in_words,
    spent_of,
)
from mailproc.desk.request import ServiceRequest
from mailproc.desk.situations import Cause, Situation, Turn, turns
from mailproc.desk.steps import Ticking, spans_of, steps_of, target_of

Clock = Literal["response", "escalation", "update", "restoration", "details", "closing", "duty"]
Effect = Literal["runs", "may pause", "met", "stopped", "restarts", "aims", "-"]
State = Literal["running", "paused", "met", "breached", "stopped"]

CLOCKS: tuple[Clock, ...] = ("response", "escalation", "update", "restoration", "details", "closing", "duty")

PROMISED: tuple[Clock, ...] = ("response", "escalation", "update", "restoration")
"""The clocks that hold us. Two of the others wait for the customer: for details or an answer, or for a word on a
solution; "duty" is a call for the duty manager that nobody has answered."""

TABLE: Mapping[Cause, tuple[Effect, Effect, Effect, Effect, Effect, Effect, Effect]] = {
    # While it is so: the first row that holds and says more than "runs" decides.
    #                 response    escalation  update      restoration details     closing     duty
    "engaged":        ("met",     "runs",     "runs",     "runs",     "runs",     "runs",     "runs"),
    "third-party":    ("stopped", "stopped",  "stopped",  "stopped",  "stopped",  "runs",     "runs"),
    "enhancement":    ("stopped", "stopped",  "stopped",  "stopped",  "stopped",  "runs",     "runs"),
    "workaround":     ("runs",    "met",      "runs",     "met",      "runs",     "runs",     "runs"),
    "closed":         ("stopped", "met",      "stopped",  "met",      "stopped",  "met",      "stopped"),
    "resolved":       ("stopped", "met",      "stopped",  "met",      "stopped",  "runs",     "stopped"),
    "escalation":     ("runs",    "stopped",  "stopped",  "stopped",  "runs",     "runs",     "runs"),
    "waiting":        ("runs",    "may pause", "may pause", "may pause", "runs",  "runs",     "runs"),
    "nothing owed":   ("runs",    "runs",     "runs",     "runs",     "stopped",  "runs",     "runs"),
    "unresolved":     ("runs",    "runs",     "runs",     "runs",     "runs",     "stopped",  "runs"),
    "uncalled":       ("runs",    "runs",     "runs",     "runs",     "runs",     "runs",     "stopped"),
    "attended":       ("runs",    "runs",     "runs",     "runs",     "runs",     "runs",     "met"),
    "active":         ("runs",    "runs",     "runs",     "runs",     "runs",     "runs",     "runs"),
    # When it happens: on top of the state above.
    "reopened":       ("-",       "-",        "restarts", "-",        "restarts", "-",        "-"),
    "updated":        ("-",       "-",        "restarts", "-",        "-",        "-",        "-"),
    "status letter":  ("-",       "-",        "restarts", "-",        "-",        "-",        "-"),
    "level told":     ("-",       "-",        "restarts", "-",        "-",        "-",        "-"),
    "promised":       ("-",       "-",        "aims",     "-",        "-",        "-",        "-"),
    "asked":          ("-",       "-",        "-",        "-",        "restarts", "-",        "-"),
    "answered":       ("-",       "-",        "-",        "-",        "restarts", "-",        "-"),
    "resolution":     ("-",       "-",        "-",        "-",        "-",        "restarts", "-"),
    "called":         ("-",       "-",        "-",        "-",        "-",        "-",        "restarts"),
}  # fmt: skip
"""What each state and each event does to each clock, in the order of `CLOCKS`.

A clock that "may pause" does so where the policy's level names it in `waiting_pauses`.
"""

WORDS: Mapping[Cause, str] = {
    "engaged": "an engineer took it up",
    "third-party": "the goals do not apply to third-party software",
    "enhancement": "the goals do not apply to enhancement requests",
    "escalation": "it is a call for the duty manager",
    "workaround": "a workaround is in place",
    "closed": "the request is closed",
    "resolved": "the request is resolved",
    "waiting": "waiting for the customer",
    "nothing owed": "the customer owes nothing",
    "unresolved": "the request is not resolved",
    "uncalled": "nobody has called the duty manager",
    "attended": "somebody has it in hand",
    "active": "the request is being worked on",
    "reopened": "opened again",
    "updated": "public update",
    "status letter": "status letter",
    "level told": "letter about the level",
    "promised": "promised",
    "asked": "asked",
    "answered": "the customer wrote",
    "resolution": "resolved",
    "called": "the duty manager was called",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockAccount:
    """How a clock stands: `due` is aware UTC, None while it stands still; `spent` is the time that counted.

    `percent` is how much of its time that is, above 100 past its due moment; `runs` is false once met or stopped.
    """

    clock: str
    target: str
    due: datetime | None
    state: State
    account: tuple[str, ...]
    spent: timedelta
    percent: int = 0
    runs: bool = False


def accounts(request: ServiceRequest, policy: Policy, region: Region, now: datetime) -> tuple[ClockAccount, ...]:
    """How each clock stands at `now` (aware), for those of which the policy has a target at the request's level."""
    return tuple(_account(ticking, region, now) for ticking in _clocks(request, policy))


def deadlines(request: ServiceRequest, policy: Policy, region: Region) -> tuple[Deadline, ...]:
    """The steps of running clocks, and of goals, that have not been acted on, soonest first; some may be overdue.

    At a level of business hours a step is moved to the next opening; the clock's own due moment stays.
    """
    steps = (
        step
        for ticking in _clocks(request, policy)
        if ticking.run.phase == "runs"
        for step in steps_of(ticking, request, region)
    )
    has_passed = request.has_passed
    every = (*steps, *goal_steps(request, policy, region))
    still_open = (step for step in every if (step.clock, step.step, step.due) not in has_passed)
    return tuple(sorted(still_open, key=lambda step: (step.due, step.clock, step.step)))


def next_due(request: ServiceRequest, policy: Policy, region: Region) -> Deadline | None:
    """The deadline that comes first, if any runs."""
    return next(iter(deadlines(request, policy, region)), None)


def promised_deadlines(policy: Policy, level: int, opened: datetime, region: Region) -> tuple[ClockAccount, ...]:
    """What a request opened at `opened` (aware) would be promised, if nothing else happened to it.

    Raises ValueError where the policy has no such level.
    """
    if level not in policy.levels:
        raise ValueError(f"policy {policy.name} has no level {level}: its levels are {sorted(policy.levels)}")
    history: tuple[HistoryEvent, ...] = (
        Opened(at=opened, who=MACHINE, mailbox="", policy=policy.name, region=region.name, subject="", customer=""),
        LevelSet(at=opened, who=MACHINE, level=level, because="asked for"),
    )
    every = accounts(ServiceRequest(number="").after_all(history), policy, region, opened)
    return tuple(one for one in every if one.clock in PROMISED)


def _account(ticking: Ticking, region: Region, now: datetime) -> ClockAccount:
    run, target = ticking.run, ticking.target
    due = due_of(run, target, region)
    return ClockAccount(
        clock=ticking.clock,
        target=str(target),
        due=due,
        state=_state(run, due, now),
        account=tuple(run_in_words(run, target, region, due)),
        spent=spent_of(run, target, region, now),
        percent=percent_of(run, target, region, now),
        runs=run.phase == "runs",
    )


def _state(run: Run, due: datetime | None, now: datetime) -> State:
    end = now if run.phase == "runs" else run.since
    if due is not None and due < end:
        return "breached"
    return "running" if run.phase == "runs" else run.phase


def _clocks(request: ServiceRequest, policy: Policy) -> Iterator[Ticking]:
    runs: dict[Clock, Run] = {}
    for turn in turns(request, policy):
        if isinstance(turn.event, Opened):
            runs = {clock: _started(clock, turn, "opened", policy) for clock in CLOCKS}
        else:
            runs = {clock: _turned(run, clock, turn, policy) for clock, run in runs.items()}
    for clock, run in runs.items():
        level = policy.levels[run.level]
        spans = spans_of(clock, policy)
        target = spans[-1][1] if spans else target_of(clock, level, policy)
        if target is not None and (clock != "duty" or run.stretches):
            yield Ticking(clock=clock, run=run, target=target, level=level, spans=spans)


def _holding(situation: Situation) -> Iterator[Cause]:
    """The states that hold, in the order of `TABLE`."""
    if situation.engaged:
        yield "engaged"
    yield from (outside for outside in ("third-party", "enhancement") if outside in situation.outside)
    if situation.workaround:
        yield "workaround"
    if situation.status in ("closed", "resolved"):
        yield situation.status
    if "escalation" in situation.outside:
        yield "escalation"
    if situation.status == "waiting":
        yield "waiting"
    elif not situation.owed:
        yield "nothing owed"
    if situation.status != "resolved":
        yield "unresolved"
    if situation.called is None or situation.attended:
        yield "attended" if situation.attended else "uncalled"


def _phase(clock: Clock, situation: Situation, policy: Policy) -> tuple[Phase, Cause]:
    pausing = policy.paused_by_waiting(situation.level)
    for cause in _holding(situation):
        match TABLE[cause][CLOCKS.index(clock)]:
            case "met" | "stopped" as effect:
                return effect, cause
            case "may pause" if clock in pausing:
                return "paused", cause
            case _:
                pass
    return "runs", "active"


def _started(clock: Clock, turn: Turn, began: str, policy: Policy) -> Run:
    phase, cause = _phase(clock, turn.situation, policy)
    return Run(
        start=turn.at,
        began=began,
        level=turn.situation.level,
        phase=phase,
        since=turn.at,
        because=WORDS[cause],
        stretches=(Stretch(start=turn.at),) if phase == "runs" else (),
    )


def _turned(run: Run, clock: Clock, turn: Turn, policy: Policy) -> Run:
    effect = TABLE[turn.happened][CLOCKS.index(clock)] if turn.happened else "-"
    if effect == "restarts" and turn.happened:
        # A promise made in the very mail that is the update goes on to hold.
        kept = run.aim if run.aim and run.aim.at == turn.at and turn.happened == "updated" else None
        return replace(_started(clock, turn, WORDS[turn.happened], policy), aim=kept)
    phase, cause = _phase(clock, turn.situation, policy)
    if phase == "runs" and run.phase != "runs" and run.aim and run.aim.until < turn.at:
        return _started(clock, turn, "promised moment passed while standing still, resumed", policy)
    turned = _moved(_levelled(run, phase, turn), phase, cause, turn)
    if effect == "aims" and isinstance(turn.event, Promised):
        return replace(turned, aim=Aim(at=turn.at, until=turn.event.until.astimezone(UTC)))
    return turned


def _levelled(run: Run, phase: Phase, turn: Turn) -> Run:
    """A clock that is met stays judged by the level at which it was met."""
    level = turn.situation.level
    if level == run.level or run.phase == phase == "met":
        return run
    level_changes = (*run.level_changes, LevelChange(at=turn.at, level=level)) if turn.at > run.start else ()
    return replace(run, level=level, level_changes=level_changes)


def _moved(run: Run, phase: Phase, cause: Cause, turn: Turn) -> Run:
    if phase == run.phase:
        return run
    stretches, gaps = run.stretches, run.gaps
    if run.phase == "runs":
        stretches = (*stretches[:-1], replace(stretches[-1], end=turn.at))
    else:
        gaps = (*gaps, Gap(start=run.since, end=turn.at, because=run.because))
    if phase == "runs":
        stretches = (*stretches, Stretch(start=turn.at))
    return replace(run, phase=phase, since=turn.at, because=WORDS[cause], stretches=stretches, gaps=gaps)
