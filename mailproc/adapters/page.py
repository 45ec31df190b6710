"""One transaction on the store: requests out, decisions in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.addresses import follow, held_back
from mailproc.adapters.blobs import Blobs
from mailproc.adapters.database import insert_new, inserting
from mailproc.adapters.deadlines import replace_open, spend
from mailproc.adapters.finding import answering_the_same, copy_of, known, learn, learn_answered, take_off_the_list
from mailproc.adapters.history import as_json, clean, cleaned, from_json, indexed
from mailproc.adapters.models import (
    AUTOMATIC_LETTERS,
    COUNTERS,
    DEADLINES,
    DIGESTS,
    EVENTS,
    MAILS,
    OUTBOX,
    REQUESTS,
)
from mailproc.adapters.outbox import letter_of, letter_row
from mailproc.adapters.spool import release
from mailproc.desk.conversation import Copy, gone_on, may_join, spellings
from mailproc.desk.decision import WAITING_FOR_A_PERSON, Decision
from mailproc.desk.deliverability import HeldBack
from mailproc.desk.events import HistoryEvent, Received
from mailproc.desk.held import HeldMail
from mailproc.desk.participants import mailbox_of
from mailproc.desk.request import ServiceRequest
from mailproc.ports import Clues, DigestTold, DueDeadline, Letter, RawMail
from mailproc.queues import Later

_MOST_CLUES: Final = 200
_MOST_HELD: Final = 100

# Statements of the hot path are built once: building one costs as much as running it.
_OUTCOME: Final = sa.select(MAILS.c.outcome).where(MAILS.c.key == sa.bindparam("key"))
_HOLD: Final = (
    sa.select(REQUESTS.c.number).where(REQUESTS.c.number.in_(sa.bindparam("numbers", expanding=True))).with_for_update()
)
_HISTORY: Final = sa.select(EVENTS.c.body).where(EVENTS.c.number == sa.bindparam("number")).order_by(EVENTS.c.seq)
_HELD: Final = (
    sa.select(MAILS.c.key, MAILS.c.filed_at, MAILS.c.number)
    .where(MAILS.c.sender.in_(sa.bindparam("senders", expanding=True)), MAILS.c.outcome == "held", MAILS.c.listed)
    .order_by(MAILS.c.id.desc())
    .limit(_MOST_HELD)
)
_LATELY: Final = sa.select(sa.func.count()).where(
    AUTOMATIC_LETTERS.c.address == sa.bindparam("address"),
    AUTOMATIC_LETTERS.c.number == sa.bindparam("number"),
    AUTOMATIC_LETTERS.c.ordered_at >= sa.bindparam("since"),
)
_LIVELY: Final = sa.or_(REQUESTS.c.status != "closed", REQUESTS.c.last_event_at >= sa.bindparam("since"))
_UPDATE: Final = sa.update(REQUESTS).where(REQUESTS.c.number == sa.bindparam("same_number"))


class SqlPage:
    """A page on a connection whose transaction somebody else ends.

    What was learned on it holds until it ends, so nothing is asked twice: requests are held, and a number or a mail
    that is new stays new.
    """

    def __init__(self, connection: Connection, blobs: Blobs, sr_number: str) -> None:
        self._connection = connection
        self._blobs = blobs
        self._sr_number = sr_number
        self._held: dict[str, ServiceRequest] = {}
        self._new_numbers: set[str] = set()
        self._unfiled: set[str] = set()
        self._copied_aside: set[str] = set()

    def outcome_of(self, mail_key: str) -> str | None:
        outcome = self._connection.execute(_OUTCOME, {"key": indexed(mail_key)}).scalar_one_or_none()
        if outcome is None:
            self._unfiled.add(mail_key)
        return outcome

    def request(self, number: str) -> ServiceRequest | None:
        if number in self._held:
            return self._held[number]
        known = None if number in self._new_numbers else self._hold(number)
        if known is None:
            return None
        if known not in self._held:
            self._held[known] = load(self._connection, known)
        return self._held[known]

    def _hold(self, number: str) -> str | None:
        """The number as it is written, its request held for this transaction."""
        wanted = spellings(clean(number), self._sr_number)
        found = set(self._connection.execute(_HOLD, {"numbers": wanted}).scalars())
        return next((one for one in wanted if one in found), None)

    def request_for(self, clues: Clues) -> ServiceRequest | None:
        found = self._found(clues)
        return found and gone_on(found, self.request)

    def _found(self, clues: Clues) -> ServiceRequest | None:
        for number in clues.proven[:_MOST_CLUES]:
            if request := self.request(number):
                return request
        answered, own = known(self._connection, clues)
        if answered is not None:
            return self.request(answered)
        # A gateway that rewrites a mail makes a second one under one id; and what answers a mail may come before it.
        alike = answering_the_same(self._connection, clues)
        for number in (*((own,) if own else ()), *alike, *clues.tagged[:_MOST_CLUES]):
            if (request := self.request(number)) and may_join(request, clues):
                return request
        return None

    def copy_of(self, clues: Clues) -> Copy | None:
        copy = copy_of(self._connection, clues)
        if copy and not copy.filed:
            self._copied_aside.add(clues.content)
        return copy

    def mails(self, keys: Sequence[str]) -> Sequence[bytes]:
        named = MAILS.c.key.in_([indexed(one) for one in keys])
        filed = self._connection.execute(sa.select(MAILS.c.digest).where(named).order_by(MAILS.c.id))
        digests = list(filed.scalars())
        found = self._blobs.read(self._connection, digests)
        return [found[one] for one in digests if one in found]

    def letters(self, keys: Sequence[str]) -> Sequence[bytes]:
        named = OUTBOX.c.key.in_([indexed(one) for one in keys])
        return list(self._connection.execute(sa.select(OUTBOX.c.content).where(named).order_by(OUTBOX.c.id)).scalars())

    def letters_to(self, address: str, number: str, since: datetime) -> int:
        wanted = {"address": indexed(mailbox_of(address)), "number": number, "since": since}
        count: int = self._connection.execute(_LATELY, wanted).scalar_one()
        return count

    def first_letters_to(self, party: str, since: datetime) -> int:
        columns = AUTOMATIC_LETTERS.c
        whose = columns.address if "@" in party else columns.domain
        first = sa.and_(whose == indexed(party), columns.domain.is_not(None), columns.ordered_at >= since)
        count: int = self._connection.execute(sa.select(sa.func.count()).where(first)).scalar_one()
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
        learn(self._connection, {clues.message_id: believed, **{one.message_id: one.number for one in letters}})
        if believed and any(isinstance(event, Received) and event.role == "customer" for event in decision.events):
            learn_answered(self._connection, clues, believed)
        if clues.content in self._copied_aside and decision.outcome not in WAITING_FOR_A_PERSON:
            take_off_the_list(self._connection, clues)
        filed = inserting(self._connection, MAILS).on_conflict_do_nothing().returning(MAILS.c.id)
        if self._connection.execute(filed, _mail_row(unit, clues, decision, at)).first() is None:
            raise Later("another daemon filed this mail at the same time", after=timedelta(0))

    def record_deadline(self, unit: DueDeadline, decision: Decision, letters: Sequence[Letter]) -> None:
        if not spend(self._connection, unit):
            return
        at = max((event.at for event in decision.events), default=unit.deadline.due)
        self._carry_out(decision, letters, at)
        learn(self._connection, {one.message_id: one.number for one in letters})

    def record(self, decision: Decision, letters: Sequence[Letter]) -> None:
        if not decision.events:
            return
        self._carry_out(decision, letters, max(event.at for event in decision.events))
        learn(self._connection, {one.message_id: one.number for one in letters})

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
        first = decision.outcome == "opened"
        rows = [row for letter in automatic for row in _reached(letter, at, first=first)]
        insert_new(self._connection, AUTOMATIC_LETTERS, rows)

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


def load(connection: Connection, number: str) -> ServiceRequest:
    """The request as its recorded history adds up."""
    history = from_json(connection.execute(_HISTORY, {"number": number}).scalars())
    return ServiceRequest(number=number).after_all(history)


def _reached(letter: Letter, at: datetime, *, first: bool) -> list[dict[str, Any]]:
    """A row for each mailbox that an automatic letter goes to; `first` where it is one on a new request."""
    addresses = dict.fromkeys(mailbox_of(one) for one in letter.recipients)
    return [
        {
            "letter": indexed(letter.key),
            "address": indexed(one),
            "ordered_at": at,
            "number": letter.number,
            "domain": indexed(one.rpartition("@")[2]) if first else None,
        }
        for one in addresses
    ]


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
