"""Engineers answer from their own mail client: words reach the customer, commands act, nothing leaks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def ann(house: House) -> Person:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    ann.hears_one("phone-us-now")
    return ann


@pytest.fixture
def alice(house: House) -> Person:
    return house.staff()


@pytest.fixture
def told(ann: Person, alice: Person) -> Heard:
    return alice.hears_one("new-request")


def test_an_engineers_words_reach_the_customer(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("Please install 9.7.3.\n\nAlice", answers=told, files=[("notes.txt", b"9.7.3 notes")])
    letter = ann.hears_one("relayed")
    assert "Please install 9.7.3." in letter.text
    assert letter.files == ["notes.txt"]
    assert letter.message["Auto-Submitted"] is None
    assert "Alice Ndiaye" in str(letter.message["From"])
    assert "alice@vendor.example" not in letter.message.as_string()
    request = house.request("2-000000001")
    assert request.engaged == house.clock()
    assert (request.status, request.owner) == ("open", "alice@vendor.example")


def test_the_customers_answer_goes_to_the_owner_alone(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("Please install 9.7.3.", answers=told)
    ann.writes("We did, it helps.", answers=ann.hears_one("relayed"))
    letter = alice.hears_one("customer-replied")
    assert "We did, it helps." in letter.text
    assert [one.template for one in house.staff("bjarne@vendor.example").hears()] == ["alert"]


def test_commands_act_and_are_answered_with_a_transcript(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#take\n#severity 3 a workaround holds\n", answers=told)
    result = alice.hears_one("command-result")
    assert "#severity 3 a workaround holds: done" in result.text
    ann.hears_one("level-changed")
    request = house.request("2-000000001")
    assert (request.level, request.owner) == (3, "alice@vendor.example")
    assert request.engaged is not None


@pytest.mark.parametrize(
    "text",
    ["#nite\nThis customer never reads the manual.", "Never reads the manual.\n#note", "#take\n#sevrity 2\nHello"],
)
def test_a_mistyped_command_does_nothing_and_leaks_nothing(
    house: House, ann: Person, alice: Person, told: Heard, text: str
) -> None:
    before = house.request("2-000000001")
    alice.writes(text, answers=told)
    result = alice.hears_one("command-result")
    assert "Nothing was done" in result.text
    assert ann.hears() == []
    after = house.request("2-000000001")
    assert (after.owner, after.level, after.engaged) == (before.owner, before.level, before.engaged)


def test_a_note_stays_inside(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#note\nThe customer is on an old contract.", answers=told)
    assert ann.hears() == []
    assert house.request("2-000000001").engaged is None


def test_a_forged_engineer_is_held_and_the_true_one_is_told(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes(
        "Send your passwords to this address.", subject=f"Re: {told.subject}", to="xseries-support@vendor.example"
    )
    assert ann.hears() == []
    warning = alice.hears_one("command-result")
    assert "nothing proves that it is from you" in " ".join(warning.text.split())
    assert "passwords" not in warning.text
    assert house.request("2-000000001").engaged is None


def test_authentication_of_the_own_server_proves_an_engineer(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    proof = [("Authentication-Results", "mx.vendor.example; dmarc=pass header.from=vendor.example")]
    alice.writes("Please install 9.7.3.", subject=f"Re: {told.subject}", headers=proof)
    ann.hears_one("relayed")


def test_resolving_and_closing_tell_the_customer_and_his_answer_reopens(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("#resolve", answers=told)
    resolved = ann.hears_one("resolved")
    house.waits(timedelta(days=1))
    ann.writes("It happened again.", answers=resolved)
    assert [letter.template for letter in ann.hears()] == ["reopened"]
    assert house.request("2-000000001").status == "open"


def test_an_answer_to_a_long_closed_request_opens_a_linked_one(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("#close", answers=told)
    closed = ann.hears_one("closed")
    house.waits(timedelta(days=60))
    ann.writes(COMPLETE, answers=closed)
    assert house.request("2-000000002").linked == "2-000000001"


def test_nobody_answers_a_severity_2_and_the_engineer_is_reminded(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    house.waits(timedelta(hours=2, minutes=1))
    reminder = alice.hears()[0]
    assert reminder.template == "response-due"
    assert reminder.message["Auto-Submitted"] == "auto-generated"


def test_a_customer_without_news_is_told_where_the_request_stands(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("We look into it.", answers=told)
    ann.hears_one("relayed")
    alice.hears()
    house.waits(timedelta(hours=23))
    assert [letter.template for letter in alice.hears()] == ["escalation", "update-due"]
    assert ann.hears() == []
    house.waits(timedelta(hours=1, minutes=1))
    letter = ann.hears_one("escalated")
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message["References"]


def test_an_update_in_time_keeps_the_clock_quiet(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("We look into it.", answers=told)
    house.waits(timedelta(hours=12))
    alice.writes("Still looking.", answers=told)
    house.waits(timedelta(hours=13))
    assert [letter.template for letter in ann.hears()] == ["relayed", "relayed", "escalated"]
