"""What is known of a service request: its history, and the state that follows from it.

The history is the truth: a tuple of events, each with its moment and its author. `ServiceRequest` is what the
events add up to; `request.after(event)` gives the next one. Clocks, accounts and explanations are worked out
from the history, so that a changed level or policy never loses time already spent.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from mailproc.desk.events import (
    Acknowledged,
    ArrivedFile,
    Bounced,
    DeadlinePassed,
    Engaged,
    FilesArrived,
    Flagged,
    Held,
    HistoryEvent,
    ItemsRequested,
    LetterOrdered,
    LetterWithheld,
    LevelSet,
    Merged,
    MissingFound,
    Noted,
    Opened,
    OwnerSet,
    ParticipantAdded,
    ParticipantRemoved,
    Promised,
    Received,
    Released,
    Silenced,
    SplitOff,
    Status,
    StatusSet,
    Supplied,
    TookOver,
    Updated,
    Waived,
)
from mailproc.desk.policy import RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """A service request as its history adds up. Instants are aware UTC; addresses are lower-cased.

    `supplied` maps each item to its first evidence, the first sure one where there is one, in the order of arrival;
    `probable` are those of them that only weak signs speak for, and nobody has confirmed. `asked` counts the letters
    that asked for details. `participants` are the people whose mail may join by subject tag, and who hear what staff
    write: the customer, and those of his organisation who wrote or were on copy, or whom staff let in; `pending` wait
    for that, `removed` were taken off. `answers_to` is where the customer has his letters sent, if not to his own
    address; `unanswerable` says why no automatic letter may go to him, where that is so. `language` is the one that he
    writes. `requested` is what staff asked for besides what the policy requires; `merged_into` where it went on.
    `dbha` says that the site has two chassis, `one_chassis` that the customer says outright that it has not. What turns
    out to be missing after all is not in `supplied` any more.
    """

    number: str
    mailbox: str = ""
    policy: str = ""
    region: str = ""
    subject: str = ""
    customer: str = ""
    customer_name: str = ""
    organisation: str = ""
    kind: RequestKind = "problem"
    status: Status = "new"
    level: int = 0
    stated_level: int | None = None
    level_because: str = ""
    owner: str | None = None
    opened: datetime | None = None
    engaged: datetime | None = None
    updated: datetime | None = None
    promised: datetime | None = None
    closed: datetime | None = None
    linked: str | None = None
    supplied: tuple[tuple[str, str], ...] = ()
    probable: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    files: tuple[ArrivedFile, ...] = ()
    dbha: bool = False
    one_chassis: bool = False
    flags: frozenset[str] = frozenset()
    participants: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    answers_to: str = ""
    unanswerable: str = ""
    language: str = "en"
    requested: tuple[str, ...] = ()
    merged_into: str | None = None
    history: tuple[HistoryEvent, ...] = field(default=(), repr=False)

    def after(self, event: HistoryEvent) -> "ServiceRequest":
        """The request once this has happened too."""
        return replace(_step(self, event), history=(*self.history, event))

    def after_all(self, events: tuple[HistoryEvent, ...]) -> "ServiceRequest":
        """The request once all of these have happened, in their order."""
        request = self
        for event in events:
            request = _step(request, event)
        return replace(request, history=(*self.history, *events))  # once: copied with each event it takes n² steps

    @property
    def has_passed(self) -> frozenset[tuple[str, str, datetime]]:
        """The deadlines that were acted on: clock, step, moment."""
        return frozenset(
            (event.clock, event.step, event.due) for event in self.history if isinstance(event, DeadlinePassed)
        )

    @property
    def missed_updates(self) -> tuple[datetime, ...]:
        """When the customer was owed word and had none, each time it fell due (aware UTC)."""
        passed = (event for event in self.history if isinstance(event, DeadlinePassed))
        return tuple(event.due for event in passed if (event.clock, event.step) == ("update", "due"))

    @property
    def letters(self) -> tuple[LetterOrdered, ...]:
        """Every letter ordered, oldest first."""
        return tuple(event for event in self.history if isinstance(event, LetterOrdered))


def _step(request: ServiceRequest, event: HistoryEvent) -> ServiceRequest:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    match event:
        case Opened():
            return replace(
                request,
                mailbox=event.mailbox,
                policy=event.policy,
                region=event.region,
                subject=event.subject,
                customer=event.customer,
                customer_name=event.customer_name,
                organisation=event.organisation,
                kind=event.kind,
                linked=event.linked,
                opened=event.at,
                participants=_with(request.participants, (event.customer,)),
            )
        case Received():
            return _with_people_of(request, event) if event.role == "customer" else request
        case Supplied():
            doubted = event.item in request.probable
            if event.item in dict(request.supplied) and not (doubted and event.sure):
                return request
            others = tuple(one for one in request.supplied if one[0] != event.item)
            unsure = _without(request.probable, event.item)
            return replace(
                request,
                supplied=(*others, (event.item, event.evidence)),
                probable=unsure if event.sure else (*unsure, event.item),
                requested=_without(request.requested, event.item),
            )
        case FilesArrived():
            return replace(
                request,
                files=(*request.files, *event.files),
                dbha=event.dbha or (request.dbha and not event.one_chassis),
                one_chassis=event.one_chassis or (request.one_chassis and not event.dbha),
            )
        case MissingFound():
            return replace(
                request,
                missing=event.items,
                supplied=tuple(one for one in request.supplied if one[0] not in event.items),
                probable=tuple(one for one in request.probable if one not in event.items),
            )
        case LevelSet():
            stated = request.stated_level if event.stated is None else event.stated
            return replace(request, level=event.level, stated_level=stated, level_because=event.because)
        case StatusSet():
            return replace(request, status=event.status, closed=event.at if event.status == "closed" else None)
        case OwnerSet():
            return replace(request, owner=event.owner)
        case Engaged():
            return replace(request, engaged=request.engaged or event.at)
        case Updated():
            return replace(request, updated=event.at, promised=None)
        case Flagged():
            flags = request.flags | {event.flag} if event.up else request.flags - {event.flag}
            return replace(request, flags=flags)
        case Waived():
            return replace(
                request,
                waived=(*request.waived, event.item),
                missing=_without(request.missing, event.item),
                requested=_without(request.requested, event.item),
                probable=_without(request.probable, event.item),
            )
        case Promised():
            return replace(request, promised=event.until)
        case ItemsRequested():
            return replace(
                request,
                requested=_with(request.requested, event.items),
                missing=_with(request.missing, event.items),
                supplied=tuple(one for one in request.supplied if one[0] not in event.items),
                probable=tuple(one for one in request.probable if one not in event.items),
                waived=tuple(one for one in request.waived if one not in event.items),
            )
        case ParticipantAdded():
            return replace(
                request,
                participants=_with(request.participants, (event.address,)),
                pending=_without(request.pending, event.address),
                removed=_without(request.removed, event.address),
            )
        case ParticipantRemoved():
            return replace(
                request,
                participants=_without(request.participants, event.address),
                pending=_without(request.pending, event.address),
                removed=_with(request.removed, (event.address,)),
            )
        case Merged():
            return replace(request, merged_into=event.into)
        case TookOver() | SplitOff() | Held() | Released() | Silenced():
            return request
        case Noted() | Acknowledged() | DeadlinePassed() | LetterOrdered() | LetterWithheld() | Bounced():
            return request
        case _:
            assert_never(event)


def _with(people: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*people, *more)))


def _with_people_of(request: ServiceRequest, event: Received) -> ServiceRequest:
    """Those whom a customer's mail brings in, but for those whom staff took off; a writer of elsewhere waits."""
    copied = tuple(one for one in event.copied if one not in request.removed)
    participants = _with(request.participants, copied)
    waiting = (one for one in event.pending if one not in request.removed and one not in participants)
    known = replace(request, participants=participants, pending=_with(request.pending, tuple(waiting)))
    if event.who != request.customer:
        return known
    return replace(
        known,
        answers_to=event.answers_to,
        unanswerable=event.unanswerable,
        language=event.language or request.language,
    )


def _without(values: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != one)
