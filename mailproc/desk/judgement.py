"""The only place where rules meet: on_mail() and on_time().

Both take what is known and what happened, and give one Decision. Nothing is sent, saved or logged here. Reasons are
clauses that complete "because …": they stand in the letters, in the history, and in what `explain` prints.
"""

from datetime import datetime
from typing import assert_never

from mailproc.desk.alerts import handed_over
from mailproc.desk.bounces import came_back, failing
from mailproc.desk.case import Case, policy_of
from mailproc.desk.clocks import deadlines
from mailproc.desk.customers import joined_by_customer, opened_by
from mailproc.desk.decision import Deadline, Decision, Outcome
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.events import MACHINE, Bounced, DeadlinePassed, ParticipantAdded, Received
from mailproc.desk.filing import IsSetAside, Joins, Opens
from mailproc.desk.passing_on import opened_by_staff
from mailproc.desk.questions import asked
from mailproc.desk.reminders import goes_at, hands_over, overtaken, reminded, unwanted
from mailproc.desk.request import ServiceRequest
from mailproc.desk.staff import joined_by_staff

__all__ = ["goes_at", "hands_over", "on_handover", "on_mail", "on_time", "overtaken", "unwanted"]


def on_mail(case: Case, request: ServiceRequest | None, office: Office) -> Decision:
    """What a mail does. `request` is the one it joins, or a blank one with a fresh number where it opens one."""
    if isinstance(case.filing, IsSetAside):
        if case.filing.held:
            return asked(case, case.filing.reason, request, office)
        return Decision(outcome="set aside", reason=case.filing.reason)
    assert request is not None, "a mail that opens or joins comes with its request"
    draft = Draft(request=request, at=case.arrival.at)
    match case.filing:
        case Opens(reason=reason, linked=linked):
            opened = opened_by_staff if case.arrival.proof.member else opened_by
            return _decided(opened(case, draft, office, linked), "opened", reason, office)
        case Joins(reason=reason, role="machine"):
            return _decided(_joined_by_machine(case, draft, office), "joined", reason, office)
        case Joins(reason=reason, role="staff"):
            done = _reading_again(joined_by_staff(case, draft, office), request)
            return _decided(done, "joined", reason, office)
        case Joins(reason=reason):
            return _decided(joined_by_customer(case, draft, office), "joined", reason, office)
        case _:
            assert_never(case.filing)


def on_time(request: ServiceRequest, deadline: Deadline, at: datetime, office: Office) -> Decision:
    """What a deadline does once it has come; nothing where its clock no longer runs."""
    running = _running(request, office)
    if deadline not in running:
        reason = "the clock no longer runs to this moment"
        return Decision(outcome="on time", reason=reason, number=request.number, deadlines=running)
    passed = DeadlinePassed(at=at, who=MACHINE, clock=deadline.clock, step=deadline.step, due=deadline.due)
    draft = Draft(request=request, at=at).noting(passed)
    reason = f"{deadline.clock} {deadline.step} fell due"
    return _decided(reminded(draft, deadline, office), "on time", reason, office)


def on_handover(request: ServiceRequest, template: str, deadline: Deadline, at: datetime, office: Office) -> Decision:
    """What becomes of an alert that waited until its reader went off duty: it goes to whoever is on duty at `at`."""
    draft = handed_over(Draft(request=request, at=at), template, deadline, office)
    return _decided(draft, "on time", "the shift changed while the letter waited", office)


def _reading_again(draft: Draft, before: ServiceRequest) -> Draft:
    """The draft with the mails to be read again of those who have just been let in: what they gave counts now.

    Not where the request is closed: an old mail would open another.
    """
    if draft.request.closed:
        return draft
    added = {one.address for one in draft.events if isinstance(one, ParticipantAdded)} & set(before.pending)
    waited = (one for one in before.history if isinstance(one, Received) and one.role == "customer")
    for mail in dict.fromkeys(one.mail for one in waited if one.who in added):
        draft = draft.releasing(mail)
    return draft


def _joined_by_machine(case: Case, draft: Draft, office: Office) -> Draft:
    """A machine moves no state and no clock; a failure of a letter is noted, and the team hears of it."""
    noted = draft.noting(case.received("machine", office))
    bounce = case.mail.bounce
    if bounce is None:
        return noted.withholding("acknowledgement", case.sender, "machines are not answered")
    failed = failing((*bounce.recipients, *bounce.written_to), bounce.original_message_id, draft.request)
    event = Bounced(
        at=case.arrival.at,
        who=case.sender,
        recipients=bounce.recipients,
        permanent=bounce.permanent,
        letter=bounce.original_message_id,
        blocked=_blocked_by(failed, case, office) if bounce.permanent else (),
    )
    return came_back(noted, event, failed, case.arrival.key, office)


def _blocked_by(failed: tuple[str, ...], case: Case, office: Office) -> tuple[str, ...]:
    """The addresses that are not written to again: staff are the operator's to mend.

    A report that bears no mark of ours may be anybody's who has seen a mail of the customer's: it blocks nobody.
    """
    return tuple(one for one in failed if office.staff_member(one) is None) if case.arrival.by_mark else ()


def _decided(draft: Draft, outcome: Outcome, reason: str, office: Office) -> Decision:
    return draft.decided(outcome, reason, _running(draft.request, office))


def _running(request: ServiceRequest, office: Office) -> tuple[Deadline, ...]:
    return deadlines(request, policy_of(request, office), office.regions[request.region])
