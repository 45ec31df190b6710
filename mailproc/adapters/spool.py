"""The spool: mail that is ours and not yet filed.

Each conversation stays in order: a mail is handed out only when no earlier mail of its thread is left in the spool.
Since the heads of different threads go together, this costs nothing where many customers write.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.batches import MEGABYTE, in_batches
from mailproc.adapters.claims import BATCH, FRESH, ClaimedQueue, Row
from mailproc.adapters.database import insert_new, writing
from mailproc.adapters.history import clean, indexed
from mailproc.adapters.models import MAILS, SPOOL
from mailproc.ports import RawMail

_HEADER_LIMIT: Final = 64 * 1024
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_THREAD_FIELD: Final = re.compile(
    rb"^(references|in-reply-to|message-id)[ \t]*:((?:[^\r\n]*\r?\n[ \t])*[^\r\n]*)", re.IGNORECASE | re.MULTILINE
)
_MESSAGE_ID: Final = re.compile(rb"<([^<>\s]{1,998})>")


def thread_of(content: bytes) -> str | None:
    """The digest of the id that began the conversation: the first of References, else In-Reply-To, else its own.

    None where the mail names none. Only the first 64 KiB of the header are read (RFC 5322 §3.6.4).
    """
    head = content[:_HEADER_LIMIT]
    if end := _HEADER_END.search(head):
        head = head[: end.start()]
    first: dict[bytes, bytes] = {}
    for match in _THREAD_FIELD.finditer(head):
        if identity := _MESSAGE_ID.search(match[2]):
            first.setdefault(match[1].lower(), identity[1])
    began = first.get(b"references") or first.get(b"in-reply-to") or first.get(b"message-id")
    return sha256(began).hexdigest() if began else None


class SqlSpool(ClaimedQueue[RawMail]):
    """The spool in a table, its bytes in the blobs."""

    table = SPOOL
    given_up = "quarantined"

    def keep(self, units: Sequence[RawMail]) -> None:
        new = {indexed(unit.key): unit for unit in units}
        with writing(self._claimant.engine) as connection:
            for known in _known(connection, list(new)):
                del new[known]
            digests = {key: sha256(unit.content).hexdigest() for key, unit in new.items()}
            self._claimant.blobs.keep(connection, {digests[key]: unit.content for key, unit in new.items()})
            rows = [self._row(key, unit, digests[key]) for key, unit in new.items()]
            insert_new(connection, SPOOL, rows)

    def _row(self, key: str, unit: RawMail, digest: str) -> dict[str, Any]:
        bare = _bare_row(key, unit.mailbox, self._now)
        return {
            **bare,
            "digest": digest,
            "size": len(unit.content),
            "arrived": unit.arrived,
            "thread": thread_of(unit.content) or bare["thread"],
            "forced": unit.forced,
        }

    @property
    def _order(self) -> tuple[sa.ColumnElement[Any], ...]:
        return (SPOOL.c.arrived, SPOOL.c.id)

    def _may_go(self) -> sa.ColumnElement[bool]:
        earlier = SPOOL.alias("earlier")
        ahead = sa.and_(
            earlier.c.thread == SPOOL.c.thread,
            sa.tuple_(earlier.c.arrived, earlier.c.id) < sa.tuple_(SPOOL.c.arrived, SPOOL.c.id),
            earlier.c.next_at.is_not(None),
        )
        return ~sa.exists(sa.select(sa.literal(1)).select_from(earlier).where(ahead).correlate(SPOOL))

    def _are(self, units: Sequence[RawMail]) -> sa.ColumnElement[bool]:
        return SPOOL.c.key.in_([indexed(unit.key) for unit in units])

    def _batches(self, rows: Sequence[Row]) -> Iterator[Sequence[RawMail]]:
        for some in in_batches(rows, lambda row: row.size, most_bytes=16 * MEGABYTE, most=BATCH):
            with writing(self._claimant.engine) as connection:
                contents = self._claimant.blobs.read(connection, {row.digest for row in some})
            lost = [row for row in some if row.digest not in contents]
            for row in lost:
                self.quarantine(_unit(row, b""), "its bytes are not where raw mail is kept")
            if found := [_unit(row, contents[row.digest]) for row in some if row.digest in contents]:
                yield found

    def _ending(self, held: sa.ColumnElement[bool]) -> sa.UpdateBase:
        return sa.delete(SPOOL).where(held)


def _known(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Which of these keys were spooled or filed before."""
    spooled = sa.select(SPOOL.c.key).where(SPOOL.c.key.in_(keys))
    filed = sa.select(MAILS.c.key).where(MAILS.c.key.in_(keys))
    return set(connection.execute(sa.union(spooled, filed)).scalars())


def _unit(row: Row, content: bytes) -> RawMail:
    return RawMail(key=row.key, mailbox=row.mailbox, content=content, arrived=row.arrived, forced=row.forced)


def set_aside_row(key: str, mailbox: str, why: str, now: datetime) -> dict[str, Any]:
    """The row of a mail that its mailbox will not hand over: for a person to see, without bytes."""
    ended = {"state": SqlSpool.given_up, "next_at": None, "why": clean(why)}
    return {**_bare_row(key, mailbox, now), **ended, "digest": "", "arrived": now, "forced": False}


def spooled_again_row(filed: Row, now: datetime) -> dict[str, Any]:
    """The row of a filed mail that goes back into the spool, to be read as a person's."""
    bare = _bare_row(filed.key, filed.mailbox, now)
    return {**bare, "digest": filed.digest, "arrived": filed.arrived, "forced": True}


def release(connection: Connection, keys: Sequence[str], now: datetime) -> None:
    """Put held mails, and those that joined a request, back into the spool, to be read as their senders'."""
    for key in keys:
        may_be_read = sa.or_(MAILS.c.listed, MAILS.c.outcome == "joined")
        released = sa.delete(MAILS).where(MAILS.c.key == indexed(key), may_be_read).returning(*MAILS.c)
        filed = connection.execute(released).one_or_none()
        if filed is not None:
            insert_new(connection, SPOOL, [spooled_again_row(filed, now)])


def _bare_row(key: str, mailbox: str, now: datetime) -> dict[str, Any]:
    known_as = indexed(key)
    thread = sha256(known_as.encode()).hexdigest()
    return {**FRESH, "key": known_as, "mailbox": mailbox, "size": 0, "kept_at": now, "thread": thread}
