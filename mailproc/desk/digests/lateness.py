"""Which letters by the clock are overdue: after an outage they come to each reader as one digest, not as a flood."""

from datetime import datetime, timedelta

from mailproc.desk.decision import Deadline
from mailproc.desk.events import DeadlinePassed, Flagged, LevelSet, Opened, StatusSet
from mailproc.desk.request import ServiceRequest

LATE = timedelta(minutes=15)
"""Beyond its moment by so much, a letter is overdue: a daemon at work is late by seconds."""

TOLD_TOGETHER = frozenset({"alert", "escalation", "response-due", "update-due", "target-due", "escalation-request"})
"""Letters to staff of which one digest tells as much. A customer's own words are never left out."""


def may_be_told_together(template: str, deadline: Deadline, now: datetime) -> bool:
    """Whether a letter that the clock ordered is one of those, and its moment passed that long before `now` (aware)."""
    brings_words = deadline.clock == "duty" and deadline.step != "repeat"
    return template in TOLD_TOGETHER and not brings_words and now - deadline.due > LATE


def fell_due(deadline: Deadline, request: ServiceRequest) -> datetime:
    """When a step could first be told of: what a change of the request put into the past fell due with that change."""
    moment, changed = deadline.due, deadline.due
    for event in request.history:
        match event:
            case Opened() | LevelSet() | StatusSet() | Flagged():
                changed = max(changed, event.at)
            case DeadlinePassed(clock=deadline.clock, step=deadline.step, due=deadline.due):
                moment = changed
            case _:
                pass
    return moment
