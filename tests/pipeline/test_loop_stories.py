"""What writes without end is met by silence, and what cannot arrive is not sent again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailproc.ports import Letter, Undelivered
from mailproc.queues import Refused
from mailproc.rounds import work_until_nothing_waits
from tests.pipeline.house import CONFIG, SUPPORT, Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import INCOMPLETE
from tests.pipeline.test_machine_stories import bounce_of

FIRST = "2-000000001"
OTHER = "help@mirror.example"
MIRROR = CONFIG.replace("vendor.example", "mirror.example").replace("xseries-support@", "help@")


@dataclass
class RefusingCarrier:
    """A mail server that refuses some recipients for good."""

    refuses: Sequence[str]
    carried: list[Letter] = field(default_factory=list)

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:
        missed = []
        for letter in letters:
            bad = [one for one in letter.recipients if one in self.refuses]
            if len(bad) == len(letter.recipients):
                raise Refused("550 no such user")
            self.carried.append(letter)
            missed += [
                Undelivered(letter=letter.key, recipient=one, code=550, text="no such user", permanent=True)
                for one in bad
            ]
        return missed

    def close(self) -> None:
        """Nothing is held open."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def ben(house: House) -> Person:
    return house.customer("ben@globex.example", "Ben Okafor")


@pytest.fixture
def asked(ben: Person) -> Heard:
    return ben.writes(INCOMPLETE, subject="Failover").hears_one("missing-details")


def without_marks(raw: bytes) -> bytes:
    """The mail as a careless gateway hands it on: no header tells that a machine wrote it."""
    kept = []
    head, _, body = raw.partition(b"\r\n\r\n")
    skipping = False
    for line in head.split(b"\r\n"):
        if not line.startswith((b" ", b"\t")):
            skipping = line.lower().startswith((b"auto-submitted", b"x-auto-response", b"x-mailproc", b"precedence"))
        if not skipping:
            kept.append(line)
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


@pytest.mark.parametrize("on_the_way", [bytes, without_marks])
def test_two_installations_that_write_to_each_other_fall_silent(
    tmp_path: Path, on_the_way: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    with a_house(tmp_path / "one") as one, a_house(tmp_path / "other", config=MIRROR) as other:
        one.customer(OTHER, "Mirror Support").writes(INCOMPLETE, subject="Failover")
        delivered = {id(one): 0, id(other): 0}
        for _ in range(40):
            exchanged = 0
            for sender, receiver, to in ((one, other, "mirror.example"), (other, one, "vendor.example")):
                letters = [each for each in sender.letters() if to in str(each.message["To"])]
                for letter in letters[delivered[id(sender)] :]:
                    raw = letter.message.as_bytes(policy=letter.message.policy.clone(linesep="\r\n"))
                    receiver.deliver(on_the_way(raw))
                    exchanged += 1
                delivered[id(sender)] = len(letters)
            if not exchanged:
                break
        else:
            pytest.fail("they never fell silent")
        assert sum(delivered.values()) <= 8


def test_the_budget_is_told_once_and_the_mail_is_filed(house: House) -> None:
    robot = house.customer("robot@elsewhere.example", "Robot")
    for number in range(20):
        robot.writes("I am a robot and tell nobody.", subject=f"Thank you {number}")
    assert len(robot.hears()) == 15
    assert len(house.requests()) == 20
    silenced = [event for one in house.requests() for event in one.history if event.type == "silenced"]
    assert [event.address for event in silenced] == ["robot@elsewhere.example"]
    (notice,) = (one for one in house.staff().hears() if one.template == "undeliverable")
    assert "automatic letters to the customer have stopped" in notice.subject
    words = " ".join(notice.text.split())
    assert "15 letters went there within 1 hour" in words
    assert "Words that you write here go to nobody." in words
    house.staff().writes("Who are you?", answers=notice)
    assert robot.hears() == []
    house.waits(timedelta(hours=2))
    robot.hears()
    robot.writes("Still here.", subject="again")
    assert robot.hears()


def test_an_address_that_failed_for_good_is_not_written_to_until_it_writes(
    house: House, ben: Person, asked: Heard
) -> None:
    alice = house.staff()
    told = alice.hears_one("new-request")
    house.deliver(bounce_of(asked, "ben@globex.example", "5.1.1"))
    alice.hears_one("undeliverable")
    alice.writes("We look into it.", answers=told)
    assert ben.hears() == []
    assert "came back for good" in " ".join(alice.hears_one("undeliverable").text.split())
    withheld = [event for event in house.request(FIRST).history if event.type == "letter-withheld"]
    assert withheld[-1].template == "relayed"
    assert house.request(FIRST).engaged is None

    ben.writes("I am back.", answers=asked)
    alice.writes("Welcome back.", answers=told)
    assert [letter.template for letter in ben.hears()][-1] == "relayed"


def test_words_that_reached_nobody_are_no_answer(house: House, ben: Person, asked: Heard) -> None:
    alice = house.staff()
    told = alice.hears_one("new-request")
    house.deliver(bounce_of(asked, "ben@globex.example", "5.1.1"))
    alice.writes("We look into it.", answers=told)
    alice.hears()
    house.waits(timedelta(days=2))
    assert "response-due" in {letter.template for letter in alice.hears()}
    assert house.request(FIRST).updated is None


def test_an_address_is_released_by_command_or_by_time(house: House, ben: Person, asked: Heard) -> None:
    alice = house.staff()
    told = alice.hears_one("new-request")
    house.deliver(bounce_of(asked, "ben@globex.example", "5.1.1"))
    assert [one.address for one in house.parts.store.ledger.held_back(house.clock())] == ["ben@globex.example"]
    assert house.parts.store.ledger.release_address("Ben@globex.example")
    assert not house.parts.store.ledger.release_address("ben@globex.example")
    alice.writes("We look into it.", answers=told)
    assert ben.hears_one("relayed")
    house.deliver(bounce_of(asked, "ben@globex.example", "5.1.2"))
    assert house.parts.store.ledger.held_back(house.clock() + timedelta(days=31)) == ()


def test_a_forged_bounce_blocks_nobody_else(house: House, ben: Person, asked: Heard) -> None:
    house.deliver(bounce_of(asked, "ceo@globex.example", "5.1.1"))
    held = house.parts.store.ledger.held_back(house.clock())
    assert "ceo@globex.example" not in [one.address for one in held]


def test_a_refusal_by_the_mail_server_is_noted_and_the_team_is_told(house: House, ben: Person) -> None:
    alice = house.staff()
    carrier = RefusingCarrier(refuses=["ben@globex.example"])
    house.parts = replace(house.parts, carrier=carrier)
    ben.writes(INCOMPLETE, subject="Failover")
    work_until_nothing_waits(house.parts)
    bounced = [event for event in house.request(FIRST).history if event.type == "bounced"]
    assert [(event.recipients, event.permanent) for event in bounced] == [(("ben@globex.example",), True)]
    assert "undeliverable" in [letter.template for letter in alice.hears()]
    assert [one.address for one in house.parts.store.ledger.held_back(house.clock())] == ["ben@globex.example"]


def test_a_refused_letter_to_staff_is_told_to_the_next_who_can_be_reached(house: House, ben: Person) -> None:
    carrier = RefusingCarrier(refuses=["alice@vendor.example"])
    house.parts = replace(house.parts, carrier=carrier)
    ben.writes(INCOMPLETE, subject="Failover")
    notices = [letter for letter in carrier.carried if letter.template == "undeliverable"]
    assert [letter.recipients for letter in notices] == [("bjarne@vendor.example",)]
    assert "a letter to Alice Ndiaye came back" in notices[0].subject
    assert house.parts.store.ledger.held_back(house.clock()) == ()


def test_where_no_letter_to_staff_arrives_that_ends(house: House, ben: Person) -> None:
    house.parts = replace(
        house.parts, carrier=RefusingCarrier(refuses=["alice@vendor.example", "bjarne@vendor.example"])
    )
    ben.writes(INCOMPLETE, subject="Failover")
    refusals = [event for event in house.request(FIRST).history if event.type == "bounced"]
    assert [event.recipients for event in refusals] == [("alice@vendor.example",), ("bjarne@vendor.example",)]


def test_a_desk_that_opens_a_ticket_of_its_own_with_each_mail_falls_silent(house: House) -> None:
    seen = 0
    for number in range(40):
        letters = [one for one in house.letters() if "desk.example" in str(one.message["To"])]
        if number and len(letters) == seen:
            break
        seen = len(letters)
        address = f"help+{number}@desk.example" if number % 2 else f"ticket-{number}@desk.example"
        house.customer(address, "Desk").writes(
            f"Thank you, your ticket is {number}.", subject=f"[Ticket#{number}] Hello"
        )
    else:
        pytest.fail("it never fell silent")
    assert seen == 15
    notices = [one for one in house.staff().hears() if one.template == "undeliverable"]
    assert len(notices) == 1


def test_a_disaster_is_answered_however_much_was_written_before(house: House) -> None:
    noc = house.customer("noc@globex.example", "NOC")
    for number in range(17):
        noc.writes(f"{INCOMPLETE}\n{number}", subject=f"Failover {number}")
    assert len(noc.hears()) == 15
    noc.writes("severity 1 everything is down", subject="ALL DOWN")
    noc.hears_one("phone-us-now")


def test_one_busy_request_takes_no_letter_from_another(house: House, ben: Person, asked: Heard) -> None:
    for number in range(12):
        ben.writes(f"severity {3 + number % 2} because of {number}", answers=asked)
    assert len(ben.hears()) == 9  # with the first, ten
    ben.writes(INCOMPLETE, subject="Another failover")
    ben.hears_one("missing-details")


@pytest.mark.parametrize("sender", ["noreply@acme.example", "MAILER-DAEMON@acme.example", SUPPORT])
def test_nobody_who_cannot_read_is_answered(house: House, sender: str) -> None:
    robot = house.customer(sender, "Robot")
    robot.writes("Hello there, our X60 is down.", subject="hello")
    assert robot.hears() == []
