"""Addresses that letters are held back from, and held mails that are released: in memory, on SQLite, on PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailproc.adapters.blobs import FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine
from mailproc.adapters.store import SqlStore
from mailproc.desk.deliverability import BLOCKED_FOR
from mailproc.desk.events import MACHINE, Bounced, Merged, Silenced
from mailproc.ports import Clues, Store
from tests.build import ANN, NOW, NUMBER, a_decision, a_raw_mail, clues_to, opened, received
from tests.fakes import FakeStore

BOUNCED = Bounced(at=NOW, who=MACHINE, recipients=(ANN,), permanent=True, blocked=(ANN,))
SECOND = "2-000000002"


def kinds(store: Store, at: timedelta = timedelta(0)) -> list[str]:
    with store.transaction() as page:
        return sorted(one.kind for one in page.held_back([ANN.upper()], NOW + at))


def record(store: Store, key: str, **what: object) -> None:
    unit = a_raw_mail(key)
    with store.transaction() as page:
        page.outcome_of(key)
        page.record_mail(unit, clues_to(unit), a_decision(**what), [])


class AddressContract:
    def test_an_address_that_failed_is_held_back_for_a_while(self, store: Store) -> None:
        record(store, "xseries/1", events=(opened(), received(), BOUNCED))
        assert kinds(store) == ["undeliverable"]
        assert kinds(store, BLOCKED_FOR) == []

    def test_whoever_writes_is_written_to_again(self, store: Store) -> None:
        record(store, "xseries/1", events=(opened(), received(), BOUNCED))
        record(store, "xseries/2", outcome="joined", events=(received("xseries/2", role="machine"),))
        assert kinds(store) == ["undeliverable"]
        record(store, "xseries/3", outcome="joined", events=(received("xseries/3"),))
        assert kinds(store) == []

    def test_silence_lasts_as_long_as_its_window_whoever_writes(self, store: Store) -> None:
        until = NOW + timedelta(hours=1)
        silenced = Silenced(at=NOW, who=MACHINE, address=ANN, because="10 letters went there", until=until)
        record(store, "xseries/1", events=(opened(), received(), silenced))
        record(store, "xseries/2", outcome="joined", events=(received("xseries/2"),))
        assert kinds(store) == ["silenced"]
        assert kinds(store, timedelta(hours=1)) == []

    def test_a_released_mail_comes_back_as_its_senders(self, store: Store) -> None:
        unit = a_raw_mail("xseries/held")
        store.spool(NOW).keep([unit])
        (batch,) = list(store.spool(NOW).waiting())
        record(store, "xseries/1")
        record(store, "xseries/held", outcome="set aside", events=())
        store.spool(NOW).done(batch)
        record(store, "xseries/2", outcome="joined", events=(received("xseries/2"),), releases=("xseries/held",))
        again = [one for units in store.spool(NOW).waiting() for one in units]
        assert [(one.key, one.forced, one.content) for one in again] == [("xseries/held", True, unit.content)]

    def test_what_belongs_to_a_merged_request_belongs_to_the_other(self, store: Store) -> None:
        record(store, "xseries/1")
        merged = Merged(at=NOW, who=ANN, into=NUMBER)
        record(store, "xseries/2", number=SECOND, events=(opened(), received("xseries/2"), merged))
        with store.transaction() as page:
            found = page.request_for(Clues(proven=(SECOND,)))
        assert found is not None
        assert found.number == NUMBER


class TestFakeStore(AddressContract):
    @pytest.fixture
    def store(self) -> Store:
        return FakeStore()


class TestSqliteStore(AddressContract):
    @pytest.fixture
    def store(self, migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Store]:
        engine = open_engine(migrated_sqlite_url, tmp_path)
        yield SqlStore(engine, FileBlobs(tmp_path / "mail"), holder="one")
        engine.dispose()


class TestPostgresStore(AddressContract):
    @pytest.fixture
    def store(self, migrated_postgres_url: str, tmp_path: Path) -> Iterator[Store]:
        engine = open_engine(migrated_postgres_url, tmp_path)
        yield SqlStore(engine, TableBlobs(), holder="one")
        engine.dispose()
