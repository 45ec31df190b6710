"""Is the sender who he says: keyed tokens of our own letters, and Authentication-Results (RFC 8601).

A letter of ours carries a mark, the request's number and a token that only we can make, in its Message-ID and in
its reply address. The token of a letter to staff is made for that person too: with it the person proves to be staff
by answering from the same address.
"""

import hmac
import re
from base64 import b32encode
from dataclasses import dataclass, field

from mailproc.reading.mail import Mail

_MARK = re.compile(r"([0-9a-z-]{1,40})\.([a-z2-7]{16})(?![a-z2-7])", re.IGNORECASE)
_LOCAL_PART_LIMIT = 64  # octets, RFC 5321 §4.5.3.1.1


@dataclass(frozen=True, slots=True)
class Mark:
    """A number with a token, as found; whether the token holds is for the Seal to say."""

    number: str
    token: str


@dataclass(frozen=True, slots=True)
class Seal:
    """Makes and checks tokens with a secret of this installation (HMAC-SHA-256, 80 bits)."""

    secret: bytes = field(repr=False)

    def token(self, number: str, staff: str | None = None) -> str:
        """The token of a request, or of one staff member's letters about it."""
        # Whatever case a mail server on the way makes of an address, the token holds.
        subject = f"request {number}" if staff is None else f"staff {number} {staff}"
        digest = hmac.digest(self.secret, subject.lower().encode(), "sha256")
        return b32encode(digest[:10]).decode().lower()

    def mark(self, number: str, staff: str | None = None) -> str:
        """What stands in a Message-ID or behind the + of a reply address."""
        return f"{number}.{self.token(number, staff)}"

    def holds(self, mark: Mark, staff: str | None = None) -> bool:
        """Whether this token was made by us for this number (and this staff member)."""
        return hmac.compare_digest(self.token(mark.number, staff), mark.token)

    def reply_address(self, address: str, number: str, *, staff: str | None = None, separator: str = "+") -> str:
        """The mailbox's address with the mark as its tag (RFC 5233); without it where it would not fit or is off."""
        local, _, domain = address.rpartition("@")
        tagged = f"{local}{separator}{self.mark(number, staff)}"
        return f"{tagged}@{domain}" if separator and len(tagged) <= _LOCAL_PART_LIMIT else address


def marks_in(mail: Mail) -> tuple[Mark, ...]:
    """Every mark in the addresses that the mail was sent to and the message ids it answers, each once."""
    places = (
        *(one.address for one in (*mail.to, *mail.cc)),
        *mail.all_headers("Delivered-To"),
        *mail.all_headers("X-Original-To"),
        *mail.all_headers("Envelope-To"),
        *mail.in_reply_to,
        *mail.references,
        *((mail.bounce.original_message_id,) if mail.bounce and mail.bounce.original_message_id else ()),
    )
    found = (match for place in places for match in _MARK.finditer(place))
    return tuple(dict.fromkeys(Mark(match[1], match[2].lower()) for match in found))
