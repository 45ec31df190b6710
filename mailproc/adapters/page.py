"""One transaction on the store: requests out, decisions in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.addresses import follow, held_back
from mailproc.adapters.database import insert_new, inserting
from mailproc.adapters.deadlines import replace_open, spend
from mailproc.adapters.history import as_json, clean, cleaned, from_json, indexed
from mailproc.adapters.models import (
    AUTOMATIC_LETTERS,
    COUNTERS,
    DEADLINES,
    DIGESTS,
    EVENTS,
    MAILS,
    MESSAGE_IDS,
    OUTBOX,
    REQUESTS,
)
from mailproc.adapters.outbox import letter_of, letter_row
from mailproc.adapters.spool import release
from mailproc.desk.conversation import gone_on, may_join
from mailproc.desk.decision import WAITING_FOR_A_PERSON, Decision
from mailproc.desk.deliverability import HeldBack
from mailproc.desk.events import HistoryEvent, Received
from mailproc.desk.held import HeldMail
from mailproc.desk.request import ServiceRequest
from mailproc.ports import Clues, DigestTold, DueDeadline, Letter, RawMail
from mailproc.queues import Later

_MOST_CLUES: Final = 200
_MOST_HELD: Final = 100

# Statements of the hot path are built once: building one costs as much as running it.
_OUTCOME: Final = sa.select(MAILS.c.outcome).where(MAILS.c.key == sa.bindparam("key"))
_HOLD: Final = sa.select(REQUESTS.c.number).where(REQUESTS.c.number == sa.bindparam("number")).with_for_update()
_HISTORY: Final = sa.select(EVENTS.c.body).where(EVENTS.c.number == sa.bindparam("number")).order_by(EVENTS.c.seq)
_KNOWN: Final = sa.select(MESSAGE_IDS).where(MESSAGE_IDS.c.message_id.in_(sa.bindparam("ids", expanding=True)))
_COPIES: Final = (
    sa.select(MAILS.c.key)
    .where(MAILS.c.content == sa.bindparam("content"), MAILS.c.message_id.is_not_distinct_from(sa.bindparam("id")))
    .order_by(MAILS.c.id)
    .limit(1)
)
_HELD: Final = (
    sa.select(MAILS.c.key, MAILS.c.filed_at, MAILS.c.number)
    .where(MAILS.c.sender.in_(sa.bindparam("senders", expanding=True)), MAILS.c.outcome == "held", MAILS.c.listed)
    .order_by(MAILS.c.id.desc())
    .limit(_MOST_HELD)
)
_LATELY: Final = sa.select(sa.func.count()).where(
    AUTOMATIC_LETTERS.c.address == sa.bindparam("address"), AUTOMATIC_LETTERS.c.ordered_at >= sa.bindparam("since")
)
_LIVELY: Final = sa.or_(REQUESTS.c.status != "closed", REQUESTS.c.last_event_at >= sa.bindparam("since"))
_UPDATE: Final = sa.update(REQUESTS).where(REQUESTS.c.number == sa.bindparam("same_number"))


class SqlPage:
    """A page on a connection whose transaction somebody else ends.

    What was learned on it holds until it ends, so nothing is asked twice: requests are held, and a number or a mail
    that is new stays new.
    """

    def __init__(self, connection: Connection, sr_number: str) -> None:
        self._connection = connection
        self._sr_number = sr_number
        self._held: dict[str, ServiceRequest] = {}
        self._new_numbers: set[str] = set()
        self._unfiled: set[str] = set()

    def outcome_of(self, mail_key: str) -> str | None:
        outcome = self._connection.execute(_OUTCOME, {"key": indexed(mail_key)}).scalar_one_or_none()
        if outcome is None:
            self._unfiled.add(mail_key)
        return outcome

    def request(self, number: str) -> ServiceRequest | None:
        if number in self._held:
            return self._held[number]
        if number in self._new_numbers or self._connection.execute(_HOLD, {"number": clean(number)}).first() is None:
            return None
        self._held[number] = load(self._connection, number)
        return self._held[number]

    def request_for(self, clues: Clues) -> ServiceRequest | None:
        found = self._found(clues)
        return found and gone_on(found, self.request)

    def _found(self, clues: Clues) -> ServiceRequest | None:
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
        same = {"content": clues.content, "id": clues.message_id and indexed(clues.message_id)}
        return self._connection.execute(_COPIES, same).scalar_one_or_none()

    def letters_to(self, address: str, since: datetime) -> int:
        wanted = {"address": indexed(address.lower()), "since": since}
        count: int = self._connection.execute(_LATELY, wanted).scalar_one()
        return count

    def held_from(self, addresses: Sequence[str]) -> Sequence[HeldMail]:
        rows = self._connection.execute(_HELD, {"senders": [one.lower() for one in addresses]}).all()
        return [HeldMail(key=row.key, at=row.filed_at, number=row.number) for row in reversed(rows)]

    def next_number(self) -> str:
        first = inserting(self._connection, COUNTERS).values(name="service requests", value=1)
        counted = first.on_conflict_do_update(index_elements=["name"], set_={"value": COUNTERS.c.value + 1}).returning(
            COUNTERS.c.value
        )
        number = self._sr_number.format(self._connection.execute(counted).scalar_one())
        self._new_numbers.add(number)
        return number

    def record_mail(self, unit: RawMail, clues: Clues, decision: Decision, letters: Sequence[Letter]) -> None:
        if unit.key not in self._unfiled and self.outcome_of(unit.key) is not None:
            return
        self._unfiled.discard(unit.key)
        at = max((event.at for event in decision.events), default=unit.arrived)
        self._carry_out(decision, letters, at)
        believed = decision.number if decision.outcome not in WAITING_FOR_A_PERSON else None
        self._learn({clues.message_id: believed, **{one.message_id: one.number for one in letters}})
        filed = inserting(self._connection, MAILS).on_conflict_do_nothing().returning(MAILS.c.id)
        if self._connection.execute(filed, _mail_row(unit, clues, decision, at)).first() is None:
            raise Later("another daemon filed this mail at the same time", after=timedelta(0))

    def record_deadline(self, unit: DueDeadline, decision: Decision, letters: Sequence[Letter]) -> None:
        if not spend(self._connection, unit):
            return
        at = max((event.at for event in decision.events), default=unit.deadline.due)
        self._carry_out(decision, letters, at)
        self._learn({one.message_id: one.number for one in letters})

    def record(self, decision: Decision, letters: Sequence[Letter]) -> None:
        if not decision.events:
            return
        self._carry_out(decision, letters, max(event.at for event in decision.events))
        self._learn({one.message_id: one.number for one in letters})

    def held_back(self, addresses: Sequence[str], at: datetime) -> tuple[HeldBack, ...]:
        return held_back(self._connection, addresses, at)

    def last_digest(self, region: str) -> DigestTold | None:
        row = self._connection.execute(sa.select(DIGESTS).where(DIGESTS.c.region == region)).one_or_none()
        return None if row is None else DigestTold(moment=row.moment, at=row.at)

    def requests_of(self, region: str, since: datetime) -> Sequence[ServiceRequest]:
        wanted = sa.and_(REQUESTS.c.region == region, _LIVELY)
        numbers = self._connection.execute(
            sa.select(REQUESTS.c.number).where(wanted).order_by(REQUESTS.c.number), {"since": since}
        )
        return [load(self._connection, number) for number in numbers.scalars().all()]

    def record_digest(self, region: str, told: DigestTold, letters: Sequence[Letter]) -> bool:
        values = {"moment": told.moment, "at": told.at}
        first = inserting(self._connection, DIGESTS).values(region=region, **values)
        newer = first.on_conflict_do_update(
            index_elements=["region"], set_=values, where=DIGESTS.c.moment < told.moment
        ).returning(DIGESTS.c.region)
        if self._connection.execute(newer).first() is None:
            return False
        insert_new(self._connection, OUTBOX, [{**letter_row(one), "ordered_at": told.at} for one in letters])
        return True

    def glimpse(self, number: str) -> ServiceRequest | None:
        request = self._held.get(number) or load(self._connection, clean(number))
        return request if request.history else None

    def waits(self, key: str) -> bool:
        waiting = sa.select(OUTBOX.c.id).where(OUTBOX.c.key == indexed(key), OUTBOX.c.next_at.is_not(None))
        return self._connection.execute(waiting).first() is not None

    def overdue_beside(self, letter: Letter, before: datetime) -> Sequence[Letter]:
        columns = OUTBOX.c
        ours = sa.select(columns.holder).where(columns.key == indexed(letter.key)).scalar_subquery()
        overdue = sa.and_(columns.next_at.is_not(None), columns.deadline_due < before)
        free = sa.or_(columns.holder.is_(None), columns.holder == ours)
        rows = self._connection.execute(sa.select(OUTBOX).where(overdue, free).order_by(columns.id)).all()
        return [letter_of(row) for row in rows if tuple(row.recipients) == letter.recipients]

    def is_behind(self, before: datetime, now: datetime) -> bool:
        columns = DEADLINES.c
        at_hand = sa.or_(columns.next_at <= now, columns.state == "leased")
        behind = sa.select(columns.id).where(columns.next_at.is_not(None), at_hand, columns.due < before).limit(1)
        return self._connection.execute(behind).first() is not None

    def replace_letters(self, keys: Sequence[str], why: str, letter: Letter, at: datetime) -> None:
        for key in keys:
            self.drop_letter(key, why)
        insert_new(self._connection, OUTBOX, [{**letter_row(letter), "ordered_at": at}])

    def drop_letter(self, key: str, why: str) -> None:
        dropped = {"state": "dropped", "next_at": None, "holder": None, "why": clean(why)}
        waits = sa.and_(OUTBOX.c.key == indexed(key), OUTBOX.c.next_at.is_not(None))
        self._connection.execute(sa.update(OUTBOX).where(waits).values(dropped))

    def _number_of(self, message_ids: Sequence[str]) -> str | None:
        """The request of the first of these ids that is known."""
        wanted = [indexed(one) for one in message_ids]
        if not wanted:
            return None
        known = {row.message_id: row.number for row in self._connection.execute(_KNOWN, {"ids": wanted})}
        return next((known[one] for one in wanted if one in known), None)

    def _carry_out(self, decision: Decision, letters: Sequence[Letter], at: datetime) -> None:
        if decision.number is not None and decision.events:
            self._append(decision.number, decision.events)
        follow(self._connection, decision)
        release(self._connection, decision.releases, at)
        if decision.number is not None and decision.outcome not in WAITING_FOR_A_PERSON:
            replace_open(self._connection, decision.number, decision.deadlines)
        for other in decision.also:
            self._carry_out(other, (), at)
        insert_new(self._connection, OUTBOX, [{**letter_row(letter), "ordered_at": at} for letter in letters])
        relayed = {order.key for order in decision.orders if order.automatic is None}
        automatic = [letter for letter in letters if letter.key not in relayed]
        insert_new(self._connection, AUTOMATIC_LETTERS, [row for letter in automatic for row in _reached(letter, at)])

    def _append(self, number: str, events: Sequence[HistoryEvent]) -> None:
        """Add the events to the request's history, and its summary after them."""
        before = self.request(number)
        request = before or ServiceRequest(number=number)
        new = tuple(cleaned(event) for event in events)
        after = request.after_all(new)
        if before is None:
            self._connection.execute(sa.insert(REQUESTS), _summary(after))
        else:
            self._connection.execute(_UPDATE, {**_summary(after), "same_number": number})
        rows = [_event_row(number, seq, event) for seq, event in enumerate(new, len(request.history))]
        self._connection.execute(sa.insert(EVENTS), rows)
        self._held[number] = after

    def _learn(self, numbers: Mapping[str | None, str | None]) -> None:
        """Whatever answers these Message-IDs belongs to these requests."""
        rows = [
            {"message_id": indexed(message_id), "number": number}
            for message_id, number in numbers.items()
            if message_id and number
        ]
        insert_new(self._connection, MESSAGE_IDS, rows)


def load(connection: Connection, number: str) -> ServiceRequest:
    """The request as its recorded history adds up."""
    history = from_json(connection.execute(_HISTORY, {"number": number}).scalars())
    return ServiceRequest(number=number).after_all(history)


def _reached(letter: Letter, at: datetime) -> list[dict[str, Any]]:
    """A row for each address that an automatic letter goes to."""
    addresses = dict.fromkeys(indexed(one.lower()) for one in letter.recipients)
    return [{"letter": indexed(letter.key), "address": one, "ordered_at": at} for one in addresses]


def _event_row(number: str, seq: int, event: HistoryEvent) -> dict[str, Any]:
    body = as_json(event)
    return {"number": number, "seq": seq, "at": event.at, "who": event.who, "type": event.type, "body": body}


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
        "listed": decision.outcome in WAITING_FOR_A_PERSON,
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
