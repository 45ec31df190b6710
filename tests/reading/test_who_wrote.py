"""Whom a mail names as its author, however it is dressed up: names are words, whatever they look like."""

import pytest

from mailproc.reading.mail import Address
from mailproc.reading.parse import read

DISGUISES = [
    '"boss@vendor.example; on behalf" <eve@evil.example>',
    '"boss@vendor.example" <eve@evil.example>',
    "boss@vendor.example <eve@evil.example>",
    "=?utf-8?q?boss=40vendor.example=2C?= <eve@evil.example>",
    "=?utf-8?q?boss@vendor.example=0D=0ABcc:_boss@vendor.example?= <eve@evil.example>",
    "=?utf-8?b?PGJvc3NAdmVuZG9yLmV4YW1wbGU+?= <eve@evil.example>",
    '"=?utf-8?q?boss=40vendor.example?=: <boss@vendor.example>" : <eve@evil.example>',
]
PLAIN = [
    "Ann <ann@acme.example>",
    "us: ann@acme.example;",
    "=?utf-8?q?ann=40acme.example?=",
    '"ann@acme.example"',
    "[x] Ann <ann@acme.example>",
]


def author(field: str) -> str | None:
    mail = read(f"From: {field}\r\nSubject: Help\r\n\r\nHelp\r\n".encode())
    return mail.sender.address if mail.sender else None


@pytest.mark.parametrize("field", DISGUISES)
def test_an_address_inside_of_a_name_is_nobody(field: str) -> None:
    assert author(field) == "eve@evil.example"


@pytest.mark.parametrize("field", PLAIN)
def test_an_author_is_found_though_the_grammar_is_broken(field: str) -> None:
    assert author(field) == "ann@acme.example"


def test_a_list_as_outlook_writes_it_is_read_but_not_what_stands_in_quotes() -> None:
    mail = read(
        b'From: a@acme.example\r\nTo: "eve@evil.example; x" <b@acme.example>; Cy <c@acme.example>\r\n\r\nHelp\r\n'
    )
    assert mail.to == (
        Address(address="b@acme.example", name="eve@evil.example; x"),
        Address(address="c@acme.example", name="Cy"),
    )


@pytest.mark.parametrize("local", ["a" * 320, "a" * 40_000])
def test_an_address_longer_than_any_mail_server_takes_is_nobodys(local: str) -> None:
    assert "@" not in (author(f"Ann <{local}@acme.example>") or "")
