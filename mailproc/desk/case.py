"""One mail on its way over the desk."""

from dataclasses import dataclass, field, replace

from mailproc.desk.conversation import answer_to
from mailproc.desk.correspondence import Notice, Occasion, Words, carried, noticed, saying, to_staff
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.documents import files_of, is_document
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import team, told_of
from mailproc.desk.events import MACHINE, Received, Role
from mailproc.desk.filing import Arrival, Filing
from mailproc.desk.participants import People, people_of
from mailproc.desk.policy import NoticeOf, Policy
from mailproc.desk.request import ServiceRequest
from mailproc.reading.language import language_of
from mailproc.reading.mail import Attachment, Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was written before in a request: by or to the customer (`outside`), and in letters to staff (`inside`)."""

    outside: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A mail as read, how it came, and where it was filed; `customer` is the one of the request it joins.

    `about` is the one that a mail to the duty manager is about. `named` are requests that its commands name, `fresh`
    is a number for a request that they open. `said` is what was written before in the request that it joins, as far as
    its quoted lines make that matter. `opening` is the mail that opened that request, where a command passes it on.
    """

    mail: Mail
    arrival: Arrival
    filing: Filing
    customer: str = ""
    named: tuple[ServiceRequest, ...] = ()
    about: ServiceRequest | None = None
    fresh: str = ""
    opening: Mail | None = None
    said: Said = field(default_factory=Said)

    @property
    def member(self) -> StaffMember:
        """The staff member whose mail it is: whoever asks has filed it as staff."""
        assert self.arrival.proof.member is not None, "only a staff member's mail is filed as staff"
        return self.arrival.proof.member

    @property
    def sender(self) -> str:
        """The address it names as its author; MACHINE where it names none."""
        return self.mail.sender.address if self.mail.sender else MACHINE

    @property
    def sender_name(self) -> str:
        """How a letter calls its author."""
        return (self.mail.sender.name or self.mail.sender.address) if self.mail.sender else MACHINE

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files that came with it, as its author attached them."""
        return files_of(self.mail.attachments)

    @property
    def documents(self) -> tuple[Attachment, ...]:
        """Those of its files that say something where there are no words."""
        return tuple(one for one in self.files if is_document(one))

    @property
    def words(self) -> Words:
        """Its new words and files, as a letter carries them."""
        return Words(text=self.mail.words or self.mail.text, writer=self.sender_name, files=self.files)

    @property
    def why_unanswerable(self) -> str:
        """Why no automatic letter may go to its author, where none may."""
        return "; ".join(self.mail.origin.evidence) or "the sender reads no answers"

    def occasion(self, because: str) -> Occasion:
        """The mail as the occasion of a letter that answers it."""
        return Occasion(key=self.arrival.key, at=self.arrival.at, because=because, mail=self.mail)

    def told(self, because: str) -> Occasion:
        """The mail as the occasion of a letter that tells somebody of it, and answers nothing."""
        return replace(self.occasion(because), mail=None)

    def received(self, role: Role, office: Office) -> Received:
        """That it came, for the history; with the people whom a customer's mail brings in, or names as waiting."""
        customer = self.customer or self.sender
        people = people_of(self.mail, customer, office) if role == "customer" else People()
        elsewhere = answer_to(self.mail, office)
        return Received(
            at=self.arrival.at,
            who=self.sender,
            mail=self.arrival.key,
            message_id=self.mail.message_id,
            role=role,
            origin=self.mail.origin.kind,
            copied=people.colleagues,
            pending=people.others,
            answers_to=elsewhere.address if elsewhere and elsewhere.address != self.sender else "",
            language=language_of(self.mail.reply or self.mail.text) if role == "customer" else "",
            also_named=self.arrival.also_named,
            unanswerable="" if self.mail.origin.answerable else self.why_unanswerable,
        )


def policy_of(request: ServiceRequest, office: Office) -> Policy:
    """The policy in force for a request."""
    return office.policies[request.policy]


def telling_the_team(draft: Draft, template: str, case: Case, office: Office, because: str) -> Draft:
    """The draft with one letter to each whom the policy has told of it at once, carrying the mail's new words.

    Of a new request only the team gets this letter: those above it are alerted. One that asks for an enhancement
    carries the files too, since its readers look nowhere else.
    """
    request = draft.request
    if not team(request, office):
        return draft.withholding(template, "", "no staff is configured who could be told")
    event: NoticeOf = "customer-replied" if template == "customer-replied" else "new-request"
    told = told_of(event, request, draft.at, office)
    members = told if event == "customer-replied" else tuple(one for one in team(request, office) if one in told)
    if not members:
        return draft.withholding(template, "", "the policy has nobody told of it at once")
    occasion = case.told(because)
    notice = _who_wrote(case, request) if event == "customer-replied" else Notice()
    words = case.words if template == "enhancement-request" else carried(case.words)
    orders = (noticed(to_staff(template, one, draft.request, office, occasion), notice) for one in members)
    return draft.ordering(*(saying(order, words) for order in orders))


def _who_wrote(case: Case, request: ServiceRequest) -> Notice:
    """Who wrote in a request, where it was not its customer, and whom an answer reaches."""
    if case.sender == request.customer:
        return Notice()
    name, customer = " ".join(case.sender_name.split())[:80], request.customer_name or request.customer
    if case.sender in request.participants:
        return Notice(headline=f"{name} wrote. Your answer goes to {customer}, with a copy to {name}.")
    return Notice(
        title="an outsider wrote",
        headline=f"{name} wrote, who takes no part yet: your answer goes to {customer}, and not to {name}. "
        f"`#add {case.sender}` lets that address in, and what it wrote is read again.",
    )
