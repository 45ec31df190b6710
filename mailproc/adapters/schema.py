"""The shape of the database: brought up to date when the daemon starts, checked before anybody reads."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from mailproc.adapters.database import answering, looking, sqlite_file

_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_MIGRATION_LOCK: Final = 0x6D61696C70726F63  # "mailproc": any constant of 8 bytes that nobody else takes


class WrongSchema(Exception):  # noqa: N818 - it tells a state of the database
    """The database has another shape than this version works with. Its text says what to do."""


def migrate(engine: Engine) -> None:
    """Bring the database to the newest shape; nothing where it is there already.

    Several daemons may call this at once: the others wait for the first. An SQLite file that holds something is
    copied beside itself before. Raises WrongSchema where the database was made by a newer version.
    """
    if _revision(engine) == newest_revision():
        return
    _refuse_unknown(engine)
    _copy_before(engine)
    with answering(), _foreign_keys_off(engine) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a large table takes its time
        command.upgrade(migrations(connection), "head")


def check_schema(engine: Engine) -> None:
    """Raises WrongSchema where the database is older or newer than this version."""
    _refuse_unknown(engine)
    if _revision(engine) != newest_revision():
        raise WrongSchema("the database is not up to date: `mailproc run` brings it up to date when it starts")


def newest_revision() -> str | None:
    """The revision that this version works with."""
    return ScriptDirectory.from_config(migrations()).get_current_head()


def migrations(connection: Connection | None = None) -> Config:
    """What alembic needs to know; with a connection, to work on it."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _revision(engine: Engine) -> str | None:
    with looking(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(engine: Engine) -> None:
    revision = _revision(engine)
    known = {script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()}
    if revision is not None and revision not in known:
        raise WrongSchema(f"the database was made by a newer version of mailproc (schema {revision}): install that one")


def _copy_before(engine: Engine) -> None:
    file, revision = sqlite_file(engine.url), _revision(engine)
    if file is None or revision is None:
        return
    copy = file.with_name(f"{file.name}.before-{newest_revision()}")
    with answering():
        copy.touch(mode=0o600)
        source, target = sqlite3.connect(file), sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()


@contextmanager
def _foreign_keys_off(engine: Engine) -> Iterator[Connection]:
    """A connection whose foreign keys rest: SQLite changes a table by dropping it, and a cascade would follow."""
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            yield connection
            return
        _pragma(connection, "foreign_keys=OFF")
        try:
            yield connection
        finally:
            _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Connection, setting: str) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute(f"PRAGMA {setting}")  # within a transaction it would do nothing, so not through SQLAlchemy
