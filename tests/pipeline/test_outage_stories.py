"""After an outage: what came due in it reaches each reader as one digest, and what is still true is not lost in it."""

from datetime import timedelta
from pathlib import Path

from tests.pipeline.house import MONDAY, House
from tests.pipeline.test_customer_stories import COMPLETE, FILES
from tests.pipeline.test_escalation_stories import DOWN, at_work, mail_server_down


def opens_three(house: House) -> None:
    """A level 2, a level 1 and one more level 2, by three customers."""
    for name, text in (("eva", COMPLETE), ("tom", DOWN), ("kim", COMPLETE)):
        customer = house.customer(f"{name}@globex.example", name.title())
        customer.writes(text, subject=f"{name} reports", files=FILES)


def heard_by(house: House, name: str) -> list[str]:
    return [one.template for one in house.staff(f"{name}@vendor.example").hears()]


def test_what_came_due_while_the_daemon_was_down_comes_as_one_digest_for_each_reader(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        opens_three(house)
        before = {name: len(heard_by(house, name)) for name in ("alice", "carla", "bjarne", "dora")}
        house.clock.set(MONDAY + timedelta(hours=5))
        house.work()
        for name in ("alice", "carla", "bjarne"):
            assert heard_by(house, name)[before[name] :] == ["digest"], name


def test_the_gravest_request_stands_first_in_it_and_each_line_can_be_answered(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        opens_three(house)
        carla = house.staff("carla@vendor.example", "Carla Reyes")
        carla.hears()
        house.clock.set(MONDAY + timedelta(hours=5))
        house.work()
        digest = carla.hears_one("digest")
        assert digest.subject == "ACT: 3 overdue, gravest S1, after an outage"
        assert digest.text.index("SR 2-000000002, level 1") < digest.text.index("SR 2-000000001, level 2")
        assert "response [##########]" in digest.text
        carla.writes("SR 2-000000002 #ack\nSR 2-000000001 #assign alice", answers=digest)
        assert any(one.type == "acknowledged" for one in house.request("2-000000002").history)
        assert house.request("2-000000001").owner == "alice@vendor.example"


def test_each_letter_that_it_stands_for_says_so(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        opens_three(house)
        house.clock.set(MONDAY + timedelta(hours=5))
        house.work()
        dropped = [one for one in house.parts.store.ledger.letters("dropped") if "digest" in one.why]
        assert {one.letter.recipients[0].partition("@")[0] for one in dropped} == {"alice", "bjarne", "carla"}
        assert {one.why.rpartition(":")[0] for one in dropped} == {"it came more than 15 minutes late"}
        assert {one.letter.template for one in dropped} <= {"alert", "response-due", "escalation", "update-due"}


def test_what_was_settled_meanwhile_is_not_in_it(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        opens_three(house)
        alice = house.staff()
        first, second, _ = alice.hears()
        with mail_server_down(house):
            house.waits(timedelta(hours=3))
            for told_of in (first, second):
                alice.writes("#take\n#resolve", answers=told_of)
        house.waits(timedelta(hours=2))
        letters = [one for one in alice.hears() if one.template == "digest"]
        assert all("2-000000001" not in one.text and "2-000000002" not in one.text for one in letters)


def test_one_overdue_letter_goes_as_itself(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(COMPLETE.replace("Severity: 2", "Severity: 3"), subject="Slow", files=FILES)
        house.clock.set(MONDAY + timedelta(hours=30))
        house.work()
        assert heard_by(house, "alice") == ["new-request", "response-due"]


def test_a_level_that_puts_moments_into_the_past_is_no_outage(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        for name in ("eva", "tom"):
            customer = house.customer(f"{name}@globex.example", name.title())
            customer.writes(COMPLETE.replace("Severity: 2", "Severity: 3"), subject=name, files=FILES)
        house.waits(timedelta(hours=5))
        for name in ("eva", "tom"):
            customer = house.customer(f"{name}@globex.example", name.title())
            customer.writes("severity 1 everything is down now", answers=customer.hears()[0])
        assert "digest" not in heard_by(house, "alice")


def test_what_an_outage_delayed_into_the_night_waits_for_the_morning_at_level_3(tmp_path: Path) -> None:
    with at_work(tmp_path, MONDAY) as house:
        ben = house.customer("ben@globex.example", "Ben Okafor")
        ben.writes(COMPLETE.replace("Severity: 2", "Severity: 3"), subject="Slow", files=FILES)
        house.staff().hears()
        house.clock.set(MONDAY + timedelta(hours=40))  # two at night; the answer was due in the morning before
        house.work()
        assert heard_by(house, "alice") == ["new-request"]
        house.clock.set(MONDAY + timedelta(hours=47))
        house.work()
        assert heard_by(house, "alice") == ["new-request", "response-due"]
