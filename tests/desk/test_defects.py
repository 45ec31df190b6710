"""What came and does not serve says why, and what can be done; what nobody offered as a file is not spoken of."""

import pytest

from mailproc.desk.defects import PICTURE, UNKNOWN
from mailproc.desk.recognition import recognised
from mailproc.reading.mail import Attachment, Damage
from tests.desk.samples import KINDS, LOG, show_tech

TRACE = bytes.fromhex("d4c3b2a102000400") + bytes(16) + bytes(8) + bytes.fromhex("3c0000003c000000")
PNG = b"\x89PNG\r\n\x1a\n"


def a_file(name: str, content: bytes | str, kind: str = "text/plain", **what: object) -> Attachment:
    data = content.encode() if isinstance(content, str) else content
    return Attachment(name=name, type=kind, content=data, **what)  # type: ignore[arg-type]


def problem(file: Attachment) -> str | None:
    return recognised((file,), KINDS)[0].problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (show_tech("hk-a", "B1")[:60], UNKNOWN),
        ("".join(LOG.splitlines(keepends=True)[:1]), UNKNOWN),
        ("hk-a> show tech\n% Unknown command\n" * 90, "only holds an error: unknown command"),
        (
            "<html><head><title>403 Forbidden</title></head><body>no</body></html>",
            "only holds an error: 403 forbidden",
        ),
        (show_tech("hk-a", "B1") + "--More--", "stops at the first page (--More--)"),
        (show_tech("hk-a", "B1").replace("Host:", "--More--\nHost:"), None),
        ("Minutes of Monday.\n" * 90 + "permission denied\n", UNKNOWN),
        (TRACE, "holds no packet"),
        (TRACE + bytes(59), "holds no packet"),
        (TRACE + bytes(60), None),
    ],
    ids=["start", "one line", "errors", "page", "pager", "paged", "one error", "head", "cut in a packet", "whole"],
)
def test_a_file_that_does_not_serve_says_why(content: bytes | str, words: str | None) -> None:
    assert problem(a_file("x.txt", content)) == words


def test_a_picture_of_output_is_not_its_text() -> None:
    assert problem(a_file("screenshot.png", PNG + bytes(90), "image/png")) == PICTURE
    assert problem(a_file("Unbenannt.png", PNG + bytes(90_000), "image/png")) == PICTURE


@pytest.mark.parametrize(
    "file",
    [
        a_file("image001.png", PNG + bytes(90_000), "image/png"),
        a_file("logo.gif", b"GIF89a" + bytes(20_000), "image/gif"),
        a_file("x.png", PNG + bytes(900), "image/png"),
        a_file("chart.png", PNG + bytes(90_000), "image/png", content_id="1@x"),
        a_file("invite.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "text/calendar"),
        a_file("ann.vcf", "BEGIN:VCARD\nEND:VCARD\n", "text/vcard"),
        a_file("smime.p7s", b"0\x82\x01" + bytes(900), "application/pkcs7-signature"),
        a_file("signature.asc", "-----BEGIN PGP SIGNATURE-----\n", "application/pgp-signature"),
        a_file("ATT00001.txt", ""),
        a_file("ATT00001.htm", "<html><body></body></html>", "text/html"),
        a_file("ATT00002.txt", "This mail was scanned.\n"),
        a_file("fwd.eml", "From: a\n\nx\n", "message/rfc822"),
    ],
    ids=lambda file: file.name,
)
def test_what_mail_programs_and_signatures_add_is_not_spoken_of(file: Attachment) -> None:
    assert problem(file) is None


def test_an_archive_is_silent_where_its_files_speak() -> None:
    zipped = a_file("logs.zip", b"PK", "application/zip")
    held = (a_file("messages", LOG, inside="logs.zip"), a_file("notes", "Lunch.\n", inside="logs.zip"))
    assert [one.problem for one in recognised((zipped, *held), KINDS)] == [None, None, None]
    assert [one.problem for one in recognised((zipped, held[1]), KINDS)] == [UNKNOWN, None]


@pytest.mark.parametrize(
    ("damage", "words", "remedy"),
    [
        (Damage(words="is locked with a password", kind="locked"), "is locked with a password", "without one"),
        (Damage(words="is a RAR archive", kind="closed"), "is a RAR archive", ".tar.gz"),
        (Damage(words="stands too deep", kind="limit"), "stands too deep", "20 MB"),
        (Damage(words="is damaged"), "is damaged", "once more"),
    ],
)
def test_what_was_not_read_says_what_mends_it(damage: Damage, words: str, remedy: str) -> None:
    (found,) = recognised((a_file("a", b"", damage=(damage,)),), KINDS)
    assert found.problem == words
    assert remedy in found.remedy


def test_what_was_read_as_far_as_a_limit_let_it_serves() -> None:
    part = a_file("messages", LOG, damage=(Damage(words="only its first 20 MB were read", kind="partial"),))
    assert recognised((part,), KINDS)[0].problem is None
