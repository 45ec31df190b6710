"""A mail that another one passes on: who wrote it, under which subject, and what it says."""

import re
from dataclasses import replace

from mailproc.reading.mail import Address, Mail
from mailproc.reading.quoting import header_block, is_forwarding, is_original, is_quoted, label_of
from mailproc.reading.text import Voices, said_in

_PASSES_ON = re.compile(
    r"\s{0,3}(?:fw|fwd|wg|tr|rv|enc|i|vs|doorst|转发|轉寄|転送|전달)\s?(?:\[\d{1,3}\])?\s?[:：]", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s<>\"'(),:;\[\]*]{1,64}@[^\s<>\"'(),:;\[\]*]{1,255}")
_VALUE = re.compile(r"^[^:：]{1,40}[:：][\s*]{0,4}(.*)$")
_LINES_READ = 400
_MOST_BLANKS = 4


def is_passed_on(mail: Mail) -> bool:
    """Whether a mail looks as if it passed another one on: by its subject, or the line that mail programs write."""
    lines = mail.text.split("\n")[:_LINES_READ]
    return bool(_PASSES_ON.match(mail.subject)) or any(is_forwarding(lines, at) for at in range(len(lines)))


def forwarded(mail: Mail) -> Mail | None:
    """The mail that this one passes on in its text, as its author's; None where it is not clear who that is.

    It is clear where the first header block names one address under "From". Whatever stands above the block is the
    forwarder's own, and is not in what is given back; the files are.
    """
    if not is_passed_on(mail):
        return None
    lines = mail.text.split("\n")
    start = next((at for at in range(min(len(lines), _LINES_READ)) if _begins(lines, at)), None)
    if start is None:
        return None
    end = start + header_block(lines, start)
    author = _author(lines[start:end])
    words = "\n".join(lines[end:]).strip("\n")
    if author is None or not words.strip():
        return None
    subject = _value_of("subject", lines[start:end]) or mail.subject
    said = said_in(words, Voices())
    passed = replace(mail, sender=author, subject=subject, text=words, reply=said.reply, passed_on=said.passed_on)
    return replace(passed, html="", to=(), cc=(), reply_to=())


def _begins(lines: list[str], at: int) -> bool:
    """Whether the headers of the mail that is passed on begin here; what is quoted was quoted before."""
    if is_quoted(lines[at]) or not header_block(lines, at):
        return False
    above = next((place for place in range(at - 1, max(0, at - _MOST_BLANKS) - 1, -1) if lines[place].strip()), None)
    if above is None or is_forwarding(lines, above) or is_original(lines, above):
        return True
    return label_of(lines[above]) is None


def _author(block: list[str]) -> Address | None:
    value = _value_of("from", block)
    addresses = {one.lower().rstrip(".") for one in _ADDRESS.findall(value)}
    if len(addresses) != 1:
        return None
    name = re.split(r"[<\[(]", value)[0].strip(" \t\"'*")
    return Address(address=addresses.pop(), name="" if "@" in name else name)


def _value_of(label: str, block: list[str]) -> str:
    """What stands behind this label, with the lines that it was broken into."""
    at = next((at for at, line in enumerate(block) if label_of(line) == label), None)
    if at is None or (first := _VALUE.match(block[at])) is None:
        return ""
    parts = [first[1]]
    for line in block[at + 1 :]:
        if label_of(line) or not line.strip():
            break
        parts.append(line)
    return " ".join(" ".join(parts).replace("mailto:", "").split()).strip("* ")
