"""The tables. Rows never leave `adapters/`: what goes out is a frozen value.

States and kinds are plain text, checked by whoever writes them: an enumeration column that once held a wrong word
raises on every later load. Long and hostile strings are bounded before they come here, since PostgreSQL indexes
nothing above 2,700 bytes and its text holds no NUL.
"""

from datetime import UTC, datetime
from typing import ClassVar, Final

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

AT_ONCE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The `next_at` of a unit that may go whatever the clock shows."""

SQLModel.metadata.naming_convention = {  # before the first table: migrations need names that both databases agree on
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class SettingRow(SQLModel, table=True):
    """What belongs to the installation, such as its secret."""

    __tablename__ = "settings"

    name: str = Field(primary_key=True)
    value: str


class CounterRow(SQLModel, table=True):
    """The last number given. Counted inside the transaction that uses it: a roll-back leaves no gap."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True)
    value: int


class RequestRow(SQLModel, table=True):
    """A service request as its history adds up, for lists. The history is the truth; this follows it."""

    __tablename__ = "service_requests"

    number: str = Field(primary_key=True)
    subject: str
    status: str = Field(index=True)
    policy: str
    mailbox: str
    level: int
    region: str
    customer: str
    organisation: str
    kind: str
    owner: str | None = None
    opened: datetime | None = None
    engaged: datetime | None = None
    missing: list[str] = Field(sa_type=sa.JSON)
    flags: list[str] = Field(sa_type=sa.JSON)
    version: int
    last_event_at: datetime = Field(index=True)


class EventRow(SQLModel, table=True):
    """One event of a request's history: `body` is the event as JSON, the rest repeats it for people who query."""

    __tablename__ = "events"

    number: str = Field(primary_key=True, foreign_key="service_requests.number")
    seq: int = Field(primary_key=True)
    at: datetime
    who: str
    type: str
    body: str


_HELD = "outcome = 'held'"


class MailRow(SQLModel, table=True):
    """A mail that was dealt with. `digest` is where its bytes lie, `content` what tells a copy.

    `listed` is true where it was set aside and no person has dropped it from the list yet.
    """

    __tablename__ = "mails"
    __table_args__: ClassVar = (
        sa.Index("ix_mails_held", "sender", sqlite_where=sa.text(_HELD), postgresql_where=sa.text(_HELD)),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    mailbox: str
    message_id: str | None = None
    digest: str
    content: str = Field(index=True)
    sender: str
    origin: str
    outcome: str
    reason: str
    number: str | None = Field(default=None, foreign_key="service_requests.number", index=True)
    listed: bool
    arrived: datetime
    filed_at: datetime


class MessageIdRow(SQLModel, table=True):
    """A Message-ID seen or sent, and the request it belongs to."""

    __tablename__ = "message_ids"

    message_id: str = Field(primary_key=True)
    number: str = Field(foreign_key="service_requests.number", index=True)


class AnsweredIdRow(SQLModel, table=True):
    """A Message-ID that mails of a party answer, seen or not, and the request of the first of them."""

    __tablename__ = "answered_ids"

    message_id: str = Field(primary_key=True)
    party: str = Field(primary_key=True)
    number: str = Field(foreign_key="service_requests.number", index=True)


class WaitingColumns(SQLModel):
    """What every unit of work carries while it waits.

    `next_at` is the instant from which it may be claimed, and null once it has ended: a lease moves it on, a retry
    moves it on, an end clears it. `claims` counts the claims that never came to an end, `attempts` the retries.
    """

    state: str
    next_at: datetime | None = Field(default=AT_ONCE, index=True)
    holder: str | None = None
    claims: int = 0
    attempts: int = 0
    failing_since: datetime | None = None
    why: str = ""


class DeadlineRow(WaitingColumns, table=True):
    """A deadline of a request: open, or spent."""

    __tablename__ = "deadlines"
    __table_args__: ClassVar = (sa.UniqueConstraint("number", "clock", "step", "due"),)

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(foreign_key="service_requests.number")
    clock: str
    step: str
    due: datetime


class LetterRow(WaitingColumns, table=True):
    """A letter in the outbox, kept for ever with what became of it."""

    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    template: str
    message_id: str = Field(unique=True)
    subject: str
    envelope_from: str
    recipients: list[str] = Field(sa_type=sa.JSON)
    content: bytes
    number: str | None = Field(default=None, foreign_key="service_requests.number", index=True)
    because: str
    deadline_clock: str | None = None
    deadline_step: str | None = None
    deadline_due: datetime | None = None
    ordered_at: datetime
    sent_at: datetime | None = Field(default=None, index=True)


class AutomaticLetterRow(SQLModel, table=True):
    """To whom an automatic letter was ordered, and when: what ends a loop that no header ends.

    `address` stands without its tag. `domain` is its domain where the letter is the first on a new request, else null.
    """

    __tablename__ = "automatic_letters"
    __table_args__: ClassVar = (sa.Index(None, "address", "ordered_at"), sa.Index(None, "domain", "ordered_at"))

    letter: str = Field(primary_key=True, foreign_key="outbox.key")
    address: str = Field(primary_key=True)
    ordered_at: datetime
    number: str | None = None
    domain: str | None = None


class HeldBackRow(SQLModel, table=True):
    """An address that letters are held back from until a moment, and why."""

    __tablename__ = "held_back"

    address: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    because: str
    number: str | None = Field(default=None, foreign_key="service_requests.number")
    since: datetime
    until: datetime


class SpoolRow(WaitingColumns, table=True):
    """A mail that is ours and not yet filed. `thread` is the digest of the conversation's first Message-ID."""

    __tablename__ = "spool"
    __table_args__: ClassVar = (
        sa.Index(None, "thread", "arrived", "id"),
        sa.Index(None, "arrived", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    mailbox: str
    digest: str
    size: int
    arrived: datetime
    kept_at: datetime = Field(index=True)
    thread: str
    forced: bool = False


class BlobRow(SQLModel, table=True):
    """Bytes by their SHA-256, where they are kept in the database."""

    __tablename__ = "blobs"

    digest: str = Field(primary_key=True)
    content: bytes


class MailboxLeaseRow(SQLModel, table=True):
    """Which daemon collects a mailbox, and until when that holds without a heartbeat."""

    __tablename__ = "mailbox_leases"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime


class MailboxMarkRow(SQLModel, table=True):
    """How far a folder was collected."""

    __tablename__ = "mailbox_marks"

    mailbox: str = Field(primary_key=True)
    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_type=sa.BigInteger)
    uid: int = Field(sa_type=sa.BigInteger)


class DigestRow(SQLModel, table=True):
    """The last digest of a region: the moment that it was due, and when it was written."""

    __tablename__ = "digests"

    region: str = Field(primary_key=True)
    moment: datetime
    at: datetime


_tables = SQLModel.metadata.tables
SETTINGS: Final = _tables["settings"]
COUNTERS: Final = _tables["counters"]
REQUESTS: Final = _tables["service_requests"]
EVENTS: Final = _tables["events"]
MAILS: Final = _tables["mails"]
MESSAGE_IDS: Final = _tables["message_ids"]
ANSWERED_IDS: Final = _tables["answered_ids"]
DEADLINES: Final = _tables["deadlines"]
OUTBOX: Final = _tables["outbox"]
AUTOMATIC_LETTERS: Final = _tables["automatic_letters"]
HELD_BACK: Final = _tables["held_back"]
SPOOL: Final = _tables["spool"]
BLOBS: Final = _tables["blobs"]
MAILBOX_LEASES: Final = _tables["mailbox_leases"]
MAILBOX_MARKS: Final = _tables["mailbox_marks"]
DIGESTS: Final = _tables["digests"]
