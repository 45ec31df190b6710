"""A whole mailproc in a temporary folder: Maildir in, SQLite, Maildir out, a clock that is moved by hand.

Stories are told as conversations: `house.customer("ann@acme.example").writes(…)`, then `.hears()` gives the letters
that came to that address since it was last asked.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path

from mailproc.adapters.clock import SimulatedClock
from mailproc.assembly import Parts, open_parts
from mailproc.config import load_settings
from mailproc.desk.request import ServiceRequest
from mailproc.logbook import LogListener
from mailproc.rounds import Count, work_until_nothing_waits

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SUPPORT = "xseries-support@vendor.example"

CONFIG = """
organisation = "Example Networks"
data_dir     = "var"
database_url = "sqlite:///var/mailproc.db"
duty_manager_contact = "+1 202 555 0143"

[[mailboxes]]
name    = "xseries"
address = "xseries-support@vendor.example"
policy  = "x-series"
region  = "emea"
source  = "maildir"
path    = "inbox"

[[mailboxes]]
name    = "general"
address = "support@vendor.example"
policy  = "blue-coat"
region  = "emea"
source  = "maildir"
path    = "general"

[outgoing]
transport = "maildir"
path      = "sent"

[regions.emea]
timezone = "Europe/London"
hours    = "Mo-Fr 09:00-17:00"
holidays = "GB-ENG"
digest_at = []

[regions.amer]
timezone = "America/New_York"
hours    = "Mo-Fr 08:00-18:00"
holidays = "US"
digest_at = []

[[staff]]
name    = "Alice Ndiaye"
address = "alice@vendor.example"
roles   = ["engineer"]

[[staff]]
name    = "Bjarne Holm"
address = "bjarne@vendor.example"
roles   = ["duty-manager"]

[[customers]]
organisation = "Acme"
domains      = ["acme.example"]
region       = "amer"

[authentication]
trusted_authserv_id = "mx.vendor.example"
"""

_serial = count(1)


@dataclass(frozen=True)
class Heard:
    """A letter as its reader has it."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def template(self) -> str:
        return str(self.message["X-Mailproc-Letter"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    @property
    def files(self) -> list[str]:
        return [str(part.get_filename()) for part in self.message.iter_attachments()]


@dataclass
class Person:
    """Somebody with a mail client."""

    house: "House"
    address: str
    name: str = "Somebody"
    heard: int = 0

    def writes(
        self,
        text: str,
        *,
        subject: str = "",
        answers: Heard | None = None,
        to: str | None = None,
        files: Sequence[tuple[str, bytes]] = (),
        headers: Sequence[tuple[str, str]] = (),
        mailbox: str = "inbox",
        drop_threading: bool = False,
        html: str = "",
    ) -> "Person":
        message = EmailMessage(policy=policy.SMTP)
        message["From"] = f"{self.name} <{self.address}>"
        message["Message-ID"] = f"<{next(_serial)}.{self.address}>"
        message["Date"] = self.house.clock()
        if answers is None:
            message["To"] = to or SUPPORT
            message["Subject"] = subject
        else:
            message["To"] = to or str(answers.message["Reply-To"])
            message["Subject"] = subject or f"Re: {answers.subject}"
            if not drop_threading:
                message["In-Reply-To"] = str(answers.message["Message-ID"])
                message["References"] = str(answers.message["Message-ID"])
        for name, value in headers:
            message[name] = value
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for filename, content in files:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=filename)
        self.house.deliver(message.as_bytes(), mailbox)
        return self

    def hears(self) -> list[Heard]:
        """The letters that came since this was last asked, oldest first."""
        letters = [one for one in self.house.letters() if self.address in str(one.message["To"])]
        new, self.heard = letters[self.heard :], len(letters)
        return new

    def hears_one(self, template: str) -> Heard:
        """The one letter that came, which is of this kind."""
        letters = self.hears()
        assert [one.template for one in letters] == [template]
        return letters[0]


@dataclass
class House:
    """See the module."""

    folder: Path
    parts: Parts
    clock: SimulatedClock
    counts: Count = field(default_factory=Count)

    def customer(self, address: str, name: str = "Ann Lindqvist") -> Person:
        return Person(self, address, name)

    def staff(self, address: str = "alice@vendor.example", name: str = "Alice Ndiaye") -> Person:
        return Person(self, address, name)

    def deliver(self, raw: bytes, mailbox: str = "inbox") -> None:
        """Put a mail into the mailbox and let everything happen that happens now."""
        folder = self.folder / mailbox / "new"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{next(_serial):06d}.mail").write_bytes(raw)
        self.work()

    def work(self) -> Count:
        count = work_until_nothing_waits(self.parts)
        self.counts += count
        return count

    def waits(self, span: timedelta) -> None:
        """Let this time pass, stopping at every deadline on the way."""
        until = self.clock() + span
        while (due := self.parts.store.ledger.next_deadline()) is not None and due <= until:
            if due > self.clock():
                self.clock.set(due)
            self.work()
        self.clock.set(until)
        self.work()

    def letters(self) -> list[Heard]:
        """Every letter that left, in the order of leaving."""
        return [
            Heard(message_from_bytes(letter.content, policy=policy.default))
            for letter in self.parts.store.ledger.letters_sent()
        ]

    def requests(self) -> list[ServiceRequest]:
        numbers = [one.number for one in self.parts.store.ledger.requests(None)]
        return [self.request(number) for number in numbers]

    def request(self, number: str) -> ServiceRequest:
        request = self.parts.store.ledger.request(number)
        assert request is not None
        return request


@contextmanager
def a_house(folder: Path, now: datetime = MONDAY, config: str = CONFIG) -> Iterator[House]:
    """A house in this folder; opening one where there was one goes on with its store."""
    (folder / "config.toml").write_text(config)
    clock = SimulatedClock(now)
    with open_parts(load_settings(folder / "config.toml", {}), clock, LogListener()) as parts:
        yield House(folder, parts, clock)
