"""What counts as taking a request up, and what rises once somebody has: letters, readers and minutes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import CONFIG, MONDAY, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, INCOMPLETE
from tests.pipeline.test_escalation_stories import DOWN, ROSTER, a_request, at_work, told

FIRST = "2-000000001"
SUNDAY = datetime(2026, 3, 8, 2, 30, tzinfo=UTC)
LEVEL_3 = COMPLETE.replace("Severity: 2", "Severity: 3")
CALL = """Please call me. Ben Okafor, +44 20 7946 0991, ben@globex.example.
Alternative contact: Joy Adams, +44 20 7946 0992.
"""


def templates(person: Person) -> list[str]:
    return [one.template for one in person.hears()]


@pytest.mark.parametrize("line", ["#take", "#phoned", "#request routing", "#workaround", "#next tomorrow 10:00"])
def test_whoever_does_something_for_the_customer_has_taken_the_request_up(tmp_path: Path, line: str) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house)
        alice = house.staff()
        alice.writes(line, answers=alice.hears_one("new-request"))
        request = house.request(FIRST)
        assert (request.status, request.engaged) == ("open", MONDAY)


def test_a_request_given_to_somebody_waits_for_his_answer_and_says_so(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        alice.writes("#assign bjarne", answers=alice.hears_one("new-request"))
        assert (house.request(FIRST).status, house.request(FIRST).engaged) == ("new", None)
        house.waits(timedelta(hours=49))
        letter = next(one for one in ben.hears() if one.template == "status-update")
        assert "An engineer was named for it and has not answered yet." in letter.text


def test_what_an_engineer_has_in_work_is_not_closed_in_silence(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(f"Severity: 4\n\n{INCOMPLETE}", subject="Failover")
        alice = house.staff()
        to_alice = alice.hears_one("new-request")
        alice.writes("#take", answers=to_alice)
        alice.writes("#phoned", answers=to_alice)
        house.waits(timedelta(days=25))
        assert house.request(FIRST).status == "open"
        assert "closed" not in templates(ben)


def test_an_engaged_level_3_that_is_raised_alerts_the_duty_manager_at_once(tmp_path: Path) -> None:
    with at_work(tmp_path, SUNDAY) as house:
        ben = a_request(house, LEVEL_3)
        alice, bjarne = house.staff(), house.staff("bjarne@vendor.example", "Bjarne Holm")
        alice.writes("We look into it.", answers=alice.hears_one("new-request"))
        house.waits(timedelta(minutes=30))
        ben.writes("severity 1 everything is down", answers=ben.hears()[-1])
        house.waits(timedelta(minutes=125))
        assert told(house, SUNDAY, after=timedelta(minutes=29)) == {
            "0:30": "alert bjarne, customer-replied alice, phone-us-now ben",
            "1:15": "update-due alice",
            "1:30": "escalation alice, status-update ben, update-due alice",
            "2:00": "escalated ben, escalation alice, escalation bjarne",
            "2:15": "escalation alice, escalation bjarne, escalation carla, update-due alice",
            "2:30": "escalation alice, escalation bjarne, escalation carla, escalation dora, status-update ben, "
            "update-due alice",
        }
        letter = bjarne.hears()[0]
        assert letter.subject == f"ACT: S1 raised, Ben Okafor [SR {FIRST}]"
        assert letter.text.startswith(f"SR {FIRST} has just been raised, and alice@vendor.example owns it")
        assert "has gone up to Bjarne Holm." in next(one for one in ben.hears() if one.template == "escalated").text


@pytest.mark.parametrize("engaged", [False, True])
def test_a_rise_from_2_to_1_alerts_again_and_asks_for_a_call_again(tmp_path: Path, *, engaged: bool) -> None:
    with at_work(tmp_path, SUNDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        if engaged:
            alice.writes("#take\n#phoned", answers=alice.hears_one("new-request"))
        house.waits(timedelta(minutes=20))
        ben.writes("severity 1 everything is down", answers=ben.hears()[-1])
        assert told(house, SUNDAY, after=timedelta(minutes=19)) == {
            "0:20": "alert bjarne, customer-replied alice, phone-us-now ben"
        }
        assert house.request(FIRST).flags == {"phone-follow-up"}


def test_a_workaround_that_is_told_again_in_better_words_lowers_once(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, DOWN)
        alice = house.staff()
        to_alice = alice.hears_one("new-request")
        alice.writes("#take\n#workaround\nUse path B.", answers=to_alice)
        assert house.request(FIRST).level == 2
        alice.writes("#workaround\nMore exactly: path B through slot 3.", answers=to_alice)
        assert house.request(FIRST).level == 2
        assert "slot 3" in ben.hears()[-1].text
        alice.writes("#workaround failed", answers=to_alice)
        assert house.request(FIRST).level == 1
        assert told(house, MONDAY) == {
            "0:00": "alert carla, alert carla, command-result alice, command-result alice, command-result alice, "
            "new-request alice, phone-us-now ben, phone-us-now ben, workaround ben, workaround ben"
        }


def test_a_workaround_that_kept_the_level_fails_without_raising_it(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house, DOWN)
        alice = house.staff()
        to_alice = alice.hears_one("new-request")
        alice.writes("#take\n#severity 2 half of it is back\n#workaround keep", answers=to_alice)
        alice.writes("#workaround failed", answers=to_alice)
        assert house.request(FIRST).level == 2


def test_no_workaround_fails_that_was_never_in_place(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, DOWN)
        alice = house.staff()
        alice.writes("#severity 2 half of it is back\n#workaround failed", answers=alice.hears_one("new-request"))
        assert house.request(FIRST).level == 1
        assert "no workaround is in place" in alice.hears()[-1].text
        assert templates(ben) == ["phone-us-now"]


def test_the_duty_manager_who_phoned_has_engaged_the_request_that_the_call_was_about(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, LEVEL_3)
        acknowledged = ben.hears_one("acknowledgement")
        ben.writes(CALL, answers=acknowledged, to="duty-manager@vendor.example", mailbox="duty")
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        carla.writes("#phoned", answers=carla.hears_one("escalation-request"))
        house.waits(timedelta(days=3))
        assert told(house, MONDAY) == {
            "0:00": "acknowledgement ben, command-result carla, escalation-received ben, escalation-request carla, "
            "new-request alice"
        }
        first, second = house.request(FIRST), house.request("2-000000002")
        assert (first.status, first.engaged) == (second.status, second.engaged) == ("open", MONDAY)


def test_a_ladder_without_duty_managers_names_whom_it_tells(tmp_path: Path) -> None:
    shipped = Path("mailproc/desk/policies/x-series.toml").read_text()
    whole = 'ladder = ["owner", "duty-manager", "backup", "support-manager"]'
    (tmp_path / "own.toml").write_text(shipped.replace(whole, 'ladder = ["owner", "support-manager"]'))
    config = (CONFIG + ROSTER).replace('policy  = "x-series"', 'policy  = "own.toml"')
    with a_house(tmp_path, MONDAY, config) as house:
        ben = a_request(house)
        _engaged(house)
        house.waits(timedelta(hours=25))
        letter = next(one for one in ben.hears() if one.template == "escalated")
        assert letter.text.startswith(f'SR {FIRST}, "APM 4 reloads", has gone up to Dora Quist.')


def _engaged(house: House) -> None:
    alice = house.staff()
    alice.writes("We look into it.", answers=alice.hears_one("new-request"))


def test_an_escalation_with_details_missing_does_not_say_that_nothing_is_to_do(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(f"Severity: 2\n\n{INCOMPLETE}", subject="Failover")
        _engaged(house)
        house.waits(timedelta(hours=25))
        letter = next(one for one in ben.hears() if one.template == "escalated")
        assert "Still missing from you" in letter.text
        assert "need not do anything" not in letter.text
