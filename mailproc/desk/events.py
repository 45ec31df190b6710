"""What happens to a service request: every event, with its moment and its author.

The history of a request is a tuple of these and nothing else; `request.ServiceRequest` is what they add up to.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailproc.desk.policy import RequestKind

Status = Literal["new", "open", "waiting", "resolved", "closed"]
Role = Literal["customer", "staff", "machine"]
Flag = Literal["phone-follow-up", "workaround", "third-party", "enhancement", "level-contradicted", "escalated"]

MACHINE = "mailproc"
"""The author of whatever the program did by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chassis:
    """What a file tells of a chassis that it comes from: the host name, the serial number, both or neither."""

    host: str | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedFile:
    """A file that came with a mail, as far as a policy cares.

    `kind` is the policy's kind of file or None. `holds` names further kinds found within (a routing table
    inside show-tech). `host` and `serial` say which chassis it comes from, `others` which more. `problem` says in
    words why it does not serve, where it does not; `remedy` what mends that.
    """

    name: str
    digest: str
    size: int = 0
    inside: str | None = None
    kind: str | None = None
    holds: tuple[str, ...] = ()
    host: str | None = None
    serial: str | None = None
    others: tuple[Chassis, ...] = ()
    problem: str | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: `at` is aware UTC, `who` an address or MACHINE."""

    at: datetime
    who: str


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
    empty where that is not clear. `unanswerable` says why no automatic letter may go to its author, where that is so.
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
    unanswerable: str = ""
    type: Literal["received"] = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied(Event):
    """A required or optional item was found; `evidence` is the words or the file it rests on.

    `sure` is false where only weak signs speak for it: it is not asked for, and an engineer is shown it.
    """

    item: str
    evidence: str
    sure: bool = True
    type: Literal["supplied"] = "supplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesArrived(Event):
    """Files came, or word of how many chassis there are.

    `dbha` is true once words or data say that the site has two chassis, `one_chassis` where the customer says outright
    that it has not.
    """

    files: tuple[ArrivedFile, ...]
    dbha: bool = False
    one_chassis: bool = False
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsRequested(Event):
    """Staff asked the customer for more: ids of the policy's items, or free words that name a thing."""

    items: tuple[str, ...]
    type: Literal["items-requested"] = "items-requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantAdded(Event):
    """Staff let somebody hear of the request and write to it."""

    address: str
    type: Literal["participant-added"] = "participant-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantRemoved(Event):
    """Staff took somebody off: he hears no more, and being on copy again does not bring him back."""

    address: str
    type: Literal["participant-removed"] = "participant-removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """The request went on as another: whatever comes for it belongs there."""

    into: str
    type: Literal["merged"] = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TookOver(Event):
    """Another request was merged into this one."""

    number: str
    type: Literal["took-over"] = "took-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff(Event):
    """Part of the request goes on as a request of its own."""

    number: str
    type: Literal["split-off"] = "split-off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Event):
    """A mail in the name of a staff member, `who`, was held since nothing proves it to be his."""

    mail: str
    type: Literal["held"] = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Event):
    """The staff member said that a held mail is his."""

    mail: str
    type: Literal["released"] = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced(Event):
    """Letters to this address are held back, since too many went there in a short time."""

    address: str
    because: str
    until: datetime
    type: Literal["silenced"] = "silenced"


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
