"""What the duty manager needs to call a customer back: what is known of it, and what is asked for once he is called.

The items are those of the policy by which customers ask for the duty manager ("Preparing Your Request"), besides the
number of the request, which its thread tells. They count in a request of any policy once they are asked for there.
"""

from dataclasses import replace

from mailproc.desk.alerts import is_called
from mailproc.desk.case import Case
from mailproc.desk.completeness import Assessment, assess, numbers_named
from mailproc.desk.correspondence import carried, saying, to_staff
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import called_up, duty_managers
from mailproc.desk.events import MACHINE, ItemsRequested, Supplied
from mailproc.desk.policy import Policy
from mailproc.desk.request import ServiceRequest

_NUMBER = "sr-number"


def contacts_given(request: ServiceRequest, case: Case, office: Office) -> tuple[Supplied, ...]:
    """How to reach the customer as his mail tells it, of what was not known and is not asked for."""
    policy = office.duty_policy
    if policy is None or office.policies[request.policy].for_duty_manager:
        return ()
    wanted = [item for item in _items(policy) if item not in (*dict(request.supplied), *request.requested)]
    if not wanted:
        return ()
    found = (one for one in assess(case.mail, policy).findings if one.item in wanted and one.evidence and one.sure)
    return tuple(
        Supplied(at=case.arrival.at, who=case.sender, item=one.item, evidence=one.evidence or "") for one in found
    )


def asked_for_call(draft: Draft, office: Office) -> Draft:
    """The draft with what is not known yet of how to call its customer back, asked for."""
    policy, request = office.duty_policy, draft.request
    if policy is None:
        return draft
    known = (*dict(request.supplied), *request.waived, *request.requested)
    owed = tuple(item for item in _items(policy) if item not in known)
    return draft.noting(ItemsRequested(at=draft.at, who=MACHINE, items=owed)) if owed else draft


def number_of_call(request: ServiceRequest) -> str:
    """The number of the request that a call for the duty manager is about; empty where that is not known."""
    return request.linked or dict(request.supplied).get(_NUMBER, "")


def owed_for_call(request: ServiceRequest, office: Office) -> tuple[str, ...]:
    """What was asked for to call the customer back, and has not come."""
    policy = office.duty_policy
    return tuple(item for item in _items(policy) if item in request.requested) if policy else ()


def about_open_request(
    assessment: Assessment, case: Case, policy: Policy, before: ServiceRequest | None = None
) -> Assessment:
    """What a call gives, where the number of a request counts only if it is that of an open one of its customer's."""
    if not policy.for_duty_manager or (before is not None and _NUMBER not in before.missing):
        return assessment
    number = case.about.number if case.about and case.about.status != "closed" else None
    findings = (
        replace(one, met=number is not None, evidence=number) if one.item == _NUMBER else one
        for one in assessment.findings
    )
    return replace(assessment, findings=tuple(findings))


def naming_unknown_number(draft: Draft, case: Case) -> Draft:
    """The draft whose last letter, if it asks for the number of a request, says which one was named in vain."""
    named = numbers_named(case.mail)[:1]
    if not named or not draft.orders or _NUMBER not in draft.request.missing:
        return draft
    order, why = draft.orders[-1], f"{named[0]} is no open request of yours"
    asked = tuple(replace(one, why=why) if one.id == _NUMBER else one for one in order.facts.asked)
    return draft.ordering(replace(order, facts=replace(order.facts, asked=asked)))


def called_read_along(draft: Draft, before: ServiceRequest, case: Case, office: Office) -> Draft:
    """The draft with the customer's words at those who were called for his request, besides its team.

    They go there while the call is out, and where they bring what was asked for it.
    """
    brought = set(owed_for_call(before, office)) - set(draft.request.requested)
    if not brought and not is_called(before, office):
        return draft
    request = draft.request
    called = dict.fromkeys((*duty_managers(request, draft.at, office), *called_up(request, draft.at, office)))
    told = {
        one.staff for one in draft.orders if one.staff and one.template in ("customer-replied", "escalation-request")
    }
    occasion = case.told("the customer wrote again, and you were called for his request")
    readers = (one for one in called if one.address not in told)
    orders = (to_staff("customer-replied", one, request, office, occasion) for one in readers)
    return draft.ordering(*(saying(order, carried(case.words)) for order in orders))


def _items(policy: Policy) -> tuple[str, ...]:
    return tuple(one.id for one in policy.requirements if not one.optional and one.id != _NUMBER)
