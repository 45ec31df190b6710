"""What of a message is read at all: limits on its size, headers and structure, before any parser sees it.

Parsers of mail need time that grows with the square of some things a sender may choose (parameters of a
header, depth of parts). What lies beyond a limit is left out, and said to be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SIZE_LIMIT = 64 << 20  # octets
HEAD_LIMIT = 256 << 10
HEAD_LINES = 2000
FIELD_LIMIT = 48 << 10  # octets of one header field: some 800 addresses
PARAMETER_LIMIT = 4 << 10  # octets of a field with parameters, for which the standard library's time is quadratic
STRUCTURE_LIMIT = 300  # multiparts and attached messages
LINE_LIMIT = 2_000_000  # a parser keeps each line as an object of its own; 64 MB in base64 have 900,000
EFFORT_LIMIT = 6_000_000  # lines times structure: each line is compared with every open boundary
BOUNDARY_LIMIT = 1000
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_PARAMETERS = (b"content-type:", b"content-disposition:")
_BOUNDARY = re.compile(rb"boundary\s{0,9}=\s{0,9}(?:\"([^\"\r\n]{1,100})|([^\s\";]{1,100}))", re.IGNORECASE)
_BOUNDARY_LINE = re.compile(rb"^--([^\r\n]{1,102})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A message within limits. `flat` is true where its structure must not be looked into."""

    content: bytes = field(repr=False)
    damage: tuple[str, ...] = ()
    flat: bool = False


def bounded(raw: bytes) -> Bounded:
    """The message as far as it may be parsed, and in words what was left out."""
    damage: list[str] = []
    if len(raw) > SIZE_LIMIT:
        raw = raw[:SIZE_LIMIT]
        damage.append(f"the mail is larger than {SIZE_LIMIT >> 20} MB, only its beginning was read")
    raw = _with_line_feeds(raw)
    head, body = _parted(raw)
    head = _short_head(head, damage)
    content = _short_parameters(head + body, damage)
    flat = _is_too_deep(content)
    if flat:
        damage.append(
            "the mail holds too many lines or parts, or parts too deep in one another: its structure was not read"
        )
    return Bounded(content, tuple(dict.fromkeys(damage)), flat)


def _with_line_feeds(raw: bytes) -> bytes:
    """Old Macs end lines by CR alone; some programs put a byte order mark or empty lines first."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    start = raw[:4096]
    if b"\n" not in start and b"\r" in start:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    stripped = raw[:4096].lstrip(b"\r\n")
    skipped = len(raw[:4096]) - len(stripped)
    return raw[skipped:] if skipped and _FIELD.match(stripped) else raw


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    ends = [at for at in (raw.find(b"\n\n"), raw.find(b"\n\r\n")) if at >= 0]
    end = min(ends, default=len(raw))
    return raw[:end], raw[end:]


def _short_head(head: bytes, damage: list[str]) -> bytes:
    if len(head) <= 1000 or (len(head) <= FIELD_LIMIT and head.count(b"\n") <= HEAD_LINES):
        return head
    lines = head[:HEAD_LIMIT].split(b"\n")
    if len(head) > HEAD_LIMIT or len(lines) > HEAD_LINES:
        damage.append("the mail has more headers than can be read, the rest was left out")
    kept: list[bytes] = []
    size = 0
    for line in lines[:HEAD_LINES]:
        size = size + len(line) if line[:1] in b" \t" and line else len(line)
        if size <= FIELD_LIMIT:
            kept.append(line)
        elif line[:1] not in b" \t":
            kept.append(line[:FIELD_LIMIT])
    if sum(map(len, kept)) < sum(map(len, lines[:HEAD_LINES])):
        damage.append("a header is too long, only its beginning was read")
    return b"\n".join(kept)


def _short_parameters(content: bytes, damage: list[str]) -> bytes:
    """Content-Type and Content-Disposition are cut short wherever they stand, also in parts."""
    small = content.lower()
    cuts = [
        (at + PARAMETER_LIMIT, end)
        for name in _PARAMETERS
        for at in _starts(small, name)
        if (end := _end_of_field(content, at)) - at > PARAMETER_LIMIT
    ]
    if not cuts:
        return content
    damage.append("a Content-Type or Content-Disposition is too long, only its beginning was read")
    pieces: list[bytes] = []
    position = 0
    for start, end in sorted(cuts):
        pieces.append(content[position:start])
        position = end
    return b"".join([*pieces, content[position:]])


def _starts(small: bytes, name: bytes) -> Iterator[int]:
    """Where fields of that name begin: at the beginnings of lines."""
    if small.startswith(name):
        yield 0
    at = small.find(b"\n" + name)
    while at >= 0:
        yield at + 1
        at = small.find(b"\n" + name, at + 1)


def _end_of_field(content: bytes, at: int) -> int:
    end = content.find(b"\n", at)
    while end >= 0 and content[end + 1 : end + 2] in {b" ", b"\t"}:
        end = content.find(b"\n", end + 1)
    return len(content) if end < 0 else end


def _is_too_deep(content: bytes) -> bool:
    small = content.lower()
    structure = small.count(b"multipart/") + small.count(b"message/rfc822") + small.count(b"message/global")
    line_ends = small.count(b"\n")
    if structure > STRUCTURE_LIMIT or line_ends > LINE_LIMIT or structure * line_ends > EFFORT_LIMIT:
        return True
    if small.count(b"\n--") <= BOUNDARY_LIMIT:
        return False
    declared = {found[1] or found[2] for found in _BOUNDARY.finditer(content)}
    lines = (found[1].rstrip() for found in _BOUNDARY_LINE.finditer(content))
    return sum(line in declared for line in lines) > BOUNDARY_LIMIT
