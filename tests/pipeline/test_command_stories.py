"""Staff act on requests by mail: every command, bare words where they are offered, all or nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import CONFIG, SUPPORT, Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES

FIRST = "2-000000001"
PROVEN = [("Authentication-Results", "mx.vendor.example; dmarc=pass header.from=vendor.example")]


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


def templates(person: Person) -> list[str]:
    return [letter.template for letter in person.hears()]


def test_the_next_update_is_promised_in_the_time_of_the_writers_letters(
    house: House, alice: Person, told: Heard
) -> None:
    alice.writes("#next tomorrow 15:00\n\nWe tell you more tomorrow.", answers=told)
    assert house.request(FIRST).promised == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
    assert "promised for Tue 3 Mar 15:00" in " ".join(alice.hears_one("command-result").text.split())


def test_a_promise_for_yesterday_is_returned_and_nothing_reaches_the_customer(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("#take\n#next yesterday\n\nMore tomorrow.", answers=told)
    assert "tomorrow 15:00" in " ".join(alice.hears_one("command-result").text.split())
    assert ann.hears() == []
    assert house.request(FIRST).owner is None


def test_a_workaround_lowers_the_level_and_the_customer_is_told(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("#severity 1 down", answers=told)
    assert "now level 1, Critical, no longer 2" in ann.hears_one("phone-us-now").text
    alice.writes("#workaround\n\nMove the group to slot 5.", answers=told)
    letter = ann.hears_one("workaround")
    assert "Move the group to slot 5." in letter.text
    assert "now at level 2, High, no longer 1" in " ".join(letter.text.split())
    assert house.request(FIRST).level == 2
    assert "workaround" in house.request(FIRST).flags
    assert house.request(FIRST).engaged
    ann.writes("Workaround failed.\n\nIt reloads again.", answers=letter)
    assert house.request(FIRST).level == 1
    assert "workaround" not in house.request(FIRST).flags
    assert "now level 1" in " ".join(ann.hears_one("phone-us-now").text.split())


def test_what_is_noted_beside_a_workaround_stays_inside(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#workaround\n#note\nHe never reads the manual.", answers=told)
    letter = ann.hears_one("workaround")
    assert "manual" not in letter.message.as_string()


def test_a_workaround_may_keep_the_level(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#workaround keep", answers=told)
    assert "stays open, at level 2, High." in " ".join(ann.hears_one("workaround").text.split())
    assert house.request(FIRST).level == 2


def test_what_staff_ask_for_is_owed_until_it_comes_or_is_waived(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("#request log-messages, a photo of the LEDs", answers=told)
    asked = ann.hears_one("missing-details")
    assert "a photo of the LEDs" in asked.text
    assert house.request(FIRST).missing == ("log-messages", "a photo of the LEDs")
    ann.writes("Here is the photo, the logs follow.", answers=asked, files=[("leds.jpg", b"\xff\xd8\xff photo")])
    assert house.request(FIRST).missing == ("log-messages",)
    ann.hears_one("missing-details")
    alice.writes("#waive log-messages", answers=told)
    assert house.request(FIRST).missing == ()


def test_two_requests_of_one_customer_become_one(house: House, ann: Person, alice: Person, told: Heard) -> None:
    carl = house.customer("carl@acme.example", "Carl")
    carl.writes("The same APM again.", subject="APM again")
    second = alice.hears_one("new-request")
    carls = carl.hears()[0]
    alice.writes(f"#merge {FIRST}", answers=second)
    merged = house.request("2-000000002")
    assert (merged.status, merged.merged_into) == ("closed", FIRST)
    assert "carl@acme.example" in house.request(FIRST).participants
    before = len(house.request(FIRST).history)
    carl.writes("One more detail.", answers=carls)
    assert len(house.request(FIRST).history) > before
    assert len(house.requests()) == 2


def test_a_merged_request_brings_all_it_held_and_everybody_concerned_hears(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
    ann.writes("The failover group hangs, it is not urgent. severity 3", subject="Failover")
    ann.hears()
    bjarne.writes("#take", subject="Re: [SR 2-000000002]", to=SUPPORT, headers=PROVEN)
    bjarne.hears()
    before = house.request("2-000000002")
    assert (before.level, bool(before.missing), before.files) == (3, True, ())
    alice.writes("#merge 2-000000002", answers=told)
    request = house.request("2-000000002")
    assert (request.level, request.missing) == (2, ())
    assert {one.name for one in request.files} == {one.name for one in house.request(FIRST).files}
    assert "missing: nothing" in " ".join(bjarne.hears()[-1].text.split())
    letter = ann.hears_one("merged")
    assert "SR 2-000000001 goes on as SR 2-000000002" in " ".join(letter.text.split())
    house.waits(timedelta(days=5))
    assert "reminder" not in templates(ann)


def test_an_open_question_of_a_merged_request_is_still_open(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    ann.writes(COMPLETE, subject="Failover", files=FILES)
    ann.hears()
    alice.writes("#request a photo of the LEDs", answers=told)
    alice.writes("#merge 2-000000002", answers=told)
    assert house.request("2-000000002").missing == ("a photo of the LEDs",)
    assert "a photo of the LEDs" in ann.hears()[-1].text


def test_a_merged_request_hands_on_that_it_was_taken_up_and_how_many_chassis_there_are(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    ann.writes("We have only one chassis.", subject=f"Re: [SR {FIRST}]")
    ann.writes("The failover group hangs.", subject="Failover")
    alice.writes("#phoned", answers=told)
    before = house.request("2-000000002")
    assert (before.status, before.engaged, before.one_chassis) == ("new", None, False)
    alice.writes("#merge 2-000000002", answers=told)
    after = house.request("2-000000002")
    assert (after.status, after.engaged is None, after.one_chassis) == ("open", False, True)


def test_of_two_people_with_one_name_the_candidates_are_told(tmp_path: Path) -> None:
    another = '[[staff]]\nname = "Alice Brown"\naddress = "abrown@vendor.example"\n'
    with a_house(tmp_path, config=f"{CONFIG}\n{another}") as house:
        house.customer("ann@acme.example").writes(COMPLETE, subject="APM 4 reloads", files=FILES)
        alice = house.staff()
        alice.writes("#assign alice", answers=alice.hears_one("new-request"))
        told = " ".join(alice.hears_one("command-result").text.split())
        assert "write alice@vendor.example or abrown@vendor.example" in told


def test_a_customer_calls_for_the_duty_manager_by_the_first_word_of_his_answer(house: House, ann: Person) -> None:
    ann.writes("ESCALATE!! nobody calls", subject=f"Re: [SR {FIRST}]")
    assert "escalated" in house.request(FIRST).flags
    ann.writes("severity 1: all is down now", subject=f"Re: [SR {FIRST}]")
    assert house.request(FIRST).level == 1


def test_a_question_about_the_word_calls_nobody(house: House, ann: Person) -> None:
    ann.writes("Escalate to whom?", subject=f"Re: [SR {FIRST}]")
    assert "escalated" not in house.request(FIRST).flags


def test_requests_of_two_customers_are_never_merged(house: House, ann: Person, alice: Person, told: Heard) -> None:
    ben = house.customer("ben@globex.example", "Ben")
    ben.writes("Our APM reloads.", subject="APM")
    second = alice.hears_one("new-request")
    ben.hears()
    alice.writes(f"#merge {FIRST}", answers=second)
    assert "another customer" in " ".join(alice.hears_one("command-result").text.split())
    assert house.request("2-000000002").merged_into is None
    assert ben.hears() == []


def test_a_second_matter_becomes_a_request_of_its_own(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#split Licence question", answers=told)
    letter = ann.hears_one("acknowledgement")
    assert "[SR 2-000000002]" in letter.subject
    second = house.request("2-000000002")
    assert (second.linked, second.customer, second.subject) == (FIRST, "ann@acme.example", "Licence question")
    ann.writes("About the licence.", answers=letter)
    assert len(house.requests()) == 2


def test_people_are_let_in_and_taken_off_but_never_the_requester(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("#add ben@partner.example", answers=told)
    assert "ben@partner.example" in house.request(FIRST).participants
    alice.writes("#remove ben@partner.example", answers=told)
    assert "ben@partner.example" not in house.request(FIRST).participants
    alice.hears()
    alice.writes("#remove ann@acme.example", answers=told)
    assert "never taken off" in " ".join(alice.hears_one("command-result").text.split())


def test_status_and_explain_answer_the_writer_alone(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#status", answers=told)
    status = alice.hears_one("command-result")
    assert "Clock response" in status.text
    alice.writes("#explain", answers=told)
    assert "phone-us-now sent to ann@acme.example" in " ".join(alice.hears_one("command-result").text.split())
    assert ann.hears() == []


def test_a_command_sees_what_those_before_it_did(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("#close\n#waiting", answers=told)
    assert "the request is closed" in alice.hears_one("command-result").text
    assert house.request(FIRST).status == "new"
    assert ann.hears() == []


def test_a_bare_word_answers_an_alert(house: House, ann: Person, alice: Person, told: Heard) -> None:
    house.waits(timedelta(hours=2, minutes=1))
    alert = alice.hears()[0]
    alice.writes("ack\n\nI am on the train, he can wait.", answers=alert)
    assert "#ack: done" in alice.hears_one("command-result").text
    assert ann.hears() == []
    alice.writes("tkae", answers=alert)
    assert "Nothing was done" in alice.hears_one("command-result").text
    assert ann.hears() == []
    alice.writes("take", answers=alert)
    assert house.request(FIRST).owner == "alice@vendor.example"


def test_in_a_relayed_thread_a_bare_word_is_a_word(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("take\n\nthat module out, please.", answers=told)
    assert "take" in ann.hears_one("relayed").text


def test_a_held_mail_is_released_by_one_word_of_the_true_person(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("Please install 9.7.3.", subject=f"Re: {told.subject}", to=SUPPORT)
    question = alice.hears_one("command-result")
    assert ann.hears() == []
    alice.writes("Confirm.", answers=question)
    assert "Please install 9.7.3." in ann.hears_one("relayed").text
    alice.hears_one("command-result")
    alice.writes("confirm", answers=question)
    assert "released before" in alice.hears_one("command-result").text
    assert ann.hears() == []


@pytest.mark.parametrize("answer", ["confirm", "`confirm`", "Confirm.\n\nAlice Ndiaye\nSupport"])
def test_the_word_is_enough_where_a_mail_program_lost_the_question(
    house: House, ann: Person, alice: Person, told: Heard, answer: str
) -> None:
    alice.writes("Please install 9.7.3.", subject=f"Re: {told.subject}", to=SUPPORT)
    alice.writes(answer, answers=alice.hears_one("command-result"), drop_threading=True)
    assert "Please install 9.7.3." in ann.hears_one("relayed").text


def test_the_word_above_many_others_is_not_an_answer_to_us(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes("Forged words.", subject=f"Re: {told.subject}", to=SUPPORT)
    question = alice.hears_one("command-result")
    alice.writes("Yes.\nThe module in slot 4 is the one that must go out.", answers=question, drop_threading=True)
    assert "Forged words." not in ann.hears_one("relayed").text


def test_a_denied_or_late_answer_releases_nothing(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("Send your passwords.", subject=f"Re: {told.subject}", to=SUPPORT)
    question = alice.hears_one("command-result")
    alice.writes("No, that was not me!", answers=question)
    assert "stays held" in " ".join(alice.hears_one("command-result").text.split())
    house.waits(timedelta(days=8))
    heard_before = templates(ann)
    alice.hears()
    alice.writes("confirm", answers=question)
    assert "too long ago" in alice.hears_one("command-result").text
    assert "relayed" not in (*heard_before, *templates(ann))


def test_forged_mail_cannot_flood_the_person_it_names(house: House, ann: Person, alice: Person, told: Heard) -> None:
    for number in range(9):
        alice.writes(f"Forged {number}.", subject=f"Re: {told.subject}", to=SUPPORT)
    assert len(alice.hears()) <= 3
