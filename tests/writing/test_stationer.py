import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.adapters.templates import load_templates
from mailproc.desk.decision import Order
from mailproc.reading.mail import Address, Attachment
from mailproc.reading.sender import Mark, Seal
from mailproc.writing.letter import Letter, Stationer
from mailproc.writing.samples import LETTERS, TO_STAFF, sample, samples

SEAL = Seal(b"a secret of the tests")
STATIONER = Stationer(load_templates(), SEAL)
HOSTILE = st.text(max_size=200) | st.sampled_from(
    [
        "x\r\nBcc: victim@elsewhere.example",
        "x\n\n<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ request.history }}{% for a in b %}",
        "=?utf-8?q?=0D=0ABcc=3A_x=40y.example?=",
        "\u202egnp.exe\u2066 \x1b[2J\x00",
        "]]>--=_words.0",
    ]
)


def read(letter: Letter) -> EmailMessage:
    message = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def elements(html: str) -> set[tuple[str, tuple[str, ...]]]:
    """The elements of a document, each with the names of its attributes."""
    found: set[tuple[str, tuple[str, ...]]] = set()

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add((tag, tuple(name for name, _ in attrs)))

    Collector().feed(html)
    return found


def parts(letter: Letter) -> tuple[str, str]:
    message = read(letter)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    return str(text.get_content()), str(html.get_content())


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_well_formed_mail(name: str) -> None:
    for order in samples(name):
        letter = STATIONER.write(order)
        message = read(letter)
        assert [part.defects for part in message.walk() if part.defects] == []
        assert message.get_content_type() == "multipart/alternative"
        assert letter.content.count(b"\n") == letter.content.count(b"\r\n")
        assert all(len(line) <= 998 for line in letter.content.split(b"\r\n"))
        assert message["Subject"] == letter.subject
        assert len(message.keys()) == len(set(message.keys()))


def test_the_same_order_gives_the_same_bytes() -> None:
    order = sample("acknowledgement")
    again = STATIONER.write(order)
    assert STATIONER.write(order) == again
    other = STATIONER.write(replace(order, key="another"))
    assert other.message_id != again.message_id


def test_the_marks_in_message_id_and_reply_address_hold() -> None:
    for name in ("acknowledgement", "new-request"):
        letter = STATIONER.write(sample(name))
        message = read(letter)
        staff = "alice@vendor.example" if name in TO_STAFF else None
        for place in (message["Message-ID"], message["Reply-To"], letter.envelope_from):
            found = re.search(r"(2-\d{9})\.([a-z2-7]{16})", str(place))
            assert found
            assert SEAL.holds(Mark(found[1], found[2]), staff)
            assert not SEAL.holds(Mark(found[1], found[2]), "somebody@else.example")


def test_a_mailbox_without_subaddresses_is_answered_at_its_own_address() -> None:
    letter = STATIONER.write(replace(sample("acknowledgement"), subaddress=""))
    assert letter.envelope_from == read(letter)["Reply-To"].addresses[0].addr_spec == "xseries-support@vendor.example"


@pytest.mark.parametrize(("name", "automatic"), [("acknowledgement", "auto-replied"), ("update-due", "auto-generated")])
def test_an_automatic_letter_says_so(name: str, automatic: str) -> None:
    message = read(STATIONER.write(sample(name)))
    assert message["Auto-Submitted"] == automatic
    assert message["X-Auto-Response-Suppress"] == "All"
    assert (message["X-Mailproc-Letter"], message["X-Mailproc-SR"]) == (name, "2-000000042")


def test_a_persons_mail_bears_no_mark_of_a_machine() -> None:
    message = read(STATIONER.write(sample("relayed")))
    assert message["From"] == '"Alice Ndiaye (Example Networks)" <xseries-support@vendor.example>'
    assert [message[name] for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "Precedence")] == [None] * 3
    assert (message["X-Mailproc-Letter"], message["X-Mailproc-SR"]) == ("relayed", "2-000000042")


def test_long_message_ids_stay_whole() -> None:
    long = "a" * 150 + "@namprd04.prod.outlook.example"
    order = replace(sample("acknowledgement"), in_reply_to=long, references=(long, "b@c.example"))
    content = STATIONER.write(order).content
    assert f"In-Reply-To: <{long}>\r\n".encode() in content
    assert f"References: <{long}>\r\n <b@c.example>\r\n".encode() in content


def test_of_many_references_the_first_and_the_last_stay() -> None:
    order = replace(sample("acknowledgement"), in_reply_to="99@x", references=tuple(f"{one}@x" for one in range(100)))
    kept = str(read(STATIONER.write(order))["References"]).split()
    assert kept == ["<0@x>", *(f"<{one}@x>" for one in range(80, 100))]


@pytest.mark.parametrize("bad", ["a@b>\r\nBcc: x@y.example", "with space@x", "<a@b>", "ä@x", "", "x" * 1000])
def test_a_message_id_that_is_none_is_left_out(bad: str) -> None:
    message = read(STATIONER.write(replace(sample("acknowledgement"), in_reply_to=bad, references=(bad, "good@x"))))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<good@x>"


@pytest.mark.parametrize(
    "bad", ["a@b.example\r\nBcc: x@y.example", "a@b@c", "a b@c.example", "a@b.example, x@y.example", ""]
)
def test_an_address_that_is_none_is_not_written_to(bad: str) -> None:
    order = replace(
        sample("acknowledgement"), to=(Address(address=bad, name="Mei"),), cc=(Address(address="ok@c.example"),)
    )
    letter = STATIONER.write(order)
    assert letter.recipients == ("ok@c.example",)
    assert b"undisclosed-recipients:;" in letter.content
    assert "Bcc" not in read(letter)


def test_an_address_in_another_script_is_kept_for_a_server_that_can() -> None:
    letter = STATIONER.write(replace(sample("acknowledgement"), to=(Address(address="用户@例え.example"),)))
    assert letter.recipients == ("用户@例え.example",)
    assert "To: 用户@例え.example\r\n".encode() in letter.content


def test_files_go_with_the_words() -> None:
    files = (Attachment(name="logs.zip", type="application/zip", content=b"PK\x03\x04"),)
    message = read(STATIONER.write(replace(sample("relayed"), attachments=files)))
    assert message.get_content_type() == "multipart/mixed"
    assert [(one.get_filename(), one.get_content()) for one in message.iter_attachments()] == [
        ("logs.zip", b"PK\x03\x04")
    ]
    body = message.get_body(("plain",))
    assert body
    assert "watchdog of APM 4" in body.get_content()


@pytest.mark.parametrize(
    ("own", "ours"),
    [
        ("APM 4 reloads", "Re: APM 4 reloads [SR 2-000000042]"),
        ("Re: AW: Fwd: APM 4 reloads [SR 2-000000042]", "Re: APM 4 reloads [SR 2-000000042]"),
        ("回复：RE[2]: 障害 [SR 2-000000041]", "Re: 障害 [SR 2-000000042]"),
        ("Re: [SR 2-000000042]", "Re: (no subject) [SR 2-000000042]"),
        ("Report on Re:lay", "Re: Report on Re:lay [SR 2-000000042]"),
        ("word " * 40, f"Re: {'word ' * 15}".rstrip() + "… [SR 2-000000042]"),
    ],
)
def test_the_customers_subject_stays_and_bears_one_tag(own: str, ours: str) -> None:
    assert STATIONER.write(replace(sample("relayed"), subject=own)).subject == ours


OUR_ELEMENTS = {
    one for name in LETTERS for order in samples(name) for one in elements(parts(STATIONER.write(order))[1])
}


def hostile(order: Order, value: str) -> Order:
    request = replace(order.facts.request, subject=value, customer_name=value, organisation=value, level_because=value)
    item = replace(order.facts.arrived[0], label=value, where=value) if order.facts.arrived else None
    items = (item,) if item else ()
    facts = replace(order.facts, request=request, words=value, writer_name=value, arrived=items, unusable=items)
    if overview := order.facts.overview:
        told = tuple(replace(one, subject=value, customer=value) for one in overview.changes)
        section = replace(overview.sections[0], entries=told)
        facts = replace(facts, overview=replace(overview, sections=(section,), changes=told))
    people = tuple(replace(one, name=value) for one in order.to)
    transcript = (value,) if order.facts.transcript else ()
    return replace(order, to=people, subject=value, facts=replace(facts, transcript=transcript))


@given(HOSTILE, st.sampled_from(LETTERS))
def test_what_a_stranger_wrote_does_no_harm(value: str, name: str) -> None:
    plain, letter = STATIONER.write(sample(name)), STATIONER.write(hostile(sample(name), value))
    message = read(letter)
    assert message["Subject"] == letter.subject
    assert name == "digest" or letter.subject.endswith("[SR 2-000000042]")
    assert [one for one in message if one != "Subject"] == [one for one in read(plain) if one != "Subject"]
    assert letter.recipients == plain.recipients
    assert [part.get_content_type() for part in message.walk()] == [
        part.get_content_type() for part in read(plain).walk()
    ]
    text, html = parts(letter)
    assert not set(text) & set("\x00\x1b\u202e\u2066")
    assert elements(html) <= OUR_ELEMENTS
