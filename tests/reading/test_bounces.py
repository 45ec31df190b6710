"""Whom a notice says could not be reached, in the words of many servers."""

import pytest

from mailproc.reading.mail import Bounce
from mailproc.reading.parse import read

HEAD = "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nTo: support@vendor.example\nSubject: Undelivered mail\n"


def bounce(body: str, head: str = HEAD) -> Bounce:
    found = read(f"{head}\n{body}".encode()).bounce
    assert found is not None
    return found


def reported(original: str, final: str) -> Bounce:
    fields = f"Original-Recipient: rfc822;{original}\n" if original else ""
    head = f'{HEAD}MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n'
    return bounce(
        "--b\nContent-Type: text/plain\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns;mx.example\n\n{fields}Final-Recipient: rfc822;{final}\n"
        "Action: failed\nStatus: 5.1.1\n\n--b--\n",
        head,
    )


@pytest.mark.parametrize(
    ("original", "final", "recipient", "written_to"),
    [
        ("", "ann@acme.example", "ann@acme.example", ()),
        ("ann@acme.example", "a.ann@mail.acme.example", "ann@acme.example", ()),
        ("ann@acme.example", "ann@ims-daemon", "ann@acme.example", ()),
        ("ann@acme.example", "ann@elsewhere.example", "ann@elsewhere.example", ("ann@acme.example",)),
    ],
)
def test_who_failed_and_to_whom_it_was_written(
    original: str, final: str, recipient: str, written_to: tuple[str, ...]
) -> None:
    found = reported(original, final)
    assert (found.recipients, found.written_to) == ((recipient,), written_to)


@pytest.mark.parametrize(
    "notice",
    [
        "Your mail could not be delivered to:\n\n  ann@acme.example\n    550 no such user",
        "did not reach the following recipient(s):\n\nc=US;a= ;p=ACME;dda:SMTP=ann@acme.example; on Fri\n  unknown",
        "<ann@acme.example>: host mx.acme.example said: 550 5.1.1 unknown (in reply to RCPT TO)",
        "Ihre Nachricht konnte nicht zugestellt werden an folgende Empfänger:\n\nann@acme.example",
        "We write from helpdesk@mx-help.example if you wonder.\nThe following addresses failed:\n\nann@acme.example\n",
    ],
)
def test_the_notice_names_whom_it_could_not_reach(notice: str) -> None:
    assert bounce(notice).recipients == ("ann@acme.example",)


@pytest.mark.parametrize(
    ("words", "permanent"),
    [
        ("ann@acme.example\n  550 no such user here", True),
        ("ann@acme.example\n\nPlease do not resend your original message.\nDelivery attempts will continue.", False),
        ("ann@acme.example\n  all hosts have been failing for a long time and were last tried just now", False),
    ],
)
def test_what_may_pass_is_told_from_what_is_final(words: str, *, permanent: bool) -> None:
    assert bounce(f"Your message could not be delivered to:\n\n{words}").permanent is permanent
