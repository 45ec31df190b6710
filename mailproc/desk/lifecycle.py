"""The states of a request and its legal moves, as one table.

new ──▶ open ◀──▶ waiting        whoever waits, waits for the customer
         ▲ │
         │ ▼
      resolved ──▶ closed        both open again by a person's mail
"""

from collections.abc import Mapping
from datetime import datetime

from mailproc.desk.directory import Office
from mailproc.desk.events import Status, StatusSet
from mailproc.desk.request import ServiceRequest
from mailproc.desk.words.thanks import is_thanks_alone
from mailproc.reading.mail import Mail

MOVES: Mapping[Status, tuple[Status, ...]] = {
    "new": ("open", "waiting", "resolved", "closed"),
    "open": ("waiting", "resolved", "closed"),
    "waiting": ("open", "resolved", "closed"),
    "resolved": ("open", "closed"),
    "closed": ("open",),
}
"""Where each state may lead, besides to itself."""


def may_move(from_: Status, to: Status) -> bool:
    """Whether a request in state `from_` may come to be in `to`; staying where it is always may."""
    return from_ == to or to in MOVES[from_]


def reopens(mail: Mail, office: Office) -> bool:
    """Whether a person's mail opens a resolved or closed request again: thanks alone, without a file, do not."""
    if any(one.inside is None and not one.inline for one in mail.attachments):
        return True
    return not is_thanks_alone(mail.reply, tuple(one.name for one in office.staff))


def move(request: ServiceRequest, to: Status, because: str, at: datetime, who: str) -> StatusSet | None:
    """The event that brings the request to this state at `at` (aware UTC); None where it is there already.

    Raises ValueError where the move is not legal: ask `may_move` first where people choose.
    """
    if request.status == to:
        return None
    if not may_move(request.status, to):
        legal = " or ".join(MOVES[request.status])
        raise ValueError(f"request {request.number} is {request.status}: it can become {legal}, not {to}")
    return StatusSet(at=at, who=who, status=to, because=because)
