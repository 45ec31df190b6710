"""The clocks of a request: what its history and its policy make of them, each with its account.

Nothing here is stored: a clock is reckoned from the history whenever it is asked for, so that a changed level or
policy never loses time already spent. `TABLE` says what every state and event does to every clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from mailproc.desk.decision import Deadline
from mailproc.desk.events import (
    MACHINE,
    DeadlinePassed,
    Engaged,
    Flagged,
    HistoryEvent,
    ItemsRequested,
    LetterOrdered,
    LevelSet,
    MissingFound,
    Opened,
    Promised,
    Received,
    Status,
    StatusSet,
    Supplied,
    Updated,
    Waived,
)
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
from mailproc.desk.steps import Ticking, spans_of, steps_of, target_of

Clock = Literal["response", "escalation", "update", "restoration", "details", "closing"]
Effect = Literal["runs", "paused", "met", "stopped", "restarts", "aims", "-"]
Cause = Literal[
    "engaged",
    "third-party",
    "enhancement",
    "workaround",
    "closed",
    "resolved",
    "waiting at level 1",
    "waiting",
    "nothing owed",
    "unresolved",
    "active",
    "reopened",
    "updated",
    "status letter",
    "level told",
    "promised",
    "asked",
    "answered",
    "resolution",
]
State = Literal["running", "paused", "met", "breached", "stopped"]

CLOCKS: tuple[Clock, ...] = ("response", "escalation", "update", "restoration", "details", "closing")

PROMISED: tuple[Clock, ...] = ("response", "escalation", "update", "restoration")
"""The clocks that hold us; the others wait for the customer: for details or an answer, or for a word on a solution."""

TABLE: Mapping[Cause, tuple[Effect, Effect, Effect, Effect, Effect, Effect]] = {
    # While it is so: the first row that holds and says more than "runs" decides.
    #                     response    escalation  update      restoration details     closing
    "engaged":            ("met",     "runs",     "runs",     "runs",     "runs",     "runs"),
    "third-party":        ("stopped", "stopped",  "stopped",  "stopped",  "stopped",  "runs"),
    "enhancement":        ("stopped", "stopped",  "stopped",  "stopped",  "stopped",  "runs"),
    "workaround":         ("runs",    "met",      "runs",     "met",      "runs",     "runs"),
    "closed":             ("stopped", "met",      "stopped",  "met",      "stopped",  "met"),
    "resolved":           ("stopped", "met",      "stopped",  "met",      "stopped",  "runs"),
    "waiting at level 1": ("runs",    "runs",     "paused",   "runs",     "runs",     "runs"),
    "waiting":            ("runs",    "paused",   "paused",   "paused",   "runs",     "runs"),
    "nothing owed":       ("runs",    "runs",     "runs",     "runs",     "stopped",  "runs"),
    "unresolved":         ("runs",    "runs",     "runs",     "runs",     "runs",     "stopped"),
    "active":             ("runs",    "runs",     "runs",     "runs",     "runs",     "runs"),
    # When it happens: on top of the state above.
    "reopened":           ("-",       "-",        "restarts", "-",        "restarts", "-"),
    "updated":            ("-",       "-",        "restarts", "-",        "-",        "-"),
    "status letter":      ("-",       "-",        "restarts", "-",        "-",        "-"),
    "level told":         ("-",       "-",        "restarts", "-",        "-",        "-"),
    "promised":           ("-",       "-",        "aims",     "-",        "-",        "-"),
    "asked":              ("-",       "-",        "-",        "-",        "restarts", "-"),
    "answered":           ("-",       "-",        "-",        "-",        "restarts", "-"),
    "resolution":         ("-",       "-",        "-",        "-",        "-",        "restarts"),
}  # fmt: skip
"""What each state and each event does to each clock, in the order of `CLOCKS`."""

WORDS: Mapping[Cause, str] = {
    "engaged": "an engineer took it up",
    "third-party": "the goals do not apply to third-party software",
    "enhancement": "the goals do not apply to enhancement requests",
    "workaround": "a workaround is in place",
    "closed": "the request is closed",
    "resolved": "the request is resolved",
    "waiting at level 1": "waiting for the customer",
    "waiting": "waiting for the customer",
    "nothing owed": "the customer owes nothing",
    "unresolved": "the request is not resolved",
    "active": "the request is being worked on",
    "reopened": "opened again",
    "updated": "public update",
    "status letter": "status letter",
    "level told": "letter about the level",
    "promised": "promised",
    "asked": "asked",
    "answered": "the customer wrote",
    "resolution": "resolved",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Situation:
    """What holds of a request at some moment, as far as clocks care."""

    level: int
    status: Status = "new"
    engaged: bool = False
    workaround: bool = False
    owed: tuple[str, ...] = ()
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """An event at its moment, with what held once it had happened and what it was to the clocks, if anything."""

    at: datetime
    event: HistoryEvent
    situation: _Situation
    happened: Cause | None


def _clocks(request: ServiceRequest, policy: Policy) -> Iterator[Ticking]:
    runs: dict[Clock, Run] = {}
    for turn in _turns(request, policy):
        if isinstance(turn.event, Opened):
            runs = {clock: _started(clock, turn, "opened") for clock in CLOCKS}
        else:
            runs = {clock: _turned(run, clock, turn) for clock, run in runs.items()}
    for clock, run in runs.items():
        level = policy.levels[run.level]
        spans = spans_of(clock, policy)
        target = spans[-1][1] if spans else target_of(clock, level)
        if target is not None:
            yield Ticking(clock=clock, run=run, target=target, level=level, spans=spans)


def _turns(request: ServiceRequest, policy: Policy) -> Iterator[_Turn]:
    """The events that mean something to a clock. One dated before its forerunner counts as of the same moment."""
    situation = _Situation(level=policy.default_level)
    at = datetime.min.replace(tzinfo=UTC)
    for event in request.history:
        before, situation = situation, _after(situation, event, policy)
        at = max(at, event.at.astimezone(UTC))
        happened = _happened(event, before)
        if happened or situation is not before or isinstance(event, Opened):
            yield _Turn(at=at, event=event, situation=situation, happened=happened)


def _after(situation: _Situation, event: HistoryEvent, policy: Policy) -> _Situation:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case Opened(kind="third-party" | "enhancement" as kind):
            return replace(situation, outside=frozenset({kind}))
        case Flagged(flag="third-party" | "enhancement" as flag, up=up):
            outside = situation.outside | {flag} if up else situation.outside - {flag}
            return replace(situation, outside=outside)
        case Flagged(flag="workaround", up=up):
            return replace(situation, workaround=up)
        case LevelSet(level=level):
            return replace(situation, level=level if level in policy.levels else policy.default_level)
        case StatusSet(status=status):
            return replace(situation, status=status)
        case Engaged():
            return replace(situation, engaged=True)
        case MissingFound(items=items):
            return replace(situation, owed=items)
        case ItemsRequested(items=items):
            return replace(situation, owed=tuple(dict.fromkeys((*situation.owed, *items))))
        case Supplied(item=supplied):
            return replace(situation, owed=tuple(item for item in situation.owed if item != supplied))
        case Waived(item=waived):
            return replace(situation, owed=tuple(item for item in situation.owed if item != waived))
        case _:
            return situation


def _happened(event: HistoryEvent, before: _Situation) -> Cause | None:  # noqa: PLR0911 - one arm an event
    match event:
        case StatusSet(status="new" | "open" | "waiting") if before.status in ("resolved", "closed"):
            return "reopened"
        case Updated():
            return "updated"
        case DeadlinePassed(clock="update", step="due"):
            return "status letter"
        case LetterOrdered(template="level-changed"):
            return "level told"
        case MissingFound() | ItemsRequested() | StatusSet(status="waiting"):
            return "asked"
        case Received(role="customer"):
            return "answered"
        case StatusSet(status="resolved"):
            return "resolution"
        case Promised():
            return "promised"
        case _:
            return None


def _holding(situation: _Situation) -> Iterator[Cause]:
    """The states that hold, in the order of `TABLE`."""
    if situation.engaged:
        yield "engaged"
    for outside in ("third-party", "enhancement"):
        if outside in situation.outside:
            yield outside
    if situation.workaround:
        yield "workaround"
    if situation.status in ("closed", "resolved"):
        yield situation.status
    if situation.status == "waiting":
        yield "waiting at level 1" if situation.level == 1 else "waiting"
    elif not situation.owed:
        yield "nothing owed"
    if situation.status != "resolved":
        yield "unresolved"


def _phase(clock: Clock, situation: _Situation) -> tuple[Phase, Cause]:
    for cause in _holding(situation):
        effect = TABLE[cause][CLOCKS.index(clock)]
        if effect in ("paused", "met", "stopped"):
            return effect, cause
    return "runs", "active"


def _started(clock: Clock, turn: _Turn, began: str) -> Run:
    phase, cause = _phase(clock, turn.situation)
    return Run(
        start=turn.at,
        began=began,
        level=turn.situation.level,
        phase=phase,
        since=turn.at,
        because=WORDS[cause],
        stretches=(Stretch(start=turn.at),) if phase == "runs" else (),
    )


def _turned(run: Run, clock: Clock, turn: _Turn) -> Run:
    effect = TABLE[turn.happened][CLOCKS.index(clock)] if turn.happened else "-"
    if effect == "restarts" and turn.happened:
        # A promise made in the very mail that is the update goes on to hold.
        kept = run.aim if run.aim and run.aim.at == turn.at and turn.happened == "updated" else None
        return replace(_started(clock, turn, WORDS[turn.happened]), aim=kept)
    phase, cause = _phase(clock, turn.situation)
    turned = _moved(_levelled(run, phase, turn), clock, phase, cause, turn)
    if effect == "aims" and isinstance(turn.event, Promised):
        return replace(turned, aim=Aim(at=turn.at, until=turn.event.until.astimezone(UTC)))
    return turned


def _levelled(run: Run, phase: Phase, turn: _Turn) -> Run:
    """A clock that is met stays judged by the level at which it was met."""
    level = turn.situation.level
    if level == run.level or run.phase == phase == "met":
        return run
    level_changes = (*run.level_changes, LevelChange(at=turn.at, level=level)) if turn.at > run.start else ()
    return replace(run, level=level, level_changes=level_changes)


def _moved(run: Run, clock: Clock, phase: Phase, cause: Cause, turn: _Turn) -> Run:
    if phase == run.phase:
        return run
    if phase == "runs" and run.aim and run.aim.until < turn.at:
        return _started(clock, turn, "promised moment passed while standing still, resumed")
    stretches, gaps = run.stretches, run.gaps
    if run.phase == "runs":
        stretches = (*stretches[:-1], replace(stretches[-1], end=turn.at))
    else:
        gaps = (*gaps, Gap(start=run.since, end=turn.at, because=run.because))
    if phase == "runs":
        stretches = (*stretches, Stretch(start=turn.at))
    return replace(run, phase=phase, since=turn.at, because=WORDS[cause], stretches=stretches, gaps=gaps)
