"""Which request a mail belongs to: the clues, strongest first.

A token that only we can make beats the ids of known mail, and these beat a number in the subject, which anybody can
guess and which therefore counts only from a participant or the request's own organisation.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailproc.desk.directory import Office
from mailproc.desk.participants import is_of_the_house, same_organisation, shares_domain
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address, Mail
from mailproc.reading.sender import Seal, marks_in

MOST_MERGERS = 10
"""How far a request is followed that was merged into one that was merged itself."""

_SUBJECT_TAG = re.compile(r"\[SR ([0-9A-Za-z][0-9A-Za-z-]{0,39})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What may say which request a mail belongs to, strongest first. Message ids without brackets.

    `proven` are numbers whose token holds. `tagged` are numbers in the subject, believed only from a participant or
    where the sender says to be of the staff (`from_staff`): what staff may do is proved apart.
    `content` is `identity.content_digest`: a mail of a known Message-ID and the same content is a copy.
    """

    proven: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    from_staff: bool = False
    sender: str = ""
    organisation: str = ""
    message_id: str | None = None
    content: str = ""


def clues_of(mail: Mail, seal: Seal, office: Office, content: str) -> Clues:
    """The clues of a mail; `content` is the digest that its copies share."""
    sender = mail.sender.address if mail.sender else ""
    member = office.staff_member(sender)
    proven = (
        mark.number for mark in marks_in(mail) if seal.holds(mark) or (member and seal.holds(mark, member.address))
    )
    answered = (*mail.in_reply_to, *reversed(mail.references))
    bounced = (mail.bounce.original_message_id,) if mail.bounce and mail.bounce.original_message_id else ()
    return Clues(
        proven=_once(proven),
        message_ids=_once((*answered, *bounced)),
        tagged=_once(_SUBJECT_TAG.findall(mail.subject)),
        from_staff=member is not None,
        sender=sender,
        organisation=customer.organisation if (customer := office.customer_of(sender)) else "",
        message_id=mail.message_id,
        content=content,
    )


def answer_to(mail: Mail, office: Office) -> Address | None:
    """Where an answer goes: Reply-To where it stays within the sender's organisation, else From; or None."""
    if mail.sender is None:
        return None
    sender = mail.sender.address
    strangers = (one for one in mail.reply_to if not is_of_the_house(one.address, office))
    within = (one for one in strangers if same_organisation(one.address, sender, office))
    return next(within, mail.sender)


def may_join(request: ServiceRequest, clues: Clues) -> bool:
    """Whether a number in the subject is believed: of staff, a participant, or one of the same organisation."""
    if clues.from_staff or clues.sender.lower() in request.participants:
        return True
    if request.organisation or clues.organisation:
        return request.organisation == clues.organisation
    return shares_domain(clues.sender, request.customer)


def gone_on(request: ServiceRequest, find: Callable[[str], ServiceRequest | None]) -> ServiceRequest:
    """The request, or the one that it was merged into; `find` looks one up by its number."""
    for _ in range(MOST_MERGERS):
        following = find(request.merged_into) if request.merged_into else None
        if following is None:
            break
        request = following
    return request


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
