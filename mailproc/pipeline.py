"""THE STORY: collect · receive · remind · send.

    mailbox ──collect──▶ spool ──receive──▶ service requests ──▶ outbox ──send──▶ the world
                                    ▲                              ▲
                       deadlines ───┴──────────remind──────────────┘

Each verb works on a batch of units that `queues.drain` hands it, and is safe to be done twice: see
docs/decisions for what keeps it so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailproc.desk.bounces import refused
from mailproc.desk.callback import number_of_call
from mailproc.desk.case import Case, Said
from mailproc.desk.commands.lines import instructions_of
from mailproc.desk.commands.usage import number_in
from mailproc.desk.completeness import numbers_named
from mailproc.desk.conversation import Clues, clues_of, may_join
from mailproc.desk.decision import Decision
from mailproc.desk.deliverability import Standing, allowed, parties_to
from mailproc.desk.directory import Office
from mailproc.desk.events import Received
from mailproc.desk.filing import Arrival, Filing, Joins, Opens, filing_of, vouched
from mailproc.desk.judgement import goes_at, hands_over, on_handover, on_mail, on_time, overtaken, unwanted
from mailproc.desk.participants import mailbox_of
from mailproc.desk.proof import proof_of
from mailproc.desk.relaying import written_in
from mailproc.desk.request import ServiceRequest
from mailproc.ports import (
    Carrier,
    Clock,
    DueDeadline,
    Letter,
    Listener,
    Page,
    RawMail,
    Spool,
    Staffing,
    Stationery,
    Store,
    Undelivered,
)
from mailproc.queues import Later, Refused
from mailproc.reading.identity import content_digest
from mailproc.reading.mail import Mail
from mailproc.reading.parse import read
from mailproc.reading.quoting import is_quoted
from mailproc.reading.sender import Seal
from mailproc.reporting import answered, asked_for, digests_due, names_requests_itself, tell, told_together

MOST_TAGS = 10
"""How many numbers of a subject are looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every verb of the story needs: the store, the writing materials, the house rules, the time."""

    store: Store
    stationery: Stationery
    seal: Seal
    staffing: Staffing
    clock: Clock
    listener: Listener

    @property
    def office(self) -> Office:
        """Who is who, and who is on call as far as is known by now."""
        return self.staffing(self.clock())


def collect(units: Sequence[RawMail], spool: Spool, clock: Clock) -> None:
    """Make these mails ours: durable in the spool, before the mailbox lets go. No mail arrives in the future."""
    spool.keep([replace(unit, arrived=clock.arrival(unit.arrived)) for unit in units])


def receive(units: Sequence[RawMail], desk: Desk) -> None:
    """File each mail and order its letters, all in one transaction."""
    mails = [(unit, read(unit.content, desk.office.ours)) for unit in units]
    with desk.store.transaction() as page:
        decisions = [(unit, mail, _received(unit, mail, page, desk)) for unit, mail in mails]
    for unit, mail, decision in decisions:
        if decision is not None:
            desk.listener.filed(unit, mail, decision)


def remind(units: Sequence[DueDeadline], desk: Desk) -> None:
    """Do what each deadline asks for, all in one transaction."""
    with desk.store.transaction() as page:
        decisions = [(unit, _reminded(unit, page, desk)) for unit in units]
    for unit, decision in decisions:
        desk.listener.reminded(unit, decision)


def report(desk: Desk) -> int:
    """Write the digests that have come; gives how many letters that makes. What was told is never told again."""
    letters = 0
    for due in digests_due(desk.store.digests(), desk.clock(), desk.office):
        with desk.store.transaction() as page:
            letters += tell(due, page, desk.stationery, desk.office)
    return letters


def send(letters: Sequence[Letter], desk: Desk, carrier: Carrier) -> None:
    """Hand each letter to the carrier, unless the clock ordered it and it is no longer wanted."""
    for letter in letters:
        if _dropped(letter, desk):
            continue
        undelivered = _carried(letter, desk, carrier)
        desk.listener.sent(letter, undelivered)


def _carried(letter: Letter, desk: Desk, carrier: Carrier) -> Sequence[Undelivered]:
    """Those whom it did not reach; whoever is refused for good is noted in the request's history."""
    try:
        undelivered = carrier.carry([letter])
    except Refused:
        _note_refusal(letter, letter.recipients, desk)
        raise
    _note_refusal(letter, tuple(one.recipient for one in undelivered if one.permanent), desk)
    return undelivered


def _note_refusal(letter: Letter, recipients: tuple[str, ...], desk: Desk) -> None:
    if letter.number is None or not recipients:
        return
    with desk.store.transaction() as page:
        request = page.request(letter.number)
        if request is None:
            return
        decision = refused(request, letter.message_id, recipients, desk.clock(), desk.office)
        page.record(decision, [desk.stationery.write(order) for order in decision.orders])


def _allowed(decision: Decision, page: Page, desk: Desk) -> Decision:
    """The decision without the letters that may not go: to addresses that fail, or that had too many lately."""
    if not decision.orders:
        return decision
    now, office = desk.clock(), desk.office
    parties = parties_to(decision)
    return allowed(decision, _standing(decision, parties, page, now), now, office)


def _standing(decision: Decision, parties: tuple[str, ...], page: Page, now: datetime) -> Standing:
    """How many letters these parties had lately, by the budgets that the letters of a decision draw on."""
    automatic = [one for one in decision.orders if one.staff is None and one.automatic and one.to]
    lately: dict[tuple[str, str], int] = {}
    first: dict[str, int] = {}
    for order in automatic:
        policy, key = order.facts.policy, (mailbox_of(order.to[0].address), order.facts.request.number)
        lately[key] = page.letters_to(*key, now - policy.most_letters.window.elapsed)
        if decision.outcome == "opened":
            first.update(
                {one: page.first_letters_to(one, now - policy.most_first_letters.window.elapsed) for one in parties}
            )
    return Standing(held_back=page.held_back(parties, now), lately=lately, first=first)


def _with_requests_named(case: Case, page: Page) -> Case:
    """The case with the requests that its commands name, and a number for one that they open."""
    if not isinstance(case.filing, Joins) or case.filing.role != "staff":
        return case
    instructions = instructions_of(case.mail.reply)
    merging = (number_in(one.argument) for one in instructions.commands if one.name == "merge")
    named = tuple(request for number in merging if (request := page.request(number)))
    splits = instructions.has("split") and not instructions.misunderstood
    return replace(case, named=named, fresh=page.next_number() if splits else "")


def _with_words_said(case: Case, request: ServiceRequest | None, page: Page, desk: Desk) -> Case:
    """The case with what its request's mails and letters said, where quoted lines may be passed on."""
    if request is None or not isinstance(case.filing, Joins) or case.filing.role != "staff":
        return case
    if not any(is_quoted(line) for line in case.mail.reply.split("\n")):
        return case
    mails, to_customer, to_staff = written_in(request, desk.office)
    outside = (*page.mails(mails), *page.letters(to_customer))
    texts = ("\n".join(read(one, desk.office.ours).text for one in some) for some in (outside, page.letters(to_staff)))
    return replace(case, said=Said(outside=next(texts), inside=next(texts)))


def _with_opening(case: Case, found: ServiceRequest | None, page: Page, desk: Desk) -> Case:
    """The case with the mail that opened its request, where a command of staff passes that on."""
    staffs = isinstance(case.filing, Joins) and case.filing.role == "staff"
    if found is None or not staffs or not instructions_of(case.mail.reply).has("enhancement"):
        return case
    keys = [one.mail for one in found.history if isinstance(one, Received) and one.role == "customer"][:1]
    raw = next(iter(page.mails(keys)), None)
    return replace(case, opening=read(raw, desk.office.ours)) if raw else case


def _received(unit: RawMail, mail: Mail, page: Page, desk: Desk) -> Decision | None:
    """The decision on one mail, recorded; None where it was recorded before."""
    if page.outcome_of(unit.key) is not None:
        return None
    clues = clues_of(mail, desk.seal, desk.office, content_digest(mail), unit.mailbox)
    found = page.request_for(clues)
    arrival = _arrival(unit, mail, clues, page, desk)
    if desk.office.policy_at(unit.mailbox).for_duty_manager and mail.bounce is None:
        clues = replace(clues, tagged=(*clues.tagged, *numbers_named(mail)))
        arrival = replace(arrival, found_in_words=found is None)
        found = found or page.request_for(clues)
    if found is None and names_requests_itself(mail, clues, arrival):
        decision = answered(_digest_case(mail, arrival), page, desk.office)
        return _recorded(unit, clues, decision, page, desk)
    if found is None:
        arrival = replace(arrival, named=_named(clues, page))
    else:
        arrival = replace(arrival, also_named=_others(clues.proven, found.number))
    filing = filing_of(mail, found, arrival, desk.office)
    joined = found.customer if found and isinstance(filing, Joins) else ""
    case = Case(mail=mail, arrival=arrival, filing=filing, customer=joined, about=_about(filing, found, clues, page))
    case = _with_opening(_with_requests_named(case, page), found, page, desk)
    case = _with_words_said(case, found, page, desk)
    decided = on_mail(case, _request_of(case, found, page), desk.office)
    return _recorded(unit, clues, _allowed(decided, page, desk), page, desk)


def _recorded(unit: RawMail, clues: Clues, decision: Decision, page: Page, desk: Desk) -> Decision:
    """The mail filed and its decision carried out, with the digests that it asks for."""
    digests = asked_for(decision, unit.key, page, desk.clock(), desk.office)
    page.record_mail(unit, clues, decision, [desk.stationery.write(order) for order in (*decision.orders, *digests)])
    return decision


def _digest_case(mail: Mail, arrival: Arrival) -> Case:
    return Case(mail=mail, arrival=arrival, filing=Joins(reason="a staff member names requests himself", role="staff"))


def _about(filing: Filing, found: ServiceRequest | None, clues: Clues, page: Page) -> ServiceRequest | None:
    """The request that a call for the duty manager is about: of one that opens now, or of one that a mail joins."""
    if found is None:
        return None
    if isinstance(filing, Opens):
        return found if filing.linked == found.number else None
    if found.kind != "escalation":
        return None
    if number := number_of_call(found):
        about = page.request(number)
        return about if about and about.customer in found.participants else None
    named = (page.request(one) for one in clues.tagged[:MOST_TAGS])
    return next((one for one in named if one and one.number != found.number and may_join(one, clues)), None)


def _arrival(unit: RawMail, mail: Mail, clues: Clues, page: Page, desk: Desk) -> Arrival:
    now = desk.clock()
    proof = proof_of(mail, desk.seal, desk.office)
    member = proof.member
    held = tuple(page.held_from((member.address, *member.aliases))) if member else ()
    return vouched(
        Arrival(
            key=unit.key,
            mailbox=unit.mailbox,
            at=now,
            arrived=unit.arrived,
            proof=proof,
            copy=page.copy_of(clues),
            by_mark=bool(clues.proven),
            forced=unit.forced,
            held=held,
        )
    )


def _others(numbers: tuple[str, ...], found: str) -> tuple[str, ...]:
    return tuple(one for one in numbers if one.lower() != found.lower())


def _named(clues: Clues, page: Page) -> str | None:
    """The first request that exists of those whose numbers stand in the subject."""
    return next((one for one in clues.tagged[:MOST_TAGS] if page.request(one)), None)


def _request_of(case: Case, found: ServiceRequest | None, page: Page) -> ServiceRequest | None:
    return ServiceRequest(number=page.next_number()) if isinstance(case.filing, Opens) else found


def _reminded(unit: DueDeadline, page: Page, desk: Desk) -> Decision:
    request = page.request(unit.number)
    if request is None:
        decision = Decision(outcome="on time", reason="there is no such request")
    else:
        decision = _allowed(on_time(request, unit.deadline, desk.clock(), desk.office), page, desk)
    page.record_deadline(unit, decision, [desk.stationery.write(order) for order in decision.orders])
    return decision


def _dropped(letter: Letter, desk: Desk) -> bool:
    if letter.deadline is None or letter.number is None:
        return False
    with desk.store.transaction() as page:
        if not page.waits(letter.key):
            return True  # dropped with others, in favour of a digest
        request = page.request(letter.number)
        why = unwanted(request, letter.deadline) if request else "there is no such request"
        if why is None and request and overtaken(letter.key, letter.template, letter.recipients, request):
            why = "a later letter tells of it"
        if why is None and request is not None and _has_new_reader(letter, request, desk):
            why = "its reader is no longer on duty"
            decision = on_handover(request, letter.template, letter.deadline, desk.clock(), desk.office)
            page.record(decision, [desk.stationery.write(order) for order in decision.orders])
        if why is not None:
            page.drop_letter(letter.key, why)
            return True
        if request is not None and (opening := goes_at(request, letter.deadline, desk.clock(), desk.office)):
            raise Later("it goes in business hours", after=opening - desk.clock())
        return told_together(letter, page, desk.stationery, desk.clock(), desk.office)


def _has_new_reader(letter: Letter, request: ServiceRequest, desk: Desk) -> bool:
    now = desk.clock()
    return any(hands_over(letter.template, reader, request, now, desk.office) for reader in letter.recipients)
