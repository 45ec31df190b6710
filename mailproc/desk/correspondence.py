"""Which letters are ordered: to whom, on what occasion, with which facts."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailproc.desk.clocks import ClockAccount, accounts, next_due
from mailproc.desk.decision import ArrivedItem, Automatic, Deadline, Facts, Order
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.events import LevelSet, Received
from mailproc.desk.goals import goals_in_words
from mailproc.desk.inventory import arrived, asked_for, optional, probable, reached_at, unusable
from mailproc.desk.participants import on_copy
from mailproc.desk.policy import Policy
from mailproc.desk.request import ServiceRequest
from mailproc.desk.steps import letter_time
from mailproc.desk.translation import in_language, with_items_of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What staff are to see to: for the subject, for the first line, and in lines; empty where a template says it."""

    title: str = ""
    headline: str = ""
    lines: tuple[str, ...] = ()


def occasion_of(deadline: Deadline, at: datetime, because: str) -> Occasion:
    """The occasion of a deadline that fell due."""
    key = f"{deadline.clock}/{deadline.step}/{deadline.due:%Y%m%dT%H%M%SZ}"
    return Occasion(key=key, at=at, because=because, deadline=deadline)


def to_customer(template: str, request: ServiceRequest, office: Office, occasion: Occasion) -> Order:
    """An automatic letter to the customer."""
    counter = office.counters[request.mailbox]
    customer = Address(address=request.answers_to or request.customer, name=request.customer_name)
    facts = _facts(request, office, occasion, request.region, request.customer_name)
    order = Order(
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
    )
    return _spoken_to(order, request.language)


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


def noticed(order: Order, notice: Notice) -> Order:
    """The same letter with what there is to see to."""
    facts = replace(order.facts, title=notice.title, headline=notice.headline, transcript=notice.lines)
    return replace(order, facts=facts)


def is_to_phone(request: ServiceRequest, office: Office) -> bool:
    """Whether the customer is to phone: a grave level came by mail, nobody phoned, and there is a number to call."""
    grave = request.level in office.policies[request.policy].phone_levels
    return grave and "phone-follow-up" in request.flags and bool(office.duty_telephone(request.region))


def of_changed_level(request: ServiceRequest, before: int, office: Office) -> str:
    """The letter that tells of a level: that he phone comes first where it was raised and nobody has phoned yet."""
    raised = request.level < before
    return "phone-us-now" if raised and is_to_phone(request, office) else "level-changed"


def of_workaround(order: Order, request: ServiceRequest, words: Words) -> Order:
    """The letter on a workaround, in which an engineer tells what it is; to all who hear what staff write."""
    told = saying(order, words)
    return replace(
        told,
        facts=replace(told.facts, words_html=words.html),
        pictures=words.pictures,
        cc=on_copy(request) if words.text else (),
    )


def in_hands_of(order: Order, people: tuple[StaffMember, ...]) -> Order:
    """The same letter with the names of those who have the request in hand now."""
    return replace(order, facts=replace(order.facts, people=tuple(one.name for one in people)))


def _facts(request: ServiceRequest, office: Office, occasion: Occasion, region: str, reader_name: str) -> Facts:
    policy = policy_in_letters(request, office)
    clocks = {one.clock: one for one in accounts(request, policy, office.regions[request.region], occasion.at)}
    upcoming = next_due(request, policy, office.regions[request.region])
    reader_region = office.regions.get(region) or office.regions[request.region]
    facts = Facts(
        request=request,
        policy=policy,
        organisation=office.organisation,
        zone=reader_region.timezone,
        zone_name=reader_region.place,
        now=occasion.at,
        because=occasion.because,
        reader_name=reader_name,
        response_due=clocks["response"].due if "response" in clocks and not request.engaged else None,
        next_update=_acted_on(clocks.get("update"), request, office),
        due=occasion.deadline.due if occasion.deadline else (upcoming.due if upcoming else None),
        duty_manager=office.duty_telephone(request.region),
        duty_address=office.duty_address(request.region),
        level_before=_level_before(request),
        telephone=reached_at(request),
        plan=office.plan_of(request.customer),
    )
    return _worded(facts)


def _acted_on(clock: ClockAccount | None, request: ServiceRequest, office: Office) -> datetime | None:
    """When the customer has word, if the clock is what brings it: the moment at which its letter really goes."""
    level = office.policies[request.policy].levels.get(request.level)
    if clock is None or clock.due is None or level is None:
        return None
    return letter_time(clock.due, level, office.regions[request.region])


def policy_in_letters(request: ServiceRequest, office: Office) -> Policy:
    """The policy of a request, with whatever else it was asked for of the duty manager's."""
    policy, calls = office.policies[request.policy], office.duty_policy
    return with_items_of(policy, calls, request.requested) if calls else policy


def _worded(facts: Facts) -> Facts:
    """The facts with what their policy says of items and goals."""
    request, policy = facts.request, facts.policy
    return replace(
        facts,
        arrived=arrived(request, policy),
        asked=tuple(asked_for(item, request, policy) for item in request.missing),
        optional=optional(request, policy),
        unusable=unusable(request, policy),
        probable=probable(request, policy),
        goals=goals_in_words(request, policy),
    )


def _spoken_to(order: Order, language: str) -> Order:
    """The letter in a language: what its policy says is said in it."""
    policy = in_language(order.facts.policy, language)
    facts = order.facts if policy is order.facts.policy else _worded(replace(order.facts, policy=policy))
    return replace(order, facts=facts, language=language)


def _level_before(request: ServiceRequest) -> int | None:
    """The level before the last change of it; None where it was set once."""
    levels = [event.level for event in request.history if isinstance(event, LevelSet)]
    return next((one for one in reversed(levels) if one != request.level), None)


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
