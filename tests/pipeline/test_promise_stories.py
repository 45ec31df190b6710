"""What letters promise, and to whom a request is passed on: nothing is told that is not so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import CONFIG, MONDAY, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES
from tests.pipeline.test_escalation_stories import DOWN, WISH, a_request, at_work, told

FIRST, SECOND = "2-000000001", "2-000000002"
LEVEL_3 = COMPLETE.replace("Severity: 2", "Severity: 3")
CALL = """Please expedite SR {number}. Contact: Ben Okafor, +44 20 7946 0991, ben@globex.example.
Alternative contact: Joy Adams, +44 20 7946 0992
"""


def unfolded(text: str) -> str:
    return " ".join(text.split())


def test_a_promise_alone_is_told_to_the_customer_and_named_where_it_is_missed(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        alice.writes("#take\n#next tomorrow 09:30", answers=alice.hears_one("new-request"))
        letter = ben.hears()[-1]
        assert letter.subject == f"Next news promised: APM 4 reloads [SR {FIRST}]"
        assert "by Tue 3 Mar, 09:30 (London): an engineer has promised it." in unfolded(letter.text)
        house.waits(timedelta(hours=50))
        assert told(house, MONDAY, after=timedelta(minutes=1), only="status-update") == {
            "23:30": "status-update ben",
            "47:30": "status-update ben",
        }
        missed, later = (one for one in ben.hears() if one.template == "status-update")
        assert "by Tue 3 Mar, 09:30 (London), and have not kept that." in unfolded(missed.text)
        assert "promised" not in later.text


def test_an_engineers_words_name_the_moment_that_he_promises(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        to_alice = alice.hears_one("new-request")
        alice.writes("#next tomorrow 09:30\nWe reproduce it in the lab.", answers=to_alice)
        assert [one.template for one in house.letters()][-2:] == ["relayed", "command-result"]
        assert "You hear from us again by Tue 3 Mar, 09:30 (London)." in ben.hears()[-1].text
        alice.writes("It is a firmware fault.", answers=to_alice)
        assert "You hear from us again" not in ben.hears()[-1].text


def test_a_promise_beyond_what_the_level_aims_at_is_pointed_out(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house, DOWN)
        alice = house.staff()
        to_alice = alice.hears_one("new-request")
        alice.writes("#next in 30 days", answers=to_alice)
        assert "later than level 1 aims at: word every 1 hour." in unfolded(alice.hears()[-1].text)
        alice.writes("#next +30m", answers=to_alice)
        assert "aims at" not in alice.hears()[-1].text


def test_a_letter_names_the_moment_at_which_the_next_one_really_goes(tmp_path: Path) -> None:
    """A week after Saturday is a Saturday, and Monday a bank holiday."""
    friday = datetime(2026, 4, 24, 9, 0, tzinfo=UTC)
    with at_work(tmp_path, friday) as house:
        ben = a_request(house, LEVEL_3)
        alice = house.staff()
        house.waits(timedelta(hours=30))
        alice.writes("#workaround\nUse the other path.", answers=alice.hears()[0])
        assert "We aim to write again by Tue 5 May, 09:00 (London)." in ben.hears()[-1].text
        house.waits(timedelta(days=11))
        assert told(house, friday, after=timedelta(hours=31), only="status-update") == {"263:00": "status-update ben"}


@pytest.mark.parametrize(("command", "flag"), [("#third-party", "third-party"), ("#enhancement", "enhancement")])
def test_what_is_taken_back_is_told_as_well(tmp_path: Path, command: str, flag: str) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, LEVEL_3)
        alice = house.staff()
        to_alice = alice.hears_one("new-request")
        alice.writes(command, answers=to_alice)
        assert flag in house.request(FIRST).flags
        alice.writes(f"{command} no", answers=to_alice)
        assert "our targets apply" in unfolded(ben.hears()[-1].text)
        assert house.request(FIRST).flags == frozenset()


def test_an_engineer_passes_on_the_whole_request(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house, LEVEL_3)
        alice = house.staff()
        alice.writes("#enhancement", answers=alice.hears_one("new-request"))
        letter = house.staff("pia@vendor.example").hears_one("enhancement-request")
        assert "The words and files are below" in unfolded(letter.text)
        assert "Business impact" in letter.text
        assert letter.files == [name for name, _ in FILES]


def test_nothing_is_passed_on_where_nobody_would_have_it(tmp_path: Path) -> None:
    with a_house(tmp_path, MONDAY, CONFIG) as house:
        ben = a_request(house, LEVEL_3)
        alice = house.staff()
        alice.writes("#enhancement", answers=alice.hears_one("new-request"))
        assert "nobody of the staff has the role product-management" in unfolded(alice.hears()[-1].text)
        ben.writes(WISH, subject="Feature request")
        assert [one.template for one in ben.hears()] == ["acknowledgement", "acknowledgement"]
        assert house.request(SECOND).flags == {"enhancement"}


def test_a_call_about_a_number_that_is_not_his_is_asked_for_the_right_one(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, LEVEL_3)
        ben.hears()
        ben.writes(
            CALL.format(number="2-999999999"),
            subject="Escalation",
            to="duty-manager@vendor.example",
            mailbox="duty",
        )
        asked = ben.hears_one("missing-details")
        assert "2-999999999 is no open request of yours" in unfolded(asked.text)
        assert (house.request(SECOND).missing, house.request(FIRST).flags) == (("sr-number",), frozenset())
        ben.writes(f"It is {FIRST}.", answers=asked, mailbox="duty")
        assert house.request(SECOND).missing == ()
        assert house.request(FIRST).flags == {"escalated"}
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        carla.writes("#phoned", answers=carla.hears()[0])
        assert house.request(FIRST).engaged == MONDAY


def test_a_request_that_goes_on_from_another_keeps_its_subject(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, LEVEL_3)
        ben.writes(CALL.format(number=FIRST), answers=ben.hears()[-1], to="duty-manager@vendor.example", mailbox="duty")
        assert house.request(SECOND).subject == "APM 4 reloads"
        assert f"Please name SR {FIRST}" in unfolded(ben.hears_one("escalation-received").text)
