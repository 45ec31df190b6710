"""The daemon: keeps the four verbs of the story ticking until it is told to stop.

Every mailbox has a worker of its own, so that one that cannot be reached never holds up another; filing mail and
watching the clock share one, sending has one. `schedule` only ticks: what is due stands in the store, so a tick that
was missed loses nothing. A worker that meets an absent world comes back after a pause that grows.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import FrameType

import schedule
import structlog

from mailproc.adapters.clock import SystemClock
from mailproc.assembly import Parts, open_parts
from mailproc.config import ConfigurationMistakes, Settings
from mailproc.logbook import LogListener
from mailproc.queues import Unavailable, attempt
from mailproc.rounds import Stopping, collect_from, file_and_remind, send_letters, write_digests

LONGEST_PAUSE = timedelta(minutes=15)
TICK = timedelta(seconds=2)
"""How often the spool, the deadlines and the outbox are looked at."""
DIGEST_TICK = timedelta(seconds=20)
"""How often we look whether the moment of a digest has come."""
STOP_WITHIN = timedelta(seconds=5)
"""How long the workers may take for the unit in hand; what they leave is taken up at the next start."""
CUT_WITHIN = timedelta(seconds=0.5)
"""How long those may take whose connections were cut: a thread that writes to the log must not meet the end of all."""
REOPEN_AFTER = timedelta(seconds=15)
"""How long a daemon that was at work waits for a store that went absent while the configuration was read again."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tick:
    """What a worker does again and again; `work` is handed the question whether to stop after the batch in hand."""

    name: str
    every: timedelta
    work: Callable[[Stopping], object]


class Worker(threading.Thread):
    """One thread that ticks until it is told to stop."""

    def __init__(self, tick: Tick) -> None:
        super().__init__(name=tick.name, daemon=True)
        self._tick = tick
        self._pause = tick.every
        self._stopping = threading.Event()
        self._scheduler = schedule.Scheduler()

    def run(self) -> None:
        self._once()
        while not self._stopping.is_set():
            self._scheduler.run_pending()
            idle = self._scheduler.idle_seconds
            # At most a second, so that a step of the system's clock is outlived.
            self._stopping.wait(min(max(0.05, 1.0 if idle is None else idle), 1.0))

    def stop(self) -> None:
        """End after the unit in hand."""
        self._stopping.set()

    def _once(self) -> None:
        trouble = attempt(lambda: self._tick.work(self._stopping.is_set))
        if trouble is None:
            self._pause = self._tick.every
        else:
            self._pause = max(self._tick.every, min(self._pause * 2, LONGEST_PAUSE))
            why = str(trouble) if isinstance(trouble, Unavailable) else f"unexpected {type(trouble).__name__}"
            log.warning("worker-waits", worker=self.name, why=why, seconds=round(self._pause.total_seconds()))
        self._scheduler.clear()
        self._scheduler.every(max(1, round(self._pause.total_seconds()))).seconds.do(self._once)


class Signals:
    """What the operator asks by signals: SIGTERM and SIGINT end, SIGHUP reads the configuration again."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self.ending = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGHUP, self._reload)

    def wait(self, most: timedelta | None = None) -> None:
        """Until a signal comes, or at most so long."""
        self._asked.wait(most.total_seconds() if most else None)
        self._asked.clear()

    def _end(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a handler
        self.ending = True
        self._asked.set()

    def _reload(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a handler
        self._asked.set()


def run(load: Callable[[], Settings]) -> None:
    """Work until SIGTERM or SIGINT. `load` reads the configuration, now and at each SIGHUP.

    Raises ConfigurationMistakes and Unavailable only before work begins.
    """
    # `schedule` reckons in local time: without summer time no tick is early, late or doubled.
    os.environ["TZ"] = "UTC"
    time.tzset()
    signals = Signals()
    settings = load()
    workers: list[Worker] = []
    while not signals.ending:
        try:
            with open_parts(settings, SystemClock(), LogListener()) as parts:
                workers = _started(parts)
                settings = _awaited(load, signals, settings)
                _stop(workers)
        except Unavailable as trouble:
            if not workers:
                raise
            log.warning("store-absent", why=str(trouble), seconds=REOPEN_AFTER.total_seconds())
            signals.wait(REOPEN_AFTER)
            continue
        _join(workers, CUT_WITHIN)  # closing cut the connections on which some of them waited
    log.info("stopped")


def _started(parts: Parts) -> list[Worker]:
    workers = [Worker(tick) for tick in _ticks(parts)]
    for worker in workers:
        worker.start()
    log.info("started", mailboxes=[mailbox.name for mailbox in parts.mailboxes])
    return workers


def _stop(workers: list[Worker]) -> None:
    """Give the workers their time to end."""
    for worker in workers:
        worker.stop()
    _join(workers, STOP_WITHIN)


def _join(workers: list[Worker], within: timedelta) -> None:
    patience = time.monotonic() + within.total_seconds()
    for worker in workers:
        worker.join(max(0.0, patience - time.monotonic()))


def _ticks(parts: Parts) -> list[Tick]:
    polls = {box.name: box.poll for box in parts.settings.file.mailboxes}
    collecting = [
        Tick(f"collect {mailbox.name}", polls[mailbox.name], partial(collect_from, mailbox, parts))
        for mailbox in parts.mailboxes
    ]
    return [
        *collecting,
        Tick("file and remind", TICK, partial(file_and_remind, parts)),
        Tick("write digests", DIGEST_TICK, partial(write_digests, parts)),
        Tick("send", TICK, partial(send_letters, parts)),
    ]


def _awaited(load: Callable[[], Settings], signals: Signals, settings: Settings) -> Settings:
    """Wait for the end, or for a configuration to go on with.

    One that has mistakes is told in the log and disturbs nothing: what works was made of files that may be gone.
    """
    while True:
        signals.wait()
        if signals.ending:
            return settings
        try:
            return load()
        except ConfigurationMistakes as trouble:
            log.error("configuration-not-reloaded", mistakes=trouble.mistakes)  # noqa: TRY400 - the mistakes say it all
