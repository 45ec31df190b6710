"""Several daemons on one database: each unit once, and nothing lost where one of them dies."""

import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from mailproc.adapters.store import SqlStore
from mailproc.queues import Later
from tests.adapters.claiming import STEPS, die_after, file_all, file_them, open_store, work_as
from tests.adapters.store_contract import HOUR
from tests.build import NOW, a_decision, a_raw_mail, clues_to

_WITHIN = 60  # seconds for a child to end: a limit, not a measurement


@pytest.fixture
def url(migrated_url: str) -> str:
    return migrated_url


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[SqlStore]:
    store = open_store(url, tmp_path, "test")
    yield store
    store.engine.dispose()


def spooled(store: SqlStore, many: int) -> list[str]:
    kept = [a_raw_mail(f"xseries/{number:04d}") for number in range(many)]
    store.spool(NOW).keep(kept)
    return [unit.key for unit in kept]


def in_processes(target: object, *arguments: tuple[object, ...]) -> list[BaseProcess]:
    forking = get_context("forkserver")  # a fork of the tests' own process would share its connections
    forking.set_forkserver_preload(["tests.adapters.claiming"])
    processes = [forking.Process(target=target, args=one) for one in arguments]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join(_WITHIN)
    return list(processes)


def subjects(store: SqlStore) -> list[str]:
    return sorted(one.subject for one in store.ledger.requests())


def test_threads_share_the_spool_and_each_mail_is_handed_out_once(store: SqlStore, url: str, tmp_path: Path) -> None:
    keys = spooled(store, 300)

    def take(holder: int) -> list[str]:
        mine = open_store(url, tmp_path, f"daemon {holder}")
        taken = [unit.key for batch in mine.spool(NOW).waiting() for unit in batch]
        mine.engine.dispose()
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = Counter(key for keys in pool.map(take, range(4)) for key in keys)
    assert taken == Counter(keys)


def test_processes_share_the_work_and_each_mail_becomes_one_request(store: SqlStore, url: str, tmp_path: Path) -> None:
    keys = spooled(store, 200)
    ended = in_processes(work_as, *((f"daemon {number}", url, tmp_path) for number in range(3)))
    assert [process.exitcode for process in ended] == [0, 0, 0]
    assert subjects(store) == keys
    assert [one.number for one in store.ledger.requests()] == [f"2-{number:09d}" for number in range(1, 201)]
    assert sorted(one.letter.key for one in store.ledger.letters()) == [f"letter for {key}" for key in keys]


@pytest.mark.parametrize("step", STEPS)
def test_a_mail_whose_daemon_is_killed_is_filed_once(store: SqlStore, url: str, tmp_path: Path, step: str) -> None:
    spooled(store, 1)
    (killed,) = in_processes(die_after, (step, url, tmp_path))
    assert killed.exitcode == -signal.SIGKILL
    file_all(store, NOW + HOUR)
    assert [one.number for one in store.ledger.requests()] == ["2-000000001"]
    assert len(store.ledger.letters()) == 1
    assert list(store.spool(NOW + 100 * HOUR).waiting()) == []


def test_a_daemon_that_is_the_only_one_takes_over_at_once(store: SqlStore, url: str, tmp_path: Path) -> None:
    keys = spooled(store, 1)
    in_processes(die_after, ("claimed", url, tmp_path))
    file_all(store)
    assert subjects(store) == []
    store.take_over()
    file_all(store)
    assert subjects(store) == keys


def test_a_batch_that_was_filed_twice_is_filed_once(store: SqlStore) -> None:
    keys = spooled(store, 5)
    (batch,) = store.spool(NOW).waiting()
    file_them(store, batch)
    file_them(store, batch)
    assert subjects(store) == keys


def test_one_daemon_collects_a_mailbox_until_it_is_silent(url: str, store: SqlStore, tmp_path: Path) -> None:
    other = open_store(url, tmp_path, "other")
    minute = HOUR / 60
    assert store.hold_mailbox("xseries", NOW)
    assert not other.hold_mailbox("xseries", NOW)
    assert store.hold_mailbox("xseries", NOW + minute / 2)
    assert not other.hold_mailbox("xseries", NOW + minute)
    assert other.hold_mailbox("xseries", NOW + 2 * minute)
    assert not store.hold_mailbox("xseries", NOW + 2 * minute)
    store.release_mailbox("xseries")
    assert not store.hold_mailbox("xseries", NOW + 2 * minute)
    other.release_mailbox("xseries")
    assert store.hold_mailbox("xseries", NOW + 2 * minute)
    other.engine.dispose()


def test_the_secret_is_made_once_whoever_comes_first(store: SqlStore, url: str, tmp_path: Path) -> None:
    others = [open_store(url, tmp_path, f"daemon {number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(SqlStore.secret, others))
    assert found == {store.secret()}
    assert len(store.secret()) == 32
    for other in others:
        other.engine.dispose()


def test_a_mail_that_two_daemons_file_at_the_same_moment_is_filed_by_one(
    migrated_postgres_url: str, tmp_path: Path
) -> None:
    one, two = (open_store(migrated_postgres_url, tmp_path, holder) for holder in ("one", "two"))
    unit = a_raw_mail()

    def file_while_another_does() -> None:
        with one.transaction() as late:
            assert late.outcome_of(unit.key) is None
            with two.transaction() as early:
                early.record_mail(unit, clues_to(unit), a_decision(number="2-000000001"), [])
            late.record_mail(unit, clues_to(unit), a_decision(number="2-000000002"), [])

    with pytest.raises(Later, match="another daemon"):
        file_while_another_does()
    assert [request.number for request in one.ledger.requests()] == ["2-000000001"]
    one.engine.dispose()
    two.engine.dispose()
