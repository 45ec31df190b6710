"""The parts of a message: what is its text, and what came with it.

The walk stops at an attached message (message/rfc822): its words are not the sender's. Octets come from the
standard library's own decoding of each part, so that nothing passes through a wrong charset.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_string
from email.errors import HeaderParseError
from email.message import Message
from email.utils import collapse_rfc2231_value

from mailproc.reading.charsets import decode_words, display, from_octets, storable

PART_LIMIT = 500
DEPTH_LIMIT = 40

_BROKEN_VALUE = (
    HeaderParseError,
    ValueError,
    LookupError,
    IndexError,
    TypeError,
    AttributeError,
)  # all seen from email.message
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_NAME = re.compile(r"(?:^|[;\s])(?:file)?name\*?=\s*(?:\"([^\"]{1,300})\"?|([^;\r\n]{1,300}))", re.IGNORECASE)
_BOUNDARY_LINE = re.compile(r"^--([^\s-][^\r\n]{0,99}|-{1,40}[^\s-][^\r\n]{0,99})\r?$", re.MULTILINE)
_PART_HEAD = re.compile(r"\s{0,4}content-[a-z-]{1,30}:", re.IGNORECASE)
_SEARCHED = 100_000
_ATTACHED_MESSAGE = frozenset({"message/rfc822", "message/global"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leaf of the tree, or an attached message as a whole.

    `declared` is the media type that the sender wrote. `alternative_of` numbers the multipart/alternative that
    the part stands in (None outside of one); `related` is true inside a multipart/related.
    """

    declared: str
    content: bytes = field(repr=False)
    charset: str | None = None
    name: str = ""
    content_id: str = ""
    disposition: str = ""
    alternative_of: int | None = None
    parameters: str = ""
    message: Message | None = field(default=None, repr=False)
    damage: tuple[str, ...] = ()

    @property
    def is_body(self) -> bool:
        """Whether a mail program would show this part as the mail's text."""
        return self.declared in {"text/plain", "text/html"} and self.disposition != "attachment" and not self.name


def parts_of(message: Message) -> Iterator[Part]:
    """Every leaf in the order of the message; at most PART_LIMIT of them."""
    waiting: list[tuple[Message, int | None, int]] = [(message, None, 0)]
    for count in range(PART_LIMIT * 2):
        if not waiting:
            return
        part, alternative, depth = waiting.pop()
        children = _children(part)
        if children is None or depth >= DEPTH_LIMIT:
            yield _leaf(part, alternative)
            continue
        group = count if _type_of(part) == "multipart/alternative" else alternative
        waiting.extend((child, group, depth + 1) for child in reversed(children))


def _children(part: Message) -> list[Message] | None:
    payload = part.get_payload()
    if isinstance(payload, str) and _type_of(part).startswith("multipart/"):
        return _by_found_boundary(payload)
    if not isinstance(payload, list) or _type_of(part).startswith("message/"):
        return None
    return [child for child in payload if isinstance(child, Message)]


def _by_found_boundary(payload: str) -> list[Message] | None:
    """The parts of a multipart whose boundary was declared wrongly: a line that stands like one is taken for it."""
    for found in _BOUNDARY_LINE.finditer(payload[:_SEARCHED]):
        boundary = found[1].removesuffix("--").rstrip()
        pieces = re.split(
            rf"^--{re.escape(boundary)}(?:--)?[ \t]*\r?$", payload, maxsplit=PART_LIMIT, flags=re.MULTILINE
        )
        parts = [piece.lstrip("\r\n") for piece in pieces[1:] if _PART_HEAD.match(piece)]
        if parts:
            return [message_from_string(piece) for piece in parts]
    return None


def _leaf(part: Message, alternative: int | None) -> Part:
    declared = _type_of(part)
    if declared.startswith("multipart/"):
        declared = "text/plain"  # nothing in it looks like a part: its text is shown as it stands
    attached = _attached(part, declared)
    content, damage = _octets(part)
    return Part(
        declared=declared,
        content=content,
        charset=_charset(part),
        name=name_of(part),
        content_id=_field(part, "content-id").strip().strip("<>").strip(),
        disposition=_field(part, "content-disposition").partition(";")[0].strip().lower(),
        alternative_of=alternative,
        parameters=_field(part, "content-type").lower(),
        message=attached,
        damage=damage,
    )


def _attached(part: Message, declared: str) -> Message | None:
    payload = part.get_payload()
    if declared not in _ATTACHED_MESSAGE or not isinstance(payload, list) or not payload:
        return None
    return payload[0] if isinstance(payload[0], Message) else None


def _octets(part: Message) -> tuple[bytes, tuple[str, ...]]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return b"\n\n".join(_as_bytes(child) for child in payload if isinstance(child, Message)), ()
    try:
        content = part.get_payload(decode=True)
    except _BROKEN_VALUE:
        content = None
    if isinstance(content, bytes):
        return content, ()
    return str(payload or "").encode("ascii", "surrogateescape"), ("its transfer encoding could not be undone",)


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (*_BROKEN_VALUE, UnicodeError, RecursionError):
        head = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
        return storable(head).encode() + b"\n"


def name_of(part: Message) -> str:
    """The file name that the sender gave (RFC 2183, RFC 2231, RFC 2047), for display; empty where there is none."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        text = _parameter(_field(part, header), parameter)
        if text.strip():
            return display(decode_words(text))
    for header in ("content-disposition", "content-type"):
        if found := _NAME.search(_field(part, header)):
            return display(decode_words(found[1] or found[2] or ""))
    return display(decode_words(_field(part, "content-description"))) if _is_named_by_description(part) else ""


def _parameter(value: str, name: str) -> str:
    """A parameter of a header value that is text already; the message's own would lose its raw octets."""
    if name not in value.lower():
        return ""
    view = Message()
    view["content-type"] = value
    try:
        found = view.get_param(name)
        return collapse_rfc2231_value(found) if isinstance(found, (str, tuple)) else ""
    except _BROKEN_VALUE:
        return ""


def _is_named_by_description(part: Message) -> bool:
    """Some programs write the file's name in Content-Description only; a name has an extension."""
    text = _field(part, "content-description").strip()
    return not _type_of(part).startswith(("text/", "multipart/")) and bool(
        re.fullmatch(r"[^/\\\r\n]{1,120}\.\w{2,5}", text)
    )


def _type_of(part: Message) -> str:
    try:
        written = storable(part.get_content_type()).split(maxsplit=1)  # some forget the semicolon behind it
    except _BROKEN_VALUE:
        return "text/plain"
    return written[0] if written else "text/plain"


def _charset(part: Message) -> str | None:
    found = _CHARSET.search(_field(part, "content-type"))
    if found:
        return found[1]
    try:
        return part.get_content_charset()
    except (*_BROKEN_VALUE, UnicodeError):
        return None


def _field(part: Message, name: str) -> str:
    value = next((value for field_name, value in part.raw_items() if field_name.lower() == name), "")
    return from_octets(re.sub(r"\r?\n[ \t]*", " ", str(value)))
