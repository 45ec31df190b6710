"""One transaction on the store: requests out, decisions in."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.database import insert_new, inserting
from mailproc.adapters.deadlines import replace_open, spend
from mailproc.adapters.history import as_json, clean, cleaned, from_json, indexed
from mailproc.adapters.models import AUTOMATIC_LETTERS, COUNTERS, EVENTS, MAILS, MESSAGE_IDS, OUTBOX, REQUESTS
from mailproc.adapters.outbox import letter_row
from mailproc.desk.conversation import may_join
from mailproc.desk.decision import Decision
from mailproc.desk.request import Received, ServiceRequest
from mailproc.ports import Clues, DueDeadline, Letter, RawMail

_MOST_CLUES: Final = 200


class SqlPage:
    """A page on a connection whose transaction somebody else ends."""

    def __init__(self, connection: Connection, sr_number: str) -> None:
        self._connection = connection
        self._sr_number = sr_number
        self._held: dict[str, ServiceRequest] = {}

    def outcome_of(self, mail_key: str) -> str | None:
        return self._connection.execute(
            sa.select(MAILS.c.outcome).where(MAILS.c.key == indexed(mail_key))
        ).scalar_one_or_none()

    def request(self, number: str) -> ServiceRequest | None:
        if number in self._held:
            return self._held[number]
        row = sa.select(REQUESTS.c.number).where(REQUESTS.c.number == clean(number)).with_for_update()
        if self._connection.execute(row).first() is None:
            return None
        self._held[number] = load(self._connection, number)
        return self._held[number]

    def request_for(self, clues: Clues) -> ServiceRequest | None:
        for number in clues.proven[:_MOST_CLUES]:
            if request := self.request(number):
                return request
        if (known := self._number_of(clues.message_ids[:_MOST_CLUES])) is not None:
            return self.request(known)
        for number in clues.tagged[:_MOST_CLUES]:
            if (request := self.request(number)) and may_join(request, clues):
                return request
        return None

    def copy_of(self, clues: Clues) -> str | None:
        if not clues.content:
            return None
        same_id = MAILS.c.message_id.is_not_distinct_from(clues.message_id and indexed(clues.message_id))
        copies = sa.select(MAILS.c.key).where(MAILS.c.content == clues.content, same_id)
        return self._connection.execute(copies.order_by(MAILS.c.id).limit(1)).scalar_one_or_none()

    def letters_to(self, address: str, since: datetime) -> int:
        columns = AUTOMATIC_LETTERS.c
        lately = sa.and_(columns.address == indexed(address.lower()), columns.ordered_at >= since)
        return self._connection.execute(sa.select(sa.func.count()).where(lately)).scalar_one()

    def next_number(self) -> str:
        first = inserting(self._connection, COUNTERS).values(name="service requests", value=1)
        counted = first.on_conflict_do_update(index_elements=["name"], set_={"value": COUNTERS.c.value + 1}).returning(
            COUNTERS.c.value
        )
        return self._sr_number.format(self._connection.execute(counted).scalar_one())

    def record_mail(self, unit: RawMail, clues: Clues, decision: Decision, letters: Sequence[Letter]) -> None:
        if self.outcome_of(unit.key) is not None:
            return
        at = max((event.at for event in decision.events), default=unit.arrived)
        self._append(decision)
        self._connection.execute(sa.insert(MAILS), [_mail_row(unit, clues, decision, at)])
        if decision.number is not None and clues.message_id is not None:
            self._learn({clues.message_id: decision.number})
        self._set_deadlines(decision)
        self._order(letters, decision, at)

    def record_deadline(self, unit: DueDeadline, decision: Decision, letters: Sequence[Letter]) -> None:
        if not spend(self._connection, unit):
            return
        at = max((event.at for event in decision.events), default=unit.deadline.due)
        self._append(decision)
        self._set_deadlines(decision)
        self._order(letters, decision, at)

    def drop_letter(self, key: str, why: str) -> None:
        dropped = {"state": "dropped", "next_at": None, "holder": None, "why": clean(why)}
        waits = sa.and_(OUTBOX.c.key == indexed(key), OUTBOX.c.next_at.is_not(None))
        self._connection.execute(sa.update(OUTBOX).where(waits).values(dropped))

    def _number_of(self, message_ids: Sequence[str]) -> str | None:
        """The request of the first of these ids that is known."""
        wanted = [indexed(one) for one in message_ids]
        if not wanted:
            return None
        rows = self._connection.execute(sa.select(MESSAGE_IDS).where(MESSAGE_IDS.c.message_id.in_(wanted)))
        known = {row.message_id: row.number for row in rows}
        return next((known[one] for one in wanted if one in known), None)

    def _append(self, decision: Decision) -> None:
        """Add the events to the request's history, and its summary after them."""
        if decision.number is None or not decision.events:
            return
        before = self.request(decision.number)
        request = before or ServiceRequest(number=decision.number)
        events = tuple(cleaned(event) for event in decision.events)
        after = request.after_all(events)
        if before is None:
            self._connection.execute(sa.insert(REQUESTS), [_summary(after)])
        else:
            same = sa.update(REQUESTS).where(REQUESTS.c.number == after.number)
            self._connection.execute(same.values(_summary(after)))
        first = len(request.history)
        rows = [
            {
                "number": after.number,
                "seq": seq,
                "at": event.at,
                "who": event.who,
                "type": event.type,
                "body": as_json(event),
            }
            for seq, event in enumerate(events, first)
        ]
        self._connection.execute(sa.insert(EVENTS), rows)
        self._held[after.number] = after

    def _set_deadlines(self, decision: Decision) -> None:
        if decision.number is not None and decision.outcome != "set aside":
            replace_open(self._connection, decision.number, decision.deadlines)

    def _order(self, letters: Sequence[Letter], decision: Decision, at: datetime) -> None:
        insert_new(self._connection, OUTBOX, [{**letter_row(letter), "ordered_at": at} for letter in letters])
        relayed = {order.key for order in decision.orders if order.automatic is None}
        automatic = [letter for letter in letters if letter.key not in relayed]
        insert_new(self._connection, AUTOMATIC_LETTERS, [row for letter in automatic for row in _reached(letter, at)])
        self._learn({letter.message_id: letter.number for letter in letters if letter.number})

    def _learn(self, numbers: dict[str, str]) -> None:
        """Whatever answers these Message-IDs belongs to these requests."""
        rows = [{"message_id": indexed(one), "number": number} for one, number in numbers.items()]
        insert_new(self._connection, MESSAGE_IDS, rows)


def load(connection: Connection, number: str) -> ServiceRequest:
    """The request as its recorded history adds up."""
    bodies = sa.select(EVENTS.c.body).where(EVENTS.c.number == number).order_by(EVENTS.c.seq)
    history = from_json(connection.execute(bodies).scalars())
    return ServiceRequest(number=number).after_all(history)


def _reached(letter: Letter, at: datetime) -> list[dict[str, Any]]:
    """A row for each address that an automatic letter goes to."""
    addresses = dict.fromkeys(indexed(one.lower()) for one in letter.recipients)
    return [{"letter": indexed(letter.key), "address": one, "ordered_at": at} for one in addresses]


def _mail_row(unit: RawMail, clues: Clues, decision: Decision, at: datetime) -> dict[str, Any]:
    origins = (event.origin for event in decision.events if isinstance(event, Received))
    return {
        "key": indexed(unit.key),
        "mailbox": unit.mailbox,
        "message_id": clues.message_id and indexed(clues.message_id),
        "digest": sha256(unit.content).hexdigest(),
        "content": clues.content,
        "sender": clean(clues.sender),
        "origin": next(origins, ""),
        "outcome": decision.outcome,
        "reason": clean(decision.reason),
        "number": decision.number,
        "listed": decision.outcome == "set aside",
        "arrived": unit.arrived,
        "filed_at": at,
    }


def _summary(request: ServiceRequest) -> dict[str, Any]:
    return {
        "number": request.number,
        "subject": request.subject,
        "status": request.status,
        "policy": request.policy,
        "mailbox": request.mailbox,
        "level": request.level,
        "region": request.region,
        "customer": request.customer,
        "organisation": request.organisation,
        "kind": request.kind,
        "owner": request.owner,
        "opened": request.opened,
        "engaged": request.engaged,
        "missing": list(request.missing),
        "flags": sorted(request.flags),
        "version": len(request.history),
        "last_event_at": max(event.at for event in request.history),
    }
