"""Which mails are copies of one another: the same words of the same author, whichever way they came."""

import re
from collections.abc import Iterator
from hashlib import sha256

from mailproc.reading.mail import Mail

_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]|\*{1,5}[^*]{1,40}\*{1,5}|\{[^}]{1,40}\}|(?:external|extern|ext|caution):)\s*", re.IGNORECASE
)
_MOST_PREFIXES = 5


def content_digest(mail: Mail) -> str:
    """SHA-256 of what the author gave to a message, hexadecimal; empty where it names no author.

    Copies by two mailboxes or deliveries share it, however servers on the way encoded the text again, whatever they
    put before the subject, and where each of them gave it a Message-ID of its own (RFC 5322 §3.6.4, RFC 6409 §8.3). A
    mail without a date is told apart by its Message-ID.
    """
    if mail.sender is None:
        return ""
    digest = sha256()
    for one in _authored(mail):
        octets = one.encode("utf-8", "surrogatepass")
        digest.update(f"{len(octets)}:".encode() + octets)
    for file in mail.attachments:
        if file.inside is None:
            digest.update(f"{file.size}:".encode() + file.content)
    return digest.hexdigest()


def _authored(mail: Mail) -> Iterator[str]:
    yield mail.sender.address if mail.sender else ""
    yield mail.date.isoformat() if mail.date else (mail.message_id or "")
    yield _without_prefixes(mail.subject)
    yield " ".join(mail.text.split())


def _without_prefixes(subject: str) -> str:
    """The subject without what gateways put before it, such as `[EXTERNAL]`."""
    at = 0
    for _ in range(_MOST_PREFIXES):
        if (match := _PREFIX.match(subject, at)) is None:
            break
        at = match.end()
    return " ".join(subject[at:].split())
