"""Our own sample mails, read: who speaks, what bounced, which files came."""

import binascii
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailproc.reading.mail import Mail, OriginKind
from mailproc.reading.parse import read

MAILS = Path(__file__).parents[1] / "mails"
OURS = frozenset({"support@vendor.example"})


def mail(name: str) -> Mail:
    return read((MAILS / f"{name}.eml").read_bytes(), OURS)


@dataclass(frozen=True, kw_only=True)
class Expected:
    kind: OriginKind = "person"
    answerable: bool = True
    recipients: tuple[str, ...] = ()
    permanent: bool | None = None


EXPECTED = {
    "plain-person": Expected(),
    "raw-gb2312": Expected(),
    "split-iso-2022-jp": Expected(),
    "old-mac-line-ends": Expected(),
    "wrong-boundary": Expected(),
    "names-rfc2231": Expected(),
    "attached-message": Expected(),
    "asks-how-to-set-out-of-office": Expected(),
    "suppresses-answers": Expected(answerable=False),
    "person-pastes-a-bounce": Expected(),
    "our-group-address": Expected(),
    "relayed-engineer": Expected(),
    "out-of-office-exchange": Expected(kind="auto-reply", answerable=False),
    "out-of-office-without-headers": Expected(kind="auto-reply", answerable=False),
    "report-delivered": Expected(kind="auto-reply", answerable=False),
    "bounce-rfc3464": Expected(kind="bounce", answerable=False, recipients=("ann@acme.example",), permanent=True),
    "bounce-delayed": Expected(kind="bounce", answerable=False, recipients=("ann@acme.example",), permanent=False),
    "bounce-german-exchange": Expected(
        kind="bounce", answerable=False, recipients=("ann@acme.example",), permanent=True
    ),
    "bounce-qmail": Expected(kind="bounce", answerable=False, recipients=("ann@acme.example",), permanent=True),
    "list-mail": Expected(kind="list", answerable=False),
    "our-own-letter": Expected(kind="loop", answerable=False),
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED.keys())
def test_each_mail_tells_who_speaks_and_what_bounced(name: str, expected: Expected) -> None:
    found = mail(name)
    assert (found.origin.kind, found.origin.answerable) == (expected.kind, expected.answerable)
    assert (found.bounce.recipients if found.bounce else ()) == expected.recipients
    assert (found.bounce.permanent if found.bounce else None) == expected.permanent


@pytest.mark.parametrize("name", EXPECTED)
def test_every_judgement_names_its_evidence(name: str) -> None:
    assert all(mail(name).origin.evidence)


@pytest.mark.parametrize("name", ["bounce-rfc3464", "bounce-delayed", "bounce-german-exchange", "bounce-qmail"])
def test_a_bounce_names_the_letter_that_came_back(name: str) -> None:
    bounce = mail(name).bounce
    assert bounce is not None
    assert bounce.original_message_id == "sr1.abc@vendor.example"


def test_headers_are_unfolded_and_addresses_parted_at_semicolons() -> None:
    found = mail("plain-person")
    assert found.subject == "The second unit reboots"
    assert [one.address for one in found.cc] == ["bob@acme.example", "carol@acme.example"]
    assert (found.return_path, found.message_id) == ("ann@acme.example", "m1@mail.acme.example")
    assert found.date is not None
    assert found.date.isoformat() == "2026-03-03T09:15:00+00:00"


def test_raw_chinese_headers_and_text_are_read() -> None:
    found = mail("raw-gb2312")
    assert found.subject == "设备故障请求支持"
    assert found.text.strip() == "朱镕基 说：设备重启。"
    assert found.sender is not None
    assert found.sender.name == "王芳"


def test_japanese_mail_is_read() -> None:
    found = mail("split-iso-2022-jp")
    assert (found.subject, found.text.strip()) == ("障害のご指摘について", "装置が再起動しました。")


def test_lines_that_end_in_cr_alone_are_lines() -> None:
    found = mail("old-mac-line-ends")
    assert (found.subject, found.reply) == ("Old Mac", "Line one.\nLine two.")


def test_parts_are_found_in_spite_of_a_wrong_boundary() -> None:
    found = mail("wrong-boundary")
    assert found.text.strip() == "The text."
    assert [one.name for one in found.attachments] == ["log.txt"]
    assert found.damage


def test_names_are_decoded_and_made_harmless() -> None:
    names = [one.name for one in mail("names-rfc2231").attachments]
    assert names[:2] == ["Prüfbericht.pdf", "診断.log"]
    assert names[3] == "evil gpj.exe"


def test_types_are_told_by_content() -> None:
    found = mail("names-rfc2231").attachments
    assert [one.type for one in found] == [
        "application/pdf",
        "text/plain",
        "image/png",
        "application/vnd.microsoft.portable-executable",
    ]
    assert [one.inline for one in found] == [False, False, True, False]


def test_a_nameless_file_has_the_same_name_each_time() -> None:
    first, again = mail("names-rfc2231").attachments[2], mail("names-rfc2231").attachments[2]
    assert first.name == again.name
    assert first.name.endswith(".png")


def test_an_attached_message_is_a_file_and_its_words_are_not_the_senders() -> None:
    found = mail("attached-message")
    assert found.text.strip() == "As attached."
    assert [(one.name, one.inside) for one in found.attachments] == [
        ("The fault.eml", None),
        ("messages", "The fault.eml"),
    ]


def test_mail_from_one_of_our_mailboxes_is_a_loop() -> None:
    raw = b"From: Support <Support@vendor.example>\nTo: ann@acme.example\n\nHello"
    assert read(raw, OURS).origin.kind == "loop"
    assert read(raw).origin.kind == "person"


@pytest.mark.parametrize("sender", ["noreply@acme.example", "no-reply@acme.example", "donotreply@acme.example"])
def test_nobody_answers_an_address_that_nobody_reads(sender: str) -> None:
    assert not read(f"From: {sender}\nSubject: x\n\nx".encode()).origin.answerable


@pytest.mark.parametrize(
    "value", ["auto-replied", "auto-generated", "auto-notified; owner-email=x", "auto-replied (vacation)"]
)
def test_auto_submitted_other_than_no_is_a_machine(value: str) -> None:
    assert read(f"From: a@acme.example\nAuto-Submitted: {value}\n\nx".encode()).origin.kind == "auto-reply"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Mail delivery failed for our users", "Mail to bob@far.example could not be delivered, error 550."),
        ("Undeliverable mail", "All our mail bounces: 550 5.1.1 user unknown <bob@far.example>."),
        ("Re: Mail delivery failed", "User unknown, see below."),
        ("Automatic reply does not work", "Our users see no automatic reply."),
    ],
)
def test_a_person_who_writes_of_mail_is_a_person(subject: str, text: str) -> None:
    raw = f"Return-Path: <ann@acme.example>\nFrom: Ann <ann@acme.example>\nSubject: {subject}\n\n{text}"
    found = read(raw.encode(), OURS)
    assert (found.origin.kind, found.bounce, found.origin.answerable) == ("person", None, True)


def test_raw_headers_are_read_in_the_charset_of_the_text() -> None:
    raw = "From: Иван <ivan@acme.example>\nSubject: Сбой модуля\nContent-Type: text/plain; charset=windows-1251\n\nДа"
    found = read(raw.encode("cp1251"))
    assert (found.subject, found.text, found.sender and found.sender.name) == ("Сбой модуля", "Да", "Иван")


def test_a_file_within_the_text_is_an_attachment() -> None:
    encoded = b"begin 644 messages\n" + binascii.b2a_uu(b"kernel: reset\n") + b"`\nend\n"
    found = read(b"From: a@acme.example\nSubject: log\n\nHere it is.\n\n" + encoded)
    assert [(one.name, one.content) for one in found.attachments] == [("messages", b"kernel: reset\n")]
    assert found.text.startswith("Here it is.")


def test_a_type_without_a_semicolon_before_its_charset_is_read() -> None:
    raw = b'From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain\n   charset="utf-8"\n\nGr\xc3\xbc\xc3\x9fe\n'
    assert (read(raw).text, read(raw).attachments) == ("Grüße", ())
