"""The mark of a folder never passes a mail that still waits."""

from hypothesis import given
from hypothesis import strategies as st

from mailproc.adapters.progress import Progress

UIDS = st.sets(st.integers(1, 40), max_size=20)


@given(UIDS, st.lists(st.sets(st.integers(1, 40)), max_size=6))
def test_nothing_at_or_below_the_mark_is_unsettled(uids: set[int], settlings: list[set[int]]) -> None:
    progress = Progress(uidvalidity=7, mark=0)
    waiting = set(progress.found(uids))
    for settled in settlings:
        waiting -= settled
        progress.settle(settled & uids)
        assert all(uid > progress.mark for uid in waiting)
        progress.start_over(progress.mark)
        assert set(progress.found(uids)) == waiting


@given(UIDS, UIDS, UIDS)
def test_what_was_not_looked_at_is_not_passed(lower: set[int], settled: set[int], again: set[int]) -> None:
    progress = Progress(uidvalidity=7, mark=0)
    progress.found(lower | settled)
    progress.settle(settled - lower)
    progress.start_over(progress.mark)
    progress.settle(again - lower)
    assert set(progress.found(lower | settled)) >= lower


@given(UIDS.filter(bool))
def test_the_mark_reaches_the_last_when_all_are_settled(uids: set[int]) -> None:
    progress = Progress(uidvalidity=7, mark=0)
    progress.found(uids)
    for uid in uids:
        progress.settle([uid])
    assert progress.mark == max(uids)


@given(UIDS, UIDS)
def test_the_mark_never_falls(uids: set[int], settled: set[int]) -> None:
    progress = Progress(uidvalidity=7, mark=5)
    progress.found(uids)
    rose = progress.settle(settled)
    assert progress.mark >= 5
    assert rose == (progress.mark > 5)
