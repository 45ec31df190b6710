"""A staff member's words as they may leave the house: without private addresses, marks and letters of ours."""

import re

from mailproc.desk.case import Case
from mailproc.desk.correspondence import Words
from mailproc.desk.directory import Office
from mailproc.desk.request import ServiceRequest
from mailproc.reading.formatting import formatted
from mailproc.reading.mail import Attachment

_OURS = re.compile(rb"^x-mailproc-(?:letter|sr)\s*:", re.IGNORECASE | re.MULTILINE)
_SEARCHED = 256 << 10  # bytes of an attached mail
_MARK = r"[0-9A-Za-z-]{1,40}\.[a-z2-7]{16}(?![a-z2-7])"


def words_of_staff(case: Case, text: str, request: ServiceRequest, office: Office) -> Words:
    """His words, formatted where the HTML of his mail says the same, with their files and pictures."""
    shown = formatted(case.mail.html, text)
    pictures = tuple(
        one for one in case.mail.attachments if shown and one.content_id and one.content_id in shown.pictures
    )
    return Words(
        text=without_secrets(text, request, office),
        writer=case.member.name,
        files=tuple(one for one in case.files if not is_letter_of_ours(one)),
        html=without_secrets(shown.html, request, office) if shown else "",
        pictures=pictures,
    )


def without_secrets(text: str, request: ServiceRequest, office: Office) -> str:
    """The text with our public address in the place of staff's own, and of our addresses that bear a mark."""
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


def is_letter_of_ours(file: Attachment) -> bool:
    """Whether a file is a mail that we wrote to staff, or holds one."""
    is_mail = file.type == "message/rfc822" or file.name.lower().endswith((".eml", ".msg"))
    return is_mail and _OURS.search(file.content[:_SEARCHED]) is not None
