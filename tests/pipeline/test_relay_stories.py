"""What an engineer writes reaches the customer as he wrote it, and nothing else of the house does."""

from collections.abc import Iterator
from pathlib import Path

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
