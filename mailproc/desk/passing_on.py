"""What a staff member's mail outside of any thread opens: a customer's mail that he passes on, or his own wish."""

from dataclasses import replace

from mailproc.desk.case import Case
from mailproc.desk.correspondence import telling, to_staff
from mailproc.desk.customers import opened_by
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.participants import is_of_the_house
from mailproc.reading.forwarded import forwarded, is_passed_on
from mailproc.reading.mail import Mail
from mailproc.reading.origin import is_unattended

_BECAUSE = "you passed a mail on to us"


def opened_by_staff(case: Case, draft: Draft, office: Office, linked: str | None) -> Draft:
    """A new request: for the author of the mail that is passed on where he is known, else for the staff member."""
    passed = _passed_on(case.mail, office)
    if passed is not None:
        opened = opened_by(replace(case, mail=passed), draft, office, linked)
        return _told(opened, case, office, _for_customer(opened))
    opened = opened_by(case, draft, office, linked)
    return _told(opened, case, office, _for_himself(opened)) if is_passed_on(case.mail) else opened


def _passed_on(mail: Mail, office: Office) -> Mail | None:
    passed = forwarded(mail)
    if passed is None or passed.sender is None or not passed.sender.domain:
        return None
    author = passed.sender.address
    return None if is_of_the_house(author, office) or is_unattended(author) else passed


def _told(draft: Draft, case: Case, office: Office, lines: tuple[str, ...]) -> Draft:
    order = to_staff("command-result", case.member, draft.request, office, case.told(_BECAUSE))
    return draft.ordering(telling(order, lines))


def _for_customer(draft: Draft) -> tuple[str, ...]:
    number, customer = draft.request.number, draft.request.customer
    return (
        f"SR {number} is open for {customer}, whose mail you passed on.",
        "Our letters go there. What you wrote above that mail stays inside.",
    )


def _for_himself(draft: Draft) -> tuple[str, ...]:
    how = (
        "What goes to the customer comes to you. `#add ben@acme.example` lets the customer take part; to make him the "
        "requester, `#close` this one, then pass his mail on with its From line, or have him write himself."
    )
    return (f"SR {draft.request.number} is open with you as its requester: whose mail you passed on is not clear.", how)
