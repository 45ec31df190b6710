"""Active engagement: somebody of the staff takes a request up, and what that does to it."""

from datetime import datetime

from mailproc.desk.case import Case, policy_of
from mailproc.desk.clocks import deadlines
from mailproc.desk.decision import Decision
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.events import Engaged, HistoryEvent
from mailproc.desk.lifecycle import move
from mailproc.desk.request import ServiceRequest


def engaged_by(draft: Draft, case: Case, office: Office) -> Draft:
    """The draft with its request taken up by the staff member whose mail it is: engaged, and no longer new.

    "Active engagement by a support engineer or duty manager" meets the response clock (Response & Escalation Times).
    Whoever acts on a customer's call for the duty manager engages the request that the call is about, too.
    """
    at, who = case.arrival.at, case.member.address
    noted = draft.noting(*taken_up(draft.request, at, who))
    about = case.about
    if about is None or about.engaged or any(one.number == about.number for one in noted.also):
        return noted
    return noted.with_also(_engaging(about, draft.request.number, (at, who), office))


def taken_up(request: ServiceRequest, at: datetime, who: str) -> tuple[HistoryEvent, ...]:
    """What happens to a request that somebody takes up: it is engaged, and no longer new."""
    moved = move(request, "open", "an engineer took it up", at, who) if request.status == "new" else None
    return (Engaged(at=at, who=who), *((moved,) if moved else ()))


def _engaging(about: ServiceRequest, call: str, by: tuple[datetime, str], office: Office) -> Decision:
    events = taken_up(about, *by)
    after = about.after_all(events)
    return Decision(
        outcome="joined",
        reason=f"somebody acted on the call for the duty manager, SR {call}",
        number=about.number,
        events=events,
        deadlines=deadlines(after, policy_of(after, office), office.regions[after.region]),
    )
