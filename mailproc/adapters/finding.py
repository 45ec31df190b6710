"""What the store knows of mail by its ids and its content: which request it belongs to, and whether it is a copy."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from mailproc.adapters.database import insert_new
from mailproc.adapters.history import indexed
from mailproc.adapters.models import ANSWERED_IDS, MAILS, MESSAGE_IDS
from mailproc.desk.conversation import MOST_ANSWERED, Copy
from mailproc.desk.decision import WAITING_FOR_A_PERSON
from mailproc.ports import Clues

_MOST_IDS: Final = 200

# Statements of the hot path are built once: building one costs as much as running it.
_KNOWN: Final = sa.select(MESSAGE_IDS).where(MESSAGE_IDS.c.message_id.in_(sa.bindparam("ids", expanding=True)))
_ANSWERED: Final = sa.select(ANSWERED_IDS).where(
    ANSWERED_IDS.c.message_id.in_(sa.bindparam("ids", expanding=True)), ANSWERED_IDS.c.party == sa.bindparam("party")
)
_SAME_MAIL: Final = sa.and_(
    MAILS.c.content == sa.bindparam("same_content"),
    sa.or_(
        MAILS.c.message_id.is_not_distinct_from(sa.bindparam("same_id")),
        MAILS.c.mailbox != sa.bindparam("this_mailbox"),
    ),
)
_WAITS: Final = MAILS.c.outcome.in_(sorted(WAITING_FOR_A_PERSON))
_COPIES: Final = (
    sa.select(MAILS.c.key, MAILS.c.outcome)
    .where(_SAME_MAIL)
    .order_by(_WAITS, MAILS.c.outcome == "set aside", MAILS.c.id)
    .limit(1)
)
_NO_LONGER_LISTED: Final = sa.update(MAILS).where(_SAME_MAIL, _WAITS).values(listed=False)


def known(connection: Connection, clues: Clues) -> tuple[str | None, str | None]:
    """The request of the first known mail or letter that a mail answers, and that of its own id; None where unknown."""
    ids = [indexed(one) for one in clues.message_ids[:_MOST_IDS]]
    own = indexed(clues.message_id) if clues.message_id else ""
    if not ids and not own:
        return None, None
    numbers = {row.message_id: row.number for row in connection.execute(_KNOWN, {"ids": [*ids, own]})}
    return next((numbers[one] for one in ids if one in numbers), None), numbers.get(own)


def answering_the_same(connection: Connection, clues: Clues) -> Sequence[str]:
    """The requests of mails by the same party that answer what this one answers, or this one itself."""
    own = (clues.message_id,) if clues.message_id else ()
    ids = [indexed(one) for one in (*clues.message_ids[:MOST_ANSWERED], *own)]
    if not ids or not clues.party:
        return ()
    rows = connection.execute(_ANSWERED, {"ids": ids, "party": indexed(clues.party)})
    numbers = {row.message_id: row.number for row in rows}
    return [numbers[one] for one in ids if one in numbers]


def learn(connection: Connection, numbers: Mapping[str | None, str | None]) -> None:
    """Whatever answers these Message-IDs belongs to these requests."""
    rows = [
        {"message_id": indexed(message_id), "number": number}
        for message_id, number in numbers.items()
        if message_id and number
    ]
    insert_new(connection, MESSAGE_IDS, rows)


def learn_answered(connection: Connection, clues: Clues, number: str) -> None:
    """Whatever of this party answers the same mails as this one, or is one of them, belongs to its request."""
    party = indexed(clues.party)
    ids = clues.message_ids[:MOST_ANSWERED] if party else ()
    insert_new(
        connection, ANSWERED_IDS, [{"message_id": indexed(one), "party": party, "number": number} for one in ids]
    )


def copy_of(connection: Connection, clues: Clues) -> Copy | None:
    """A mail dealt with before that is the same, one that was filed first, then one that is held; None without any."""
    if not clues.content:
        return None
    found = connection.execute(_COPIES, _same_mail(clues)).one_or_none()
    return None if found is None else Copy(key=found.key, filed=found.outcome not in WAITING_FOR_A_PERSON)


def take_off_the_list(connection: Connection, clues: Clues) -> None:
    """Copies that were set aside or held no longer wait for a person."""
    connection.execute(_NO_LONGER_LISTED, _same_mail(clues))


def _same_mail(clues: Clues) -> dict[str, Any]:
    return {
        "same_content": clues.content,
        "same_id": clues.message_id and indexed(clues.message_id),
        "this_mailbox": clues.mailbox,
    }
