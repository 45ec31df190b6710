"""What the clock does: each step that fell due, as letters and moves; and which letters outlive their moment."""

from dataclasses import replace
from datetime import datetime

from mailproc.desk.alerts import called_again, escalated, is_off_duty, response_overdue, target_passing
from mailproc.desk.clocks import deadlines
from mailproc.desk.correspondence import occasion_of, to_customer, to_staff
from mailproc.desk.decision import Deadline
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import in_hand_since, team, told_of
from mailproc.desk.events import MACHINE, Acknowledged, DeadlinePassed, LetterOrdered, Promised
from mailproc.desk.hours import next_opening
from mailproc.desk.lifecycle import move
from mailproc.desk.request import ServiceRequest

_ALERTS = ("response", "escalation")


def reminded(draft: Draft, deadline: Deadline, office: Office) -> Draft:  # noqa: PLR0911 - one arm a step
    """What a step of a clock asks for, once it has been noted that it passed."""
    match deadline.clock, deadline.step:
        case "response", _:
            return response_overdue(draft, deadline, office)
        case "escalation", _:
            return escalated(draft, deadline, office)
        case "duty", _:
            return called_again(draft, deadline, office)
        case "restoration" | "goals", _:
            return target_passing(draft, deadline, office)
        case (("details" | "closing"), "close"):
            return _closed_in_silence(draft, deadline, office)
        case "details", _:
            return _details_reminded(draft, deadline, office)
        case "closing", _:
            because = "we have heard nothing of you since your request was resolved"
            return draft.ordering(
                to_customer("closing-soon", draft.request, office, occasion_of(deadline, draft.at, because))
            )
        case "update", "due":
            return _without_news(draft, deadline, office)
        case _:
            return _team_reminded(draft, deadline, office, "the customer's next update is due soon")


def unwanted(request: ServiceRequest, deadline: Deadline) -> str | None:  # noqa: PLR0911 - one guard a line
    """Why a letter that the clock ordered, and that waited, is no longer to go; None where it still is."""
    if deadline.step == "close":
        return None if request.status == "closed" else "the request was opened again meanwhile"
    if deadline.clock == "closing":
        return None if request.status == "resolved" else f"the request is {request.status} meanwhile"
    if request.status in ("resolved", "closed"):
        return f"the request is {request.status} meanwhile"
    if deadline.clock == "response" and request.engaged:
        return "an engineer has answered meanwhile"
    if deadline.clock in _ALERTS and deadline.step != "warning" and _acknowledged_since(request, deadline):
        return "somebody has it in hand meanwhile"
    if deadline.clock == "duty" and in_hand_since(request, deadline.due):
        return "somebody has it in hand meanwhile"
    if deadline.clock == "update" and request.updated and request.updated >= deadline.due:
        return "the customer had an update meanwhile"
    if deadline.clock == "details" and not request.missing and request.status != "waiting":
        return "everything has arrived meanwhile"
    return None


def goes_at(request: ServiceRequest, deadline: Deadline, at: datetime, office: Office) -> datetime | None:
    """When a letter by the clock that is late at `at` (aware) goes: at the next opening, at a level of business hours.

    None where it goes at once, as every first call for the duty manager does.
    """
    level = office.policies[request.policy].levels.get(request.level)
    called = deadline.clock == "duty" and deadline.step != "repeat"
    if level is None or level.hours == "always" or called:
        return None
    opening = next_opening(office.regions[request.region], at)
    return opening if opening > at else None


def overtaken(key: str, template: str, readers: tuple[str, ...], request: ServiceRequest) -> bool:
    """Whether a letter by the clock that waited has a successor: a later one of its kind to each reader."""
    later = {reader for one in _after_key(key, request) if one.template == template for reader in one.to}
    return bool(readers) and later.issuperset(readers)


def hands_over(template: str, reader: str, request: ServiceRequest, at: datetime, office: Office) -> bool:
    """Whether a letter for whoever is on duty has waited over the end of its reader's shift."""
    return template in ("alert", "escalation-request") and is_off_duty(reader, request, at, office)


def _after_key(key: str, request: ServiceRequest) -> tuple[LetterOrdered, ...]:
    keys = [one.letter for one in request.letters]
    return request.letters[keys.index(key) + 1 :] if key in keys else ()


def _details_reminded(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """One reminder, however many an outage missed."""
    request = draft.request
    if _is_followed(draft, deadline, office):
        return draft.withholding("reminder", request.customer, "a later reminder is due by now")
    because = "we wait for your answer"
    if request.missing:
        because = (
            "details that we asked for have not arrived"
            if len(request.missing) > 1
            else "a detail that we asked for has not arrived"
        )
    order = to_customer("reminder", request, office, occasion_of(deadline, draft.at, because))
    late = _comes_now("update", "due", draft, office)
    return draft.ordering(replace(order, facts=replace(order.facts, news_late=late)))


def _closed_in_silence(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """Closed, unless an engineer has it in work: then the last word is his."""
    request = draft.request
    in_work = request.status == "open" or (request.status == "new" and (request.owner or request.engaged))
    if deadline.clock == "details" and in_work:
        return draft.withholding("closed", request.customer, "an engineer works on it, whatever is missing")
    if deadline.clock == "details" and request.unanswerable and request.status != "waiting":
        return draft.withholding("closed", request.customer, "nobody could ask him, since he gets no automatic letters")
    because = (
        "the answer that we asked for has not come" if deadline.clock == "details" else "it was resolved some time ago"
    )
    moved = move(request, "closed", because, draft.at, MACHINE)
    noted = draft.noting(*((moved,) if moved else ()))
    occasion = occasion_of(deadline, draft.at, f"{because} and your request is now closed")
    return noted.ordering(to_customer("closed", noted.request, office, occasion))


def _without_news(draft: Draft, deadline: Deadline, office: Office) -> Draft:
    """The customer hears honestly where it stands; once, where another letter of this very moment says it."""
    if reason := _said_otherwise(draft, office):
        told = draft.withholding("status-update", draft.request.customer, reason)
    else:
        promise = _broken_promise(draft.request)
        because = "the news that we promised you has not come"
        because = because if promise else "you had no news from us for the time that we aim at"
        order = to_customer("status-update", draft.request, office, occasion_of(deadline, draft.at, because))
        told = draft.ordering(replace(order, facts=replace(order.facts, broken_promise=promise)))
    return _team_reminded(told, deadline, office, "the customer had no update in time")


def _broken_promise(request: ServiceRequest) -> datetime | None:
    """When word was promised that has not come, if the customer has not been told of that yet."""
    since = [one for one in request.history if isinstance(one, Promised | DeadlinePassed)]
    places = [place for place, one in enumerate(since) if isinstance(one, Promised)]
    if request.promised is None or not places:
        return None
    passed = [one for one in since[places[-1] :] if isinstance(one, DeadlinePassed)]
    told = sum((one.clock, one.step) == ("update", "due") for one in passed)
    return request.promised if told == 1 else None


def _said_otherwise(draft: Draft, office: Office) -> str:
    """Which other letter to the customer tells at this moment where the request stands; "" where none does."""
    request = draft.request
    if any(one.template == "escalated" and one.at == draft.at for one in request.letters):
        return "the letter on the escalation, of this very moment, says it"
    goes_up = told_of("escalation", request, draft.at, office) and not office.policies[request.policy].for_duty_manager
    if goes_up and _comes_now("escalation", "due", draft, office):
        return "the letter on the escalation, of this very moment, says it"
    if _comes_now("details", "reminder", draft, office):
        return "the reminder of this very moment says it"
    return ""


def _comes_now(clock: str, step: str, draft: Draft, office: Office) -> bool:
    """Whether this step of a clock was acted on at this moment, or is about to be."""
    request = draft.request
    running = deadlines(request, office.policies[request.policy], office.regions[request.region])
    passed = (one for one in request.history if isinstance(one, DeadlinePassed) and one.at == draft.at)
    if any((one.clock, one.step) == (clock, step) for one in passed):
        return True
    return any((one.clock, one.step) == (clock, step) and one.due <= draft.at for one in running)


def _team_reminded(draft: Draft, deadline: Deadline, office: Office, because: str) -> Draft:
    members = team(draft.request, office)
    if not members:
        return draft.withholding("update-due", "", "no staff is configured who could be reminded")
    occasion = occasion_of(deadline, draft.at, because)
    return draft.ordering(*(to_staff("update-due", one, draft.request, office, occasion) for one in members))


def _is_followed(draft: Draft, deadline: Deadline, office: Office) -> bool:
    """Whether a further step of the same clock has come by now, too."""
    request = draft.request
    running = deadlines(request, office.policies[request.policy], office.regions[request.region])
    return any(one.clock == deadline.clock and deadline.due < one.due <= draft.at for one in running)


def _acknowledged_since(request: ServiceRequest, deadline: Deadline) -> bool:
    return any(isinstance(event, Acknowledged) and event.at >= deadline.due for event in request.history)
