"""How the database is opened, guarded and brought into shape."""

import os
import shutil
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from mailproc.adapters import schema
from mailproc.adapters.blobs import TableBlobs
from mailproc.adapters.database import (
    AlreadyRunning,
    DatabaseFault,
    looking,
    open_engine,
    refuse_second_daemon,
    sqlite_file,
    writing,
)
from mailproc.adapters.models import COUNTERS, SETTINGS
from mailproc.adapters.schema import WrongSchema, check_schema, migrate, newest_revision
from mailproc.adapters.store import SqlStore
from mailproc.queues import Later, Unavailable
from tests.build import NUMBER, a_decision, a_raw_mail, a_request, clues_to
from tests.servers.postgres import Postgres


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path}/var/mailproc.db", tmp_path / "data")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    engine = open_engine(str(request.getfixturevalue("postgres_url")), tmp_path)
    yield engine
    engine.dispose()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def put(connection: Connection, name: str, value: str) -> None:
    connection.execute(sa.insert(SETTINGS), [{"name": name, "value": value}])


def written(engine: Engine, name: str, value: str) -> None:
    with writing(engine) as connection:
        put(connection, name, value)


def settings(engine: Engine) -> dict[str, str]:
    with looking(engine) as connection:
        return {row.name: row.value for row in connection.execute(sa.select(SETTINGS))}


class TestSqlite:
    def test_nobody_else_can_read_the_files(self, sqlite: Engine, tmp_path: Path) -> None:
        migrate(sqlite)
        written(sqlite, "a", "b")
        assert mode(tmp_path / "data") == 0o700
        files = list((tmp_path / "var").glob("mailproc.db*"))
        assert tmp_path / "var" / "mailproc.db-wal" in files
        assert {mode(file) for file in files} == {0o600}

    def test_a_commit_survives_a_power_cut(self, sqlite: Engine) -> None:
        with looking(sqlite) as connection:
            pragmas = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
        assert pragmas == ["wal", 2, 1]

    def test_read_modify_writes_at_once_lose_nothing(self, sqlite: Engine) -> None:
        migrate(sqlite)
        with writing(sqlite) as connection:
            connection.execute(sa.insert(COUNTERS), [{"name": "n", "value": 0}])

        def count(_: int) -> None:
            with writing(sqlite) as connection:
                value = connection.execute(sa.select(COUNTERS.c.value)).scalar_one()
                connection.execute(sa.update(COUNTERS).values(value=value + 1))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(count, range(40)))
        with looking(sqlite) as connection:
            assert connection.execute(sa.select(COUNTERS.c.value)).scalar_one() == 40

    def test_a_locked_database_is_unavailable(self, sqlite: Engine) -> None:
        @event.listens_for(sqlite, "connect")
        def _impatient(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
            connection.execute("PRAGMA busy_timeout=1")

        migrate(sqlite)
        with writing(sqlite), pytest.raises(Unavailable, match="locked"):
            written(sqlite, "a", "b")

    def test_whoever_looks_holds_up_nobody(self, sqlite: Engine) -> None:
        migrate(sqlite)
        with looking(sqlite) as connection:
            assert connection.execute(sa.select(SETTINGS)).all() == []
            written(sqlite, "a", "b")
            assert connection.execute(sa.select(SETTINGS)).all() == []
        assert settings(sqlite) == {"a": "b"}

    def test_a_file_that_cannot_be_opened_is_unavailable(self, tmp_path: Path) -> None:
        (tmp_path / "mailproc.db").mkdir()
        with pytest.raises(Unavailable, match="cannot be opened"):
            open_engine(f"sqlite:///{tmp_path}/mailproc.db", tmp_path)

    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://root@localhost/mailproc"])
    def test_other_databases_are_refused_with_what_to_write(self, url: str, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="sqlite:///FILE"):
            open_engine(url, tmp_path)


class TestPostgres:
    def test_nobody_at_home_is_unavailable(self, tmp_path: Path) -> None:
        engine = open_engine("postgresql+psycopg://postgres@127.0.0.1:1/nothing", tmp_path)
        with pytest.raises(Unavailable, match="does not answer"):
            check_schema(engine)

    def test_a_connection_lost_in_the_middle_is_unavailable_and_the_next_is_good(
        self, postgres: Postgres, postgres_url: str, tmp_path: Path
    ) -> None:
        engine = open_engine(postgres_url, tmp_path)
        migrate(engine)

        def write_while_the_server_restarts() -> None:
            with writing(engine) as connection:
                put(connection, "a", "b")
                postgres.cut_connections(postgres_url)
                put(connection, "c", "d")

        with pytest.raises(Unavailable):
            write_while_the_server_restarts()
        assert settings(engine) == {}
        postgres.cut_connections(postgres_url)
        assert settings(engine) == {}
        engine.dispose()

    def test_whoever_loses_a_deadlock_is_told_later(self, postgres_url: str, tmp_path: Path) -> None:
        engine = open_engine(postgres_url, tmp_path)
        migrate(engine)
        written(engine, "a", "")
        written(engine, "b", "")
        both_hold_one = threading.Barrier(2)

        def take(names: tuple[str, str]) -> str:
            try:
                with writing(engine) as connection:
                    for name in names:
                        connection.execute(sa.update(SETTINGS).where(SETTINGS.c.name == name).values(value="taken"))
                        if name == names[0]:
                            both_hold_one.wait(10)
            except Later:
                return "later"
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(take, [("a", "b"), ("b", "a")])) == ["done", "later"]
        engine.dispose()


class TestFaults:
    def test_a_refused_statement_is_told_without_what_was_in_it(self, engine: Engine) -> None:
        migrate(engine)
        written(engine, "secret", "hunter2")
        with pytest.raises(DatabaseFault) as caught:
            written(engine, "secret", "hunter3")
        told = f"{caught.value!r} {caught.value.__cause__!r}"
        assert "IntegrityError" in told or "UniqueViolation" in told
        assert "hunter" not in told
        assert "secret" not in told
        assert settings(engine) == {"secret": "hunter2"}


class TestSchema:
    def test_an_empty_database_is_brought_up_to_date_once(self, engine: Engine) -> None:
        with pytest.raises(WrongSchema, match="mailproc run"):
            check_schema(engine)
        migrate(engine)
        check_schema(engine)
        written(engine, "kept", "yes")
        migrate(engine)
        assert settings(engine) == {"kept": "yes"}

    def test_the_migrations_lead_to_the_tables_as_they_are_written(self, engine: Engine) -> None:
        migrate(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, SQLModel.metadata) == []

    def test_daemons_that_start_at_once_make_the_tables_once(self, engine: Engine) -> None:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: migrate(engine), range(4)))
        check_schema(engine)

    def test_a_database_of_a_newer_version_is_left_alone(self, engine: Engine) -> None:
        migrate(engine)
        with writing(engine) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        for bring in (migrate, check_schema):
            with pytest.raises(WrongSchema, match="newer version"):
                bring(engine)

    def test_a_change_keeps_what_was_recorded_and_a_copy_of_it(
        self, sqlite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        migrate(sqlite)
        store = SqlStore(sqlite, TableBlobs(), holder="one")
        unit = a_raw_mail()
        with store.transaction() as page:
            page.record_mail(unit, clues_to(unit), a_decision(), [])
        monkeypatch.setattr(schema, "_MIGRATIONS", with_a_further_migration(tmp_path))
        migrate(sqlite)
        assert newest_revision() == "further"
        assert store.ledger.request(NUMBER) == a_request()
        with looking(sqlite) as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        copy = tmp_path / "var" / "mailproc.db.before-further"
        assert mode(copy) == 0o600
        before = open_engine(f"sqlite:///{copy}", tmp_path)
        assert SqlStore(before, TableBlobs(), holder="one").ledger.request(NUMBER) == a_request()
        before.dispose()

    def test_a_change_that_fails_changes_nothing(
        self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        migrate(engine)
        folder = with_a_further_migration(tmp_path, "op.execute('DELETE FROM no_such_table')")
        monkeypatch.setattr(schema, "_MIGRATIONS", folder)
        with pytest.raises(DatabaseFault):
            migrate(engine)
        monkeypatch.undo()
        check_schema(engine)
        with engine.connect() as connection:
            assert "further" not in {one["name"] for one in sa.inspect(connection).get_columns("service_requests")}


def with_a_further_migration(tmp_path: Path, last: str = "pass") -> Path:
    """The migrations and one more, which makes a table anew that others refer to."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    lines = [
        "import sqlalchemy as sa",
        "from alembic import op",
        f"revision, down_revision, branch_labels, depends_on = 'further', '{newest_revision()}', None, None",
        "def upgrade() -> None:",
        "    with op.batch_alter_table('service_requests', recreate='auto') as table:",
        "        table.add_column(sa.Column('further', sa.Integer(), nullable=False, server_default='0'))",
        "        table.alter_column('subject', nullable=True)",
        f"    {last}",
    ]
    (folder / "versions" / "further.py").write_text("\n".join(lines) + "\n")
    return folder


class TestSecondDaemon:
    def test_it_is_refused_on_the_same_sqlite_store_until_the_first_ends(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/mailproc.db"
        first = refuse_second_daemon(url)
        with pytest.raises(AlreadyRunning, match=f"process {os.getpid()} holds .*PostgreSQL"):
            refuse_second_daemon(url)
        first.release()
        first.release()
        refuse_second_daemon(url).release()

    def test_the_lock_is_not_the_database(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/mailproc.db"
        lock = refuse_second_daemon(url)
        engine = open_engine(url, tmp_path)
        migrate(engine)
        assert mode(tmp_path / "mailproc.db.lock") == 0o600
        engine.dispose()
        lock.release()

    def test_postgres_takes_as_many_as_come(self) -> None:
        url = "postgresql+psycopg://somewhere/mailproc"
        assert sqlite_file(url) is None
        locks = [refuse_second_daemon(url), refuse_second_daemon(url)]
        for lock in locks:
            lock.release()
