"""Cuts what waits into batches, by bytes and by number, so that many mails never fill the memory."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

MEGABYTE = 1024 * 1024


def in_batches(
    items: Iterable[Item], size: Callable[[Item], int], *, most_bytes: int, most: int
) -> Iterator[list[Item]]:
    """The items in their order, in lists of at most `most_bytes` together and `most` each.

    An item that is larger than `most_bytes` by itself comes alone.
    """
    batch: list[Item] = []
    weight = 0
    for item in items:
        its_size = size(item)
        if batch and (len(batch) >= most or weight + its_size > most_bytes):
            yield batch
            batch, weight = [], 0
        batch.append(item)
        weight += its_size
    if batch:
        yield batch
