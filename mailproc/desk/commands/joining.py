"""Two requests become one, one becomes two: what that does to the request on the desk and to the other."""

from mailproc.desk.case import Case, policy_of
from mailproc.desk.clocks import deadlines
from mailproc.desk.correspondence import to_customer
from mailproc.desk.decision import Decision, Outcome
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.events import (
    MACHINE,
    HistoryEvent,
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
)
from mailproc.desk.lifecycle import move
from mailproc.desk.request import ServiceRequest


def merged(draft: Draft, other: ServiceRequest, case: Case, office: Office) -> Draft:
    """The request on the desk ends and goes on as `other`, which takes its people over; both are one customer's."""
    at, who = case.arrival.at, case.sender
    ended = draft.noting(Merged(at=at, who=who, into=other.number))
    moved = move(ended.request, "closed", f"it goes on as SR {other.number}", at, who)
    closed = ended.noting(*((moved,) if moved else ()))
    people = (one for one in draft.request.participants if one not in other.participants)
    events: tuple[HistoryEvent, ...] = (
        TookOver(at=at, who=who, number=draft.request.number),
        *(ParticipantAdded(at=at, who=who, address=one) for one in people),
    )
    return closed.with_also(_decision(other, events, f"SR {draft.request.number} was merged into it", office))


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
    after = request.after_all(events)
    running = deadlines(after, policy_of(after, office), office.regions[after.region])
    outcome: Outcome = "joined" if request.history else "opened"
    return Decision(outcome=outcome, reason=reason, number=request.number, events=events, deadlines=running)
