"""What the story needs of the world: protocols, and the values that cross them.

Adapters carry these out; `pipeline` knows nothing else of them. Time-outs, refused connections and locked
databases are raised as `queues.Unavailable`; a unit that cannot go now as `queues.Later`; one that never will
as `queues.Refused`.
"""

from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailproc.desk.conversation import Clues, Copy
from mailproc.desk.decision import Deadline, Decision, Order
from mailproc.desk.deliverability import HeldBack
from mailproc.desk.directory import Office
from mailproc.desk.held import HeldMail
from mailproc.desk.request import ServiceRequest
from mailproc.queues import Queue
from mailproc.reading.mail import Mail
from mailproc.writing.letter import Letter

__all__ = [
    "Carrier",
    "Clock",
    "Clues",
    "DigestTold",
    "DueDeadline",
    "Letter",
    "Listener",
    "Mailbox",
    "Mark",
    "Marks",
    "Page",
    "RawMail",
    "SetAside",
    "Spool",
    "Staffing",
    "Stationery",
    "Store",
    "Undelivered",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMail:
    """A message as it came.

    `key` is mailbox + UIDVALIDITY + UID, or mailbox + the maildir's unique name. `arrived` is aware UTC, told by
    the server (INTERNALDATE) or the file's time, never by the sender. `forced` is true where an operator put a mail
    that was set aside back, as a person's mail.
    """

    key: str
    mailbox: str
    content: bytes = field(repr=False)
    arrived: datetime
    forced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A mail that its mailbox does not hand over: too large, unreadable or quarantined. It stays where it is."""

    key: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A recipient whom the server refused while it took the letter for others. `code` is SMTP's, as 550."""

    letter: str
    recipient: str
    code: int
    text: str
    permanent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDeadline:
    """A deadline that has come, and the request it belongs to."""

    number: str
    deadline: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestTold:
    """The last digest of a region: the moment that it was due, and when it was written (aware UTC)."""

    moment: datetime
    at: datetime


class Page(Protocol):
    """One transaction on the store. Everything of it is kept, or nothing."""

    def outcome_of(self, mail_key: str) -> str | None:
        """What became of this mail, if it was recorded before ("opened", "joined", "set aside", "held")."""
        ...

    def request(self, number: str) -> ServiceRequest | None:
        """The request of that number with its history, held for this transaction; None where there is none.

        A number whose case was changed on the way is known again.
        """
        ...

    def request_for(self, clues: Clues) -> ServiceRequest | None:
        """The request that these clues name, held for this transaction.

        A proven number first, then a known message id; then, where the sender is a participant or of the request's
        organisation, its own id if that is known, an id that others of its party answer, a number in the subject.
        """
        ...

    def copy_of(self, clues: Clues) -> Copy | None:
        """A mail dealt with before of the same content, by the same Message-ID or in another mailbox.

        One that was filed first, then one that is held. Where a copy is filed, those held or set aside before are taken
        off the list of those that wait for a person.
        """
        ...

    def held_back(self, addresses: Sequence[str], at: datetime) -> tuple[HeldBack, ...]:
        """Which of these addresses letters are held back from at that moment, and why."""
        ...

    def mails(self, keys: Sequence[str]) -> Sequence[bytes]:
        """The mails of these keys that were filed before, as they came; one whose bytes are gone is left out."""
        ...

    def letters(self, keys: Sequence[str]) -> Sequence[bytes]:
        """The letters of these keys as they were written; one that is not known is left out."""
        ...

    def letters_to(self, address: str, number: str, since: datetime) -> int:
        """How many automatic letters on that request were ordered to this mailbox, whatever its tag, since then."""
        ...

    def first_letters_to(self, party: str, since: datetime) -> int:
        """How many automatic letters that answered the opening of a request went to a mailbox, or a domain, since."""
        ...

    def held_from(self, addresses: Sequence[str]) -> Sequence[HeldMail]:
        """The latest mails that are held in the name of whoever has these addresses, oldest first."""
        ...

    def next_number(self) -> str:
        """A service request number never given before, in the configured form."""
        ...

    def record_mail(self, unit: RawMail, clues: Clues, decision: Decision, letters: Sequence[Letter]) -> None:
        """File the mail and carry the decision out: history, deadlines, letters in the outbox."""
        ...

    def record_deadline(self, unit: DueDeadline, decision: Decision, letters: Sequence[Letter]) -> None:
        """Spend the deadline and carry the decision out."""
        ...

    def record(self, decision: Decision, letters: Sequence[Letter]) -> None:
        """Carry out a decision that neither a mail nor a deadline asked for."""
        ...

    def last_digest(self, region: str) -> DigestTold | None:
        """The last digest of that region; None before the first."""
        ...

    def requests_of(self, region: str, since: datetime) -> Sequence[ServiceRequest]:
        """The requests of that region that are not closed, or in which something happened since; held for nobody."""
        ...

    def record_digest(self, region: str, told: DigestTold, letters: Sequence[Letter]) -> bool:
        """Remember the digest and keep its letters; False, and nothing, where one of that moment was told before."""
        ...

    def glimpse(self, number: str) -> ServiceRequest | None:
        """The request of that number as it stands, held for nobody; None where there is none."""
        ...

    def waits(self, key: str) -> bool:
        """Whether the letter of that key has not gone and is to go."""
        ...

    def overdue_beside(self, letter: Letter, before: datetime) -> Sequence[Letter]:
        """The letters to the same readers that the clock ordered, that were due before that moment, and that wait.

        This one is among them, others' work is not.
        """
        ...

    def is_behind(self, before: datetime, now: datetime) -> bool:
        """Whether deadlines that came before that moment have not been acted on."""
        ...

    def replace_letters(self, keys: Sequence[str], why: str, letter: Letter, at: datetime) -> None:
        """Drop these letters, and keep this one in their place."""
        ...

    def drop_letter(self, key: str, why: str) -> None:
        """A letter that waited is no longer wanted: it stays listed, with the reason, and never goes."""
        ...


class Store(Protocol):
    """Service requests with their history, and the queues that live beside them."""

    def transaction(self) -> AbstractContextManager[Page]:
        """A page: committed where the block ends, rolled back where it raises."""
        ...

    def spool(self, now: datetime) -> "Spool":
        """The mails that were collected and not yet filed."""
        ...

    def deadlines(self, now: datetime) -> Queue[DueDeadline]:
        """The deadlines due at `now`, earliest first."""
        ...

    def digests(self) -> Mapping[str, DigestTold]:
        """The last digest of each region that ever had one."""
        ...

    def outbox(self, now: datetime) -> Queue[Letter]:
        """The letters that may go at `now`, oldest first."""
        ...


class Spool(Queue[RawMail], Protocol):
    """Mail that is ours already: durable before the mailbox lets go."""

    def keep(self, units: Sequence[RawMail]) -> None:
        """Keep these durably, in one transaction. A unit whose key is known already is left as it is."""
        ...


class Mailbox(Queue[RawMail], Protocol):
    """A mailbox that customers write to. `done` marks, moves or deletes, as configured."""

    name: str

    def waiting(self) -> Generator[Sequence[RawMail], None, None]:
        """Batches limited by bytes, oldest first."""
        ...

    def set_aside(self) -> Sequence[SetAside]:
        """The mails that it does not hand over, each told once."""
        ...

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        ...


Mark = tuple[int, int]
"""UIDVALIDITY, and the highest UID that was let go with all below it."""


class Marks(Protocol):
    """How far each folder of each mailbox was collected; durable, since flags are everybody's."""

    def mark(self, mailbox: str, folder: str) -> Mark | None:
        """The mark of that folder, or None before its first collection."""
        ...

    def set_mark(self, mailbox: str, folder: str, mark: Mark) -> None:
        """Put the mark there, whatever it was."""
        ...


class Stationery(Protocol):
    """Turns an order into a letter."""

    def write(self, order: Order) -> Letter:
        """Subject, text, HTML and headers, complete to the byte."""
        ...


class Staffing(Protocol):
    """Tells who is who: the configuration, with the rosters as they stand at that moment."""

    def __call__(self, now: datetime) -> Office:
        """The office at `now` (aware); the same one as long as nothing changes."""
        ...


class Carrier(Protocol):
    """Takes letters out into the world."""

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:
        """Hand over these letters; a letter that went to some of its recipients is carried, the others are returned.

        Raises Unavailable where nobody answers, Later for a temporary refusal, Refused for good. What raises
        may have carried the letters before it: give one at a time where a letter must not go twice.
        """
        ...

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Aware, in UTC."""
        ...

    def arrival(self, told: datetime) -> datetime:
        """When a mail arrived that its mailbox says arrived at `told`: never later than now; now, where time is set."""
        ...


class Listener(Protocol):
    """Hears what was done, once it is certain: the log, the demonstration, the summary of a round."""

    def filed(self, unit: RawMail, mail: Mail, decision: Decision) -> None:
        """A mail was filed or set aside."""
        ...

    def reminded(self, unit: DueDeadline, decision: Decision) -> None:
        """A deadline was acted on."""
        ...

    def sent(self, letter: Letter, undelivered: Sequence[Undelivered]) -> None:
        """A letter went out, to all but these recipients."""
        ...
