"""Archives that no library here writes: 7z, and Outlook's winmail.dat."""

import lzma
import struct
from zlib import crc32


def seven_zipped(files: dict[str, bytes]) -> bytes:
    """A solid 7z archive of one LZMA2 folder (7zFormat.txt of the LZMA SDK)."""
    whole = b"".join(files.values())
    dictionary = {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 24}
    packed = lzma.compress(whole, format=lzma.FORMAT_RAW, filters=[dictionary])
    sizes = [len(content) for content in files.values()]
    streams = (
        b"\x04\x06\x00\x01\x09" + _number(len(packed)) + b"\x00"
        b"\x07\x0b\x01\x00\x01\x21\x21\x01\x18\x0c" + _number(len(whole)) + b"\x00"
        b"\x08\x0d" + _number(len(files))
        + (b"\x09" + b"".join(map(_number, sizes[:-1])) if len(files) > 1 else b"")
        + b"\x0a\x01" + b"".join(struct.pack("<I", crc32(content)) for content in files.values()) + b"\x00\x00"
    )  # fmt: skip
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\x00\x00" for name in files)
    header = b"\x01" + streams + b"\x05" + _number(len(files)) + b"\x11" + _number(len(names)) + names + b"\x00\x00"
    start = struct.pack("<QQI", len(packed), len(header), crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", crc32(start)) + start + packed + header


def _number(value: int) -> bytes:
    """7z's own way to write whole numbers: the high bits of the first octet tell how many follow."""
    for length in range(8):
        if value < 1 << (7 * (length + 1)):
            first = (0xFF00 >> length) & 0xFF | value >> (8 * length)
            return bytes([first]) + (value & ((1 << (8 * length)) - 1)).to_bytes(length, "little")
    return b"\xff" + value.to_bytes(8, "little")


def winmail(files: dict[str, bytes], words: str = "") -> bytes:
    """A winmail.dat with these words as its text and these files ([MS-OXTNEF] §2)."""
    written = [struct.pack("<IH", 0x223E9F78, 1), _object(1, 0x9007, 6, struct.pack("<II", 1252, 0))]
    if words:
        written.append(_object(1, 0x800C, 2, words.encode("cp1252") + b"\x00"))
    for name, content in files.items():
        written.append(_object(2, 0x9002, 6, bytes(14)))
        written.append(_object(2, 0x8010, 1, name.encode("cp1252") + b"\x00"))
        written.append(_object(2, 0x800F, 6, content))
    return b"".join(written)


def _object(level: int, name: int, kind: int, content: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)
