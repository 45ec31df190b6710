"""What an engineer writes reaches the customer as he wrote it, and nothing else of the house does."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.pipeline.house import Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
HTML = """<html><head><style>p {{ color: red }}</style></head><body>
<div>#take</div>
<p>Dear Ann,</p><p>please <b>install</b> 9.7.3 from <a href="https://downloads.example/973" onclick="x()">here</a>.</p>
<img src="https://track.example/pixel.png"><script>alert(1)</script>
<p>Alice, alice@vendor.example</p>
<div class="gmail_quote"><blockquote>{quoted}<br>X-Mailproc-SR: internal</blockquote></div>
</body></html>"""
TEXT = """#take

Dear Ann,

please install 9.7.3 from here <https://downloads.example/973>.

Alice, alice@vendor.example
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def ann(house: House) -> Person:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    ann.hears_one("phone-us-now")
    return ann


@pytest.fixture
def alice(house: House) -> Person:
    return house.staff()


@pytest.fixture
def told(ann: Person, alice: Person) -> Heard:
    return alice.hears_one("new-request")


def html_of(letter: Heard) -> str:
    part = letter.message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def quotation(told: Heard) -> str:
    return "\n".join(f"> {line}" for line in (*told.message.as_string().splitlines()[:40], *told.text.splitlines()))


def test_formatting_is_kept_and_nothing_that_acts(ann: Person, alice: Person, told: Heard) -> None:
    text = f"{TEXT}\nOn Mon, 2 Mar 2026 Example Networks Support wrote:\n{quotation(told)}\n"
    alice.writes(text, answers=told, html=HTML.format(quoted=told.text))
    letter = ann.hears_one("relayed")
    html = html_of(letter)
    assert "<b>install</b>" in html
    assert "https://downloads.example/973" in html
    for forbidden in ("#take", "onclick", "alert(1)", "track.example", "color: red"):
        assert forbidden not in html


def test_nothing_of_the_house_leaks(house: House, ann: Person, alice: Person, told: Heard) -> None:
    text = f"{TEXT}\nOn Mon, 2 Mar 2026 Example Networks Support wrote:\n{quotation(told)}\n"
    own = told.message.as_bytes()
    alice.writes(
        text,
        answers=told,
        html=HTML.format(quoted=told.text),
        files=[("notes.txt", b"9.7.3 notes"), ("thread.eml", own)],
        headers=[("X-Internal-Route", "build-7.vendor.example"), ("User-Agent", "Mutt on alice-laptop")],
    )
    letter = ann.hears_one("relayed")
    assert letter.files == ["notes.txt"]
    token = str(told.message["Message-ID"]).strip("<>").split("@")[0]
    words = f"{letter.text}\n{html_of(letter)}\n{letter.message.as_string()}"
    for private in (
        "alice@vendor.example",
        "bjarne@vendor.example",
        token,
        token.split(".")[1],
        "X-Internal-Route",
        "alice-laptop",
        "Commands stand above",
        "#assign",
        "#take",
        "nobody has taken it",
    ):
        assert private not in words


def test_words_that_the_formatting_does_not_say_go_as_text(ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("Please reboot slot 4.", answers=told, html="<p>The customer is <b>difficult</b>, keep him busy.</p>")
    letter = ann.hears_one("relayed")
    assert "difficult" not in html_of(letter)
    assert "Please reboot slot 4." in html_of(letter)


def test_the_customers_files_reach_the_team_up_to_a_size(ann: Person, alice: Person, told: Heard) -> None:
    files = [("small.log", b"x" * 1000), ("huge.bin", bytes(range(256)) * 24_000)]
    ann.writes("Here are the files you asked for.", subject=f"Re: {told.subject}", files=files)
    letter = alice.hears_one("customer-replied")
    assert letter.files == ["small.log"]
    assert "huge.bin (6.14 MB, kept with the request)" in letter.text


def test_a_relayed_letter_answers_the_customers_last_mail(ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("We look into it.", answers=told)
    letter = ann.hears_one("relayed")
    assert str(letter.message["In-Reply-To"]).endswith("ann@acme.example>")
    assert str(told.message["Message-ID"]) not in letter.message.as_string()


def signed(told: Heard, words: str, kind: str, name: str) -> bytes:
    """An answer of Alice's that her mail program signed."""
    return (
        f"From: Alice Ndiaye <alice@vendor.example>\r\nTo: {told.message['Reply-To']}\r\nSubject: Re: APM\r\n"
        f"In-Reply-To: {told.message['Message-ID']}\r\nMessage-ID: <s@vendor.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/signed; protocol="{kind}"; micalg=sha-256; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\n{words}\r\n--b\r\n"
        f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
        "the certificate of alice@vendor.example\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("kind", "name"), [("application/pkcs7-signature", "smime.p7s"), ("application/pgp-signature", "signature.asc")]
)
def test_what_signs_a_mail_is_no_file_of_it(house: House, ann: Person, told: Heard, kind: str, name: str) -> None:
    house.deliver(signed(told, "#take", kind, name))
    assert ann.hears() == []
    assert house.request(str(told.message["X-Mailproc-SR"])).updated is None
    house.deliver(signed(told, "Please reboot slot 4.", kind, name).replace(b"<s@", b"<s2@"))
    assert ann.hears_one("relayed").files == []


@pytest.mark.parametrize(("file", "answers"), [("image001.png", False), ("card.vcf", False), ("trace.pcap", True)])
def test_without_words_only_a_document_answers(
    house: House, ann: Person, told: Heard, file: str, *, answers: bool
) -> None:
    house.staff().writes("#take", answers=told, files=[(file, PIXEL if file.endswith("png") else b"BEGIN something")])
    assert [letter.files for letter in ann.hears()] == ([[file]] if answers else [])
    assert (house.request(str(told.message["X-Mailproc-SR"])).updated is not None) == answers


def test_letters_of_ours_stay_inside_however_they_are_packed(ann: Person, alice: Person, told: Heard) -> None:
    own = told.message.as_bytes()
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("thread.eml", own)
    files = [
        ("thread.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + own.decode().encode("utf-16-le")),
        ("thread.zip", archive.getvalue()),
        ("thread.txt", own),
        ("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00" + b"alice@vendor.example"),
        ("notes.txt", b"9.7.3 notes"),
    ]
    alice.writes("See the notes.", answers=told, files=files)
    assert ann.hears_one("relayed").files == ["notes.txt"]


@pytest.mark.parametrize("address", ["alice%40vendor.example", "%61lice%40vendor.example", "alice%2540vendor.example"])
def test_no_private_address_hides_in_a_link(ann: Person, alice: Person, told: Heard, address: str) -> None:
    html = f'<p>Please <a href="mailto:{address}?subject=APM%204">write</a> to me and <b>reboot</b> slot 4 today.</p>'
    alice.writes("Please write to me and reboot slot 4 today.", answers=told, html=html)
    letter = ann.hears_one("relayed")
    assert "<b>reboot</b>" in html_of(letter)
    assert (
        address.partition("%40")[0] not in html_of(letter).replace("%61", "a").replace("%25", "%").split("mailto:")[1]
    )
    assert "xseries-support@vendor.example" in html_of(letter)


def test_of_quoted_lines_those_go_out_that_the_customer_knows(ann: Person, alice: Person, told: Heard) -> None:
    quoted = [f"> {line}".rstrip() for line in told.text.split("\n")]
    at = next(number for number, line in enumerate(quoted) if "Status:" in line)
    words = next(number for number, line in enumerate(quoted) if "First seen on Sunday" in line)
    text = [
        "Hi Ann, see below.",
        "",
        "On Mon, 2 Mar 2026, Example Networks Support wrote:",
        *quoted[: words + 1],
        "",
        "Was that before the change?",
        "",
        *quoted[words + 1 : at + 1],
        "",
        "I look into it now.",
        "",
        *quoted[at + 1 :],
    ]
    alice.writes("\n".join(text), answers=told)
    heard = ann.hears_one("relayed").text
    assert "First seen on Sunday 1 March at 22:10" in heard
    assert "Was that before the change?" in heard
    assert "I look into it now." in heard
    for internal in ("Status:", "nobody has taken it", "Reason:", "Flags:"):
        assert internal not in heard


def test_lines_of_a_console_that_an_engineer_shows_are_his_own(ann: Person, alice: Person, told: Heard) -> None:
    alice.writes("Please type this:\n\n> show chassis slot 4\n> show alarms\n\nand send me what it says.", answers=told)
    heard = ann.hears_one("relayed").text
    assert "> show chassis slot 4" in heard
    assert "> show alarms" in heard
