"""What waits is cut into batches without losing anything."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mailproc.adapters.batches import in_batches

SIZES = st.lists(st.integers(0, 30), max_size=40)


@given(SIZES, st.integers(1, 40), st.integers(1, 8))
def test_every_item_comes_once_and_in_order(sizes: list[int], most_bytes: int, most: int) -> None:
    batches = list(in_batches(sizes, int, most_bytes=most_bytes, most=most))
    assert [size for batch in batches for size in batch] == sizes
    assert all(batches)


@given(SIZES, st.integers(1, 40), st.integers(1, 8))
def test_no_batch_passes_its_limits_but_one_that_holds_a_single_large_item(
    sizes: list[int], most_bytes: int, most: int
) -> None:
    for batch in in_batches(sizes, int, most_bytes=most_bytes, most=most):
        assert len(batch) <= most
        assert sum(batch) <= most_bytes or len(batch) == 1


@given(SIZES, st.integers(1, 40), st.integers(1, 8))
def test_no_batch_could_have_taken_the_next_item(sizes: list[int], most_bytes: int, most: int) -> None:
    batches = list(in_batches(sizes, int, most_bytes=most_bytes, most=most))
    for batch, following in pairwise(batches):
        assert len(batch) == most or sum(batch) + following[0] > most_bytes
