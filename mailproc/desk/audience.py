"""Whom a staff member's words are for: the customer only where the mail is addressed to him, or to us for him.

Colleagues write about customers to each other, with the support mailbox on copy. What leaves the house by mistake
cannot be called back, and what stays by mistake is told to its writer: so a doubt keeps the words inside.
"""

from collections.abc import Iterator

from mailproc.desk.case import Case
from mailproc.desk.directory import Counter, Office
from mailproc.desk.participants import counter_of
from mailproc.desk.request import ServiceRequest


def why_inside(case: Case, request: ServiceRequest, office: Office) -> str:
    """Why the words of this mail are not for the customer, as a clause; empty where they are for him."""
    member = case.member
    if request.customer in (member.address, *member.aliases):
        return "you are its requester yourself"
    if case.arrival.found_in_words:
        return f"only your words name SR {request.number}"
    readers = {one.address for one in (*case.mail.to, *case.mail.cc)}
    if readers & {request.customer, request.answers_to, *request.participants}:
        return ""
    addressed = tuple(one.address for one in case.mail.to)
    if colleagues := tuple(_colleagues(addressed, case, office)):
        return f"your mail is addressed to {' and '.join(colleagues)}"
    if any(_takes_words_for(request, one, office) for one in addressed):
        return ""
    return "your mail is addressed neither to the customer nor to the mailbox that he writes to"


def _colleagues(addressed: tuple[str, ...], case: Case, office: Office) -> Iterator[str]:
    for one in addressed:
        member = office.staff_member(one)
        if member is not None and member != case.member:
            yield member.name


def _takes_words_for(request: ServiceRequest, address: str, office: Office) -> bool:
    """Whether mail to this address of ours is for the customer of a request: not what asks for the duty manager."""
    counter = counter_of(address, office)
    if counter is None:
        return address.lower() in office.ours
    return counter.name == request.mailbox or not _is_the_duty_managers(counter, office)


def _is_the_duty_managers(counter: Counter, office: Office) -> bool:
    return office.policies[counter.policy].for_duty_manager
