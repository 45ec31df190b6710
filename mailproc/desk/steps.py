"""The steps of a clock: warnings, the due moment, and what is told again after it, each as a deadline.

At a level of business hours a step waits for the next opening; the clock's own due moment stays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailproc.desk.decision import Deadline
from mailproc.desk.escalation import acknowledged_since, in_hand_since
from mailproc.desk.events import DeadlinePassed
from mailproc.desk.hours import Region, moment_after, next_opening
from mailproc.desk.policy import Level, Policy, Target
from mailproc.desk.reckoning import Run, due_of, share_of
from mailproc.desk.request import ServiceRequest

STEPS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "response": (("due", 100),),
    "escalation": (("warning", 75), ("due", 100)),
    "update": (("reminder", 75), ("due", 100)),
    "restoration": (("due", 100),),
}
"""The steps of each clock of a level, each at so many hundredths of its time."""

_AGAIN: Mapping[str, str] = {"response": "overdue", "escalation": "repeat"}
"""How the step is called by which a breach of this clock is told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticking:
    """A clock with the run it is in and the target it is held to.

    `spans` are the steps of a clock that has no hundredths, each so long after the run's start.
    """

    clock: str
    run: Run
    target: Target
    level: Level
    spans: tuple[tuple[str, Target], ...] = ()


def steps_of(ticking: Ticking, request: ServiceRequest, region: Region) -> Iterator[Deadline]:
    """Every step of a running clock, also those that were acted on."""
    if ticking.spans:
        for step, span in ticking.spans:
            moment = next_opening(region, moment_after(region, ticking.run.start, span))
            yield Deadline(clock=ticking.clock, step=step, due=moment)
        return
    due = due_of(ticking.run, ticking.target, region)
    if due is None:
        return
    if ticking.clock == "duty":
        yield _called_again(ticking, request, region)
        return
    yield from _up_to(due, ticking, region)
    yield from _told_again(due, ticking, request, region)


def target_of(clock: str, level: Level, policy: Policy) -> Target | None:
    """What a clock of a level is held to; None where the level promises nothing, or the clock is the policy's."""
    match clock:
        case "response":
            return level.response
        case "escalation":
            return level.escalation
        case "update":
            return level.update
        case "restoration":
            return level.restoration
        case "duty":
            return policy.call_again_every
        case _:
            return None


def spans_of(clock: str, policy: Policy) -> tuple[tuple[str, Target], ...]:
    """The steps of the clocks that wait for the customer."""
    match clock:
        case "details":
            steps = (*(("reminder", span) for span in policy.reminders.after), ("close", policy.reminders.close_after))
        case "closing":
            steps = (("warning", policy.closing.warn_after), ("close", policy.closing.close_after))
        case _:
            steps = ()
    return tuple((step, span) for step, span in steps if span is not None)


def _up_to(due: datetime, ticking: Ticking, region: Region) -> Iterator[Deadline]:
    clock, run, target = ticking.clock, ticking.run, ticking.target
    last = letter_time(due, ticking.level, region)
    for step, percent in STEPS[clock]:
        share = due if percent == 100 else share_of(run, target, region, percent)
        moment = last if share is None else letter_time(share, ticking.level, region)
        # The letter of a new request is itself the alert that an immediate response asks for.
        told_already = clock == "response" and target.amount == 0 and not run.level_changes
        if (percent == 100 and not told_already) or _comes_early(moment, last, run):
            yield Deadline(clock=clock, step=step, due=moment)


def _told_again(due: datetime, ticking: Ticking, request: ServiceRequest, region: Region) -> Iterator[Deadline]:
    every = ticking.level.remind_every if ticking.clock == "response" else ticking.level.escalate_every
    if ticking.clock not in _AGAIN or every is None:
        return
    told = _last_told(ticking, request)
    if _is_in_hand(ticking, request, told):
        return
    again = _next_reminder(due, every, told, region)
    yield Deadline(clock=ticking.clock, step=_AGAIN[ticking.clock], due=letter_time(again, ticking.level, region))


def _called_again(ticking: Ticking, request: ServiceRequest, region: Region) -> Deadline:
    again = _next_reminder(ticking.run.start, ticking.target, _last_told(ticking, request), region)
    return Deadline(clock="duty", step="repeat", due=letter_time(again, ticking.level, region))


def _is_in_hand(ticking: Ticking, request: ServiceRequest, told: datetime) -> bool:
    """Whether the breach is not to be told again. An unanswered customer stays unanswered, whatever else is done."""
    if ticking.clock == "response":
        return acknowledged_since(request, told)
    return told > ticking.run.start and in_hand_since(request, told)


def _comes_early(moment: datetime, last: datetime, run: Run) -> bool:
    """Whether an early step is of use: before the last one, and not already past when the level changed."""
    return moment < last and not (run.level_changes and moment <= run.level_changes[-1].at)


def letter_time(moment: datetime, level: Level, region: Region) -> datetime:
    """When a step that has come at `moment` (aware) is acted on: in business hours, at a level that has them."""
    return next_opening(region, moment) if level.hours == "business" else moment


def _last_told(ticking: Ticking, request: ServiceRequest) -> datetime:
    """When this was told last, so that what an outage missed does not come as a flood."""
    clock, run = ticking.clock, ticking.run
    passed = (event for event in request.history if isinstance(event, DeadlinePassed) and event.clock == clock)
    moments = [moment for event in passed if event.step != "warning" for moment in (event.at, event.due)]
    return max([run.start, *(change.at for change in run.level_changes), *moments])


def _next_reminder(due: datetime, every: Target, after: datetime, region: Region) -> datetime:
    """The first of the moments `every` so often after `due` that lies past `after`."""
    moment = moment_after(region, due, every)
    if not every.business:
        return moment + (moment - due) * max((after - due) // (moment - due), 0)
    while moment <= after:
        moment = moment_after(region, moment, every)
    return moment
