"""One-line builders with quiet defaults: say only what the test is about."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from mailproc.desk.conversation import Clues
from mailproc.desk.decision import Deadline, Decision
from mailproc.desk.events import MACHINE, DeadlinePassed, HistoryEvent, Opened, Received
from mailproc.desk.request import ServiceRequest
from mailproc.ports import DueDeadline, RawMail
from mailproc.reading.mail import Address, Mail
from mailproc.writing.letter import Letter

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday morning in London."""
ANN = "ann@acme.example"
NUMBER = "2-000000001"
RESPONSE = Deadline(clock="response", step="due", due=NOW)


def a_mail(**what: Any) -> Mail:
    return replace(Mail(message_id="m1@acme.example", subject="Chassis down", sender=Address(address=ANN)), **what)


def a_raw_mail(key: str = "xseries/1", **what: Any) -> RawMail:
    content = f"Message-ID: <{key}@acme.example>\r\nSubject: Chassis down\r\n\r\nIt is down.\r\n".encode(
        "utf-8", "replace"
    )
    return replace(RawMail(key=key, mailbox="xseries", content=content, arrived=NOW), **what)


def a_letter(key: str = f"{NUMBER}/acknowledgement/1", **what: Any) -> Letter:
    letter = Letter(
        key=key,
        template="acknowledgement",
        message_id=f"{sha256(key.encode()).hexdigest()[:16]}@vendor.example",
        subject="Chassis down",
        envelope_from="xseries-support@vendor.example",
        recipients=(ANN,),
        content=b"Subject: Chassis down\r\n\r\nWe have it.\r\n",
    )
    return replace(letter, **what)


def opened(**what: Any) -> Opened:
    event = Opened(
        at=NOW, who=ANN, mailbox="xseries", policy="x-series", region="emea", subject="Chassis down", customer=ANN
    )
    return replace(event, **what)


def received(mail: str = "xseries/1", **what: Any) -> Received:
    return replace(Received(at=NOW, who=ANN, mail=mail, message_id=f"{mail}@acme.example", role="customer"), **what)


def passed(deadline: Deadline = RESPONSE, **what: Any) -> DeadlinePassed:
    event = DeadlinePassed(at=NOW, who=MACHINE, clock=deadline.clock, step=deadline.step, due=deadline.due)
    return replace(event, **what)


def a_request(*events: HistoryEvent, number: str = NUMBER) -> ServiceRequest:
    return ServiceRequest(number=number).after_all(events or (opened(), received()))


def a_decision(**what: Any) -> Decision:
    return replace(
        Decision(outcome="opened", reason="a new mail", number=NUMBER, events=(opened(), received())), **what
    )


def set_aside(reason: str = "an automatic answer") -> Decision:
    return Decision(outcome="set aside", reason=reason)


def clues_to(unit: RawMail, **what: Any) -> Clues:
    content = sha256(unit.content).hexdigest()
    return replace(
        Clues(sender=ANN, mailbox=unit.mailbox, message_id=f"{unit.key}@acme.example", content=content), **what
    )


def a_due_deadline(deadline: Deadline = RESPONSE, number: str = NUMBER) -> DueDeadline:
    return DueDeadline(number=number, deadline=deadline)
