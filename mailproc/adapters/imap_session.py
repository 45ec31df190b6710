"""One connection to an IMAP server (RFC 3501, 6851, 4315): the only module that knows imapclient.

A session that met trouble is closed: imapclient cannot go on after a time-out or a broken line. What a server says
while mail is fetched is never repeated in an exception, since it may hold mail.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from re import search
from threading import Lock
from typing import Literal

from imapclient import DELETED, FLAGGED, SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
)

from mailproc.adapters.batches import MEGABYTE
from mailproc.adapters.connections import Password, Security, cut, plain, trusting, why_nobody_answers
from mailproc.queues import Unavailable

PIECE = MEGABYTE
"""Larger mails are fetched in pieces of this size: imapclient needs more than three times a reply's size in memory."""

WINDOW = 5000
WIDEST_WINDOW = 100_000
"""A SEARCH answer is one line, and imaplib takes lines of up to 1,000,000 bytes: some 140,000 UIDs."""

FAREWELL_SECONDS = 0.5

_TROUBLE = (IMAPClientError, OSError, ValueError, LookupError)
"""imapclient lets its parser's ValueError and KeyError through where a server answers what it should not."""

_LOGIN_WORDS = {
    "AUTHENTICATIONFAILED": "user name or password is refused: check username, and password_env or password_file",
    "AUTHORIZATIONFAILED": "this user may not log in here: check username",
    "EXPIRED": "the password has expired",
    "LIMIT": "too many connections of this user",
    "PRIVACYREQUIRED": 'it wants encryption: write security = "tls" or "starttls"',
    "UNAVAILABLE": "it cannot check passwords now",
}
"""Response codes of RFC 5530 and RFC 9051 7.1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """A mailbox on a server, and what becomes of its mail.

    Seconds limit each wait, not a whole command. `first_run` "new-only" leaves alone what lay there before the first
    collection.
    """

    name: str
    host: str
    port: int
    username: str
    password: Password = field(repr=False)
    security: Security = "tls"
    ca_file: Path | None = None
    folders: tuple[str, ...] = ("INBOX",)
    after: Literal["seen", "move", "delete"] = "seen"
    move_to: str | None = None
    first_run: Literal["new-only", "everything"] = "new-only"
    batch_bytes: int = 8 * MEGABYTE
    max_bytes: int = 50 * MEGABYTE
    connect_seconds: float = 15.0
    read_seconds: float = 60.0

    def __post_init__(self) -> None:
        if self.after == "move" and not self.move_to:
            raise ValueError('after = "move" needs move_to, the folder to move to')


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A folder as the server shows it: `next_uid` is above every mail in it."""

    folder: str
    uidvalidity: int
    next_uid: int
    mails: int


class ImapSession:
    """Logged in, with at most one folder selected. Every method raises Unavailable, and the session is closed then."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._where = f"mailbox {settings.name!r} ({settings.host}:{settings.port})"
        self._move_to_exists = False
        self._at_work = Lock()
        self.alive = True
        self.selected: Selected | None = None
        self._client = self._connect()
        self._login()

    @property
    def uidvalidity(self) -> int:
        """Of the selected folder."""
        return self._in_folder().uidvalidity

    def select(self, folder: str) -> Selected:
        """Open the folder, or look at it afresh."""
        with self._doing(f"folder {folder!r} cannot be opened", tell_answer=True):
            told = self._client.select_folder(folder)
            next_uid = told.get(b"UIDNEXT") or max(self._client.search(["UID", "*"]), default=0) + 1
            uidvalidity = told[b"UIDVALIDITY"]
        self.selected = Selected(folder=folder, uidvalidity=uidvalidity, next_uid=next_uid, mails=told[b"EXISTS"])
        return self.selected

    def uids_above(self, mark: int) -> Iterator[list[int]]:
        """The UIDs in the selected folder above the mark, in rising order, window by window, without deleted mail."""
        selected = self._in_folder()
        low, width = mark + 1, WINDOW if selected.mails > WINDOW else selected.next_uid
        while low < selected.next_uid:
            high = min(low + width, selected.next_uid) - 1
            with self._doing("searching failed"):
                uids = self._client.search(["UID", f"{low}:{high}", "UNDELETED"])
            if found := sorted(uid for uid in uids if low <= uid <= high):
                yield found
                width = WINDOW
            else:  # UIDs may lie far apart: look further, but never so far that the answer is too long
                width = min(width * 2, WIDEST_WINDOW)
            low = high + 1

    def newest_arrival(self) -> datetime | None:
        """INTERNALDATE (UTC) of the newest of the last mails in the selected folder; None where it is empty."""
        last = [uid for window in self.uids_above(max(self._in_folder().next_uid - WINDOW, 0)) for uid in window]
        return max(self._arrivals(last).values(), default=None)

    def first_uid_after(self, moment: datetime) -> int:
        """The lowest UID of a mail that arrived later (INTERNALDATE), or that of the next mail to come."""
        with self._doing("searching failed"):
            candidates = sorted(self._client.search(["SINCE", moment.date()]))
        for start in range(0, len(candidates), WINDOW):
            arrivals = self._arrivals(candidates[start : start + WINDOW])
            if later := [uid for uid, arrived in arrivals.items() if arrived > moment]:
                return min(later)
        return self._in_folder().next_uid

    def _arrivals(self, uids: Sequence[int]) -> dict[int, datetime]:
        with self._doing("asking for dates failed"):
            told = self._client.fetch(uids, ["INTERNALDATE"]) if uids else {}
            return {uid: _utc(answer[b"INTERNALDATE"]) for uid, answer in told.items()}

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Bytes of each mail as the server counts them. Mails that are gone are left out."""
        with self._doing("asking for sizes failed"):
            told = self._client.fetch(uids, ["RFC822.SIZE"])
            return {uid: answer[b"RFC822.SIZE"] for uid, answer in told.items()}

    def mails(self, uids: Sequence[int]) -> dict[int, tuple[bytes, datetime]]:
        """Content and INTERNALDATE (UTC) of mails that are not large; they stay unseen. Those gone are left out."""
        with self._doing("fetching mail failed"):
            told = self._client.fetch(uids, ["BODY.PEEK[]", "INTERNALDATE"])
            return {
                uid: (answer[b"BODY[]"], _utc(answer[b"INTERNALDATE"]))
                for uid, answer in told.items()
                if answer.get(b"BODY[]") is not None
            }

    def large_mail(self, uid: int, most: int) -> tuple[bytes, datetime] | None:
        """The same for a large one, fetched in pieces: at most `most` bytes of it and one piece more."""
        content = bytearray()
        with self._doing("fetching a large mail failed"):
            while len(content) <= most:
                told = self._client.fetch([uid], [f"BODY.PEEK[]<{len(content)}.{PIECE}>", "INTERNALDATE"])
                if uid not in told:
                    return None
                piece = told[uid][b"BODY[]<%d>" % len(content)] or b""
                content += piece
                if len(piece) < PIECE:
                    break
            return bytes(content), _utc(told[uid][b"INTERNALDATE"])

    def let_go(self, uids: Sequence[int]) -> None:
        """Mark, move or delete these, as configured, in one command or two. UIDs that are gone do no harm."""
        match self._settings.after:
            case "seen":
                with self._doing("marking mail as seen failed"):
                    self._client.add_flags(uids, [SEEN], silent=True)
            case "delete":
                with self._doing("deleting mail failed"):
                    self._delete(uids)
            case "move":
                folder = self._settings.move_to or ""
                with self._doing(f"moving mail to {folder!r} failed", tell_answer=True):
                    self._move(uids, folder)

    def flag(self, uids: Sequence[int]) -> None:
        """Make these stand out for a person."""
        with self._doing("flagging mail failed"):
            self._client.add_flags(uids, [FLAGGED], silent=True)

    def close(self) -> None:
        """Log out, without waiting long for an answer. Where another thread waits for one, the connection is cut."""
        if not self._at_work.acquire(blocking=False):
            cut(self._client.socket())
            return
        with suppress(*_TROUBLE):
            self._client.socket().settimeout(FAREWELL_SECONDS)
            self._client.logout()
        self._drop()
        self._at_work.release()

    def _connect(self) -> IMAPClient:
        settings = self._settings
        context = None if settings.security == "none" else trusting(settings.ca_file)
        with self._doing("cannot be reached", connected=False):
            client = IMAPClient(
                settings.host,
                settings.port,
                ssl=settings.security == "tls",
                ssl_context=context,
                timeout=SocketTimeout(settings.connect_seconds, settings.read_seconds),
            )
        client.normalise_times = False  # else INTERNALDATE comes naive and in local time
        client._imap.debug = 0  # noqa: SLF001 - set to 5 by imapclient: makes a repr of every mail for a log line
        self._client = client
        if settings.security == "starttls":
            with self._doing("STARTTLS failed"):
                client.starttls(context)
        return client

    def _login(self) -> None:
        username, password = self._settings.username, self._settings.password()
        log_in = self._client.login if (username + password).isascii() else self._client.plain_login
        try:
            log_in(username, password)
        except IMAPClientError as trouble:
            self._drop()
            raise Unavailable(f"{self._where}: login failed: {_why_no_login(str(trouble), password)}") from None
        except OSError as trouble:
            self._drop()
            raise Unavailable(f"{self._where}: login failed: {why_nobody_answers(trouble)}") from None

    def _move(self, uids: Sequence[int], folder: str) -> None:
        if not self._move_to_exists:
            if not self._client.folder_exists(folder):
                self._client.create_folder(folder)
            self._move_to_exists = True
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
        else:
            self._client.copy(uids, folder)
            self._delete(uids)

    def _delete(self, uids: Sequence[int]) -> None:
        """Without UIDPLUS only marked: EXPUNGE would take away what other people marked (RFC 4315)."""
        self._client.add_flags(uids, [DELETED], silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)

    def _in_folder(self) -> Selected:
        assert self.selected is not None, "select a folder first"
        return self.selected

    @contextmanager
    def _doing(self, failed: str, *, tell_answer: bool = False, connected: bool = True) -> Iterator[None]:
        """Turns whatever imapclient raises into Unavailable, in words without mail or password."""
        try:
            with self._at_work:
                yield
        except _TROUBLE as trouble:
            if connected:
                self._drop()
            raise Unavailable(f"{self._where}: {failed}: {_why(trouble, tell_answer=tell_answer)}") from None

    def _drop(self) -> None:
        self.alive = False
        self.selected = None
        with suppress(OSError):
            self._client.shutdown()


def _why(trouble: Exception, *, tell_answer: bool) -> str:
    match trouble:
        case OSError():
            return why_nobody_answers(trouble)
        case IMAPClientAbortError():
            return "the connection was closed"
        case IMAPClientReadOnlyError():
            return "it is read-only for this user"
        case CapabilityError():
            return 'the server does not offer it: write security = "tls", and its port'
        case IMAPClientError() if tell_answer:
            return plain(str(trouble))
        case _:
            return f"the server answered {_code(str(trouble)) or type(trouble).__name__}"


def _why_no_login(answer: str, password: str) -> str:
    """LoginError stands for every failure; only the response code tells which."""
    return _LOGIN_WORDS.get(_code(answer)) or plain(answer, secret=password)


def _code(answer: str) -> str:
    found = search(r"\[([A-Z-]{1,40})[\] ]", answer[:1000])
    return found[1] if found else ""


def _utc(moment: object) -> datetime:
    """INTERNALDATE has an offset (RFC 3501 2.3.3). Raises ValueError for what is no date."""
    if not isinstance(moment, datetime):
        raise ValueError("no INTERNALDATE")  # noqa: TRY004 - an answer of the server's, not a mistake of ours
    return moment.astimezone(UTC)
