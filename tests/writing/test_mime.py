from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.writing.mime import Part, file_part, folded, multipart, phrase, text_part, words

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120)


def read(part: Part) -> EmailMessage:
    message = message_from_bytes(b"MIME-Version: 1.0\r\n" + part.to_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=400))
def test_text_comes_back_as_it_was(text: str) -> None:
    part = text_part(text, "plain")
    assert read(part).get_payload(decode=True) == text.replace("\n", "\r\n").encode()
    assert all(len(one) <= 76 for one in part.body.split(b"\r\n"))
    assert part.body.isascii()


def test_words_that_are_mostly_not_ascii_take_the_shorter_encoding() -> None:
    encodings = [
        read(text_part(text, "plain"))["Content-Transfer-Encoding"] for text in ("Grüße aus Köln", "障害" * 20)
    ]
    assert encodings == ["quoted-printable", "base64"]


@given(WORDS)
def test_a_subject_comes_back_as_it_was(value: str) -> None:
    value = " ".join(value.split())
    header = words("Subject", value)
    message = message_from_bytes(f"{header}\r\n\r\n".encode(), policy=policy.default)
    assert message.keys() == ["Subject"]
    assert message["Subject"] == value
    assert all(len(one) <= 998 for one in header.split("\r\n"))


@pytest.mark.parametrize("value", ["=?utf-8?q?Bcc=3A?=", "a =? b", "two  spaces", " led by one"])
def test_words_that_would_be_misread_are_encoded(value: str) -> None:
    message = message_from_bytes(f"{words('Subject', value)}\r\n\r\n".encode(), policy=policy.default)
    assert message["Subject"] == value


@given(WORDS)
def test_a_display_name_comes_back_as_it_was(value: str) -> None:
    value = " ".join(value.split())[:60]
    header = folded("To", [f"{phrase(value)} <a@b.example>".lstrip()])
    # compat32: the newer parser of Python 3.11 puts a space between encoded words of a phrase
    name, address = parseaddr(message_from_bytes(f"{header}\r\n\r\n".encode())["To"])
    assert (str(make_header(decode_header(name))), address) == (value, "a@b.example")


@pytest.mark.parametrize(
    "name", ["logs.zip", 'a"b.txt', "日誌.txt", "../../etc/passwd", "C:\\logs\\x.txt", "", "x" * 300 + ".log"]
)
def test_a_file_keeps_its_content_and_its_own_name(name: str) -> None:
    part = read(file_part(name, "text/plain", b"\x00\xff\r\n."))
    assert part.get_payload(decode=True) == b"\x00\xff\r\n."
    assert part.get_content_disposition() == "attachment"
    assert part.get_filename() == (name.replace("\\", "/").rpartition("/")[2][-80:] or "file")
    assert not part.defects


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ("application/zip", "application/zip"),
        ("Text/CSV", "text/csv"),
        ("message/rfc822", "application/octet-stream"),  # RFC 2046 §5.2.1 forbids base64 there
        ("multipart/mixed", "application/octet-stream"),
        ("text/plain\r\nBcc: x@y.example", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_file_goes_under_a_type_that_can_carry_it(declared: str, sent: str) -> None:
    assert read(file_part("x", declared, b"x")).get_content_type() == sent


def test_a_boundary_cannot_stand_in_a_part() -> None:
    inner = text_part("--=_b\n--=_b--\nstill here", "plain")
    parts = read(multipart("mixed", (inner, file_part("x", "text/plain", b"--=_b--")), "b")).iter_parts()
    assert [one.get_payload(decode=True) for one in parts] == [b"--=_b\r\n--=_b--\r\nstill here", b"--=_b--"]


def test_tokens_are_folded_and_never_broken() -> None:
    long = "x" * 200
    header = folded("To", ["a@b.example", long, *["c@d.example"] * 9], between=",")
    assert header.split("\r\n")[1] == f" {long},"
    assert all(len(one) <= 78 for one in header.split("\r\n") if long not in one)
    assert header.replace("\r\n", "").count(",") == 10
