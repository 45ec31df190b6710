"""winmail.dat: a mail's words and files as Outlook wraps them (TNEF), opened by tnefparse where it is installed.

tnefparse takes time that grows with the square of the objects, and throws whatever comes on damage: the objects are
counted before, and anything it throws is damage.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mailproc.reading.charsets import decode, display

MEDIA_TYPE = "application/ms-tnef"
SIGNATURE = b"\x78\x9f\x3e\x22"
CLOSED = "is a winmail.dat of Outlook; what it wraps cannot be opened here"
"""What is said of one where tnefparse is not installed (`mailproc[outlook]`)."""

_DAMAGED = "is a damaged winmail.dat, not all of it could be read"
_SIGNATURE_AND_KEY = 6
_OBJECT_HEAD = 9  # octets: level, name, type, length
_CHECKSUM = 2
_MOST_OBJECTS = 5_000
_NAME_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """What a winmail.dat holds: the words, as plain text or as HTML, and files by their names."""

    text: str = ""
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    damage: tuple[str, ...] = ()


def unwrapped(content: bytes) -> Wrapped:
    """What this winmail.dat wraps; what could not be read of it stands in `damage`, in words."""
    if find_spec("tnefparse") is None:
        return Wrapped(damage=(CLOSED,))
    if not _is_bounded(content):
        return Wrapped(damage=(_DAMAGED,))
    try:
        opened = import_module("tnefparse").TNEF(content, do_checksum=False)
        files = tuple(_files(opened))
    except Exception:  # noqa: BLE001  damage makes it raise nearly anything
        return Wrapped(damage=(_DAMAGED,))
    text, html = _words(opened)
    return Wrapped(text=text, html=html, files=files)


def _is_bounded(content: bytes) -> bool:
    """Whether the objects follow one another to the end and are not too many."""
    at, count = _SIGNATURE_AND_KEY, 0
    while at + _OBJECT_HEAD <= len(content) and count <= _MOST_OBJECTS:
        at += _OBJECT_HEAD + int.from_bytes(content[at + 5 : at + _OBJECT_HEAD], "little") + _CHECKSUM
        count += 1
    return 0 < count <= _MOST_OBJECTS


def _files(opened: Any) -> Iterator[tuple[str, bytes]]:  # noqa: ANN401  tnefparse is not typed
    for number, one in enumerate(opened.attachments, start=1):
        name = display(_text(one.long_filename() or one.name).strip("\x00 "))[:_NAME_LIMIT]
        yield name or f"file {number}", bytes(one.data)


def _words(opened: Any) -> tuple[str, str]:  # noqa: ANN401  as above
    """The plain words and the HTML of the wrapped mail, as far as they can be read; rich text is made plain."""
    try:
        html, plain = _text(opened.htmlbody or ""), _text(opened.body or "")
        return (plain or ("" if html else _rich(opened.rtfbody)), html)
    except Exception:  # noqa: BLE001  words that cannot be read take no files away
        return "", ""


def _text(value: str | bytes) -> str:
    words = decode(value.rstrip(b"\x00"), None)[0] if isinstance(value, bytes) else value
    return words.replace("\x00", "").replace("\r\n", "\n")


def _rich(rtf: bytes | None) -> str:
    if not rtf or find_spec("striprtf") is None:
        return ""
    plain: str = import_module("striprtf.striprtf").rtf_to_text(rtf.decode("latin-1"), errors="replace")
    return re.sub(r"\n{3,}", "\n\n", plain).strip()
