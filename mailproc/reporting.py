"""Digests: which are due, and for whom; the rules of what they say are the desk's.

A digest is due once for each region and moment, however many daemons there are and however long they were down: the
store remembers the last one, and what an outage missed comes as one letter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailproc.desk.answered import DIGEST
from mailproc.desk.case import Case
from mailproc.desk.commands.by_number import answer_of, holds_commands
from mailproc.desk.decision import Decision, Order
from mailproc.desk.digests.answers import answered_digest
from mailproc.desk.digests.digest import overdue_of, overview_of
from mailproc.desk.digests.lateness import LATE, fell_due, may_be_told_together
from mailproc.desk.digests.letters import digest_to, overdue_to
from mailproc.desk.digests.overview import Overview
from mailproc.desk.digests.times import last_digest
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.escalation import on_duty
from mailproc.desk.filing import Arrival
from mailproc.desk.held import is_confirmation, question_answered
from mailproc.desk.judgement import hands_over, overtaken, unwanted
from mailproc.desk.request import ServiceRequest
from mailproc.ports import Clues, DigestTold, Letter, Page, Stationery
from mailproc.queues import Later
from mailproc.reading.mail import Mail

FEWEST = 2
"""From so many overdue letters to one reader on, a digest tells of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    """A region whose digest has come, and what will be told of it once it is written."""

    region: str
    told: DigestTold


def digests_due(before: Mapping[str, DigestTold], now: datetime, office: Office) -> Iterator[DueDigest]:
    """The digests that have come by `now` and are not among those told before: the latest of each region."""
    for region in office.regions:
        moment = last_digest(region, now, office)
        if moment is not None and (region not in before or before[region].moment < moment):
            yield DueDigest(region=region, told=DigestTold(moment=moment, at=now))


def tell(due: DueDigest, page: Page, stationery: Stationery, office: Office) -> int:
    """Write the digest for whoever is on duty; gives how many letters that makes.

    None where nothing is open and nothing changed, where another daemon was first, or where there was no digest
    before: what happened before the first one is nobody's news.
    """
    before, now = page.last_digest(due.region), due.told.at
    orders: tuple[Order, ...] = ()
    if before is not None and before.moment < due.told.moment:
        overview = _overview(due.region, page, now, office)
        occasion = f"{due.told.moment:%Y%m%dT%H%M%SZ}"
        members = () if overview.is_empty else on_duty(due.region, now, office)
        orders = tuple(digest_to(one, overview, office, now, occasion) for one in members)
    letters = [stationery.write(order) for order in orders]
    return len(letters) if page.record_digest(due.region, due.told, letters) else 0


def asked_for(decision: Decision, mail_key: str, page: Page, now: datetime, office: Office) -> tuple[Order, ...]:
    """The digests that staff ask for by this decision: of each region that the person works for."""
    members = (office.staff_member(address) for address in decision.digest_for)
    return tuple(
        digest_to(member, _overview(region, page, now, office), office, now, mail_key)
        for member in members
        if member is not None
        for region in _regions_of(member, office)
    )


def told_together(letter: Letter, page: Page, stationery: Stationery, now: datetime, office: Office) -> bool:
    """Whether this letter, long overdue, went with others to its reader into one digest, the gravest request first.

    After an outage nobody is to wade through a flood. Raises Later while more that fell due in it is gone through.
    """
    member = office.staff_member(letter.recipients[0])
    if letter.deadline is None or member is None or not may_be_told_together(letter.template, letter.deadline, now):
        return False
    if page.is_behind(now - LATE, now):
        raise Later("what fell due in an outage is still being gone through", after=timedelta(seconds=5))
    overdue = ((one.key, _request_of(one, page, now, office)) for one in page.overdue_beside(letter, now - LATE))
    found = {key: request for key, request in overdue if request is not None}
    if letter.key not in found or len(found) < FEWEST:
        return False
    overview = overdue_of({one.number: one for one in found.values()}.values(), office, now, len(found))
    digest = stationery.write(overdue_to(member, overview, office, now, letter.key))
    why = f"it came more than {LATE.seconds // 60} minutes late: one digest tells of {len(found)} such letters"
    page.replace_letters(tuple(found), why, digest, now)
    return True


def _request_of(letter: Letter, page: Page, now: datetime, office: Office) -> ServiceRequest | None:
    """The request of a letter that is overdue and still wanted; None of any other."""
    deadline, number = letter.deadline, letter.number
    if deadline is None or number is None or not may_be_told_together(letter.template, deadline, now):
        return None
    request = page.glimpse(number)
    if request is None or unwanted(request, deadline) or now - fell_due(deadline, request) <= LATE:
        return None
    handed_over = any(hands_over(letter.template, one, request, now, office) for one in letter.recipients)
    return None if handed_over or overtaken(letter.key, letter.template, letter.recipients, request) else request


def names_requests_itself(mail: Mail, clues: Clues, arrival: Arrival) -> bool:
    """Whether a mail outside of any thread is for us alone: a proven staff member's answer to a digest, or commands."""
    is_new = arrival.copy is None or not arrival.copy.filed or arrival.forced
    member = arrival.proof.member
    if member is None or not (arrival.proof.proven and mail.origin.kind == "person" and is_new):
        return False
    if DIGEST in clues.proven or holds_commands(mail.reply) or is_confirmation(mail.reply):
        return True
    return question_answered(mail, arrival.held, member.address) is not None


def answered(case: Case, page: Page, office: Office) -> Decision:
    """What an answer to a digest does to the requests that it names."""
    numbers = dict.fromkeys(one.number for one in answer_of(case.mail.reply).asked)
    found = {number: request for number in numbers if (request := page.request(number))}
    return answered_digest(case, found, office)


def _overview(region: str, page: Page, now: datetime, office: Office) -> Overview:
    before = page.last_digest(region)
    since = before.at if before else None
    return overview_of(region, page.requests_of(region, since or now), office, now, since)


def _regions_of(member: StaffMember, office: Office) -> tuple[str, ...]:
    return tuple(one for one in member.regions if one in office.regions) or tuple(office.regions)
