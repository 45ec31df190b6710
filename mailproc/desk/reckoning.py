"""One run of a clock: when it falls due, how much of it is spent, and the account of it.

A run is what a clock did since it last started, as stretches in which time counted. Whatever follows a pause
is the rest of the target, reckoned from the moment of resuming: open time for business targets, elapsed time
for others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from mailproc.desk.hours import (
    Region,
    after_open_time,
    moment_after,
    moment_in_words,
    open_time,
    passed_in_words,
    reckoned_in_words,
)
from mailproc.desk.policy import Target

Phase = Literal["runs", "paused", "met", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Time during which a clock ran: to `end`, or still running where that is None."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Time during which a clock stood still, and why."""

    start: datetime
    end: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """The level became `level` while the clock ran."""

    at: datetime
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The moment `until` that staff promised at `at` in place of the ordinary period."""

    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a clock did since it last started.

    `began` says in words what started it. `phase` is what it does since `since`, because of `because`. `level`
    is the one it is judged by: that of the moment at which it was met, else the present one.
    """

    start: datetime
    began: str
    level: int
    phase: Phase
    since: datetime
    because: str
    stretches: tuple[Stretch, ...] = ()
    gaps: tuple[Gap, ...] = ()
    level_changes: tuple[LevelChange, ...] = ()
    aim: Aim | None = None


def due_of(run: Run, target: Target, region: Region) -> datetime | None:
    """When the run falls or fell due, in UTC. None where it stands still before it came to that.

    A met run's due moment is the one it had when it was met. A pause never makes it earlier.
    """
    if not run.stretches:
        return None
    if run.aim:
        return max(run.aim.until, run.aim.at) if run.phase == "runs" else None
    unpaused = moment_after(region, run.stretches[0].start, target)
    if _counted(run)[0].end is None:
        return unpaused
    due = _moment(run, target, region, _budget(run, target, region))
    return None if due is None else max(due, unpaused)


def share_of(run: Run, target: Target, region: Region, percent: int) -> datetime | None:
    """The moment at which so many hundredths of the run's time have passed; None where they have not."""
    if not run.stretches:
        return None
    if run.aim:
        return run.aim.at + max(run.aim.until - run.aim.at, timedelta()) * percent / 100
    return _moment(run, target, region, _budget(run, target, region) * percent / 100)


def spent_of(run: Run, target: Target, region: Region, now: datetime) -> timedelta:
    """How much time counted up to `now`: open time for business targets, elapsed time for others."""
    parts = (_between(region, target, one.start, min(one.end or now, now)) for one in run.stretches if one.start < now)
    return sum(parts, timedelta())


def percent_of(run: Run, target: Target, region: Region, now: datetime) -> int:
    """How many hundredths of the run's time were used by `now` (aware); 100 where there was none to use."""
    if run.aim:
        whole, used = run.aim.until - run.aim.at, now - run.aim.at
    elif run.stretches:
        whole, used = _budget(run, target, region), spent_of(run, target, region, now)
    else:
        return 0
    return max(int(100 * (used / whole)), 0) if whole > timedelta() else 100


def run_in_words(run: Run, target: Target, region: Region, due: datetime | None) -> Iterator[str]:
    """The account of a run: start, target, how the time went by, pauses, what ended it, due."""
    yield f"{run.began} {moment_in_words(region, run.start)} ({region.place})"
    yield f"level {run.level}: {target}"
    for change in run.level_changes:
        yield f"level {change.level} from {moment_in_words(region, change.at)}, the time already spent counts"
    yield from _passing_in_words(run, target, region, due)
    for gap in run.gaps:
        start, end = moment_in_words(region, gap.start), moment_in_words(region, gap.end)
        yield f"stood still from {start} to {end} ({gap.because})"
    if due is not None:
        yield f"due {moment_in_words(region, due)} ({region.place})"
    if run.phase == "met":
        late = due is not None and run.since > due
        yield f"met {moment_in_words(region, run.since)}, {'late' if late else 'in time'} ({run.because})"
    elif run.phase != "runs":
        yield f"{run.phase} {moment_in_words(region, run.since)} ({run.because})"


def _passing_in_words(run: Run, target: Target, region: Region, due: datetime | None) -> tuple[str, ...]:
    if run.aim:
        return (f"promised {moment_in_words(region, run.aim.at)} for {moment_in_words(region, run.aim.until)}",)
    stretches = _counted(run)
    if due is not None and stretches[0].end is None:
        return reckoned_in_words(region, stretches[0].start, due, target)
    ends = ((one.start, one.end or due) for one in stretches)
    return passed_in_words(region, tuple((start, end) for start, end in ends if end is not None), target)


def _counted(run: Run) -> tuple[Stretch, ...]:
    """The stretches, the last one left open where the run was met in it: it would have gone on to its due moment."""
    if run.phase == "met" and run.stretches and run.stretches[-1].end == run.since:
        return (*run.stretches[:-1], replace(run.stretches[-1], end=None))
    return run.stretches


def _budget(run: Run, target: Target, region: Region) -> timedelta:
    start = run.stretches[0].start
    return _between(region, target, start, moment_after(region, start, target))


def _moment(run: Run, target: Target, region: Region, budget: timedelta) -> datetime | None:
    for one in _counted(run):
        at = after_open_time(region, one.start, budget) if target.business else one.start + budget
        if one.end is None or at <= one.end:
            return at
        budget -= _between(region, target, one.start, one.end)
    return None


def _between(region: Region, target: Target, start: datetime, end: datetime) -> timedelta:
    return open_time(region, start, end) if target.business else end - start
