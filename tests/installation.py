"""A mailproc as its operator has it: a folder with a config.toml, the command line, and daemons of their own process.

Commands run within the tests' process, since a fresh interpreter for each would take longer than all they do; daemons
are processes of their own, to be sent signals and killed.
"""

import io
import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any, Self
from unittest.mock import patch

from mailproc.adapters.store import SqlStore
from mailproc.assembly import open_store
from mailproc.cli import main
from mailproc.config import read_settings

PATIENCE = 120.0
"""Seconds after which a test gives up waiting; no measure of anything."""

TOP = """
organisation = "Example Networks"
data_dir     = "var"
database_url = "{database_url}"
duty_manager_contact = "+1 202 555 0143"
"""

HOUSE = """
[regions.emea]
timezone = "Europe/London"
hours    = "Mo-Fr 09:00-17:00"
holidays = "GB-ENG"

[[staff]]
name    = "Alice Ndiaye"
address = "{engineer}"
roles   = ["engineer", "duty-manager"]
"""

MAILDIR = """
[[mailboxes]]
name    = "{name}"
address = "{name}@vendor.example"
policy  = "x-series"
region  = "emea"
source  = "maildir"
path    = "{name}"
poll    = "1 second"
"""

SENT = """
[outgoing]
transport = "maildir"
path      = "sent"
"""

TO_SINK = """
[outgoing]
transport = "smtp"
host      = "127.0.0.1"
port      = {port}
security  = "none"
"""

_serial = count(1)


@dataclass(frozen=True)
class Said:
    """What a command left behind: its exit code, and what it printed where."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON, which must be one object a line and nothing else."""
        found = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(one, dict) for one in found)
        return found

    @property
    def object(self) -> dict[str, Any]:
        (only,) = self.objects
        return only


def mailproc(*arguments: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None) -> Said:
    """Type a command. Whatever happens, nobody is shown a traceback."""
    out, err = io.StringIO(), io.StringIO()
    typed = io.TextIOWrapper(io.BytesIO(stdin))
    with (
        patch.object(sys, "argv", ["mailproc", *arguments]),
        patch.object(sys, "stdin", typed),
        patch.dict(os.environ, environ or {}),
        _quiet_log(),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _exit_code(main)
    assert "Traceback" not in err.getvalue() + out.getvalue(), err.getvalue()
    return Said(code, out.getvalue(), err.getvalue())


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for it; where it never comes, the test fails in these words."""
    give_up = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > give_up:
            raise AssertionError(f"never came: {what}")
        time.sleep(0.05)


def a_letter_to_us(sender: str, subject: str, text: str = "Our X60 reloads every hour.", to: str = "xseries") -> bytes:
    """A customer's mail, of a Message-ID of its own."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = f"{to}@vendor.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    message["Message-ID"] = f"<{next(_serial)}.{os.getpid()}.{sender}>"
    message.set_content(text)
    return message.as_bytes()


def opened(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@dataclass(frozen=True)
class Installation:
    """A folder with a config.toml and whatever mailproc makes beside it."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def configured(
        self,
        *parts: str,
        database_url: str = "sqlite:///var/mailproc.db",
        top: str = "",
        engineer: str = "alice@vendor.example",
    ) -> Self:
        """Write config.toml: its top, a house with one engineer, and these further parts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        whole = (TOP.format(database_url=database_url), top, HOUSE.format(engineer=engineer), *parts)
        self.config.write_text("".join(whole))
        return self

    def mailproc(self, *arguments: str, stdin: bytes = b"") -> Said:
        return mailproc("-c", str(self.config), *arguments, stdin=stdin, environ=self.environ)

    def daemon(self) -> "Daemon":
        return Daemon(self)

    def drop(self, *contents: bytes, mailbox: str = "xseries") -> None:
        """Deliver into a Maildir, each as a file that appears at once and whole."""
        for folder in ("tmp", "new", "cur"):
            (self.folder / mailbox / folder).mkdir(parents=True, exist_ok=True)
        for content in contents:
            name = f"{next(_serial):06d}.{os.getpid()}.test"
            draft = self.folder / mailbox / "tmp" / name
            draft.write_bytes(content)
            draft.rename(self.folder / mailbox / "new" / name)

    def letters(self) -> list[EmailMessage]:
        """What was laid into the folder for outgoing mail."""
        return [opened(path.read_bytes()) for path in sorted((self.folder / "sent" / "new").glob("*"))]

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters() if address in str(letter["To"])]

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        """The store as commands open it, beside a daemon that works on it."""
        with open_store(read_settings(self.config, self.environ)) as store:
            yield store

    def settles(self) -> None:
        """Wait until no letter is left to send."""
        with self.store() as store:
            ledger = store.ledger
            until(lambda: not (ledger.letters("waiting") or ledger.letters("leased")), "an empty outbox")

    def opens(self, customers: Sequence[str]) -> None:
        """Wait until there is exactly one request for each of these, given in alphabetical order."""
        with self.store() as store:
            requests = store.ledger.requests
            until(lambda: sorted(one.customer for one in requests()) == list(customers), "one request for each")


class Daemon:
    """`mailproc run` as a process: begun by `with`, and ended with it however the test goes.

    `tells("started")` waits until it works.
    """

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._log = installation.folder / f"daemon-{next(_serial)}.log"

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mailproc", "-c", str(self._installation.config), "run"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self._installation.environ},
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def events(self, name: str) -> list[dict[str, Any]]:
        """The lines of its log that tell this event."""
        lines = [json.loads(line) for line in self.log().splitlines() if line.startswith("{") and line.endswith("}")]
        return [line for line in lines if line["event"] == name]

    def tells(self, name: str, times: int = 1) -> Self:
        """Wait until its log tells this event as often."""
        until(lambda: len(self.events(name)) >= times or self.process.poll() is not None, name)
        assert len(self.events(name)) >= times, self.log()
        return self

    def log(self) -> str:
        return self._log.read_text()

    def reload(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM: the exit code, which must come within ten seconds."""
        self.process.terminate()
        return self.process.wait(10)

    def waits_for_end(self) -> int:
        return self.process.wait(PATIENCE)


def _exit_code(command: Callable[[], None]) -> int:
    try:
        command()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextmanager
def _quiet_log() -> Iterator[None]:
    """Commands set the log up for a process of their own; here it must not outlive them."""
    root = logging.getLogger()
    before: tuple[Sequence[logging.Handler], int] = (list(root.handlers), root.level)
    try:
        yield
    finally:
        root.handlers, root.level = list(before[0]), before[1]
