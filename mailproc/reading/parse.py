"""From the bytes of a message to a Mail; whatever is broken becomes `damage`, nothing is raised.

Two views of one parse. mail-parser reads the fields that hold addresses and the date, where it is stricter
than the standard library about who is named. Octets, file names, charsets and message ids come from the
standard library's tree: mail-parser mixes the words of attached messages into the body, loses some charsets
and names nameless files by chance, and it is given no parts for that reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.message import Message

from mailparser import MailParser  # noqa: TID251  this is its one door
from mailparser.exceptions import MailParserError  # noqa: TID251

from mailproc.reading.attachments import attachments_of
from mailproc.reading.body import Body, body_of
from mailproc.reading.bounce import bounce_of
from mailproc.reading.charsets import display, relabelled
from mailproc.reading.headers import (
    ADDRESS_LIMIT,
    Headers,
    bare_address,
    claimed_date,
    clean_name,
    decoded,
    fields_of,
    ids,
    in_utc,
    loose_addresses,
    message_id_of,
    return_path_of,
    subject_of,
    values,
)
from mailproc.reading.limits import Bounded, bounded
from mailproc.reading.mail import Address, Bounce, Mail
from mailproc.reading.origin import origin_of
from mailproc.reading.text import Said, Voices, passed_on, said_in
from mailproc.reading.tree import parts_of
from mailproc.reading.uuencode import files_within

_ADDRESS_FIELDS = ("from", "sender", "reply-to", "to", "cc")
# Seen from mail-parser and from email.feedparser on hostile mail.
_BROKEN = (MailParserError, ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError)
_MAIL_PARSER_NAMES = {"from": "from_", "reply-to": "reply_to", "to": "to", "cc": "cc"}
_SINGLE = ("From", "Subject", "Date", "Message-ID", "To", "Cc")
_FLAT_TEXT = 1 << 20  # octets of a body that is kept as one text
_STRUCTURE_FIELD = re.compile(rb"(?:content-type|content-transfer-encoding|mime-version)\s*:", re.IGNORECASE)
_FORWARD = re.compile(
    r"\s*(?:re\s*:\s*)?(?:fwd?|wg|tr|rv|enc|i|doorst|pd|vb|vs|vl|videresend|ilt|i̇lt|tov|továbbítás|πρθ|fs|转发|轉寄|轉發|転送|전달|הועבר)\s*[:：]",
    re.IGNORECASE,
)
_VS = re.compile(r"\s*vs\s*:", re.IGNORECASE)
_FINNISH = re.compile(r"^\W{0,8}lähettäjä\s?:", re.IGNORECASE | re.MULTILINE)
"""Of Danes and Norwegians "VS:" passes on, of Finns it answers."""
_NAME_PART = re.compile(r"[^\W\d_]+")
_DEFECTS = {
    "NoBoundaryInMultipartDefect": "a part with several parts does not say how they are set apart",
    "StartBoundaryNotFoundDefect": "the border between its parts was not found",
    "CloseBoundaryNotFoundDefect": "the mail ends before its last part does",
    "MissingHeaderBodySeparatorDefect": "no empty line stands between headers and text",
    "FirstHeaderLineIsContinuationDefect": "the headers begin in the middle of a field",
    "MalformedHeaderDefect": "a header could not be read",
    "MultipartInvariantViolationDefect": "a part that should hold parts holds none",
    "InvalidMultipartContentTransferEncodingDefect": "a part that holds parts is encoded as a whole",
    "InvalidBase64PaddingDefect": "a file or text is encoded wrongly (base64), its end may be missing",
    "InvalidBase64CharactersDefect": "a file or text is encoded wrongly (base64)",
    "InvalidBase64LengthDefect": "a file or text is encoded wrongly (base64) and could not be decoded",
    "MisplacedEnvelopeHeaderDefect": "a line of a mailbox file stands among the headers",
}


def read(raw: bytes, ours: frozenset[str] = frozenset()) -> Mail:
    """The mail that these bytes are. `ours` are the addresses of our own mailboxes, lower-cased.

    Any bytes give a Mail: limits, broken structure and unreadable charsets stand in `damage`, in words for people.
    """
    source = bounded(raw)
    message, trouble = _parsed(source)
    parts = tuple(parts_of(message))
    fields = fields_of(message, next((part.charset for part in parts if part.is_body), None))
    body = body_of(parts)
    envelope = _envelope(fields)
    mail = Mail(
        message_id=message_id_of(fields),
        date=envelope.date,
        subject=subject_of(fields),
        sender=next(iter(envelope.sender), None),
        reply_to=envelope.reply_to,
        to=envelope.to,
        cc=envelope.cc,
        return_path=return_path_of(fields),
        in_reply_to=ids(values(fields, "in-reply-to")),
        references=ids(values(fields, "references")),
        text=body.text,
        html=body.html,
        headings=body.headings,
        attachments=attachments_of((*(part for part in parts if not part.is_body), *files_within(parts))),
        headers=decoded(fields),
        damage=tuple(dict.fromkeys((*source.damage, *trouble, *envelope.damage, *_defects(message), *body.damage))),
    )
    said = _said(mail, body, ours)
    mail = replace(mail, reply=said.reply, passed_on=said.passed_on)
    return _judged(mail, bounce_of(mail, parts, message), ours)


def _judged(mail: Mail, bounce: Bounce | None, ours: frozenset[str]) -> Mail:
    return replace(mail, bounce=bounce, origin=origin_of(mail, ours, bounce))


def _said(mail: Mail, body: Body, ours: frozenset[str]) -> Said:
    voices = Voices(ours=ours, author=_names_of(mail.sender))
    return passed_on(body.marked, voices) if _is_passed_on(mail, ours) else said_in(body.marked, voices)


def _names_of(sender: Address | None) -> frozenset[str]:
    """The words that name a sender: the parts of his name, his address."""
    if sender is None:
        return frozenset()
    parts = {word.lower() for word in _NAME_PART.findall(sender.name) if len(word) > 2 or not word.isascii()}
    return frozenset({sender.address, *parts})


def _is_passed_on(mail: Mail, ours: frozenset[str]) -> bool:
    """A forwarded mail speaks by what it forwards, unless that is a letter of ours."""
    if not _FORWARD.match(mail.subject) or any(address in mail.text.lower() for address in ours):
        return False
    return not (_VS.match(mail.subject) and _FINNISH.search(mail.text))


def _parsed(source: Bounded) -> tuple[Message, tuple[str, ...]]:
    if not source.flat:
        try:
            return message_from_bytes(source.content), ()
        except _BROKEN:
            return _headers_only(source.content), ("the structure of the mail could not be read",)
    return _headers_only(source.content), ()


def _headers_only(content: bytes) -> Message:
    """A message without parts, whose text is the whole body as it came."""
    head, _, body = content.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept = [field for field in re.split(rb"\n(?![ \t])", head) if not _STRUCTURE_FIELD.match(field)]
    return message_from_bytes(b"\n".join(kept) + b"\n\n" + body[:_FLAT_TEXT])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """Who wrote to whom and when, as the sender claims."""

    sender: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    date: datetime | None = None
    damage: tuple[str, ...] = ()


def _envelope(fields: Headers) -> _Envelope:
    asked = {name: next((value for value in values(fields, name) if value), "") for name in (*_ADDRESS_FIELDS, "date")}
    view = _mail_parser_view(asked)
    found = {name: _addresses(view, name, asked[name]) for name in _ADDRESS_FIELDS}
    date = _date(view, asked["date"])
    damage = [
        f"{name.title()} holds no address"
        for name in _ADDRESS_FIELDS
        if asked[name] and not found[name] and ":;" not in asked[name]
    ]
    damage += [
        f"{name} stands there more than once, the first counts"
        for name in _SINGLE
        if len(values(fields, name.lower())) > 1
    ]
    if asked["date"] and date is None:
        damage.append("Date cannot be read")
    if not fields:
        damage.append("this is not a mail: it has no headers")
    return _Envelope(
        sender=found["from"] or found["sender"],
        reply_to=found["reply-to"],
        to=found["to"],
        cc=found["cc"],
        date=date,
        damage=tuple(damage),
    )


def _mail_parser_view(asked: dict[str, str]) -> MailParser | None:
    """mail-parser's reading of a few fields, relabelled so that it decodes them in the charset that was meant."""
    message = Message()
    for name, value in asked.items():
        if value:
            message[name] = relabelled(value).replace("\r", " ").replace("\n", " ")
    try:
        return MailParser(message)
    except _BROKEN:
        return None


def _addresses(view: MailParser | None, name: str, value: str) -> tuple[Address, ...]:
    strict = tuple(_strict_addresses(view, name))
    is_author = name in {"from", "sender"}
    is_list = ";" in value and not is_author  # as Outlook writes it
    loose = loose_addresses(value) if value and (not strict or is_list) else ()
    if len(loose) > len(strict):
        return loose
    bare = bare_address(value) if value and not strict and is_author else None
    return strict or ((bare,) if bare else ())


def _strict_addresses(view: MailParser | None, name: str) -> Iterator[Address]:
    attribute = _MAIL_PARSER_NAMES.get(name)
    for display_name, address in getattr(view, attribute) if view and attribute else ():
        plain = display(address).lower()
        if plain and " " not in plain and len(plain) <= ADDRESS_LIMIT:
            yield Address(address=plain, name=clean_name(display_name, plain))


def _date(view: MailParser | None, value: str) -> datetime | None:
    try:
        claimed = view.date if view else None
        return in_utc(claimed) if claimed else claimed_date(value)
    except (ValueError, OverflowError):
        return None


def _defects(message: Message) -> Iterator[str]:
    """What the standard library noticed in the whole tree, in words."""
    for part in message.walk():
        for defect in part.defects:
            name = type(defect).__name__
            yield _DEFECTS.get(name, "something in it does not follow the rules for mail")
