"""Bytes to text: charsets as senders mean them, encoded words, and strings that every store can hold.

Labels are read as the WHATWG encoding standard reads them: a mail that says gb2312 is written in gb18030, one
that says iso-8859-1 in windows-1252. Where the label is unknown or wrong, UTF-8 is tried, then windows-1252.
"""

import re
import unicodedata
from base64 import b64decode
from binascii import Error as Base64Error
from quopri import decodestring

_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "hz-gb-2312": "hz",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "korean": "cp949",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "unicode-1-1-utf-7": "utf-7",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "utf8": "utf-8",
    "utf-8n": "utf-8",
    "unicode": "utf-16",
    "cp-850": "cp850",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
}
_UNLABELLED = frozenset(
    {"", "unknown-8bit", "x-unknown", "unknown", "default", "8bit", "binary", "utf-8", "us-ascii", "ascii"}
)
_NOT_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined"})
_ENCODED_WORD = re.compile(r"=\?([^\s?*]{1,60})(?:\*[^\s?]{0,40})?\?([bBqQ])\?([^?]{0,4000})\?=")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+")
_TEXT_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NAME_LIMIT = 40
_UNREADABLE = "\ufffd"


def codec_of(label: str | None) -> str:
    """The name of Python's codec for a charset label; UTF-8 for an unlabelled or unusable one."""
    name = (label or "").strip().strip("'\"").lower()[:_NAME_LIMIT]
    codec = _ALIASES.get(name, name)
    return "utf-8" if name in _UNLABELLED or codec.replace("_codec", "") in _NOT_TEXT else codec


def decode(content: bytes, label: str | None = None) -> tuple[str, bool]:
    """The text of these bytes, and whether all of it was readable as labelled. No NUL, no lone surrogates."""
    codec = codec_of(label)
    for attempt in (codec, *_guesses(content, codec)):
        try:
            text = content.decode(attempt)
            text.encode()
        except (LookupError, UnicodeError, ValueError):
            continue
        return text.replace("\x00", _UNREADABLE), attempt == codec
    return storable(content.decode("utf-8", "replace")), False


def _guesses(content: bytes, codec: str) -> tuple[str, ...]:
    """Codecs to try once the label has failed, the likeliest first."""
    if codec.startswith("utf") and _looks_double_byte(content):
        return ("utf-8", "gb18030", "cp1252", "latin-1")
    return ("utf-8", "cp1252", "latin-1")


def _looks_double_byte(content: bytes) -> bool:
    """Whether bytes that are not UTF-8 come in pairs as those of GBK do: raw Chinese headers carry no label at all."""
    high = re.findall(rb"[\x80-\xff]+", content[:4096])
    pairs = re.findall(rb"(?:[\xa1-\xfe][\xa1-\xfe])+", content[:4096])
    return len(high) > 0 and sum(map(len, pairs)) == sum(map(len, high)) and max(map(len, pairs), default=0) >= 4


def is_utf8(content: bytes) -> bool:
    """Whether these octets are well-formed UTF-8 (RFC 3629)."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def storable(text: str) -> str:
    """The same text without NUL and lone surrogates, which PostgreSQL and UTF-8 refuse."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\x00", _UNREADABLE)


def display(text: str) -> str:
    """One line for people: unfolded, NFC, without control characters or marks that turn the direction of writing."""
    return unicodedata.normalize("NFC", re.sub(r" {2,}", " ", _CONTROLS.sub(" ", storable(text)))).strip()


def plain_lines(text: str) -> str:
    """A body with LF line ends and without control characters but tab, LF and form feed."""
    return _TEXT_CONTROLS.sub("", storable(text).replace("\r\n", "\n").replace("\r", "\n"))


def from_octets(value: str) -> str:
    """A header value as the standard library keeps it (surrogates for octets above 127), decoded."""
    if value.isascii():
        return value
    try:
        return decode(value.encode("ascii", "surrogateescape"))[0]
    except UnicodeEncodeError:
        return storable(value)


def decode_words(value: str) -> str:
    """A header value with its encoded words (RFC 2047) decoded.

    Neighbouring words of one charset are joined before they are decoded, since many senders cut characters in
    two. Words inside quotes or glued to other text are decoded as well: that is how mail programs show them.
    """
    pieces: list[str] = []
    position, waiting, charset = 0, b"", ""
    for word in _ENCODED_WORD.finditer(value):
        between = value[position : word.start()]
        if between.strip() or not position or word[1].lower() != charset:
            pieces.append(decode(waiting, charset)[0])
            waiting = b""
            pieces.append(from_octets(between) if between.strip() or not position else "")
        waiting, charset = waiting + _octets_of(word), word[1].lower()
        position = word.end()
    return "".join([*pieces, decode(waiting, charset)[0] if waiting else "", from_octets(value[position:])])


def blanked(value: str) -> str:
    """The same header value with a space for each character of its encoded words: words, never syntax (RFC 2047 §5)."""
    return _ENCODED_WORD.sub(lambda word: " " * len(word[0]), value)


def _octets_of(word: re.Match[str]) -> bytes:
    try:
        payload = word[3].encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        payload = word[3].encode("utf-8", "replace")
    if word[2] in "qQ":
        return decodestring(payload.replace(b" ", b"_"), header=True)
    payload = re.sub(rb"[^A-Za-z0-9+/]", b"", payload)
    try:
        return b64decode(payload[: len(payload) - (len(payload) % 4 == 1)] + b"=" * (-len(payload) % 4))
    except Base64Error:
        return b""


def relabelled(value: str) -> str:
    """The same header value with its encoded words labelled by the charset that was meant, and raw octets decoded."""
    return _ENCODED_WORD.sub(lambda word: f"=?{codec_of(word[1])}?{word[2]}?{word[3]}?=", from_octets(value))
