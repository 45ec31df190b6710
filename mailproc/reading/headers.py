"""The header fields of a message, decoded one by one from what the standard library parsed."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from mailproc.reading.charsets import blanked, decode, decode_words, display, from_octets, is_utf8
from mailproc.reading.mail import Address

_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_ID = re.compile(r"<([^<>\s]{1,900})>")
_BARE_ID = re.compile(r"[^\s<>,;\"]{1,900}")
_ADDRESS = re.compile(
    r"(?<![^\s<>()\[\],;:\"\\@])[^\s<>()\[\],;:\"\\@]{1,128}@(?:[^\s<>()\[\],;:\"\\@]{1,255}|\[[\w.:]{1,64}\])"
)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.){0,1000}\"")
_ID_LIMIT = 200
_NAME_LIMIT = 200
ADDRESS_LIMIT = 320  # characters: 64 before the at sign and 255 behind it (RFC 5321 §4.5.3.1)
_VALUE_LIMIT = 20000
_CLOCK = re.compile(r"\b(\d):(\d\d)")
ANSWERED = re.compile(
    r"\s*(?:re|aw|sv|antw|rif|odp|res|vs|ynt|fwd?|wg|tr|rv|enc|回复|答复|回覆)\s?(?:\[\d{1,3}\])?\s?[:：]",
    re.IGNORECASE,
)
"""How mail programs begin the subject of an answer, or of a mail passed on."""

Headers = tuple[tuple[str, str], ...]


def fields_of(message: Message, charset: str | None = None) -> Headers:
    """Every field in its order, names as written, values unfolded but not decoded.

    Raw octets, which no header may hold, are read as UTF-8, else in the charset of the mail's text.
    """
    return tuple((display(name), _octets_read(_unfolded(value), charset)) for name, value in message.raw_items())


def _unfolded(value: object) -> str:
    return _FOLD.sub(" ", str(value)).strip()


def _octets_read(value: str, charset: str | None) -> str:
    if value.isascii() or not charset or "=?" in value:
        return value
    try:
        octets = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return value
    return decode(octets, None if is_utf8(octets) else charset)[0]


def decoded(fields: Headers) -> Headers:
    """The same fields with their values decoded for people."""
    return tuple((name, display(decode_words(value[:_VALUE_LIMIT]))) for name, value in fields)


def values(fields: Headers, name: str) -> tuple[str, ...]:
    """The undecoded values of the fields of that name (lower-cased), topmost first."""
    return tuple(value for field_name, value in fields if field_name.lower() == name)


def subject_of(fields: Headers) -> str:
    """The topmost subject that says something, in one line."""
    return next((text for value in values(fields, "subject") if (text := display(decode_words(value)))), "")


def ids(texts: Iterable[str]) -> tuple[str, ...]:
    """Message ids without brackets, each once, in their order; the last 200 of a longer list (RFC 5322 §3.6.4)."""
    found: list[str] = []
    for text in texts:
        plain = decode_words(text) if "=?" in text else from_octets(text)
        bracketed = _ID.findall(plain)
        found += bracketed or [one for one in _BARE_ID.findall(plain) if "@" in one]
    return tuple(dict.fromkeys(display(one) for one in found))[-_ID_LIMIT:]


def message_id_of(fields: Headers) -> str | None:
    """The topmost Message-ID; one that is not shaped as it should be is taken as it stands."""
    for value in values(fields, "message-id"):
        if found := ids([value]):
            return found[0]
        if bare := display(from_octets(value)).strip("<> ").replace(" ", ""):
            return bare[:900]
    return None


def return_path_of(fields: Headers) -> str | None:
    """The address of the topmost Return-Path, lower-cased; empty for the null sender; None where there is none."""
    found = values(fields, "return-path")
    if not found:
        return None
    address = _ADDRESS.search(from_octets(found[0]))
    return address[0].lower() if address else found[0].strip("<> \t").lower()[:320]


def loose_addresses(value: str) -> tuple[Address, ...]:
    """Whatever looks like an address in a field that breaks the grammar, with the words before it as its name.

    What stands in quotes or encoded words is a name, whatever it looks like; it counts where nothing else is there.
    """
    text = from_octets(value)[:_VALUE_LIMIT]
    syntax = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), blanked(text))
    return _addresses_in(text, syntax) or _addresses_in(plain := decode_words(text), plain)


def _addresses_in(text: str, syntax: str) -> tuple[Address, ...]:
    """The addresses of `syntax`, each with the words before it in `text`, where everything stands at the same place."""
    found: list[Address] = []
    position = 0
    for match in _ADDRESS.finditer(syntax):
        name = text[position : match.start()].strip(" \t,;<\"'(")
        found.append(Address(address=match[0].lower(), name=clean_name(name, match[0])))
        position = match.end()
        closing = text.find(">", position, position + 3)
        position = closing + 1 if closing >= 0 else position
    return tuple(found)


def bare_address(value: str) -> Address | None:
    """A sender without a domain, such as MAILER-DAEMON (RFC 5322 has none; real servers do)."""
    text = display(decode_words(value))
    found = re.match(r"^(.{0,200}?)<([^<>@\s]{1,64})>|^([\w.+-]{1,64})(?:\s|$)", text)
    if not found:
        return None
    return Address(address=(found[2] or found[3]).lower(), name=clean_name(found[1] or "", ""))


def clean_name(name: str, address: str) -> str:
    """A display name for people: one line, without its quotes, empty where it only repeats the address."""
    text = display(decode_words(name)).strip(" '\"").strip()
    return "" if text.lower() == address.lower() else text[:_NAME_LIMIT]


def claimed_date(value: str) -> datetime | None:
    """What the standard library makes of a Date that mail-parser does not read; UTC where it names no zone."""
    for attempt in (value, _CLOCK.sub(r"0\1:\2", value)):
        try:
            return in_utc(parsedate_to_datetime(attempt))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    try:
        return in_utc(datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None


def in_utc(moment: datetime) -> datetime:
    """The same moment, aware and in UTC; may raise OverflowError at the ends of time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
