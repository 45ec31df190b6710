"""Whoever is not who he says he is moves nothing, learns nothing, and makes nothing leave the house."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.house import SUPPORT, Heard, House, Person, a_house

FIRST, SECOND = "2-000000001", "2-000000002"
SECRET = "The customer is on an old contract."
PROVEN = ("Authentication-Results", "mx.vendor.example; dmarc=pass header.from=vendor.example")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def ann(house: House) -> Person:
    ann = house.customer("ann@acme.example", "Ann Lee")
    ann.writes("Our X60 in Lyon drops packets since Monday, severity 3.", subject="Drops")
    ann.hears()
    return ann


@pytest.fixture
def told(house: House, ann: Person) -> Heard:
    """The letter to Alice, which bears her token."""
    return next(one for one in house.staff().hears() if one.template == "new-request")


def state(house: House, number: str = FIRST) -> tuple[object, ...]:
    request = house.request(number)
    return (request.level, request.owner, request.status, request.engaged, request.waived, request.participants)


@pytest.mark.parametrize("command", ["#close", "#severity 1", "#take", "#waive timeline", "#add eve@evil.example"])
def test_a_customer_has_no_commands_of_staff(house: House, ann: Person, told: Heard, command: str) -> None:
    before = state(house)
    ann.writes(f"{command}\n", answers=next(iter(house.customer("ann@acme.example").hears())))
    after = state(house)
    assert (after[1], after[2] in ("open", "new", "waiting"), after[4]) == (before[1], True, before[4])
    assert "eve@evil.example" not in house.request(FIRST).participants


def test_a_customer_who_was_sent_a_letter_to_staff_gets_no_power_by_its_token(
    house: House, ann: Person, told: Heard
) -> None:
    before = state(house)
    ann.writes("#close\n#assign bjarne", answers=told)
    assert state(house)[1] == before[1]
    assert house.request(FIRST).status != "closed"


def test_the_token_of_one_staff_member_does_not_serve_another(house: House, ann: Person, told: Heard) -> None:
    before = state(house)
    house.staff("bjarne@vendor.example", "Bjarne Holm").writes("#take", answers=told)
    assert state(house) == before


def test_a_token_does_not_serve_another_request(house: House, ann: Person, told: Heard) -> None:
    house.customer("ben@globex.example", "Ben").writes("The X80 in Oslo hangs, severity 3.", subject="Hangs")
    to = str(told.message["Reply-To"]).replace(FIRST, SECOND)
    house.staff().writes("#take", to=to, subject=f"Re: X [SR {SECOND}]")
    assert house.request(SECOND).owner is None


@pytest.mark.parametrize(
    "sender",
    [
        "alice@vendor.example <eve@evil.example>",
        '"alice@vendor.example" <eve@evil.example>',
        "Alice Ndiaye <alice@vendor.example.evil.example>",
        "Alice Ndiaye <аlice@vendor.example>",
        "Alice <alice@vendor.example>, Eve <eve@evil.example>",
        "Eve <eve@evil.example>, Alice <alice@vendor.example>",
    ],
    ids=["name", "quoted name", "longer domain", "Cyrillic a", "staff first", "staff second"],
)
def test_nobody_becomes_staff_by_looking_like_it(house: House, ann: Person, told: Heard, sender: str) -> None:
    before = state(house)
    raw = (
        f"From: {sender}\nTo: {SUPPORT}\nSubject: Re: Drops [SR {FIRST}]\nMessage-ID: <forged@evil.example>\n"
        f"Reply-To: alice@vendor.example\nSender: alice@vendor.example\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n#take\n{SECRET}\n"
    )
    house.deliver(raw.encode())
    assert state(house) == before
    assert ann.hears() == []


def test_an_automatic_reply_carries_out_nothing(house: House, ann: Person, told: Heard) -> None:
    before = state(house)
    house.staff().writes("#take\n\nI am away.", answers=told, headers=[("Auto-Submitted", "auto-replied")])
    assert state(house) == before
    assert ann.hears() == []


def test_results_that_a_forger_wrote_himself_prove_nothing(house: House, ann: Person, told: Heard) -> None:
    before = state(house)
    forged = [("Authentication-Results", "mx.evil.example; dmarc=pass header.from=vendor.example"), PROVEN]
    house.staff().writes(f"#take\n{SECRET}", subject=f"Re: [SR {FIRST}]", to=SUPPORT, headers=forged)
    assert state(house) == before
    assert ann.hears() == []


def test_a_subject_cannot_write_headers_of_ours(house: House) -> None:
    eve = house.customer("eve@evil.example", "Eve")
    house.deliver(
        b"From: Eve <eve@evil.example>\nTo: " + SUPPORT.encode() + b"\nMessage-ID: <inject@evil.example>\n"
        b"Subject: =?utf-8?Q?Drops=0D=0ABcc:_victim@acme.example=0D=0AX-Mailproc-SR:_9?=\n\nThe X60 drops packets.\n"
    )
    letter = eve.hears()[0]
    assert letter.message["Bcc"] is None
    assert letter.message.get_all("X-Mailproc-SR") == [FIRST]
    assert "\n" not in letter.subject
