"""Which letters are ordered: to whom, on what occasion, with which facts."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailproc.desk.clocks import accounts, next_due
from mailproc.desk.decision import ArrivedItem, AskedItem, Automatic, Deadline, Facts, Order
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.events import ArrivedFile, Received
from mailproc.desk.participants import on_copy
from mailproc.desk.policy import Policy, Requirement
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address, Attachment, Mail

MOST_BYTES = 5 << 20
"""Of files that a letter to staff carries: whatever is larger waits with the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a letter is written for: a mail that it answers, or a deadline that fell due. `at` is aware UTC.

    `key` names it uniquely within a request: the mail's key, or the deadline's clock, step and moment.
    """

    key: str
    at: datetime
    because: str
    mail: Mail | None = None
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A person's words that a letter carries, who wrote them, and the files that go with them.

    `html` says the same with formatting, harmless already; `pictures` are what it shows. `left_out` are files that the
    letter names and does not carry.
    """

    text: str
    writer: str
    files: tuple[Attachment, ...] = ()
    html: str = ""
    pictures: tuple[Attachment, ...] = ()
    left_out: tuple[Attachment, ...] = ()


def occasion_of(deadline: Deadline, at: datetime, because: str) -> Occasion:
    """The occasion of a deadline that fell due."""
    key = f"{deadline.clock}/{deadline.step}/{deadline.due:%Y%m%dT%H%M%SZ}"
    return Occasion(key=key, at=at, because=because, deadline=deadline)


def to_customer(template: str, request: ServiceRequest, office: Office, occasion: Occasion) -> Order:
    """An automatic letter to the customer."""
    counter = office.counters[request.mailbox]
    customer = Address(address=request.answers_to or request.customer, name=request.customer_name)
    facts = _facts(request, office, occasion, request.region, request.customer_name)
    return Order(
        key=f"{request.number}/{template}/{occasion.key}",
        template=template,
        to=(customer,),
        sender=Address(address=counter.address, name=f"{office.organisation} Support"),
        subaddress=counter.subaddress,
        facts=facts,
        because=occasion.because,
        subject=request.subject,
        in_reply_to=_answered(request, occasion),
        references=_thread(request, occasion),
        automatic=_automatic(occasion),
        deadline=occasion.deadline,
        language=request.language,
    )


def relayed(request: ServiceRequest, office: Office, occasion: Occasion, words: Words) -> Order:
    """A staff member's words to the customer, as his own mail from the support address."""
    order = to_customer("relayed", request, office, occasion)
    return replace(
        order,
        sender=replace(order.sender, name=f"{words.writer} ({office.organisation})"),
        facts=replace(order.facts, words=words.text, words_html=words.html, writer_name=words.writer),
        automatic=None,
        pictures=words.pictures,
        cc=on_copy(request),
        attachments=words.files,
        in_reply_to=_last_from_customer(request),
        references=_thread(request, replace(occasion, mail=None)),
    )


def to_staff(template: str, member: StaffMember, request: ServiceRequest, office: Office, occasion: Occasion) -> Order:
    """An automatic letter to a staff member; it carries his own token, so that his answer is known to be his."""
    counter = office.counters[request.mailbox]
    region = member.regions[0] if member.regions else request.region
    return Order(
        key=f"{request.number}/{template}/{occasion.key}/{member.address}",
        template=template,
        to=(Address(address=member.address, name=member.name),),
        sender=Address(address=counter.address, name=f"{office.organisation} Support"),
        subaddress=counter.subaddress,
        facts=_facts(request, office, occasion, region, member.name),
        because=occasion.because,
        staff=member.address,
        subject=request.subject,
        references=_opening_mail(request),
        automatic=_automatic(occasion),
        deadline=occasion.deadline,
    )


def saying(order: Order, words: Words) -> Order:
    """The same letter with a person's words and files in it."""
    attached = (ArrivedItem(label=one.name, where=f"{_size(one)}, attached") for one in words.files)
    left = (ArrivedItem(label=one.name, where=f"{_size(one)}, kept with the request") for one in words.left_out)
    facts = replace(order.facts, words=words.text, writer_name=words.writer, files=(*attached, *left))
    return replace(order, facts=facts, attachments=words.files)


def carried(words: Words, most_bytes: int = MOST_BYTES) -> Words:
    """The words with as many of their files as fit into `most_bytes`, in their order; the others are only named."""
    fitting: list[Attachment] = []
    for one in words.files:
        if sum(fit.size for fit in fitting) + one.size <= most_bytes:
            fitting.append(one)
    left_out = tuple(one for one in words.files if one not in fitting)
    return replace(words, files=tuple(fitting), left_out=left_out)


def _size(file: Attachment) -> str:
    return f"{file.size} bytes" if file.size < 10_000 else f"{file.size / 1e6:.2f} MB"


def telling(order: Order, transcript: tuple[str, ...]) -> Order:
    """The same letter with an account of what was done and what was not."""
    return replace(order, facts=replace(order.facts, transcript=transcript))


def _facts(request: ServiceRequest, office: Office, occasion: Occasion, region: str, reader_name: str) -> Facts:
    policy = office.policies[request.policy]
    clocks = {one.clock: one for one in accounts(request, policy, office.regions[request.region], occasion.at)}
    upcoming = next_due(request, policy, office.regions[request.region])
    reader_region = office.regions.get(region) or office.regions[request.region]
    return Facts(
        request=request,
        policy=policy,
        organisation=office.organisation,
        zone=reader_region.timezone,
        zone_name=reader_region.place,
        now=occasion.at,
        because=occasion.because,
        reader_name=reader_name,
        arrived=_arrived(request, policy),
        asked=tuple(_asked_for(item, request, policy) for item in request.missing),
        optional=tuple(_asked(one) for one in policy.requirements if one.optional and _still_open(one, request)),
        unusable=tuple(ArrivedItem(label=one.name, where=one.problem) for one in request.files if one.problem),
        response_due=clocks["response"].due if "response" in clocks and not request.engaged else None,
        next_update=clocks["update"].due if "update" in clocks else None,
        due=occasion.deadline.due if occasion.deadline else (upcoming.due if upcoming else None),
        duty_manager=office.duty_manager_contact,
    )


def _arrived(request: ServiceRequest, policy: Policy) -> tuple[ArrivedItem, ...]:
    given = ((policy.requirement(item), evidence) for item, evidence in request.supplied)
    whole = tuple(ArrivedItem(label=one.label, where=evidence) for one, evidence in given if one)
    owed = (one for item in request.missing if (one := policy.requirement(item)))
    return (
        *whole,
        *(_of_one_chassis(requirement, file) for requirement in owed for file in _had(requirement, request)),
    )


def _of_one_chassis(requirement: Requirement, file: ArrivedFile) -> ArrivedItem:
    """What came of one chassis of a pair, while that of the other is still owed."""
    where = f"{file.inside} / {file.name}" if file.inside else file.name
    return ArrivedItem(label=f"{requirement.label} of {file.host}" if file.host else requirement.label, where=where)


def _had(requirement: Requirement, request: ServiceRequest) -> tuple[ArrivedFile, ...]:
    """The files that serve an item which is wanted of both chassis."""
    if not (requirement.each_chassis and request.dbha):
        return ()
    return tuple(one for one in request.files if one.kind in requirement.kinds and not one.problem)


def _asked_for(item: str, request: ServiceRequest, policy: Policy) -> AskedItem:
    """An item of the policy, or a thing that an engineer named in his own words."""
    requirement = policy.requirement(item)
    if requirement is None:
        return AskedItem(id=item, label=item, why="the engineer asks for it", how="", fill_in=True)
    if not (requirement.each_chassis and request.dbha):
        return _asked(requirement)
    hosts = [one.host for one in _had(requirement, request) if one.host]
    which = "the second chassis" if _had(requirement, request) else "both chassis"
    why = f"the site has two chassis{f', and we have it of {hosts[0]}' if hosts else ''}; {requirement.why}"
    return replace(_asked(requirement), label=f"{requirement.label} of {which}", why=why)


def _asked(requirement: Requirement) -> AskedItem:
    return AskedItem(
        id=requirement.id,
        label=requirement.label,
        why=requirement.why,
        how=requirement.how,
        fill_in=requirement.given_by == "words",
    )


def _still_open(requirement: Requirement, request: ServiceRequest) -> bool:
    return requirement.id not in dict(request.supplied) and requirement.id not in request.waived


def _automatic(occasion: Occasion) -> Automatic:
    return "auto-replied" if occasion.mail else "auto-generated"


def _answered(request: ServiceRequest, occasion: Occasion) -> str | None:
    return occasion.mail.message_id if occasion.mail else _last_from_customer(request)


def _thread(request: ServiceRequest, occasion: Occasion) -> tuple[str, ...]:
    """The ids of the conversation so far, oldest first: the answered mail's own, or else what the history knows."""
    if occasion.mail:
        own = (occasion.mail.message_id,) if occasion.mail.message_id else ()
        return tuple(dict.fromkeys((*occasion.mail.references, *own)))
    last = _last_from_customer(request)
    return tuple(dict.fromkeys((*_opening_mail(request), *((last,) if last else ()))))


def _from_customers(request: ServiceRequest) -> tuple[str, ...]:
    received = (event for event in request.history if isinstance(event, Received) and event.role == "customer")
    return tuple(event.message_id for event in received if event.message_id)


def _opening_mail(request: ServiceRequest) -> tuple[str, ...]:
    return _from_customers(request)[:1]


def _last_from_customer(request: ServiceRequest) -> str | None:
    return next(reversed(_from_customers(request)), None)
