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


def test_the_words_above_a_mail_that_is_passed_on_are_not_in_it_however_many_they_are() -> None:
    passed = forwarded(mail(GMAIL.replace("mind you.", "mind you, so please be careful what you write to him.")))
    assert passed is not None
    assert passed.words == "Our APM reloads each hour.\n\nAnn"


def test_a_mail_that_its_author_passed_on_is_read_with_his_words() -> None:
    below = GMAIL.partition("\n\n")[2].replace("Ann Lindqvist <ann", "Ben <ben").replace("Our APM reloads", "It hangs")
    text = GMAIL.replace("\n\nAnn\n", f"\n\nBen says more of it below.\n\n{below}")
    passed = forwarded(mail(text))
    assert passed is not None
    assert passed.sender is not None
    assert passed.sender.address == "ann@acme.example"
    assert (passed.words.count("It hangs each hour."), passed.words.count("reloads each hour")) == (1, 1)
