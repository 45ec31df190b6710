"""A private PostgreSQL cluster for tests: loopback, a free port, a temporary folder, thrown away at the end.

PostgreSQL refuses to run as root: there it runs as the system user `postgres`.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

_START_WITHIN = 30.0
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "jit": "off",
    "fsync": "off",  # a power cut is not among the tests
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def postgres_binaries() -> Path | None:
    """Where Debian keeps the newest server's programs, or where they are on the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


class Postgres:
    """A running cluster; `close` ends it and leaves nothing behind."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._account: Mapping[str, Any] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="mailproc-postgres-"))
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self._folder, account.pw_uid, account.pw_gid)
            self._account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._port = _free_port()
        self._initialise()
        self._server = self._start()
        self._wait_until_it_answers()

    def make_database(self, like: str = "template1") -> str:
        """The SQLAlchemy URL of a new database: empty, or a copy of the one that this URL names."""
        name = f"t{uuid.uuid4().hex[:12]}"
        template = like.rpartition("/")[2]
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"

    def cut_connections(self, url: str) -> None:
        """End every session on that database, as a restarting server would."""
        name = url.rpartition("/")[2]
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(sessions, [name])

    def close(self) -> None:
        """Stop at once: nothing here is worth keeping."""
        if self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(15)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _dsn(self) -> str:
        return f"host=127.0.0.1 port={self._port} user=postgres dbname=postgres connect_timeout=5"

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def _initialise(self) -> None:
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        subprocess.run(
            [self._binaries / "initdb", "-D", self._folder / "data", *options],
            check=True,
            capture_output=True,
            env=self._environment,
            cwd=self._folder,
            **self._account,
        )

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {**_SETTINGS, "port": str(self._port), "unix_socket_directories": str(self._folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("wb") as log:
            return subprocess.Popen(
                [self._binaries / "postgres", "-D", self._folder / "data", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                cwd=self._folder,
                start_new_session=True,
                **self._account,
            )

    def _wait_until_it_answers(self) -> None:
        give_up = time.monotonic() + _START_WITHIN
        while True:
            if self._server.poll() is not None or time.monotonic() > give_up:
                told = (self._folder / "log").read_text()
                self.close()
                raise RuntimeError(f"PostgreSQL did not start: {told}")
            try:
                psycopg.connect(self._dsn).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The session's cluster; tests that need it are skipped where PostgreSQL is not installed."""
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    server = Postgres(binaries)
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """A new, empty database of its own."""
    return postgres.make_database()
