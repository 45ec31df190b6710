"""The files that came with a mail: its parts, attached messages, and members of archives.

Names are for display only, never a path. What has no name gets one made of its content, so that reading the
same mail twice gives the same names.
"""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import Message

from mailproc.reading.archives import Budget, Member, unpack
from mailproc.reading.charsets import decode_words, display
from mailproc.reading.limits import bounded
from mailproc.reading.mail import Attachment, Damage
from mailproc.reading.media import extension_of, media_type, short_digest
from mailproc.reading.tree import Part, parts_of

MESSAGE_DEPTH = 3
_HEAD = 16 << 10
_FIELD = re.compile(rb"([!-9;-~]{1,80}):")
_FIELDS_OF_MAIL = frozenset((b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version"))
_FEWEST_FIELDS = 4
_NAME_LIMIT = 200
_SEPARATOR = " / "


def attachments_of(parts: Iterable[Part]) -> tuple[Attachment, ...]:
    """Every part that is a file, each followed by what it holds; limits hold for the mail as a whole."""
    budget = Budget()
    return tuple(one for part in parts for one in _with_contents(part, budget, ()))


def _with_contents(part: Part, budget: Budget, inside: tuple[str, ...]) -> Iterator[Attachment]:
    message = part.message or _message_in(part.content)
    if message is not None:
        yield from _attached_message(part, message, budget, inside)
        return
    kind = media_type(part.content, part.declared)
    name = _short(part.name) or _made_up_name(part.content, kind)
    contents = unpack(part.content, name, budget)
    yield Attachment(
        name=name,
        type=kind,
        content=part.content,
        inside=_SEPARATOR.join(inside) or None,
        inline=_is_inline(part, kind),
        content_id=part.content_id,
        damage=(*_of_part(part), *contents.damage),
    )
    for member in contents.members:
        yield from _member(member, budget, (*inside, name, *member.inside))


def _member(member: Member, budget: Budget, inside: tuple[str, ...]) -> Iterator[Attachment]:
    message = _message_in(member.content)
    yield Attachment(
        name=member.name,
        type="message/rfc822" if message else media_type(member.content),
        content=member.content,
        inside=_SEPARATOR.join(inside),
        damage=member.damage,
    )
    if message is not None:
        yield from _files_of(message, budget, (*inside, member.name))


def _attached_message(part: Part, message: Message, budget: Budget, inside: tuple[str, ...]) -> Iterator[Attachment]:
    name = _short(part.name) or _name_by_subject(message) or _made_up_name(part.content, "message/rfc822")
    yield Attachment(
        name=name,
        type="message/rfc822",
        content=part.content,
        inside=_SEPARATOR.join(inside) or None,
        damage=_of_part(part),
    )
    yield from _files_of(message, budget, (*inside, name))


def _files_of(message: Message, budget: Budget, inside: tuple[str, ...]) -> Iterator[Attachment]:
    """What came with a message that came itself within `inside`, the last of which is its own name."""
    if len(inside) > MESSAGE_DEPTH:
        return
    for inner in parts_of(message):
        if not inner.is_body and budget.members > 0:
            budget.members -= 1
            yield from _with_contents(inner, budget, inside)


def _message_in(content: bytes) -> Message | None:
    """The message that a file holds, whatever it was declared to be; None where it does not begin as one."""
    names: set[bytes] = set()
    for line in content[:_HEAD].lstrip(b"\r\n").split(b"\n"):
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field is None and not line.startswith((b" ", b"\t")):
            return None
        names.add(field[1].lower() if field else b"")
    if len(names & _FIELDS_OF_MAIL) < _FEWEST_FIELDS:
        return None
    source = bounded(content)
    return None if source.flat else message_from_bytes(source.content)


def _of_part(part: Part) -> tuple[Damage, ...]:
    return tuple(Damage(words=words, kind="partial") for words in part.damage)


def _is_inline(part: Part, kind: str) -> bool:
    shown = bool(part.content_id) or part.disposition == "inline"
    return shown and kind.startswith("image/") and part.disposition != "attachment"


def _short(name: str) -> str:
    """The last step of a name that came with a path, at most _NAME_LIMIT characters, its extension kept."""
    last = name.replace("\\", "/").rstrip("/ .").rpartition("/")[2].strip()
    if len(last) <= _NAME_LIMIT:
        return last
    stem, dot, extension = last.rpartition(".")
    return stem[: _NAME_LIMIT - 20] + dot + extension[:19] if dot else last[:_NAME_LIMIT]


def _name_by_subject(message: Message) -> str:
    subject = next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")
    title = _short(display(decode_words(subject)).replace("/", "-"))
    return f"{title}.eml" if title else ""


def _made_up_name(content: bytes, kind: str) -> str:
    return f"part-{short_digest(content)}{extension_of(kind)}"
