"""The outbox: letters as they will go, with the same Message-ID however often they are tried."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from mailproc.adapters.claims import FRESH, ClaimedQueue, Row
from mailproc.adapters.history import clean, indexed
from mailproc.adapters.models import OUTBOX
from mailproc.desk.decision import Deadline
from mailproc.ports import Letter


class SqlOutbox(ClaimedQueue[Letter]):
    """The letters of a table that may go."""

    table = OUTBOX
    given_up = "failed"

    @property
    def _order(self) -> tuple[sa.ColumnElement[Any], ...]:
        # The order of the orders, since all new letters share one `next_at`; by the index on it, which holds no letter
        # that went: by `id` alone SQLite reads the whole outbox.
        return (OUTBOX.c.next_at, OUTBOX.c.id)

    def _are(self, units: Sequence[Letter]) -> sa.ColumnElement[bool]:
        return OUTBOX.c.key.in_([indexed(unit.key) for unit in units])

    def _batches(self, rows: Sequence[Row]) -> Iterator[Sequence[Letter]]:
        # One by one: a letter that fails must not make its neighbours go twice.
        yield from ([letter_of(row)] for row in rows)

    def _ending(self, held: sa.ColumnElement[bool]) -> sa.UpdateBase:
        return self._updating(held, "sent", {"sent_at": self._now})


def letter_of(row: Row) -> Letter:
    """The letter of a whole row of the outbox."""
    deadline = None
    if row.deadline_clock is not None:
        deadline = Deadline(clock=row.deadline_clock, step=row.deadline_step, due=row.deadline_due)
    return Letter(
        key=row.key,
        template=row.template,
        message_id=row.message_id,
        subject=row.subject,
        envelope_from=row.envelope_from,
        recipients=tuple(row.recipients),
        content=row.content,
        number=row.number,
        because=row.because,
        deadline=deadline,
    )


def letter_row(letter: Letter) -> dict[str, Any]:
    """The columns of a letter that begins to wait, but for the moment of its order."""
    deadline = letter.deadline
    return {
        **FRESH,
        "key": indexed(letter.key),
        "template": letter.template,
        "message_id": indexed(letter.message_id),
        "subject": clean(letter.subject),
        "envelope_from": clean(letter.envelope_from),
        "recipients": [clean(one) for one in letter.recipients],
        "content": letter.content,
        "number": letter.number or None,
        "because": clean(letter.because),
        "deadline_clock": deadline and deadline.clock,
        "deadline_step": deadline and deadline.step,
        "deadline_due": deadline and deadline.due,
        "sent_at": None,
    }
