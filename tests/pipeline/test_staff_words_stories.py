"""Words of staff that are not for the customer: to a colleague, below an alert, under a mistyped note."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import CONFIG, SUPPORT, Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES

FIRST = "2-000000001"
PROVEN = [("Authentication-Results", "mx.vendor.example; dmarc=pass header.from=vendor.example")]
BJARNE = "bjarne@vendor.example"
DUTY = """
[[mailboxes]]
name    = "duty"
address = "duty@vendor.example"
policy  = "duty-manager"
region  = "emea"
source  = "maildir"
path    = "duty"

[outgoing]"""
SECRET = "I think that this customer broke it himself."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path, config=CONFIG.replace("\n[outgoing]", DUTY, 1)) as house:
        yield house


@pytest.fixture
def ann(house: House) -> Person:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    ann.hears()
    return ann


@pytest.fixture
def alice(house: House, ann: Person) -> Person:
    return house.staff()


@pytest.fixture
def told(alice: Person) -> Heard:
    return alice.hears_one("new-request")


@pytest.fixture
def bjarne(house: House, ann: Person) -> Person:
    return house.staff(BJARNE, "Bjarne Holm")


@pytest.fixture
def alert(bjarne: Person) -> Heard:
    return bjarne.hears_one("alert")


def words(letter: Heard) -> str:
    return " ".join(letter.text.split())


@pytest.mark.parametrize(
    ("to", "copies"),
    [
        (BJARNE, SUPPORT),
        (f"{BJARNE}, {SUPPORT}", ""),
        ("partner@elsewhere.example", SUPPORT),
        ("duty@vendor.example", ""),
    ],
)
def test_words_to_somebody_else_stay_inside_and_their_writer_hears_so(  # noqa: PLR0917
    house: House, ann: Person, alice: Person, told: Heard, to: str, copies: str
) -> None:
    headers = [*([("Cc", copies)] if copies else []), *PROVEN]
    alice.writes(
        SECRET, subject=f"Fwd: [SR {FIRST}]", to=to, headers=headers, mailbox="duty" if "duty" in to else "inbox"
    )
    assert ann.hears() == []
    assert "Your words stay inside, as a note" in words(alice.hears_one("command-result"))
    request = house.request(FIRST)
    assert (request.owner, request.engaged, request.updated) == (None, None, None)
    assert any(event.type == "noted" for event in request.history)


def test_a_number_in_the_words_makes_no_relay(house: House, ann: Person, alice: Person, told: Heard) -> None:
    alice.writes(
        f"Bjarne, please take over SR {FIRST}. {SECRET}",
        subject="Help needed",
        to="duty@vendor.example",
        headers=PROVEN,
        mailbox="duty",
    )
    assert ann.hears() == []
    assert f"only your words name SR {FIRST}" in words(alice.hears_one("command-result"))
    assert house.request(FIRST).owner is None


def test_commands_above_words_to_a_colleague_act_all_the_same(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes(f"#take\n\n{SECRET}", subject=f"[SR {FIRST}]", to=BJARNE, headers=[("Cc", SUPPORT), *PROVEN])
    assert house.request(FIRST).owner == alice.address
    assert ann.hears() == []
    assert "addressed to Bjarne Holm" in words(alice.hears_one("command-result"))


@pytest.mark.parametrize(
    ("to", "copies"),
    [(SUPPORT, ""), (SUPPORT, BJARNE), ("ann@acme.example", SUPPORT), (f"ann@acme.example, {BJARNE}", SUPPORT)],
)
def test_words_to_us_or_to_the_customer_are_relayed(
    ann: Person, alice: Person, told: Heard, to: str, copies: str
) -> None:
    headers = [*([("Cc", copies)] if copies else []), *PROVEN]
    alice.writes("Please reboot slot 4.", subject=f"Re: [SR {FIRST}]", to=to, headers=headers)
    assert "reboot slot 4" in ann.hears_one("relayed").text


def test_words_below_a_workaround_that_are_for_a_colleague_are_not_on_its_letter(
    ann: Person, alice: Person, told: Heard
) -> None:
    alice.writes(f"#workaround\n\n{SECRET}", subject=f"[SR {FIRST}]", to=BJARNE, headers=[("Cc", SUPPORT), *PROVEN])
    assert "broke it" not in ann.hears_one("workaround").message.as_string()


@pytest.mark.parametrize(
    "answer",
    ["Ack, on it", "ack thanks", "ack - calling them", "Ack: they are nuts", "ACK!", "ack\nCustomer is a pain."],
)
def test_what_stands_behind_a_bare_word_is_a_remark(ann: Person, bjarne: Person, alert: Heard, answer: str) -> None:
    bjarne.writes(answer, answers=alert)
    assert "#ack: done" in words(bjarne.hears_one("command-result"))
    assert ann.hears() == []


@pytest.mark.parametrize(
    ("answer", "nearest"),
    [
        ("acknowledged", "#ack"),
        ("OK", "#ack, "),
        ("On it.", "#ack, "),
        ("I take it", "#take"),
        ("take it", "#take"),
        ("I know this customer, he never reads the manual.", "#assign"),
    ],
)
def test_an_answer_to_an_alert_without_a_command_goes_to_nobody_and_comes_back(  # noqa: PLR0917
    house: House, ann: Person, bjarne: Person, alert: Heard, answer: str, nearest: str
) -> None:
    bjarne.writes(answer, answers=alert)
    result = words(bjarne.hears_one("command-result"))
    assert "Nothing was done and nothing was passed on" in result
    assert nearest in result.partition("Nearest:")[2]
    assert answer in result
    assert ann.hears() == []
    assert house.request(FIRST).owner is None


def test_words_below_a_command_that_answers_an_alert_stay_inside(ann: Person, bjarne: Person, alert: Heard) -> None:
    bjarne.writes("#ack\n\nHe can wait.", answers=alert)
    assert "stays inside" in words(bjarne.hears_one("command-result"))
    assert ann.hears() == []


def test_a_call_for_the_duty_manager_is_answered_by_words_as_its_letter_says(ann: Person, bjarne: Person) -> None:
    ann.writes("escalate\n\nNobody calls.", subject=f"Re: [SR {FIRST}]")
    ann.hears()
    call = bjarne.hears()[-1]
    assert "your words go to the customer" in words(call)
    bjarne.writes("I call you in ten minutes.", answers=call)
    assert "ten minutes" in ann.hears_one("relayed").text


def test_a_letter_that_asks_to_answer_the_customer_passes_words_on_and_takes_bare_words(
    house: House, ann: Person, alice: Person, told: Heard
) -> None:
    house.waits(timedelta(hours=2, minutes=1))
    due = next(letter for letter in alice.hears() if letter.template == "response-due")
    ann.hears()
    alice.writes("Ack, looking.", answers=due)
    assert ann.hears() == []
    alice.writes("Take the module out, please.", answers=due)
    assert "module" in ann.hears_one("relayed").text


def test_a_bare_word_whose_thread_was_lost_is_not_passed_on(ann: Person, bjarne: Person, alert: Heard) -> None:
    bjarne.writes("ack", answers=alert, drop_threading=True)
    assert "Nothing was done" in words(bjarne.hears_one("command-result"))
    assert ann.hears() == []


@pytest.mark.parametrize("line", ["Notes", "[note]", "Internal note:", "no#te", "Hallo,\nnote", "Note: he is wrong."])
def test_what_was_nearly_a_note_comes_back(ann: Person, alice: Person, told: Heard, line: str) -> None:
    alice.writes(f"{line}\n{SECRET}", answers=told)
    assert ann.hears() == []
    assert "write #note above them" in words(alice.hears_one("command-result"))
