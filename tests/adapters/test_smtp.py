"""Letters on their way to a real mail server, and to one that fails at every stage."""

import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from mailproc.adapters import smtp
from mailproc.adapters.smtp import SmtpCarrier, SmtpSettings
from mailproc.ports import Carrier, Undelivered
from mailproc.queues import Later, Refused, Unavailable
from tests.adapters.carrier_contract import CarrierContract, a_letter
from tests.installation import until
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.exim import Exim
from tests.servers.process import free_port
from tests.servers.smtp_sink import Fault, SmtpSink

TWO = ("ann@acme.example", "bob@acme.example")


def to_sink(sink: SmtpSink, **changes: object) -> SmtpSettings:
    settings = SmtpSettings(host="127.0.0.1", port=sink.port, security="none", connect_seconds=5, read_seconds=5)
    return replace(settings, **changes)  # type: ignore[arg-type]


@pytest.fixture
def carrier(smtp_sink: SmtpSink) -> Iterator[SmtpCarrier]:
    carrier = SmtpCarrier(to_sink(smtp_sink))
    yield carrier
    carrier.close()


@pytest.fixture
def to_exim(exim: Exim) -> SmtpSettings:
    return SmtpSettings(
        host="127.0.0.1",
        port=exim.submissions_port,
        username="support@vendor.example",
        password=lambda: PASSWORD,
        ca_file=exim.ca_file,
        connect_seconds=5,
        read_seconds=10,
    )


class TestSmtpCarrier(CarrierContract):
    @pytest.fixture(autouse=True)
    def _sink(self, smtp_sink: SmtpSink) -> None:
        self.sink = smtp_sink

    @pytest.fixture
    def carrier(self, carrier: SmtpCarrier) -> Carrier:
        return carrier

    def arrived(self) -> list[bytes]:
        return [letter.content for letter in self.sink.received]


# The envelope.


def test_the_envelope_is_the_letters_and_not_its_headers(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    carrier.carry([replace(a_letter(recipients=TWO), envelope_from="bounces+1@vendor.example")])
    (got,) = smtp_sink.received
    assert (got.sender, got.recipients) == ("bounces+1@vendor.example", TWO)


def test_an_empty_sender_asks_for_no_bounce(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    carrier.carry([replace(a_letter(), envelope_from="")])
    assert smtp_sink.received[0].sender == "<>"


def test_letters_in_ascii_ask_for_nothing_special(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    carrier.carry([a_letter()])
    assert smtp_sink.received[0].options == (f"SIZE={len(a_letter().content)}",)


def test_a_local_part_beyond_ascii_asks_for_smtputf8(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    carrier.carry([a_letter(recipients=("jörg@acme.example",))])
    assert smtp_sink.received[0].recipients == ("jörg@acme.example",)
    assert "SMTPUTF8" in smtp_sink.received[0].options


def test_a_domain_beyond_ascii_is_written_in_ascii(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    carrier.carry([a_letter(recipients=("ann@bücher.example",))])
    assert smtp_sink.received[0].recipients == ("ann@xn--bcher-kva.example",)
    assert "SMTPUTF8" not in smtp_sink.received[0].options


def test_eight_bit_words_are_announced(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    carrier.carry([a_letter(body="größer")])
    assert "BODY=8BITMIME" in smtp_sink.received[0].options


def test_without_smtputf8_such_an_address_is_refused_and_the_connection_serves_the_next() -> None:
    with SmtpSink(utf8=False) as sink:
        carrier = SmtpCarrier(to_sink(sink))
        with pytest.raises(Refused, match="SMTPUTF8"):
            carrier.carry([a_letter(recipients=("jörg@acme.example",))])
        carrier.carry([a_letter()])
        carrier.close()
        assert len(sink.received) == 1


@pytest.mark.parametrize(
    "address",
    [
        "ann@acme.example\r\nRCPT TO:<eve@evil.example>",
        "ann bob@acme.example",
        "ann>@acme.example",
        "ann@acme.example,eve@evil.example",
        f"ann@{'ö' * 70}.example",
    ],
)
def test_an_address_that_smtp_cannot_carry_is_refused(carrier: SmtpCarrier, smtp_sink: SmtpSink, address: str) -> None:
    with pytest.raises(Refused):
        carrier.carry([a_letter(recipients=(address,))])
    assert smtp_sink.received == []


def test_a_letter_to_nobody_is_refused(carrier: SmtpCarrier) -> None:
    with pytest.raises(Refused, match="no recipient"):
        carrier.carry([a_letter(recipients=())])


def test_closing_cuts_a_letter_that_a_slow_server_keeps_waiting(smtp_sink: SmtpSink) -> None:
    carrier = SmtpCarrier(to_sink(smtp_sink, read_seconds=60))
    smtp_sink.faults.append(Fault(at="after data", reply="250 OK", seconds=30.0))
    with ThreadPoolExecutor() as pool:
        sending = pool.submit(carrier.carry, [a_letter()])
        until(lambda: not smtp_sink.faults, "the letter under way")
        carrier.close()
        with pytest.raises(Later, match="the connection was lost"):
            sending.result(20)


# What the server answers.


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_for_now_means_later_with_the_servers_words(carrier: SmtpCarrier, smtp_sink: SmtpSink, stage: str) -> None:
    smtp_sink.faults.append(Fault(at=stage, reply="451 4.3.0 busy"))  # type: ignore[arg-type]
    with pytest.raises(Later, match=r"451 4\.3\.0 busy"):
        carrier.carry([a_letter(1)])
    carrier.carry([a_letter(2)])
    assert [got.content for got in smtp_sink.received] == [a_letter(2).content]
    assert smtp_sink.connections == 1


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_for_good_means_refused_with_the_servers_words(carrier: SmtpCarrier, smtp_sink: SmtpSink, stage: str) -> None:
    smtp_sink.faults.append(Fault(at=stage, reply="550 5.7.1 no"))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"550 5\.7\.1 no"):
        carrier.carry([a_letter(1)])
    carrier.carry([a_letter(2)])
    assert [got.content for got in smtp_sink.received] == [a_letter(2).content]
    assert smtp_sink.connections == 1


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "after data"])
def test_a_connection_lost_at_any_stage_means_later(carrier: SmtpCarrier, smtp_sink: SmtpSink, stage: str) -> None:
    smtp_sink.faults.append(Fault(at=stage))  # type: ignore[arg-type]
    with pytest.raises(Later, match="connection"):
        carrier.carry([a_letter(1)])
    carrier.carry([a_letter(1)])
    assert [got.content for got in smtp_sink.received] == [a_letter(1).content]


def test_a_letter_whose_arrival_is_in_doubt_goes_again_under_the_same_message_id(
    carrier: SmtpCarrier, smtp_sink: SmtpSink
) -> None:
    smtp_sink.faults.append(Fault(at="after data", kept=True))
    with pytest.raises(Later):
        carrier.carry([a_letter(1)])
    carrier.carry([a_letter(1)])
    first, second = smtp_sink.received
    assert first.content == second.content


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_a_server_that_closes_is_opened_anew_for_the_next_letter(
    carrier: SmtpCarrier, smtp_sink: SmtpSink, stage: str
) -> None:
    smtp_sink.faults.append(Fault(at=stage, reply="421 4.3.2 going down"))  # type: ignore[arg-type]
    with pytest.raises(Later, match="421"):
        carrier.carry([a_letter(1)])
    carrier.carry([a_letter(2)])
    assert smtp_sink.connections == 2
    assert len(smtp_sink.received) == 1


def test_an_answer_that_does_not_come_in_time_means_later(smtp_sink: SmtpSink) -> None:
    carrier = SmtpCarrier(to_sink(smtp_sink, read_seconds=0.2))
    smtp_sink.faults.append(Fault(at="rcpt", reply="250 at last", seconds=1.0))
    with pytest.raises(Later):
        carrier.carry([a_letter(1)])
    carrier.carry([a_letter(2)])
    carrier.close()
    assert [got.content for got in smtp_sink.received] == [a_letter(2).content]


@pytest.mark.parametrize(("reply", "permanent"), [("550 5.1.1 no such user", True), ("450 4.2.1 greylisted", False)])
def test_one_refused_recipient_is_told_and_the_letter_goes_to_the_others(
    carrier: SmtpCarrier,
    smtp_sink: SmtpSink,
    reply: str,
    permanent: bool,  # noqa: FBT001 - a table
) -> None:
    smtp_sink.faults.append(Fault(at="rcpt", only=TWO[1], reply=reply))
    letter = a_letter(recipients=TWO)
    code, _, text = reply.partition(" ")
    told = Undelivered(letter=letter.key, recipient=TWO[1], code=int(code), text=text, permanent=permanent)
    assert carrier.carry([letter]) == [told]
    assert [got.recipients for got in smtp_sink.received] == [TWO[:1]]


def test_a_refused_recipient_is_told_as_the_letter_names_him(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    recipients = ("ann@acme.example", "bob@bücher.example")
    smtp_sink.faults.append(Fault(at="rcpt", only="bob@xn--bcher-kva.example", reply="550 no"))
    assert [missed.recipient for missed in carrier.carry([a_letter(recipients=recipients)])] == [recipients[1]]


def test_where_every_recipient_is_refused_one_hope_is_enough_for_later(
    carrier: SmtpCarrier, smtp_sink: SmtpSink
) -> None:
    smtp_sink.faults.append(Fault(at="rcpt", reply="550 5.1.1 no such user"))
    smtp_sink.faults.append(Fault(at="rcpt", reply="450 4.2.1 greylisted"))
    with pytest.raises(Later, match="greylisted"):
        carrier.carry([a_letter(recipients=TWO)])


def test_a_server_that_wants_a_login_is_our_mistake_and_no_letters(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    smtp_sink.faults.append(Fault(at="mail", reply="530 5.7.0 Authentication required"))
    with pytest.raises(Unavailable, match="check username"):
        carrier.carry([a_letter()])


def test_words_of_the_server_are_one_printable_line(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    smtp_sink.faults.append(Fault(at="mail", reply="550 5.7.1 no\x1b[31m\x00 " + "x" * 400))
    with pytest.raises(Refused) as caught:
        carrier.carry([a_letter()])
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 220


# The connection.


def test_one_connection_carries_many_letters(carrier: SmtpCarrier, smtp_sink: SmtpSink) -> None:
    for number in range(300):
        carrier.carry([a_letter(number)])
    assert len(smtp_sink.received) == 300
    assert smtp_sink.connections == 1


def test_a_connection_that_was_idle_is_opened_anew(
    carrier: SmtpCarrier, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "KEPT_SECONDS", -1.0)
    carrier.carry([a_letter(1)])
    carrier.carry([a_letter(2)])
    assert smtp_sink.connections == 2


@pytest.mark.parametrize("fault", [Fault(at="mail", reply="421 4.7.0 enough letters"), Fault(at="mail")])
def test_a_kept_connection_that_the_server_closed_costs_no_letter(
    carrier: SmtpCarrier, smtp_sink: SmtpSink, fault: Fault
) -> None:
    carrier.carry([a_letter(1)])
    smtp_sink.faults.append(fault)
    carrier.carry([a_letter(2)])
    assert len(smtp_sink.received) == 2
    assert smtp_sink.connections == 2


@pytest.mark.parametrize("fault", [Fault(at="connect", reply="554 5.3.2 not now"), Fault(at="connect")])
def test_a_server_that_greets_with_no_is_unavailable(carrier: SmtpCarrier, smtp_sink: SmtpSink, fault: Fault) -> None:
    smtp_sink.faults.append(fault)
    with pytest.raises(Unavailable, match=f"127.0.0.1:{smtp_sink.port}"):
        carrier.carry([a_letter()])
    carrier.carry([a_letter()])
    assert len(smtp_sink.received) == 1


def test_a_server_that_is_down_is_unavailable_and_named() -> None:
    settings = SmtpSettings(host="127.0.0.1", port=free_port(), security="none")
    with pytest.raises(Unavailable, match=f"127.0.0.1:{settings.port}: nobody listens there"):
        SmtpCarrier(settings).carry([a_letter()])


# Security and login.


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("password", ["secret", "geheimnis-ä"])
def test_letters_go_encrypted_and_logged_in(
    security: str, password: str, server_context: ssl.SSLContext, authority_file: Path
) -> None:
    with SmtpSink(context=server_context, implicit=security == "tls", password=password) as sink:
        settings = to_sink(
            sink, security=security, ca_file=authority_file, username="support", password=lambda: password
        )
        carrier = SmtpCarrier(settings)
        carrier.carry([a_letter()])
        carrier.close()
        (got,) = sink.received
        assert (got.encrypted, got.user) == (True, "support")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_letter(security: str, server_context: ssl.SSLContext) -> None:
    with SmtpSink(context=server_context, implicit=security == "tls") as sink:
        carrier = SmtpCarrier(to_sink(sink, security=security))
        with pytest.raises(Unavailable, match=r"not trusted.*ca_file"):
            carrier.carry([a_letter()])
        assert sink.received == []


def test_starttls_that_is_not_offered_gets_no_letter(smtp_sink: SmtpSink) -> None:
    with pytest.raises(Unavailable, match="STARTTLS"):
        SmtpCarrier(to_sink(smtp_sink, security="starttls")).carry([a_letter()])
    assert smtp_sink.received == []


@pytest.mark.parametrize("wrong", ["hunter2-wrong", "fälsch"])
def test_a_wrong_password_says_what_to_check_and_not_the_password(to_exim: SmtpSettings, wrong: str) -> None:
    carrier = SmtpCarrier(replace(to_exim, password=lambda: wrong))
    with pytest.raises(Unavailable, match="check username") as caught:
        carrier.carry([a_letter()])
    assert wrong not in str(caught.value)
    with pytest.raises(Unavailable):
        carrier.check()


def test_a_mail_server_carries_a_letter_into_the_customers_mailbox(
    to_exim: SmtpSettings, exim: Exim, dovecot: Dovecot, fresh_address: str
) -> None:
    for changes in ({"port": exim.submissions_port}, {"port": exim.submission_port, "security": "starttls"}):
        carrier = SmtpCarrier(replace(to_exim, **changes))
        assert not carrier.carry([a_letter(recipients=(fresh_address,))])
        carrier.close()
    arrived = dovecot.wait_for(fresh_address, 2)
    assert all(content.endswith(a_letter().content.partition(b"\r\n\r\n")[2]) for content in arrived)


def test_a_mail_server_tells_refused_recipients_apart(to_exim: SmtpSettings, fresh_address: str) -> None:
    carrier = SmtpCarrier(to_exim)
    recipients = (fresh_address, "nosuchuser@example.test", "tempfail@example.test")
    missed = carrier.carry([a_letter(recipients=recipients)])
    assert [(one.recipient, one.permanent) for one in missed] == [(recipients[1], True), (recipients[2], False)]
    with pytest.raises(Refused, match="550"):
        carrier.carry([a_letter(recipients=recipients[1:2])])
    with pytest.raises(Later, match="451"):
        carrier.carry([a_letter(recipients=recipients[2:])])
    carrier.close()


def test_check_logs_in_and_says_so(to_exim: SmtpSettings) -> None:
    words = SmtpCarrier(to_exim).check()
    assert "support@vendor.example" in words
    assert str(to_exim.port) in words
