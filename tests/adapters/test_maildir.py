"""A Maildir as a mailbox, and as the world that letters go to."""

import errno
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailproc.adapters.maildir import MaildirCarrier, MaildirMailbox
from mailproc.ports import Carrier, Mailbox
from mailproc.queues import Later, Unavailable, drain
from tests.adapters.carrier_contract import CarrierContract, a_letter
from tests.adapters.mailbox_contract import MailboxContract, a_mail_of, keys, mails

DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _keep(batch: object) -> None:
    """Nothing goes wrong."""


@dataclass
class Folder:
    """A Maildir as a mail server sees it."""

    path: Path
    delivered: int = field(default=0)

    def put(self, content: bytes, name: str = "", folder: str = "new") -> Path:
        self.delivered += 1
        for each in ("new", "cur", "tmp"):
            (self.path / each).mkdir(parents=True, exist_ok=True)
        path = self.path / folder / (name or f"1772445600.M{self.delivered}P1.mx")
        path.write_bytes(content)
        arrived = DAY.timestamp() + self.delivered
        os.utime(path, (arrived, arrived))
        return path

    def names(self, folder: str = "cur") -> list[str]:
        return _names(self.path / folder)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "inbox")


class TestMaildirMailbox(MailboxContract):
    @pytest.fixture(autouse=True)
    def _folder(self, folder: Folder) -> None:
        self.folder = folder

    @pytest.fixture
    def mailbox(self) -> Mailbox:
        return MaildirMailbox("xseries", self.folder.path)

    def deliver(self, *contents: bytes) -> None:
        for content in contents:
            self.folder.put(content)

    def take_down(self) -> None:
        self.folder.path.rename(self.folder.path.with_name("elsewhere"))
        self.folder.path.write_text("no folder")


def test_the_key_is_the_mailbox_and_the_unique_part_of_the_name(folder: Folder) -> None:
    folder.put(a_mail_of(1), "1.M1P1.mx,S=12:2,F", folder="cur")
    (mail,) = mails(MaildirMailbox("xseries", folder.path))
    assert mail.key == "xseries/1.M1P1.mx,S=12"
    assert mail.arrived == datetime(2026, 3, 2, 10, 0, 1, tzinfo=UTC)


def test_line_ends_nul_bytes_and_rubbish_stay_as_they_came(folder: Folder) -> None:
    content = b"From: a\n\r\nbare lf\n\0 and \xff\xfe\r and no end"
    folder.put(content)
    assert [mail.content for mail in mails(MaildirMailbox("x", folder.path))] == [content]


def test_an_empty_file_is_a_mail_too(folder: Folder) -> None:
    folder.put(b"")
    assert [mail.content for mail in mails(MaildirMailbox("x", folder.path))] == [b""]


@pytest.mark.parametrize(
    ("name", "waits"),
    [
        ("a:2,", True),
        ("a:2,F", True),
        ("a:2,RS", False),
        ("a:2,S", False),
        ("a:2,T", False),
        ("a:2,D", False),
        ("a", True),
        ("a:1,S", True),
    ],
)
def test_in_cur_only_what_nobody_has_seen_waits(folder: Folder, name: str, waits: bool) -> None:  # noqa: FBT001 - a table
    folder.put(a_mail_of(1), name, folder="cur")
    assert bool(keys(MaildirMailbox("x", folder.path))) is waits


def test_everything_hands_out_seen_mail_in_the_first_run_only(folder: Folder) -> None:
    folder.put(a_mail_of(1), "old:2,S", folder="cur")
    folder.put(a_mail_of(2), "bin:2,ST", folder="cur")
    assert keys(MaildirMailbox("x", folder.path)) == []
    assert keys(MaildirMailbox("x", folder.path, everything=True)) == ["x/old"]
    assert keys(MaildirMailbox("x", folder.path, everything=True)) == []


def test_a_first_run_that_was_broken_off_begins_again(folder: Folder) -> None:
    for number in range(60):
        folder.put(a_mail_of(number), f"m{number}:2,S", folder="cur")
    assert len(next(iter(MaildirMailbox("x", folder.path, everything=True).waiting()))) == 50
    mailbox = MaildirMailbox("x", folder.path, everything=True)
    assert len(keys(mailbox)) == 60
    assert keys(mailbox) == []


def test_a_first_run_has_not_ended_where_a_mail_was_left_for_later(folder: Folder) -> None:
    folder.put(a_mail_of(1), "old:2,S", folder="cur")
    mailbox = MaildirMailbox("x", folder.path, everything=True)

    def not_now(batch: object) -> None:
        raise Later("not now")

    assert drain(mailbox, not_now).later == 1
    assert keys(mailbox) == ["x/old"]


def test_seen_keeps_the_other_flags(folder: Folder) -> None:
    folder.put(a_mail_of(1), "a:2,RF", folder="cur")
    folder.put(a_mail_of(2), "b")
    mailbox = MaildirMailbox("x", folder.path)
    mailbox.done(mails(mailbox))
    assert folder.names("new") == []
    assert folder.names() == ["a:2,FRS", "b:2,S"]


def test_a_file_that_another_program_renamed_is_found_again(folder: Folder) -> None:
    path = folder.put(a_mail_of(1), "a")
    mailbox = MaildirMailbox("x", folder.path)
    units = mails(mailbox)
    path.rename(folder.path / "cur" / "a:2,F")
    mailbox.done(units)
    assert folder.names() == ["a:2,FS"]


def test_a_unit_of_an_earlier_life_can_be_let_go(folder: Folder) -> None:
    folder.put(a_mail_of(1), "a")
    units = mails(MaildirMailbox("x", folder.path))
    MaildirMailbox("x", folder.path, after="delete").done(units)
    assert folder.names("new") == folder.names() == []


def test_moving_makes_the_other_maildir(folder: Folder) -> None:
    folder.put(a_mail_of(1), "a")
    mailbox = MaildirMailbox("x", folder.path, after="move", move_to="../collected")
    mailbox.done(mails(mailbox))
    assert folder.names("new") == folder.names() == []
    assert _names(folder.path.parent / "collected" / "cur") == ["a:2,S"]


def test_deleting_deletes(folder: Folder) -> None:
    folder.put(a_mail_of(1), "a")
    folder.put(a_mail_of(2), "b:2,", folder="cur")
    mailbox = MaildirMailbox("x", folder.path, after="delete")
    mailbox.done(mails(mailbox))
    assert folder.names("new") == folder.names() == []


def test_moving_needs_to_know_where(folder: Folder) -> None:
    with pytest.raises(ValueError, match="move_to"):
        MaildirMailbox("x", folder.path, after="move")


def test_a_mail_that_is_too_large_stays_and_is_told_once(folder: Folder) -> None:
    folder.put(a_mail_of(1), "small")
    folder.put(b"x" * 2001, "large")
    mailbox = MaildirMailbox("x", folder.path, max_bytes=2000)
    assert drain(mailbox, _keep).done == 1
    (told,) = mailbox.set_aside()
    assert told.key == "x/large"
    assert "max_bytes" in told.why
    assert keys(mailbox) == []
    assert list(mailbox.set_aside()) == []
    assert folder.names("new") == ["large"]


def test_a_mail_of_just_the_largest_size_is_taken(folder: Folder) -> None:
    folder.put(b"x" * 2000)
    assert len(keys(MaildirMailbox("x", folder.path, max_bytes=2000))) == 1


def test_a_file_that_cannot_be_read_stops_nobody(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = folder.put(a_mail_of(1), "a")
    folder.put(a_mail_of(2), "b")
    opened = Path.open

    def damaged(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == bad:
            raise OSError(errno.EIO, "Input/output error")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", damaged)
    mailbox = MaildirMailbox("x", folder.path)
    assert keys(mailbox) == ["x/b"]
    (told,) = mailbox.set_aside()
    assert told.key == "x/a"
    assert "Input/output error" in told.why


def test_folders_pipes_links_and_dot_files_are_no_mail(folder: Folder, tmp_path: Path) -> None:
    folder.put(a_mail_of(1), ".hidden")
    (folder.path / "new" / "folder").mkdir()
    os.mkfifo(folder.path / "new" / "pipe")
    (tmp_path / "secret").write_text("not mail")
    (folder.path / "new" / "link").symlink_to(tmp_path / "secret")
    assert keys(MaildirMailbox("x", folder.path)) == []


def test_a_file_that_vanishes_between_listing_and_reading_is_nothing(folder: Folder) -> None:
    for number in range(60):
        folder.put(a_mail_of(number), f"m{number}")
    mailbox = MaildirMailbox("x", folder.path)
    batches = mailbox.waiting()
    first = next(batches)
    for number in range(55, 60):
        (folder.path / "new" / f"m{number}").unlink()
    second = next(batches)
    assert (len(first), len(second)) == (50, 5)


def test_batches_are_limited_by_bytes(folder: Folder) -> None:
    for number in range(5):
        folder.put(a_mail_of(number, size=1_500_000))
    assert [len(batch) for batch in MaildirMailbox("x", folder.path).waiting()] == [2, 2, 1]


def test_check_tells_how_many_wait(folder: Folder) -> None:
    folder.put(a_mail_of(1))
    words = MaildirMailbox("x", folder.path).check()
    assert str(folder.path) in words
    assert "1 waiting" in words


class TestMaildirCarrier(CarrierContract):
    @pytest.fixture(autouse=True)
    def _path(self, tmp_path: Path) -> None:
        self.path = tmp_path / "sent"

    @pytest.fixture
    def carrier(self) -> Carrier:
        return MaildirCarrier(self.path)

    def arrived(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.path / "new").glob("*"))]


def test_the_same_letter_carried_twice_is_one_file(tmp_path: Path) -> None:
    carrier = MaildirCarrier(tmp_path / "sent")
    carrier.carry([a_letter(1)])
    carrier.carry([a_letter(1), a_letter(2)])
    assert len(_names(tmp_path / "sent" / "new")) == 2
    assert _names(tmp_path / "sent" / "tmp") == []


def test_a_folder_that_cannot_be_made_is_unavailable_and_named(tmp_path: Path) -> None:
    (tmp_path / "sent").write_text("a file")
    with pytest.raises(Unavailable, match=f"{tmp_path}/sent"):
        MaildirCarrier(tmp_path / "sent").carry([a_letter()])


def test_a_full_disk_is_unavailable_in_clear_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        MaildirCarrier(tmp_path / "sent").carry([a_letter()])
    assert _names(tmp_path / "sent" / "new") == []
