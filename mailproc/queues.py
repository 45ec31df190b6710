"""Where work waits, and how a queue is drained.

A mailbox, the spool, the due deadlines and the outbox are the same thing: a place where units wait. Here is
the only loop over them and the only broad `except`, so that the story in `pipeline` needs neither.

Units come in batches, so that many can share one transaction or one command to a server. A batch that fails
is taken apart and each of its units tried alone: one bad unit never stops the others.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

Unit = TypeVar("Unit")


class Unavailable(Exception):  # noqa: N818 - it tells a state of the world
    """Nobody answers: leave everything as it is and come back."""


class Later(Exception):  # noqa: N818 - it tells what to do
    """A unit cannot be done now. `after` says how long to wait, which is no failure; None leaves it to the queue."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Refused(Exception):  # noqa: N818 - it tells what was decided
    """A unit will never be done as it is: a person must look."""


class Queue(Protocol[Unit]):
    """A place where units wait. Every method may raise Unavailable."""

    def waiting(self) -> Generator[Sequence[Unit], None, None]:
        """Batches of units that may be worked on now, oldest first; a unit is handed out once in each call.

        Closing it before its end gives back at once what was handed out and not ended.
        """
        ...

    def done(self, units: Sequence[Unit]) -> None:
        """Let go of these. Saying it twice is as good as once."""
        ...

    def retry_later(self, unit: Unit, why: str, after: timedelta | None = None) -> None:
        """Keep this one and hand it out again after a pause that grows."""
        ...

    def quarantine(self, unit: Unit, why: str) -> None:
        """Put this one where a person will find it, and never hand it out again by itself."""
        ...


@dataclass(slots=True)
class Tally(Generic[Unit]):
    """What became of the units of one draining.

    `troubles` holds the exceptions of units that were set aside, for the log.
    """

    done: int = 0
    later: int = 0
    quarantined: int = 0
    troubles: list[tuple[Unit, Exception]] = field(default_factory=list)


def drain(
    queue: Queue[Unit], work: Callable[[Sequence[Unit]], None], until: Callable[[], bool] = lambda: False
) -> Tally[Unit]:
    """Work on whatever waits, until nothing does or `until` says so.

    Unavailable leaves the rest as it is and is raised on.
    """
    tally: Tally[Unit] = Tally()
    with closing(queue.waiting()) as batches:
        for batch in batches:
            _work_on(queue, batch, work, tally)
            if until():
                break
    return tally


def attempt(work: Callable[[], object]) -> Exception | None:
    """Do this, and give back what went wrong: for a loop that must outlive whatever its work meets."""
    try:
        work()
    except Exception as trouble:  # noqa: BLE001 - a bug in one loop leaves the others at work
        return trouble
    return None


def _work_on(
    queue: Queue[Unit], batch: Sequence[Unit], work: Callable[[Sequence[Unit]], None], tally: Tally[Unit]
) -> None:
    try:
        work(batch)
    except Unavailable:
        raise
    except Later as trouble:
        if len(batch) == 1:
            queue.retry_later(batch[0], str(trouble), trouble.after)
            tally.later += 1
            tally.troubles.append((batch[0], trouble))
            return
    except Exception as trouble:  # noqa: BLE001 - a bug stops one unit, not the daemon
        if len(batch) == 1:
            queue.quarantine(batch[0], _told(trouble))
            tally.quarantined += 1
            tally.troubles.append((batch[0], trouble))
            return
    else:
        _let_go(queue, batch)
        tally.done += len(batch)
        return
    for unit in batch:
        _work_on(queue, [unit], work, tally)


def _let_go(queue: Queue[Unit], batch: Sequence[Unit]) -> None:
    """The work is done, so that trying the batch once more would do it twice: whoever hands it out must come back."""
    try:
        queue.done(batch)
    except Later as trouble:
        raise Unavailable(str(trouble)) from trouble


def _told(trouble: Exception) -> str:
    """A refusal in its own words; of any other exception only its kind, since its text may hold mail."""
    return str(trouble) if isinstance(trouble, Refused) else f"unexpected {type(trouble).__name__}"
