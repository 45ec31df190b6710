"""What daemons do in processes of their own, and where they are killed."""

import os
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mailproc.adapters.blobs import Blobs, FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine, sqlite_file
from mailproc.adapters.store import SqlStore
from mailproc.ports import RawMail
from mailproc.queues import drain
from tests.build import NOW, a_decision, a_letter, clues_to, opened, received

STEPS = ("claimed", "recorded", "committed", "done")
"""Where a daemon may die: each name says what it had just finished."""


def open_store(url: str, folder: Path, holder: str) -> SqlStore:
    blobs: Blobs = FileBlobs(folder / "mail") if sqlite_file(url) else TableBlobs()
    return SqlStore(open_engine(url, folder), blobs, holder=holder)


def file_all(store: SqlStore, now: datetime = NOW) -> None:
    """Open a request with a letter for each mail in the spool, until none waits; a lost race is run again."""
    while drain(store.spool(now), lambda batch: file_them(store, batch)).later:
        continue


def file_them(store: SqlStore, batch: Sequence[RawMail]) -> None:
    with store.transaction() as page:
        for unit in batch:
            if page.outcome_of(unit.key) is None:
                number = page.next_number()
                events = (opened(subject=unit.key), received(unit.key))
                decision = a_decision(number=number, events=events)
                page.record_mail(unit, clues_to(unit), decision, [a_letter(f"letter for {unit.key}", number=number)])


def work_as(holder: str, url: str, folder: Path) -> None:
    """A whole daemon's turn at the spool."""
    store = open_store(url, folder, holder)
    file_all(store)


def die_after(step: str, url: str, folder: Path) -> None:
    """A daemon that is killed right after this step."""
    store = open_store(url, folder, "killed")
    spool = store.spool(NOW)
    waiting = spool.waiting()  # kept, since a generator that is dropped lets go of what it handed out
    batch = next(waiting)
    _die_if(step == "claimed")
    with store.transaction() as page:
        (unit,) = batch
        number = page.next_number()
        decision = a_decision(number=number)
        page.record_mail(unit, clues_to(unit), decision, [a_letter("letter", number=number)])
        _die_if(step == "recorded")
    _die_if(step == "committed")
    spool.done(batch)
    _die_if(step == "done")


def _die_if(now: object) -> None:
    if now:
        os.kill(os.getpid(), signal.SIGKILL)
