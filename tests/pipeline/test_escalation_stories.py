"""What the clock does, told minute by minute: every letter, its readers and the moment it was ordered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailproc.ports import Letter, Undelivered
from mailproc.queues import Unavailable
from tests.pipeline.house import CONFIG, MONDAY, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES, INCOMPLETE

SUNDAY_NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
ROSTER = """
[[staff]]
name    = "Carla Reyes"
address = "carla@vendor.example"
roles   = ["duty-manager"]

[[staff]]
name    = "Dora Quist"
address = "dora@vendor.example"
roles   = ["support-manager"]

[[staff]]
name    = "Pia Lund"
address = "pia@vendor.example"
roles   = ["product-management"]

[[duty]]
region = "emea"
who    = "bjarne@vendor.example"
hours  = "20:00-08:00"

[[duty]]
region = "emea"
who    = "carla@vendor.example"
hours  = "08:00-20:00"

[[mailboxes]]
name    = "duty"
address = "duty-manager@vendor.example"
policy  = "duty-manager"
region  = "emea"
source  = "maildir"
path    = "duty"
"""
ALERTS = "alert bjarne, alert carla, alert dora"
EVERYBODY = f"{ALERTS}, response-due alice"
WISH = """Hello,

this is a feature request: it would be great if the next release could show the slot of a module that reloads.
Please add that. No impact.

Ben
"""
BLAME = """Hello,

on our X60 the Check Point firewall software crashes with a core dump in fwd. Check Point's support says it is a bug
in their software. The chassis and XOS are healthy, no alarms.

Ben
"""
EXPEDITE = """Please expedite SR 2-000000001. Nobody has called.
My name is Ben Okafor, ben@globex.example.
"""
DOWN = COMPLETE.replace("Severity: 2", "Severity: 1")


@contextmanager
def at_work(folder: Path, now: datetime) -> Iterator[House]:
    with a_house(folder, now, CONFIG + ROSTER) as house:
        yield house


@dataclass(frozen=True)
class Absent:
    """A mail server that does not answer."""

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:  # noqa: ARG002 - a port's shape
        raise Unavailable("nobody answers")

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def mail_server_down(house: House) -> Iterator[None]:
    parts = house.parts
    house.parts = replace(parts, carrier=Absent())
    yield
    house.parts = parts


def told(house: House, since: datetime, *, after: timedelta = timedelta(), only: str = "") -> dict[str, str]:
    """The letters by the time since then, hours and minutes: each with its reader, in the order of the alphabet.

    `after` leaves out what went before; `only` keeps one template, or one reader.
    """
    rows: dict[datetime, list[str]] = defaultdict(list)
    for one in house.letters():
        at, reader = one.message["Date"].datetime, one.message["To"].addresses[0].username
        if at >= since + after and only in ("", one.template, reader):
            rows[at].append(f"{one.template} {reader}")
    return {_hours(at - since): ", ".join(sorted(letters)) for at, letters in sorted(rows.items())}


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def a_request(house: House, text: str = COMPLETE) -> Person:
    """A customer of the mailbox's region, who has opened a request."""
    ben = house.customer("ben@globex.example", "Ben Okafor")
    return ben.writes(text, subject="APM 4 reloads", files=FILES)


def test_a_level_1_at_two_on_a_sunday_that_nobody_answers_climbs_the_whole_ladder(tmp_path: Path) -> None:
    with at_work(tmp_path, SUNDAY_NIGHT) as house:
        a_request(house, DOWN)
        house.waits(timedelta(minutes=121))
        assert told(house, SUNDAY_NIGHT) == {
            "0:00": "alert bjarne, new-request alice, phone-us-now ben",
            "0:30": "alert bjarne, alert carla, response-due alice",
            "0:45": f"{EVERYBODY}, update-due alice",
            "1:00": f"{EVERYBODY}, status-update ben, update-due alice",
            "1:15": EVERYBODY,
            "1:30": f"{ALERTS}, escalation alice, response-due alice",
            "1:45": f"{EVERYBODY}, update-due alice",
            "2:00": f"{ALERTS}, escalated ben, escalation alice, escalation bjarne, response-due alice, "
            "update-due alice",
        }
        first, second = house.staff("bjarne@vendor.example").hears()[:2]
        assert first.subject == "ACT: S1 unowned, Ben Okafor [SR 2-000000001]"
        assert "Next: Carla Reyes, Sun 1 Mar, 02:30 (London), if nobody answers." in first.text
        assert second.subject == "ACT: S1 unowned for 30 min, Ben Okafor [SR 2-000000001]"
        assert "Next: Dora Quist, Sun 1 Mar, 02:45 (London), if nobody answers." in second.text
        assert "Not yet phoned." in second.text
        assert house.request("2-000000001").flags == {"phone-follow-up"}


def test_an_acknowledged_alert_is_quiet_until_the_next_breach(tmp_path: Path) -> None:
    with at_work(tmp_path, SUNDAY_NIGHT) as house:
        a_request(house, DOWN)
        bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
        house.waits(timedelta(minutes=31))
        bjarne.writes("#ack", answers=bjarne.hears()[-1])
        house.waits(timedelta(minutes=105))
        assert told(house, SUNDAY_NIGHT, after=timedelta(minutes=31)) == {
            "0:31": "command-result bjarne",
            "0:45": "update-due alice",
            "1:00": "status-update ben, update-due alice",
            "1:30": "escalation alice",
            "1:45": "update-due alice",
            "2:00": "escalated ben, escalation alice, escalation bjarne, update-due alice",
            "2:15": "escalation alice, escalation bjarne, escalation carla",
        }


def test_an_escalation_goes_up_until_somebody_acts(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house)
        alice = house.staff()
        told_of = alice.hears_one("new-request")
        alice.writes("We look into it.", answers=told_of)
        house.waits(timedelta(hours=28, minutes=30))
        assert told(house, MONDAY, after=timedelta(minutes=1), only="escalation") == {
            "18:00": "escalation alice",
            "24:00": "escalation alice, escalation carla",
            "26:00": "escalation alice, escalation bjarne, escalation carla",
            "28:00": "escalation alice, escalation bjarne, escalation carla, escalation dora",
        }
        alice.writes("We found it.", answers=told_of)
        house.waits(timedelta(hours=5))
        assert told(house, MONDAY, after=timedelta(hours=28, minutes=30), only="escalation") == {}


def test_a_level_3_on_friday_afternoon_before_a_public_holiday_rests_until_tuesday(tmp_path: Path) -> None:
    friday = datetime(2026, 5, 1, 15, 40, tzinfo=UTC)  # 16:40 in London, and Monday is a bank holiday
    with at_work(tmp_path, friday) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        text = COMPLETE.replace("Severity: 2", "Severity: 3")
        ben.writes(text, subject="Slow", to="support@vendor.example", mailbox="general")
        house.waits(timedelta(days=6))
        assert told(house, friday) == {
            "0:00": "missing-details ben, new-request alice",
            "96:00": "response-due alice",  # Tuesday 16:40: 20 minutes on Friday, 7 h 40 min on Tuesday
            "120:00": "reminder ben, response-due alice",  # 2 business days after Friday 16:40
            "136:20": "update-due alice",  # 126 hours are Wednesday 22:40: Thursday at 09:00
            "144:00": "response-due alice",
        }
        assert "by Tue 5 May, 16:40 (London)" in ben.hears()[0].text


def test_what_is_missing_is_reminded_of_in_business_hours_and_then_closed(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(f"Severity: 4\n\n{INCOMPLETE}", subject="Failover")
        house.waits(timedelta(days=22))
        assert told(house, MONDAY, only="ben") == {
            "0:00": "missing-details ben",
            "48:00": "reminder ben",
            "168:00": "reminder ben",  # an update was due as well: one letter
            "336:00": "escalated ben, reminder ben",
            "504:00": "closed ben",
        }
        assert house.request("2-000000001").status == "closed"
        letters = ben.hears()
        assert letters[1].subject == "Still 4 details missing: Failover [SR 2-000000001]"
        assert "No engineer has written to you" not in letters[1].text
        assert "No engineer has written to you" in letters[2].text
        assert len(house.request("2-000000001").missed_updates) == 2
        assert "answer this mail: that opens the request again" in " ".join(letters[-1].text.split())
        ben.writes("It still happens.", answers=letters[-1])
        assert house.request("2-000000001").status == "open"


def test_reminders_end_once_everything_has_arrived(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        without_impact = COMPLETE.replace("Severity: 2", "Severity: 4").replace("Business impact:", "Site contact:")
        ben = a_request(house, without_impact)
        house.waits(timedelta(days=2, minutes=1))
        reminder = ben.hears()[-1]
        assert reminder.template == "reminder"
        ben.writes("Business impact: about 300 dealers lose their connections each time.", answers=reminder)
        ben.hears_one("all-received")
        assert house.request("2-000000001").missing == ()
        house.waits(timedelta(days=4))
        assert [one.template for one in ben.hears()] == []


def test_waiting_stops_the_escalation_and_resuming_goes_on_with_the_rest(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        told_of = alice.hears_one("new-request")
        alice.writes("#waiting\nPlease send the core file.", answers=told_of)
        house.waits(timedelta(days=3))
        answered = timedelta(days=3)
        assert told(house, MONDAY, after=timedelta(minutes=1)) == {"48:00": "reminder ben"}
        ben.writes("Here it is.", answers=ben.hears()[-1], files=[("core.txt", b"core")])
        assert house.request("2-000000001").status == "open"
        house.waits(timedelta(hours=24, minutes=1))
        assert told(house, MONDAY, after=answered) == {
            "72:00": "customer-replied alice",
            "90:00": "escalation alice, update-due alice",  # 18 of 24 hours, three days later
            "96:00": "escalated ben, escalation alice, escalation carla, update-due alice",
        }


def test_a_workaround_lowers_level_2_to_3_and_its_failure_raises_it_again(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        told_of = alice.hears_one("new-request")
        alice.writes("#take\n#workaround\nThe old path carries the traffic.", answers=told_of)
        assert house.request("2-000000001").level == 3
        assert [one.template for one in ben.hears()] == ["phone-us-now", "workaround"]
        house.waits(timedelta(days=3))
        assert told(house, MONDAY, after=timedelta(minutes=1)) == {}
        alice.writes("#workaround failed", answers=told_of)
        assert house.request("2-000000001").level == 2
        ben.hears_one("phone-us-now")
        house.waits(timedelta(hours=24, minutes=1))
        assert told(house, MONDAY, after=timedelta(days=3, minutes=1), only="escalation") == {
            "90:00": "escalation alice",  # the time before the workaround counts: it was none
            "96:00": "escalation alice, escalation carla",
        }


def test_a_raised_level_is_told_once_and_alerts_the_duty_manager(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house, COMPLETE.replace("Severity: 2", "Severity: 3"))
        house.waits(timedelta(hours=5))
        ben.writes("severity 1 everything is down now", answers=ben.hears_one("acknowledgement"))
        house.waits(timedelta(minutes=16))
        assert told(house, MONDAY, after=timedelta(minutes=1)) == {
            "5:00": "alert carla, customer-replied alice, escalation alice, phone-us-now ben",
            "5:15": "alert bjarne, alert carla, response-due alice",
        }
        assert ben.hears_one("phone-us-now").text.startswith("Please phone us now: ")


def test_an_enhancement_goes_to_product_management_with_its_words_and_files(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(WISH, subject="Feature request: slot", files=[("sketch.txt", b"a sketch")])
        house.waits(timedelta(days=30))
        assert told(house, MONDAY) == {"0:00": "enhancement-passed-on ben, enhancement-request pia"}
        letter = house.staff("pia@vendor.example").hears_one("enhancement-request")
        assert "show the slot of a module that reloads" in letter.text
        assert letter.files == ["sketch.txt"]
        ben.writes(
            "severity 3 it is a fault, the slot was shown before", answers=ben.hears_one("enhancement-passed-on")
        )
        assert house.request("2-000000001").flags == frozenset()
        assert house.parts.store.ledger.next_deadline() is not None


def test_third_party_software_stops_the_clocks_and_the_customer_hears_why(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        alice.writes("#third-party\n", answers=alice.hears_one("new-request"))
        house.waits(timedelta(days=30))
        assert told(house, MONDAY) == {
            "0:00": "alert carla, command-result alice, new-request alice, phone-us-now ben, third-party ben"
        }
        assert "Our targets for response and restoration do not apply" in " ".join(ben.hears()[-1].text.split())


def test_a_mail_that_blames_other_software_is_told_that_no_target_runs(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(BLAME, subject="fwd crashes")
        house.waits(timedelta(days=30))
        assert told(house, MONDAY) == {"0:00": "missing-details ben, new-request alice"}
        assert "our targets do not apply to it" in " ".join(ben.hears()[0].text.split())


def test_an_escalation_request_with_two_things_missing_reaches_the_duty_manager_at_once(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        ben.hears_one("phone-us-now")
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        carla.hears_one("alert")
        ben.writes(EXPEDITE, subject="Escalation", to="duty-manager@vendor.example", mailbox="duty")
        asked = ben.hears_one("missing-details")
        assert "The duty manager has it already; without them the answer may take longer." in " ".join(
            asked.text.split()
        )
        assert "Nobody has called" in carla.hears_one("escalation-request").text
        first, second = house.request("2-000000001"), house.request("2-000000002")
        assert first.flags == second.flags == {"phone-follow-up", "escalated"}
        assert (second.linked, set(second.missing)) == ("2-000000001", {"contact-phone", "alternate-contact"})
        house.waits(timedelta(minutes=91))
        both = "escalation-request bjarne, escalation-request carla"
        assert told(house, MONDAY) == {
            "0:00": "alert carla, escalation-request carla, missing-details ben, new-request alice, phone-us-now ben",
            "0:30": both,
            "1:00": f"{both}, escalation-request dora, response-due bjarne, response-due carla",
            "1:30": f"{both}, escalation-request dora",
        }


def test_a_strangers_number_flags_nothing(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house)
        eve = house.customer("eve@elsewhere.example", "Eve")
        eve.writes(EXPEDITE, subject="Escalation", to="duty-manager@vendor.example", mailbox="duty")
        assert house.request("2-000000001").flags == {"phone-follow-up"}


def test_a_shift_that_ends_in_the_middle_of_an_alert_hands_it_over(tmp_path: Path) -> None:
    seven = datetime(2026, 3, 1, 7, 15, tzinfo=UTC)
    with at_work(tmp_path, seven) as house:
        a_request(house, DOWN)
        bjarne = house.staff("bjarne@vendor.example")
        assert "Next: Carla Reyes, Sun 1 Mar, 07:45" in bjarne.hears_one("alert").text
        house.waits(timedelta(minutes=46))
        assert told(house, seven, after=timedelta(minutes=1), only="alert") == {
            "0:30": "alert bjarne, alert carla",
            "0:45": "alert bjarne, alert carla, alert dora",  # 08:00: Carla is on duty, Bjarne her backup
        }


def test_an_alert_that_waited_over_the_change_of_shift_goes_to_the_next_one(tmp_path: Path) -> None:
    """The mail server was down from before eight until nine."""
    almost_eight = datetime(2026, 3, 1, 7, 59, tzinfo=UTC)
    with at_work(tmp_path, almost_eight) as house:
        with mail_server_down(house):
            a_request(house)
        house.clock.set(almost_eight + timedelta(hours=1))
        house.work()
        assert house.staff("bjarne@vendor.example").hears() == []
        assert "you are on duty now" in house.staff("carla@vendor.example").hears()[0].text


def test_of_alerts_that_waited_for_the_mail_server_only_the_last_one_goes(tmp_path: Path) -> None:
    with at_work(tmp_path, SUNDAY_NIGHT) as house:
        with mail_server_down(house):
            a_request(house, DOWN)
            house.waits(timedelta(minutes=62))
        house.waits(timedelta(minutes=12))
        letters = [one.template for one in house.staff("bjarne@vendor.example").hears()]
        assert letters == ["alert"]
        assert sorted(one.template for one in house.staff().hears()) == ["new-request", "response-due", "update-due"]


def test_a_thank_you_leaves_a_resolved_request_resolved_and_it_closes_after_a_warning(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        alice.writes("#take\n#resolve", answers=alice.hears_one("new-request"))
        resolved = ben.hears()[-1]
        ben.writes("Thank you very much for your help!\n\nBen", answers=resolved)
        assert house.request("2-000000001").status == "resolved"
        house.waits(timedelta(days=15))
        assert told(house, MONDAY, after=timedelta(minutes=1)) == {
            "168:00": "closing-soon ben",
            "336:00": "closed ben",
        }
        ben.writes("Thanks, but it came back.", answers=ben.hears()[-1])
        assert house.request("2-000000001").status == "open"


def test_words_in_a_thread_that_ask_for_the_duty_manager_reach_who_is_on_call(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        carla = house.staff("carla@vendor.example")
        carla.hears_one("alert")
        ben.writes("Nobody has called me. Please escalate our case.", answers=ben.hears_one("phone-us-now"))
        assert "Nobody has called me" in carla.hears_one("escalation-request").text
        ben.hears_one("escalation-received")
        assert "escalated" in house.request("2-000000001").flags


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//roster//EN
BEGIN:VEVENT
UID:1@vendor.example
SUMMARY:{name}
DTSTART:20260301T000000Z
DTEND:20260302T000000Z
END:VEVENT
END:VCALENDAR
"""


def test_a_roster_that_changes_in_the_middle_of_an_alert_names_who_hears_the_next_one(tmp_path: Path) -> None:
    pytest.importorskip("recurring_ical_events")
    roster, config = tmp_path / "emea.ics", (CONFIG + ROSTER).replace('holidays = "GB-ENG"', 'roster = "emea.ics"')
    roster.write_text(CALENDAR.format(name="Carla Reyes"))
    with a_house(tmp_path, SUNDAY_NIGHT, config) as house:
        a_request(house, DOWN)
        house.waits(timedelta(minutes=5))
        roster.write_text(CALENDAR.format(name="On call: bjarne@vendor.example"))
        house.waits(timedelta(minutes=30))
        roster.write_text("no calendar at all")
        house.waits(timedelta(minutes=15))
        assert told(house, SUNDAY_NIGHT, only="alert") == {
            "0:00": "alert carla",
            "0:30": "alert bjarne, alert carla",  # Bjarne is on call, Carla his backup
            "0:45": ALERTS,
        }


def test_a_call_for_the_duty_manager_that_nobody_answers_goes_up_the_ladder(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        alice = house.staff()
        alice.writes("We look into it.", answers=alice.hears_one("new-request"))
        house.waits(timedelta(hours=1))
        ben.writes("escalate\n\nThe ship leaves at 18:00.", answers=ben.hears()[-1])
        house.waits(timedelta(minutes=95))
        assert told(house, MONDAY, after=timedelta(hours=1), only="escalation-request") == {
            "1:00": "escalation-request carla",
            "1:30": "escalation-request bjarne, escalation-request carla",
            "2:00": "escalation-request bjarne, escalation-request carla, escalation-request dora",
            "2:30": "escalation-request bjarne, escalation-request carla, escalation-request dora",
        }
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        first, second = (one for one in carla.hears()[1:3])
        assert "The ship leaves at 18:00." in first.text
        assert "Next: Bjarne Holm, Mon 2 Mar, 11:30 (London), if nobody answers." in first.text
        assert "nobody has answered yet" in " ".join(second.text.split())
        carla.writes("ack", answers=second)
        house.waits(timedelta(hours=3))
        assert told(house, MONDAY, after=timedelta(minutes=156), only="escalation-request") == {}


def test_a_call_by_an_engineer_is_told_again_too_until_somebody_acts(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        a_request(house)
        alice = house.staff()
        alice.writes("#take\n#escalate we need hands on site", answers=alice.hears_one("new-request"))
        house.waits(timedelta(minutes=31))
        assert told(house, MONDAY, only="escalation-request") == {
            "0:00": "escalation-request carla",
            "0:30": "escalation-request bjarne, escalation-request carla",
        }
        bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
        bjarne.writes("take", answers=bjarne.hears()[-1])
        house.waits(timedelta(hours=3))
        assert told(house, MONDAY, after=timedelta(minutes=31), only="escalation-request") == {}


def test_a_call_that_was_answered_before_its_letter_could_go_is_not_sent(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = a_request(house)
        asked, told_of = ben.hears()[0], house.staff().hears_one("new-request")
        with mail_server_down(house):
            ben.writes("escalate", answers=asked)
            house.waits(timedelta(minutes=10))
            house.staff().writes("We work on it.", answers=told_of)
        house.waits(timedelta(minutes=30))
        assert told(house, MONDAY, only="escalation-request") == {}


def test_a_call_at_level_3_goes_at_once_and_is_repeated_in_business_hours_alone(tmp_path: Path) -> None:
    friday = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
    with at_work(tmp_path, friday) as house:
        ben = a_request(house, COMPLETE.replace("Severity: 2", "Severity: 3"))
        ben.writes("escalate", answers=ben.hears_one("acknowledgement"))
        house.waits(timedelta(hours=60))
        assert told(house, friday, only="escalation-request") == {
            "0:00": "escalation-request bjarne",
            "59:00": "escalation-request bjarne, escalation-request carla",  # Monday 09:00
            "59:30": "escalation-request bjarne, escalation-request carla, escalation-request dora",
            "60:00": "escalation-request bjarne, escalation-request carla, escalation-request dora",
        }
