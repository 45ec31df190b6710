"""Marks: what proves that a mail answers a letter of ours, and to whom it was written."""

import pytest

from mailproc.reading.mail import Address, Bounce, Mail
from mailproc.reading.sender import Mark, Seal, marks_in

SEAL = Seal(b"secret of this installation")
OTHER = Seal(b"secret of another one")
NUMBER = "2-000000042"
ALICE = "alice@vendor.example"


def test_a_reply_address_carries_a_mark_that_only_we_can_make() -> None:
    address = SEAL.reply_address("support@vendor.example", NUMBER)
    (mark,) = marks_in(Mail(to=(Address(address=address),)))
    assert mark.number == NUMBER
    assert SEAL.holds(mark)
    assert not OTHER.holds(mark)
    assert not SEAL.holds(Mark("2-000000043", mark.token))


def test_a_staff_mark_is_of_one_person_and_no_mark_of_the_request() -> None:
    mark = Mark(NUMBER, SEAL.token(NUMBER, ALICE))
    assert SEAL.holds(mark, ALICE.upper())
    assert not SEAL.holds(mark, "bjarne@vendor.example")
    assert not SEAL.holds(mark)


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_a_mark_survives_what_servers_make_of_an_address(change: object) -> None:
    assert callable(change)
    address = change(SEAL.reply_address("support@vendor.example", NUMBER))
    (mark,) = marks_in(Mail(to=(Address(address=address),)))
    assert SEAL.holds(mark)


def test_a_mark_is_found_wherever_an_answer_carries_it() -> None:
    identity = f"{SEAL.mark(NUMBER)}.0123456789abcdef@vendor.example"
    for mail in (
        Mail(in_reply_to=(identity,)),
        Mail(references=("x@y", identity)),
        Mail(bounce=Bounce(recipients=(), permanent=True, original_message_id=identity)),
        Mail(headers=(("Delivered-To", SEAL.reply_address("support@vendor.example", NUMBER)),)),
    ):
        assert [SEAL.holds(mark) for mark in marks_in(mail)] == [True]


def test_an_address_too_long_for_a_mark_stays_as_it_is() -> None:
    long = f"{'x' * 60}@vendor.example"
    assert SEAL.reply_address(long, NUMBER) == long
    assert SEAL.reply_address("support@vendor.example", NUMBER, separator="") == "support@vendor.example"
