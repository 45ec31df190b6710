"""Why a file that came does not serve, in words that go on after "it": unreadable, an error, cut short, not known.

A file that nobody offered as one (a logo, a card, the proof of a signature) has no defect: it is not spoken of.
"""

import re
from typing import Literal

from mailproc.reading.archives import MEMBER_LIMIT
from mailproc.reading.mail import Attachment, Damage, DamageKind

UNKNOWN = "is none of the files that we ask for, as far as we can tell"
PICTURE = "is a picture, and we need what it shows as text"

_REMEDIES: dict[DamageKind, str] = {
    "locked": "please pack it without one",
    "closed": "please pack it as .zip or .tar.gz",
    "broken": "please send it once more",
    "limit": f"please pack it as .zip or .tar.gz, at most {MEMBER_LIMIT >> 20} MB unpacked",
}
_ERROR = re.compile(
    r"command not found|no such file or directory|permission denied|(unknown|unrecognized|invalid|bad) (command|input)"
    r"|not recognized as|syntax error|access denied|authorization failed|is not a valid command|incomplete command",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b[45]\d\d (?:forbidden|not found|unauthorized|bad request|internal server error|bad gateway|service unavailable"
    r"|gateway time-?out)|<title>[^<]{0,60}(?:error|denied|not found|sign in|log ?in)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\s{0,20}<(?:!doctype html|html)\b", re.IGNORECASE)
_SHORT = 600
"""Characters of a file in which one error is all that it says."""
_SAMPLE = 400
_PAGER = re.compile(r"-{2,}\s?\(?more\)?\b.{0,30}$|\bpress (?:any key|space) to continue.{0,30}$", re.IGNORECASE)

_PCAP = {
    b"\xd4\xc3\xb2\xa1": "little",
    b"\x4d\x3c\xb2\xa1": "little",
    b"\x34\xcd\xb2\xa1": "little",
    b"\xa1\xb2\xc3\xd4": "big",
    b"\xa1\xb2\x3c\x4d": "big",
    b"\xa1\xb2\xcd\x34": "big",
}
_PCAP_HEAD, _RECORD_HEAD = 24, 16  # octets
_SNOOP = b"snoop\0\0\0"
_SNOOP_HEAD, _SNOOP_RECORD_HEAD = 16, 24  # octets (RFC 1761)
_PCAPNG = b"\x0a\x0d\x0d\x0a"
_PACKET_BLOCKS = frozenset({2, 3, 6})
"""Block types of pcapng that hold a packet: the old packet block, the simple and the enhanced one."""
_MOST_BLOCKS = 200

_SMALL_PICTURE = 8_000  # bytes
_SCREENSHOT = re.compile(r"scr(?:ee)?n|shot|capture|photo|foto|img_|bild|pantalla|écran|画面", re.IGNORECASE)
_LOGO = re.compile(
    r"image\d{3}\.|logo|signatu?r|banner|icon|facebook|linkedin|twitter|youtube|instagram|badge|award|footer|outlook-",
    re.IGNORECASE,
)
_NOT_OFFERED = frozenset(
    ("text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory", "message/rfc822")
)
_PROOF = (
    b"-----BEGIN PGP SIGNATURE",
    b"-----BEGIN PKCS7",
    b"-----BEGIN PGP PUBLIC KEY",
    b"BEGIN:VCARD",
    b"BEGIN:VCALENDAR",
)
_PROOF_NAME = re.compile(
    r"(?:smime|signature|openpgp\w*|0x[0-9a-f]{8,40})\.(?:p7[smc]|asc|sig)|.*\.(?:p7[smc]|ics|vcf)", re.IGNORECASE
)
_GATEWAYS_NAME = re.compile(
    r"ATT\d{2,8}(?:\s?\(\d\))?(?:\.(?:txt|html?|dat|bin|c))?|part-[0-9a-f]{8}\.\w{2,5}", re.IGNORECASE
)
"""How mail servers call parts that have no name: what somebody offers as a file has one."""


def damage_of(file: Attachment) -> Damage | None:
    """What keeps a file from being read; not what was read well as far as a limit let it."""
    return next((one for one in file.damage if one.kind != "partial"), None)


def remedy_of(damage: Damage) -> str:
    """What the customer can do about it."""
    return _REMEDIES.get(damage.kind, "")


def only_an_error(text: str) -> str | None:
    """That a file holds nothing but errors: a short one where it has any, a long one where most lines are."""
    if _PAGE.match(text) and (refused := _REFUSED.search(text[: _SAMPLE * 100])):
        return f"only holds an error: {' '.join(re.sub('<[^>]{0,60}>', '', refused[0]).split()).lower()}"
    error = _ERROR.search(text[: _SAMPLE * 100])
    if error is None:
        return None
    lines = [line for line in text[: _SAMPLE * 100].splitlines() if line.strip()][:_SAMPLE]
    wrong = sum(bool(_ERROR.search(line)) for line in lines)
    if len(text) > _SHORT and wrong * 2 < len(lines):
        return None
    return f"only holds an error: {error[0].lower()}"


def cut_short(content: bytes, text: str) -> tuple[str, str] | None:
    """That a file of a known kind ends before it says what it should, and what mends it."""
    if is_without_packets(content):
        return "holds no packet", "please send it once more"
    end = text.rstrip()[-200:].rpartition("\n")[2]
    return ("stops at the first page (--More--)", "please send the whole output") if _PAGER.search(end) else None


def is_without_packets(content: bytes) -> bool:
    """Whether this is a packet trace without one whole packet: stopped, or cut, before the end of the first."""
    if order := _PCAP.get(content[:4]):
        return _lacks_record(content, _PCAP_HEAD, 8, _RECORD_HEAD, "big" if order == "big" else "little")
    if content.startswith(_SNOOP):
        return _lacks_record(content, _SNOOP_HEAD, 4, _SNOOP_RECORD_HEAD, "big")
    return content.startswith(_PCAPNG) and _lacks_block(content)


def _lacks_record(content: bytes, at: int, length_at: int, head: int, order: Literal["little", "big"]) -> bool:
    """`length_at`: where in the head of a record stands how many octets of the packet follow it."""
    if len(content) < at + head:
        return True
    length = int.from_bytes(content[at + length_at : at + length_at + 4], order)
    return len(content) < at + head + length


def _lacks_block(content: bytes) -> bool:
    order: Literal["little", "big"] = "little" if content[8:12] == b"\x4d\x3c\x2b\x1a" else "big"
    at = 0
    for _ in range(_MOST_BLOCKS):
        if len(content) < at + 12:
            return True
        length = int.from_bytes(content[at + 4 : at + 8], order)
        if int.from_bytes(content[at : at + 4], order) in _PACKET_BLOCKS:
            return len(content) < at + length
        at += max(12, length)
    return False


def words_on_unknown(file: Attachment) -> str:
    """What is said of a file that is of no kind."""
    return PICTURE if file.type.startswith("image/") else UNKNOWN


def is_offered(file: Attachment) -> bool:
    """Whether somebody attached this file as one, to be read: not what mail programs and signatures add."""
    if file.inside is not None or file.inline or file.content_id or is_made_by_servers(file):
        return False
    if file.type in _NOT_OFFERED or file.content.lstrip()[:40].startswith(_PROOF) or _PROOF_NAME.fullmatch(file.name):
        return False
    return not (file.type.startswith("image/") and _is_ornament(file))


def is_made_by_servers(file: Attachment) -> bool:
    """Whether a mail server made this part: `ATT00001.txt` for a line of text, or no name at all."""
    return bool(_GATEWAYS_NAME.fullmatch(file.name)) and file.size < _SHORT * 4


def _is_ornament(file: Attachment) -> bool:
    return bool(_LOGO.search(file.name)) or (file.size < _SMALL_PICTURE and not _SCREENSHOT.search(file.name))
