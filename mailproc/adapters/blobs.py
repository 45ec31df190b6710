"""Raw mail by its digest, kept for ever: in files beside an SQLite store, in a table where several daemons share one.

The SHA-256 is the address: keeping the same bytes twice keeps them once. A file is complete and on disk before it has
its name, and its name is on disk before the database speaks of it.
"""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.engine import Connection

from mailproc.adapters.database import insert_new
from mailproc.adapters.models import BLOBS
from mailproc.queues import Unavailable


class Blobs(Protocol):
    """Where bytes lie. `connection` is the transaction at hand, for those that lie in the database."""

    def keep(self, connection: Connection, contents: Mapping[str, bytes]) -> None:
        """Keep these durably, each under its SHA-256 in hexadecimal."""
        ...

    def read(self, connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
        """The bytes of these digests; one that is not there is left out."""
        ...


class FileBlobs:
    """Bytes in files `ab/cdef…` under a folder of mode 0700; may be storage that several daemons share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, connection: Connection, contents: Mapping[str, bytes]) -> None:  # noqa: ARG002 - the port's shape
        touched: set[Path] = set()
        try:
            for digest, content in contents.items():
                if not (path := self._path(digest)).exists():
                    _write(path, content)
                    touched |= {path.parent, self._folder}
            for folder in touched:
                _sync_folder(folder)
        except OSError as trouble:
            raise Unavailable(f"raw mail cannot be kept in {self._folder}: {trouble.strerror}") from None

    def read(self, connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:  # noqa: ARG002 - as above
        found: dict[str, bytes] = {}
        for digest in digests:
            try:
                found[digest] = self._path(digest).read_bytes()
            except FileNotFoundError:
                continue
            except OSError as trouble:
                raise Unavailable(f"raw mail cannot be read from {self._folder}: {trouble.strerror}") from None
        return found

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest[2:]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class TableBlobs:
    """Bytes in the database itself: what one daemon keeps another can read, and one commit makes all durable."""

    def keep(self, connection: Connection, contents: Mapping[str, bytes]) -> None:
        insert_new(connection, BLOBS, [{"digest": digest, "content": content} for digest, content in contents.items()])

    def read(self, connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
        rows = connection.execute(select(BLOBS.c.digest, BLOBS.c.content).where(BLOBS.c.digest.in_(list(digests))))
        return {row.digest: row.content for row in rows}
