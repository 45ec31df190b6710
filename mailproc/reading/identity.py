"""Which mails are copies of one another: the same words of the same author, whichever way they came."""

from email.parser import BytesHeaderParser
from hashlib import sha256

# What the author wrote; everything else above the text is written by servers on the way, and differs between copies.
_AUTHORED = ("from", "date", "subject", "message-id")


def content_digest(raw: bytes) -> str:
    """SHA-256 of what the author gave to a message, hexadecimal: copies by two mailboxes or deliveries share it.

    The headers of the author and everything below the headers, whatever the line ends are (RFC 5322 §2.1, §3.6.7).
    """
    unified = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head, _, body = unified.partition(b"\n\n")
    headers = BytesHeaderParser().parsebytes(head)
    authored = (f"{name}:{' '.join(str(headers.get(name, '')).split())}" for name in _AUTHORED)
    digest = sha256("\n".join(authored).encode("utf-8", "surrogateescape"))
    digest.update(b"\n\n" + body.strip(b"\n"))
    return digest.hexdigest()
