"""A staff member's words as they may leave the house: without private addresses, marks and letters of ours."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote

from mailproc.desk.case import Case
from mailproc.desk.correspondence import Words
from mailproc.desk.directory import Office
from mailproc.desk.documents import holds_letter_of_ours
from mailproc.desk.events import Received
from mailproc.desk.request import ServiceRequest
from mailproc.reading.formatting import formatted
from mailproc.reading.text import without_quotations

MOST_READ = 30
"""How many mails of a customer, letters to him and letters to staff are looked at for what was said."""

_MARK = r"[0-9A-Za-z-]{1,40}\.[a-z2-7]{16}(?![a-z2-7])"
_WORD = re.compile(r"[^\s\"'<>()]+")
_LEFT_IN_LINKS = "/:?#[]@!$&*+,;=~.-_%"
_TIMES_ENCODED = 3
_SIGNS_OF_QUOTING = re.compile(r"[>|\s]+")


def words_of_staff(case: Case, text: str, request: ServiceRequest, office: Office) -> Words:
    """His words, formatted where the HTML of his mail says the same, with their files and pictures."""
    own = without_quotations(text, _Known(outside=_folded(case.said.outside), inside=_folded(case.said.inside)).keeps)
    shown = formatted(case.mail.html, own)
    pictures = tuple(
        one for one in case.mail.attachments if shown and one.content_id and one.content_id in shown.pictures
    )
    return Words(
        text=without_secrets(own, request, office),
        writer=case.member.name,
        files=tuple(one for one in case.files if not holds_letter_of_ours(one, case.mail.attachments)),
        html=without_secrets(shown.html, request, office) if shown else "",
        pictures=pictures,
    )


def written_in(request: ServiceRequest, office: Office) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The keys of the customer's mails, of letters to him, and of letters to staff: the latest, as far as is looked."""
    mails = [one.mail for one in request.history if isinstance(one, Received) and one.role == "customer"]
    inside = [any(office.staff_member(address) for address in one.to) for one in request.letters]
    outgoing = [one.letter for one, to_staff in zip(request.letters, inside, strict=True) if not to_staff]
    internal = [one.letter for one, to_staff in zip(request.letters, inside, strict=True) if to_staff]
    return tuple(mails[-MOST_READ:]), tuple(outgoing[-MOST_READ:]), tuple(internal[-MOST_READ:])


def without_secrets(text: str, request: ServiceRequest, office: Office) -> str:
    """The text with our public address in the place of staff's own, and of our addresses that bear a mark.

    So is what links hide behind percent signs (RFC 3986 §2.1) or HTML's character references.
    """
    plain = _without_addresses(text, request, office)
    return _WORD.sub(lambda word: _without_hidden(word[0], request, office), plain)


def _without_hidden(word: str, request: ServiceRequest, office: Office) -> str:
    decoded = word
    for _ in range(_TIMES_ENCODED):
        decoded = unquote(unescape(decoded))
    if decoded == word:
        return word
    clean = _without_addresses(decoded, request, office)
    return word if clean == decoded else quote(clean, safe=_LEFT_IN_LINKS)


def _without_addresses(text: str, request: ServiceRequest, office: Office) -> str:
    counter = office.counters[request.mailbox]
    private = (address for one in office.staff for address in (one.address, *one.aliases))
    for address in sorted(private, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", counter.address, text, flags=re.IGNORECASE)
    for one in office.counters.values():
        local, _, domain = one.address.rpartition("@")
        if one.subaddress:
            marked = rf"{re.escape(local)}{re.escape(one.subaddress)}{_MARK}@{re.escape(domain)}"
            text = re.sub(marked, one.address, text, flags=re.IGNORECASE)
    return re.sub(rf"\b{_MARK}(?:\.[0-9a-f]{{16}})?@\S{{1,253}}", counter.address, text, flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Which quoted lines may go out: those that the customer wrote or was sent, and what an engineer shows him."""

    outside: str
    inside: str

    def keeps(self, line: str, *, shown: bool) -> bool:
        """Whether a quoted line stays; `shown` where its writer announces it, as he does lines of a console."""
        words = _folded(line)
        if not words:
            return False
        return words in self.outside or (shown and words not in self.inside)


def _folded(text: str) -> str:
    return _SIGNS_OF_QUOTING.sub(" ", text).strip()
