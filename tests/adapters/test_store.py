"""One store, three ways: in memory, on SQLite, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailproc.adapters.blobs import FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine
from mailproc.adapters.schema import migrate
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
    def daemons(self, tmp_path: Path) -> Iterator[Daemons]:
        engine = open_engine(f"sqlite:///{tmp_path}/mailproc.db", tmp_path)
        migrate(engine)
        blobs = FileBlobs(tmp_path / "mail")
        yield lambda holder: SqlStore(engine, blobs, holder=holder)
        engine.dispose()


class TestPostgresStore(StoreContract):
    @pytest.fixture
    def daemons(self, postgres_url: str, tmp_path: Path) -> Iterator[Daemons]:
        engine = open_engine(postgres_url, tmp_path)
        migrate(engine)
        yield lambda holder: SqlStore(engine, TableBlobs(), holder=holder)
        engine.dispose()
