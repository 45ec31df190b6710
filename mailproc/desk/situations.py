"""What holds of a request at each moment of its history, as far as its clocks care, and what happens to them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from mailproc.desk.events import (
    MACHINE,
    Acknowledged,
    DeadlinePassed,
    Engaged,
    Flagged,
    HistoryEvent,
    ItemsRequested,
    LetterOrdered,
    LetterWithheld,
    LevelSet,
    MissingFound,
    Opened,
    OwnerSet,
    Promised,
    Received,
    Status,
    StatusSet,
    Supplied,
    Updated,
    Waived,
)
from mailproc.desk.policy import Policy
from mailproc.desk.request import ServiceRequest

Cause = Literal[
    "engaged",
    "third-party",
    "enhancement",
    "escalation",
    "workaround",
    "closed",
    "resolved",
    "waiting",
    "nothing owed",
    "unresolved",
    "uncalled",
    "attended",
    "active",
    "reopened",
    "updated",
    "status letter",
    "level told",
    "promised",
    "asked",
    "answered",
    "resolution",
    "called",
]


_OF_LEVEL = ("level-changed", "phone-us-now", "workaround")
"""The letters that mean something to a clock: they tell the customer of his level. All others are passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What holds of a request at some moment, as far as clocks care.

    `called` is when the duty manager was called last; `heard_since` whether a mail came after that one, `attended`
    whether somebody of the staff has acted since. `outside` are reasons why goals do not apply; a customer's call for
    the duty manager, "escalation", has its own clock, and those of the request that it is about go on there.
    """

    level: int
    status: Status = "new"
    engaged: bool = False
    workaround: bool = False
    owed: tuple[str, ...] = ()
    outside: frozenset[str] = frozenset()
    called: datetime | None = None
    heard_since: bool = False
    attended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An event at its moment, with what held once it had happened and what it was to the clocks, if anything."""

    at: datetime
    event: HistoryEvent
    situation: Situation
    happened: Cause | None


def turns(request: ServiceRequest, policy: Policy) -> Iterator[Turn]:
    """The events that mean something to a clock. One dated before its forerunner counts as of the same moment."""
    situation = Situation(level=policy.default_level)
    at = datetime.min.replace(tzinfo=UTC)
    for event in request.history:
        if isinstance(event, LetterWithheld) or (isinstance(event, LetterOrdered) and event.template not in _OF_LEVEL):
            continue
        before, situation = situation, _attended(_after(situation, event, policy), event)
        at = max(at, event.at.astimezone(UTC))
        happened = _happened(event, before)
        if happened or situation is not before or isinstance(event, Opened):
            yield Turn(at=at, event=event, situation=situation, happened=happened)


def _after(situation: Situation, event: HistoryEvent, policy: Policy) -> Situation:  # noqa: C901, PLR0911 - one arm an event
    match event:
        case Opened(kind="third-party" | "enhancement" | "escalation" as kind):
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
        case DeadlinePassed(clock="duty", step="asked", at=at):
            return replace(situation, called=at, heard_since=False, attended=False)
        case _:
            return situation


def _attended(situation: Situation, event: HistoryEvent) -> Situation:
    """The situation once somebody of the staff has acted on a call; what the call's own mail did is no answer to it."""
    if situation.called is None or situation.attended:
        return situation
    if isinstance(event, Received):
        return replace(situation, heard_since=True)
    if event.at <= situation.called and not situation.heard_since:
        return situation
    acts = isinstance(event, Acknowledged | Engaged | OwnerSet | Promised | Updated) and event.who != MACHINE
    return replace(situation, attended=True) if acts else situation


def _happened(event: HistoryEvent, before: Situation) -> Cause | None:  # noqa: PLR0911 - one arm an event
    match event:
        case StatusSet(status="new" | "open" | "waiting") if before.status in ("resolved", "closed"):
            return "reopened"
        case Updated():
            return "updated"
        case DeadlinePassed(clock="update", step="due"):
            return "status letter"
        case DeadlinePassed(clock="duty", step="asked"):
            return "called"
        case LetterOrdered(template=template) if template in _OF_LEVEL:
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
