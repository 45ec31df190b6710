"""Whatever the bytes, a Mail comes of them: no exception, no NUL, no lone surrogate, in bounded time and memory."""

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailproc.reading import limits
from mailproc.reading.mail import Address, Attachment, Mail
from mailproc.reading.parse import read
from mailproc.reading.text import reply_of

LINES = st.sampled_from(
    [
        b"From: A <a@b.example>",
        b"To: =?utf-8?b?w7w=?= <x@y>, ;:<>@",
        b"Subject: =?gb2312?B?/////w==?= \xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=utf-16",
        b'Content-Type: multipart/report; report-type=delivery-status; boundary=""',
        b"Content-Type: message/delivery-status",
        b"Content-Disposition: attachment; filename*0*=UTF-8''%FF; filename*1=x\x00y",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Date: Tue, 99 Foo 99999 99:99:99 +9999",
        b"Message-ID: <=?utf-8?q?=00?=>",
        b"Return-Path: <>",
        b"X-Failed-Recipients: \xe4",
        b"Authentication-Results: ((((;",
        b"",
        b"--b",
        b"--b--",
        b"Final-Recipient: rfc822;",
        b"<table><blockquote><div style='border-top:solid'>",
        b"> quoted",
        b"On x wrote:",
        b"=?=?=?=",
        b"\xed\xa0\x80\x00\r",
    ]
)


def _strings(mail: Mail) -> list[str]:
    found: list[str] = []
    waiting: list[object] = [getattr(mail, one.name) for one in fields(mail)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, tuple):
            waiting.extend(one)
        elif isinstance(one, (Address, Attachment)):
            waiting.extend(getattr(one, name.name) for name in fields(one))
    return found


@given(st.binary(max_size=600))
def test_random_bytes_are_read(raw: bytes) -> None:
    assert all("\x00" not in text for text in _strings(read(raw)) if text.encode() is not None)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=24), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_heaps_of_mail_like_lines_are_read(lines: list[bytes], end: bytes) -> None:
    assert all("\x00" not in text for text in _strings(read(end.join(lines))) if text.encode() is not None)


def test_nothing_at_all_is_a_mail_with_damage() -> None:
    assert read(b"").damage


def test_a_file_that_is_no_mail_says_so() -> None:
    assert "this is not a mail: it has no headers" in read(b"\x7fELF\x02\x01\x01\x00\x00").damage


@pytest.mark.parametrize(
    "raw",
    [
        b"To: " + b"a@b.example, " * 100_000 + b"\n\nx",
        b"X: y\n" * 50_000 + b"\nx",
        b"Content-Type: text/plain" + b";a=b" * 200_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 20_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 500,
        b"Content-Type: message/rfc822\n\n" * 3000 + b"\nx",
        b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\n\n" + b"<blockquote>" * 20_000 + b"x",
        b"From: " + b"(" * 50_000 + b"\n\nx",
        b"Subject: " + b"=?utf-8?q?=" * 10_000 + b"\n\nx",
    ],
    ids=["recipients", "headers", "parameters", "parts", "nesting", "messages", "divs", "quotes", "comments", "words"],
)
def test_hostile_structure_is_read_within_limits(raw: bytes) -> None:
    assert read(raw).damage or len(read(raw).text) <= len(raw)


@pytest.mark.parametrize(
    "unit",
    [
        "> x\n",
        "\n",
        "On On On ",
        "From: a\n",
        "From: a@b.example\nSent: 1.1.2026\n",
        "On 1.1.2026 ",
        "> a\nb\n",
        "log:\n> a\n",
        "-- \n",
        "regards,\n",
        "_" * 9 + "\n",
    ],
)
def test_long_hostile_texts_lose_no_new_word(unit: str) -> None:
    text = "new words\n" + unit * (60_000 // len(unit))
    assert reply_of(text).startswith("new words")


def test_a_mail_beyond_the_size_limit_is_read_from_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIZE_LIMIT", 1 << 20)
    found = read(b"From: a@b.example\nSubject: long\n\n" + b"x" * (2 << 20))
    assert (found.subject, len(found.text) < 1 << 20) == ("long", True)
    assert any("larger than" in words for words in found.damage)


def test_of_more_lines_than_a_parser_should_hold_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINE_LIMIT", 1000)
    found = read(b"From: a@b.example\nSubject: long\n\nHelp\n" + b">\n" * 1000)
    assert (found.sender, found.subject) == (Address(address="a@b.example"), "long")
    assert found.reply == "Help"
    assert any("too many lines" in words for words in found.damage)
