"""The daemon as its operator knows it: how it stops, reloads, refuses a second one, and survives being killed."""

import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import MAILDIR, SENT, TO_SINK, Installation, a_letter_to_us, opened, until
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.process import free_port
from tests.servers.smtp_sink import Fault, SmtpSink

ON_A_SERVER = """
[[mailboxes]]
name      = "{name}"
address   = "{name}@vendor.example"
policy    = "x-series"
region    = "emea"
source    = "imap"
host      = "127.0.0.1"
port      = {port}
security  = "{security}"
username  = "{user}"
password_env = "SUPPORT_PASSWORD"
first_run = "everything"
poll      = "1 second"
"""
FOLDER = MAILDIR.format(name="xseries")


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """A Maildir in, SQLite, a Maildir out."""
    return an_installation(tmp_path).configured(FOLDER, SENT)


@pytest.fixture
def sending(tmp_path: Path, smtp_sink: SmtpSink) -> Installation:
    """The same with letters that leave by SMTP."""
    return an_installation(tmp_path).configured(FOLDER, TO_SINK.format(port=smtp_sink.port))


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Where somebody listens and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def an_installation(folder: Path) -> Installation:
    return Installation(folder, {"SUPPORT_PASSWORD": PASSWORD})


def test_servers_that_do_not_answer_hold_up_neither_another_mailbox_nor_the_end(
    tmp_path: Path, silent_port: int
) -> None:
    silent = ON_A_SERVER.format(name="silent", port=silent_port, security="none", user="support")
    absent = ON_A_SERVER.format(name="absent", port=free_port(), security="tls", user="support")
    house = an_installation(tmp_path).configured(silent, absent, FOLDER, SENT)
    house.drop(a_letter_to_us("ann@acme.example", "Help"))
    with house.daemon() as daemon:
        until(lambda: len(house.letters_to("ann@acme.example")) == 1, "the letter of the mailbox that works")
        daemon.tells("worker-waits")
        assert {one["worker"] for one in daemon.events("worker-waits")} == {"collect absent"}
        assert "nobody listens there" in daemon.events("worker-waits")[0]["why"]
        assert daemon.stop() == 0
        assert daemon.events("stopped")


def test_sigterm_ends_it_while_a_server_hangs_in_the_middle(
    tmp_path: Path, dovecot: Dovecot, fresh_address: str
) -> None:
    dovecot.append(fresh_address, [a_letter_to_us("ann@acme.example", "Help")])
    remote = ON_A_SERVER.format(name="remote", port=dovecot.imap_port, security="none", user=fresh_address)
    house = an_installation(tmp_path).configured(remote, SENT)
    with house.daemon() as daemon:
        until(lambda: len(house.letters_to("ann@acme.example")) == 1, "the first letter")
        try:
            assert dovecot.signal_sessions(signal.SIGSTOP) > 0
            time.sleep(2)  # longer than the pause between two polls: it waits for an answer now
            assert daemon.stop() == 0
        finally:
            dovecot.signal_sessions(signal.SIGCONT)


def test_sigterm_lets_the_letter_in_hand_go_and_the_rest_goes_at_the_next_start(
    sending: Installation, smtp_sink: SmtpSink
) -> None:
    senders = deliver_many(sending)
    smtp_sink.faults.append(Fault(at="after data", reply="250 OK", seconds=2.0, kept=True))
    with sending.daemon() as daemon:
        until(lambda: bool(smtp_sink.received), "a letter under way")
        assert daemon.stop() == 0
    finish(sending, smtp_sink, senders)
    assert set(sent(smtp_sink).values()) == {1}


def test_a_kill_in_the_middle_of_work_loses_nothing_and_doubles_only_the_letter_in_doubt(
    sending: Installation, smtp_sink: SmtpSink
) -> None:
    """The server took it and had not said so yet: twice is better than never, under one Message-ID (RFC 5321 6.1)."""
    senders = deliver_many(sending)
    smtp_sink.faults.append(Fault(at="after data", reply="250 OK", seconds=30.0, kept=True))
    with sending.daemon() as daemon:
        until(lambda: bool(smtp_sink.received), "a letter under way")
        daemon.kill()
    finish(sending, smtp_sink, senders)
    in_doubt = message_id(smtp_sink.received[0].content)
    assert {identity for identity, times in sent(smtp_sink).items() if times > 1} == {in_doubt}
    assert sent(smtp_sink)[in_doubt] == 2
    assert len({one.content for one in smtp_sink.received if message_id(one.content) == in_doubt}) == 1


def test_a_second_daemon_on_the_same_store_is_refused_and_commands_are_not(house: Installation) -> None:
    with house.daemon() as first:
        first.tells("started")
        with house.daemon() as second:
            assert second.waits_for_end() == 75
        once = house.mailproc("run", "--once")
        assert once.code == 75
        assert first.process.poll() is None
        for refusal in (second.log(), once.err):
            assert f"a daemon runs on this store already (process {first.process.pid} holds" in refusal
        assert house.mailproc("sr", "list", "--json").code == 0


def test_sighup_takes_up_what_changed_but_no_mistakes(house: Installation) -> None:
    with house.daemon() as daemon:
        daemon.tells("started")
        house.configured(FOLDER, SENT.replace("sent", "elsewhere"), 'polcy = "x-series"\n')
        daemon.reload()
        daemon.tells("configuration-not-reloaded")
        (refusal,) = daemon.events("configuration-not-reloaded")
        assert any("outgoing.polcy: unknown key" in mistake for mistake in refusal["mistakes"])
        house.drop(a_letter_to_us("ann@acme.example", "Help"))
        until(lambda: len(house.letters_to("ann@acme.example")) == 1, "a letter by the old configuration")

        house.configured(FOLDER, MAILDIR.format(name="second"), SENT)
        house.config.write_text(house.config.read_text().replace("Example Networks", "Other Networks"))
        daemon.reload()
        daemon.tells("started", times=2)
        house.drop(a_letter_to_us("ben@acme.example", "Help", to="second"), mailbox="second")
        until(lambda: len(house.letters_to("ben@acme.example")) == 1, "a letter from the new mailbox")
        (letter,) = house.letters_to("ben@acme.example")
        assert str(letter["From"]) == "Other Networks Support <second@vendor.example>"
        assert daemon.stop() == 0


def test_sighup_with_a_mistake_in_a_letter_changes_nothing_until_it_is_mended(house: Installation) -> None:
    letters = house.folder / "letters"
    letters.mkdir()
    house.configured(FOLDER, SENT, top='templates_dir = "letters"\n')
    with house.daemon() as daemon:
        daemon.tells("started")
        (letters / "missing-details.txt.j2").write_text("Subject: x\n\n{{ number | shout }}\n")
        daemon.reload()
        daemon.tells("configuration-not-reloaded")
        house.drop(a_letter_to_us("ann@acme.example", "Help"))
        until(lambda: len(house.letters_to("ann@acme.example")) == 1, "a letter as it was before")

        (letters / "missing-details.txt.j2").unlink()
        daemon.reload()
        daemon.tells("started", times=2)
        assert daemon.stop() == 0


def deliver_many(house: Installation) -> list[str]:
    senders = [f"user{number:02d}@customer{number}.example" for number in range(40)]
    house.drop(*(a_letter_to_us(sender, f"Help {sender}") for sender in senders))
    return senders


def finish(house: Installation, sink: SmtpSink, senders: list[str]) -> None:
    """Begin again and wait for the end: one request for each mail, one letter for each sender."""
    assert len(sent(sink)) < len(senders), "it was to end in the middle of its work"
    with house.daemon() as daemon:
        house.opens(senders)
        house.settles()
        assert daemon.stop() == 0
    heard = Counter(one.recipients[0] for one in sink.received if one.recipients[0] in senders)
    ids = {(one.recipients, message_id(one.content)) for one in sink.received if one.recipients[0] in senders}
    assert set(heard) == set(senders)
    assert len(ids) == len(senders)


def sent(sink: SmtpSink) -> Counter[str]:
    """How often each letter was handed over, by its Message-ID."""
    return Counter(message_id(one.content) for one in list(sink.received))


def message_id(content: bytes) -> str:
    return str(opened(content)["Message-ID"])
