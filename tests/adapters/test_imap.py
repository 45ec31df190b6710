"""A mailbox on a real Dovecot: collected once, whatever happens to the server, the connection or the mail."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from imapclient import IMAPClient

from mailproc.adapters.imap import MOST_FAILED_FETCHES, ImapMailbox, ImapSettings
from mailproc.adapters.imap_session import PIECE, ImapSession
from mailproc.ports import Mailbox, RawMail
from mailproc.queues import Unavailable, drain
from tests.adapters.mailbox_contract import MailboxContract, a_mail_of, keys, mails
from tests.fakes_mail import FakeMarks
from tests.installation import until
from tests.servers.dovecot import PASSWORD, Dovecot


def _keep(batch: object) -> None:
    """Nothing goes wrong."""


@pytest.fixture
def settings(dovecot: Dovecot, fresh_address: str) -> ImapSettings:
    return ImapSettings(
        name="xseries",
        host="127.0.0.1",
        port=dovecot.imaps_port,
        username=fresh_address,
        password=lambda: PASSWORD,
        ca_file=dovecot.ca_file,
        first_run="everything",
        connect_seconds=5,
        read_seconds=10,
    )


@pytest.fixture
def marks() -> FakeMarks:
    return FakeMarks()


@pytest.fixture
def mailbox(settings: ImapSettings, marks: FakeMarks) -> Iterator[ImapMailbox]:
    mailbox = ImapMailbox(settings, marks)
    yield mailbox
    mailbox.close()


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    """A server of this test's own, to be ended and started."""
    if Dovecot.missing():
        pytest.skip("Dovecot is not installed")
    server = Dovecot()
    try:
        yield server.start()
    finally:
        server.remove()


class TestImapMailbox(MailboxContract):
    @pytest.fixture
    def mailbox(self, mailbox: ImapMailbox, dovecot: Dovecot, settings: ImapSettings) -> Mailbox:
        self.dovecot, self.user, self.subject = dovecot, settings.username, mailbox
        return mailbox

    def deliver(self, *contents: bytes) -> None:
        self.dovecot.append(self.user, contents)

    def take_down(self) -> None:
        self.subject.close()
        self.subject._settings = replace(self.subject._settings, port=1)


class Box:
    """A user's mailbox, and the mailbox that is under test."""

    def __init__(self, dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks) -> None:
        self.dovecot, self.settings, self.marks = dovecot, settings, marks
        self.opened: list[ImapMailbox] = []

    @property
    def user(self) -> str:
        return self.settings.username

    def put(self, *numbers: int, size: int = 0, folder: str = "INBOX") -> None:
        self.dovecot.append(self.user, [a_mail_of(number, size) for number in numbers], folder)

    def mailbox(self, **changes: object) -> ImapMailbox:
        mailbox = ImapMailbox(replace(self.settings, **changes), self.marks)  # type: ignore[arg-type]
        self.opened.append(mailbox)
        return mailbox


@pytest.fixture
def box(dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks) -> Iterator[Box]:
    box = Box(dovecot, settings, marks)
    yield box
    for mailbox in box.opened:
        mailbox.close()


def test_the_key_tells_mailbox_folder_uidvalidity_and_uid(box: Box) -> None:
    box.put(1)
    (key,) = keys(box.mailbox())
    name, folder, uidvalidity, uid = key.split("/")
    assert (name, folder, uid) == ("xseries", "INBOX", "1")
    assert int(uidvalidity) > 1_000_000_000


def test_reading_does_not_mark_as_seen(box: Box) -> None:
    box.put(1)
    keys(box.mailbox())
    assert box.dovecot.flags(box.user) == [set()]


def test_arrival_is_told_by_the_server_in_utc(box: Box) -> None:
    with IMAPClient("127.0.0.1", box.dovecot.imap_port, ssl=False) as client:
        client.login(box.user, PASSWORD)
        client._imap.append("INBOX", "", '"02-Mar-2026 12:30:00 +0200"', a_mail_of(1))
    (mail,) = mails(box.mailbox())
    assert mail.arrived.isoformat() == "2026-03-02T10:30:00+00:00"
    assert mail.arrived.tzinfo is UTC


def test_mail_that_people_have_read_is_collected_all_the_same(box: Box) -> None:
    box.dovecot.append(box.user, [a_mail_of(1)], flags="\\Seen")
    assert len(keys(box.mailbox())) == 1


def test_mail_that_people_deleted_is_not_collected(box: Box) -> None:
    box.dovecot.append(box.user, [a_mail_of(1)], flags="\\Deleted")
    assert keys(box.mailbox()) == []


# What was there before, and where collecting goes on.


def test_new_only_leaves_alone_what_was_there_and_takes_what_comes(box: Box) -> None:
    box.put(1, 2, 3)
    mailbox = box.mailbox(first_run="new-only")
    assert keys(mailbox) == []
    assert mailbox.left_alone == 3
    box.put(4)
    assert [mail.content for mail in mails(mailbox)] == [a_mail_of(4)]
    assert box.dovecot.flags(box.user) == [set()] * 4


def test_new_only_on_an_empty_mailbox_takes_the_first_mail(box: Box) -> None:
    mailbox = box.mailbox(first_run="new-only")
    assert keys(mailbox) == []
    box.put(1)
    assert len(keys(box.mailbox(first_run="new-only"))) == 1


def test_everything_takes_what_was_there(box: Box) -> None:
    box.put(1, 2, 3)
    mailbox = box.mailbox(first_run="everything")
    assert len(keys(mailbox)) == 3
    assert mailbox.left_alone == 0


def test_another_daemon_goes_on_where_the_mark_stands(box: Box) -> None:
    box.put(1, 2, 3)
    assert drain(box.mailbox(), _keep).done == 3
    box.put(4)
    assert [mail.content for mail in mails(box.mailbox())] == [a_mail_of(4)]


def test_killed_before_letting_go_it_collects_the_same_keys_again(box: Box) -> None:
    box.put(1, 2)
    before = keys(box.mailbox())
    assert keys(box.mailbox()) == before


def test_the_mark_does_not_pass_a_mail_that_waits(box: Box) -> None:
    box.put(1, 2, 3)
    mailbox = box.mailbox()
    first, second, third = mails(mailbox)
    mailbox.done([third])
    assert keys(box.mailbox()) == [first.key, second.key, third.key]
    mailbox.done([first, second])
    assert keys(box.mailbox()) == []


def test_unread_mail_below_the_mark_is_not_ours_to_take(box: Box) -> None:
    box.put(1)
    drain(box.mailbox(), _keep)
    box.dovecot.doveadm("flags", "remove", "-u", box.user, "\\Seen", "mailbox", "INBOX", "all")
    assert keys(box.mailbox()) == []


def test_a_changed_uidvalidity_starts_again_under_new_keys(box: Box) -> None:
    box.put(1, 2)
    mailbox = box.mailbox()
    before = keys(mailbox)
    mailbox.done(mails(mailbox))
    box.dovecot.doveadm("mailbox", "update", "-u", box.user, "--uid-validity", "777", "INBOX")
    after = keys(mailbox)
    assert after == ["xseries/INBOX/777/1", "xseries/INBOX/777/2"]
    assert not set(before) & set(after)


def test_mail_left_alone_at_the_first_run_stays_so_when_it_is_numbered_anew(box: Box) -> None:
    box.dovecot.append(box.user, [a_mail_of(1), a_mail_of(2)], arrived=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    mailbox = box.mailbox(first_run="new-only")
    assert keys(mailbox) == []
    box.put(3)
    box.dovecot.doveadm("mailbox", "update", "-u", box.user, "--uid-validity", "779", "INBOX")
    assert keys(mailbox) == ["xseries/INBOX/779/3"]


def test_letting_go_of_keys_from_before_a_renumbering_touches_nothing(box: Box) -> None:
    box.put(1)
    mailbox = box.mailbox(after="delete")
    units = mails(mailbox)
    mailbox.close()
    box.dovecot.doveadm("mailbox", "update", "-u", box.user, "--uid-validity", "778", "INBOX")
    mailbox.done(units)
    assert len(box.dovecot.contents(box.user)) == 1


# What becomes of mail that was collected.


def test_seen_marks_what_was_let_go_and_nothing_else(box: Box) -> None:
    box.put(1, 2)
    mailbox = box.mailbox()
    mailbox.done(mails(mailbox)[:1])
    assert box.dovecot.flags(box.user) == [{"\\Seen"}, set()]


def test_delete_removes_what_was_let_go_and_leaves_what_people_marked(box: Box) -> None:
    box.put(1, 2)
    box.dovecot.append(box.user, [a_mail_of(3)], flags="\\Deleted")
    mailbox = box.mailbox(after="delete")
    mailbox.done(mails(mailbox)[:1])
    assert box.dovecot.contents(box.user) == [a_mail_of(2), a_mail_of(3)]


@pytest.mark.parametrize("folder", ["Collected", "Old mail/done", "Erledigt ä & 済"])
def test_move_makes_the_folder_and_moves_whole_batches(box: Box, folder: str) -> None:
    box.put(*range(10))
    assert drain(box.mailbox(after="move", move_to=folder), _keep).done == 10
    assert box.dovecot.contents(box.user) == []
    with IMAPClient("127.0.0.1", box.dovecot.imap_port, ssl=False) as client:
        client.login(box.user, PASSWORD)
        assert client.select_folder(folder)[b"EXISTS"] == 10


@pytest.mark.parametrize("lacking", [{"MOVE"}, {"MOVE", "UIDPLUS"}])
def test_move_without_the_extension_copies_and_deletes(
    box: Box, monkeypatch: pytest.MonkeyPatch, lacking: set[str]
) -> None:
    offered = IMAPClient.has_capability
    monkeypatch.setattr(IMAPClient, "has_capability", lambda self, name: name not in lacking and offered(self, name))
    box.put(1, 2)
    mailbox = box.mailbox(after="move", move_to="Collected")
    assert drain(mailbox, _keep).done == 2
    assert box.dovecot.contents(box.user, "Collected") == [a_mail_of(1), a_mail_of(2)]
    assert all("\\Deleted" in flags for flags in box.dovecot.flags(box.user))
    assert keys(box.mailbox()) == []


def test_mail_that_somebody_else_moved_away_does_no_harm(box: Box) -> None:
    box.put(1, 2)
    mailbox = box.mailbox(after="delete")
    units = mails(mailbox)
    box.dovecot.doveadm("expunge", "-u", box.user, "mailbox", "INBOX", "uid", "1")
    mailbox.done(units)
    assert box.dovecot.contents(box.user) == []


def test_moving_needs_to_know_where(settings: ImapSettings) -> None:
    with pytest.raises(ValueError, match="move_to"):
        replace(settings, after="move")


# Folders, batches and large mail.


def test_several_folders_with_spaces_and_foreign_letters_are_gone_through(box: Box) -> None:
    box.put(1)
    box.put(2, folder="Old mail/2025")
    box.put(3, folder="Entw&APw-rfe")
    mailbox = box.mailbox(folders=("INBOX", "Old mail/2025", "Entwürfe"))
    found = mails(mailbox)
    assert [mail.content for mail in found] == [a_mail_of(1), a_mail_of(2), a_mail_of(3)]
    assert found[1].key.startswith("xseries/Old mail/2025/")
    assert found[2].key.startswith("xseries/Entwürfe/")
    mailbox.done(found)
    assert box.dovecot.flags(box.user, "Entw&APw-rfe") == [{"\\Seen"}]
    assert keys(box.mailbox(folders=("INBOX", "Old mail/2025", "Entwürfe"))) == []


def test_a_folder_that_does_not_exist_is_named(box: Box) -> None:
    with pytest.raises(Unavailable, match="folder 'Nowhere'"):
        keys(box.mailbox(folders=("Nowhere",)))


def test_batches_are_limited_by_bytes(box: Box) -> None:
    box.put(*range(5), size=1000)
    assert [len(batch) for batch in box.mailbox(batch_bytes=2500).waiting()] == [2, 2, 1]


@pytest.mark.parametrize("size", [PIECE - 200, PIECE, 2 * PIECE - 100, 3 * PIECE + 1])
def test_large_mail_is_whole_to_the_last_byte(box: Box, size: int) -> None:
    box.put(1, size=size)
    assert [mail.content for mail in mails(box.mailbox())] == [a_mail_of(1, size)]


def test_a_mail_of_just_a_whole_number_of_pieces_is_whole(box: Box) -> None:
    content = a_mail_of(1, 2 * PIECE - len(a_mail_of(1)))
    assert len(content) == 2 * PIECE
    box.dovecot.append(box.user, [content])
    assert [mail.content for mail in mails(box.mailbox())] == [content]


def test_a_mail_that_is_too_large_stays_flagged_and_is_told_once(box: Box) -> None:
    box.put(1)
    box.put(2, size=5000)
    box.put(3)
    mailbox = box.mailbox(max_bytes=4000)
    assert drain(mailbox, _keep).done == 2
    (told,) = mailbox.set_aside()
    assert told.key.endswith("/2")
    assert "max_bytes" in told.why
    assert list(mailbox.set_aside()) == []
    assert keys(mailbox) == []
    assert box.dovecot.flags(box.user) == [{"\\Seen"}, {"\\Flagged"}, {"\\Seen"}]


def test_the_mark_passes_a_mail_too_large_only_when_it_was_told(box: Box) -> None:
    box.put(1, size=5000)
    box.put(2)
    killed = box.mailbox(max_bytes=4000)
    drain(killed, _keep)
    mailbox = box.mailbox(max_bytes=4000)
    drain(mailbox, _keep)
    assert len(mailbox.set_aside()) == 1
    assert keys(mailbox) == []
    after = box.mailbox(max_bytes=4000)
    assert keys(after) == []
    assert list(after.set_aside()) == []


def test_a_mail_larger_than_the_server_said_is_left_too(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put(1, size=5000)

    def too_little(_: ImapSession, uids: list[int]) -> dict[int, int]:
        return dict.fromkeys(uids, 10)

    monkeypatch.setattr(ImapSession, "sizes", too_little)
    mailbox = box.mailbox(max_bytes=4000)
    assert keys(mailbox) == []
    assert len(mailbox.set_aside()) == 1


def test_uids_far_apart_are_found_without_searching_each_window(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailproc.adapters.imap_session.WINDOW", 2)
    monkeypatch.setattr("mailproc.adapters.imap_session.WIDEST_WINDOW", 64)
    box.put(1, 2, 3)
    box.dovecot.doveadm("mailbox", "update", "-u", box.user, "--min-next-uid", "900", "INBOX")
    box.put(4, 5, 6)
    assert [key.rsplit("/", 1)[1] for key in keys(box.mailbox())] == ["1", "2", "3", "900", "901", "902"]


# What the world does to us.


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_every_kind_of_security_collects(box: Box, security: str) -> None:
    box.put(1)
    port = box.dovecot.imaps_port if security == "tls" else box.dovecot.imap_port
    assert len(keys(box.mailbox(security=security, port=port))) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(box: Box, security: str) -> None:
    port = box.dovecot.imaps_port if security == "tls" else box.dovecot.imap_port
    with pytest.raises(Unavailable, match=r"not trusted.*ca_file"):
        keys(box.mailbox(security=security, port=port, ca_file=None))


def test_a_certificate_for_another_name_is_not_trusted(box: Box) -> None:
    with pytest.raises(Unavailable, match=r"not trusted.*check host"):
        keys(box.mailbox(host="127.1"))


def test_a_ca_file_that_is_not_there_is_named(box: Box, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=f"{tmp_path}/ca.pem"):
        keys(box.mailbox(ca_file=tmp_path / "ca.pem"))


def test_tls_on_a_port_without_it_says_what_to_check(box: Box) -> None:
    with pytest.raises(Unavailable, match="check port and security"):
        keys(box.mailbox(port=box.dovecot.imap_port))


def test_a_server_that_speaks_no_imap_is_unavailable(box: Box) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        keys(box.mailbox(security="none", port=box.dovecot.lmtp_port))


@pytest.fixture
def poor_dovecot() -> Iterator[Dovecot]:
    """Offers no TLS, and one connection to each user."""
    if Dovecot.missing():
        pytest.skip("Dovecot is not installed")
    server = Dovecot(extra="ssl = no\nmail_max_userip_connections = 1")
    try:
        yield server.start()
    finally:
        server.remove()


def test_starttls_that_is_not_offered_sends_no_password(poor_dovecot: Dovecot, settings: ImapSettings) -> None:
    def never() -> str:
        raise AssertionError("asked for the password")

    changed = replace(settings, port=poor_dovecot.imap_port, security="starttls", password=never)
    with pytest.raises(Unavailable, match="STARTTLS failed: the server does not offer it"):
        keys(ImapMailbox(changed, FakeMarks()))


def test_too_many_connections_are_told_as_such(poor_dovecot: Dovecot, settings: ImapSettings) -> None:
    changed = replace(settings, port=poor_dovecot.imap_port, security="none")
    with poor_dovecot.client(settings.username), pytest.raises(Unavailable, match="too many connections"):
        keys(ImapMailbox(changed, FakeMarks()))


@pytest.mark.parametrize("password", ["wr0ng-pass", "fälsch", 'quo"ted \\'])
def test_a_wrong_password_says_what_to_check_and_not_the_password(box: Box, password: str) -> None:
    with pytest.raises(Unavailable, match="check username") as caught:
        keys(box.mailbox(password=lambda: password))
    assert password not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_a_host_that_does_not_exist_is_named(box: Box) -> None:
    with pytest.raises(Unavailable, match=r"no-such-host\.invalid.*no such host"):
        keys(box.mailbox(host="no-such-host.invalid"))


def test_the_password_is_asked_for_at_each_connection(box: Box) -> None:
    asked: list[str] = []

    def password() -> str:
        asked.append("once")
        return PASSWORD

    mailbox = box.mailbox(password=password)
    keys(mailbox)
    keys(mailbox)
    assert len(asked) == 1
    mailbox.close()
    keys(mailbox)
    assert len(asked) == 2


def test_an_idle_connection_that_the_server_dropped_is_opened_again(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks
) -> None:
    box = Box(own_dovecot, replace(settings, port=own_dovecot.imaps_port, ca_file=own_dovecot.ca_file), marks)
    box.put(1)
    mailbox = box.mailbox()
    before = keys(mailbox)
    assert own_dovecot.signal_sessions(signal.SIGKILL) > 0
    assert keys(mailbox) == before
    mailbox.close()


def test_a_server_killed_between_two_batches_loses_nothing(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks
) -> None:
    kept: list[str] = []

    def keep_and_kill(batch: Sequence[RawMail]) -> None:
        kept.extend(mail.key for mail in batch)
        if len(kept) < 7:
            own_dovecot.signal_sessions(signal.SIGKILL)

    changed = replace(settings, port=own_dovecot.imap_port, security="none", batch_bytes=3000)
    box = Box(own_dovecot, changed, marks)
    box.put(*range(9), size=1000)
    mailbox = box.mailbox()
    failures = 0
    while failures < 12:
        try:
            drain(mailbox, keep_and_kill)
        except Unavailable:
            failures += 1
        else:
            break
    assert failures == 3
    assert len(set(kept)) == 9
    assert keys(mailbox) == []
    mailbox.close()


def test_a_connection_cut_while_mail_is_fetched_is_unavailable_and_then_heals(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box(own_dovecot, replace(settings, port=own_dovecot.imap_port, security="none"), marks)
    box.put(1, size=20_000)
    mailbox = box.mailbox()
    fetch = IMAPClient.fetch

    def killed(self: IMAPClient, uids: list[int], items: list[str]) -> object:
        if "INTERNALDATE" in items:
            own_dovecot.signal_sessions(signal.SIGKILL)
        return fetch(self, uids, items)

    with monkeypatch.context() as patch:
        patch.setattr(IMAPClient, "fetch", killed)
        with pytest.raises(Unavailable, match="fetching mail failed: the connection was closed"):
            keys(mailbox)
    assert len(keys(mailbox)) == 1
    mailbox.close()


def test_a_server_that_stops_answering_is_given_up_in_time(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks
) -> None:
    changed = replace(settings, port=own_dovecot.imap_port, security="none", read_seconds=0.3)
    box = Box(own_dovecot, changed, marks)
    box.put(*range(3), size=2000)
    mailbox = box.mailbox(batch_bytes=2500)
    batches = mailbox.waiting()
    next(batches)
    own_dovecot.signal_sessions(signal.SIGSTOP)
    with pytest.raises(Unavailable, match="no answer in time"):
        next(batches)
    own_dovecot.signal_sessions(signal.SIGCONT)
    assert len(keys(mailbox)) == 3
    mailbox.close()


def test_closing_ends_a_collection_that_waits_for_a_silent_server(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks
) -> None:
    box = Box(own_dovecot, replace(settings, port=own_dovecot.imap_port, security="none", read_seconds=60), marks)
    box.put(*range(3), size=2000)
    mailbox = box.mailbox(batch_bytes=2500)
    batches = mailbox.waiting()
    next(batches)
    session = mailbox._session
    assert session is not None
    own_dovecot.signal_sessions(signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        collecting = pool.submit(next, batches)
        until(session._at_work.locked, "a command under way")
        mailbox.close()
        with pytest.raises(Unavailable, match="the connection was closed"):
            collecting.result(30)


def test_a_server_that_is_down_is_unavailable_and_mail_comes_when_it_is_back(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks
) -> None:
    box = Box(own_dovecot, replace(settings, port=own_dovecot.imap_port, security="none"), marks)
    box.put(1)
    own_dovecot.end()
    mailbox = box.mailbox()
    with pytest.raises(Unavailable, match=f"'xseries'.*{own_dovecot.imap_port}.*nobody listens there"):
        keys(mailbox)
    own_dovecot.start()
    assert len(keys(mailbox)) == 1
    mailbox.close()


def test_a_mail_at_which_the_server_breaks_off_is_left_in_the_end_and_the_others_come(box: Box) -> None:
    box.put(*range(5))
    mailbox = box.mailbox()
    with box.dovecot.client(box.user) as client:  # Dovecot looks into new/ once, and moves the files to cur/
        client.select("INBOX")
    box.dovecot.mail_files(box.user)[2].chmod(0)
    failures = 0
    while failures < 10:
        try:
            drain(mailbox, _keep)
        except Unavailable:
            failures += 1
        else:
            break
    assert failures == MOST_FAILED_FETCHES
    (told,) = mailbox.set_aside()
    assert told.key.endswith("/3")
    assert keys(mailbox) == []
    assert box.dovecot.flags(box.user)[2] == {"\\Flagged"}


def test_a_batch_that_failed_once_is_whole_again_after_the_trouble(
    own_dovecot: Dovecot, settings: ImapSettings, marks: FakeMarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Box(own_dovecot, replace(settings, port=own_dovecot.imap_port, security="none"), marks)
    box.put(1, 2, 3)
    mailbox = box.mailbox()

    def broken(_: ImapSession, uids: list[int]) -> None:
        raise Unavailable("the connection was closed")

    with monkeypatch.context() as patch:
        patch.setattr(ImapSession, "mails", broken)
        with pytest.raises(Unavailable):
            keys(mailbox)
    assert [len(batch) for batch in mailbox.waiting()] == [1, 1, 1]
    assert [len(batch) for batch in mailbox.waiting()] == [3]
    mailbox.close()


def test_a_mail_that_vanished_under_the_server_is_no_empty_mail(box: Box) -> None:
    box.put(1, 2)
    mailbox = box.mailbox()
    assert len(keys(mailbox)) == 2
    batches = mailbox.waiting()
    box.dovecot.mail_files(box.user)[0].unlink()
    assert [mail.content for batch in batches for mail in batch] == [a_mail_of(2)]


def test_check_logs_in_and_tells_what_lies_there(box: Box) -> None:
    box.put(1, 2)
    words = box.mailbox().check()
    assert "'xseries'" in words
    assert "INBOX holds 2" in words
    with pytest.raises(Unavailable, match="password"):
        box.mailbox(password=lambda: "wrong").check()
