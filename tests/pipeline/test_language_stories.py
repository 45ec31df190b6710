"""Customers are written to in their own language, staff in English."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.house import House, a_house

PROBLEM = (
    "Guten Tag,\n\nseit heute Morgen zeigt das APM 4 eine Warnung, und wir haben keine Erklärung dafür. "
    "Bitte melden Sie sich bei uns.\n\nMit freundlichen Grüßen\nJana Vogt"
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


def test_who_writes_german_is_answered_in_german_and_his_form_is_read_back(house: House) -> None:
    jana = house.customer("jana@spedition.example", "Jana Vogt")
    letter = jana.writes(PROBLEM, subject="Warnung am APM 4").hears_one("missing-details")
    assert "Sie erhalten diesen Brief, weil" in letter.text
    assert "Please answer the customer" in house.staff().hears_one("new-request").text
    quoted = "\n".join(f"> {line}" for line in letter.text.split("\n"))
    filled = quoted.replace("Antwort:", "Antwort:\n60 Händler in Lagos verlieren seit heute 09:10 ihre Aufträge.")
    jana.writes(filled, answers=letter)
    assert set(house.request("2-000000001").missing) == {"tech-support", "log-messages", "routing"}


def test_who_goes_on_in_english_is_answered_in_english(house: House) -> None:
    jana = house.customer("jana@spedition.example", "Jana Vogt")
    letter = jana.writes(PROBLEM, subject="Warnung am APM 4").hears_one("missing-details")
    jana.writes("Please write to us in English from now on, since the night shift has no German.", answers=letter)
    assert house.request("2-000000001").language == "en"


def test_who_writes_too_little_to_tell_is_answered_in_english(house: House) -> None:
    ann = house.customer("ann@acme.example")
    assert "You get this letter because" in ann.writes("APM 4", subject="APM").hears_one("missing-details").text
