"""What `#status` and `#explain` answer: how a request stands, and why."""

from datetime import datetime

from mailproc.desk.case import policy_of
from mailproc.desk.clocks import accounts
from mailproc.desk.commands.usage import Instructions
from mailproc.desk.directory import Office, StaffMember
from mailproc.desk.events import LetterOrdered, LetterWithheld
from mailproc.desk.hours import Region, moment_after, moment_in_words
from mailproc.desk.request import ServiceRequest

_MOST_LETTERS = 30


def region_of(member: StaffMember, request: ServiceRequest, office: Office) -> Region:
    """Where a staff member works, in whose time he reads and writes: his first region, else the request's."""
    own = office.regions.get(member.regions[0]) if member.regions else None
    return own or office.regions[request.region]


def mistakes_in(instructions: Instructions) -> tuple[str, ...]:
    """What is not understood, a line each, with the nearest commands."""
    return tuple(
        f"{one.line}: {one.trouble}."
        + (f" Nearest: {', '.join(f'#{name}' for name in one.nearest)}" if one.nearest else "")
        for one in instructions.misunderstood
    )


def home_of(member: StaffMember, mailbox: str, office: Office) -> Region:
    """Where a staff member works: his first region, else that of the mailbox."""
    own = office.regions.get(member.regions[0]) if member.regions else None
    return own or office.regions[office.counters[mailbox].region]


def promise_in_words(request: ServiceRequest, office: Office, at: datetime, reader: Region) -> tuple[str, ...]:
    """When the next word is promised for, and whether the level aims at more frequent ones; nothing without promise."""
    if request.promised is None:
        return ()
    said = f"Next update promised for {moment_in_words(reader, request.promised)}."
    level = policy_of(request, office).levels.get(request.level)
    aimed = level.update if level else None
    if aimed is None or request.promised <= moment_after(office.regions[request.region], at, aimed):
        return (said,)
    return (said, f"That is later than level {request.level} aims at: word every {aimed}.")


def status_in_words(request: ServiceRequest, office: Office, at: datetime, reader: Region) -> tuple[str, ...]:
    """How the request stands at `at` (aware), a line each, in the reader's time."""
    policy = policy_of(request, office)
    labels = {one.id: one.label for one in policy.requirements}
    missing = ", ".join(labels.get(one, one) for one in request.missing) or "nothing"
    standing = (
        ("Flags", ", ".join(sorted(request.flags))),
        ("Participants", ", ".join(request.participants)),
        ("Waiting to be let in", ", ".join(request.pending)),
        ("Goes on as", request.merged_into or ""),
        ("Follows", request.linked or ""),
        ("Next update promised for", moment_in_words(reader, request.promised) if request.promised else ""),
    )
    clocks = accounts(request, policy, office.regions[request.region], at)
    return (
        f"Status of SR {request.number}: {request.status}, level {request.level}, {request.kind}",
        f"Owner: {request.owner or 'nobody'}",
        f"Customer: {request.customer}",
        f"Missing: {missing}",
        *(f"{name}: {value}" for name, value in standing if value),
        *(
            f"Clock {one.clock}: {one.state}, target {one.target}"
            f"{f', due {moment_in_words(reader, one.due)}' if one.due else ''}"
            for one in clocks
        ),
    )


def explained(request: ServiceRequest, office: Office, at: datetime, reader: Region) -> tuple[str, ...]:
    """Each clock's account at `at` (aware) and the reason of each letter sent and withheld, the latest letters last."""
    policy = policy_of(request, office)
    clocks = accounts(request, policy, office.regions[request.region], at)
    letters = [event for event in request.history if isinstance(event, LetterOrdered | LetterWithheld)]
    left_out = len(letters) - _MOST_LETTERS
    return (
        f"Why SR {request.number} stands as it does: level {request.level} because {request.level_because}",
        *(f"Clock {one.clock}: {line}" for one in clocks for line in one.account),
        *(
            (f"{left_out} earlier letters are left out; see: mailproc explain {request.number}",)
            if left_out > 0
            else ()
        ),
        *(_letter(one, reader) for one in letters[-_MOST_LETTERS:]),
    )


def _letter(event: LetterOrdered | LetterWithheld, reader: Region) -> str:
    what = "sent" if isinstance(event, LetterOrdered) else "withheld"
    to = f" to {', '.join(event.to)}" if event.to else ""
    return f"{moment_in_words(reader, event.at)}: {event.template} {what}{to}, because {event.because}"
