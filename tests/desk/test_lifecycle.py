"""The states of a request: every move of the table, legal or not."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from mailproc.desk.events import Status, StatusSet
from mailproc.desk.lifecycle import may_move, move
from mailproc.desk.request import ServiceRequest

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STATES: tuple[Status, ...] = get_args(Status)

# Rows: from; columns: to new, open, waiting, resolved, closed. "=" stays, "+" moves, "-" is illegal.
TABLE: dict[Status, str] = {
    "new": "=++++",
    "open": "-=+++",
    "waiting": "-+=++",
    "resolved": "-+-=+",
    "closed": "-+--=",
}
CELLS = [(from_, to, mark) for from_, row in TABLE.items() for to, mark in zip(STATES, row, strict=True)]


def test_the_table_has_a_cell_for_every_pair_of_states() -> None:
    assert STATES == ("new", "open", "waiting", "resolved", "closed")
    assert len(CELLS) == len(STATES) ** 2


@pytest.mark.parametrize(("from_", "to", "mark"), CELLS)
def test_a_request_moves_as_the_table_says(from_: Status, to: Status, mark: str) -> None:
    request = ServiceRequest(number="2-000000001", status=from_)
    assert may_move(from_, to) is (mark != "-")
    if mark == "-":
        with pytest.raises(ValueError, match=f"is {from_}: it can become .*, not {to}"):
            move(request, to, "asked", NOON, "alice@vendor.example")
        return
    moved = move(request, to, "asked", NOON, "alice@vendor.example")
    expected = StatusSet(at=NOON, who="alice@vendor.example", status=to, because="asked")
    assert moved == (None if mark == "=" else expected)
    assert (request.after(moved).status if moved else from_) == to
