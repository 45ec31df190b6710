"""The store: service requests with their history, and the queues that live beside them, on SQLite or PostgreSQL."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from mailproc.adapters.blobs import Blobs
from mailproc.adapters.claims import Claimant
from mailproc.adapters.database import insert_new, inserting, looking, writing
from mailproc.adapters.deadlines import SqlDeadlines
from mailproc.adapters.ledger import Ledger
from mailproc.adapters.models import (
    AT_ONCE,
    DEADLINES,
    DIGESTS,
    MAILBOX_LEASES,
    MAILBOX_MARKS,
    OUTBOX,
    REQUESTS,
    SETTINGS,
    SPOOL,
)
from mailproc.adapters.outbox import SqlOutbox
from mailproc.adapters.page import SqlPage
from mailproc.adapters.spool import SqlSpool
from mailproc.ports import DigestTold, Mark

MAILBOX_LEASE: Final = timedelta(seconds=60)
"""At most; never longer than the lease of other work."""
_SECRET: Final = "secret"  # noqa: S105 - the name of a setting, not its value


class SqlStore:
    """A store on a migrated database.

    `holder` is the unique name of this daemon's process; `ledger` is what the commands read and mend.
    """

    def __init__(
        self,
        engine: Engine,
        blobs: Blobs,
        *,
        sr_number: str = "2-{:09d}",
        holder: str,
        lease: timedelta = timedelta(minutes=5),
    ) -> None:
        self.engine = engine
        self.ledger = Ledger(engine, blobs)
        self._claimant = Claimant(engine=engine, blobs=blobs, holder=holder, lease=lease)
        self._sr_number = sr_number

    @contextmanager
    def transaction(self) -> Iterator[SqlPage]:
        with writing(self.engine) as connection:
            yield SqlPage(connection, self._claimant.blobs, self._sr_number)

    def spool(self, now: datetime) -> SqlSpool:
        return SqlSpool(self._claimant, now)

    def deadlines(self, now: datetime) -> SqlDeadlines:
        return SqlDeadlines(self._claimant, now)

    def outbox(self, now: datetime) -> SqlOutbox:
        return SqlOutbox(self._claimant, now)

    def digests(self) -> dict[str, DigestTold]:
        with looking(self.engine) as connection:
            rows = connection.execute(sa.select(DIGESTS)).all()
        return {row.region: DigestTold(moment=row.moment, at=row.at) for row in rows}

    def secret(self) -> bytes:
        """The secret of this installation, made once, whoever comes first."""
        with writing(self.engine) as connection:
            insert_new(connection, SETTINGS, [{"name": _SECRET, "value": secrets.token_hex(32)}])
            value = connection.execute(sa.select(SETTINGS.c.value).where(SETTINGS.c.name == _SECRET)).scalar_one()
        return bytes.fromhex(value)

    def latest_instant(self) -> datetime | None:
        """The latest moment at which anything was recorded; None in an empty store."""
        latest = (REQUESTS.c.last_event_at, SPOOL.c.kept_at, OUTBOX.c.sent_at)
        with looking(self.engine) as connection:
            moments = [connection.execute(sa.select(sa.func.max(column))).scalar_one() for column in latest]
        return max((moment for moment in moments if moment is not None), default=None)

    def hold_mailbox(self, name: str, now: datetime) -> bool:
        """Whether this daemon collects the mailbox for the next 60 seconds; asking again is the heartbeat."""
        lease = min(MAILBOX_LEASE, self._claimant.lease)
        mine = {"holder": self._claimant.holder, "until": now + lease}
        free = sa.or_(MAILBOX_LEASES.c.holder == self._claimant.holder, MAILBOX_LEASES.c.until <= now)
        with writing(self.engine) as connection:
            claim = inserting(connection, MAILBOX_LEASES).values(name=name, **mine)
            held = claim.on_conflict_do_update(index_elements=["name"], set_=mine, where=free)
            return connection.execute(held.returning(MAILBOX_LEASES.c.name)).first() is not None

    def release_mailbox(self, name: str) -> None:
        """Let another daemon collect the mailbox."""
        mine = sa.and_(MAILBOX_LEASES.c.name == name, MAILBOX_LEASES.c.holder == self._claimant.holder)
        with writing(self.engine) as connection:
            connection.execute(sa.delete(MAILBOX_LEASES).where(mine))

    def take_over(self) -> None:
        """End every lease, before work begins.

        For a daemon that knows to be the only one (`refuse_second_daemon` on SQLite): whoever held them is dead.
        """
        with writing(self.engine) as connection:
            for table in (SPOOL, DEADLINES, OUTBOX):
                freed = sa.update(table).where(table.c.state == "leased")
                connection.execute(freed.values(state="waiting", holder=None, next_at=AT_ONCE))
            connection.execute(sa.delete(MAILBOX_LEASES))

    def mark(self, mailbox: str, folder: str) -> Mark | None:
        """How far that folder was collected, or None before its first collection."""
        columns = MAILBOX_MARKS.c
        here = sa.select(columns.uidvalidity, columns.uid).where(columns.mailbox == mailbox, columns.folder == folder)
        with looking(self.engine) as connection:
            row = connection.execute(here).one_or_none()
        return None if row is None else (row.uidvalidity, row.uid)

    def set_mark(self, mailbox: str, folder: str, mark: Mark) -> None:
        """Put the mark there, whatever it was."""
        values = {"uidvalidity": mark[0], "uid": mark[1]}
        with writing(self.engine) as connection:
            first = inserting(connection, MAILBOX_MARKS).values(mailbox=mailbox, folder=folder, **values)
            connection.execute(first.on_conflict_do_update(index_elements=["mailbox", "folder"], set_=values))
