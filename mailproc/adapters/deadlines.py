"""The deadlines that have come: one row a step, spent in the transaction that acts on it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.claims import FRESH, ClaimedQueue, Row
from mailproc.adapters.database import insert_new
from mailproc.adapters.models import DEADLINES
from mailproc.desk.decision import Deadline
from mailproc.ports import DueDeadline

_AGAIN: Final = timedelta(hours=1)
_OPEN: Final = DEADLINES.c.next_at.is_not(None)
_OPEN_OF: Final = sa.select(DEADLINES).where(DEADLINES.c.number == sa.bindparam("number"), _OPEN)


class SqlDeadlines(ClaimedQueue[DueDeadline]):
    """The deadlines of a table that are due.

    No promise is given up: what stops one lies in the configuration, a template or the program, and once that is
    mended the reminder goes by itself. Until then it is tried, and told in the log, every hour.
    """

    table = DEADLINES
    given_up = "quarantined"

    @property
    def _order(self) -> tuple[sa.ColumnElement[Any], ...]:
        return (DEADLINES.c.due, DEADLINES.c.id)

    def _are(self, units: Sequence[DueDeadline]) -> sa.ColumnElement[bool]:
        return sa.or_(*(named(unit.number, unit.deadline) for unit in units))

    def _batches(self, rows: Sequence[Row]) -> Iterator[Sequence[DueDeadline]]:
        yield [DueDeadline(number=row.number, deadline=_deadline(row)) for row in rows]

    def _ending(self, held: sa.ColumnElement[bool]) -> sa.UpdateBase:
        return self._updating(held, "spent", {})

    def _give_up(self, connection: Connection, unit: DueDeadline, why: str) -> None:
        self._put(connection, unit, {"next_at": self._now + _AGAIN, "why": why})


def named(number: str, deadline: Deadline) -> sa.ColumnElement[bool]:
    """The row of that deadline."""
    columns = DEADLINES.c
    return sa.and_(
        columns.number == number,
        columns.clock == deadline.clock,
        columns.step == deadline.step,
        columns.due == deadline.due,
    )


def spend(connection: Connection, unit: DueDeadline) -> bool:
    """Spend an open deadline; False where it was spent or replaced already."""
    spent = (
        sa.update(DEADLINES)
        .where(named(unit.number, unit.deadline), _OPEN)
        .values(state="spent", next_at=None, holder=None)
        .returning(DEADLINES.c.id)
    )
    return connection.execute(spent).first() is not None


def replace_open(connection: Connection, number: str, deadlines: Sequence[Deadline]) -> None:
    """From now on these run and no others; what runs on keeps its row, what was spent stays spent."""
    rows = connection.execute(_OPEN_OF, {"number": number}).all()
    if gone := [row.id for row in rows if _deadline(row) not in deadlines]:
        connection.execute(sa.delete(DEADLINES).where(DEADLINES.c.id.in_(gone)))
    running = {_deadline(row) for row in rows}
    insert_new(connection, DEADLINES, [_row(number, one) for one in deadlines if one not in running])


def _row(number: str, deadline: Deadline) -> dict[str, Any]:
    return {
        **FRESH,
        "next_at": deadline.due,
        "number": number,
        "clock": deadline.clock,
        "step": deadline.step,
        "due": deadline.due,
    }


def _deadline(row: Row) -> Deadline:
    return Deadline(clock=row.clock, step=row.step, due=row.due)
