"""What a duty manager needs to see first: how the requests of a region stand, ordered by what needs action.

A request stands in the first section that it fits, so that a digest stays short; what changed is told apart.
"""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailproc.desk.clocks import PROMISED, ClockAccount, accounts
from mailproc.desk.digests.overview import (
    BREACHED,
    DUE,
    OVERDUE,
    UNATTENDED,
    UNOWNED,
    WAITING,
    Bar,
    Entry,
    Load,
    Overview,
    Section,
)
from mailproc.desk.digests.times import next_digest
from mailproc.desk.directory import Office
from mailproc.desk.events import (
    Acknowledged,
    Flagged,
    HistoryEvent,
    LevelSet,
    Opened,
    OwnerSet,
    Received,
    StatusSet,
    Updated,
)
from mailproc.desk.goals import GoalAccount, goals
from mailproc.desk.request import ServiceRequest

_OPEN = ("new", "open", "waiting")
_MOST_CHANGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """An open request with its running clocks, those that hold us, soonest first."""

    request: ServiceRequest
    clocks: tuple[ClockAccount, ...]
    goals: tuple[GoalAccount, ...]
    grave: bool
    called: bool

    @property
    def breached(self) -> tuple[ClockAccount, ...]:
        return tuple(one for one in self.clocks if one.state == "breached")

    @property
    def due(self) -> datetime | None:
        return next((one.due for one in self.clocks), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A section: which of the requests that are left stand in it, why, how many are told in full."""

    title: str
    reason: Callable[[_Standing], str]
    most: int
    answer: Callable[[_Standing], str]


def overview_of(
    region: str, requests: Iterable[ServiceRequest], office: Office, now: datetime, since: datetime | None
) -> Overview:
    """How a region stands at `now`; `since` is the moment of its last digest (both aware UTC).

    `requests` are those of the region that are not closed, and those in which something happened since.
    """
    mine = [one for one in requests if one.region == region]
    until = next_digest(region, now, office)
    left = sorted((_standing(one, office, now) for one in mine if one.status in _OPEN), key=_urgency(now))
    loads = _loads(left, office)
    sections: list[Section] = []
    for rule in _rules(now, until):
        chosen = [one for one in left if rule.reason(one)]
        left = [one for one in left if one not in chosen]
        if chosen:
            sections.append(_section(rule, chosen, office, now))
    changes = [one for one in (_change(request, office, since) for request in mine) if one.what]
    return Overview(
        region=region,
        place=office.regions[region].place,
        open=sum(one.open for one in loads),
        sections=tuple(sections),
        changes=tuple(changes[:_MOST_CHANGES]),
        more_changes=max(len(changes) - _MOST_CHANGES, 0),
        loads=loads,
        since=since,
        until=until,
    )


def overdue_of(requests: Iterable[ServiceRequest], office: Office, now: datetime, instead_of: int) -> Overview:
    """What came due for one reader while no letter could go, the gravest first; at least one request.

    `instead_of` is how many letters it stands for.
    """
    standing = sorted((_standing(one, office, now) for one in requests), key=_urgency(now))
    region = standing[0].request.region
    rule = _Rule(title=OVERDUE, reason=lambda one: _breach(one, now) or _neglect(one), most=12, answer=_next_step)
    return Overview(
        region=region,
        place=office.regions[region].place,
        open=len(standing),
        sections=(_section(rule, standing, office, now),),
        until=next_digest(region, now, office),
        instead_of=instead_of,
    )


def _standing(request: ServiceRequest, office: Office, now: datetime) -> _Standing:
    policy, region = office.policies[request.policy], office.regions[request.region]
    every = accounts(request, policy, region, now)
    running = (one for one in every if one.clock in PROMISED and one.runs and one.due is not None)
    return _Standing(
        request=request,
        goals=goals(request, policy, region),
        clocks=tuple(sorted(running, key=lambda one: (one.due is None, one.due))),
        grave=request.level in policy.phone_levels,
        called=any(one.clock == "duty" and one.runs for one in every),
    )


def _urgency(now: datetime) -> Callable[[_Standing], tuple[int, datetime, str]]:
    """The graver first, then the one that is or was due first."""
    return lambda one: (one.request.level, one.due or one.request.opened or now, one.request.number)


def _rules(now: datetime, until: datetime | None) -> Iterator[_Rule]:
    """The sections in the order of action."""
    yield _Rule(title=BREACHED, reason=lambda one: _breach(one, now), most=5, answer=_next_step)
    yield _Rule(title=UNATTENDED, reason=_neglect, most=4, answer=_next_step)
    yield _Rule(title=DUE, reason=lambda one: _due_before(one, now, until), most=4, answer=_next_step)
    yield _Rule(title=UNOWNED, reason=_without_owner, most=3, answer=_next_step)
    yield _Rule(title=WAITING, reason=_waiting, most=5, answer=lambda _: "")


def _breach(one: _Standing, now: datetime) -> str:
    aims = (_short(goal.name) for goal in one.goals if goal.latest is not None and goal.latest < now)
    late = ", ".join(f"{name} target passed" for name in (*(clock.clock for clock in one.breached), *aims))
    called = "nobody has acted on a call for the duty manager" if one.called else ""
    return ", ".join(part for part in (called, late, _neglect(one)) if part) if late or called else ""


def _short(goal: str) -> str:
    """What a goal is called, without what stands in brackets."""
    return goal.partition(" (")[0].lower()


def _neglect(one: _Standing) -> str:
    """What it lacks: a call, until somebody phoned, whatever its level is by now; where it is grave, an owner."""
    missing = (
        "not phoned" if "phone-follow-up" in one.request.flags else "",
        "nobody owns it" if one.grave and one.request.owner is None else "",
    )
    return ", ".join(part for part in missing if part)


def _due_before(one: _Standing, now: datetime, until: datetime | None) -> str:
    dues = [(clock.clock, clock.due) for clock in one.clocks]
    dues += [(_short(goal.name), goal.latest) for goal in one.goals if until is not None]
    return ", ".join(f"{name} due" for name, due in dues if due and now <= due and (until is None or due <= until))


def _without_owner(one: _Standing) -> str:
    return "nobody owns it" if one.request.owner is None else ""


def _waiting(one: _Standing) -> str:
    return "waits for the customer" if one.request.status == "waiting" else ""


def _next_step(one: _Standing) -> str:
    if one.request.owner is None:
        return "#assign NAME"
    return "#phoned" if "phone-follow-up" in one.request.flags else "#ack"


def _section(rule: _Rule, chosen: list[_Standing], office: Office, now: datetime) -> Section:
    entries = [replace(_entry(one, office), what=_what(rule, one), answer=rule.answer(one)) for one in chosen]
    if rule.title == WAITING:
        silent = (
            (replace(one, bars=()), _last_heard(each.request) or now) for one, each in zip(entries, chosen, strict=True)
        )
        entries = [replace(one, since=heard) for one, heard in sorted(silent, key=lambda pair: pair[1])]
    return Section(
        title=rule.title,
        entries=tuple(entries[: rule.most]),
        more=tuple(entries[rule.most :]),
    )


def _what(rule: _Rule, one: _Standing) -> str:
    missed = len(one.request.missed_updates)
    figure = "1 update missed" if missed == 1 else f"{missed} updates missed" if missed else ""
    return ", ".join(part for part in (rule.reason(one), figure) if part)


def _entry(one: _Standing, office: Office) -> Entry:
    bars = (
        Bar(clock=clock.clock, percent=clock.percent, due=clock.due, late=clock.state == "breached")
        for clock in one.clocks
        if clock.due is not None
    )
    since = _last_heard(one.request) if one.request.status == "waiting" else None
    return replace(_named(one.request, office), bars=tuple(bars), since=since)


def _named(request: ServiceRequest, office: Office) -> Entry:
    return Entry(
        number=request.number,
        level=request.level,
        subject=request.subject,
        customer=request.organisation or request.customer_name or request.customer,
        owner=_name_of(request.owner, office),
    )


def _name_of(address: str | None, office: Office) -> str:
    member = office.staff_member(address) if address else None
    return member.name if member else address or ""


def _last_heard(request: ServiceRequest) -> datetime | None:
    heard = (event.at for event in request.history if isinstance(event, Received) and event.role == "customer")
    return max(heard, default=request.opened)


def _loads(standing: Sequence[_Standing], office: Office) -> tuple[Load, ...]:
    """Who has how much in hand: the unowned first, then whoever has most."""
    every = Tally(one.request.owner or "" for one in standing)
    grave = Tally(one.request.owner or "" for one in standing if one.grave)
    ranked = sorted(every, key=lambda owner: (bool(owner), -every[owner], owner))
    return tuple(Load(who=_name_of(owner, office), open=every[owner], grave=grave[owner]) for owner in ranked)


def _change(request: ServiceRequest, office: Office, since: datetime | None) -> Entry:
    """What happened to a request since; its `what` is empty where nothing did that one would tell."""
    told = (_told(event, office) for event in request.history if since is not None and event.at >= since)
    return replace(_named(request, office), what=", ".join(dict.fromkeys(one for one in told if one)))


def _told(event: HistoryEvent, office: Office) -> str:  # noqa: PLR0911 - one arm an event
    match event:
        case Opened():
            return "opened"
        case LevelSet(level=level):
            return f"level {level}"
        case StatusSet(status=status):
            return status
        case OwnerSet(owner=None):
            return "put back to the team"
        case OwnerSet(owner=owner):
            return f"owner {_name_of(owner, office)}"
        case Updated():
            return "customer answered"
        case Received(role="customer"):
            return "customer wrote"
        case Flagged(flag=flag, up=up):
            return flag if up else f"no longer {flag}"
        case Acknowledged():
            return "acknowledged"
        case _:
            return ""
