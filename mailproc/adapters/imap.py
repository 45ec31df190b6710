"""A mailbox on an IMAP server, as a queue.

What was collected is told by UIDVALIDITY and a high-water UID kept by us, never by the flag for seen mail: people read
the same mailbox. The mark rises only after mail was let go; a daemon killed before that collects the same mail under
the same keys again, and the spool knows the keys. Where UIDVALIDITY changed, the server numbered its mail anew:
everything in the folder is collected again under new keys, and what was filed before is known by its Message-ID and
content.
"""

from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from mailproc.adapters.batches import in_batches
from mailproc.adapters.imap_session import PIECE, ImapSession, ImapSettings, Selected
from mailproc.adapters.progress import Progress
from mailproc.ports import Mark, Marks, RawMail, SetAside
from mailproc.queues import Unavailable

log = structlog.get_logger()

__all__ = ["ImapMailbox", "ImapSettings"]

BATCH_MAILS = 200
_LEFT_ALONE = " left alone"
"""Behind a folder's name: the moment (seconds since 1970) of the newest mail that the first run left alone."""
SIZES_AT_ONCE = 500
"""UIDs in one command: command lines longer than 8,192 bytes are not for every server (RFC 7162 4)."""


MOST_FAILED_FETCHES = 5
"""A server that breaks off at each try to read one mail (a damaged file) must not hold up those behind it."""

_Found = tuple[int, tuple[bytes, datetime]]
"""UID, content and INTERNALDATE."""


class ImapMailbox:
    """A mailbox of one or more folders; each is gone through in turn, lowest UID first.

    A mail larger than `max_bytes`, one that the server cannot hand over and one that was quarantined stay where they
    are, flagged for people, and are told by `set_aside`. The mark passes them at the next collection after that.
    """

    def __init__(self, settings: ImapSettings, marks: Marks) -> None:
        self.name = settings.name
        self._settings = settings
        self._marks = marks
        self._session: ImapSession | None = None
        self._progress: dict[str, Progress] = {}
        self._news: list[SetAside] = []
        self._told: list[_Place] = []
        self._left: set[str] = set()
        self._failed_fetches: Counter[str] = Counter()
        self._left_alone = 0

    @property
    def left_alone(self) -> int:
        """How many mails lay there before the first run and were not taken, since this object was made."""
        return self._left_alone

    def waiting(self) -> Generator[Sequence[RawMail], None, None]:
        for folder in self._settings.folders:
            progress = self._begin(self._look_afresh(folder))
            yield from self._collect(folder, progress)
            self._pass_what_was_told(progress, folder)

    def done(self, units: Sequence[RawMail]) -> None:
        by_folder: dict[tuple[str, int], list[int]] = defaultdict(list)
        for unit in units:
            at = _place(self.name, unit.key)
            by_folder[at.folder, at.uidvalidity].append(at.uid)
        for (folder, uidvalidity), uids in by_folder.items():
            self._let_go(folder, uidvalidity, uids)

    def retry_later(self, unit: RawMail, why: str, after: timedelta | None = None) -> None:
        """Leave it: the mark stays below it, and the next call of `waiting` hands it out again."""

    def quarantine(self, unit: RawMail, why: str) -> None:
        """Leave it where it is, flagged, tell it, and hand it out no more."""
        self._leave(unit.key, why)

    def set_aside(self) -> Sequence[SetAside]:
        news, self._news = self._news, []
        self._told += [_place(self.name, one.key) for one in news]
        return news

    def check(self) -> str:
        """Logs in and opens each folder: what was found, in words. Raises Unavailable with what to do."""
        folders = ", ".join(f"{folder} holds {self._look_afresh(folder).mails}" for folder in self._settings.folders)
        self.close()
        return f"mailbox {self.name!r}: logged in to {self._settings.host}:{self._settings.port}, {folders}"

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _collect(self, folder: str, progress: Progress) -> Iterator[Sequence[RawMail]]:
        for window in self._in(folder).uids_above(progress.mark):
            for some in in_batches(progress.found(window), lambda _: 1, most_bytes=SIZES_AT_ONCE, most=SIZES_AT_ONCE):
                yield from self._fetch(folder, progress.uidvalidity, some)

    def _fetch(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> Iterator[Sequence[RawMail]]:
        """These mails in batches by bytes, without those that are gone and those that are left."""
        keys = {uid: f"{self.name}/{folder}/{uidvalidity}/{uid}" for uid in uids}
        sizes = {uid: size for uid, size in self._in(folder).sizes(uids).items() if keys[uid] not in self._left}
        for uid, size in sizes.items():
            if size > self._settings.max_bytes:
                self._leave(keys[uid], self._too_large)
        fitting = [uid for uid in sorted(sizes) if keys[uid] not in self._left]
        most_bytes = self._settings.batch_bytes
        weights = {uid: most_bytes if keys[uid] in self._failed_fetches else sizes[uid] for uid in fitting}
        for batch in in_batches(fitting, weights.__getitem__, most_bytes=most_bytes, most=BATCH_MAILS):
            with self._suspecting([keys[uid] for uid in batch]):
                found = self._contents(folder, batch, sizes)
            mails = [self._raw(keys[uid], *mail) for uid, mail in found]
            if taken := [mail for mail in mails if mail.key not in self._left]:
                yield taken

    def _contents(self, folder: str, uids: Sequence[int], sizes: Mapping[int, int]) -> list[_Found]:
        """What these hold, lowest UID first. Without those that went away meanwhile: some servers hand out nothing."""
        session = self._in(folder)
        found = session.mails([uid for uid in uids if sizes[uid] <= PIECE])
        for uid in uids:
            if sizes[uid] > PIECE and (mail := session.large_mail(uid, self._settings.max_bytes)) is not None:
                found[uid] = mail
        return sorted((uid, mail) for uid, mail in found.items() if mail[0] or not sizes[uid])

    @contextmanager
    def _suspecting(self, keys: Sequence[str]) -> Iterator[None]:
        """A batch that could not be fetched is fetched one by one in the next collection, until the mail is known."""
        try:
            yield
        except Unavailable:
            self._failed_fetches.update(keys)
            if len(keys) == 1 and self._failed_fetches[keys[0]] >= MOST_FAILED_FETCHES:
                self._leave(keys[0], f"the server broke off {MOST_FAILED_FETCHES} times when this mail was fetched")
            raise
        for key in keys:
            del self._failed_fetches[key]

    def _raw(self, key: str, content: bytes, arrived: datetime) -> RawMail:
        """The mail; left in its place where it is larger than the server said."""
        if len(content) > self._settings.max_bytes:
            self._leave(key, self._too_large)
        return RawMail(key=key, mailbox=self.name, content=content, arrived=arrived)

    @property
    def _too_large(self) -> str:
        return f"larger than {self._settings.max_bytes} bytes (max_bytes): left in the mailbox, flagged"

    def _leave(self, key: str, why: str) -> None:
        self._left.add(key)
        self._news.append(SetAside(key=key, why=why))
        at = _place(self.name, key)
        session = self._in(at.folder)
        if session.uidvalidity == at.uidvalidity:
            session.flag([at.uid])

    def _pass_what_was_told(self, progress: Progress, folder: str) -> None:
        here = [at for at in self._told if at.folder == folder]
        self._settle(folder, progress, [at.uid for at in here if at.uidvalidity == progress.uidvalidity])
        self._told = [at for at in self._told if at.folder != folder]

    def _let_go(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> None:
        session = self._in(folder)
        if session.uidvalidity != uidvalidity:  # numbered anew since: these come again, under other keys
            return
        session.let_go(uids)
        progress = self._progress.get(folder)
        if progress is not None and progress.uidvalidity == uidvalidity:
            self._settle(folder, progress, uids)

    def _settle(self, folder: str, progress: Progress, uids: Sequence[int]) -> None:
        if progress.settle(uids):
            self._marks.set_mark(self.name, folder, (progress.uidvalidity, progress.mark))

    def _begin(self, selected: Selected) -> Progress:
        """Another collection of this folder, from the mark that is on record."""
        folder, uidvalidity = selected.folder, selected.uidvalidity
        recorded = self._marks.mark(self.name, folder) or self._first_mark(selected)
        mark = recorded[1] if recorded[0] == uidvalidity else self._mark_of_renumbered(selected)
        progress = self._progress.get(folder)
        if progress is None or progress.uidvalidity != uidvalidity:
            progress = self._progress[folder] = Progress(uidvalidity, mark)
        progress.start_over(mark)
        return progress

    def _first_mark(self, selected: Selected) -> Mark:
        mark = (selected.uidvalidity, 0)
        if self._settings.first_run == "new-only":
            mark = (selected.uidvalidity, selected.next_uid - 1)
            self._left_alone += selected.mails
            log.warning("mail-left-alone", mailbox=self.name, folder=selected.folder, mails=selected.mails)
            newest = self._in(selected.folder).newest_arrival()
            since = (int(newest.timestamp()), 0) if newest else (0, 0)
            self._marks.set_mark(self.name, f"{selected.folder}{_LEFT_ALONE}", since)
        self._marks.set_mark(self.name, selected.folder, mark)
        return mark

    def _mark_of_renumbered(self, selected: Selected) -> int:
        """Where to begin under a new UIDVALIDITY: below everything, or above what was left alone at the first run."""
        left_alone = self._marks.mark(self.name, f"{selected.folder}{_LEFT_ALONE}")
        if left_alone is None or not left_alone[0]:
            return 0
        newest = datetime.fromtimestamp(left_alone[0], UTC)
        return self._in(selected.folder).first_uid_after(newest) - 1

    def _look_afresh(self, folder: str) -> Selected:
        """The folder as it is now. Servers let idle connections go, so an old one is given up without a word."""
        if self._session is not None and self._session.alive:
            with suppress(Unavailable):
                return self._session.select(folder)
        self._session = ImapSession(self._settings)
        return self._session.select(folder)

    def _in(self, folder: str) -> ImapSession:
        """A session with this folder selected."""
        session = self._session
        if session is None or not session.alive or session.selected is None or session.selected.folder != folder:
            self._look_afresh(folder)
        assert self._session is not None, "just opened"
        return self._session


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mail lies: what its key says behind the mailbox's name. Folder names may hold slashes."""

    folder: str
    uidvalidity: int
    uid: int


def _place(mailbox: str, key: str) -> _Place:
    folder, uidvalidity, uid = key.removeprefix(f"{mailbox}/").rsplit("/", 2)
    return _Place(folder, int(uidvalidity), int(uid))
