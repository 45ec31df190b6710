"""Commands in a new mail to the support address: they name their request, or are answered with how to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.house import House, Person, a_house

PROVEN = [("Authentication-Results", "mx.vendor.example; dmarc=pass header.from=vendor.example")]
FIRST = "2-000000001"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        house.customer("ann@acme.example", "Ann Lee").writes("X60 in Lyon drops packets.", subject="X60")
        yield house


@pytest.fixture
def alice(house: House) -> Person:
    alice = house.staff()
    alice.hears()
    return alice


def test_commands_with_a_number_act(house: House, alice: Person) -> None:
    alice.writes(f"SR {FIRST} #take\n", subject="one more", headers=PROVEN)
    assert house.request(FIRST).owner == "alice@vendor.example"
    assert f"SR {FIRST} #take: done" in alice.hears_one("command-result").text


@pytest.mark.parametrize("text", ["#take", "#tke\nthis customer never reads the manual", "#note\nsecret"])
def test_commands_without_a_number_do_nothing_and_say_how(house: House, alice: Person, text: str) -> None:
    alice.writes(text, subject="X60", headers=PROVEN)
    told = " ".join(alice.hears_one("command-result").text.split())
    assert "Nothing was done" in told
    assert "write the number of the request before it" in told
    assert len(house.requests()) == 1


def test_help_lists_the_commands(alice: Person) -> None:
    alice.writes("#help", subject="help", headers=PROVEN)
    assert "#assign" in alice.hears_one("command-result").text


def test_commands_that_nothing_proves_open_nothing_and_do_nothing(house: House, alice: Person) -> None:
    alice.writes(f"SR {FIRST} #take", subject="X60")
    assert house.request(FIRST).owner is None
    assert len(house.requests()) == 1


def test_a_customers_mail_that_a_staff_member_passes_on_opens_a_request(house: House, alice: Person) -> None:
    alice.writes("Please open one for this.\n\n# route add default gw 192.0.2.1", subject="Fwd: X80", headers=PROVEN)
    assert len(house.requests()) == 2


def test_words_beside_commands_come_back_since_they_went_to_nobody(house: House, alice: Person) -> None:
    alice.writes(f"SR {FIRST} #resolve\n\nDear Ann, it is fixed in 9.7.3.", subject="done", headers=PROVEN)
    assert house.request(FIRST).status == "resolved"
    told = " ".join(alice.hears_one("command-result").text.split())
    assert "went to nobody" in told
    assert "it is fixed in 9.7.3." in told


def test_a_mistake_comes_back_with_the_writers_text_and_the_nearest_command(house: House, alice: Person) -> None:
    alice.writes(f"SR {FIRST} #resolv\n\nDear Ann, it is fixed.", subject="done", headers=PROVEN)
    told = " ".join(alice.hears_one("command-result").text.split())
    assert "Nothing was done" in told
    assert "Nearest: #resolve" in told
    assert "it is fixed." in told


def test_a_workaround_by_number_carries_none_of_the_words_beside_it(house: House, alice: Person) -> None:
    ann = house.customer("ann@acme.example")
    ann.hears()
    alice.writes(f"SR {FIRST} #workaround\nSR {FIRST} #take\n\nHe never reads.", subject="x", headers=PROVEN)
    letter = ann.hears_one("workaround")
    assert "#take" not in letter.text
    assert "never reads" not in letter.text
