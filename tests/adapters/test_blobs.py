"""Raw mail in files: complete, private, once."""

import stat
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection

from mailproc.adapters.blobs import FileBlobs
from mailproc.queues import Unavailable

NO_DATABASE: Connection = None  # type: ignore[assignment]  # files ask nothing of the transaction at hand


def digests(*contents: bytes) -> dict[str, bytes]:
    return {sha256(content).hexdigest(): content for content in contents}


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_come_back_by_their_digest(tmp_path: Path) -> None:
    kept = digests(b"", b"\x00\xff", b"x" * 100_000)
    FileBlobs(tmp_path / "mail").keep(NO_DATABASE, kept)
    assert FileBlobs(tmp_path / "mail").read(NO_DATABASE, [*kept, "0" * 64]) == kept


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    blobs.keep(NO_DATABASE, digests(b"again"))
    (before,) = files(tmp_path)
    inode = before.stat().st_ino
    blobs.keep(NO_DATABASE, digests(b"again"))
    assert [path.stat().st_ino for path in files(tmp_path)] == [inode]


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    FileBlobs(tmp_path / "mail").keep(NO_DATABASE, digests(b"confidential"))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mail").rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in files(tmp_path)] == [0o600]


def test_a_write_that_fails_leaves_no_half_file_and_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)
    with pytest.raises(Unavailable, match="No space left"):
        FileBlobs(tmp_path).keep(NO_DATABASE, digests(b"too much"))
    assert files(tmp_path) == []
