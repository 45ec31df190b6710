"""What a customer's mail does: it opens a request or goes on with one, and is answered with what is still missing."""

from dataclasses import replace

from mailproc.desk.alerts import alerting_of_new, passed_to_duty_manager, raised, to_be_phoned
from mailproc.desk.callback import (
    about_open_request,
    asked_for_call,
    called_read_along,
    contacts_given,
    naming_unknown_number,
    owed_for_call,
)
from mailproc.desk.case import Case, policy_of, telling_the_team
from mailproc.desk.clocks import deadlines
from mailproc.desk.commands.requested import arrived_of
from mailproc.desk.commands.usage import Command, level_in
from mailproc.desk.commands.wishes import wishes_of
from mailproc.desk.completeness import Assessment, Known, assess
from mailproc.desk.correspondence import is_to_phone, of_changed_level, policy_in_letters, to_customer
from mailproc.desk.decision import Decision
from mailproc.desk.defects import PICTURE
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import level_without_workaround, on_rung
from mailproc.desk.events import (
    MACHINE,
    FilesArrived,
    Flag,
    Flagged,
    HistoryEvent,
    LevelSet,
    MissingFound,
    Opened,
    Received,
    Supplied,
)
from mailproc.desk.inventory import of_no_use
from mailproc.desk.lifecycle import move, reopens
from mailproc.desk.policy import Policy
from mailproc.desk.request import ServiceRequest
from mailproc.desk.words.expediting import asks_for_duty_manager, denies_level, level_wished

_ASKED_FOR = "you are on duty, and the customer asks for the duty manager"


def opened_by(case: Case, draft: Draft, office: Office, linked: str | None) -> Draft:
    """A new request: who, what, which level, what arrived, what is missing; an answer, and word to the team."""
    counter = office.counters[case.arrival.mailbox]
    policy = office.policies[counter.policy]
    assessment = about_open_request(assess(case.mail, policy), case, policy)
    noted = draft.noting(
        _opening(case, assessment, office, linked),
        case.received("customer", office),
        *_findings(draft.request, case, assessment),
        *contacts_given(replace(draft.request, policy=counter.policy), case, office),
        _first_level(case, policy, assessment),
        *_first_flags(case, policy, assessment),
    )
    passed = _passed_on(_acknowledged(noted, case, office), case, office)
    if policy.for_duty_manager or not _asks_for_duty_manager(case):
        return passed
    return _wish_granted(passed, Command(name="escalate"), case, office)


def _passed_on(draft: Draft, case: Case, office: Office) -> Draft:
    """To whose work it is: product management, the duty manager, or the team with an alert to those above it."""
    if "enhancement" in draft.request.flags:
        return telling_the_team(draft, "enhancement-request", case, office, "a customer asks for an enhancement")
    if policy_of(draft.request, office).for_duty_manager:
        passed = passed_to_duty_manager(draft, case.told(_ASKED_FOR), case.words, office)
        return passed.with_also(*(_escalated(case.about, case, draft, office) if case.about else ()))
    told = telling_the_team(draft, "new-request", case, office, "a customer opened this request")
    return alerting_of_new(told, case.told(f"a request of level {draft.request.level} was opened"), office)


def _escalated(about: ServiceRequest, case: Case, draft: Draft, office: Office) -> tuple[Decision, ...]:
    """What a request to the duty manager does to the one it is about: the flag, which every digest shows."""
    if "escalated" in about.flags:
        return ()
    because = f"the customer asks for the duty manager, SR {draft.request.number}"
    flag = Flagged(at=case.arrival.at, who=case.sender, flag="escalated", because=because)
    after = about.after(flag)
    running = deadlines(after, policy_of(after, office), office.regions[after.region])
    return (Decision(outcome="joined", reason=because, number=about.number, events=(flag,), deadlines=running),)


def joined_by_customer(case: Case, draft: Draft, office: Office) -> Draft:
    """A customer goes on: details and wishes are noted, what is still missing is asked for, the team hears of it."""
    received = draft.noting(case.received("customer", office))
    if case.sender not in received.request.participants:
        return _heard_from_outside(received, case, office)
    policy = policy_of(draft.request, office)
    before = draft.request
    assessment = about_open_request(assess(case.mail, policy, _known_of(before)), case, policy, before)
    asked_for = tuple(
        Supplied(at=case.arrival.at, who=case.sender, item=item, evidence=evidence)
        for item, evidence in arrived_of(before, case.mail, policy_in_letters(before, office))
    )
    after = before.after_all(asked_for)
    noted = received.noting(*asked_for, *_findings(after, case, assessment), *contacts_given(after, case, office))
    if before.status in ("resolved", "closed") and not reopens(case.mail, office):
        return noted.withholding("reopened", before.customer, "a thank-you alone does not open it again")
    if policy.for_duty_manager and case.about and case.about.number != before.linked:
        noted = noted.with_also(*_escalated(case.about, case, noted, office))
    reopened = _reopened(noted, case, office)
    wished = _wishes_granted(reopened, case, assessment, office)
    owed = dict.fromkeys((*before.missing, *owed_for_call(wished.request, office)))
    answered = _asked_on(wished, replace(before, missing=tuple(owed)), case, office)
    if _is_read_again(case, before):
        return answered.withholding("customer-replied", "", "staff have read this mail before they let its writer in")
    told = telling_the_team(answered, "customer-replied", case, office, "the customer wrote again")
    return called_read_along(told, before, case, office)


def _is_read_again(case: Case, before: ServiceRequest) -> bool:
    return any(isinstance(one, Received) and one.mail == case.arrival.key for one in before.history)


def _heard_from_outside(draft: Draft, case: Case, office: Office) -> Draft:
    """Whoever takes no part yet, but knows a letter: the team hears his words, and they move nothing."""
    reason = "the writer is of another organisation and takes no part until staff let him in"
    told = draft.withholding("missing-details", case.sender, reason)
    because = "somebody who takes no part yet wrote"
    return telling_the_team(told, "customer-replied", case, office, because)


def _opening(case: Case, assessment: Assessment, office: Office, linked: str | None) -> Opened:
    counter = office.counters[case.arrival.mailbox]
    customer = office.customer_of(case.sender)
    known_region = customer.region if customer and customer.region in office.regions else counter.region
    return Opened(
        at=case.arrival.arrived,
        who=case.sender,
        mailbox=counter.name,
        policy=counter.policy,
        region=known_region,
        subject=_subject(case),
        customer=case.sender,
        customer_name=case.mail.sender.name if case.mail.sender else "",
        organisation=customer.organisation if customer else "",
        kind=assessment.kind,
        linked=linked,
    )


def _subject(case: Case) -> str:
    """The mail's own; where it answers a letter about a request that it goes on from, that one's."""
    about = case.about
    return about.subject if about and about.subject and about.subject in case.mail.subject else case.mail.subject


def _findings(request: ServiceRequest, case: Case, assessment: Assessment) -> tuple[HistoryEvent, ...]:
    at, who = case.arrival.at, case.sender
    had = {item for item, _ in request.supplied}
    supplied = tuple(
        Supplied(at=at, who=who, item=one.item, evidence=one.evidence or "in your mail", sure=one.sure)
        for one in assessment.findings
        if (one.met or one.declined)
        and one.item not in request.requested
        and (one.item not in had or (one.item in request.probable and one.sure and one.evidence is not None))
    )
    files: tuple[HistoryEvent, ...] = ()
    counted = (assessment.dbha and not request.dbha) or (assessment.one_chassis and not request.one_chassis)
    if assessment.files or counted:
        told = FilesArrived(
            at=at, who=who, files=assessment.files, dbha=assessment.dbha, one_chassis=assessment.one_chassis
        )
        files = (told,)
    required = tuple(item for item in assessment.missing if item not in (*request.waived, *request.requested))
    owed = (*required, *request.requested)
    if owed == request.missing and request.history:
        return (*files, *supplied)
    return (*files, *supplied, MissingFound(at=at, who=MACHINE, items=owed))


def _first_level(case: Case, policy: Policy, assessment: Assessment) -> LevelSet:
    """What the customer states stands, even against his own description: an engineer is told, and may change it."""
    level = assessment.level
    chosen = level.suggested if level.stated is None else level.stated
    return LevelSet(
        at=case.arrival.arrived,
        who=MACHINE,
        level=chosen if chosen in policy.levels else policy.default_level,
        because=level.because,
        stated=level.stated,
    )


def _first_flags(case: Case, policy: Policy, assessment: Assessment) -> tuple[Flagged, ...]:
    at = case.arrival.at
    reasons: list[tuple[Flag, str]] = []
    level = assessment.level.stated or assessment.level.suggested
    if level in policy.phone_levels:
        reasons.append(("phone-follow-up", f"level {level} is to be followed up by telephone"))
    if assessment.level.contradicted:
        reasons.append(("level-contradicted", f"the words describe level {assessment.level.suggested}"))
    if assessment.kind == "third-party":
        reasons.append(("third-party", "the words place the fault in third-party software"))
    if assessment.kind == "enhancement" and level not in policy.phone_levels:
        reasons.append(("enhancement", "the words ask for an enhancement"))
    return tuple(Flagged(at=at, who=MACHINE, flag=flag, because=because) for flag, because in reasons)


def _acknowledged(draft: Draft, case: Case, office: Office) -> Draft:
    request = draft.request
    missing = len(request.missing)
    if "enhancement" in request.flags:
        considered = on_rung("product-management", request, draft.at, office)
        template = "enhancement-passed-on" if considered else "acknowledgement"
        return answering(draft, template, case, office, "you asked for an enhancement")
    if is_to_phone(request, office) and not policy_of(request, office).for_duty_manager:
        because = f"you wrote to us, and level {request.level} is to be followed up by telephone"
        return answering(draft, "phone-us-now", case, office, because)
    if missing:
        asked = answering(draft, "missing-details", case, office, f"you wrote to us and {_details(missing)} missing")
        return naming_unknown_number(asked, case)
    if "third-party" in request.flags:
        because = "your mail places the fault in another vendor's software"
        return answering(draft, "third-party", case, office, because)
    if policy_of(request, office).for_duty_manager:
        return answering(draft, "escalation-received", case, office, "you asked for the duty manager")
    return answering(draft, "acknowledgement", case, office, "you wrote to us")


def _asked_on(draft: Draft, before: ServiceRequest, case: Case, office: Office) -> Draft:
    """What is still owed is asked for where the mail brought some of it, or a file in its place that does not serve.

    Nothing is asked twice for a mail without.
    """
    request = draft.request
    if before.missing and not request.missing:
        answered = "your last mail answers what we asked for"  # in part by why it cannot be had, or by weak signs
        complete = answered if request.probable else "with your last mail everything has arrived"
        return answering(draft, "all-received", case, office, complete)
    if request.missing and (because := _news_of_owed(request, before, office)):
        return answering(draft, "missing-details", case, office, because)
    reason = "the mail brought nothing that was asked for" if request.missing else "nothing is missing"
    return draft.withholding("missing-details", request.customer, reason)


def _news_of_owed(request: ServiceRequest, before: ServiceRequest, office: Office) -> str | None:
    still = f"{_details(len(request.missing))} still missing"
    if request.dbha and not before.dbha and not set(request.missing) <= set(before.missing):
        return f"your mail tells of a second chassis and {still}"
    if request.missing != before.missing:
        return f"part of what we asked for has arrived and {still}"
    new = request.files[len(before.files) :]
    brought = (one for one in of_no_use(new, request, policy_of(request, office)) if one.problem != PICTURE)
    return f"a file that you sent does not serve yet and {still}" if any(brought) else None


def _reopened(draft: Draft, case: Case, office: Office) -> Draft:
    request = draft.request
    if request.status not in ("waiting", "resolved", "closed"):
        return draft
    moved = move(request, "open", "the customer answered", case.arrival.at, case.sender)
    noted = draft.noting(*((moved,) if moved else ()))
    if request.status == "waiting":
        return noted
    return answering(noted, "reopened", case, office, "your answer opened the request again")


def _wishes_granted(draft: Draft, case: Case, assessment: Assessment, office: Office) -> Draft:
    wishes = tuple(one for one in wishes_of(case.mail.reply) if not denies_level(one.line))
    if not any(wish.name == "severity" for wish in wishes) and (level := _level_named(case, assessment, office)):
        wishes = (*wishes, Command(name="severity", argument=f"{level} the writer names level {level}"))
    if _asks_for_duty_manager(case) and not any(wish.name == "escalate" for wish in wishes):
        wishes = (*wishes, Command(name="escalate"))
    for wish in wishes:
        draft = _wish_granted(draft, wish, case, office)
    return draft


def _level_named(case: Case, assessment: Assessment, office: Office) -> int | None:
    """The level that the new words plainly ask for, or that was filled in; the subject of a thread asks for none."""
    if assessment.level.stated is None:
        return None
    wish = level_wished(case.mail.reply)
    if wish.names:
        return wish.level
    unnamed = replace(case.mail, subject="")
    return assess(unnamed, office.policy_at(case.arrival.mailbox)).level.stated


def _asks_for_duty_manager(case: Case) -> bool:
    bare = any(wish.name == "escalate" for wish in wishes_of(case.mail.reply))
    return bare or asks_for_duty_manager(case.mail.reply)


def _wish_granted(draft: Draft, wish: Command, case: Case, office: Office) -> Draft:
    request = draft.request
    if wish.name == "escalate":
        told = passed_to_duty_manager(draft, case.told(_ASKED_FOR), case.words, office)
        return _call_confirmed(asked_for_call(told, office), case, office)
    if wish.name == "workaround":
        return _workaround_failed(draft, case, office)
    draft = _within_the_goals(draft, case)
    level, reason = level_in(wish.argument)
    if level == request.level or level not in policy_of(request, office).levels:
        return draft
    because = reason or "the customer asked for it"
    noted = draft.noting(LevelSet(at=case.arrival.at, who=case.sender, level=level, because=because, stated=level))
    flagged = to_be_phoned(noted, request.level, office)
    letter = of_changed_level(flagged.request, request.level, office)
    answered = answering(flagged, letter, case, office, "you asked for another level")
    return raised(answered, request.level, case.told(f"the customer asks for level {level}"), office)


def _call_confirmed(draft: Draft, case: Case, office: Office) -> Draft:
    """The customer hears that the duty manager was told, and is asked for what is missing to call him back."""
    told = answering(draft, "escalation-received", case, office, "you asked for the duty manager")
    if told.orders == draft.orders:
        return told
    order, owed = told.orders[-1], owed_for_call(draft.request, office)
    asked = tuple(one for one in order.facts.asked if one.id in owed)
    return told.ordering(replace(order, facts=replace(order.facts, asked=asked, optional=())))


def _workaround_failed(draft: Draft, case: Case, office: Office) -> Draft:
    """The clocks run on, and the level is the one before the workaround lowered it; nothing where none holds."""
    request = draft.request
    if "workaround" not in request.flags:
        return draft
    at, who, because = case.arrival.at, case.sender, "the workaround failed"
    noted = draft.noting(Flagged(at=at, who=who, flag="workaround", because=because, up=False))
    level = level_without_workaround(request)
    if level == request.level:
        return answering(noted, "workaround", case, office, because)
    flagged = to_be_phoned(noted.noting(LevelSet(at=at, who=who, level=level, because=because)), request.level, office)
    letter = of_changed_level(flagged.request, request.level, office)
    answered = answering(flagged, letter, case, office, because)
    return raised(answered, request.level, case.told("the customer says that the workaround failed"), office)


def _within_the_goals(draft: Draft, case: Case) -> Draft:
    """Naming a level says that it is a fault of ours after all: what was read as something else goes on as one."""
    at, who = case.arrival.at, case.sender
    doubted: tuple[Flag, ...] = ("third-party", "enhancement")
    because = "the customer says that it is a fault"
    lowered = (Flagged(at=at, who=who, flag=one, because=because, up=False) for one in doubted)
    return draft.noting(*(one for one in lowered if one.flag in draft.request.flags))


def answering(draft: Draft, template: str, case: Case, office: Office, because: str) -> Draft:
    """The draft with an automatic letter to the customer, or with the reason why there is none."""
    request = draft.request
    if not case.mail.origin.answerable:
        reason = f"no automatic answer may go there: {case.why_unanswerable}"
        return draft.withholding(template, request.customer, reason)
    return draft.ordering(to_customer(template, request, office, case.occasion(because)))


def _known_of(request: ServiceRequest) -> Known:
    return Known(
        items=tuple(item for item, _ in request.supplied),
        settled=(*request.waived, *request.probable),
        owed=request.missing,
        files=request.files,
        dbha=request.dbha,
        one_chassis=request.one_chassis,
    )


def _details(count: int) -> str:
    return "one detail is" if count == 1 else f"{count} details are"
