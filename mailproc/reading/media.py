"""What kind of file is this, told by its content.

The sender's word and the file's name are not believed, save that a text may say what sort of text it is
(text/csv, text/html).
"""

import re
from binascii import crc32
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import puremagic

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x1f\x9d", "application/x-compress"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"LZIP", "application/x-lzip"),
    (0, b"MSCF\x00\x00\x00\x00", "application/vnd.ms-cab-compressed"),
    (2, b"-lh5-", "application/x-lzh"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"),
    (0, b"\xd4\xc3\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (0, b"\xa1\xb2\xc3\xd4", "application/vnd.tcpdump.pcap"),
    (0, b"\x4d\x3c\xb2\xa1", "application/vnd.tcpdump.pcap"),
    (0, b"\xa1\xb2\x3c\x4d", "application/vnd.tcpdump.pcap"),
    (0, b"\x0a\x0d\x0d\x0a", "application/x-pcapng"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"wOFF", "font/woff"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
)
_OFFICE = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_EXTENSIONS = {
    "application/gzip": ".gz",
    "application/ms-tnef": ".dat",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/vnd.tcpdump.pcap": ".pcap",
    "application/x-bzip2": ".bz2",
    "application/x-pcapng": ".pcapng",
    "application/x-tar": ".tar",
    "application/x-xz": ".xz",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
}
_SAMPLE = 65536
_LZMA = re.compile(rb"\x5d\x00\x00.[\x00-\x08](?:\xff{8}|.{5}\x00{3})", re.DOTALL)
"""The head of .lzma, which has no signature: the usual properties, a dictionary, a size that is unknown or bearable."""
_ZIP_MEMBER_LIMIT = 5000
_NOT_IN_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_MEDIA_TYPE = re.compile(r"[a-z0-9][\w!#$&^.+-]{0,60}/[a-z0-9][\w!#$&^.+-]{0,100}")
UNKNOWN = "application/octet-stream"


def media_type(content: bytes, declared: str = "") -> str:
    """The media type of this content, lower-cased; application/octet-stream where nothing is known of it."""
    if not content:
        return declared if _is_media_type(declared) else UNKNOWN
    known = next((kind for at, magic, kind in _SIGNATURES if content.startswith(magic, at)), "")
    if known == "application/zip":
        return _kind_of_zip(content)
    if known:
        return known
    if is_text(content):
        return _kind_of_text(content, declared)
    if _is_old_tar(content):
        return "application/x-tar"
    return "application/x-lzma" if _LZMA.match(content) else _by_puremagic(content)


def is_text(content: bytes) -> bool:
    """Whether people could read this in an editor: no control octets but those of terminals, or marked UTF-16."""
    sample = content[:_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if _NOT_IN_TEXT.search(sample):
        return False
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    return high * 10 < len(sample) * 9 if _is_utf8(sample) else high * 2 < len(sample)


def extension_of(kind: str) -> str:
    """The usual extension for a media type, with its dot; ".bin" for others."""
    return _EXTENSIONS.get(kind, ".bin")


def short_digest(content: bytes) -> str:
    """A name for nameless content, the same each time: CRC-32, eight hexadecimal digits."""
    return f"{crc32(content):08x}"


def _is_utf8(sample: bytes) -> bool:
    try:
        sample.decode()
    except UnicodeDecodeError as broken:
        return broken.start >= len(sample) - 3 and len(sample) == _SAMPLE
    return True


def _kind_of_text(content: bytes, declared: str) -> str:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if declared.startswith(("text/", "message/")) and _is_media_type(declared):
        return declared
    return "text/plain"


def _is_media_type(declared: str) -> bool:
    return bool(_MEDIA_TYPE.fullmatch(declared))


def _kind_of_zip(content: bytes) -> str:
    if content.count(b"PK\x01\x02") > _ZIP_MEMBER_LIMIT or b"[Content_Types].xml" not in content:
        return "application/zip"
    try:
        names = ZipFile(BytesIO(content)).namelist()
    except (BadZipFile, NotImplementedError, OSError, ValueError, OverflowError):
        return "application/zip"
    if "[Content_Types].xml" not in names:
        return "application/zip"
    return next((kind for folder, kind in _OFFICE if any(name.startswith(folder) for name in names)), "application/zip")


def _is_old_tar(content: bytes) -> bool:
    """A tar of before POSIX has no signature, only a checksum of its first header."""
    header = content[:512]
    digits = header[148:156].strip(b" \x00")
    if len(header) < 512 or not re.fullmatch(rb"[0-7]{1,7}", digits):
        return False
    return sum(header[:148]) + 8 * 32 + sum(header[156:]) == int(digits, 8)


def _by_puremagic(content: bytes) -> str:
    try:
        kind = puremagic.from_string(content[:_SAMPLE], mime=True)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return kind.lower() if _is_media_type(kind.lower()) else UNKNOWN
