"""What the mail of a proven staff member does: its commands act, its words reach the customer.

All or nothing: where one command is not understood or cannot be carried out, nothing is done, nothing is passed on,
and the writer gets his lines back with what is wrong.
"""

# ruff: noqa: ARG001 - all commands are carried out by functions of one shape

from collections.abc import Callable, Mapping

from mailproc.desk.case import Case, policy_of
from mailproc.desk.commands import USAGE, Command, Instructions, instructions_of, level_in
from mailproc.desk.correspondence import Words, relayed, saying, telling, to_customer, to_staff
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.draft import Draft
from mailproc.desk.lifecycle import may_move, move
from mailproc.desk.request import (
    Engaged,
    Flagged,
    LevelSet,
    Noted,
    OwnerSet,
    ServiceRequest,
    Status,
    Updated,
    Waived,
)

_MOVES: Mapping[str, Status] = {"waiting": "waiting", "resolve": "resolved", "close": "closed", "reopen": "open"}
_TOLD_BY: Mapping[Status, str] = {"resolved": "resolved", "closed": "closed", "open": "reopened"}


def joined_by_staff(case: Case, draft: Draft, office: Office) -> Draft:
    """A staff member answers in the thread of a request."""
    member = case.arrival.proof.member
    assert member is not None, "only a staff member's mail is filed as staff"
    received = draft.noting(case.received("staff", office))
    instructions = instructions_of(case.mail.reply)
    troubles = _troubles(instructions, draft.request, office)
    if troubles:
        return _returned(received, case, member, office, troubles)
    done = received
    for command in instructions.commands:
        done = _CARRY_OUT[command.name](done, command, case, office)
    if instructions.has("note"):
        done = done.noting(Noted(at=case.arrival.at, who=member.address, mail=case.arrival.key))
    elif instructions.words or case.files:
        done = _relayed(done, case, member, office, instructions.words)
    if not instructions.commands:
        return done
    return _reported(done, case, member, office, _transcript(instructions, done.request))


def _troubles(instructions: Instructions, request: ServiceRequest, office: Office) -> tuple[str, ...]:
    """Everything that keeps these instructions from being carried out, in words."""
    not_understood = tuple(
        f"{one.line}: {one.trouble}. Nearest: {', '.join(f'#{name}' for name in one.nearest)}"
        for one in instructions.misunderstood
    )
    impossible = tuple(
        f"{one.line}: {trouble}"
        for one in instructions.commands
        if (trouble := _obstacle(one, request, office)) is not None
    )
    return (*not_understood, *impossible)


def _obstacle(command: Command, request: ServiceRequest, office: Office) -> str | None:
    policy = policy_of(request, office)
    match command.name:
        case "severity" if level_in(command.argument)[0] not in policy.levels:
            return f"the levels of this policy are {', '.join(str(level) for level in sorted(policy.levels))}"
        case "assign" if _member(command.argument, office) is None:
            return f"nobody of the staff is called {command.argument}"
        case "waive" if policy.requirement(command.argument) is None:
            return f"the items are {', '.join(one.id for one in policy.requirements)}"
        case "waiting" | "resolve" | "close" | "reopen" if not may_move(request.status, _MOVES[command.name]):
            return f"the request is {request.status}"
        case _:
            return None


def _member(name: str, office: Office) -> StaffMember | None:
    """Who is meant: an address, a whole name or a first name, if only one has it."""
    wanted = name.strip().lower()
    if by_address := office.staff_member(wanted):
        return by_address
    named = [one for one in office.staff if wanted in (one.name.lower(), *one.name.lower().split()[:1])]
    return named[0] if len(named) == 1 else None


def _returned(draft: Draft, case: Case, member: StaffMember, office: Office, troubles: tuple[str, ...]) -> Draft:
    transcript = ("Nothing was done and nothing was passed on:", *troubles)
    return _reported(draft, case, member, office, transcript, words=case.mail.reply)


def _reported(  # noqa: PLR0913, PLR0917 - the writer's own words come back only where nothing was done
    draft: Draft, case: Case, member: StaffMember, office: Office, transcript: tuple[str, ...], words: str = ""
) -> Draft:
    occasion = case.occasion("your mail held commands")
    order = telling(to_staff("command-result", member, draft.request, office, occasion), transcript)
    return draft.ordering(saying(order, Words(text=words, writer=member.name)))


def _transcript(instructions: Instructions, request: ServiceRequest) -> tuple[str, ...]:
    if instructions.has("help"):
        return tuple(f"{usage.example}: {usage.does}" for usage in USAGE.values())
    state = f"Now: {request.status}, level {request.level}, owner {request.owner or 'nobody'}."
    return (*(f"#{command}: done" for command in instructions.commands), state)


def _relayed(draft: Draft, case: Case, member: StaffMember, office: Office, text: str) -> Draft:
    """A person's answer: it engages, it is a public update, and who first answers an unowned request owns it."""
    at = case.arrival.at
    noted = draft.noting(Engaged(at=at, who=member.address), Updated(at=at, who=member.address))
    if noted.request.owner is None:
        noted = noted.noting(OwnerSet(at=at, who=member.address, owner=member.address))
    if noted.request.status == "new":
        moved = move(noted.request, "open", "an engineer answered", at, member.address)
        noted = noted.noting(*((moved,) if moved else ()))
    words = Words(text=text, writer=member.name, files=case.files)
    occasion = case.occasion(f"{member.name} answered you")
    return noted.ordering(relayed(noted.request, office, occasion, words))


def _take(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return _owned(draft, case, office, case.arrival.proof.member)


def _assign(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return _owned(draft, case, office, _member(command.argument, office))


def _owned(draft: Draft, case: Case, office: Office, owner: StaffMember | None) -> Draft:
    """Taking a request is active engagement of the one who takes it; being given one is not."""
    assert owner is not None, "checked before anything is carried out"
    at, who = case.arrival.at, case.sender
    noted = draft.noting(OwnerSet(at=at, who=who, owner=owner.address))
    if owner == case.arrival.proof.member:
        return noted.noting(Engaged(at=at, who=owner.address))
    occasion = case.told(f"{case.sender_name} assigned this request to you")
    return noted.ordering(to_staff("new-request", owner, noted.request, office, occasion))


def _severity(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    level, reason = level_in(command.argument)
    if level == draft.request.level:
        return draft
    because = reason or "an engineer set it from your description"
    noted = draft.noting(LevelSet(at=case.arrival.at, who=case.sender, level=level, because=because))
    return _customer_told(noted, "level-changed", case, office, "the level of your request has changed")


def _moved(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    """The customer hears of it, unless the engineer's own words in the same mail tell him."""
    status = _MOVES[command.name]
    moved = move(draft.request, status, f"{case.sender_name} said so", case.arrival.at, case.sender)
    noted = draft.noting(*((moved,) if moved else ()))
    template = _TOLD_BY.get(status)
    if template is None or moved is None:
        return noted
    return _customer_told(noted, template, case, office, f"your request is now {status}")


def _customer_told(draft: Draft, template: str, case: Case, office: Office, because: str) -> Draft:
    return draft.ordering(to_customer(template, draft.request, office, case.told(because)))


def _worked_around(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return draft.noting(Flagged(at=case.arrival.at, who=case.sender, flag="workaround", because="an engineer said so"))


def _phoned(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    flag = Flagged(at=case.arrival.at, who=case.sender, flag="phone-follow-up", because="phoned", up=False)
    return draft.noting(flag, Engaged(at=case.arrival.at, who=case.sender))


def _waived(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return draft.noting(Waived(at=case.arrival.at, who=case.sender, item=command.argument.strip()))


def _nothing(draft: Draft, command: Command, case: Case, office: Office) -> Draft:
    return draft


_CARRY_OUT: Mapping[str, Callable[[Draft, Command, Case, Office], Draft]] = {
    "take": _take,
    "assign": _assign,
    "severity": _severity,
    "waiting": _moved,
    "resolve": _moved,
    "close": _moved,
    "reopen": _moved,
    "workaround": _worked_around,
    "phoned": _phoned,
    "waive": _waived,
    "note": _nothing,
    "help": _nothing,
}
