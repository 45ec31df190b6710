"""An SMTP server that keeps what it gets and fails as it is told: one fault for each coming occasion."""

import asyncio
import ssl
import warnings
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.process import free_port


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong, at which stage. Without a reply the connection is cut (RST).

    `after data` comes when the whole letter was received, `kept` says whether the server took it all the same.
    """

    at: Literal["connect", "mail", "rcpt", "data", "after data"]
    reply: str = ""
    only: str = ""
    seconds: float = 0.0
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class Received:
    """A letter as it arrived; `user` is who logged in."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)
    encrypted: bool
    user: str
    options: tuple[str, ...]


class SmtpSink:
    """Start it with `with`. `context` makes TLS possible: from the first byte with `implicit`, else by STARTTLS."""

    def __init__(
        self, *, context: ssl.SSLContext | None = None, implicit: bool = False, password: str = "", utf8: bool = True
    ) -> None:
        self.received: list[Received] = []
        self.faults: deque[Fault] = deque()
        self.connections = 0
        self.port = free_port()
        self._password = password
        self._implicit = implicit
        self._controller = _Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=context if implicit else None,
            server_hostname="sink.example.test",
            enable_SMTPUTF8=utf8,
            **self._options(context, implicit=implicit),
        )

    def __enter__(self) -> Self:
        self._controller.start()
        self.connections = 0  # the controller connects once itself, to see whether it answers
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_MAIL(  # noqa: N802 - named and called by aiosmtpd
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._answer(server, "mail", "250 OK")
        if answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802 - named and called by aiosmtpd
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self._answer(server, "rcpt", "250 OK", address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        fault = self._next("data") or self._next("after data")
        if fault is None or fault.kept:
            encrypted = self._implicit or session.ssl is not None
            self.received.append(_received(session, envelope, encrypted=encrypted))
        return await self._answer(server, fault.at if fault else "data", "250 2.0.0 queued")

    def log_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password.decode() == self._password
        return AuthResult(success=good, auth_data=data.login.decode() if good else None, handled=False)

    def connected(self, transport: Any) -> None:
        self.connections += 1
        if (fault := self._next("connect")) is not None:
            self.faults.popleft()
            if fault.reply:
                transport.write(f"{fault.reply}\r\n".encode())
                transport.close()
            else:
                transport.abort()

    def _next(self, at: str, address: str = "") -> Fault | None:
        fault = self.faults[0] if self.faults else None
        return fault if fault is not None and fault.at == at and fault.only in ("", address) else None

    async def _answer(self, server: SMTP, at: str, good: str, address: str = "") -> str:
        fault = self._next(at, address)
        if fault is None:
            return good
        self.faults.popleft()
        await asyncio.sleep(fault.seconds)
        if not fault.reply:
            _cut(server)
        return fault.reply or "421 never heard"

    def _options(self, context: ssl.SSLContext | None, *, implicit: bool) -> dict[str, Any]:
        options: dict[str, Any] = {}
        if self._password:
            by_starttls = context is not None and not implicit
            options |= {"authenticator": self.log_in, "auth_required": True, "auth_require_tls": by_starttls}
        if context is not None and not implicit:
            options |= {"tls_context": context, "require_starttls": True}
        return options


class _Controller(Controller):
    def factory(self) -> SMTP:
        with warnings.catch_warnings():  # aiosmtpd takes TLS from the first byte for none
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
            return _Server(self.handler, **self.SMTP_kwargs)


class _Server(SMTP):
    def connection_made(self, transport: Any) -> None:
        first = self.transport is None
        super().connection_made(transport)
        if first:
            self.event_handler.connected(transport)


def _cut(server: SMTP) -> None:
    transport: Any = server.transport
    transport.abort()


def _received(session: Session, envelope: Envelope, *, encrypted: bool) -> Received:
    assert isinstance(envelope.content, bytes)
    return Received(
        sender=envelope.mail_from or "",
        recipients=tuple(envelope.rcpt_tos),
        content=envelope.content,
        encrypted=encrypted,
        user=session.auth_data or "",
        options=tuple(envelope.mail_options),
    )
