"""Digests: when they come, to whom, what they say, and what an answer to one does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import CONFIG, House, a_house

SUNDAY = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
"""Before the digest of Monday 08:45; London keeps UTC in March."""

DIGEST_CONFIG = CONFIG.replace('"GB-ENG"\ndigest_at = []', '"GB-ENG"\ndigest_at = ["08:45"]')
PROBLEM = "Level 2. The APM 4 reloads every hour since this morning and users lose their sessions."


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path, SUNDAY, DIGEST_CONFIG) as house:
        house.waits(timedelta(minutes=1))
        yield house


def digests(house: House, address: str = "bjarne@vendor.example") -> list[str]:
    letters = house.staff(address).hears()
    return [one.text for one in letters if one.template == "digest"]


def opens_two(house: House) -> None:
    house.customer("eva@elm.example").writes(PROBLEM, subject="APM 4 reloads")
    house.customer("tom@oak.example").writes(PROBLEM, subject="CPM hangs")


def test_no_digest_goes_while_nothing_is_open(house: House) -> None:
    house.waits(timedelta(days=3))
    assert house.letters() == []


def test_the_duty_manager_hears_each_morning_what_is_open_and_what_changed(house: House) -> None:
    opens_two(house)
    house.waits(timedelta(hours=15))
    (first,) = digests(house)
    assert "2 open requests of London" in " ".join(first.split())
    assert "nobody: 2" in first
    assert "Changed since Sun 1 Mar" in first
    assert "SR 2-000000001, eva" in first or "SR 2-000000001, Ann" in first


def test_an_outage_over_several_mornings_makes_one_digest(house: House) -> None:
    opens_two(house)
    house.clock.set(SUNDAY + timedelta(days=4))
    house.work()
    house.work()
    overdue = ["letters to you came due while none could go" in " ".join(one.split()) for one in digests(house)]
    assert sorted(overdue) == [False, True]  # how the region stands, and what of it he should have heard of


def test_an_answer_acts_on_each_request_that_it_names(house: House) -> None:
    opens_two(house)
    house.clock.set(SUNDAY + timedelta(hours=15))
    house.work()
    bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
    digest = next(one for one in bjarne.hears() if one.template == "digest")
    bjarne.writes("SR 2-000000001 #assign alice\nsr 2-000000002 ack\n\nBjarne", answers=digest)
    assert house.request("2-000000001").owner == "alice@vendor.example"
    assert any(one.type == "acknowledged" for one in house.request("2-000000002").history)
    result = bjarne.hears_one("command-result")
    assert "SR 2-000000001 #assign alice: done" in result.text
    assert "SR 2-000000002 #ack: done" in result.text
    assert len(house.requests()) == 2


def test_one_line_that_is_wrong_keeps_the_others_from_being_done(house: House) -> None:
    opens_two(house)
    house.clock.set(SUNDAY + timedelta(hours=15))
    house.work()
    bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
    digest = next(one for one in bjarne.hears() if one.template == "digest")
    bjarne.writes("SR 2-000000001 #assign alice\nSR 2-000000009 #ack\nSR 2-000000002 #assgn alice", answers=digest)
    assert house.request("2-000000001").owner is None
    told = " ".join(bjarne.hears_one("command-result").text.split())
    assert "Nothing was done:" in told
    assert "there is no request 2-000000009" in told
    assert "there is no command #assgn" in told


def test_a_stranger_who_answers_a_digest_does_nothing(house: House) -> None:
    opens_two(house)
    house.clock.set(SUNDAY + timedelta(hours=15))
    house.work()
    digest = next(one for one in house.staff("bjarne@vendor.example").hears() if one.template == "digest")
    house.customer("mallory@evil.example").writes("SR 2-000000001 #assign alice", answers=digest)
    house.staff("alice@vendor.example").writes("SR 2-000000001 #assign alice", answers=digest)
    assert house.request("2-000000001").owner is None


def test_a_digest_is_written_at_once_where_an_answer_asks_for_it(house: House) -> None:
    opens_two(house)
    house.clock.set(SUNDAY + timedelta(hours=15))
    house.work()
    bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
    digest = next(one for one in bjarne.hears() if one.template == "digest")
    bjarne.writes("#digest", answers=digest)
    assert [one.template for one in bjarne.hears()] == ["command-result", "digest", "digest"]


def test_a_digest_is_written_at_once_where_staff_ask_for_it_in_any_thread(house: House) -> None:
    opens_two(house)
    alice = house.staff()
    told = next(one for one in alice.hears() if one.template == "new-request")
    alice.writes("#digest", answers=told)
    templates = [one.template for one in alice.hears()]
    assert templates == ["command-result", "digest", "digest"]
    assert house.request("2-000000001").engaged is None
