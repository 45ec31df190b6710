"""Which request a mail belongs to: the clues, strongest first.

A token that only we can make beats the ids of known mail, and these beat a number in the subject, which anybody can
guess and which therefore counts only from a participant or the request's own organisation. So does the id of a mail
that we have not seen and that mails of the same organisation answer.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.participants import is_of_the_house, party_of, same_organisation, shares_domain
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address, Mail
from mailproc.reading.sender import Mark, Seal, marks_in

MOST_MERGERS = 10
"""How far a request is followed that was merged into one that was merged itself."""
MOST_ANSWERED = 20
"""How many ids that a mail answers are remembered, the nearest first."""
MOST_MARKS = 100
"""How many marks of a mail are looked at."""

_TAG = re.compile(r"\b(?:SR|service request)[\s:#]{0,3}([0-9A-Z][0-9A-Z-]{0,39})", re.IGNORECASE | re.ASCII)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_COUNTED = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What may say which request a mail belongs to, strongest first. Message ids without brackets.

    `proven` are numbers whose token holds. `tagged` are numbers in the subject, believed only from a participant or
    where the sender says to be of the staff (`from_staff`): what staff may do is proved apart. `party` is for whom the
    sender writes (`participants.party_of`). `content` is `identity.content_digest`, and `mailbox` the name of the one
    that the mail came to: the same content under one Message-ID, or in another mailbox, is a copy.
    """

    proven: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    from_staff: bool = False
    sender: str = ""
    organisation: str = ""
    party: str = ""
    message_id: str | None = None
    content: str = ""
    mailbox: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A mail dealt with before that another one is a copy of: its key, and whether it was filed in a request."""

    key: str
    filed: bool


def clues_of(mail: Mail, seal: Seal, office: Office, content: str, mailbox: str) -> Clues:
    """The clues of a mail in this mailbox; `content` is the digest that its copies share.

    Whoever reports that a letter failed proves by its mark or id that there was one: a number anybody can write.
    """
    sender = mail.sender.address if mail.sender else ""
    member = office.staff_member(sender)
    bearers = office.staff if mail.bounce else ((member,) if member else ())
    answered = (*mail.in_reply_to, *reversed(mail.references))
    bounced = (mail.bounce.original_message_id,) if mail.bounce and mail.bounce.original_message_id else ()
    return Clues(
        proven=_once(mark.number for mark in marks_in(mail)[:MOST_MARKS] if _holds(mark, seal, bearers)),
        message_ids=_once((*answered, *bounced)),
        tagged=() if mail.bounce else numbers_tagged(mail.subject),
        from_staff=member is not None,
        sender=sender,
        organisation=customer.organisation if (customer := office.customer_of(sender)) else "",
        party=party_of(sender, office),
        message_id=mail.message_id,
        content=content,
        mailbox=mailbox,
    )


def numbers_tagged(subject: str) -> tuple[str, ...]:
    """The numbers that a subject names as ours, each once: `[SR 2-000000042]`, or the like however it was rewritten."""
    folded = unicodedata.normalize("NFKC", subject).translate(_DASHES)
    plain = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    found = (match[1].rstrip("-") for match in _TAG.finditer(plain))
    return _once(one for one in found if any(sign.isdigit() for sign in one))


def spellings(number: str, form: str) -> tuple[str, ...]:
    """How a request may be called that is meant by this number: mail servers on the way may change its case.

    `form` is how numbers are written, such as `INC-{:06d}`.
    """
    written = (form.format(int(match[0])) for match in _COUNTED.finditer(number))
    alike = (one for one in written if one.lower() == number.lower())
    return _once((number, *alike, number.upper(), number.lower()))


def _holds(mark: Mark, seal: Seal, bearers: tuple[StaffMember, ...]) -> bool:
    """Whether a mark is ours: of a letter to the customer, or to one of these."""
    return seal.holds(mark) or any(seal.holds(mark, one.address) for one in bearers)


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
