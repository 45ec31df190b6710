"""Files inside of archives, within limits: zip, 7z, tar, gzip, bzip2, xz, winmail.dat, and archives in archives.

Nothing is written anywhere: members are read as streams, octets are counted as they come, and a member's name
is only a name. What lies beyond a limit is told in words, and what was read until then is kept.
"""

import bz2
import gzip
import lzma
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mailproc.reading import tnef
from mailproc.reading.charsets import display
from mailproc.reading.mail import Damage
from mailproc.reading.media import media_type

MEMBER_LIMIT = 20 << 20
TOTAL_LIMIT = 50 << 20
COUNT_LIMIT = 1000
DEPTH_LIMIT = 5  # a log that rotation compressed, in a tar.gz, in a zip, in a zip: four
_LISTING_LIMIT = 5000
_RATIO_LIMIT = 500  # a log shrinks a hundredfold at most; what shrinks more is filler
_RATIO_FROM = 5 << 20
_MEMORY = 100 << 20  # octets; `xz -9` and `7z -mx=9` need 65 MiB
_NAMES_LIMIT = 4 << 20  # octets of all names in a 7z archive
_MOST_STREAMS = 1000  # of one .xz; each costs time, also where it is empty
_CHUNK = 1 << 16
_NAME_LIMIT = 400
# Whatever the standard library throws at damaged archives, found by feeding it random damage.
_BROKEN = (
    BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
)


_LOCKED = Damage(words="is locked with a password", kind="locked")
_TOO_MANY = Damage(words=f"holds more than {_LISTING_LIMIT} files, none was read", kind="limit")
_TOO_MUCH = Damage(words="is beyond the limits for archives, the rest was not read", kind="limit")
_TOO_DEEP = Damage(words=f"stands {DEPTH_LIMIT} archives deep and was not opened", kind="limit")
_TOO_DENSE = Damage(words=f"unpacks to more than {_RATIO_LIMIT} times its size and was not read", kind="limit")


class BinaryStream(Protocol):
    """What can be read in pieces; empty bytes are the end."""

    def read(self, size: int, /) -> bytes:
        """At most so many octets."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive. `inside` are the names of the archives around it within the outermost one."""

    name: str
    content: bytes = field(repr=False)
    inside: tuple[str, ...] = ()
    damage: tuple[Damage, ...] = ()


@dataclass(slots=True)
class Budget:
    """What may still be read of the archives of one mail; it shrinks as members are read."""

    octets: int = TOTAL_LIMIT
    members: int = COUNT_LIMIT


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive held, and what of it could not be read."""

    members: tuple[Member, ...] = ()
    damage: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    content: bytes = b""
    damage: tuple[Damage, ...] = ()


def unpack(content: bytes, name: str, budget: Budget, depth: int = 1) -> Contents:
    """The members of an archive, and of the archives in it down to DEPTH_LIMIT; nothing for what is no archive."""
    kind = media_type(content)
    if kind in _CLOSED:
        return Contents(
            damage=(Damage(words=f"is a {_CLOSED[kind]} archive, which cannot be opened here", kind="closed"),)
        )
    if kind not in _OPENERS:
        return Contents()
    if depth > DEPTH_LIMIT:
        return Contents(damage=(_TOO_DEEP,))
    members: list[Member] = []
    damage: list[Damage] = []
    for member in _OPENERS[kind](content, name, budget):
        if member.name == name and not member.content and member.damage:
            damage += member.damage
            continue
        inner = unpack(member.content, member.name, budget, depth + 1)
        members.append(replace(member, damage=(*member.damage, *inner.damage)))
        members += (replace(one, inside=(member.name, *one.inside)) for one in inner.members)
    if not members and not damage and kind != tnef.MEDIA_TYPE:
        damage.append(Damage(words="holds no file"))
    return Contents(tuple(members), tuple(dict.fromkeys(damage)))


def _whole(name: str, damage: Damage) -> Member:
    """Damage of the archive as a whole travels as an empty member of the archive's own name."""
    return Member(name=name, content=b"", damage=(damage,))


def _open_zip(content: bytes, name: str, budget: Budget) -> Iterator[Member]:
    if content.count(b"PK\x01\x02") > _LISTING_LIMIT:
        yield _whole(name, _TOO_MANY)
        return
    try:
        with ZipFile(BytesIO(content)) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                if budget.members <= 0 or budget.octets <= 0:
                    yield _whole(name, _TOO_MUCH)
                    return
                yield _zip_member(archive, info, budget)
    except _BROKEN:
        yield _whole(name, Damage(words="is a damaged zip archive, not all of it could be read"))


def _zip_member(archive: ZipFile, info: ZipInfo, budget: Budget) -> Member:
    name = _display_name(_zip_name(info))
    budget.members -= 1
    if info.flag_bits & 0x1:
        return Member(name=name, content=b"", damage=(_LOCKED,))
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2}:
        return Member(
            name=name,
            content=b"",
            damage=(Damage(words="is compressed in a way that cannot be read here", kind="closed"),),
        )
    try:
        with archive.open(info) as stream:
            read = _drain(stream, budget, packed=info.compress_size)
    except _BROKEN:
        return Member(name=name, content=b"", damage=(Damage(words="is damaged and could not be read"),))
    return Member(name=name, content=read.content, damage=read.damage)


def _zip_name(info: ZipInfo) -> str:
    """Many programs write UTF-8 without the flag that says so (APPNOTE 4.4.4, bit 11)."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _open_7z(content: bytes, name: str, budget: Budget) -> Iterator[Member]:
    import archivey  # noqa: PLC0415  takes most of a second, and 7z is rare

    limits = archivey.ArchiveyConfig(
        listing_limits=archivey.ListingLimits(max_members=_LISTING_LIMIT, max_metadata_bytes=_NAMES_LIMIT),
        decoder_limits=archivey.DecoderLimits(max_decoder_memory=_MEMORY),
        process_isolation=archivey.ProcessIsolation.NONE,
    )
    broken = (archivey.ArchiveyError, MemoryError, *_BROKEN)
    try:
        with archivey.open_archive(BytesIO(content), format=archivey.ArchiveFormat.SEVEN_Z, config=limits) as archive:
            for info, stream in archive.stream_members():
                if budget.members <= 0 or budget.octets <= 0:
                    yield _whole(name, _TOO_MUCH)
                    return
                if not info.is_file or stream is None:
                    continue
                budget.members -= 1
                if info.is_encrypted:
                    yield Member(name=_display_name(info.name), content=b"", damage=(_LOCKED,))
                    continue
                read = _drain(stream, budget, packed=len(content), broken=broken)
                yield Member(name=_display_name(info.name), content=read.content, damage=read.damage)
    except archivey.EncryptionError:
        yield _whole(name, _LOCKED)
    except broken:
        yield _whole(name, Damage(words="is a damaged 7z archive, not all of it could be read"))


def _open_tnef(content: bytes, name: str, budget: Budget) -> Iterator[Member]:
    wrapped = tnef.unwrapped(content)
    for file, held in wrapped.files:
        if budget.members <= 0 or budget.octets <= 0:
            yield _whole(name, _TOO_MUCH)
            return
        budget.members -= 1
        read = _drain(BytesIO(held), budget, packed=len(held))
        yield Member(name=_display_name(file), content=read.content, damage=read.damage)
    yield from (
        _whole(name, Damage(words=words, kind="closed" if words == tnef.CLOSED else "broken"))
        for words in wrapped.damage
    )


def _open_tar(content: bytes, name: str, budget: Budget) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=BytesIO(content), mode="r:", encoding="utf-8", errors="replace") as archive:
            for count, info in enumerate(archive):
                if budget.members <= 0 or budget.octets <= 0 or count > _LISTING_LIMIT:
                    yield _whole(name, _TOO_MUCH)
                    return
                stream = archive.extractfile(info) if info.isreg() and not info.issparse() else None
                if stream is None:
                    continue
                budget.members -= 1
                read = _drain(stream, budget, packed=info.size)
                yield Member(name=_display_name(info.name), content=read.content, damage=read.damage)
    except _BROKEN:
        yield _whole(name, Damage(words="is a damaged tar archive, not all of it could be read"))


def _open_compressed(open_stream: Callable[[bytes], BinaryStream]) -> Callable[[bytes, str, Budget], Iterator[Member]]:
    def opener(content: bytes, name: str, budget: Budget) -> Iterator[Member]:
        inner = _without_suffix(name)
        allowance = Budget(octets=budget.octets)
        read = _drain(open_stream(content), allowance, packed=len(content), limit=TOTAL_LIMIT)
        if media_type(read.content) == "application/x-tar":  # one archive to people: no step of its own
            yield from (_renamed(one, inner, name) for one in _open_tar(read.content, inner, budget))
            if read.damage:
                yield _whole(name, read.damage[0])
            return
        kept = read.content[: min(MEMBER_LIMIT, max(budget.octets, 0))]
        budget.octets -= len(kept)
        budget.members -= 1
        if len(kept) < len(read.content):
            read = _Read(kept, (_only_first(MEMBER_LIMIT),))
        yield (
            Member(name=inner, content=kept, damage=read.damage)
            if kept or not read.damage
            else _whole(name, read.damage[0])
        )

    return opener


def _renamed(member: Member, inner: str, outer: str) -> Member:
    return _whole(outer, member.damage[0]) if member.name == inner and member.damage and not member.content else member


def _drain(
    stream: BinaryStream,
    budget: Budget,
    *,
    packed: int,
    limit: int = MEMBER_LIMIT,
    broken: tuple[type[Exception], ...] = _BROKEN,
) -> _Read:
    """Read a stream up to its limits; a stream that breaks keeps what came before the break."""
    pieces: list[bytes] = []
    size = 0
    damage: tuple[Damage, ...] = ()
    allowed = min(limit, max(budget.octets, 0))
    while size <= allowed:
        try:
            piece = stream.read(_CHUNK)
        except broken:
            damage = (Damage(words="is damaged, only its beginning could be read"),)
            break
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        if size > _RATIO_FROM and size > packed * _RATIO_LIMIT:
            budget.octets -= size
            return _Read(b"", (_TOO_DENSE,))
    content = b"".join(pieces)[:allowed]
    budget.octets -= len(content)
    if size > allowed:
        damage = (_only_first(allowed),) if content else (_TOO_MUCH,)
    return _Read(content, damage)


class _LzmaStream(BytesIO):
    """Reads .xz, stream after stream, and .lzma with a limit on memory, which lzma.LZMAFile does not offer."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._decoder = self._begun()
        self._streams = 1

    def read(self, size: int | None = -1) -> bytes:
        wanted = _CHUNK if size is None or size < 0 else size
        while True:
            if self._decoder.eof and not self._goes_on():
                return b""
            packed = super().read(_CHUNK) if self._decoder.needs_input else b""
            if self._decoder.needs_input and not packed:
                raise EOFError
            if unpacked := self._decoder.decompress(packed, max_length=wanted):
                return unpacked

    def _goes_on(self) -> bool:
        """Whether another stream follows; padding of NUL octets may stand between (xz format 2.2)."""
        self._streams += 1
        if self._streams > _MOST_STREAMS:
            raise EOFError
        behind = self._decoder.unused_data
        self.seek(-len(behind), 1)
        while piece := super().read(_CHUNK):
            if stream := piece.lstrip(b"\x00"):
                self.seek(-len(stream), 1)
                self._decoder = self._begun()
                return True
        return False

    @staticmethod
    def _begun() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(memlimit=_MEMORY)


def _only_first(octets: int) -> Damage:
    return Damage(words=f"only its first {octets >> 20} MB were read", kind="partial")


def _without_suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        return f"{name} (unpacked)"
    return f"{stem}.tar" if suffix.lower() in {"tgz", "tbz", "tbz2", "txz"} else stem


def _display_name(name: str) -> str:
    return display(name)[:_NAME_LIMIT] or "(nameless)"


_CLOSED = {
    "application/vnd.rar": "RAR",
    "application/zstd": "Zstandard",
    "application/x-compress": "compress (.Z)",
    "application/x-lz4": "LZ4",
    "application/vnd.ms-cab-compressed": "cabinet",
    "application/x-lzh": "LZH",
    "application/x-lzip": "lzip",
}
_OPENERS: dict[str, Callable[[bytes, str, Budget], Iterator[Member]]] = {
    "application/zip": _open_zip,
    "application/x-7z-compressed": _open_7z,
    tnef.MEDIA_TYPE: _open_tnef,
    "application/x-tar": _open_tar,
    "application/gzip": _open_compressed(lambda content: gzip.GzipFile(fileobj=BytesIO(content))),
    "application/x-bzip2": _open_compressed(lambda content: bz2.BZ2File(BytesIO(content))),
    "application/x-xz": _open_compressed(_LzmaStream),
    "application/x-lzma": _open_compressed(_LzmaStream),
}
