"""A queue is drained to its end, whatever one of its units does."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.queues import Later, Refused, Unavailable, drain


@dataclass
class Numbers:
    """A queue of numbers, in batches of `batch`."""

    numbers: list[int]
    batch: int = 3
    gone: list[int] = field(default_factory=list)
    later: list[tuple[int, str, timedelta | None]] = field(default_factory=list)
    quarantined: list[tuple[int, str]] = field(default_factory=list)

    def waiting(self) -> Generator[Sequence[int], None, None]:
        handed = list(self.numbers)
        for start in range(0, len(handed), self.batch):
            yield handed[start : start + self.batch]

    def done(self, units: Sequence[int]) -> None:
        self.gone += units
        self.numbers = [number for number in self.numbers if number not in units]

    def retry_later(self, unit: int, why: str, after: timedelta | None = None) -> None:
        self.later.append((unit, why, after))

    def quarantine(self, unit: int, why: str) -> None:
        self.quarantined.append((unit, why))
        self.numbers.remove(unit)


@dataclass
class Work:
    """Does every number but those that it is told to fail at; `ended` are those whose work came to its end."""

    failing: dict[int, Exception] = field(default_factory=dict)
    ended: list[int] = field(default_factory=list)
    batches: list[list[int]] = field(default_factory=list)

    def __call__(self, batch: Sequence[int]) -> None:
        self.batches.append(list(batch))
        for number in batch:
            if number in self.failing:
                raise self.failing[number]
        self.ended += batch


def test_everything_that_waits_is_done_batch_by_batch() -> None:
    queue, work = Numbers([1, 2, 3, 4, 5]), Work()
    tally = drain(queue, work)
    assert work.batches == [[1, 2, 3], [4, 5]]
    assert queue.gone == [1, 2, 3, 4, 5]
    assert (tally.done, tally.later, tally.quarantined, tally.troubles) == (5, 0, 0, [])


def test_an_empty_queue_gives_no_work() -> None:
    work = Work()
    assert drain(Numbers([]), work).done == 0
    assert work.batches == []


@pytest.mark.parametrize("bug", [KeyError("x"), ZeroDivisionError(), RecursionError()])
def test_a_bug_quarantines_one_unit_and_the_rest_go_on(bug: Exception) -> None:
    queue, work = Numbers([1, 2, 3, 4]), Work({2: bug})
    tally = drain(queue, work)
    assert queue.gone == [1, 3, 4]
    assert queue.quarantined == [(2, f"unexpected {type(bug).__name__}")]
    assert tally.troubles == [(2, bug)]


def test_the_words_of_a_bug_are_not_kept_since_they_may_hold_mail() -> None:
    queue = Numbers([1])
    drain(queue, Work({1: ValueError("Dear support, our password is hunter2")}))
    assert queue.quarantined == [(1, "unexpected ValueError")]


def test_a_refusal_quarantines_in_its_own_words() -> None:
    queue = Numbers([1, 2])
    tally = drain(queue, Work({1: Refused("550 no such user")}))
    assert queue.quarantined == [(1, "550 no such user")]
    assert (tally.done, tally.quarantined) == (1, 1)


@pytest.mark.parametrize("after", [None, timedelta(minutes=5)])
def test_later_keeps_one_unit_for_its_time_and_the_rest_go_on(after: timedelta | None) -> None:
    queue = Numbers([1, 2, 3])
    tally = drain(queue, Work({3: Later("451 busy", after)}))
    assert queue.later == [(3, "451 busy", after)]
    assert queue.numbers == [3]
    assert (tally.done, tally.later) == (2, 1)


def test_where_nobody_answers_all_is_left_as_it_is() -> None:
    queue = Numbers([1, 2, 3, 4, 5])
    with pytest.raises(Unavailable):
        drain(queue, Work({4: Unavailable("the server is down")}))
    assert queue.gone == [1, 2, 3]
    assert queue.numbers == [4, 5]
    assert (queue.later, queue.quarantined) == ([], [])


def test_where_nobody_answers_within_a_batch_taken_apart_what_was_done_stays_done() -> None:
    queue = Numbers([1, 2, 3])

    def work(batch: Sequence[int]) -> None:
        if len(batch) > 1:
            raise KeyError(batch)
        if batch[0] == 2:
            raise Unavailable("the server is down")

    with pytest.raises(Unavailable):
        drain(queue, work)
    assert queue.gone == [1]
    assert queue.numbers == [2, 3]


def test_until_ends_after_the_batch_in_hand() -> None:
    queue, work = Numbers([1, 2, 3, 4, 5]), Work()
    tally = drain(queue, work, until=lambda: len(work.ended) >= 3)
    assert queue.gone == [1, 2, 3]
    assert queue.numbers == [4, 5]
    assert tally.done == 3


def test_keyboard_interrupt_is_no_bug_of_a_unit() -> None:
    def interrupted(batch: Sequence[int]) -> None:
        raise KeyboardInterrupt

    queue = Numbers([1])
    with pytest.raises(KeyboardInterrupt):
        drain(queue, interrupted)
    assert queue.numbers == [1]


TROUBLES = st.sampled_from([Later("later"), Refused("never"), KeyError("bug")])


@given(st.sets(st.integers(0, 30)), st.dictionaries(st.integers(0, 30), TROUBLES), st.integers(1, 7))
def test_each_unit_ends_in_one_place_whatever_fails(
    numbers: set[int], failing: dict[int, Exception], batch: int
) -> None:
    queue, work = Numbers(sorted(numbers), batch), Work(failing)
    tally = drain(queue, work)
    put_off = {number for number, _, _ in queue.later}
    aside = {number for number, _ in queue.quarantined}
    assert put_off == {number for number in numbers if isinstance(failing.get(number), Later)}
    assert aside == (numbers & failing.keys()) - put_off
    assert sorted(queue.gone) == sorted(numbers - failing.keys())
    assert (tally.done, tally.later, tally.quarantined) == (len(queue.gone), len(put_off), len(aside))


@given(st.sets(st.integers(0, 30)), st.dictionaries(st.integers(0, 30), TROUBLES), st.integers(1, 7))
def test_no_work_that_came_to_its_end_is_done_again(
    numbers: set[int], failing: dict[int, Exception], batch: int
) -> None:
    work = Work(failing)
    drain(Numbers(sorted(numbers), batch), work)
    assert len(work.ended) == len(set(work.ended))
