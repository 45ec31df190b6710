"""One store, three ways: in memory, on SQLite, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailproc.adapters.blobs import FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine
from mailproc.adapters.store import SqlStore
from tests.adapters.store_contract import Daemons, StoreContract
from tests.fakes import FakeStore, Shelves


class TestFakeStore(StoreContract):
    @pytest.fixture
    def daemons(self) -> Daemons:
        shelves = Shelves()
        return lambda holder: FakeStore(shelves, holder)


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def daemons(self, migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Daemons]:
        engine = open_engine(migrated_sqlite_url, tmp_path)
        blobs = FileBlobs(tmp_path / "mail")
        yield lambda holder: SqlStore(engine, blobs, holder=holder)
        engine.dispose()


class TestPostgresStore(StoreContract):
    @pytest.fixture
    def daemons(self, migrated_postgres_url: str, tmp_path: Path) -> Iterator[Daemons]:
        engine = open_engine(migrated_postgres_url, tmp_path)
        yield lambda holder: SqlStore(engine, TableBlobs(), holder=holder)
        engine.dispose()
