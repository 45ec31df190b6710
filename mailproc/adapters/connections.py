"""What IMAP and SMTP have in common: whom to trust, how to prove who we are, and why nobody answers, in words."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from mailproc.queues import Unavailable

Security = Literal["tls", "starttls", "none"]
"""TLS from the first byte; TLS after STARTTLS, never without; none, for servers on this machine only."""

Password = Callable[[], str]
"""Gives the password at each connection, so that a changed one needs no restart. Raises Unavailable or Refused."""


def cut(connection: socket.socket | None) -> None:
    """End a connection that another thread waits on: it is told at once that the connection was closed."""
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """A context that verifies certificates and names, by the system's authorities or by those of `ca_file` (PEM)."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as trouble:
        why = "holds no certificates (PEM)" if isinstance(trouble, ssl.SSLError) else trouble.strerror
        raise Unavailable(f"ca_file {ca_file}: {why}") from None


_WHY: tuple[tuple[type[OSError], str], ...] = (
    (ssl.SSLEOFError, "the connection was closed"),
    (ssl.SSLZeroReturnError, "the connection was closed"),
    (ssl.SSLError, 'TLS is not possible there: check port and security ("tls" or "starttls")'),
    (socket.gaierror, "no such host: check host and the name service"),
    (ConnectionRefusedError, "nobody listens there: is the server running? check host and port"),
    (TimeoutError, "no answer in time"),
    (ConnectionError, "the connection was closed"),
)
"""The first that fits; ssl's errors are OSErrors with texts for programmers."""


def why_nobody_answers(trouble: OSError) -> str:
    """What went wrong with a connection and what to look at. Holds nothing that the other side said."""
    if isinstance(trouble, ssl.SSLCertVerificationError):
        why = trouble.verify_message
        return f"its certificate is not trusted ({why}): check host, or name its authority in ca_file"
    words = next((words for kind, words in _WHY if isinstance(trouble, kind)), None)
    return words or trouble.strerror or "the connection is lost"


def plain(text: str | bytes, *, secret: str = "") -> str:
    """What a server said, fit for a log: one line of at most 200 printable characters, without the secret."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if secret:
        words = words.replace(secret, "…")
    return "".join(character if character.isprintable() else " " for character in words)[:200].strip()
