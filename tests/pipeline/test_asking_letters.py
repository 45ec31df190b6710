"""Letters that ask, as the whole house writes them in answer to mails; kept in tests/letters/asking.

REWRITE_LETTERS=1 writes them anew: read the diff.
"""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.chassis import messages, show_tech
from tests.pipeline.house import CONFIG, House, a_house

KEPT = Path(__file__).parents[1] / "letters" / "asking"
DUTY = """
[[mailboxes]]
name    = "duty"
address = "duty-manager@vendor.example"
policy  = "duty-manager"
region  = "emea"
source  = "maildir"
path    = "duty"

[outgoing]"""


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name.replace("__", "/").replace("_", "."), (2026, 3, 2, 8, 0, 0)), content)
    return packed.getvalue()


def locked(content: bytes) -> bytes:
    """The archive with the flag that its member is encrypted (APPNOTE 4.4.4)."""
    octets = bytearray(content)
    octets[octets.find(b"PK\x03\x04") + 6] |= 1
    octets[octets.find(b"PK\x01\x02") + 8] |= 1
    return bytes(octets)


PAIR = """Hello,

our DBHA pair hk-a and hk-b (X60, XOS 9.7.2) loses its failover link. The APM in slot 4 reloads since Sunday 1 March,
22:10 UTC+8, about once an hour, with the message "heartbeat lost". Severity 3. We reseated the module, no change.

Mei Chan
"""
PROXY = """Hi,

since this morning 08:30 the ProxySG answers some pages with "Gateway timeout (504)" after 60 seconds. We restarted the
service and cleared the cache, it made no difference. The event log says "connection to upstream proxy 10.1.4.7:8080
lost" each time, on SGOS 6.5.9.1. Severity 3.

Lars
"""
EXPEDITE = """Please let the duty manager call us. It is about SR 2-000000001,
the failover has been waiting since Friday.

Mei Chan
"""
GERMAN = """Guten Tag,

auf unserem X60 muc-1 (XOS 9.7.2) startet das APM in Steckplatz 4 seit Sonntag, 1. März, 22:10 Uhr etwa einmal in der
Stunde neu, und im Protokoll steht "heartbeat lost". Wir haben das Modul neu gesteckt, es hat nichts geändert.
Schweregrad 3. Die Datei ist angehängt.

Mit freundlichen Grüßen
Jana Vogt
"""
A = show_tech("hk-a", "A3060210077")
CASES = {
    "one-chassis-of-two": (
        PAIR,
        "Failover link lost",
        "inbox",
        (
            ("logs.zip", zipped(hk__show=A, hk__messages=messages("hk-a"))),
            ("show-tech-2.txt", A + b"\n"),
            ("messages-b.zip", locked(zipped(messages=messages("hk-b")))),
            ("empty.txt", b""),
        ),
    ),
    "blue-coat": (PROXY, "Gateway timeouts", "general", ()),
    "duty-manager": (EXPEDITE, "Please call us", "duty", ()),
    "german": (GERMAN, "APM 4 startet neu", "inbox", (("show-tech.txt", A), ("routen.txt", b"% Unknown command\n"))),
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path, config=CONFIG.replace("\n[outgoing]", DUTY)) as house:
        yield house


@pytest.mark.parametrize("case", CASES)
def test_a_letter_asks_for_exactly_the_rest(case: str, house: House) -> None:
    text, subject, mailbox, files = CASES[case]
    mei = house.customer("mei.chan@harbour.example", "Mei Chan")
    to = {"general": "support@vendor.example", "duty": "duty-manager@vendor.example"}.get(mailbox)
    (letter,) = mei.writes(text, subject=subject, to=to, mailbox=mailbox, files=files).hears()
    html = letter.message.get_body(("html",))
    assert html is not None
    written = {"txt": f"Subject: {letter.subject}\n\n{letter.text}", "html": html.get_content().replace("\r\n", "\n")}
    for kind, content in written.items():
        kept = KEPT / f"{case}.{kind}"
        if os.environ.get("REWRITE_LETTERS"):
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(content, encoding="utf-8")
        assert kept.read_text(encoding="utf-8") == content
