"""What the commands read of the store, and what a person may put right in it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from mailproc.adapters.addresses import release_address
from mailproc.adapters.blobs import Blobs
from mailproc.adapters.claims import FRESH, Row
from mailproc.adapters.database import insert_new, looking, writing
from mailproc.adapters.history import clean, indexed
from mailproc.adapters.models import DEADLINES, HELD_BACK, MAILS, OUTBOX, REQUESTS, SPOOL
from mailproc.adapters.outbox import letter_of
from mailproc.adapters.page import load
from mailproc.adapters.records import FiledMail, LetterState, OutboxLetter, RequestSummary, Stranded
from mailproc.adapters.spool import set_aside_row, spooled_again_row
from mailproc.desk.decision import Deadline
from mailproc.desk.deliverability import HeldBack
from mailproc.desk.directory import Part
from mailproc.desk.request import ServiceRequest
from mailproc.ports import Letter

_AT_A_TIME: Final = 500
_OF_DEADLINES: Final = "deadline/"
"""What the key of a deadline begins with, where it stands beside keys of mails."""
_STOPPED: Final = sa.or_(
    DEADLINES.c.state == "quarantined",
    sa.and_(DEADLINES.c.state == "waiting", DEADLINES.c.next_at.is_not(None), DEADLINES.c.why != ""),
)
"""Deadlines that wore out several processes, and those that fail and are tried again."""


class Ledger:
    """The store as people see it."""

    def __init__(self, engine: Engine, blobs: Blobs) -> None:
        self._engine = engine
        self._blobs = blobs

    def requests(self, status: str | None = None) -> Iterator[RequestSummary]:
        """Every request, or those of one status, by number."""
        last = ""
        while rows := self._requests_after(last, status):
            dues = self._next_dues([row.number for row in rows])
            yield from (_summary(row, dues.get(row.number)) for row in rows)
            last = rows[-1].number

    def summary(self, number: str) -> RequestSummary | None:
        """That request as a list shows it; None where there is none."""
        with looking(self._engine) as connection:
            row = connection.execute(sa.select(REQUESTS).where(REQUESTS.c.number == clean(number))).one_or_none()
        return None if row is None else _summary(row, self._next_dues([number]).get(number))

    def request(self, number: str) -> ServiceRequest | None:
        """The request of that number with its history, held for nobody; None where there is none."""
        with looking(self._engine) as connection:
            request = load(connection, clean(number))
        return request if request.history else None

    def relied_on(self) -> tuple[tuple[Part, str, int], ...]:
        """The mailboxes, policies and regions of requests that are not closed: what, its name, of how many."""
        columns: Mapping[Part, sa.Column[Any]] = {
            "mailbox": REQUESTS.c.mailbox,
            "policy": REQUESTS.c.policy,
            "region": REQUESTS.c.region,
        }
        lively = REQUESTS.c.status != "closed"
        with looking(self._engine) as connection:
            return tuple(
                (part, name, count)
                for part, column in columns.items()
                for name, count in connection.execute(
                    sa.select(column, sa.func.count()).where(lively).group_by(column).order_by(column)
                )
            )

    def next_deadline(self) -> datetime | None:
        """When the next open deadline falls due, of any request."""
        with looking(self._engine) as connection:
            earliest: datetime | None = connection.execute(sa.select(sa.func.min(DEADLINES.c.next_at))).scalar_one()
        return earliest

    def deadlines_of(self, number: str) -> tuple[Deadline, ...]:
        """The open deadlines of a request, earliest first."""
        with looking(self._engine) as connection:
            return tuple(_deadline(row) for row in connection.execute(_open_deadlines([number])))

    def mails_of(self, number: str) -> tuple[FiledMail, ...]:
        """The mails filed in a request, in the order of filing."""
        query = sa.select(MAILS).where(MAILS.c.number == clean(number)).order_by(MAILS.c.id)
        with looking(self._engine) as connection:
            return tuple(_filed(row) for row in connection.execute(query))

    def mail(self, key: str) -> FiledMail | None:
        """What became of the mail of that key; None where it was not filed."""
        with looking(self._engine) as connection:
            row = connection.execute(sa.select(MAILS).where(MAILS.c.key == indexed(key))).one_or_none()
        return None if row is None else _filed(row)

    def raw_mail(self, key: str) -> bytes | None:
        """A mail as it came, filed or spooled; None where its bytes are not kept here."""
        with looking(self._engine) as connection:
            digest = connection.execute(_digest_of(key)).scalar()
            return self._blobs.read(connection, [digest]).get(digest) if digest else None

    def letters(self, *states: LetterState) -> tuple[OutboxLetter, ...]:
        """The letters of the outbox in these states, or all there ever were, in the order of their orders."""
        query = sa.select(OUTBOX).order_by(OUTBOX.c.id)
        return self._letters(query.where(OUTBOX.c.state.in_(states)) if states else query)

    def letters_of(self, number: str) -> tuple[OutboxLetter, ...]:
        """The letters of a request, in the order of their orders."""
        return self._letters(sa.select(OUTBOX).where(OUTBOX.c.number == clean(number)).order_by(OUTBOX.c.id))

    def letters_sent(self) -> tuple[Letter, ...]:
        """The letters that went out, in that order."""
        sent = sa.select(OUTBOX).where(OUTBOX.c.state == "sent").order_by(OUTBOX.c.sent_at, OUTBOX.c.id)
        return tuple(one.letter for one in self._letters(sent))

    def letter(self, key: str) -> OutboxLetter | None:
        """The letter of that key."""
        return next(iter(self._letters(sa.select(OUTBOX).where(OUTBOX.c.key == indexed(key)))), None)

    def quarantined(self) -> tuple[Stranded, ...]:
        """The mails that wait for a person, as they arrived, and the deadlines that a fault stops."""
        with looking(self._engine) as connection:
            spooled = connection.execute(sa.select(SPOOL).where(SPOOL.c.state == "quarantined")).all()
            aside = connection.execute(sa.select(MAILS).where(MAILS.c.listed)).all()
            stopped = connection.execute(sa.select(DEADLINES).where(_STOPPED)).all()
        stranded = [
            *(_quarantined(row) for row in spooled),
            *(_set_aside(row) for row in aside),
            *(_stopped(row) for row in stopped),
        ]
        return tuple(sorted(stranded, key=lambda one: one.arrived))

    def quarantine_mail(self, key: str, mailbox: str, why: str, now: datetime) -> None:
        """List a mail that its mailbox will not hand over, once."""
        with writing(self._engine) as connection:
            insert_new(connection, SPOOL, [set_aside_row(key, mailbox, why, now)])

    def retry_mail(self, key: str, now: datetime) -> bool:
        """Put a mail that waits for a person back to work; False where there is none of that key with its bytes.

        One that was set aside is read again as a person's.
        """
        quarantined = sa.and_(SPOOL.c.key == indexed(key), SPOOL.c.state == "quarantined", SPOOL.c.digest != "")
        aside = sa.and_(MAILS.c.key == indexed(key), MAILS.c.listed)
        with writing(self._engine) as connection:
            again = sa.update(SPOOL).where(quarantined).values(**FRESH).returning(SPOOL.c.id)
            if connection.execute(again).first() is not None:
                return True
            filed = connection.execute(sa.delete(MAILS).where(aside).returning(*MAILS.c)).one_or_none()
            if filed is None:
                return False
            insert_new(connection, SPOOL, [spooled_again_row(filed, now)])
            return True

    def drop_mail(self, key: str) -> bool:
        """Take a mail off the list of those that wait for a person; its bytes stay. False where it is not listed."""
        quarantined = sa.and_(SPOOL.c.key == indexed(key), SPOOL.c.state == "quarantined")
        aside = sa.and_(MAILS.c.key == indexed(key), MAILS.c.listed)
        with writing(self._engine) as connection:
            spooled = sa.update(SPOOL).where(quarantined).values(state="dropped").returning(SPOOL.c.id)
            filed = sa.update(MAILS).where(aside).values(listed=False).returning(MAILS.c.id)
            return any(connection.execute(one).first() is not None for one in (spooled, filed))

    def retry_deadline(self, key: str) -> bool:
        """Act on a deadline that a fault stopped at once; False where there is none of that key."""
        return self._put_deadline(key, FRESH)

    def drop_deadline(self, key: str) -> bool:
        """Never act on a deadline that a fault stopped; False where there is none of that key."""
        return self._put_deadline(key, {"state": "spent", "next_at": None, "why": "dropped by the operator"})

    def _put_deadline(self, key: str, values: Mapping[str, Any]) -> bool:
        one = sa.and_(_STOPPED, sa.literal(_OF_DEADLINES).concat(sa.cast(DEADLINES.c.id, sa.String)) == key)
        with writing(self._engine) as connection:
            put = sa.update(DEADLINES).where(one).values(**values).returning(DEADLINES.c.id)
            return connection.execute(put).first() is not None

    def retry_letter(self, key: str) -> bool:
        """Let a letter that failed or waits for its next try go at once; False where there is none such."""
        return self._put_letter(key, ("waiting", "failed"), FRESH)

    def drop_letter(self, key: str, why: str) -> bool:
        """A letter that waits or failed never goes; False where there is none such."""
        return self._put_letter(key, ("waiting", "failed"), {"state": "dropped", "next_at": None, "why": clean(why)})

    def held_back(self, now: datetime) -> tuple[HeldBack, ...]:
        """The addresses that letters are held back from, by address."""
        held = sa.select(HELD_BACK).where(HELD_BACK.c.until > now).order_by(HELD_BACK.c.address)
        with looking(self._engine) as connection:
            rows = connection.execute(held).all()
        return tuple(HeldBack(address=row.address, kind=row.kind, because=row.because, until=row.until) for row in rows)

    def release_address(self, address: str) -> bool:
        """Write again to an address that failed; False where it was not held back."""
        with writing(self._engine) as connection:
            return release_address(connection, address)

    def _put_letter(self, key: str, states: Sequence[str], values: Mapping[str, Any]) -> bool:
        one = sa.and_(OUTBOX.c.key == indexed(key), OUTBOX.c.state.in_(states))
        with writing(self._engine) as connection:
            put = sa.update(OUTBOX).where(one).values(**values).returning(OUTBOX.c.id)
            return connection.execute(put).first() is not None

    def _letters(self, query: sa.Select[Any]) -> tuple[OutboxLetter, ...]:
        with looking(self._engine) as connection:
            return tuple(_outbox_letter(row) for row in connection.execute(query))

    def _requests_after(self, number: str, status: str | None) -> Sequence[Row]:
        query = sa.select(REQUESTS).where(REQUESTS.c.number > number).order_by(REQUESTS.c.number).limit(_AT_A_TIME)
        with looking(self._engine) as connection:
            return connection.execute(query if status is None else query.where(REQUESTS.c.status == status)).all()

    def _next_dues(self, numbers: Sequence[str]) -> dict[str, Deadline]:
        with looking(self._engine) as connection:
            rows = connection.execute(_open_deadlines(numbers)).all()
        return {row.number: _deadline(row) for row in reversed(rows)}


def _open_deadlines(numbers: Sequence[str]) -> sa.Select[Any]:
    columns = DEADLINES.c
    still_open = sa.and_(columns.number.in_(numbers), columns.next_at.is_not(None))
    return sa.select(DEADLINES).where(still_open).order_by(columns.due, columns.id)


def _digest_of(key: str) -> sa.CompoundSelect[Any]:
    filed = sa.select(MAILS.c.digest).where(MAILS.c.key == indexed(key))
    return filed.union(sa.select(SPOOL.c.digest).where(SPOOL.c.key == indexed(key)))


def _summary(row: Row, next_due: Deadline | None) -> RequestSummary:
    return RequestSummary(
        number=row.number,
        subject=row.subject,
        status=row.status,
        policy=row.policy,
        mailbox=row.mailbox,
        level=row.level,
        region=row.region,
        customer=row.customer,
        organisation=row.organisation,
        kind=row.kind,
        owner=row.owner,
        opened=row.opened,
        engaged=row.engaged,
        missing=tuple(row.missing),
        flags=tuple(row.flags),
        next_due=next_due,
    )


def _deadline(row: Row) -> Deadline:
    return Deadline(clock=row.clock, step=row.step, due=row.due)


def _filed(row: Row) -> FiledMail:
    return FiledMail(
        key=row.key,
        mailbox=row.mailbox,
        message_id=row.message_id,
        sender=row.sender,
        origin=row.origin,
        outcome=row.outcome,
        reason=row.reason,
        number=row.number,
        arrived=row.arrived,
        filed_at=row.filed_at,
        digest=row.digest,
    )


def _outbox_letter(row: Row) -> OutboxLetter:
    return OutboxLetter(
        letter=letter_of(row),
        state=row.state,
        attempts=row.attempts,
        ordered_at=row.ordered_at,
        next_at=row.next_at,
        sent_at=row.sent_at,
        why=row.why,
    )


def _quarantined(row: Row) -> Stranded:
    return Stranded(key=row.key, mailbox=row.mailbox, state="quarantined", why=row.why, arrived=row.arrived)


def _stopped(row: Row) -> Stranded:
    again = f"; tried again {row.next_at:%Y-%m-%d %H:%M} UTC" if row.next_at else ""
    return Stranded(
        key=f"{_OF_DEADLINES}{row.id}",
        mailbox="",
        state="quarantined",
        why=f"{row.clock} {row.step} of SR {row.number}: {row.why}{again}",
        arrived=row.due,
        number=row.number,
        deadline=_deadline(row),
    )


def _set_aside(row: Row) -> Stranded:
    return Stranded(
        key=row.key,
        mailbox=row.mailbox,
        state="set aside",
        why=row.reason,
        arrived=row.arrived,
        sender=row.sender,
        message_id=row.message_id,
    )
