"""Customer → Exim → LMTP → Dovecot → mailproc over IMAPS → submission → the customer's own mailbox, and back.

Told by people with mail clients: what they see is what lies in their mailboxes, and what `sr show` prints.
"""

import secrets
import smtplib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

import pytest

from tests.installation import Installation, opened, until
from tests.pipeline.chassis import messages, show_tech
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.exim import Exim

OVER_THE_NETWORK = """
[[mailboxes]]
name      = "xseries"
address   = "{support}"
policy    = "x-series"
region    = "emea"
source    = "imap"
host      = "localhost"
port      = {imaps_port}
ca_file   = "{imap_ca}"
username  = "{support}"
password_env = "SUPPORT_PASSWORD"
first_run = "everything"
after     = "move"
move_to   = "Processed"
poll      = "1 second"

[outgoing]
transport = "smtp"
host      = "localhost"
port      = {submission_port}
security  = "starttls"
ca_file   = "{smtp_ca}"
username  = "{support}"
password_env = "SUPPORT_PASSWORD"
"""

INCOMPLETE = """Hello,

Severity: 2

Description:
On our X60 hk-a (XOS 9.7.2) the APM in slot 4 reloads by itself about once an hour. Its memory
climbs to 90 % and more, then it loses the heartbeat and boots again.

Timeline:
First seen on Sunday 1 March at 22:10, since then roughly every hour.

What we tried:
We reseated the APM and reloaded the vap-group twice. It made no difference.

Recent changes:
None. The last upgrade was in November.

It is a single chassis, there is no second one.

Ann Lindqvist
"""
IMPACT = "Each reload cuts the connections of about 300 dealers for two minutes."
FILES = (("show-tech.txt", show_tech("hk-a", "A3060210077")), ("messages", messages("hk-a")))


@dataclass
class Correspondent:
    """Somebody with a mailbox on the Dovecot, whose mail client sends by the Exim."""

    exim: Exim
    dovecot: Dovecot
    address: str
    name: str
    read: set[str] = field(default_factory=set)

    def writes(self, to: str, subject: str, text: str, files: Sequence[tuple[str, bytes]] = ()) -> None:
        self._send(to, subject, text, files, [])

    def answers(self, letter: EmailMessage, text: str, files: Sequence[tuple[str, bytes]] = ()) -> None:
        """As clients do: to Reply-To, with In-Reply-To and the whole thread in References."""
        thread = f"{letter['References'] or ''} {letter['Message-ID']}".strip()
        headers = [("In-Reply-To", str(letter["Message-ID"])), ("References", thread)]
        self._send(str(letter["Reply-To"]), f"Re: {letter['Subject']}", text, files, headers)

    def hears(self, template: str) -> EmailMessage:
        """The next letter of that kind in the mailbox; it must come."""
        until(lambda: bool(self._unread(template)), f"{template} for {self.address}")
        letter = self._unread(template)[0]
        self.read.add(str(letter["Message-ID"]))
        return letter

    def heard_nothing_else(self) -> bool:
        return {str(letter["Message-ID"]) for letter in self._mailbox()} == self.read

    def _unread(self, template: str) -> list[EmailMessage]:
        return [
            letter
            for letter in self._mailbox()
            if letter["X-Mailproc-Letter"] == template and str(letter["Message-ID"]) not in self.read
        ]

    def _mailbox(self) -> list[EmailMessage]:
        return [opened(content) for content in self.dovecot.contents(self.address)]

    def _send(
        self,
        to: str,
        subject: str,
        text: str,
        files: Sequence[tuple[str, bytes]],
        headers: Sequence[tuple[str, str]],
    ) -> None:
        message = EmailMessage(policy=policy.SMTP)
        message["From"] = f"{self.name} <{self.address}>"
        message["To"] = to
        message["Subject"] = subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self.address.rpartition("@")[2])
        for name, value in headers:
            message[name] = value
        message.set_content(text)
        for name, content in files:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        with smtplib.SMTP("127.0.0.1", self.exim.mx_port) as server:
            server.send_message(message, self.address)


@dataclass
class Journey:
    """A vendor's support with its daemon at work, one engineer and one customer."""

    installation: Installation
    support: str
    alice: Correspondent
    ann: Correspondent

    def shows(self, number: str) -> dict[str, Any]:
        """What `sr show` prints."""
        said = self.installation.mailproc("sr", "show", number, "--json")
        assert said.code == 0, said.err
        return said.object


@pytest.fixture
def journey(exim: Exim, dovecot: Dovecot, tmp_path: Path) -> Iterator[Journey]:
    unique = secrets.token_hex(4)
    support, alice, ann = f"support-{unique}@vendor.example", f"alice-{unique}@vendor.example", f"ann-{unique}"
    network = OVER_THE_NETWORK.format(
        support=support,
        imaps_port=dovecot.imaps_port,
        imap_ca=dovecot.ca_file,
        submission_port=exim.submission_port,
        smtp_ca=exim.ca_file,
    )
    installation = Installation(tmp_path, {"SUPPORT_PASSWORD": PASSWORD}).configured(network, engineer=alice)
    with installation.daemon() as daemon:
        yield Journey(
            installation=installation,
            support=support,
            alice=Correspondent(exim, dovecot, alice, "Alice Ndiaye"),
            ann=Correspondent(exim, dovecot, f"{ann}@acme.example", "Ann Lindqvist"),
        )
        assert daemon.stop() == 0


def filled_in(letter: EmailMessage, answer: str) -> str:
    """The letter quoted as mail clients quote, with an answer typed into its form, as it asks for."""
    quoted = "".join(f"> {line}\n" for line in text_of(letter).splitlines())
    filled = quoted.replace("Answer:\n", f"Answer: {answer}\n", 1)
    return f"On Mon, 2 Mar 2026 at 10:05, Example Networks Support wrote:\n{filled}"


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_what_is_missing_is_asked_for_and_the_customers_answer_completes_the_request(journey: Journey) -> None:
    ann = journey.ann
    ann.writes(journey.support, "APM 4 reloads", INCOMPLETE)
    asked = ann.hears("phone-us-now")
    number = str(asked["X-Mailproc-SR"])
    assert f"[SR {number}]" in str(asked["Subject"])
    assert asked["Auto-Submitted"] == "auto-replied"
    assert f"+{number}." in str(asked["Reply-To"]), "the answer must find its request by its address"
    assert set(journey.shows(number)["missing"]) >= {"business-impact", "tech-support", "log-messages"}

    ann.answers(asked, filled_in(asked, IMPACT), FILES)
    done = ann.hears("all-received")
    assert str(done["X-Mailproc-SR"]) == number
    assert str(asked["Message-ID"]) in str(done["References"])

    request = journey.shows(number)
    assert request["missing"] == []
    assert IMPACT in str(request["requirements"]["business-impact"]["evidence"])
    assert [mail["outcome"] for mail in request["mails"]] == ["opened", "joined"]
    assert [letter["state"] for letter in request["letters"]] == ["sent"] * len(request["letters"])
    assert ann.heard_nothing_else()


def test_an_engineers_answer_reaches_the_customer_and_hers_the_engineer(journey: Journey) -> None:
    ann, alice = journey.ann, journey.alice
    ann.writes(journey.support, "APM 4 reloads", f"{INCOMPLETE}\nBusiness impact: {IMPACT}\n", FILES)
    ann.hears("phone-us-now")
    told = alice.hears("new-request")
    number = str(told["X-Mailproc-SR"])

    alice.answers(told, "Please install XOS 9.7.3, which mends this.\n")
    relayed = ann.hears("relayed")
    assert "Please install XOS 9.7.3" in text_of(relayed)
    assert relayed["Auto-Submitted"] is None
    assert alice.address not in relayed.as_string()
    request = journey.shows(number)
    assert (request["owner"], request["status"]) == (alice.address, "open")
    assert request["engaged"] is not None

    ann.answers(relayed, "We did, and it holds since an hour.\n")
    assert "it holds since an hour" in text_of(alice.hears("customer-replied"))
    assert [mail["outcome"] for mail in journey.shows(number)["mails"]] == ["opened", "joined", "joined"]


def test_a_letter_that_bounces_is_noted_and_the_engineer_hears_of_it(journey: Journey) -> None:
    """`latebounce@` takes the letter and returns it afterwards, by a real bounce (RFC 3464)."""
    gone = Correspondent(journey.ann.exim, journey.ann.dovecot, "latebounce@acme.example", "Gone")
    gone.writes(journey.support, "APM 4 reloads", INCOMPLETE)
    number = str(journey.alice.hears("new-request")["X-Mailproc-SR"])

    told = journey.alice.hears("undeliverable")
    assert (str(told["X-Mailproc-SR"]), gone.address in text_of(told)) == (number, True)
    request = journey.shows(number)
    (bounced,) = [event for event in request["history"] if event["type"] == "bounced"]
    assert (bounced["recipients"], bounced["permanent"]) == ([gone.address], True)
    assert bounced["letter"] in [letter["message_id"] for letter in request["letters"]]
    assert [mail["origin"] for mail in request["mails"]] == ["person", "bounce"]
