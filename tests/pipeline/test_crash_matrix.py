"""Power cuts after every durable step of the story: nothing is lost, nothing happens twice.

Half an hour is worked through with five mails waiting, until a reminder is due; then again and again, each time cut off
one step later, and finished by a second process. However it was cut, the end is the same.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path

from tests.pipeline.house import MONDAY, House
from tests.pipeline.power_cut import a_quick_house, is_cut_off

SPAN = timedelta(minutes=40)
BACK = MONDAY + timedelta(hours=30)
FIRST = 50
"""In so many steps everything happens once: later ones are the same again, four for each letter."""
SENDERS = tuple(f"user{number}@customer{number}.example" for number in range(5))


def test_wherever_the_power_fails_each_mail_is_one_request_and_each_letter_goes_once(tmp_path: Path) -> None:
    expected = outcome_of(furnished(tmp_path / "undisturbed"))
    assert ("event", "2-000000001", "deadline-passed") in expected
    for steps in chain(range(1, FIRST), count(FIRST, 5)):
        folder = furnished(tmp_path / f"cut-{steps}")
        if not is_cut_off(folder, steps, SPAN):
            break
        assert outcome_of(folder) == expected, f"cut off after step {steps}"
    assert steps > FIRST


def test_wherever_the_power_fails_after_an_outage_each_reader_has_one_digest(tmp_path: Path) -> None:
    expected = outcome_of(after_an_outage(tmp_path / "undisturbed"), BACK)
    digests = [one for one in expected.elements() if one[0] == "letter" and one[1].startswith("digest/")]
    assert len(digests) == 2
    for steps in chain(range(1, 30), count(30, 7)):
        folder = after_an_outage(tmp_path / f"cut-{steps}")
        if not is_cut_off(folder, steps, timedelta(), BACK):
            break
        assert outcome_of(folder, BACK) == expected, f"cut off after step {steps}"
    assert steps > 30


def after_an_outage(folder: Path) -> Path:
    """A house in which requests were opened, and nobody was at work for hours."""
    with a_quick_house(furnished(folder)) as house:
        house.work()
    return folder


def furnished(folder: Path) -> Path:
    """A house with a mail from each sender waiting at its door."""
    (folder / "inbox" / "new").mkdir(parents=True)
    for sender in SENDERS:
        words = "Severity: 1\r\n\r\nThe last link is down." if sender == SENDERS[0] else "Our X60 reloads."
        mail = f"From: {sender}\r\nMessage-ID: <1.{sender}>\r\nSubject: Help\r\n\r\n{words}\r\n"
        (folder / "inbox" / "new" / f"{sender}.mail").write_bytes(mail.encode())
    return folder


def outcome_of(folder: Path, now: datetime = MONDAY) -> Counter[tuple[str, ...]]:
    """What there is once everything was worked through: requests, events, letters by key, and files that went out."""
    with a_quick_house(folder, now) as house:
        house.work()
        house.waits(SPAN)
        return Counter(_found(house))


def _found(house: House) -> Iterator[tuple[str, ...]]:
    for request in house.requests():
        yield ("request", request.number, request.customer)
        yield from (("event", request.number, event.type) for event in request.history)
    for letter in house.parts.store.ledger.letters():
        yield ("letter", letter.letter.key, letter.state)
    for path in (house.folder / "sent" / "new").iterdir():
        yield ("carried", path.name)
    yield from (("left in the mailbox", path.name) for path in (house.folder / "inbox" / "new").iterdir())
    yield from (("quarantined", mail.key) for mail in house.parts.store.ledger.quarantined())
