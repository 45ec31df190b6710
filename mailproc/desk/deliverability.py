"""Which letters may go: none to an address that fails for good, and only so many automatic ones to any.

Headers tell most machines; the budgets need none. They end whatever writes to us for ever, at the cost of a few letters
and one notice, and what such a writer sends is filed all the same. One counts what goes to a mailbox on one request;
another what answers the opening of requests, by mailbox and by domain, since a machine may open one with each mail and
write each from another address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from mailproc.desk.clocks import deadlines
from mailproc.desk.correspondence import Notice, Occasion, noticed, to_staff
from mailproc.desk.decision import Decision, Order
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import team
from mailproc.desk.events import (
    MACHINE,
    Engaged,
    HistoryEvent,
    LetterOrdered,
    LetterWithheld,
    Silenced,
    Updated,
)
from mailproc.desk.participants import mailbox_of, own_domain
from mailproc.desk.policy import Budget
from mailproc.desk.request import ServiceRequest

BLOCKED_FOR = timedelta(days=30)
"""For how long an address that failed for good is not written to, unless it writes itself or is released."""

_GRAVE = 2
"""How many times as many first letters on grave levels may go: a storm of them is a disaster, or a machine."""
_PEOPLE = 4
"""How many times as many first letters a domain may get that is a customer's, as the directory says."""
_ASKING = ("missing-details", "reminder", "phone-us-now", "resolved", "closing-soon")
"""Letters that want something of the customer."""
_SILENT = Notice(
    title="automatic letters to the customer have stopped",
    headline="Too many automatic letters went to this writer in a short time: perhaps a machine answers them. None "
    "goes there for now; what you write to the customer does. If a person writes, please answer his mail yourself.",
)
_ASK_YOURSELF = Notice(
    title="please ask the customer yourself",
    headline="The customer gets no automatic letters: nobody has asked him. Please answer his last mail yourself.",
)

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
    """How those stand whom a decision's letters go to: who is held back, and how many letters each had lately.

    `lately` counts by mailbox and request, `first` by mailbox or domain what answered the opening of requests.
    """

    held_back: tuple[HeldBack, ...] = ()
    lately: Mapping[tuple[str, str], int] = field(default_factory=dict)
    first: Mapping[str, int] = field(default_factory=dict)

    def of(self, address: str, kind: HeldBackFor) -> HeldBack | None:
        """Why letters to this address are held back, if they are for this reason."""
        return next((one for one in self.held_back if one.address == address.lower() and one.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    """Why a letter may not go; where a budget is spent, whom that silences and until when."""

    because: str
    silenced: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    """A budget that a letter draws on: whom it is counted for, how many had gone, how many may."""

    party: str
    had: int
    most: int
    budget: Budget


def allowed(decision: Decision, standing: Standing, at: datetime, office: Office) -> Decision:
    """The decision with the letters withheld that may not go, each with the reason; `at` is aware UTC.

    Where words of a person are withheld, or a letter that asks for something, those who look after the request hear
    of it; so they do, once, where a budget is spent.
    """
    spent: dict[str, int] = {}
    kept: list[Order] = []
    withheld: dict[str, HistoryEvent] = {}
    events: list[HistoryEvent] = []
    notices: list[Order] = []
    unheard: list[Order] = []
    for order in decision.orders:
        reached = _without_blocked_copies(order, standing)
        accounts = tuple(_accounts(reached, decision, standing, office))
        refusal = _refusal(reached, standing, accounts, spent, at)
        if refusal is None:
            kept.append(reached)
            continue
        withheld[order.key] = _withheld(order, refusal.because, at)
        events.extend(silenced := _silencing(refusal, standing, at))
        notices.extend(_notices(order, refusal, at, office, first=bool(silenced)))
        if order.automatic is None:
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


def parties_to(decision: Decision) -> tuple[str, ...]:
    """Whoever letters of a decision would be counted for: addresses, mailboxes, and domains of organisations."""
    everybody = tuple(one.address.lower() for order in decision.orders for one in (*order.to, *order.cc))
    counted = (party for one in everybody for party in (one, *_parties(one)))
    return tuple(dict.fromkeys(counted))


def told(
    request: ServiceRequest, occasion: Occasion, notice: Notice, members: tuple[StaffMember, ...], office: Office
) -> tuple[Order, ...]:
    """The letters by which these people hear what there is to see to."""
    return tuple(noticed(to_staff("undeliverable", one, request, office, occasion), notice) for one in members)


def _without_blocked_copies(order: Order, standing: Standing) -> Order:
    kept = tuple(one for one in order.cc if standing.of(one.address, "undeliverable") is None)
    return order if kept == order.cc else replace(order, cc=kept)


def _refusal(
    order: Order, standing: Standing, accounts: tuple[_Account, ...], spent: dict[str, int], at: datetime
) -> _Refusal | None:
    """Why a letter may not go; None where it may, and then it counts."""
    if order.staff is not None or not order.to:
        return None
    if block := standing.of(order.to[0].address, "undeliverable"):
        return _Refusal(because=block.because)
    if order.automatic is None:
        return None
    if order.facts.request.unanswerable:
        return _Refusal(because=f"no automatic letter may go there: {order.facts.request.unanswerable}")
    for one in accounts:
        if one.had + spent.get(one.party, 0) >= one.most:
            because = f"{one.most} letters went there within {one.budget.window}"
            return _Refusal(because=because, silenced=one.party, until=at + one.budget.window.elapsed)
    spent.update({one.party: spent.get(one.party, 0) + 1 for one in accounts})
    return None


def _accounts(order: Order, decision: Decision, standing: Standing, office: Office) -> Iterator[_Account]:
    """The budgets that this letter draws on. The first on a grave level goes even where machines have spent much."""
    if order.automatic is None or order.staff or not order.to:
        return
    policy, request, address = order.facts.policy, order.facts.request, order.to[0].address
    grave = request.level in policy.phone_levels and all(one.template != order.template for one in request.letters)
    mailbox = mailbox_of(address)
    if not grave:
        had = standing.lately.get((mailbox, request.number), 0)
        yield _Account(party=mailbox, had=had, most=policy.most_letters.count, budget=policy.most_letters)
    if decision.outcome != "opened":
        return
    for party in _parties(address):
        budget = policy.most_first_letters
        known = party != mailbox and office.customer_of(address) is not None
        most = budget.count * (_GRAVE if grave else 1) * (_PEOPLE if known else 1)
        yield _Account(party=party, had=standing.first.get(party, 0), most=most, budget=budget)


def _parties(address: str) -> tuple[str, ...]:
    """Whom the letters to an address are counted for: its mailbox, and its domain unless anybody may be there."""
    domain = own_domain(address)
    return (mailbox_of(address), *((domain,) if domain else ()))


def _withheld(order: Order, because: str, at: datetime) -> LetterWithheld:
    to = tuple(one.address for one in order.to)
    return LetterWithheld(at=at, who=MACHINE, template=order.template, to=to, because=because)


def _silencing(refusal: _Refusal, standing: Standing, at: datetime) -> tuple[Silenced, ...]:
    """That somebody is silent from now on, told once: for as long as the budget's window."""
    if refusal.until is None or standing.of(refusal.silenced, "silenced"):
        return ()
    return (Silenced(at=at, who=MACHINE, address=refusal.silenced, because=refusal.because, until=refusal.until),)


def _notices(order: Order, refusal: _Refusal, at: datetime, office: Office, *, first: bool) -> tuple[Order, ...]:
    """What those hear of it who look after the request; `first` is true where a budget has just been spent."""
    lines = tuple(f"Not sent to {one.address}, because {refusal.because}" for one in order.to)
    if order.automatic is None:
        notice, because = Notice(lines=lines), "what you wrote to the customer was not sent"
    elif first:
        notice, because = replace(_SILENT, lines=lines), "somebody gets no more automatic letters"
    elif order.facts.request.unanswerable and order.template in _ASKING:
        notice, because = replace(_ASK_YOURSELF, lines=lines), "the customer gets no automatic letters"
    else:
        return ()
    request = order.facts.request
    return told(request, Occasion(key=order.key, at=at, because=because), notice, team(request, office), office)


def _letter_key(event: HistoryEvent) -> str:
    return event.letter if isinstance(event, LetterOrdered) else ""
