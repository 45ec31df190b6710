"""What a message says, as frozen values.

A `Mail` is made once, by `reading.parse.read`, and never changes. Whatever was broken in the message stands
in `damage`; nothing here raises on bad mail.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

OriginKind = Literal["person", "auto-reply", "bounce", "list", "bulk", "spam", "loop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A mailbox in the sense of RFC 5322 §3.4: `address` is an addr-spec, lower-cased; `name` may be empty."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The part behind the last @, lower-cased; empty where there is none."""
        return self.address.rpartition("@")[2].lower() if "@" in self.address else ""


DamageKind = Literal["locked", "closed", "broken", "limit", "partial"]
"""Why a file was not read: a password, a format that nothing here opens, an error in it, a limit of ours.

"partial" is what was read well as far as it goes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What could not be read of a file, in words that go on after its name ("is locked with a password")."""

    words: str
    kind: DamageKind = "broken"

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file that came with a mail: a part of it, or a member of an archive or an attached message.

    `type` is the media type told by the content, not the declared one. `inside` names the archive (or
    attached message) that held it, outermost first with " / " between; None for a part of the mail itself.
    `inline` is true for a picture that the text shows (Content-ID or disposition inline); `content_id` is how the text
    names it. `damage` says what could not be read.
    """

    name: str
    type: str
    content: bytes = field(repr=False)
    inside: str | None = None
    inline: bool = False
    content_id: str = ""
    damage: tuple[Damage, ...] = ()

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal: two files of one digest are copies."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who speaks, with the evidence in words.

    `answerable` is false where no automatic letter may go back: machines, a null or unattended sender, or a
    person's mail that asks for none (X-Auto-Response-Suppress). A person whose mail is not answerable is a
    person all the same.
    """

    kind: OriginKind = "person"
    evidence: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A delivery status notification (RFC 3464) or a home-made one.

    `permanent` is false for a delay or a failure that may pass (status 4.x.x). `original_message_id` is
    without angle brackets. `recipients` are the addresses that failed, `written_to` those that the mail was
    first for, where a report tells that it was passed on from there (Original-Recipient).
    """

    recipients: tuple[str, ...]
    permanent: bool
    written_to: tuple[str, ...] = ()
    status: str | None = None
    original_message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message as read.

    Message ids stand without angle brackets. `date` is aware and in UTC, and is only what the sender claims.
    `text` is the whole body; `reply` the words newly written, without quoted mail and signature; `passed_on` the mail
    below them that the writer passes on. `headings` are words that the HTML sets as headings or in bold, which the text
    does not show. `headers` keeps every field in its order, names as written, values unfolded and decoded.
    """

    message_id: str | None = None
    date: datetime | None = None
    subject: str = ""
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    return_path: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    reply: str = ""
    passed_on: str = ""
    html: str = ""
    headings: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    origin: Origin = field(default_factory=Origin)
    bounce: Bounce | None = None
    headers: tuple[tuple[str, str], ...] = ()
    damage: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the mail brings that is new: the writer's words, and below them the mail that he passes on."""
        return f"{self.reply}\n\n{self.passed_on}" if self.passed_on else self.reply

    def header(self, name: str) -> str | None:
        """The topmost field of that name, whatever its case; None where there is none."""
        return next((value for field_name, value in self.headers if field_name.lower() == name.lower()), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Every field of that name, topmost first."""
        return tuple(value for field_name, value in self.headers if field_name.lower() == name.lower())
