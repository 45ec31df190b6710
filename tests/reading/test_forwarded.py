"""Whose mail is passed on?"""

import pytest

from mailproc.reading.forwarded import forwarded, is_passed_on
from mailproc.reading.mail import Mail
from mailproc.reading.parse import read

GMAIL = """\
He is difficult, mind you.

---------- Forwarded message ---------
From: Ann Lindqvist <ann@acme.example>
Date: Mon, 2 Mar 2026 at 09:00
Subject: APM down
To: Alice <alice@vendor.example>

Our APM reloads each hour.

Ann
"""
OUTLOOK = """\
FYI

From: Lindqvist, Ann <ann@acme.example<mailto:ann@acme.example>>
Sent: Monday, 2 March 2026 09:00
To: Alice <alice@vendor.example>
Subject: APM down

Our APM reloads each hour.
"""
APPLE = """\
Begin forwarded message:

From: Ann Lindqvist <ann@acme.example>
Subject: APM down
Date: 2 March 2026 at 09:00:00 GMT
To: alice@vendor.example

Our APM reloads each hour.
"""
GERMAN = """\
Von: Ann Lindqvist [mailto:ann@acme.example]
Gesendet: Montag, 2. März 2026 09:00
An: Alice
Betreff: APM down

Our APM reloads each hour.
"""
NAME_ALONE = OUTLOOK.replace("Lindqvist, Ann <ann@acme.example<mailto:ann@acme.example>>", "Lindqvist, Ann")
TWO = GMAIL.replace("<ann@acme.example>", "<ann@acme.example> via <ben@acme.example>")


def mail(text: str, subject: str = "Fwd: APM down") -> Mail:
    header = f"From: Alice <alice@vendor.example>\nTo: support@vendor.example\nSubject: {subject}\n"
    return read(f"{header}Content-Type: text/plain; charset=utf-8\n\n{text}".encode())


@pytest.mark.parametrize("text", [GMAIL, OUTLOOK, APPLE, GERMAN])
def test_the_author_the_subject_and_the_words_of_a_mail_that_is_passed_on(text: str) -> None:
    found = forwarded(mail(text, "WG: APM down"))
    assert found is not None
    assert found.sender is not None
    assert (found.sender.address, found.subject) == ("ann@acme.example", "APM down")
    assert "reloads each hour" in found.reply
    assert not any(above in found.text for above in ("difficult", "FYI", "alice@vendor.example"))


@pytest.mark.parametrize(
    "text", [NAME_ALONE, TWO, "See the file.", "", "> From: a@b.example\n> Subject: x\n> To: y\n\nz"]
)
def test_where_the_author_is_not_clear_nobody_is_named(text: str) -> None:
    assert forwarded(mail(text)) is None
    assert is_passed_on(mail(text))


def test_an_answer_that_quotes_passes_nothing_on() -> None:
    assert not is_passed_on(mail(OUTLOOK, "Re: APM down"))
    assert forwarded(mail(OUTLOOK, "Re: APM down")) is None
