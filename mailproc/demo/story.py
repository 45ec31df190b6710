"""The whole story on sample mail: a temporary Maildir in, SQLite, a Maildir out, and a simulated clock."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp

from rich.console import Console

from mailproc.adapters.clock import SimulatedClock
from mailproc.assembly import Parts, open_parts
from mailproc.config import load_settings
from mailproc.demo.narrator import Narrator
from mailproc.ports import Letter
from mailproc.rounds import work_until_nothing_waits

_HERE = files("mailproc.demo")


@dataclass(frozen=True, slots=True)
class Scene:
    """A mail that comes in at a moment (UTC). `answers` is who answers his last letter with it, of this request."""

    at: datetime
    heading: str
    mail: str | None = None
    answers: tuple[str, str] | None = None


def _at(hour: int, minute: int, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


SCENES = (
    Scene(_at(8, 50), "A complete request: nothing is asked", "01-complete.eml"),
    Scene(_at(9, 5), "An incomplete one: exactly the rest is asked for", "02-incomplete.eml"),
    Scene(
        _at(9, 6),
        "An out-of-office answers our letter",
        "03-out-of-office.eml",
        ("ben.okafor@globex.example", "2-000000002"),
    ),
    Scene(_at(9, 20), "The same mail is delivered once more", "02-incomplete.eml"),
    Scene(
        _at(10, 20),
        "The form comes back, half filled in",
        "04-follow-up.eml",
        ("ben.okafor@globex.example", "2-000000002"),
    ),
    Scene(
        _at(10, 31),
        "An engineer answers from her mail client",
        "05-engineer.eml",
        ("alice@vendor.example", "2-000000001"),
    ),
    Scene(
        _at(11, 2),
        "The files of the second chassis arrive",
        "06-rest.eml",
        ("ben.okafor@globex.example", "2-000000002"),
    ),
    Scene(_at(11, 44), "Severity 1", "07-severity-1.eml"),
    Scene(_at(11, 45), "Our letter bounces", "08-bounce.eml", ("cabernathy@pinecounty.example", "2-000000003")),
    Scene(_at(12, 50), "Nobody has answered the severity 1 yet: the clock speaks"),
)


def tell(console: Console) -> Path:
    """Play every scene; gives back the folder where everything lies."""
    folder = Path(mkdtemp(prefix="mailproc-demo-"))
    copyfile(str(_HERE / "config.toml"), folder / "config.toml")
    clock = SimulatedClock(SCENES[0].at)
    narrator = Narrator(console, clock)
    settings = load_settings(folder / "config.toml", {})
    with open_parts(settings, clock, narrator) as parts:
        for scene in SCENES:
            _pass_the_time(parts, clock, scene.at, narrator)
            narrator.heading(scene.at, scene.heading)
            _play(scene, parts, folder)
    return folder


def _play(scene: Scene, parts: Parts, folder: Path) -> None:
    if scene.mail:
        content = (_HERE / "mails" / scene.mail).read_bytes()
        if scene.answers:
            content = _answering(content, _last_letter_to(*scene.answers, parts))
        incoming = folder / "inbox" / "new" / f"{scene.at:%H%M}.{scene.mail}"
        incoming.parent.mkdir(parents=True, exist_ok=True)
        incoming.write_bytes(content)
    work_until_nothing_waits(parts)


def _pass_the_time(parts: Parts, clock: SimulatedClock, until: datetime, narrator: Narrator) -> None:
    """Stop at every deadline on the way."""
    while (due := parts.store.ledger.next_deadline()) is not None and due <= until:
        if due > clock():
            clock.set(due)
            narrator.heading(due, "The clock")
        work_until_nothing_waits(parts)
    clock.set(until)


def _last_letter_to(address: str, number: str, parts: Parts) -> Letter:
    about = (one for one in parts.store.ledger.letters_sent() if one.number == number)
    return [one for one in about if address in one.recipients][-1]


def _answering(content: bytes, letter: Letter) -> bytes:
    """The sample mail as an answer to this letter: to its reply address, naming its Message-ID and subject."""
    headers = message_from_bytes(letter.content)
    for mark, value in (
        (b"@REPLY-TO@", headers["Reply-To"]),
        (b"@MESSAGE-ID@", letter.message_id),
        (b"@SUBJECT@", letter.subject),
    ):
        content = content.replace(mark, value.encode())
    return content
