"""Archives are read within limits, and names in them are only names."""

import bz2
import gzip
import lzma
import struct
import tarfile
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading import archives
from mailproc.reading.archives import Budget, Contents, unpack
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
    assert found.damage


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
    assert [one.damage for one in unpack(bytes(content), "a.zip", Budget()).members] == [("is locked with a password",)]


def test_formats_that_cannot_be_opened_are_told_of() -> None:
    assert unpack(b"7z\xbc\xaf\x27\x1c" + bytes(40), "a.7z", Budget()).damage
    assert unpack(b"Rar!\x1a\x07\x01\x00" + bytes(40), "a.rar", Budget()).damage
    assert unpack(b"just words", "a.txt", Budget()) == Contents()


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
