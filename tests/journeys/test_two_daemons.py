"""Two daemons, one PostgreSQL, one mailbox on a Dovecot: each mail one request and one letter, whoever dies."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.installation import TO_SINK, Daemon, Installation, a_letter_to_us, opened, until
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp_sink import Fault, SmtpSink

MANY = 200
SENDERS = [f"user{number:03d}@customer{number % 40}.example" for number in range(MANY)]

SUPPORT = """
[[mailboxes]]
name      = "xseries"
address   = "xseries@vendor.example"
policy    = "x-series"
region    = "emea"
source    = "imap"
host      = "127.0.0.1"
port      = {port}
ca_file   = "{ca_file}"
username  = "{user}"
password_env = "SUPPORT_PASSWORD"
first_run = "everything"
poll      = "1 second"
"""


@pytest.fixture
def two(
    dovecot: Dovecot, smtp_sink: SmtpSink, fresh_address: str, postgres_url: str, tmp_path: Path
) -> tuple[Installation, Installation]:
    """Two machines that share a database and a mailbox with two hundred mails in it."""
    dovecot.append(fresh_address, [a_letter_to_us(sender, f"Help {sender}") for sender in SENDERS])
    support = SUPPORT.format(port=dovecot.imaps_port, ca_file=dovecot.ca_file, user=fresh_address)
    outgoing = TO_SINK.format(port=smtp_sink.port)
    first, second = (
        Installation(tmp_path / name, {"SUPPORT_PASSWORD": PASSWORD}).configured(
            support, outgoing, database_url=postgres_url, top='lease = "10 seconds"\n'
        )
        for name in ("first", "second")
    )
    return first, second


def test_each_mail_becomes_one_request_and_one_letter(
    two: tuple[Installation, Installation], smtp_sink: SmtpSink
) -> None:
    first, second = two
    with first.daemon() as one, second.daemon() as other:
        until(lambda: everybody_heard(smtp_sink), "a letter to each of the two hundred")
        first.settles()
        assert (one.stop(), other.stop()) == (0, 0)
    first.opens(SENDERS)
    assert letters_by_sender(smtp_sink) == dict.fromkeys(SENDERS, 1)
    assert told_of(one, "filed") + told_of(other, "filed") == MANY


def test_what_a_killed_daemon_left_is_finished_by_the_other(
    two: tuple[Installation, Installation], smtp_sink: SmtpSink
) -> None:
    first, second = two
    smtp_sink.faults.extend(Fault(at="data", reply="250 OK", seconds=0.02, kept=True) for _ in range(MANY))
    with ExitStack() as daemons:
        doomed = daemons.enter_context(first.daemon()).tells("collected")
        heir = daemons.enter_context(second.daemon())
        until(lambda: told_of(doomed, "sent") >= 5, "the first letters")
        doomed.kill()
        assert len(letters_by_sender(smtp_sink)) < MANY, "it was to be killed midway"
        until(lambda: everybody_heard(smtp_sink), "a letter to each of the two hundred")
        second.settles()
        assert heir.stop() == 0
    second.opens(SENDERS)
    letters = letters_by_sender(smtp_sink)
    assert sum(letters.values()) <= MANY + 1, "only the letter in hand may go again"
    assert len(message_ids(smtp_sink)) == MANY


def letters_by_sender(sink: SmtpSink) -> Counter[str]:
    """How many letters each customer heard."""
    heard = [one.recipients[0] for one in list(sink.received)]
    return Counter(one for one in heard if one in SENDERS)


def everybody_heard(sink: SmtpSink) -> bool:
    return len(letters_by_sender(sink)) == MANY


def message_ids(sink: SmtpSink) -> set[str]:
    return {str(opened(one.content)["Message-ID"]) for one in sink.received if one.recipients[0] in SENDERS}


def told_of(daemon: Daemon, event: str) -> int:
    return len(daemon.events(event))
