"""Which mails are copies of one another."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.identity import content_digest
from mailproc.reading.parse import read

HEAD = (
    b"From: Ann <ann@acme.example>\r\nSubject: a\r\n b\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n"
    b"Message-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\n"
)
MAIL = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n"


def digest(raw: bytes) -> str:
    return content_digest(read(raw))


@pytest.mark.parametrize(
    "copy",
    [
        b"Received: from mx2\r\nDelivered-To: second@vendor.example\r\n" + MAIL,
        MAIL.replace(b"\r\n", b"\n"),
        MAIL.replace(b"\r\n b", b" b"),
        MAIL.replace(b"Subject: a", b"Subject: [EXTERNAL] a"),
        MAIL.replace(b"Subject: a", b"Subject: *** SPAM *** [ext] EXTERNAL: a"),
        MAIL.replace(b"Message-ID: <1@acme.example>", b"Message-ID: <2@mx.vendor.example>"),
        MAIL.replace(b"+0000", b"-0000 (UTC)"),
        HEAD
        + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b64encode(b"Hello\r\n")
        + b"\r\n",
    ],
)
def test_traces_of_the_way_do_not_count(copy: bytes) -> None:
    assert digest(copy) == digest(MAIL)


@pytest.mark.parametrize(
    "other",
    [
        MAIL.replace(b"Hello", b"Help"),
        MAIL.replace(b"ann@", b"eve@"),
        MAIL.replace(b"10:00:00", b"10:00:01"),
        MAIL.replace(b"Subject: a", b"Subject: [SR 2-000000001] c"),
    ],
)
def test_other_words_of_the_same_message_id_are_another_mail(other: bytes) -> None:
    assert digest(other) != digest(MAIL)


def test_files_count() -> None:
    def with_file(content: bytes) -> bytes:
        return (
            HEAD
            + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nHello\r\n--b\r\n'
            + b'Content-Disposition: attachment; filename="a.log"\r\n\r\n'
            + content
            + b"\r\n--b--\r\n"
        )

    assert digest(with_file(b"one")) != digest(with_file(b"two"))


def test_mails_without_a_date_are_told_apart_by_their_ids() -> None:
    dateless = MAIL.replace(b"Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n", b"")
    assert digest(dateless) != digest(dateless.replace(b"<1@", b"<2@"))


@given(st.binary(max_size=300))
def test_any_bytes_have_a_digest_or_name_no_author(raw: bytes) -> None:
    mail = read(raw)
    assert len(content_digest(mail)) == (64 if mail.sender else 0)
