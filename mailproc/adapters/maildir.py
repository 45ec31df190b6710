"""Maildir: a mailbox in a folder, and a folder that letters are carried into.

A file in `new/` or `cur/` is one complete message; its name before the colon is unique, what stands behind are
flags. The standard library's `mailbox.Maildir` is not used: it converts line ends, and evidence must stay as it came.
"""

import hashlib
import os
import stat
from collections.abc import Generator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from mailproc.adapters.batches import MEGABYTE, in_batches
from mailproc.ports import Letter, RawMail, SetAside, Undelivered
from mailproc.queues import Unavailable

BATCH_BYTES = 4 * MEGABYTE
BATCH_MAILS = 50


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _File:
    """A message that waits, ordered by its time and then its name; `modified` is nanoseconds since 1970."""

    modified: int
    unique: str
    path: Path
    size: int


@dataclass(slots=True)
class MaildirMailbox:
    """A Maildir that customers' mail is delivered to.

    Waiting is what lies in `new/`, and in `cur/` what nobody marked as seen; drafts and trashed mail never wait. With
    `everything`, the first run takes seen mail as well, for a mailbox that people used before; the file
    `mailproc-collected` beside `new/` says that it came to its end. Broken off, it begins again, which is harmless:
    the spool knows the keys.

    `move_to` is another Maildir on the same file system, relative to `path`. A mail larger than `max_bytes`, one that
    cannot be read and one that was quarantined stay where they are and are not handed out again by this object.
    """

    name: str
    path: Path
    _: KW_ONLY
    after: Literal["seen", "move", "delete"] = "seen"
    move_to: str | None = None
    everything: bool = False
    max_bytes: int = 50 * MEGABYTE
    _seen_too: bool = field(init=False, default=False)
    _passed_over: set[str] = field(init=False, default_factory=set)
    _paths: dict[str, Path] = field(init=False, default_factory=dict)
    _news: list[SetAside] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        if self.after == "move" and not self.move_to:
            raise ValueError('after = "move" needs move_to, the Maildir to move to')

    def waiting(self) -> Generator[Sequence[RawMail], None, None]:
        try:
            _make_maildir(self.path)
            self._seen_too = self.everything and not self._first_run_ended.exists()
            files = self._files()
        except OSError as trouble:
            raise self._unavailable("cannot be listed", trouble) from trouble
        self._paths.clear()
        for batch in in_batches(files, lambda file: file.size, most_bytes=BATCH_BYTES, most=BATCH_MAILS):
            if mails := [mail for file in batch if (mail := self._read(file)) is not None]:
                yield mails
        if self._seen_too:
            self._end_first_run()

    def done(self, units: Sequence[RawMail]) -> None:
        try:
            if self.after == "move":
                _make_maildir(self._destination)
            strays = {unit.key for unit in units if not self._let_go(self._paths.pop(unit.key, None))}
            for path in self._find(strays):
                self._let_go(path)
        except OSError as trouble:
            raise self._unavailable("does not let its mail be moved or removed", trouble) from trouble

    def retry_later(
        self,
        unit: RawMail,  # noqa: ARG002 - the port's, as are the next two
        why: str,  # noqa: ARG002
        after: timedelta | None = None,  # noqa: ARG002
    ) -> None:
        """Leave it where it is: the next call of `waiting` hands it out again, seen or not."""
        self._seen_too = False

    def quarantine(self, unit: RawMail, why: str) -> None:
        """Leave it where it is, tell it, and hand it out no more until the daemon starts again."""
        self._pass_over(unit.key, why)

    def set_aside(self) -> Sequence[SetAside]:
        news, self._news = self._news, []
        return news

    def check(self) -> str:
        """What is found there, in words for `check-config --connect`. Raises Unavailable with what to do."""
        try:
            _make_maildir(self.path)
            waiting = len(self._files())
        except OSError as trouble:
            raise self._unavailable("cannot be listed", trouble) from trouble
        if not os.access(self.path / "new", os.W_OK):
            raise Unavailable(f"mailbox {self.name!r}: {self.path} cannot be written: give this user write permission")
        return f"mailbox {self.name!r}: Maildir {self.path}, {waiting} waiting"

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def _first_run_ended(self) -> Path:
        return self.path / "mailproc-collected"

    def _end_first_run(self) -> None:
        try:
            self._first_run_ended.touch()
        except OSError as trouble:
            raise self._unavailable("cannot be written", trouble) from trouble

    @property
    def _destination(self) -> Path:
        return self.path / (self.move_to or "")

    def _files(self) -> list[_File]:
        """What waits and was not passed over, oldest first."""
        paths = [path for folder in ("new", "cur") for path in _listed(self.path / folder) if self._waits(path.name)]
        return sorted(file for path in paths if (file := _looked_at(path)) is not None)

    def _waits(self, name: str) -> bool:
        if self._key(_unique(name)) in self._passed_over:
            return False
        flags = _flags(name)
        return not flags & set("DT") and (self._seen_too or "S" not in flags)

    def _key(self, unique: str) -> str:
        return f"{self.name}/{unique}"

    def _read(self, file: _File) -> RawMail | None:
        """The mail, or None for one that went away or is set aside."""
        try:
            content = _content(file.path, self.max_bytes + 1)
        except FileNotFoundError:
            return None
        except OSError as trouble:
            self._pass_over(self._key(file.unique), f"{file.path} cannot be read: {trouble.strerror}")
            return None
        if len(content) > self.max_bytes:
            self._pass_over(self._key(file.unique), f"{file.path} is larger than {self.max_bytes} bytes (max_bytes)")
            return None
        key, arrived = self._key(file.unique), datetime.fromtimestamp(file.modified / 1e9, UTC)
        self._paths[key] = file.path
        return RawMail(key=key, mailbox=self.name, content=content, arrived=arrived)

    def _pass_over(self, key: str, why: str) -> None:
        self._passed_over.add(key)
        self._news.append(SetAside(key=key, why=why))

    def _find(self, keys: set[str]) -> list[Path]:
        """Where these lie now: other programs move files from `new/` to `cur/` and change their flags."""
        if not keys:
            return []
        listed = (path for folder in ("new", "cur") for path in _listed(self.path / folder))
        return [path for path in listed if self._key(_unique(path.name)) in keys]

    def _let_go(self, path: Path | None) -> bool:
        """Whether the file was there."""
        if path is None:
            return False
        unique = _unique(path.name)
        try:
            match self.after:
                case "delete":
                    path.unlink()
                case "move":
                    path.rename(self._destination / "cur" / f"{unique}:2,S")
                case "seen":
                    flags = "".join(sorted(_flags(path.name) | {"S"}))
                    path.rename(self.path / "cur" / f"{unique}:2,{flags}")
        except FileNotFoundError:
            return False
        return True

    def _unavailable(self, what: str, trouble: OSError) -> Unavailable:
        return Unavailable(f"mailbox {self.name!r}: {self.path} {what}: {trouble.strerror or type(trouble).__name__}")


@dataclass(frozen=True, slots=True)
class MaildirCarrier:
    """Carries letters into a Maildir instead of the world, for demonstrations and drills.

    The bytes stay as they were written; the envelope is not told. The file's name comes from the letter's key, so that
    the same letter carried twice is one file in `new/`.
    """

    path: Path

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:
        try:
            _make_maildir(self.path)
            for letter in letters:
                self._drop(letter)
            _sync_folder(self.path / "new")
        except OSError as trouble:
            raise Unavailable(f"the outgoing folder {self.path} takes no letters: {trouble.strerror}") from trouble
        return ()

    def check(self) -> str:
        """Where the letters will lie, in words. Raises Unavailable with what to do."""
        try:
            _make_maildir(self.path)
        except OSError as trouble:
            raise Unavailable(f"the outgoing folder {self.path} cannot be made: {trouble.strerror}") from trouble
        if not os.access(self.path / "new", os.W_OK):
            raise Unavailable(f"the outgoing folder {self.path} cannot be written: give this user write permission")
        return f"outgoing: Maildir {self.path}"

    def close(self) -> None:
        """Nothing is held open."""

    def _drop(self, letter: Letter) -> None:
        name = f"{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}.mailproc"
        draft = self.path / "tmp" / name
        with draft.open("wb") as file:
            file.write(letter.content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.path / "new" / name)


def _make_maildir(path: Path) -> None:
    for folder in ("new", "cur", "tmp"):
        (path / folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def _listed(folder: Path) -> list[Path]:
    """What lies in `new/` or `cur/`. Names that begin with a dot are no messages (maildir(5))."""
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _looked_at(path: Path) -> _File | None:
    """The file's time and size; None where it is no regular file, or was taken away since the listing."""
    try:
        status = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return _File(modified=status.st_mtime_ns, unique=_unique(path.name), path=path, size=status.st_size)


def _unique(name: str) -> str:
    return name.partition(":")[0]


def _flags(name: str) -> set[str]:
    """The letters behind `:2,`: S seen, T trashed, D draft."""
    _, _, info = name.partition(":")
    return set(info[2:]) if info.startswith("2,") else set()


def _content(path: Path, most: int) -> bytes:
    """At most `most` bytes: a file may have grown since it was listed."""
    with path.open("rb") as file:
        return file.read(most)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
