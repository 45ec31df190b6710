"""Letters that came back, or that a mail server refused: what the history says, and who can see to it."""

from dataclasses import replace
from datetime import datetime

from mailproc.desk.answered import letter_of_id
from mailproc.desk.clocks import deadlines
from mailproc.desk.correspondence import Notice, Occasion
from mailproc.desk.decision import Decision
from mailproc.desk.deliverability import told
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.draft import Draft
from mailproc.desk.escalation import on_rung, team
from mailproc.desk.events import MACHINE, Bounced
from mailproc.desk.request import ServiceRequest


def failing(recipients: tuple[str, ...], letter_id: str | None, request: ServiceRequest) -> tuple[str, ...]:
    """The addresses that we wrote to and that a bounce speaks of; anything else it names is somebody's claim.

    Where a mail was passed on before it failed, it is the one recipient of the letter that the bounce names.
    """
    written_to = {one.lower() for letter in request.letters for one in letter.to} | set(request.participants)
    named = tuple(one for one in recipients if one.lower() in written_to)
    letter = letter_of_id(letter_id, request) if letter_id else None
    return named or (letter.to if letter and len(letter.to) == 1 else ())


def came_back(draft: Draft, bounced: Bounced, failed: tuple[str, ...], key: str, office: Office) -> Draft:
    """The draft once a letter to `failed` came back, or was refused: it is noted, and whoever can see to it hears.

    What customers do not get, the team hears of. What staff do not get, the rest of the team and the next rung above
    whoever does not; those whose letters on this request came back before are not tried again.
    """
    noted = draft.noting(bounced)
    if not bounced.permanent:
        return noted.withholding("undeliverable", "", "the failure may pass")
    colleagues = tuple(member for one in failed if (member := office.staff_member(one)))
    members = _instead_of(colleagues, noted, office) if colleagues else team(noted.request, office)
    if not members:
        return noted.withholding("undeliverable", "", "there is nobody of the staff whom a letter reaches")
    because = (
        "a letter to a colleague could not be delivered"
        if colleagues
        else "a letter to the customer could not be delivered"
    )
    notice = _of_colleagues(colleagues, draft.request) if colleagues else Notice()
    occasion = Occasion(key=key, at=draft.at, because=because)
    lines = tuple(f"Undeliverable: {one}" for one in bounced.recipients)
    return noted.ordering(*told(noted.request, occasion, replace(notice, lines=lines), members, office))


def refused(
    request: ServiceRequest, letter: str, recipients: tuple[str, ...], at: datetime, office: Office
) -> Decision:
    """What follows where a mail server refuses a letter for good: the history says so, and somebody is told.

    `letter` is its Message-ID.
    """
    ours = tuple(one for one in recipients if office.staff_member(one) is None)
    bounced = Bounced(at=at, who=MACHINE, recipients=recipients, permanent=True, letter=letter, blocked=ours)
    noted = came_back(Draft(request=request, at=at), bounced, recipients, f"refused/{letter}", office)
    running = deadlines(noted.request, office.policies[request.policy], office.regions[request.region])
    return noted.decided("joined", "a letter of ours was refused", running)


def _instead_of(colleagues: tuple[StaffMember, ...], draft: Draft, office: Office) -> tuple[StaffMember, ...]:
    request = draft.request
    came_back = (one for one in request.history if isinstance(one, Bounced) and one.permanent)
    missed = {member for event in came_back for one in event.recipients if (member := office.staff_member(one))}
    missed |= set(colleagues)
    rungs = [on_rung(one, request, draft.at, office) for one in office.policies[request.policy].ladder]
    height = max((at for at, rung in enumerate(rungs) if set(rung) & set(colleagues)), default=0)
    reached = [tuple(one for one in rung if one not in missed) for rung in rungs]
    above = next((rung for rung in reached[height + 1 :] if rung), ())
    below = tuple(one for one in team(request, office) if one not in missed)
    anybody = next((rung for rung in reached if rung), ())
    return tuple(dict.fromkeys((*below, *above))) or anybody


def _of_colleagues(colleagues: tuple[StaffMember, ...], request: ServiceRequest) -> Notice:
    names = " and ".join(dict.fromkeys(one.name for one in colleagues))
    return Notice(
        title=f"a letter to {names} came back",
        headline=f"A letter on SR {request.number} to {names} came back unread. Please see to the request.",
    )
