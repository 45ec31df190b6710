"""The database: how it is opened, and how its silence is told.

SQLite runs in WAL mode with synchronous FULL, so that a committed transaction survives a power cut, and every writing
transaction begins IMMEDIATE: with the driver's own deferred begin, two read-modify-writes at once lose updates without
an error. PostgreSQL runs as it is, with limits on every wait.
"""

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, Engine, make_url

from mailproc.queues import Later, Unavailable

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")
_POSTGRESQL_LIMITS: Final = (
    "-c timezone=UTC -c lock_timeout=30s -c statement_timeout=60s -c idle_in_transaction_session_timeout=300s"
)
_LOST_A_RACE: Final = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected
_ABSENT_SQLITE: Final = re.compile(r"locked|busy|disk I/O|disk is full|unable to open|readonly", re.IGNORECASE)
_ABSENT_POSTGRESQL: Final = re.compile(r"08|53|55P03|57|58")  # classes of SQLSTATE: connection, resources, shutdown


class DatabaseFault(Exception):  # noqa: N818 - it tells what happened
    """The database refused a statement: a bug of ours, told without the values that were in it."""


class AlreadyRunning(Unavailable):
    """Another daemon works on the same SQLite store."""


def open_engine(url: str, data_dir: Path) -> Engine:
    """An engine on that database; nothing is asked of it yet.

    `data_dir` and the folder of an SQLite file are made with mode 0700, the file with 0600. Raises ValueError where
    the URL names a database that is neither SQLite in a file nor PostgreSQL, or where its driver is not installed.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    address = make_url(url)
    match address.get_backend_name():
        case "sqlite":
            return _sqlite(address)
        case "postgresql":
            return _postgresql(address)
        case other:
            raise ValueError(f"database_url: {other} is not supported, write sqlite:///FILE or postgresql+psycopg://…")


def _sqlite(address: URL) -> Engine:
    file = sqlite_file(address)
    if file is None:
        raise ValueError("database_url: SQLite needs a file, write sqlite:///FILE")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(_opened_for_us_only(file))
    engine = sa.create_engine(address, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _opened_for_us_only(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as trouble:
        raise Unavailable(f"{file} cannot be opened: {trouble.strerror}") from None


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin: we do
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _postgresql(address: URL) -> Engine:
    limits = {"connect_timeout": 10, "options": _POSTGRESQL_LIMITS, "keepalives_idle": 30}
    connect_args = {name: value for name, value in limits.items() if name not in address.query}
    try:
        return sa.create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=connect_args)
    except ModuleNotFoundError as missing:
        raise ValueError(
            f"database_url: {missing.name} is not installed; PostgreSQL needs it: pip install 'mailproc[postgres]'"
        ) from None


def sqlite_file(url: str | URL) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL and for a database in memory."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


@contextmanager
def answering() -> Iterator[None]:
    """Tell a database that does not answer as Unavailable, a lost race as Later, a refused statement as a fault."""
    try:
        yield
    except (exc.TimeoutError, exc.InterfaceError) as trouble:
        raise Unavailable(f"the database does not answer: {type(trouble).__name__}") from None
    except exc.DBAPIError as trouble:
        raise _told(trouble) from None
    except exc.SQLAlchemyError as trouble:
        raise DatabaseFault(f"{type(trouble).__name__}: {str(trouble)[:200]}") from None
    except sqlite3.Error as trouble:  # from the pragmas of a new connection, which SQLAlchemy hands on as they are
        raise Unavailable(f"the database does not answer: {trouble}") from None


def _told(trouble: exc.DBAPIError) -> Exception:
    sqlstate = getattr(trouble.orig, "sqlstate", None)
    if sqlstate in _LOST_A_RACE:
        return Later(f"the database gave way to another daemon ({sqlstate})")
    if trouble.connection_invalidated or _is_absent(trouble.orig, sqlstate):
        return Unavailable(f"the database does not answer: {_first_line(trouble.orig)}")
    return DatabaseFault(f"the database refused a statement: {type(trouble.orig).__name__} {sqlstate or ''}".rstrip())


def _is_absent(cause: object, sqlstate: str | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return _ABSENT_SQLITE.search(str(cause)) is not None
    if sqlstate is not None:
        return _ABSENT_POSTGRESQL.match(sqlstate) is not None
    return type(cause).__name__ == "OperationalError"  # psycopg gives no SQLSTATE where nobody answered


def _first_line(cause: object) -> str:
    return str(cause).partition("\n")[0][:200]


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: committed where the block ends, rolled back where it raises."""
    with answering(), engine.begin() as connection:
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """A transaction that only looks, and holds up nobody who writes."""
    with answering(), engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
        yield connection


def inserting(connection: Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of this database's dialect, which both let end in ON CONFLICT."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def insert_new(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    """Insert these rows; one whose key is there already is left as it is."""
    if rows:
        connection.execute(inserting(connection, table).on_conflict_do_nothing(), rows)


class DaemonLock:
    """Held as long as this daemon may work on the store; the system lets go of it where the process dies."""

    def __init__(self, held: IO[str] | None) -> None:
        self._held = held

    def release(self) -> None:
        """Let the next daemon in."""
        if self._held is not None:
            self._held.close()
            self._held = None


def refuse_second_daemon(url: str) -> DaemonLock:
    """Lock the SQLite store for this daemon; PostgreSQL takes as many as come. Raises AlreadyRunning."""
    file = sqlite_file(url)
    if file is None:
        return DaemonLock(None)
    lock = file.with_name(f"{file.name}.lock")
    held = os.fdopen(_opened_for_us_only(lock), "r+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = held.read(20).strip()
        held.close()
        raise AlreadyRunning(_who_runs(lock, pid)) from None
    held.truncate(0)
    held.write(f"{os.getpid()}\n")
    held.flush()
    return DaemonLock(held)


def _who_runs(lock: Path, pid: str) -> str:
    who = f"process {pid}" if pid.isdigit() else "another process"
    return f"a daemon runs on this store already ({who} holds {lock}); stop it, or use PostgreSQL for several"
