"""Which mails are copies of one another."""

from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.identity import content_digest

MAIL = b"From: ann@acme.example\r\nSubject: a\r\n b\r\nMessage-ID: <1@acme.example>\r\n\r\nHello\r\n"


def test_traces_of_the_way_do_not_count() -> None:
    other_way = b"Received: from mx2\r\nDelivered-To: second@vendor.example\r\n" + MAIL
    assert content_digest(other_way) == content_digest(MAIL)


def test_line_ends_and_folding_do_not_count() -> None:
    assert content_digest(MAIL.replace(b"\r\n", b"\n")) == content_digest(MAIL)
    assert content_digest(MAIL.replace(b"\r\n b", b" b")) == content_digest(MAIL)


def test_other_words_of_the_same_message_id_are_another_mail() -> None:
    assert content_digest(MAIL.replace(b"Hello", b"Help")) != content_digest(MAIL)
    assert content_digest(MAIL.replace(b"ann@", b"eve@")) != content_digest(MAIL)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_digest(raw: bytes) -> None:
    assert len(content_digest(raw)) == 64
