"""Who hears at which step: the duty roster, the ladder, the table of notifications, what a workaround lowers.

The roster is asked for a moment, never remembered: a shift that ends in the middle of an alert hands the next letter
over to whoever is on call then.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from mailproc.desk.directory import Duty, Office, StaffMember, StaffRole
from mailproc.desk.events import (
    MACHINE,
    Acknowledged,
    DeadlinePassed,
    Engaged,
    Flagged,
    HistoryEvent,
    LevelSet,
    Opened,
    OwnerSet,
    Promised,
    Received,
    Updated,
)
from mailproc.desk.hours import is_open
from mailproc.desk.policy import NoticeOf, Policy, Rung
from mailproc.desk.request import ServiceRequest

_ACTS = (Acknowledged, Engaged, OwnerSet, Updated, Promised)
_TELLINGS = (Opened, LevelSet, DeadlinePassed)
_ABOVE_OWNER = 1
"""The rung at which the alerts of an unanswered request begin: its team has a letter of its own."""


def team(request: ServiceRequest, office: Office) -> tuple[StaffMember, ...]:
    """Who looks after a request: its owner; while nobody owns it, those of its region whose work it is."""
    owner = office.staff_member(request.owner) if request.owner else None
    if owner:
        return (owner,)
    role = _specialists(request)
    special = _of_role(role, request.region, office) if role else ()
    return special or office.engineers(request.region)


def on_duty(region: str, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """The duty managers on call for a region at `at` (aware): those whom its calendar, or else its weekly shifts, name.

    Where neither does, every duty manager of the region; where it has none, those of anywhere; and nobody only where
    nobody of the staff is one.
    """
    called = _members((one.who for one in _called(region, at, office) if not one.backup), office)
    addresses = (one.who for one in office.roster if one.region == region and is_open(one.times, at))
    return called or _members(addresses, office) or _of_role("duty-manager", region, office)


def backup(region: str, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """Who is alerted next: the backup that calendar or shift names, else the duty managers who are not on call."""
    on_call = on_duty(region, at, office)
    called = tuple(_called(region, at, office))
    if seconds := _members((one.who for one in called if one.backup), office):
        return seconds
    shifts = () if called else office.roster
    named = (one.backup for one in shifts if one.region == region and one.backup and is_open(one.times, at))
    others = (_of_role("duty-manager", region, office), _everybody("duty-manager", office))
    return _members(named, office) or next(
        (rest for pool in others if (rest := tuple(one for one in pool if one not in on_call))), ()
    )


def duty_managers(request: ServiceRequest, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """The duty managers on call for a request; its team where there are none at all."""
    return on_duty(request.region, at, office) or team(request, office)


def on_rung(rung: Rung, request: ServiceRequest, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """The people on a rung of the ladder at that moment."""
    match rung:
        case "owner":
            return team(request, office)
        case "duty-manager":
            return on_duty(request.region, at, office)
        case "backup":
            return backup(request.region, at, office)
        case _:
            return _of_role(rung, request.region, office)


def up_to_rung(height: int, request: ServiceRequest, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """Everybody on the ladder from the first rung to this one, counted from 0; each once, the lowest first."""
    rungs = office.policies[request.policy].ladder[: height + 1]
    return _once(one for rung in rungs for one in on_rung(rung, request, at, office))


def alerted(request: ServiceRequest, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """Who is alerted of a request that nobody has taken, at this step: the ladder above its team."""
    below = team(request, office) if "owner" in office.policies[request.policy].ladder[:_ABOVE_OWNER] else ()
    height = _ABOVE_OWNER + steps_told(request, "response")
    return tuple(one for one in up_to_rung(height, request, at, office) if one not in below)


def called_up(request: ServiceRequest, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """Who hears again of a call for the duty manager that nobody has acted on: the ladder but for its owner's rung."""
    rungs = office.policies[request.policy].ladder[: _ABOVE_OWNER + calls_repeated(request) + 1]
    above = _once(one for rung in rungs if rung != "owner" for one in on_rung(rung, request, at, office))
    return above or duty_managers(request, at, office)


def told_of(event: NoticeOf, request: ServiceRequest, at: datetime, office: Office) -> tuple[StaffMember, ...]:
    """Who gets a letter of this event at once, by the policy's table; nobody where it waits for the digest."""
    notice = office.policies[request.policy].notice(event, request.level)
    if notice.how == "digest":
        return ()
    return _once(one for rung in notice.tell for one in on_rung(rung, request, at, office))


def steps_told(request: ServiceRequest, clock: str) -> int:
    """How many steps of a breach of this clock were told since it began: early warnings are none.

    A level change, an acknowledgement and whatever somebody of the staff does begin it anew; what a level change itself
    brings with it is its beginning.
    """
    told, began = 0, None
    for event in request.history:
        match event:
            case Opened() | LevelSet() | Acknowledged() | Engaged() | OwnerSet() | Updated() | Promised():
                told, began = 0, event.at
            case DeadlinePassed(clock=passed, step=step, at=at) if (
                passed == clock and step != "warning" and at != began
            ):
                told += 1
            case _:
                pass
    return told


def calls_repeated(request: ServiceRequest) -> int:
    """How often the last call for the duty manager was told again."""
    told = 0
    for event in request.history:
        match event:
            case DeadlinePassed(clock="duty", step="asked"):
                told = 0
            case DeadlinePassed(clock="duty", step="repeat"):
                told += 1
            case _:
                pass
    return told


def in_hand_since(request: ServiceRequest, moment: datetime) -> bool:
    """Whether somebody of the staff acknowledged or acted after `moment`: what was told by then is not repeated."""
    return any(isinstance(event, _ACTS) and event.who != MACHINE for event in _since(request, moment))


def acknowledged_since(request: ServiceRequest, moment: datetime) -> bool:
    """Whether somebody of the staff said after `moment` that he has the alerts in hand."""
    return any(isinstance(event, Acknowledged) for event in _since(request, moment))


def level_with_workaround(level: int, policy: Policy) -> int:
    """The level of a request once a workaround holds; the same where the policy lowers nothing."""
    return policy.workaround_lowers.get(level, level)


def level_without_workaround(request: ServiceRequest) -> int:
    """The level to which a request goes back where its workaround fails: the one before the workaround lowered it.

    The present one where it lowered nothing, or where the level was changed since.
    """
    level, lowered_from = 0, None
    for before, event in pairwise(request.history):
        match before, event:
            case Flagged(flag="workaround", up=True), LevelSet(level=lower):
                level, lowered_from = lower, level
            case _, LevelSet(level=other):
                level, lowered_from = other, None
            case _:
                pass
    return min(lowered_from, request.level) if lowered_from else request.level


def _since(request: ServiceRequest, moment: datetime) -> tuple[HistoryEvent, ...]:
    """The events after a moment. Of those at that very moment, what a mail did that came after the last telling."""
    then = [event for event in request.history if event.at == moment]
    told = max((place for place, event in enumerate(then) if isinstance(event, _TELLINGS)), default=len(then))
    mail = (place for place, event in enumerate(then) if place > told and isinstance(event, Received))
    later = (event for event in request.history if event.at > moment)
    return (*then[next(mail, len(then)) :], *later)


def _called(region: str, at: datetime, office: Office) -> Iterator[Duty]:
    """The duties that a calendar has for a region at that moment."""
    return (one for one in office.calendar if one.region == region and one.opens <= at < one.closes)


def _specialists(request: ServiceRequest) -> StaffRole | None:
    """The role whose work it is. A flag counts, not the first reading: a person may have taken it down."""
    if "enhancement" in request.flags:
        return "product-management"
    return "duty-manager" if request.kind == "escalation" else None


def _of_role(role: StaffRole, region: str, office: Office) -> tuple[StaffMember, ...]:
    """Those of a region who have this role, else those of anywhere."""
    everybody = _everybody(role, office)
    local = tuple(one for one in everybody if not one.regions or region in one.regions)
    return local or everybody


def _everybody(role: StaffRole, office: Office) -> tuple[StaffMember, ...]:
    return tuple(one for one in office.staff if role in one.roles)


def _members(addresses: Iterable[str], office: Office) -> tuple[StaffMember, ...]:
    return _once(one for address in addresses if (one := office.staff_member(address)))


def _once(people: Iterable[StaffMember]) -> tuple[StaffMember, ...]:
    return tuple(dict.fromkeys(people))
