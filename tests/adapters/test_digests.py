"""Digests in the store, three ways: in memory, on SQLite, on PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailproc.adapters.blobs import FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine
from mailproc.adapters.store import SqlStore
from mailproc.desk.events import StatusSet
from mailproc.ports import DigestTold, Letter, Store
from tests.adapters.store_contract import Daemons
from tests.build import NOW, NUMBER, a_decision, a_letter, a_raw_mail, clues_to
from tests.fakes import FakeStore, Shelves

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


class DigestContract:
    """Digests are remembered by region, and written once for each moment."""

    def told(self, moment: datetime) -> DigestTold:
        return DigestTold(moment=moment, at=moment + MINUTE)

    def write(self, store: Store, region: str, moment: datetime, letter: Letter) -> bool:
        with store.transaction() as page:
            return page.record_digest(region, self.told(moment), [letter])

    def test_a_digest_is_written_by_whoever_comes_first(self, daemons: Daemons) -> None:
        one, other = daemons("one"), daemons("other")
        assert self.write(one, "emea", NOW, a_letter("digest/one"))
        assert not self.write(other, "emea", NOW, a_letter("digest/other"))
        assert [letter.key for batch in one.outbox(NOW + HOUR).waiting() for letter in batch] == ["digest/one"]
        assert dict(other.digests()) == {"emea": self.told(NOW)}

    def test_an_older_digest_does_not_take_the_place_of_a_newer_one(self, daemons: Daemons) -> None:
        store = daemons("one")
        assert self.write(store, "emea", NOW, a_letter("digest/new"))
        assert not self.write(store, "emea", NOW - HOUR, a_letter("digest/old"))
        with store.transaction() as page:
            assert page.last_digest("emea") == self.told(NOW)
            assert page.last_digest("amer") is None

    def test_a_digest_tells_of_what_is_open_and_of_what_was_closed_since(self, daemons: Daemons) -> None:
        store = daemons("one")
        with store.transaction() as page:
            unit = a_raw_mail()
            page.record_mail(unit, clues_to(unit), a_decision(), [])
        with store.transaction() as page:
            (request,) = page.requests_of("emea", NOW)
            assert (request.number, bool(request.history)) == (NUMBER, True)
            assert list(page.requests_of("amer", NOW)) == []
            closing = StatusSet(at=NOW + HOUR, who="alice@vendor.example", status="closed", because="done")
            page.record(a_decision(events=(closing,)), [])
        with store.transaction() as page:
            assert [one.number for one in page.requests_of("emea", NOW + HOUR)] == [NUMBER]
            assert list(page.requests_of("emea", NOW + 2 * HOUR)) == []


class TestDigestsInMemory(DigestContract):
    @pytest.fixture
    def daemons(self) -> Daemons:
        shelves = Shelves()
        return lambda holder: FakeStore(shelves, holder)


class TestDigestsOnSqlite(DigestContract):
    @pytest.fixture
    def daemons(self, migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Daemons]:
        engine = open_engine(migrated_sqlite_url, tmp_path)
        blobs = FileBlobs(tmp_path / "mail")
        yield lambda holder: SqlStore(engine, blobs, holder=holder)
        engine.dispose()


class TestDigestsOnPostgres(DigestContract):
    @pytest.fixture
    def daemons(self, migrated_postgres_url: str, tmp_path: Path) -> Iterator[Daemons]:
        engine = open_engine(migrated_postgres_url, tmp_path)
        yield lambda holder: SqlStore(engine, TableBlobs(), holder=holder)
        engine.dispose()
