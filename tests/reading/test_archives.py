"""Archives are read within limits, and names in them are only names."""

import bz2
import gzip
import lzma
import struct
import tarfile
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading import archives
from mailproc.reading.archives import Budget, Contents, unpack
from mailproc.reading.mail import Damage
from mailproc.reading.parse import read
from tests.reading.packed import seven_zipped, winmail


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    return buffer.getvalue()


FILES = {"hk-a/messages": b"kernel: reset\n", "../../etc/passwd": b"root\n"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logs.zip", zipped(FILES)),
        ("logs.tar", tarred(FILES)),
        ("logs.tar.gz", gzip.compress(tarred(FILES))),
        ("logs.tgz", gzip.compress(tarred(FILES))),
        ("logs.tar.bz2", bz2.compress(tarred(FILES))),
        ("logs.tar.xz", lzma.compress(tarred(FILES))),
        ("logs.7z", seven_zipped(FILES)),
        ("winmail.dat", winmail(FILES)),
    ],
)
def test_members_are_listed_under_their_names_as_they_are(name: str, content: bytes) -> None:
    found = unpack(content, name, Budget())
    assert {one.name: one.content for one in found.members} == FILES
    assert (found.damage, {one.inside for one in found.members}) == ((), {()})


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_is_one_member_without_its_suffix(pack: object) -> None:
    content = pack(b"kernel: reset\n")  # type: ignore[operator]
    assert [(one.name, one.content) for one in unpack(content, "messages.gz", Budget()).members] == [
        ("messages", b"kernel: reset\n")
    ]


def test_archives_in_archives_name_what_is_around() -> None:
    found = unpack(zipped({"inner.zip": zipped({"messages": b"x\n"})}), "outer.zip", Budget())
    assert [(one.name, one.inside) for one in found.members] == [("inner.zip", ()), ("messages", ("inner.zip",))]


def test_every_kind_of_archive_may_stand_in_every_other() -> None:
    inner = gzip.compress(tarred({"all.7z": seven_zipped({"messages": b"kernel: reset\n"})}))
    found = unpack(winmail({"logs.zip": zipped({"deep.tgz": inner})}), "winmail.dat", Budget())
    assert [(one.name, one.inside) for one in found.members][-1] == ("messages", ("logs.zip", "deep.tgz", "all.7z"))


def wrapped_mail(text: str, attached: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@acme.example", "support@vendor.example", "X60"
    mail.set_content(text)
    mail.add_attachment(attached, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return mail.as_bytes()


def test_a_mail_that_is_all_in_a_winmail_dat_gives_its_words_and_files() -> None:
    mail = read(wrapped_mail("\n", winmail({"messages": b"kernel: reset\n"}, "APM 4 réboots since Monday.")))
    assert mail.reply == "APM 4 réboots since Monday."
    assert [(one.name, one.inside) for one in mail.attachments] == [
        ("winmail.dat", None),
        ("messages", "winmail.dat"),
    ]


def test_the_words_of_a_winmail_dat_do_not_come_twice() -> None:
    assert read(wrapped_mail("See the log.\n", winmail({}, "See the log."))).text.strip() == "See the log."


@given(st.data())
def test_a_damaged_winmail_dat_never_raises(data: st.DataObject) -> None:
    content = bytearray(winmail(FILES, "words"))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    mail = read(wrapped_mail("\n", bytes(content[: data.draw(st.integers(0, len(content)))])))
    assert len(mail.attachments) <= 1 + len(FILES)


def test_a_winmail_dat_of_endless_objects_is_not_opened() -> None:
    tiny = struct.pack("<BHHI", 1, 0x8004, 1, 0) + bytes(2)
    assert unpack(winmail({}) + tiny * 6000, "winmail.dat", Budget()).damage


def test_archives_are_opened_so_deep_and_no_deeper() -> None:
    content = b"deep\n"
    for level in range(6):
        content = zipped({f"{level}.zip" if level else "file": content})
    found = unpack(content, "all.zip", Budget())
    assert max(len(one.inside) for one in found.members) == archives.DEPTH_LIMIT - 1
    assert [one.kind for one in found.members[-1].damage] == ["limit"]


def _octets(found: Contents) -> int:
    return sum(len(one.content) for one in found.members)


@pytest.mark.parametrize(
    "content",
    [
        zipped({"zeros": bytes(200 << 20)}),
        gzip.compress(bytes(200 << 20)),
        bz2.compress(bytes(200 << 20)),
        gzip.compress(tarred({"zeros": bytes(120 << 20)})),
        seven_zipped({"zeros": bytes(200 << 20)}),
    ],
    ids=["zip", "gz", "bz2", "tar.gz", "7z"],
)
def test_bombs_do_not_go_off(content: bytes) -> None:
    found = unpack(content, "bomb", Budget())
    assert _octets(found) <= archives.TOTAL_LIMIT
    assert found.damage or any(one.damage for one in found.members)


def test_members_beyond_the_limit_are_told_of() -> None:
    found = unpack(zipped({f"{n}": b"x" for n in range(1200)}), "many.zip", Budget())
    assert len(found.members) == archives.COUNT_LIMIT
    assert found.damage


def test_a_locked_member_is_told_of() -> None:
    content = bytearray(zipped({"secret": b"x" * 50}))
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + offset] |= 1
    (member,) = unpack(bytes(content), "a.zip", Budget()).members
    assert member.damage == (Damage(words="is locked with a password", kind="locked"),)


def test_formats_that_cannot_be_opened_are_told_of() -> None:
    assert unpack(b"7z\xbc\xaf\x27\x1c" + bytes(40), "a.7z", Budget()).damage
    assert unpack(b"Rar!\x1a\x07\x01\x00" + bytes(40), "a.rar", Budget()).damage
    assert unpack(b"just words", "a.txt", Budget()) == Contents()


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x28\xb5\x2f\xfd" + bytes(40), "closed"),
        (b"\x1f\x9d\x90" + bytes(40), "closed"),
        (b"\x04\x22\x4d\x18" + bytes(40), "closed"),
        (b"MSCF\0\0\0\0" + bytes(40), "closed"),
        (zipped({}), "broken"),
        (cut(zipped(FILES)), "broken"),
        (gzip.compress(bytes(30 << 20)), "limit"),
        (zipped({f"{n}": b"" for n in range(5001)}), "limit"),
    ],
    ids=["zst", "Z", "lz4", "cab", "empty", "cut", "zeros", "many"],
)
def test_an_archive_that_was_not_read_says_why_also_within_another(content: bytes, kind: str) -> None:
    assert [one.kind for one in unpack(content, "a", Budget()).damage] == [kind]
    (member, *_) = unpack(zipped({"a": content}), "all.zip", Budget()).members
    assert [one.kind for one in member.damage] == [kind]


def test_streams_of_xz_that_follow_one_another_are_read_to_the_last() -> None:
    content = lzma.compress(b"first\n") + bytes(8) + lzma.compress(b"second\n")
    assert [one.content for one in unpack(content, "messages.xz", Budget()).members] == [b"first\nsecond\n"]


def test_a_file_of_the_older_lzma_is_read() -> None:
    content = lzma.compress(b"kernel: reset\n", format=lzma.FORMAT_ALONE)
    assert [one.content for one in unpack(content, "messages.lzma", Budget()).members] == [b"kernel: reset\n"]


def test_streams_without_end_are_not_read_for_ever() -> None:
    (member,) = unpack(lzma.compress(b"x") + lzma.compress(b"") * 5000, "a.xz", Budget()).members
    assert (member.content, [one.kind for one in member.damage]) == (b"x", ["broken"])


PACKERS = (
    lambda one: zipped({"in": one}),
    lambda one: tarred({"in": one}),
    lambda one: seven_zipped({"in": one}) if one else one,
    lambda one: winmail({"in": one}),
    gzip.compress,
    bz2.compress,
    lzma.compress,
)


@given(st.binary(max_size=300), st.lists(st.sampled_from(PACKERS), max_size=9))
def test_any_bytes_in_any_archives_are_bounded_and_never_raise(
    content: bytes, packers: list[Callable[[bytes], bytes]]
) -> None:
    for pack in packers:
        content = pack(content)
    budget = Budget(octets=4000, members=5)
    found = unpack(content, "a", budget)
    assert _octets(found) <= 4000 + len(content)
    assert all(len(one.inside) < archives.DEPTH_LIMIT for one in found.members)


@given(
    st.sampled_from([b"PK\3\4", b"PK\5\6", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c"]), st.binary()
)
def test_any_bytes_behind_a_signature_never_raise(signature: bytes, rest: bytes) -> None:
    assert _octets(unpack(signature + rest, "a", Budget())) <= archives.TOTAL_LIMIT


@given(st.data())
def test_damaged_archives_never_raise(data: st.DataObject) -> None:
    packed = data.draw(
        st.sampled_from(
            [
                zipped(FILES),
                tarred(FILES),
                gzip.compress(tarred(FILES)),
                lzma.compress(b"x" * 99),
                seven_zipped(FILES),
            ]
        )
    )
    content = bytearray(packed)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    assert _octets(unpack(bytes(content[:cut]), "a", Budget())) <= archives.TOTAL_LIMIT


def a_mail_with_a_log() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@acme.example", "bo@acme.example", "Logs"
    mail["Date"], mail["Message-ID"] = "Mon, 02 Mar 2026 08:00:00 +0000", "<1@acme.example>"
    mail.set_content("See the log.\n")
    mail.add_attachment(b"kernel: reset\n", maintype="application", subtype="octet-stream", filename="messages")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("name", "content", "inside"),
    [
        ("logs.eml", a_mail_with_a_log(), "logs.eml"),
        ("logs.zip", zipped({"logs.eml": a_mail_with_a_log()}), "logs.zip / logs.eml"),
    ],
)
def test_a_message_is_opened_whatever_it_was_declared_to_be(name: str, content: bytes, inside: str) -> None:
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "ann@acme.example", "support@vendor.example", "X60"
    outer.set_content("Here it is.\n")
    outer.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    last = read(outer.as_bytes()).attachments[-1]
    assert (last.name, last.content, last.inside) == ("messages", b"kernel: reset\n", inside)


def test_a_form_that_begins_like_a_mail_is_no_message() -> None:
    form = b"From: hk-a\nTo: hk-b\nSubject: routes\n\nS* 0.0.0.0/0 via 192.0.2.1\n"
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "ann@acme.example", "support@vendor.example", "X60"
    outer.set_content("Here it is.\n")
    outer.add_attachment(form, maintype="application", subtype="octet-stream", filename="form.txt")
    assert [one.type for one in read(outer.as_bytes()).attachments] == ["text/plain"]
