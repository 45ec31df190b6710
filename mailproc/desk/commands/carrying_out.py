"""What each command of staff does, and what may keep it from being done.

`obstacle` is asked right before each command, of the request as the commands before it have left it.
"""

# ruff: noqa: ARG001 - all commands are carried out by functions of one shape

from collections.abc import Callable, Mapping
from dataclasses import replace

from mailproc.desk.alerts import called, passed_to_product_management, raised, to_be_phoned
from mailproc.desk.case import Case, policy_of
from mailproc.desk.commands.joining import merged, split
from mailproc.desk.commands.moments import moment_named
from mailproc.desk.commands.requested import items_in
from mailproc.desk.commands.telling import region_of
from mailproc.desk.commands.usage import Command, level_in, number_in, people_in, person_in
from mailproc.desk.correspondence import Words, in_hands_of, of_changed_level, to_customer, to_staff
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.draft import Draft
from mailproc.desk.engagement import engaged_by
from mailproc.desk.escalation import duty_managers, level_with_workaround, level_without_workaround, on_rung
from mailproc.desk.events import (
    Acknowledged,
    Flag,
    Flagged,
    HistoryEvent,
    ItemsRequested,
    LevelSet,
    OwnerSet,
    ParticipantAdded,
    ParticipantRemoved,
    Promised,
    SplitOff,
    Status,
    Waived,
)
from mailproc.desk.lifecycle import may_move, move
from mailproc.desk.participants import is_of_the_house, same_organisation
from mailproc.desk.request import ServiceRequest

_MOVES: Mapping[str, Status] = {"waiting": "waiting", "resolve": "resolved", "close": "closed", "reopen": "open"}
_TOLD_BY: Mapping[Status, str] = {"resolved": "resolved", "closed": "closed", "open": "reopened"}
_FLAGS: Mapping[str, Flag] = {"third-party": "third-party", "enhancement": "enhancement"}


def obstacle(  # noqa: C901, PLR0911 - one arm a command
    command: Command, request: ServiceRequest, case: Case, office: Office
) -> str | None:
    """What keeps this command from being carried out on the request as it is, in words; None where nothing does."""
    policy = policy_of(request, office)
    argument = command.argument
    match command.name:
        case "severity" if level_in(argument)[0] not in policy.levels:
            return f"the levels of this policy are {', '.join(str(level) for level in sorted(policy.levels))}"
        case "assign" if len(named := _members(argument, office)) != 1:
            return _not_one(argument, named)
        case "waive" if not _waivable(argument, request, office):
            return f"the items are {', '.join((*(one.id for one in policy.requirements), *request.requested))}"
        case "next" if moment_named(argument, region_of(case.member, request, office).zone, case.arrival.at) is None:
            return "name a moment to come, such as tomorrow 15:00, Fri 10:00, 2026-03-05 14:00, +4h or in 2 days"
        case "enhancement" if not argument and not on_rung("product-management", request, case.arrival.at, office):
            return "nobody of the staff has the role product-management, whom it could be passed on to"
        case "workaround" if _says_failed(argument) and "workaround" not in request.flags:
            return "no workaround is in place"
        case "waiting" | "resolve" | "close" | "reopen" if not may_move(request.status, _MOVES[command.name]):
            return f"the request is {request.status}"
        case "merge":
            return _no_merging(number_in(argument), request, case, office)
        case "split" if not case.fresh or any(_is_split(one, case) for one in request.history):
            return "a mail can split a request once"
        case "remove" if request.customer in people_in(argument):
            return f"{request.customer} opened the request, and a requester is never taken off"
        case "add" if any(is_of_the_house(one, office) for one in people_in(argument)):
            return "staff and our own mailboxes need not be let in"
        case _:
            return None


def carried_out(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    """The draft once the command, which nothing keeps from it, is carried out."""
    return _CARRY_OUT.get(command.name, _nothing)(draft, command, case, office)


def _says_failed(argument: str) -> bool:
    return argument.strip().lower() == "failed"


def _is_split(event: HistoryEvent, case: Case) -> bool:
    return isinstance(event, SplitOff) and event.number == case.fresh


def _no_merging(number: str, request: ServiceRequest, case: Case, office: Office) -> str | None:
    other = next((one for one in case.named if one.number == number), None)
    if other is None:
        return f"there is no request {number}"
    if other.number == request.number or other.merged_into:
        return f"{number} is this request, or was merged itself"
    if not same_organisation(other.customer, request.customer, office):
        return f"{number} is another customer's, who would come to read what was written here"
    return None


def _members(argument: str, office: Office) -> tuple[StaffMember, ...]:
    """Who may be meant: by an address, a whole name or a first name."""
    wanted = person_in(argument)
    if by_address := office.staff_member(wanted):
        return (by_address,)
    return tuple(one for one in office.staff if wanted in (one.name.lower(), *one.name.lower().split()[:1]))


def _not_one(argument: str, named: tuple[StaffMember, ...]) -> str:
    if not named:
        return f"nobody of the staff is called {argument}"
    return f"several are called {argument}: write {' or '.join(one.address for one in named)}"


def _waivable(argument: str, request: ServiceRequest, office: Office) -> tuple[str, ...]:
    """The items named, where each of them is one; nothing otherwise."""
    policy = policy_of(request, office)
    items = items_in(argument, policy)
    known = all(policy.requirement(one) is not None or one in request.requested for one in items)
    return items if known else ()


def _take(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return _owned(draft, case, office, case.member)


def _assign(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    (owner,) = _members(command.argument, office)
    return _owned(draft, case, office, owner)


def _owned(draft: Draft, case: Case, office: Office, owner: StaffMember) -> Draft:
    """Taking a request is active engagement of the one who takes it; being given one is not."""
    at, who = case.arrival.at, case.sender
    noted = draft.noting(OwnerSet(at=at, who=who, owner=owner.address))
    if owner == case.member:
        return engaged_by(noted, case, office)
    occasion = case.told(f"{case.sender_name} assigned this request to you")
    return noted.ordering(to_staff("assigned", owner, noted.request, office, occasion))


def _severity(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    level, reason = level_in(command.argument)
    return _level_set(draft, level, reason or "an engineer set it from your description", case, office)


def _level_set(draft: Draft, level: int, because: str, case: Case, office: Office) -> Draft:
    if level == draft.request.level:
        return draft
    noted = draft.noting(LevelSet(at=case.arrival.at, who=case.sender, level=level, because=because))
    flagged = to_be_phoned(noted, draft.request.level, office)
    letter = of_changed_level(flagged.request, draft.request.level, office)
    told = _customer_told(flagged, letter, case, office, "the level of your request has changed")
    return raised(told, draft.request.level, case.told(f"{case.sender_name} set level {level}"), office)


def _moved(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    """The customer hears of it, unless only his answer is waited for."""
    status = _MOVES[command.name]
    draft = engaged_by(draft, case, office) if status == "resolved" else draft
    moved = move(draft.request, status, f"{case.sender_name} said so", case.arrival.at, case.sender)
    noted = draft.noting(*((moved,) if moved else ()))
    template = _TOLD_BY.get(status)
    if template is None or moved is None:
        return noted
    return _customer_told(noted, template, case, office, f"your request is now {status}")


def _customer_told(draft: Draft, template: str, case: Case, office: Office, because: str) -> Draft:
    return draft.ordering(to_customer(template, draft.request, office, case.told(because)))


def _promised(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    zone = region_of(case.member, draft.request, office).zone
    until = moment_named(command.argument, zone, case.arrival.at)
    assert until is not None, "checked before anything is carried out"
    promised = draft.noting(Promised(at=case.arrival.at, who=case.sender, until=until))
    engaged = engaged_by(promised, case, office)
    if draft.request.updated == case.arrival.at:
        return engaged  # his words reach the customer, and name the moment
    return _customer_told(engaged, "status-update", case, office, "an engineer promises you news")


def _worked_around(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    """A workaround lowers the level once, as the policy says, unless it is to be kept; a better one changes no level.

    The customer hears either way.
    """
    if _says_failed(command.argument):
        return _workaround_failed(draft, case, office)
    at, who, because = case.arrival.at, case.sender, "a workaround is in place"
    held = "workaround" in draft.request.flags
    flag = Flagged(at=at, who=who, flag="workaround", because="an engineer said so")
    noted = engaged_by(draft, case, office).noting(*(() if held else (flag,)))
    level = level_with_workaround(draft.request.level, policy_of(draft.request, office))
    if not held and not command.argument and level != draft.request.level:
        noted = noted.noting(LevelSet(at=at, who=who, level=level, because=because))
    return _customer_told(noted, "workaround", case, office, because)


def _workaround_failed(draft: Draft, case: Case, office: Office) -> Draft:
    """The clocks run on with the time already spent, and the level is the one before it was lowered."""
    because = "the workaround failed"
    flag = Flagged(at=case.arrival.at, who=case.sender, flag="workaround", because=because, up=False)
    level = level_without_workaround(draft.request)
    noted = engaged_by(draft, case, office).noting(flag)
    if level == draft.request.level:
        return _customer_told(noted, "workaround", case, office, because)
    return _level_set(noted, level, because, case, office)


def _flagged(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    flag, up = _FLAGS[command.name], not command.argument
    if up == (flag in draft.request.flags):
        return draft
    because = "an engineer said so" if up else "an engineer took it back"
    noted = draft.noting(Flagged(at=case.arrival.at, who=case.sender, flag=flag, because=because, up=up))
    if not up:
        template = "third-party" if flag == "third-party" else "enhancement-passed-on"
        return _customer_told(noted, template, case, office, "an engineer treats it as a fault of our product again")
    if flag == "third-party":
        return _customer_told(
            noted, "third-party", case, office, "an engineer found the fault in another vendor's software"
        )
    because = "an engineer passed your request on to product management"
    told = _customer_told(noted, "enhancement-passed-on", case, office, because)
    words = replace(case, mail=case.opening).words if case.opening else Words(text="", writer="")
    return passed_to_product_management(told, case.told("an engineer passed a request on to you"), words, office)


def _phoned(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    flag = Flagged(at=case.arrival.at, who=case.sender, flag="phone-follow-up", because="phoned", up=False)
    return engaged_by(draft.noting(flag), case, office)


def _acknowledged(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return draft.noting(Acknowledged(at=case.arrival.at, who=case.sender))


def _escalated(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    because = command.argument or f"{case.sender_name} asks for the duty manager"
    noted = draft.noting(Flagged(at=case.arrival.at, who=case.sender, flag="escalated", because=because))
    members = duty_managers(noted.request, case.arrival.at, office)
    occasion = case.told(f"{case.sender_name} asks for the duty manager: {because}" if command.argument else because)
    asked = called(noted, occasion, Words(text=command.argument, writer=case.sender_name), office)
    told = to_customer("escalated", asked.request, office, case.told("an engineer called the duty manager"))
    return asked.ordering(in_hands_of(told, members))


def _asked(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    items = items_in(command.argument, policy_of(draft.request, office))
    noted = engaged_by(draft, case, office).noting(ItemsRequested(at=case.arrival.at, who=case.sender, items=items))
    return _customer_told(noted, "missing-details", case, office, "an engineer needs more details")


def _waived(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    items = _waivable(command.argument, draft.request, office)
    return draft.noting(*(Waived(at=case.arrival.at, who=case.sender, item=one) for one in items))


def _added(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    people = people_in(command.argument)
    return draft.noting(*(ParticipantAdded(at=case.arrival.at, who=case.sender, address=one) for one in people))


def _removed(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    people = people_in(command.argument)
    return draft.noting(*(ParticipantRemoved(at=case.arrival.at, who=case.sender, address=one) for one in people))


def _merged(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    other = next(one for one in case.named if one.number == number_in(command.argument))
    return merged(draft, other, case, office)


def _split(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return split(draft, command.argument, case, office)


def _digest_asked(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return draft.asking_digest(case.member.address)


def _nothing(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return draft


_CARRY_OUT: Mapping[str, Callable[[Draft, Command, Case, Office], Draft]] = {
    "take": _take,
    "assign": _assign,
    "severity": _severity,
    "waiting": _moved,
    "next": _promised,
    "workaround": _worked_around,
    "resolve": _moved,
    "close": _moved,
    "reopen": _moved,
    "request": _asked,
    "waive": _waived,
    "phoned": _phoned,
    "ack": _acknowledged,
    "escalate": _escalated,
    "third-party": _flagged,
    "enhancement": _flagged,
    "merge": _merged,
    "split": _split,
    "add": _added,
    "remove": _removed,
    "digest": _digest_asked,
}
"""What is not here only asks: it is answered in the transcript."""
