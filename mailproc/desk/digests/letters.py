"""The letters that belong to no single request: digests, and what became of an answer to one."""

from dataclasses import replace
from datetime import datetime

from mailproc.desk.answered import DIGEST
from mailproc.desk.case import Case
from mailproc.desk.commands.telling import home_of
from mailproc.desk.correspondence import Words, saying
from mailproc.desk.decision import Facts, Order
from mailproc.desk.digests.overview import Overview
from mailproc.desk.directory import Counter, Office, StaffMember
from mailproc.desk.hours import Region
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address


def digest_to(member: StaffMember, overview: Overview, office: Office, now: datetime, occasion: str) -> Order:
    """The digest for one person; `occasion` names its moment, so that it is written once."""
    counter = next((one for one in office.counters.values() if one.region == overview.region), _any_counter(office))
    facts = replace(
        _facts(office, counter, office.regions[overview.region], now),
        because=f"you look after the requests of {overview.place}",
        reader_name=member.name,
        overview=overview,
    )
    return _order(f"{DIGEST}/{overview.region}/{occasion}/{member.address}", "digest", member, counter, facts)


def overdue_to(member: StaffMember, overview: Overview, office: Office, now: datetime, occasion: str) -> Order:
    """The digest in place of overdue letters to one person; `occasion` is the key of one of them."""
    order = digest_to(member, overview, office, now, f"overdue/{occasion}")
    because = "letters to you came due while none could go"
    return replace(order, because=because, facts=replace(order.facts, because=because))


def told_to(case: Case, office: Office, transcript: tuple[str, ...], because: str) -> Order:
    """An account of a mail outside of any request, to the staff member whose name it bears; it says nothing of it."""
    member, counter = case.member, office.counters[case.arrival.mailbox]
    facts = replace(
        _facts(office, counter, home_of(member, case.arrival.mailbox, office), case.arrival.at),
        because=because,
        reader_name=member.name,
        transcript=transcript,
    )
    return _order(f"{DIGEST}/{case.arrival.key}/{member.address}", "command-result", member, counter, facts)


def result_to(case: Case, office: Office, transcript: tuple[str, ...], words: str = "") -> Order:
    """What became of such a mail, as an answer to it; with those of its words that did nothing."""
    order = told_to(case, office, transcript, "your mail held commands")
    answered = case.mail.message_id
    own = (answered,) if answered else ()
    return replace(
        saying(order, Words(text=words, writer=case.member.name)),
        subject=case.mail.subject,
        in_reply_to=answered,
        references=tuple(dict.fromkeys((*case.mail.references, *own))),
        automatic="auto-replied",
    )


def _order(key: str, template: str, member: StaffMember, counter: Counter, facts: Facts) -> Order:
    return Order(
        key=key,
        template=template,
        to=(Address(address=member.address, name=member.name),),
        sender=Address(address=counter.address, name=f"{facts.organisation} Support"),
        subaddress=counter.subaddress,
        facts=facts,
        because=facts.because,
        staff=member.address,
        automatic="auto-generated",
    )


def _facts(office: Office, counter: Counter, reader: Region, now: datetime) -> Facts:
    """Facts of no request: its number is empty."""
    return Facts(
        request=ServiceRequest(number=""),
        policy=office.policies[counter.policy],
        organisation=office.organisation,
        zone=reader.timezone,
        zone_name=reader.place,
        now=now,
        because="",
    )


def _any_counter(office: Office) -> Counter:
    return next(iter(office.counters.values()))
