"""Archives are read within limits, and names in them are only names."""

import bz2
import gzip
import lzma
import tarfile
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading import archives
from mailproc.reading.archives import Budget, Contents, unpack


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
    ],
    ids=["zip", "gz", "bz2", "tar.gz"],
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
    assert unpack(b"just words", "a.txt", Budget()) == Contents()


@given(st.data())
def test_damaged_archives_never_raise(data: st.DataObject) -> None:
    packed = data.draw(
        st.sampled_from([zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), lzma.compress(b"x" * 99)])
    )
    content = bytearray(packed)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    assert _octets(unpack(bytes(content[:cut]), "a", Budget())) <= archives.TOTAL_LIMIT
