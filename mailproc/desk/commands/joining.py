"""Two requests become one, one becomes two: what that does to the request on the desk and to the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailproc.desk.alerts import raised, to_be_phoned
from mailproc.desk.case import Case, policy_of
from mailproc.desk.clocks import deadlines
from mailproc.desk.correspondence import telling, to_customer, to_staff
from mailproc.desk.decision import Deadline, Decision, Order
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.engagement import taken_up
from mailproc.desk.events import (
    MACHINE,
    ArrivedFile,
    FilesArrived,
    Flagged,
    HistoryEvent,
    ItemsRequested,
    LevelSet,
    Merged,
    MissingFound,
    Opened,
    OwnerSet,
    ParticipantAdded,
    Received,
    SplitOff,
    Supplied,
    TookOver,
    Waived,
)
from mailproc.desk.lifecycle import move
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address


def merged(draft: Draft, other: ServiceRequest, case: Case, office: Office) -> Draft:
    """The request on the desk ends and goes on as `other`; both are one customer's.

    Its people, files and details go over, with the graver level; the customer and the owners of both hear of it.
    """
    at, who, first = case.arrival.at, case.sender, draft.request
    ended = draft.noting(Merged(at=at, who=who, into=other.number))
    moved = move(ended.request, "closed", f"it goes on as SR {other.number}", at, who)
    closed = ended.noting(*((moved,) if moved else ()))
    begun = Draft(request=other, at=at).noting(*_taken_over(first, other, case, office))
    graver = _with_graver_level(begun, first, case, office)
    told = graver.ordering(_news_to_customer(graver.request, first, case, office))
    told = told.ordering(*_news_to_owners(told.request, first, other, case, office))
    running = _running(told.request, office)
    on_other = told.decided("joined", f"SR {first.number} was merged into it", running)
    return replace(closed.with_also(replace(on_other, orders=())), orders=(*closed.orders, *told.orders))


def _taken_over(first: ServiceRequest, other: ServiceRequest, case: Case, office: Office) -> tuple[HistoryEvent, ...]:
    """What the other request has from now on: nothing that either holds is asked for again."""
    at, who, policy = case.arrival.at, case.sender, policy_of(other, office)
    known = {*dict(other.supplied), *other.waived}
    surer = set(other.probable) - set(first.probable)
    supplied = [one for one in first.supplied if one[0] not in known - surer and policy.requirement(one[0])]
    waived = tuple(one for one in first.waived if one not in known and policy.requirement(one))
    settled = {*known, *waived, *(item for item, _ in supplied)}
    wanted = tuple(one for one in first.requested if one not in (*settled, *other.requested))
    files = tuple(one for one in first.files if one not in other.files)
    owed = tuple(one for one in other.missing if one not in settled)
    return (
        TookOver(at=at, who=who, number=first.number),
        *(ParticipantAdded(at=at, who=who, address=one) for one in first.participants if one not in other.participants),
        *((_arrived(files, first, other, (at, who)),) if files or first.dbha or first.one_chassis else ()),
        *(_supplied(item, evidence, first, at) for item, evidence in supplied),
        *(Waived(at=at, who=who, item=one) for one in waived),
        *((MissingFound(at=at, who=MACHINE, items=owed),) if owed != other.missing else ()),
        *((ItemsRequested(at=at, who=who, items=wanted),) if wanted else ()),
        *_hands_on(first, other, at, who),
    )


def _hands_on(first: ServiceRequest, other: ServiceRequest, at: datetime, who: str) -> Iterator[HistoryEvent]:
    """Whoever works on either, and a call for the duty manager, goes on as well."""
    if first.owner and not other.owner:
        yield OwnerSet(at=at, who=who, owner=first.owner)
    if first.engaged and not other.engaged:
        yield from taken_up(other, at, first.owner or who)
    if "escalated" in first.flags - other.flags:
        yield Flagged(at=at, who=MACHINE, flag="escalated", because=f"SR {first.number} was")


def _arrived(
    files: tuple[ArrivedFile, ...], first: ServiceRequest, other: ServiceRequest, by: tuple[datetime, str]
) -> FilesArrived:
    """The files, and how many chassis there are: two where either request tells of them."""
    one_chassis = first.one_chassis and not other.dbha
    return FilesArrived(at=by[0], who=by[1], files=files, dbha=first.dbha, one_chassis=one_chassis)


def _supplied(item: str, evidence: str, first: ServiceRequest, at: datetime) -> Supplied:
    return Supplied(at=at, who=MACHINE, item=item, evidence=evidence, sure=item not in first.probable)


def _with_graver_level(draft: Draft, first: ServiceRequest, case: Case, office: Office) -> Draft:
    before = draft.request.level
    if first.level not in policy_of(draft.request, office).levels or first.level >= before:
        return draft
    because = f"SR {first.number}, which was merged into it, has it"
    level = LevelSet(at=draft.at, who=case.sender, level=first.level, because=because, stated=first.stated_level)
    flagged = to_be_phoned(draft.noting(level), before, office)
    return raised(flagged, before, case.told(f"SR {first.number} of level {first.level} was merged into it"), office)


def _news_to_customer(request: ServiceRequest, first: ServiceRequest, case: Case, office: Office) -> Order:
    """One letter to the customer, and to whoever opened the request that ended, if that is somebody else."""
    order = to_customer("merged", request, office, case.told("an engineer put two requests of yours together"))
    reader = Address(address=first.answers_to or first.customer, name=first.customer_name)
    also = () if reader.address in {one.address for one in order.to} else (reader,)
    return replace(order, cc=also, facts=replace(order.facts, merged=first.number))


def _news_to_owners(
    request: ServiceRequest, first: ServiceRequest, other: ServiceRequest, case: Case, office: Office
) -> tuple[Order, ...]:
    """Word to those who own either request, but for whoever merges them."""
    members = (office.staff_member(one) for one in dict.fromkeys((other.owner, first.owner)) if one)
    occasion = case.told(f"{case.sender_name} merged a request of yours")
    labels = {one.id: one.label for one in policy_of(request, office).requirements}
    missing = ", ".join(labels.get(one, one) for one in request.missing) or "nothing"
    news = (
        f"SR {first.number} was merged into SR {request.number} by {case.sender_name}, and goes on there.",
        f"Now: level {request.level}, owner {request.owner or 'nobody'}, missing: {missing}.",
    )
    orders = (
        to_staff("command-result", one, request, office, occasion) for one in members if one and one != case.member
    )
    return tuple(telling(order, news) for order in orders)


def split(draft: Draft, subject: str, case: Case, office: Office) -> Draft:
    """A second request for the same customer, of the same level and owner; he hears its number.

    What the first one holds of the policy's items counts for the second too: it is the same site.
    """
    at, who, first = case.arrival.at, case.sender, draft.request
    opened = Opened(
        at=at,
        who=who,
        mailbox=first.mailbox,
        policy=first.policy,
        region=first.region,
        subject=subject or first.subject,
        customer=first.customer,
        customer_name=first.customer_name,
        organisation=first.organisation,
        kind=first.kind,
        linked=first.number,
    )
    known = (Supplied(at=at, who=MACHINE, item=item, evidence=evidence) for item, evidence in first.supplied)
    last = [event for event in first.history if isinstance(event, Received) and event.role == "customer"][-1:]
    events: tuple[HistoryEvent, ...] = (
        opened,
        *(_heard_of(one, draft) for one in last),
        *known,
        MissingFound(at=at, who=MACHINE, items=first.missing),
        LevelSet(at=at, who=MACHINE, level=first.level, because=first.level_because, stated=first.stated_level),
        OwnerSet(at=at, who=who, owner=case.member.address),
        *(ParticipantAdded(at=at, who=who, address=one) for one in first.participants if one != first.customer),
    )
    blank = ServiceRequest(number=case.fresh)
    request = blank.after_all(events)
    occasion = case.told("an engineer opened a second request for part of what you wrote")
    second = _decision(blank, events, f"it was split off SR {first.number}", office)
    noted = draft.noting(SplitOff(at=at, who=who, number=case.fresh)).with_also(second)
    return noted.ordering(to_customer("acknowledgement", request, office, occasion))


def _heard_of(event: Received, draft: Draft) -> Received:
    """The customer's last mail, as what letters of the second request answer."""
    return Received(at=draft.at, who=event.who, mail=event.mail, message_id=event.message_id, role="customer")


def _decision(request: ServiceRequest, events: tuple[HistoryEvent, ...], reason: str, office: Office) -> Decision:
    running = _running(request.after_all(events), office)
    return Decision(outcome="opened", reason=reason, number=request.number, events=events, deadlines=running)


def _running(request: ServiceRequest, office: Office) -> tuple[Deadline, ...]:
    return deadlines(request, policy_of(request, office), office.regions[request.region])
