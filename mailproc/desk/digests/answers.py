"""What staff ask outside of a request's thread, as in an answer to a digest: its number before each command.

    SR 2-000000042 #ack
    SR 2-000000051 #assign alice

All or nothing: where one line is not understood or cannot be carried out, nothing is done, and the writer gets his
lines back with what is wrong. Lines that name no request and hold no command, such as a greeting, do nothing.
"""

from collections.abc import Mapping
from dataclasses import replace

from mailproc.desk.case import Case, policy_of
from mailproc.desk.clocks import deadlines
from mailproc.desk.commands.by_number import Answer, answer_of
from mailproc.desk.commands.carrying_out import carried_out, obstacle
from mailproc.desk.commands.usage import USAGE
from mailproc.desk.decision import Decision
from mailproc.desk.digests.letters import result_to
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.questions import answered_question
from mailproc.desk.request import ServiceRequest

_UNSAID = (
    "The words beside it went to nobody, neither the customer nor the history: to write to a customer, answer a letter "
    "of his request."
)


def answered_digest(case: Case, requests: Mapping[str, ServiceRequest], office: Office) -> Decision:
    """What the answer of a proven staff member does; `requests` are those that exist of the numbers it names."""
    answer = answer_of(case.mail.reply)
    verdict = answered_question(case, None, office)
    if verdict is not None and not answer.asks:
        released = (verdict.released.key,) if verdict.released else ()
        return replace(_told(case, office, verdict.transcript), releases=released)
    if not answer.asks:
        said = ("Nothing was done: your answer holds no line such as `SR 2-000000042 #ack`.",)
        return _told(case, office, said, case.mail.reply)
    drafts: dict[str, Draft] = {}
    troubles = list(answer.troubles)
    for one in answer.asked:
        if one.number not in requests:
            troubles.append(f"{one.command.line}: there is no request {one.number}")
            continue
        draft = drafts.get(one.number) or _begun(requests[one.number], case, office)
        trouble = obstacle(one.command, draft.request, case, office)
        if trouble is None:
            draft = carried_out(draft, one.command, case, office)
        else:
            troubles.append(f"{one.command.line}: {trouble}")
        drafts[one.number] = draft
    if troubles:
        return _told(case, office, ("Nothing was done:", *troubles), case.mail.reply)
    return _done(case, answer, tuple(drafts.values()), office)


def _begun(request: ServiceRequest, case: Case, office: Office) -> Draft:
    return Draft(request=request, at=case.arrival.at).noting(case.received("staff", office))


def _told(case: Case, office: Office, transcript: tuple[str, ...], words: str = "") -> Decision:
    return Decision(
        outcome="joined",
        reason="a staff member names requests and what to do with them",
        orders=(result_to(case, office, transcript, words),),
    )


def _done(case: Case, answer: Answer, drafts: tuple[Draft, ...], office: Office) -> Decision:
    """One decision on all the requests: the first of them has the letters of all."""
    transcript = (
        *(f"SR {one.number} #{one.command}: done" for one in answer.asked),
        *(("#digest: it is on its way",) if answer.wants_digest else ()),
        *((_UNSAID,) if answer.words else ()),
        *((f"SR 2-… {usage.example}: {usage.does}" for usage in USAGE.values()) if answer.wants_help else ()),
    )
    told = _told(case, office, transcript, answer.words)
    told = replace(told, digest_for=(case.member.address,) if answer.wants_digest else ())
    decisions = [_decided(one, told.reason, office) for one in drafts]
    if not decisions:
        return told
    first, *others = decisions
    orders = (*(order for one in decisions for order in one.orders), *told.orders)
    also = (*(more for one in decisions for more in one.also), *(replace(one, orders=(), also=()) for one in others))
    return replace(first, orders=orders, also=also, digest_for=told.digest_for)


def _decided(draft: Draft, reason: str, office: Office) -> Decision:
    request = draft.request
    running = deadlines(request, policy_of(request, office), office.regions[request.region])
    return draft.decided("joined", reason, running)
