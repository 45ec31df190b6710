"""Addresses that letters are held back from: they follow from the events of requests."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.database import inserting
from mailproc.adapters.history import clean, indexed
from mailproc.adapters.models import HELD_BACK
from mailproc.desk.decision import Decision
from mailproc.desk.deliverability import BLOCKED_FOR, HeldBack
from mailproc.desk.events import Bounced, Received, Silenced


def held_back(connection: Connection, addresses: Sequence[str], at: datetime) -> tuple[HeldBack, ...]:
    """Which of these addresses letters are held back from at that moment."""
    by_key = {indexed(one.lower()): one.lower() for one in addresses}
    if not by_key:
        return ()
    wanted = sa.and_(HELD_BACK.c.address.in_(list(by_key)), HELD_BACK.c.until > at)
    rows = connection.execute(sa.select(HELD_BACK).where(wanted))
    return tuple(
        HeldBack(address=by_key[row.address], kind=row.kind, because=row.because, until=row.until) for row in rows
    )


def follow(connection: Connection, decision: Decision) -> None:
    """Hold back and let go of addresses as the decision's events say: a person who writes can be written to."""
    for event in decision.events:
        if isinstance(event, Received) and event.role != "machine":
            release_address(connection, event.who)
    for row in _rows(decision):
        new = inserting(connection, HELD_BACK).values(**row)
        changed = {name: row[name] for name in ("because", "number", "since", "until")}
        connection.execute(new.on_conflict_do_update(index_elements=["address", "kind"], set_=changed))


def release_address(connection: Connection, address: str) -> bool:
    """Write to an address again that failed; False where it was not held back."""
    failed = sa.and_(HELD_BACK.c.address == indexed(address.lower()), HELD_BACK.c.kind == "undeliverable")
    return bool(connection.execute(sa.delete(HELD_BACK).where(failed)).rowcount)


def _rows(decision: Decision) -> Iterator[dict[str, Any]]:
    for event in decision.events:
        match event:
            case Bounced(blocked=blocked):
                because = f"letters to this address came back for good on {event.at:%Y-%m-%d}"
                for address in blocked:
                    block = HeldBack(
                        address=address, kind="undeliverable", because=because, until=event.at + BLOCKED_FOR
                    )
                    yield _row(block, decision, event.at)
            case Silenced(address=address, because=because, until=until):
                silence = HeldBack(address=address, kind="silenced", because=because, until=until)
                yield _row(silence, decision, event.at)
            case _:
                pass


def _row(one: HeldBack, decision: Decision, since: datetime) -> dict[str, Any]:
    return {
        "address": indexed(one.address.lower()),
        "kind": one.kind,
        "because": clean(one.because),
        "number": decision.number,
        "since": since,
        "until": one.until,
    }
