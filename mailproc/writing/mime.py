"""Text, HTML and files as the body of a message (RFC 2045, 2046), and words in its headers (RFC 2047, 2231).

By hand on `binascii`, since the standard library takes a hundred times as long for a letter, and folds long message
ids into encoded words. The same values always give the same bytes. No boundary can occur in a part: every part is
encoded as quoted-printable or base64, and neither ever holds "=_".
"""

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

CRLF = "\r\n"

_TOKENS = re.compile(r"[!#$%&'*+\-/=?^_`{|}~0-9A-Za-z ]{1,60}")
_MEDIA_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")
_CONTENT_ID = re.compile(r"[\w.@$+-]{1,120}", re.ASCII)
_LINE_LIMIT = 76
_WORD_BYTES = 42  # of UTF-8 in one encoded word: base64 makes 56 of them, "=?utf-8?b??=" takes 12 (RFC 2047 §2)
_NOT_ASCII = bytes(range(128, 256))
_NAME_LIMIT = 80  # characters: percent-encoded they still fit one line of 998 octets


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A MIME part: its header lines, and its body already encoded."""

    headers: tuple[str, ...]
    body: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """Headers, an empty line, the body."""
        return CRLF.join((*self.headers, "", "")).encode() + self.body


def text_part(text: str, subtype: str) -> Part:
    """UTF-8 text of this subtype; quoted-printable, or base64 where most of it is not ASCII."""
    octets = text.replace("\n", CRLF).encode("utf-8", "replace")
    mostly_ascii = len(octets.translate(None, _NOT_ASCII)) * 2 > len(octets)
    encoding = "quoted-printable" if mostly_ascii else "base64"
    body = b2a_qp(octets, istext=True) if mostly_ascii else _base64(octets)
    return Part(
        headers=(f"Content-Type: text/{subtype}; charset=utf-8", f"Content-Transfer-Encoding: {encoding}"),
        body=body,
    )


def file_part(name: str, media_type: str, content: bytes) -> Part:
    """A file to be kept. Whole messages go as plain bytes, since RFC 2046 §5.2.1 forbids to encode them as mail."""
    known = media_type.lower() if _MEDIA_TYPE.fullmatch(media_type.lower()) else "application/octet-stream"
    return Part(
        headers=(
            f"Content-Type: {known}",
            f"Content-Disposition: attachment;{CRLF} {_file_name(name)}",
            "Content-Transfer-Encoding: base64",
        ),
        body=_base64(content),
    )


def picture_part(content_id: str, media_type: str, content: bytes) -> Part:
    """A picture that the HTML beside it shows (RFC 2392). Raises ValueError where the id is not one to write."""
    if not _CONTENT_ID.fullmatch(content_id):
        raise ValueError("a Content-ID holds what no header may")
    known = media_type.lower() if _MEDIA_TYPE.fullmatch(media_type.lower()) else "application/octet-stream"
    return Part(
        headers=(
            f"Content-Type: {known}",
            f"Content-ID: <{content_id}>",
            "Content-Disposition: inline",
            "Content-Transfer-Encoding: base64",
        ),
        body=_base64(content),
    )


def multipart(subtype: str, parts: Sequence[Part], boundary: str) -> Part:
    """The parts as one; the boundary is made safe here."""
    mark = f"=_{boundary}"
    between = f"--{mark}{CRLF}".encode()
    body = b"".join(between + part.to_bytes() + CRLF.encode() for part in parts) + f"--{mark}--{CRLF}".encode()
    return Part(headers=(f'Content-Type: multipart/{subtype};{CRLF} boundary="{mark}"',), body=body)


def words(name: str, value: str) -> str:
    """An unstructured header of one line of text: plain where that is safe, else as encoded words."""
    if value.isascii() and value.isprintable() and "=?" not in value and value == " ".join(value.split()):
        return folded(name, value.split(" "))
    return folded(name, _encoded_words(value))


def phrase(value: str) -> str:
    """A display name as it may stand before an address; empty for an empty one."""
    if not value or (_TOKENS.fullmatch(value) and "=?" not in value):
        return value
    if value.isascii() and value.isprintable() and "=?" not in value and len(value) <= 60:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"{CRLF} ".join(_encoded_words(value))


def folded(name: str, tokens: Iterable[str], between: str = "") -> str:
    """A header of tokens that are never broken, a line of at most 76 columns where they allow it (RFC 5322 §2.2.3)."""
    written, used = f"{name}:", len(name) + 1
    for position, token in enumerate(tokens):
        text = (between if position else "") + (" " if used else "") + token
        if position and used + len(text) > _LINE_LIMIT:
            written, used = f"{written}{between}{CRLF} {token}", len(token) + 1
            continue
        written, used = written + text, used + len(text)
    return written


def _encoded_words(value: str) -> list[str]:
    chunks: list[bytes] = [b""]
    for character in value:
        octets = character.encode("utf-8", "replace")
        if len(chunks[-1]) + len(octets) > _WORD_BYTES:
            chunks.append(b"")
        chunks[-1] += octets
    return [f"=?utf-8?b?{b64encode(chunk).decode()}?=" for chunk in chunks]


def _base64(octets: bytes) -> bytes:
    encoded = b64encode(octets)
    return b"".join(encoded[start : start + 76] + b"\r\n" for start in range(0, len(encoded), 76))


def _file_name(name: str) -> str:
    """The parameter `filename`: quoted, or in the extended notation of RFC 2231 where it is not plain."""
    last = name.replace("\\", "/").rpartition("/")[2][-_NAME_LIMIT:] or "file"
    if last.isascii() and last.isprintable() and '"' not in last and len(last) <= 60:
        return f'filename="{last}"'
    return f"filename*=utf-8''{quote(last.encode('utf-8', 'replace'), safe='')}"
