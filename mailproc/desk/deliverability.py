"""Which letters may go: none to an address that fails for good, and only so many automatic ones to any.

Headers tell most machines; the budget needs none. It ends whatever writes to us for ever, at the cost of a few letters
and one notice, and what such a writer sends is filed all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from mailproc.desk.answered import letter_of_id
from mailproc.desk.clocks import deadlines
from mailproc.desk.correspondence import Occasion, telling, to_staff
from mailproc.desk.decision import Decision, Order
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import team
from mailproc.desk.events import (
    MACHINE,
    Bounced,
    Engaged,
    HistoryEvent,
    LetterOrdered,
    LetterWithheld,
    Silenced,
    Updated,
)
from mailproc.desk.request import ServiceRequest

BLOCKED_FOR = timedelta(days=30)
"""For how long an address that failed for good is not written to, unless it writes itself or is released."""

HeldBackFor = Literal["undeliverable", "silenced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An address that letters are held back from: `because` completes "withheld, because …", `until` is aware UTC."""

    address: str
    kind: HeldBackFor
    because: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the addresses of a decision's letters stand: which are held back, and how many letters each had lately."""

    held_back: tuple[HeldBack, ...] = ()
    lately: Mapping[str, int] = field(default_factory=dict)

    def of(self, address: str, kind: HeldBackFor) -> HeldBack | None:
        """Why letters to this address are held back, if they are for this reason."""
        return next((one for one in self.held_back if one.address == address.lower() and one.kind == kind), None)


def failing(recipients: tuple[str, ...], letter_id: str | None, request: ServiceRequest) -> tuple[str, ...]:
    """The addresses that we wrote to and that a bounce speaks of; anything else it names is somebody's claim.

    Where a mail was passed on before it failed, it is the one recipient of the letter that the bounce names.
    """
    written_to = {one.lower() for letter in request.letters for one in letter.to} | set(request.participants)
    named = tuple(one for one in recipients if one.lower() in written_to)
    letter = letter_of_id(letter_id, request) if letter_id else None
    return named or (letter.to if letter and len(letter.to) == 1 else ())


def allowed(decision: Decision, standing: Standing, at: datetime, office: Office) -> Decision:
    """The decision with the letters withheld that may not go, each with the reason; `at` is aware UTC.

    Where words of a person are withheld, those who look after the request hear of it.
    """
    spent: dict[str, int] = {}
    kept: list[Order] = []
    withheld: dict[str, HistoryEvent] = {}
    events: list[HistoryEvent] = []
    notices: list[Order] = []
    unheard: list[Order] = []
    for order in decision.orders:
        reached = _without_blocked_copies(order, standing)
        because = _why_not(reached, standing, spent)
        if because is None:
            kept.append(reached)
            continue
        withheld[order.key] = _withheld(order, because, at)
        events.extend(_silencing(order, standing, at))
        if order.automatic is None:
            notices.extend(_notices(order, because, at, office))
            unheard.append(order)
    if not withheld and kept == list(decision.orders):
        return decision
    replaced = tuple(withheld.get(_letter_key(event), event) for event in decision.events)
    told = Draft(request=ServiceRequest(number=decision.number or ""), at=at).ordering(*notices)
    unique = tuple(dict.fromkeys(events))
    allowed_now = replace(decision, orders=(*kept, *told.orders), events=(*replaced, *unique, *told.events))
    heard = any(one.automatic is None for one in kept)
    return _without_answer(allowed_now, unheard[0], decision, office) if unheard and not heard else allowed_now


def _without_answer(allowed_now: Decision, unheard: Order, decided: Decision, office: Office) -> Decision:
    """The decision without the engagement and the update that a person's words would be had anybody got them."""
    history = unheard.facts.request.history
    new = next(at for at in range(len(history) + 1) if history[at:] == decided.events[: len(history) - at])
    events = tuple(one for one in allowed_now.events if not isinstance(one, Engaged | Updated))
    request = ServiceRequest(number=unheard.facts.request.number).after_all((*history[:new], *events))
    running = deadlines(request, office.policies[request.policy], office.regions[request.region])
    return replace(allowed_now, events=events, deadlines=running)


def addresses_of(decision: Decision) -> tuple[str, ...]:
    """Everybody whom the letters of a decision would go to."""
    return tuple(dict.fromkeys(one.address.lower() for order in decision.orders for one in (*order.to, *order.cc)))


def refused(
    request: ServiceRequest, letter: str, recipients: tuple[str, ...], at: datetime, office: Office
) -> Decision:
    """What follows where a mail server refuses a letter for good: the history says so, and the team is told.

    `letter` is its Message-ID. A letter to staff that fails is noted only, since telling of it would fail too.
    """
    ours = tuple(one for one in recipients if office.staff_member(one) is None)
    noted = Draft(request=request, at=at).noting(
        Bounced(at=at, who=MACHINE, recipients=recipients, permanent=True, letter=letter, blocked=ours)
    )
    if ours:
        occasion = Occasion(key=f"refused/{letter}", at=at, because="a letter to the customer was refused")
        noted = noted.ordering(*_told(noted.request, occasion, _undeliverable(ours), office))
    running = deadlines(noted.request, office.policies[request.policy], office.regions[request.region])
    return noted.decided("joined", "a letter of ours was refused", running)


def _undeliverable(recipients: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"Undeliverable: {one}" for one in recipients)


def _told(request: ServiceRequest, occasion: Occasion, lines: tuple[str, ...], office: Office) -> tuple[Order, ...]:
    members = team(request, office)
    return tuple(telling(to_staff("undeliverable", one, request, office, occasion), lines) for one in members)


def _without_blocked_copies(order: Order, standing: Standing) -> Order:
    kept = tuple(one for one in order.cc if standing.of(one.address, "undeliverable") is None)
    return order if kept == order.cc else replace(order, cc=kept)


def _why_not(order: Order, standing: Standing, spent: dict[str, int]) -> str | None:
    """Why a letter may not go; None where it may, and then it counts."""
    if order.staff is not None or not order.to:
        return None
    address = order.to[0].address.lower()
    if block := standing.of(address, "undeliverable"):
        return block.because
    if order.automatic is None:
        return None
    budget = order.facts.policy.most_letters
    had = standing.lately.get(address, 0) + spent.get(address, 0)
    if had >= budget.count:
        return f"{budget.count} letters went there within {budget.window}"
    spent[address] = spent.get(address, 0) + 1
    return None


def _withheld(order: Order, because: str, at: datetime) -> LetterWithheld:
    to = tuple(one.address for one in order.to)
    return LetterWithheld(at=at, who=MACHINE, template=order.template, to=to, because=because)


def _silencing(order: Order, standing: Standing, at: datetime) -> tuple[Silenced, ...]:
    """That an address is silent from now on, told once: for as long as the budget's window."""
    address = order.to[0].address.lower()
    if order.automatic is None or standing.of(address, "undeliverable") or standing.of(address, "silenced"):
        return ()
    budget = order.facts.policy.most_letters
    because = f"{budget.count} letters went there within {budget.window}"
    return (Silenced(at=at, who=MACHINE, address=address, because=because, until=at + budget.window.elapsed),)


def _notices(order: Order, because: str, at: datetime, office: Office) -> tuple[Order, ...]:
    occasion = Occasion(key=order.key, at=at, because="what you wrote to the customer was not sent")
    lines = tuple(f"Not sent to {one.address}, because {because}" for one in order.to)
    return _told(order.facts.request, occasion, lines, office)


def _letter_key(event: HistoryEvent) -> str:
    return event.letter if isinstance(event, LetterOrdered) else ""
