"""What the commands are shown of the store: frozen values in the place of rows. Every instant is aware UTC."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailproc.desk.decision import Deadline
from mailproc.ports import Letter

LetterState = Literal["waiting", "leased", "sent", "failed", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSummary:
    """A service request as a list shows it. `next_due` is the earliest deadline that is still open."""

    number: str
    subject: str
    status: str
    policy: str
    mailbox: str
    level: int
    region: str
    customer: str
    organisation: str
    kind: str
    owner: str | None
    opened: datetime | None
    engaged: datetime | None
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    next_due: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMail:
    """A mail that was dealt with: what became of it and why."""

    key: str
    mailbox: str
    message_id: str | None
    sender: str
    origin: str
    outcome: str
    reason: str
    number: str | None
    arrived: datetime
    filed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLetter:
    """A letter of the outbox and what became of it.

    `next_at` is when it may go (or go again), None once it has ended; `why` its last trouble, or why it was dropped.
    """

    letter: Letter
    state: LetterState
    attempts: int
    ordered_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranded:
    """A mail, or a deadline, that waits for a person.

    "quarantined": a fault stopped it, or its mailbox would not hand it over. "set aside": it was judged not to be a
    request, as the reason says. `number` and `deadline` are of a deadline, which `arrived` when it fell due.
    """

    key: str
    mailbox: str
    state: Literal["quarantined", "set aside"]
    why: str
    arrived: datetime
    sender: str = ""
    message_id: str | None = None
    number: str | None = None
    deadline: Deadline | None = None
