"""Mail in an engineer's name that nothing proves: only his answer to our question lets it go, and only that one."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pipeline.house import SUPPORT, Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES

FIRST = "2-000000001"
PROVEN = [("Authentication-Results", "mx.vendor.example; dmarc=pass header.from=vendor.example")]
_TO_CUSTOMERS = ("missing-details", "phone-us-now")
FORGED = "Please send your root password to collector@elsewhere.example."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def ann(house: House) -> Person:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    ann.hears()
    return ann


@pytest.fixture
def alice(house: House, ann: Person) -> Person:
    alice = house.staff()
    alice.hears()
    return alice


def held(alice: Person, text: str = FORGED, number: str = FIRST) -> Heard:
    alice.writes(text, subject=f"Re: APM [SR {number}]", to=SUPPORT)
    return alice.hears_one("command-result")


def code_in(question: Heard) -> str:
    words = question.text.split()
    return next(after for word, after in pairwise(words) if word == "confirm" and len(after) == 8)


def words(letter: Heard) -> str:
    return " ".join(letter.text.split())


def asks_alice(ann: Person, alice: Person) -> str:
    """Ann writes to Alice with us on copy; gives the Message-ID that Alice's answer names."""
    ann.writes("Alice, shall we reboot it?", subject=f"Re: [SR {FIRST}]", to=alice.address, headers=[("Cc", SUPPORT)])
    alice.hears()
    history = ann.house.request(FIRST).history
    return str([event.message_id for event in history if event.type == "received"][-1])


@pytest.mark.parametrize("word", ["Yes", "yes.", "Ja", "Confirmed."])
def test_yes_to_a_customers_question_lets_no_forged_mail_go(ann: Person, alice: Person, word: str) -> None:
    held(alice)
    asked = asks_alice(ann, alice)
    answers = [("In-Reply-To", f"<{asked}>"), ("References", f"<{asked}>"), ("Cc", SUPPORT), *PROVEN]
    alice.writes(word, subject=f"Re: [SR {FIRST}]", to=ann.address, headers=answers)
    assert all("password" not in letter.text for letter in ann.hears())


def test_confirm_as_an_answer_to_another_mail_is_asked_about_and_goes_nowhere(ann: Person, alice: Person) -> None:
    question = held(alice)
    asked = asks_alice(ann, alice)
    answers = [("In-Reply-To", f"<{asked}>"), ("Cc", SUPPORT), *PROVEN]
    alice.writes("confirm", subject=f"Re: [SR {FIRST}]", to=ann.address, headers=answers)
    assert ann.hears() == []
    assert f"confirm {code_in(question)}" in words(alice.hears_one("command-result"))


def test_the_code_lets_its_mail_go_from_anywhere_and_no_other(ann: Person, alice: Person) -> None:
    question = held(alice, "Please install 9.7.3.")
    held(alice)
    alice.writes(f"confirm {code_in(question)}", subject="from my phone", to=SUPPORT, headers=PROVEN)
    assert "Please install 9.7.3." in ann.hears_one("relayed").text
    assert "lets it go, if it is yours" in words(alice.hears_one("command-result"))


@pytest.mark.parametrize("word", ["yes", "ja", "Bestätigt!"])
def test_a_mere_yes_without_a_thread_lets_nothing_go_and_is_not_passed_on(
    ann: Person, alice: Person, word: str
) -> None:
    alice.writes(word, answers=held(alice), drop_threading=True)
    assert ann.hears() == []
    assert "Nothing was done" in words(alice.hears_one("command-result"))


def test_confirm_alone_without_a_thread_lets_nothing_go_while_several_wait(ann: Person, alice: Person) -> None:
    first, second = held(alice, "Please install 9.7.3."), held(alice)
    alice.writes("confirm", answers=first, drop_threading=True)
    assert ann.hears() == []
    told = words(alice.hears_one("command-result"))
    assert code_in(first) in told
    assert code_in(second) in told


def test_questions_tell_held_mails_apart_without_a_word_of_theirs(alice: Person) -> None:
    first = held(alice, "Please install 9.7.3 today.")
    alice.writes(
        "Hello.", subject=f"Re: [SR {FIRST}]", to=f"{SUPPORT}, b@partner.example", files=[("x.txt", b"log line")]
    )
    second = alice.hears_one("command-result")
    assert "It came Mon 2 Mar 10:00 (London), to xseries-support@vendor.example: 4 words, 0 files." in words(first)
    assert "b@partner.example: 1 word, 1 file." in words(second)
    assert "install" not in first.text


def test_the_limit_holds_over_all_requests_and_the_last_question_says_how_to_see_the_rest(
    house: House, ann: Person, alice: Person
) -> None:
    ann.writes(COMPLETE, subject="Another matter")
    alice.hears()
    for number in range(9):
        alice.writes(f"Forged {number}.", subject=f"Re: [SR 2-00000000{number % 2 + 1}]", to=SUPPORT)
    questions = alice.hears()
    assert ["quarantine list" in words(one) for one in questions] == [False, False, True]
    assert len(house.parts.store.ledger.quarantined()) == 9
    house.waits(timedelta(hours=2))
    alice.hears()
    assert "nothing proves" in words(held(alice))


def test_commands_without_a_thread_are_asked_about_and_done_once_confirmed(house: House, alice: Person) -> None:
    alice.writes(f"SR {FIRST} #take", subject="from my phone", to=SUPPORT)
    question = alice.hears_one("command-result")
    assert "from my phone" not in question.message.as_string()
    assert house.request(FIRST).owner is None
    alice.writes("confirm", answers=question)
    assert house.request(FIRST).owner == alice.address


def test_words_without_a_thread_open_nothing_until_they_are_confirmed(house: House, alice: Person) -> None:
    alice.writes("We should look at these boxes.", subject="boxes", to=SUPPORT)
    assert len(house.requests()) == 1
    question = alice.hears_one("command-result")
    alice.writes("No, that was not me.", answers=question)
    assert "stays held" in words(alice.hears_one("command-result"))
    assert len(house.requests()) == 1
    alice.writes("yes", answers=question)
    assert house.request("2-000000002").customer == alice.address


def test_an_engineer_who_asks_for_something_himself_is_heard_as_a_customer(house: House, alice: Person) -> None:
    alice.writes("The lab X60 reloads every hour.", subject="Lab", headers=PROVEN)
    form = next(letter for letter in alice.hears() if letter.template in _TO_CUSTOMERS)
    alice.writes("Business impact: the lab stands still, 12 people wait.", answers=form)
    request = house.request("2-000000002")
    assert "business-impact" in dict(request.supplied)
    assert "relayed" not in [letter.template for letter in alice.hears()]
    alice.writes("#close\n\nIt was the power supply.", answers=form, headers=PROVEN)
    assert house.request("2-000000002").status == "closed"
    assert "relayed" not in [letter.template for letter in alice.hears()]


FORWARD = """\
He is a difficult one.

---------- Forwarded message ---------
From: Ben Okafor <ben@globex.example>
Date: Mon, 2 Mar 2026 at 09:00
Subject: APM down
To: Alice <alice@vendor.example>

Our APM reloads each hour since Monday.
"""


def test_a_customers_mail_that_an_engineer_passes_on_opens_a_request_of_the_customer(
    house: House, alice: Person
) -> None:
    alice.writes(FORWARD, subject="Fwd: APM down", headers=PROVEN)
    request = house.request("2-000000002")
    assert (request.customer, request.customer_name, request.subject) == (
        "ben@globex.example",
        "Ben Okafor",
        "APM down",
    )
    (answer,) = house.customer("ben@globex.example").hears()
    assert "difficult" not in answer.message.as_string()
    told = next(letter for letter in alice.hears() if letter.template == "command-result")
    assert "SR 2-000000002 is open for ben@globex.example" in words(told)
    house.customer("ben@globex.example").writes("Business impact: none.", answers=answer)
    assert len(house.requests()) == 2


def test_an_engineer_whose_forward_names_nobody_is_told_that_he_is_the_requester(house: House, alice: Person) -> None:
    alice.writes("Please open one for this.\n\nThe X80 of Globex is down.", subject="Fwd: X80", headers=PROVEN)
    assert house.request("2-000000002").customer == alice.address
    told = next(letter for letter in alice.hears() if letter.template == "command-result")
    assert "with you as its requester" in words(told)


def test_a_forward_that_nothing_proves_opens_nothing(house: House, alice: Person) -> None:
    alice.writes(FORWARD, subject="Fwd: APM down")
    assert len(house.requests()) == 1
    alice.writes("confirm", answers=alice.hears_one("command-result"))
    assert house.request("2-000000002").customer == "ben@globex.example"


def test_a_stolen_token_does_nothing_where_our_server_says_that_dmarc_failed(house: House, alice: Person) -> None:
    house.customer("ann@acme.example").writes(COMPLETE, subject="Another matter")
    told = alice.hears_one("new-request")
    failed = [("Authentication-Results", "mx.vendor.example; dmarc=fail header.from=vendor.example")]
    alice.writes("#close", subject="x", to=str(told.message["Reply-To"]), headers=failed)
    assert house.request("2-000000002").status == "new"
    assert "nothing proves" in words(alice.hears_one("command-result"))
