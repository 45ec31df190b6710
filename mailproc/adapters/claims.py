"""How units of work are shared out: by one portable statement, a lease, and fencing by holder.

A unit that waits has a `next_at`. Claiming moves it on by the lease, a retry by a pause that grows, and an end clears
it; so what may be claimed is always what has `next_at <= now`, and a unit whose process died comes back by itself.
Whoever ends a unit must not have lost it: an end that comes after somebody else claimed it does nothing.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from mailproc.adapters.blobs import Blobs
from mailproc.adapters.database import writing
from mailproc.adapters.history import clean
from mailproc.adapters.models import AT_ONCE
from mailproc.queues import Unavailable

Unit = TypeVar("Unit")
Row = sa.Row[Any]

BATCH: Final = 50
MOST_CLAIMS: Final = 5
GIVE_UP_AFTER: Final = timedelta(days=4)  # RFC 5321 §4.5.4.1: at least 4 to 5 days
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=1)
_WORN_OUT: Final = f"was begun {MOST_CLAIMS} times and never ended: the process died or hung each time"

FRESH: Final[Mapping[str, Any]] = {
    "state": "waiting",
    "next_at": AT_ONCE,
    "holder": None,
    "claims": 0,
    "attempts": 0,
    "failing_since": None,
    "why": "",
}
"""The columns of a unit that begins to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Who claims work, in which database, for how long. `holder` is the unique name of the daemon's process."""

    engine: Engine
    blobs: Blobs
    holder: str
    lease: timedelta = timedelta(minutes=5)


def pause(attempts: int) -> timedelta:
    """How long a unit rests before its next try: a minute, doubling to an hour."""
    return min(_FIRST_PAUSE * (1 << min(attempts, 10)), _LONGEST_PAUSE)


class ClaimedQueue(ABC, Generic[Unit]):
    """A queue whose units are rows of a table, shared by all daemons on that database."""

    table: ClassVar[sa.Table]
    given_up: ClassVar[str]
    """The state of a unit that a person must look at."""

    def __init__(self, claimant: Claimant, now: datetime) -> None:
        self._claimant = claimant
        self._now = now

    def waiting(self) -> Generator[Sequence[Unit], None, None]:
        while claimed := self._claim():
            try:
                yield from self._batches(claimed)
            except GeneratorExit:  # whoever asked broke off: the world is absent
                self._let_go(claimed)
                raise

    def done(self, units: Sequence[Unit]) -> None:
        if not units:
            return
        with writing(self._claimant.engine) as connection:
            connection.execute(self._ending(self._held(units)))

    def retry_later(self, unit: Unit, why: str, after: timedelta | None = None) -> None:
        with writing(self._claimant.engine) as connection:
            row = connection.execute(sa.select(self.table).where(self._held([unit]))).one_or_none()
            if row is None:
                return
            if after is not None:  # told to wait, which is no failure
                self._put(connection, unit, {"next_at": self._now + max(after, timedelta(seconds=1)), "why": why})
                return
            since = row.failing_since or self._now
            if self._now - since >= GIVE_UP_AFTER:
                self._give_up(connection, unit, f"tried for {GIVE_UP_AFTER.days} days: {why}")
                return
            again = self._now + pause(row.attempts)
            self._put(
                connection, unit, {"attempts": row.attempts + 1, "failing_since": since, "next_at": again, "why": why}
            )

    def quarantine(self, unit: Unit, why: str) -> None:
        with writing(self._claimant.engine) as connection:
            self._give_up(connection, unit, why)

    @property
    @abstractmethod
    def _order(self) -> tuple[sa.ColumnElement[Any], ...]:
        """Oldest first."""

    @abstractmethod
    def _are(self, units: Sequence[Unit]) -> sa.ColumnElement[bool]:
        """The rows of these units; at least one."""

    @abstractmethod
    def _batches(self, rows: Sequence[Row]) -> Iterator[Sequence[Unit]]:
        """The units of these rows, in the same order."""

    @abstractmethod
    def _ending(self, held: sa.ColumnElement[bool]) -> sa.UpdateBase:
        """Lets go of rows whose work is done."""

    def _may_go(self) -> sa.ColumnElement[bool]:
        """What else must hold for a row to be claimed."""
        return sa.true()

    def _held(self, units: Sequence[Unit]) -> sa.ColumnElement[bool]:
        columns = self.table.c
        ours = sa.or_(columns.holder == self._claimant.holder, columns.holder.is_(None))
        return sa.and_(self._are(units), columns.next_at.is_not(None), ours)

    def _claim(self) -> Sequence[Row]:
        """The next rows, now leased to us; those that wore out five processes are given up on the way."""
        while True:
            with writing(self._claimant.engine) as connection:
                claimed = connection.execute(self._claiming()).all()
                worn_out = [row for row in claimed if row.claims > MOST_CLAIMS]
                for row in worn_out:
                    connection.execute(self._updating(self.table.c.id == row.id, self.given_up, {"why": _WORN_OUT}))
            sound = [row for row in claimed if row.claims <= MOST_CLAIMS]
            if sound or not worn_out:
                return self._in_order(sound)

    def _claiming(self) -> sa.UpdateBase:
        columns = self.table.c
        due = (
            sa.select(columns.id)
            .where(columns.next_at <= self._now, self._may_go())
            .order_by(*self._order)
            .limit(BATCH)
            .with_for_update(
                skip_locked=True, of=self.table
            )  # left out on SQLite, where BEGIN IMMEDIATE holds the store
            .cte("due")
        )
        lease = {
            "state": "leased",
            "holder": self._claimant.holder,
            "next_at": self._now + self._claimant.lease,
            "claims": columns.claims + 1,
        }
        return sa.update(self.table).where(columns.id.in_(sa.select(due.c.id))).values(lease).returning(*columns)

    def _in_order(self, rows: Sequence[Row]) -> Sequence[Row]:
        """RETURNING keeps no order."""
        names = [column.name for column in self._order]
        return sorted(rows, key=lambda row: [getattr(row, name) for name in names])

    def _let_go(self, rows: Sequence[Row]) -> None:
        """Whatever was handed out and not ended, because the world is absent, may be claimed again at once."""
        columns = self.table.c
        ours = sa.and_(
            columns.id.in_([row.id for row in rows]),
            columns.state == "leased",
            columns.holder == self._claimant.holder,
        )
        try:
            with writing(self._claimant.engine) as connection:
                again = {"next_at": self._now, "claims": columns.claims - 1}
                connection.execute(self._updating(ours, "waiting", again))
        except Unavailable:
            return  # the lease will end by itself

    def _give_up(self, connection: Connection, unit: Unit, why: str) -> None:
        connection.execute(self._updating(self._held([unit]), self.given_up, {"why": clean(why)}))

    def _put(self, connection: Connection, unit: Unit, values: Mapping[str, Any]) -> None:
        again = {**values, "claims": 0, "why": clean(values["why"])}
        connection.execute(self._updating(self._held([unit]), "waiting", again))

    def _updating(self, where: sa.ColumnElement[bool], state: str, values: Mapping[str, Any]) -> sa.Update:
        return sa.update(self.table).where(where).values({"holder": None, "next_at": None, "state": state, **values})
