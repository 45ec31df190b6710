"""What is known of a service request: its history, and the state that follows from it.

The history is the truth: a tuple of events, each with its moment and its author. `ServiceRequest` is what the
events add up to; `request.after(event)` gives the next one. Clocks, accounts and explanations are worked out
from the history, so that a changed level or policy never loses time already spent.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, assert_never

from mailproc.desk.events import (
    Event,
    Held,
    ItemsRequested,
    Merged,
    ParticipantAdded,
    ParticipantRemoved,
    Released,
    Silenced,
    SplitOff,
    TookOver,
)
from mailproc.desk.policy import RequestKind

Status = Literal["new", "open", "waiting", "resolved", "closed"]
Role = Literal["customer", "staff", "machine"]
Flag = Literal["phone-follow-up", "workaround", "third-party", "enhancement", "level-contradicted", "escalated"]

MACHINE = "mailproc"
"""The author of whatever the program did by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedFile:
    """A file that came with a mail, as far as a policy cares.

    `kind` is the policy's kind of file or None. `holds` names further kinds found within (a routing table
    inside show-tech). `host` and `serial` say which chassis it comes from. `problem` says in words why it
    does not serve, where it does not.
    """

    name: str
    digest: str
    size: int = 0
    inside: str | None = None
    kind: str | None = None
    holds: tuple[str, ...] = ()
    host: str | None = None
    serial: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The first mail of a request. `linked` is the number of an older request that this one goes on from."""

    mailbox: str
    policy: str
    region: str
    subject: str
    customer: str
    customer_name: str = ""
    organisation: str = ""
    kind: RequestKind = "problem"
    linked: str | None = None
    type: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Event):
    """A mail filed in this request. `mail` is its key in the spool; `origin` as in `Origin.kind`.

    `copied` are people of the customer's organisation whom it brings in, `pending` others, who wait for staff to let
    them in. `answers_to` is where its author wants answers, if not at his own address. `also_named` are other requests
    that the mail bore the marks of: it does nothing there. `language` is what it was written in (ISO 639-1),
    empty where that is not clear.
    """

    mail: str
    message_id: str | None
    role: Role
    origin: str = "person"
    copied: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    answers_to: str = ""
    language: str = ""
    also_named: tuple[str, ...] = ()
    type: Literal["received"] = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied(Event):
    """A required or optional item was found; `evidence` is the words or the file it rests on."""

    item: str
    evidence: str
    type: Literal["supplied"] = "supplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesArrived(Event):
    """Files came; `dbha` is true once words or data say that the site has two chassis."""

    files: tuple[ArrivedFile, ...]
    dbha: bool = False
    type: Literal["files-arrived"] = "files-arrived"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFound(Event):
    """What is still owed after a mail was read, in the policy's order. Replaces what was owed before."""

    items: tuple[str, ...]
    type: Literal["missing-found"] = "missing-found"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSet(Event):
    """The level became this. `stated` is the level that the writer named, if he did."""

    level: int
    because: str
    stated: int | None = None
    type: Literal["level-set"] = "level-set"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSet(Event):
    """The request moved to this state."""

    status: Status
    because: str
    type: Literal["status-set"] = "status-set"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerSet(Event):
    """An engineer took the request or was given it; None puts it back to the team."""

    owner: str | None
    type: Literal["owner-set"] = "owner-set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Engaged(Event):
    """An engineer or duty manager began active work: meets the response clock (Response & Escalation Times)."""

    type: Literal["engaged"] = "engaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated(Event):
    """The customer had a public update from a person: restarts the update clock."""

    type: Literal["updated"] = "updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged(Event):
    """A flag was raised, or lowered where `up` is false."""

    flag: Flag
    because: str
    up: bool = True
    type: Literal["flagged"] = "flagged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived(Event):
    """Staff said that an item is not needed."""

    item: str
    type: Literal["waived"] = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    """Staff left an internal note; its words are in the mail."""

    mail: str
    type: Literal["noted"] = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Event):
    """Staff named the moment of the next update."""

    until: datetime
    type: Literal["promised"] = "promised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(Event):
    """Somebody of the staff has the alerts in hand: those told up to now are not repeated. It engages nobody."""

    type: Literal["acknowledged"] = "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePassed(Event):
    """A step of a clock fell due at `due` and was acted on. It never falls due again."""

    clock: str
    step: str
    due: datetime
    type: Literal["deadline-passed"] = "deadline-passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrdered(Event):
    """A letter was ordered: `letter` is its key in the outbox, `because` its reason in words."""

    letter: str
    template: str
    to: tuple[str, ...]
    because: str
    type: Literal["letter-ordered"] = "letter-ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWithheld(Event):
    """A letter that might have been expected was not sent; `because` says why."""

    template: str
    to: tuple[str, ...]
    because: str
    type: Literal["letter-withheld"] = "letter-withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced(Event):
    """A letter of ours came back, or was refused. `letter` is its Message-ID where that is known.

    `blocked` are the addresses that are not written to again for a while.
    """

    recipients: tuple[str, ...]
    permanent: bool
    letter: str | None = None
    blocked: tuple[str, ...] = ()
    type: Literal["bounced"] = "bounced"


HistoryEvent = (
    Opened
    | Received
    | Supplied
    | FilesArrived
    | MissingFound
    | LevelSet
    | StatusSet
    | OwnerSet
    | Engaged
    | Updated
    | Flagged
    | Waived
    | Noted
    | Promised
    | Acknowledged
    | DeadlinePassed
    | LetterOrdered
    | LetterWithheld
    | Bounced
    | ItemsRequested
    | ParticipantAdded
    | ParticipantRemoved
    | Merged
    | TookOver
    | SplitOff
    | Held
    | Released
    | Silenced
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """A service request as its history adds up. Instants are aware UTC; addresses are lower-cased.

    `supplied` maps each item to its first evidence, in the order of arrival. `asked` counts the letters that
    asked for details. `participants` are the people whose mail may join by subject tag, and who hear what staff
    write: the customer, and those of his organisation who wrote or were on copy, or whom staff let in; `pending` wait
    for that, `removed` were taken off. `answers_to` is where the customer has his letters sent, if not to his own
    address. `language` is the one that he writes. `requested` is what staff asked for besides what the policy requires;
    `merged_into` where it went on.
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
    waived: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    files: tuple[ArrivedFile, ...] = ()
    dbha: bool = False
    flags: frozenset[str] = frozenset()
    participants: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    answers_to: str = ""
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
            request = request.after(event)
        return request

    @property
    def has_passed(self) -> frozenset[tuple[str, str, datetime]]:
        """The deadlines that were acted on: clock, step, moment."""
        return frozenset(
            (event.clock, event.step, event.due) for event in self.history if isinstance(event, DeadlinePassed)
        )

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
            if event.item in dict(request.supplied):
                return request
            return replace(
                request,
                supplied=(*request.supplied, (event.item, event.evidence)),
                requested=_without(request.requested, event.item),
            )
        case FilesArrived():
            return replace(request, files=(*request.files, *event.files), dbha=request.dbha or event.dbha)
        case MissingFound():
            return replace(request, missing=event.items)
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
            )
        case Promised():
            return replace(request, promised=event.until)
        case ItemsRequested():
            return replace(
                request,
                requested=_with(request.requested, event.items),
                missing=_with(request.missing, event.items),
                supplied=tuple(one for one in request.supplied if one[0] not in event.items),
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
    return replace(known, answers_to=event.answers_to, language=event.language or request.language)


def _without(values: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != one)
