"""Decision → bytes: an order becomes a letter, complete to the byte (RFC 5322, RFC 2045, RFC 3834)."""

from dataclasses import dataclass, field

from mailproc.desk.decision import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it will go.

    Complete RFC 5322 bytes and the envelope. `key` is its order's key, `message_id` without brackets.
    """

    key: str
    template: str
    message_id: str
    subject: str
    envelope_from: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)
    number: str | None = None
    because: str = ""
    deadline: Deadline | None = None
