"""Machines write too: they are filed or set aside, move nothing, and are never answered."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import SUPPORT, Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import INCOMPLETE


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


def bounce_of(letter: Heard, recipient: str, status: str) -> bytes:
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.globex.example\r\n"
        f"To: {letter.message['Reply-To']}\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nCould not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.globex.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {letter.message['Message-ID']}\r\n\r\n--b--\r\n"
    ).encode()


def test_an_out_of_office_is_filed_and_changes_nothing(house: House, ben: Person, asked: Heard) -> None:
    before = house.request("2-000000001")
    ben.writes("I am away.", answers=asked, headers=[("Auto-Submitted", "auto-replied")])
    assert ben.hears() == []
    after = house.request("2-000000001")
    assert (after.status, after.missing, after.engaged) == (before.status, before.missing, before.engaged)
    assert len(after.history) > len(before.history)


def test_a_bounce_is_noted_and_the_team_hears_of_it(house: House, ben: Person, asked: Heard) -> None:
    alice = house.staff()
    alice.hears()
    house.deliver(bounce_of(asked, "ben@globex.example", "5.1.1"))
    letter = alice.hears_one("undeliverable")
    assert "ben@globex.example" in letter.text
    bounced = [event for event in house.request("2-000000001").history if event.type == "bounced"]
    assert [event.permanent for event in bounced] == [True]


def test_a_delay_alarms_nobody(house: House, ben: Person, asked: Heard) -> None:
    alice = house.staff()
    alice.hears()
    house.deliver(bounce_of(asked, "ben@globex.example", "4.2.2"))
    assert alice.hears() == []


def test_a_machine_that_names_no_request_is_set_aside_with_the_reason(house: House) -> None:
    monitor = house.customer("monitor@acme.example", "Monitor")
    monitor.writes("disk full", subject="alarm", headers=[("Auto-Submitted", "auto-generated")])
    assert monitor.hears() == []
    assert house.requests() == []
    (one,) = house.parts.store.ledger.quarantined()
    assert "auto-reply" in one.why


def test_a_mail_from_our_own_address_is_set_aside(house: House) -> None:
    house.customer(SUPPORT, "Ourselves").writes("Hello", subject="loop")
    assert house.requests() == []


def test_a_mail_that_is_no_mail_is_set_aside_and_lost_nowhere(house: House) -> None:
    for raw in (b"", b"\x00" * 100, b"not a mail at all", b"From: nobody\r\n\r\nhello"):
        house.deliver(raw)
    assert house.requests() == []
    assert len(house.parts.store.ledger.quarantined()) == 4


def test_a_mail_set_aside_can_be_put_back_as_a_persons(house: House) -> None:
    list_mail = [("Precedence", "bulk")]
    house.customer("ann@acme.example").writes("Our X60 is down.", subject="help", headers=list_mail)
    (one,) = house.parts.store.ledger.quarantined()
    house.parts.store.ledger.retry_mail(one.key, house.clock())
    house.work()
    assert [request.customer for request in house.requests()] == ["ann@acme.example"]
    assert house.parts.store.ledger.quarantined() == ()


def test_a_bounce_that_only_knows_the_number_is_nobodys(house: House, ben: Person, asked: Heard) -> None:
    alice = house.staff()
    alice.hears()
    forged = bounce_of(asked, "ben@globex.example", "5.1.1")
    forged = forged.replace(str(asked.message["Message-ID"]).encode(), b"<1@mx.globex.example>")
    forged = forged.replace(str(asked.message["Reply-To"]).encode(), SUPPORT.encode())
    house.deliver(forged.replace(b"Subject: Undelivered Mail", b"Subject: Undelivered [SR 2-000000001]"))
    assert alice.hears() == []
    assert house.parts.store.ledger.held_back(house.clock()) == ()
    (one,) = house.parts.store.ledger.quarantined()
    assert "names no request of ours" in one.why


def test_a_bounce_without_a_mark_is_told_and_blocks_nobody(house: House, ben: Person) -> None:
    letter = ben.writes(INCOMPLETE, subject="Failover", headers=[("X-Any", "1")]).hears_one("missing-details")
    alice = house.staff()
    alice.hears()
    known = str(letter.message["In-Reply-To"]).encode()
    report = bounce_of(letter, "ben@globex.example", "5.1.1").replace(str(letter.message["Message-ID"]).encode(), known)
    house.deliver(report.replace(str(letter.message["Reply-To"]).encode(), SUPPORT.encode()))
    alice.hears_one("undeliverable")
    assert house.parts.store.ledger.held_back(house.clock()) == ()


def test_a_letter_to_staff_that_comes_back_by_its_mark_alone_is_told_to_others(house: House, ben: Person) -> None:
    ben.writes("severity 1 everything is down", subject="ALL DOWN")
    alice, bjarne = house.staff(), house.staff("bjarne@vendor.example", "Bjarne Holm")
    alice.hears()
    alert = bjarne.hears_one("alert")
    house.deliver(
        (
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@vendor.example\r\n"
            f"To: {alert.message['Reply-To']}\r\nSubject: failure notice\r\n\r\n"
            "Hi. This is the qmail-send program at vendor.example.\r\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n"
            "<bjarne@vendor.example>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n"
        ).encode()
    )
    assert "a letter to Bjarne Holm came back" in alice.hears_one("undeliverable").subject
    assert house.parts.store.ledger.held_back(house.clock()) == ()


def test_our_own_address_with_a_tag_is_ours(house: House) -> None:
    house.customer(SUPPORT.replace("@", "+foo@"), "Ourselves").writes("Hello", subject="loop")
    assert house.requests() == []


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("noreply@globex.example", []),
        ("ben@globex.example", [("Return-Path", "<>")]),
        ("ben@globex.example", [("X-Auto-Response-Suppress", "All")]),
    ],
)
def test_whoever_may_not_be_answered_hears_no_machine_later_either(
    house: House, sender: str, headers: list[tuple[str, str]]
) -> None:
    robot, alice = house.customer(sender, "Monitor"), house.staff()
    robot.writes(INCOMPLETE, subject="Failover", headers=headers)
    told = alice.hears_one("new-request")
    assert "ask for what is missing yourself" in " ".join(told.text.split())
    house.waits(timedelta(days=30))
    assert robot.hears() == []
    assert "please ask the customer yourself" in " ".join(letter.subject for letter in alice.hears())
    assert house.request("2-000000001").status == "new"
    alice.writes("Which slot is it?", answers=told)
    robot.hears_one("relayed")


def test_who_writes_as_a_person_again_is_answered_again(house: House) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(INCOMPLETE, subject="Failover", headers=[("X-Auto-Response-Suppress", "All")])
    ben.writes("Business impact: 40 users wait.", subject="Re: Failover [SR 2-000000001]")
    ben.hears_one("missing-details")
