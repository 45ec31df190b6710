"""The directory of customers in a CSV file: organisation, domains, region, plan."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from mailproc.config.mistakes import ConfigurationMistakes, FileUnreadable, nearest, read_text
from mailproc.config.models import CustomerKeys
from mailproc.config.wording import mistakes_of

COLUMNS = ("organisation", "domains", "region", "plan")
_NEEDED = ("organisation", "domains")


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """A line of the file, and where it stands: "customers.csv:7"."""

    place: str
    customer: CustomerKeys


@dataclass(frozen=True, slots=True)
class CustomerList:
    """What a file holds, and what is wrong in it, worded."""

    listed: tuple[ListedCustomer, ...] = ()
    mistakes: tuple[str, ...] = ()


def read_customers(path: Path) -> CustomerList:
    """Read the file: UTF-8, cells parted by comma or semicolon, columns named by the first line.

    Raises FileUnreadable; other mistakes are part of what is given back.
    """
    shown = str(path)
    try:
        text = read_text(path, shown)
    except FileUnreadable:
        raise
    except ConfigurationMistakes as trouble:
        return CustomerList(mistakes=trouble.mistakes)
    head = text.partition("\n")[0]
    rows = csv.reader(text.splitlines(keepends=True), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        columns = [cell.strip().lower() for cell in next(rows, [])]
        if mistakes := tuple(_column_mistakes(columns, shown)):
            return CustomerList(mistakes=mistakes)
        return _sorted_out(_rows(rows, columns, shown))
    except csv.Error as trouble:
        return CustomerList(mistakes=(f"{shown}:{rows.line_num}: is not CSV: {trouble}",))


def _column_mistakes(columns: list[str], shown: str) -> Iterator[str]:
    for column in columns:
        if column not in COLUMNS:
            yield f"{shown}:1: {column}: unknown column.{nearest(column, COLUMNS)} Known here: {', '.join(COLUMNS)}"
    for column in _NEEDED:
        if column not in columns:
            yield f"{shown}:1: {column}: this column is missing. Write as the first line: {','.join(COLUMNS)}"


def _rows(rows: Iterator[list[str]], columns: list[str], shown: str) -> Iterator[ListedCustomer | str]:
    line = 2
    for cells in rows:
        place = f"{shown}:{line}"
        line = rows.line_num + 1  # type: ignore[attr-defined]  # csv's reader counts lines
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            yield f"{place}: has {len(cells)} of {len(columns)} cells"
            continue
        yield from _read(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), place)


def _read(row: Mapping[str, str], place: str) -> Iterator[ListedCustomer | str]:
    try:
        yield ListedCustomer(place, CustomerKeys.model_validate({**row, "domains": row["domains"].split()}))
    except ValidationError as found:
        for mistake in mistakes_of(found, CustomerKeys):
            yield f"{place}: {mistake.loc[0]}: {mistake.words}"


def _sorted_out(found: Iterator[ListedCustomer | str]) -> CustomerList:
    everything = tuple(found)
    return CustomerList(
        tuple(one for one in everything if isinstance(one, ListedCustomer)),
        tuple(one for one in everything if isinstance(one, str)),
    )
