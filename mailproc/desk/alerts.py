"""Letters to those above a request's team: alerts of what nobody has taken, escalations of what takes too long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailproc.desk.clocks import ClockAccount, accounts, deadlines
from mailproc.desk.correspondence import Occasion, Words, in_hands_of, occasion_of, saying, to_customer, to_staff
from mailproc.desk.decision import Deadline, Order
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import (
    alerted,
    called_up,
    calls_repeated,
    duty_managers,
    on_rung,
    steps_told,
    team,
    told_of,
    up_to_rung,
)
from mailproc.desk.events import MACHINE, DeadlinePassed, Flagged
from mailproc.desk.request import ServiceRequest

FIRST_ALERT = "alert"
"""The step of the response clock by which a new grave request is told: at its opening."""

_DUTY = "duty"
"""The clock of a call for the duty manager."""


def alerting_of_new(draft: Draft, occasion: Occasion, office: Office) -> Draft:
    """The draft with an alert to whoever the policy has told of a new request besides its team."""
    first = Deadline(clock="response", step=FIRST_ALERT, due=occasion.at)
    return _alerting_above(draft, replace(occasion, deadline=first), office)


def passed_to_duty_manager(draft: Draft, occasion: Occasion, words: Words, office: Office) -> Draft:
    """The draft with the customer's wish at whoever is on call, complete or not, and its flag up."""
    flag = Flagged(at=draft.at, who=MACHINE, flag="escalated", because="the customer asks for the duty manager")
    noted = draft if is_called(draft.request, office) else draft.noting(flag)
    return called(noted, occasion, words, office)


def called(draft: Draft, occasion: Occasion, words: Words, office: Office) -> Draft:
    """The draft with a call for whoever is on duty, which is told again, a rung further, until somebody acts on it."""
    members = duty_managers(draft.request, draft.at, office)
    if not members:
        return draft.withholding("escalation-request", "", "no staff is configured who could be told")
    asked = Deadline(clock=_DUTY, step="asked", due=draft.at)
    noted = draft if is_called(draft.request, office) else draft.noting(_passed(asked, draft.at))
    occasion = replace(occasion, deadline=asked)
    orders = (to_staff("escalation-request", one, noted.request, office, occasion) for one in members)
    return noted.ordering(*(_with_next(saying(order, words), office) for order in orders))


def called_again(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """Nobody has acted on a call for the duty manager: the ladder hears of it, one rung further up each time."""
    request = draft.request
    members = called_up(request, draft.at, office)
    reached = set(alerted(request, draft.at, office)) if steps_told(request, "response") else set()
    if reached.issuperset(members) and _is_alerted_of(request, office):
        reason = "nobody has taken it yet: those above are alerted of that already"
        return draft.withholding("escalation-request", "", reason)
    occasion = occasion_of(deadline, draft.at, "the duty manager was asked for, and nobody has answered yet")
    return _telling(draft, "escalation-request", members, occasion, office)


def passed_to_product_management(draft: Draft, occasion: Occasion, words: Words, office: Office) -> Draft:
    """The draft with the whole request at those who consider enhancements; the request's owner keeps it."""
    members = on_rung("product-management", draft.request, draft.at, office)
    if not members:
        return draft.withholding("enhancement-request", "", "nobody of the staff has the role product-management")
    orders = (to_staff("enhancement-request", one, draft.request, office, occasion) for one in members)
    return draft.ordering(*(saying(order, words) for order in orders))


def to_be_phoned(draft: Draft, before: int, office: Office) -> Draft:
    """The draft with the flag up where the level has just risen from `before` to one that is followed up by phone.

    It goes up again at such a rise: a call about level 2 was none about level 1.
    """
    if "phone-follow-up" in draft.request.flags or not _has_become_graver(draft.request, before, office):
        return draft
    because = f"level {draft.request.level} is to be followed up by telephone"
    return draft.noting(Flagged(at=draft.at, who=MACHINE, flag="phone-follow-up", because=because))


def raised(draft: Draft, before: int, occasion: Occasion, office: Office) -> Draft:
    """The draft with an alert where the level has just risen from `before` to, or within, the grave ones.

    Once an engineer is engaged no clock tells of it again: the ladder hears from the escalation clock.
    """
    request = draft.request
    if not _has_become_graver(request, before, office):
        return draft
    if request.engaged:
        raised_now = Deadline(clock="level", step="raised", due=occasion.at)
        return _alerting_above(draft, replace(occasion, deadline=raised_now), office)
    # The alert is what a target asks for that passed by the change itself: it is not told once more.
    policy, region = office.policies[request.policy], office.regions[request.region]
    at_once = (one for one in deadlines(request, policy, region) if one.clock == "response" and one.due <= draft.at)
    return alerting_of_new(draft.noting(*(_passed(one, draft.at) for one in at_once)), occasion, office)


def response_overdue(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """Nobody has answered: the team hears of it again and, at levels that are followed up by telephone, the ladder."""
    request = draft.request
    occasion = occasion_of(deadline, draft.at, "nobody has answered the customer yet")
    members = told_of("response-due", request, draft.at, office)
    told = _telling(draft, "response-due", members, occasion, office)
    if request.level not in office.policies[request.policy].phone_levels:
        return told
    above = tuple(one for one in alerted(request, draft.at, office) if one not in members)
    return _alerting(told, above, replace(occasion, because="nobody has taken this request yet"), office)


def escalated(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """The escalation time is passing, or has passed: the ladder hears of it, one rung further up each time."""
    request = draft.request
    if deadline.step == "repeat" and _is_alerted_of(request, office):
        return draft.withholding("escalation", "", "nobody has taken it yet: those above are alerted of that already")
    besides = told_of("escalation", request, draft.at, office)
    if not besides:
        return draft.withholding("escalation", "", "the policy has nobody told of it at once")
    early = deadline.step == "warning"
    ladder = up_to_rung(0 if early else steps_told(request, "escalation"), request, draft.at, office)
    because = f"this request's time to escalation {'is running out' if early else 'is over'}"
    members = tuple(dict.fromkeys((*besides, *ladder)))
    told = _telling(draft, "escalation", members, occasion_of(deadline, draft.at, because), office)
    above = tuple(one for one in ladder if one not in team(request, office))
    return _customer_told(told, deadline, above, office) if deadline.step == "due" else told


def _customer_told(draft: Draft, deadline: Deadline, above: tuple[StaffMember, ...], office: Office) -> Draft:
    """The customer hears once that his request went up, and to whom; not where he asked for it himself."""
    request = draft.request
    if office.policies[request.policy].for_duty_manager:
        return draft
    if any(one.at == draft.at and one.template in ("phone-us-now", "level-changed") for one in request.letters):
        return draft.withholding("escalated", request.customer, "it passed by a change of level that he hears of now")
    occasion = occasion_of(deadline, draft.at, "we found neither a solution nor a workaround in the time we aim at")
    return draft.ordering(in_hands_of(to_customer("escalated", request, office, occasion), above))


def target_passing(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """A restoration target or a fix goal has come: those who look after the request are reminded."""
    occasion = occasion_of(deadline, draft.at, "a target of this request has come")
    return _telling(draft, "target-due", team(draft.request, office), occasion, office)


def is_off_duty(reader: str, request: ServiceRequest, at: datetime, office: Office) -> bool:
    """Whether a letter to this address is no longer for its reader: his shift has ended, and no rung names him now."""
    if all(reader not in (one.who, one.backup) for one in office.roster) and all(
        reader != one.who for one in office.calendar
    ):
        return False
    told = (*alerted(request, at, office), *called_up(request, at, office))
    now = (*duty_managers(request, at, office), *told, *team(request, office))
    return all(one.address != reader for one in now)


def handed_over(draft: Draft, template: str, deadline: Deadline, office: Office) -> Draft:
    """The draft with the alert of a past step to whoever is on call now, whom it has not reached."""
    occasion = occasion_of(replace(deadline, step="handover"), draft.at, "you are on duty now, and this waited")
    members = duty_managers(draft.request, draft.at, office)
    orders = (to_staff(template, one, draft.request, office, occasion) for one in members)
    known = {event.letter for event in draft.request.letters}
    return draft.ordering(*(_with_next(order, office) for order in orders if order.key not in known))


def _alerting_above(draft: Draft, occasion: Occasion, office: Office) -> Draft:
    below = team(draft.request, office)
    above = tuple(one for one in told_of("new-request", draft.request, draft.at, office) if one not in below)
    return _alerting(draft, above, occasion, office)


def _alerting(draft: Draft, members: tuple[StaffMember, ...], occasion: Occasion, office: Office) -> Draft:
    orders = (to_staff("alert", one, draft.request, office, occasion) for one in members)
    return draft.ordering(*(_with_next(order, office) for order in orders))


def _telling(
    draft: Draft, template: str, members: tuple[StaffMember, ...], occasion: Occasion, office: Office
) -> Draft:
    if not members:
        return draft.withholding(template, "", "nobody of the staff is to be told of it by a letter at once")
    orders = (to_staff(template, one, draft.request, office, occasion) for one in members)
    return draft.ordering(*(_with_next(order, office) for order in orders))


def _with_next(order: Order, office: Office) -> Order:
    """The letter with what it says of its clock: the target, who is told next and when, whom to call."""
    request, deadline = order.facts.request, order.deadline
    assert deadline is not None, "an alert tells of a step of a clock"
    upcoming = _next_step(request, deadline, office)
    people = tuple(_next_people(request, deadline, upcoming, office)) if upcoming else ()
    # What a call aims at is no target of the request.
    account = None if deadline.clock == _DUTY else _account_of(request, deadline, office, order.facts.now)
    facts = replace(
        order.facts,
        target=account.target if account else deadline.step,
        target_due=account.due if account else None,
        next_alert=upcoming.due if upcoming else None,
        next_people=tuple(one.name for one in people),
    )
    return replace(order, facts=facts)


def _has_become_graver(request: ServiceRequest, before: int, office: Office) -> bool:
    grave = office.policies[request.policy].phone_levels
    return request.level in grave and (before not in grave or request.level < before)


def _next_step(request: ServiceRequest, deadline: Deadline, office: Office) -> Deadline | None:
    running = deadlines(request, office.policies[request.policy], office.regions[request.region])
    now = max(deadline.due, request.history[-1].at)
    return next((one for one in running if one.clock == deadline.clock and one.due > now), None)


def _next_people(
    request: ServiceRequest, deadline: Deadline, upcoming: Deadline, office: Office
) -> Iterator[StaffMember]:
    """Who joins the readers at the next step; nobody, once the top of the ladder is reached."""
    height = _next_height(request, deadline.clock)
    known = up_to_rung(height - 1, request, deadline.due, office)
    then = up_to_rung(height, request, upcoming.due, office)
    yield from (one for one in then if one not in known)


def _next_height(request: ServiceRequest, clock: str) -> int:
    """Up to which rung the next step of a clock is told."""
    match clock:
        case "duty":
            return calls_repeated(request) + 2
        case "response":
            return steps_told(request, clock) + 2
        case _:
            return steps_told(request, clock) + 1


def _passed(step: Deadline, at: datetime) -> DeadlinePassed:
    return DeadlinePassed(at=at, who=MACHINE, clock=step.clock, step=step.step, due=step.due)


def is_called(request: ServiceRequest, office: Office) -> bool:
    """Whether a call is out that nobody has acted on: another one begins nothing anew."""
    running = deadlines(request, office.policies[request.policy], office.regions[request.region])
    return any(one.clock == _DUTY for one in running)


def _is_alerted_of(request: ServiceRequest, office: Office) -> bool:
    policy, region = office.policies[request.policy], office.regions[request.region]
    if request.level not in policy.phone_levels:
        return False
    return any(one.clock == "response" and one.step == "overdue" for one in deadlines(request, policy, region))


def _account_of(request: ServiceRequest, deadline: Deadline, office: Office, now: datetime) -> ClockAccount | None:
    every = accounts(request, office.policies[request.policy], office.regions[request.region], now)
    return next((one for one in every if one.clock == deadline.clock), None)
