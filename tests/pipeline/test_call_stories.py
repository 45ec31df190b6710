"""Customers who ask for the duty manager, or for another level, in words: who hears, what is asked for, and when."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import MONDAY
from tests.pipeline.test_customer_stories import COMPLETE, FILES
from tests.pipeline.test_escalation_stories import a_request, at_work, told

FIRST = "2-000000001"
LEVEL_3 = COMPLETE.replace("Severity: 2", "Severity: 3")


def test_what_a_call_back_needs_is_asked_for_once_and_read_by_whoever_was_called(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, LEVEL_3 + "\nMy direct line is +44 20 7946 0991.\n")
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        ben.writes("escalate", answers=ben.hears_one("acknowledgement"))
        asked = ben.hears_one("escalation-received")
        assert "  - Alternative contact" in asked.text
        assert "telephone" not in asked.text.lower()
        assert house.request(FIRST).missing == ("alternate-contact",)
        assert "+44 20 7946 0991" in dict(house.request(FIRST).supplied)["contact-phone"]
        carla.hears_one("escalation-request")
        house.waits(timedelta(minutes=10))
        ben.writes("Alternative contact: Joy Adams, +44 20 7946 0992", answers=asked)
        assert "Joy Adams" in carla.hears_one("customer-replied").text
        assert house.request(FIRST).missing == ()
        assert told(house, MONDAY) == {
            "0:00": "acknowledgement ben, customer-replied alice, escalation-received ben, escalation-request carla, "
            "new-request alice",
            "0:10": "all-received ben, customer-replied alice, customer-replied carla",
        }


def test_an_answer_to_what_a_call_needs_reaches_the_duty_manager_who_has_it_in_hand(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, LEVEL_3)
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        ben.writes("escalate", answers=ben.hears_one("acknowledgement"))
        carla.writes("ack", answers=carla.hears_one("escalation-request"))
        carla.hears()
        ben.writes("Alternative contact: Joy Adams, +44 20 7946 0992", answers=ben.hears()[-1])
        assert [one.template for one in carla.hears()] == ["customer-replied"]
        ben.writes("By the way, the core file is on its way.", answers=ben.hears()[-1])
        assert carla.hears() == []


@pytest.mark.parametrize(
    "text", [LEVEL_3 + "\nPlease escalate this to the duty manager now.\n", f"escalate\n\n{LEVEL_3}"]
)
def test_a_first_mail_that_asks_for_the_duty_manager_reaches_him_at_once(tmp_path: Path, text: str) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house, text)
        assert told(house, MONDAY) == {
            "0:00": "acknowledgement ben, escalation-received ben, escalation-request carla, new-request alice"
        }
        assert house.request(FIRST).flags == {"escalated"}


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Why was this set to severity 3? It should be severity 1, everything is down.", 1),
        ("Severity 1 is not needed, 3 will do.", 2),
        ("Alice said that severity 1 would need a phone call, so leave it as it is.", 2),
        ("Please make this a P1, nothing works.", 1),
        ("Here is the core file that you asked for.", 2),
    ],
)
def test_a_level_is_changed_by_a_reply_where_it_is_plainly_asked_for(tmp_path: Path, words: str, level: int) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(COMPLETE, subject="Sev 3: APM 4 reloads", files=FILES)
        ben.writes(words, answers=ben.hears()[-1])
        assert house.request(FIRST).level == level


@pytest.mark.parametrize("words", ["Thank you very much!\n\nBen", "Thanks Alice, it works now. You can close it."])
@pytest.mark.parametrize("days", [0, 30])
def test_thanks_open_nothing_however_late_they_come(tmp_path: Path, words: str, days: int) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        alice.writes("#take\n#close", answers=alice.hears_one("new-request"))
        house.waits(timedelta(days=days))
        before = len(house.letters())
        ben.writes(words, answers=ben.hears()[-1])
        assert [one.status for one in house.requests()] == ["closed"]
        assert len(house.letters()) == before
