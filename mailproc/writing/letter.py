"""Order → Letter: subject, text, HTML, headers and envelope, complete to the byte.

The same order always gives the same bytes and the same Message-ID, so that a letter that goes twice is one letter. Its
Message-ID and its reply address carry the request's mark (`reading.sender`): an answer finds its request by either.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from email.utils import format_datetime

from mailproc.desk.answered import DIGEST, hash_of
from mailproc.desk.decision import Deadline, Order
from mailproc.reading.mail import Address
from mailproc.reading.sender import Seal
from mailproc.writing import mime, wording
from mailproc.writing.render import Page, Templates

_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@\x00-\x20\x7f]{1,64}@[^\s<>()\[\]\\,;:\"@\x00-\x20\x7f]{1,253}")
_MESSAGE_ID = re.compile(r"[!-;=?-~]{1,900}")
_ENDS_OF_REFERENCES = 20
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it will go.

    Complete RFC 5322 bytes and the envelope. `key` is its order's key, `message_id` without brackets. `recipients` are
    empty where no address was fit to be written to: such a letter is for a person to look at. Addresses that are not
    ASCII stand in UTF-8 (RFC 6532), and so need a server that speaks SMTPUTF8.
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


class Stationer:
    """Writes letters with the templates of this house, under its seal."""

    def __init__(self, templates: Templates, seal: Seal) -> None:
        self._templates = templates
        self._seal = seal

    def write(self, order: Order) -> Letter:
        """The letter that was ordered. Raises TemplateMistake where its template says what the facts do not hold."""
        page = self._templates.page(order)
        number = order.facts.request.number
        marked = number or DIGEST
        names = _Names(
            subject=f"{page.subject} [SR {number}]" if number else page.subject,
            message_id=f"{self._seal.mark(marked, order.staff)}.{_digest(order)}@{order.sender.domain}",
            reply_to=self._seal.reply_address(
                order.sender.address, marked, staff=order.staff, separator=order.subaddress
            ),
        )
        return Letter(
            key=order.key,
            template=order.template,
            message_id=names.message_id,
            subject=names.subject,
            envelope_from=names.reply_to,
            recipients=tuple(dict.fromkeys(one.address for one in (*order.to, *order.cc) if _is_fit(one))),
            content=mime.CRLF.join((*_headers(order, names), "")).encode() + _body(order, page).to_bytes(),
            number=number or None,
            because=order.because,
            deadline=order.deadline,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What a letter is known by: `message_id` without brackets."""

    subject: str
    message_id: str
    reply_to: str


def _headers(order: Order, names: _Names) -> tuple[str, ...]:
    sender = _with_name(order)
    return (
        mime.folded("From", [_mailbox(sender)]),
        _people("To", order.to),
        *((_people("Cc", order.cc),) if order.cc else ()),
        mime.folded("Reply-To", [_mailbox(replace(sender, address=names.reply_to))]),
        mime.words("Subject", names.subject),
        f"Date: {format_datetime(order.facts.now)}",
        f"Message-ID: <{names.message_id}>",
        *_thread(order),
        *_marks(order),
        "MIME-Version: 1.0",
    )


def _digest(order: Order) -> str:
    return hash_of(order.key)


def _body(order: Order, page: Page) -> mime.Part:
    boundary = _digest(order)
    html = mime.text_part(page.html, "html")
    if order.pictures:
        pictures = (mime.picture_part(one.content_id, one.type, one.content) for one in order.pictures)
        html = mime.multipart("related", (html, *pictures), f"shown.{boundary}")
    both = mime.multipart("alternative", (mime.text_part(page.text, "plain"), html), f"words.{boundary}")
    if not order.attachments:
        return both
    files = (mime.file_part(wording.line(one.name), one.type, one.content) for one in order.attachments)
    return mime.multipart("mixed", (both, *files), f"files.{boundary}")


def _with_name(order: Order) -> Address:
    return order.sender if order.sender.name else replace(order.sender, name=order.facts.organisation)


def _people(name: str, people: Iterable[Address]) -> str:
    """An address header; an empty group where nobody is fit to be named (RFC 5322 §3.4)."""
    mailboxes = [_mailbox(one) for one in people if _is_fit(one)]
    return mime.folded(name, mailboxes or ["undisclosed-recipients:;"], between=",")


def _mailbox(one: Address) -> str:
    phrase = mime.phrase(wording.shortened(one.name, _LONGEST_NAME))
    return f"{phrase} <{one.address}>" if phrase else one.address


def _is_fit(one: Address) -> bool:
    """Whether this can stand in a header and an envelope as it is: nothing in it may end the header or the address."""
    return _ADDRESS.fullmatch(one.address) is not None


def _thread(order: Order) -> tuple[str, ...]:
    """In-Reply-To and References, an id a line and none of them encoded (RFC 5322 §3.6.4)."""
    answered = order.in_reply_to if order.in_reply_to and _MESSAGE_ID.fullmatch(order.in_reply_to) else None
    known = tuple(dict.fromkeys((*order.references, *((answered,) if answered else ()))))
    ids = [f"<{one}>" for one in known if _MESSAGE_ID.fullmatch(one)]
    kept = ids if len(ids) <= _ENDS_OF_REFERENCES else [ids[0], *ids[-_ENDS_OF_REFERENCES:]]
    return (
        *((f"In-Reply-To: <{answered}>",) if answered else ()),
        *((f"References: {f'{mime.CRLF} '.join(kept)}",) if kept else ()),
    )


def _marks(order: Order) -> tuple[str, ...]:
    """What other software sees: a person's mail bears only the last two (RFC 3834)."""
    automatic = (f"Auto-Submitted: {order.automatic}", "X-Auto-Response-Suppress: All") if order.automatic else ()
    number = order.facts.request.number
    about = (f"X-Mailproc-SR: {number}",) if number else ()
    return (*automatic, f"X-Mailproc-Letter: {order.template}", *about)
