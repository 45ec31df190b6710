"""Files that old Unix mail carries inside of its text, between "begin 644 name" and "end" (uuencode of POSIX)."""

import binascii
import re
from collections.abc import Iterable, Iterator

from mailproc.reading.charsets import decode, display
from mailproc.reading.tree import Part

FILE_LIMIT = 50  # files in one mail
_BLOCK = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n((?:[ -`]{1,62}\r?\n){1,400000}?)end\s*$", re.MULTILINE)


def files_within(parts: Iterable[Part]) -> Iterator[Part]:
    """The files uuencoded in texts, as parts of their own; the texts keep their lines."""
    found = 0
    for part in parts:
        if not part.is_body or b"\nend" not in part.content:
            continue
        for block in _BLOCK.finditer(part.content):
            content = _unpacked(block[2])
            if content is not None and found < FILE_LIMIT:
                found += 1
                yield Part(
                    declared="application/octet-stream",
                    content=content,
                    name=display(decode(block[1], part.charset)[0]),
                    disposition="attachment",
                )


def _unpacked(lines: bytes) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line) for line in lines.splitlines())
    except binascii.Error:
        return None
