"""What every private server needs: a free port, an ordinary user to run as, a folder of its own, an end."""

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

STARTING_SECONDS = 15.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True)
class Account:
    """Whom a server runs as: `nobody` where the tests run as root, else ourselves."""

    name: str
    group: str
    uid: int
    gid: int

    @property
    def for_popen(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def ordinary_account() -> Account:
    entry = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return Account(entry.pw_name, grp.getgrgid(entry.pw_gid).gr_name, entry.pw_uid, entry.pw_gid)


class Server:
    """A server process in a folder of its own below the system's temporary folder.

    The folder's path is short, since Unix sockets have at most 108 bytes, and every folder above it can be entered by
    the account that the server runs as; pytest's own folders cannot, where root runs the tests.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.account = ordinary_account()
        self.root = Path(tempfile.mkdtemp(prefix=name))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def ca_file(self) -> Path:
        """The authority that signed this server's certificate."""
        return self.root / "ca.pem"

    def write_certificates(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.ca_file))
        certificate = authority.issue_cert("localhost", "127.0.0.1")
        (self.root / "server.pem").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
        (self.root / "server.key").write_bytes(certificate.private_key_pem.bytes())

    def give_to_account(self) -> None:
        if os.geteuid() == 0:
            for path in (self.root, *self.root.rglob("*")):
                os.chown(path, self.account.uid, self.account.gid)

    def launch(self, command: Sequence[str], port: int, greeting: bytes) -> None:
        """Start it and wait until it greets on this port."""
        with (self.root / "stderr.txt").open("ab") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.root,
                start_new_session=True,
                **self.account.for_popen,
            )
        give_up = time.monotonic() + STARTING_SECONDS
        while not _greets(port, greeting):
            if self.process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{self.name} did not start:\n{(self.root / 'stderr.txt').read_text()}")
            time.sleep(0.02)

    def end(self) -> None:
        """Stop it and every process of its session, each by its id; what it stored stays."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pid in self.session_pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def remove(self) -> None:
        self.end()
        shutil.rmtree(self.root, ignore_errors=True)

    def session_pids(self, command: str = "") -> list[int]:
        """The processes of our session (it was begun for this server), of that command name or of any."""
        assert self.process is not None
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                head, _, tail = (entry / "stat").read_text().rpartition(")")
                state, _, _, session = tail.split()[:4]
                its_command = head.partition("(")[2]
                if int(session) == self.process.pid and state != "Z" and command in ("", its_command):
                    found.append(int(entry.name))
        return found


def _greets(port: int, greeting: bytes) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 2) as connection:
        return connection.recv(200).startswith(greeting)
    return False
