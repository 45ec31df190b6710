"""Databases for the tests of this room: a new one is a copy of one with its tables, since making those takes time."""

import shutil
from pathlib import Path

import pytest

from mailproc.adapters.database import open_engine
from mailproc.adapters.schema import migrate
from tests.servers.postgres import Postgres, postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


def _migrated(url: str, folder: Path) -> None:
    engine = open_engine(url, folder)
    migrate(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    _migrated(f"sqlite:///{folder}/mailproc.db", folder)
    return folder / "mailproc.db"


@pytest.fixture(scope="session")
def _postgres_template(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = postgres.make_database()
    _migrated(url, tmp_path_factory.mktemp("template"))
    return url


@pytest.fixture
def migrated_sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite store without a row, its tables up to date."""
    shutil.copy(_sqlite_template, tmp_path / "mailproc.db")
    return f"sqlite:///{tmp_path}/mailproc.db"


@pytest.fixture
def migrated_postgres_url(postgres: Postgres, _postgres_template: str) -> str:
    """A PostgreSQL store without a row, its tables up to date."""
    return postgres.make_database(like=_postgres_template)


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The same test on both."""
    return str(request.getfixturevalue(f"migrated_{request.param}_url"))
