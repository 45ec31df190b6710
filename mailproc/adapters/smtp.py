"""The carrier that hands letters to a mail server (RFC 5321, submission of RFC 6409).

Each letter is one transaction with an outcome of its own, on a connection that is kept for the next one. A letter whose
last dot was sent and not answered may have arrived: it goes again with the same Message-ID, since a letter twice is
better than none.
"""

import base64
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from mailproc.adapters.connections import Password, Security, cut, plain, trusting, why_nobody_answers
from mailproc.ports import Letter, Undelivered
from mailproc.queues import Later, Refused, Unavailable

KEPT_SECONDS = 5.0
"""A connection that was idle for longer is opened anew: servers close idle ones, some after seconds."""

FAREWELL_SECONDS = 0.5

_CLOSING = 421
_TOOK_IT = frozenset({250, 251})
_WANTS_LOGIN = frozenset({530, 534, 535, 538})
"""RFC 4954 6: what is wrong is our configuration, never the letter."""

Answer = tuple[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """A mail server that takes our letters. Without `username` nobody logs in; seconds limit each wait.

    `greeting_name` is what we call ourselves (EHLO); empty for this machine's name.
    """

    host: str
    port: int
    username: str = ""
    password: Password = field(default=str, repr=False)
    security: Security = "tls"
    ca_file: Path | None = None
    connect_seconds: float = 15.0
    read_seconds: float = 60.0
    greeting_name: str = ""


class SmtpCarrier:
    """Keeps its connection between letters. Give one letter at a time where none must go twice."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None
        self._last_used = 0.0
        self._at_work = Lock()

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:
        return [missed for letter in letters for missed in self._carry(letter)]

    def check(self) -> str:
        """Logs in and out: what was found, in words. Raises Unavailable with what to do."""
        self.close()
        self._connect()
        self.close()
        who = f"logged in as {self._settings.username}" if self._settings.username else "connected without login"
        return f"outgoing: {who} at {self._settings.host}:{self._settings.port}"

    def close(self) -> None:
        """Where another thread carries a letter and waits for the server, the connection is cut."""
        if self._at_work.acquire(blocking=False):
            self._leave()
            self._at_work.release()
        elif self._server is not None:
            cut(self._server.sock)

    def _leave(self) -> None:
        """Take leave, without waiting long for an answer."""
        if self._server is not None:
            with suppress(OSError):
                if self._server.sock is not None:
                    self._server.sock.settimeout(FAREWELL_SECONDS)
                self._server.quit()
        self._drop()

    def _carry(self, letter: Letter) -> Sequence[Undelivered]:
        envelope = _envelope_of(letter)
        with self._at_work, self._outcomes():
            server = self._begin(envelope)
            missed = self._address(server, letter, envelope)
            self._demand(server.data(letter.content))
        self._last_used = time.monotonic()
        return missed

    def _begin(self, envelope: "_Envelope") -> smtplib.SMTP:
        """A server that took the sender. A kept connection may turn out to be closed: nothing was sent yet."""
        server = self._kept()
        if server is not None:
            with suppress(smtplib.SMTPServerDisconnected):
                answer = server.mail(envelope.sender, _options(server, envelope))
                if answer[0] != _CLOSING:
                    self._demand(answer)
                    return server
            self._drop()
        server = self._connect()
        self._demand(server.mail(envelope.sender, _options(server, envelope)))
        return server

    def _address(self, server: smtplib.SMTP, letter: Letter, envelope: "_Envelope") -> list[Undelivered]:
        """Names the recipients; gives back those who were refused, where somebody was taken."""
        missed = []
        for recipient, address in zip(letter.recipients, envelope.recipients, strict=True):
            code, text = server.rcpt(address)
            if code == _CLOSING:
                self._demand((code, text))
            if code not in _TOOK_IT:
                missed.append(_undelivered(letter, recipient, (code, text)))
        if len(missed) == len(letter.recipients):
            worst = next((one for one in missed if not one.permanent), missed[0])
            self._demand((worst.code, worst.text.encode()))
        return missed

    def _demand(self, answer: Answer) -> None:
        """Nothing where the server agreed. Raises Later or Refused with its code and words otherwise."""
        code, text = answer
        if code in _TOOK_IT:
            return
        self._start_afresh(code)
        words = f"{code} {plain(text)}"
        if code in _WANTS_LOGIN:
            raise self._unavailable(f"it wants a login: check username and password ({words})")
        raise Refused(words) if _permanent(code) else Later(words)

    @contextmanager
    def _outcomes(self) -> Iterator[None]:
        """Turns what smtplib raises into an outcome of the letter."""
        try:
            yield
        except smtplib.SMTPDataError as trouble:  # what came instead of 354
            self._demand((trouble.smtp_code, _bytes(trouble.smtp_error)))
        except smtplib.SMTPServerDisconnected:
            self._drop()
            raise Later("the connection was lost before the server answered") from None
        except OSError as trouble:
            self._drop()
            raise Later(f"while the letter was sent: {why_nobody_answers(trouble)}") from None

    def _start_afresh(self, code: int) -> None:
        """Let the server forget the transaction (RSET), or leave it where it closes or does not speak SMTP."""
        if self._server is None or code == _CLOSING or not 400 <= code < 600:
            self._drop()
            return
        try:
            self._server.rset()
        except OSError:
            self._drop()

    def _kept(self) -> smtplib.SMTP | None:
        if self._server is not None and time.monotonic() - self._last_used > KEPT_SECONDS:
            self._leave()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        """A new connection, secured and logged in. Raises Unavailable with what to do."""
        context = None if self._settings.security == "none" else trusting(self._settings.ca_file)
        password = self._settings.password() if self._settings.username else ""
        with self._reaching():
            self._server = server = self._greeted(context)
            if self._settings.security == "starttls":
                server.starttls(context=context)
            assert server.sock is not None, "connected"
            server.sock.settimeout(self._settings.read_seconds)
            server.ehlo_or_helo_if_needed()
        if self._settings.username:
            self._log_in(server, password)
        self._last_used = time.monotonic()
        return server

    def _greeted(self, context: ssl.SSLContext | None) -> smtplib.SMTP:
        host, port, seconds = self._settings.host, self._settings.port, self._settings.connect_seconds
        if self._settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, self._greeting_name, timeout=seconds, context=context)
        return smtplib.SMTP(host, port, self._greeting_name, timeout=seconds)

    @cached_property
    def _greeting_name(self) -> str:
        """Asked for once: getfqdn may ask the name service, and wait for it."""
        return self._settings.greeting_name or socket.getfqdn()

    def _log_in(self, server: smtplib.SMTP, password: str) -> None:
        username = self._settings.username
        with self._reaching(secret=password):
            if (username + password).isascii():
                server.login(username, password)
                return
            code, text = server.docmd("AUTH", f"PLAIN {_plain_credentials(username, password)}")
            if code != 235:
                raise smtplib.SMTPAuthenticationError(code, text)

    @contextmanager
    def _reaching(self, secret: str = "") -> Iterator[None]:
        """Turns whatever goes wrong before the first letter into Unavailable, in words without the password."""
        try:
            yield
        except OSError as trouble:
            self._drop()
            raise self._unavailable(_why_not_reached(trouble, secret)) from None

    def _unavailable(self, why: str) -> Unavailable:
        self._drop()
        return Unavailable(f"mail server {self._settings.host}:{self._settings.port}: {why}")

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Envelope:
    """Addresses as they are written on the wire, and what the server must be able to do."""

    sender: str
    recipients: tuple[str, ...]
    size: int
    utf8: bool
    eight_bit: bool


def _envelope_of(letter: Letter) -> _Envelope:
    """Raises Refused where an address cannot be written in SMTP."""
    if not letter.recipients:
        raise Refused("the letter has no recipient")
    sender, *recipients = (_on_the_wire(address) for address in (letter.envelope_from, *letter.recipients))
    head = letter.content.partition(b"\r\n\r\n")[0]
    return _Envelope(
        sender=sender,
        recipients=tuple(recipients),
        size=len(letter.content),
        utf8=not (head.isascii() and all(address.isascii() for address in (sender, *recipients))),
        eight_bit=not letter.content.isascii(),
    )


def _on_the_wire(address: str) -> str:
    """With its domain in ASCII (RFC 5890), so that only a local part asks for SMTPUTF8."""
    local, at, domain = address.rpartition("@")
    if not address.isprintable() or set(" <>") & set(address) or smtplib.quoteaddr(address) != f"<{address}>":
        raise Refused("an address holds what SMTP cannot carry")
    try:
        return f"{local}{at}{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        raise Refused("the domain of an address cannot be written in ASCII (RFC 5890)") from None


def _options(server: smtplib.SMTP, envelope: _Envelope) -> list[str]:
    """Of the MAIL command: RFC 1870, 6531 and 6152. Raises Refused where the server lacks what the letter needs."""
    options = [f"SIZE={envelope.size}"] if server.has_extn("size") else []
    if envelope.utf8:
        if not server.has_extn("smtputf8"):
            raise Refused("the mail server takes no addresses beyond ASCII (SMTPUTF8)")
        options.append("SMTPUTF8")
    if envelope.eight_bit and server.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    return options


def _undelivered(letter: Letter, recipient: str, answer: Answer) -> Undelivered:
    code, text = answer
    permanent = _permanent(code)
    return Undelivered(letter=letter.key, recipient=recipient, code=code, text=plain(text), permanent=permanent)


def _permanent(code: int) -> bool:
    return 500 <= code < 600


def _why_not_reached(trouble: OSError, secret: str) -> str:
    match trouble:
        case smtplib.SMTPAuthenticationError(smtp_code=code) if _permanent(code):
            return "user name or password is refused: check username, and password_env or password_file"
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            return f"it does not serve us now: {code} {plain(text, secret=secret)}"
        case smtplib.SMTPServerDisconnected():
            return "the connection was closed"
        case smtplib.SMTPException():
            return 'it does not offer STARTTLS, or no login that we know: check port and security ("tls" or "starttls")'
        case _:
            return why_nobody_answers(trouble)


def _plain_credentials(username: str, password: str) -> str:
    """RFC 4616; smtplib's own login takes only ASCII."""
    return base64.b64encode(f"\0{username}\0{password}".encode()).decode()


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
