"""What staff answer to a digest: a line a request, its number before the command.

    SR 2-000000042 #ack
    SR 2-000000051 #assign alice

All or nothing: where one line is not understood or cannot be carried out, nothing is done, and the writer gets his
lines back with what is wrong. Lines that name no request and hold no command, such as a greeting, do nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mailproc.desk.case import Case, policy_of
from mailproc.desk.clocks import deadlines
from mailproc.desk.commands.carrying_out import carried_out, obstacle
from mailproc.desk.commands.lines import Command, instructions_of
from mailproc.desk.decision import Decision
from mailproc.desk.digests.letters import result_to
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.request import ServiceRequest

MOST_LINES = 100
"""How many lines of an answer are read."""

_LINE = re.compile(
    r"(?:[-*+•]\s)?\s?\[?SR\s{1,3}([0-9A-Za-z][0-9A-Za-z-]{0,39})\]?\s{0,3}[:,;]?\s{0,3}(.{0,400})", re.IGNORECASE
)
_OF_ONE_REQUEST = frozenset(
    {"note", "merge", "split", "status", "explain", "help", "digest", "add", "remove", "request"}
)
"""Commands that need a thread of their own: words below them, or an answer of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command and the number of the request that it is for."""

    number: str
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestAnswer:
    """What an answer to a digest asks for, and what of it is not understood, in words."""

    asked: tuple[Asked, ...] = ()
    troubles: tuple[str, ...] = ()
    wants_digest: bool = False


def answer_of(reply: str) -> DigestAnswer:
    """The lines of an answer to a digest; `reply` are the new words of the mail."""
    asked: list[Asked] = []
    troubles: list[str] = []
    wants_digest = False
    for line in (one.strip() for one in reply.split("\n")[:MOST_LINES]):
        if match := _LINE.fullmatch(line):
            found = _asked(match[1], match[2].strip(), line)
            if isinstance(found, Asked):
                asked.append(found)
            else:
                troubles.append(found)
        elif line.lower() == "#digest":
            wants_digest = True
        elif line.startswith("#"):
            troubles.append(f"{line}: write the number of the request before it, as SR 2-000000042 {line}")
    return DigestAnswer(asked=tuple(asked), troubles=tuple(troubles), wants_digest=wants_digest)


def answered_digest(case: Case, requests: Mapping[str, ServiceRequest], office: Office) -> Decision:
    """What the answer of a proven staff member does; `requests` are those that exist of the numbers it names."""
    answer = answer_of(case.mail.reply)
    if not answer.asked and not answer.troubles and not answer.wants_digest:
        said = ("Nothing was done: your answer to a digest holds no line such as `SR 2-000000042 #ack`.",)
        return _told(case, office, said)
    drafts: dict[str, Draft] = {}
    troubles = list(answer.troubles)
    for one in answer.asked:
        if one.number not in requests:
            troubles.append(f"{one.command.line}: there is no request {one.number}")
            continue
        draft = drafts.get(one.number) or _begun(requests[one.number], case, office)
        trouble = obstacle(one.command, draft.request, case, office)
        if trouble is None:
            draft = carried_out(draft, one.command, case, office)
        else:
            troubles.append(f"{one.command.line}: {trouble}")
        drafts[one.number] = draft
    if troubles:
        return _told(case, office, ("Nothing was done:", *troubles))
    return _done(case, answer, tuple(drafts.values()), office)


def _asked(number: str, instruction: str, line: str) -> Asked | str:
    """The command behind a number, or what is wrong with it."""
    if not instruction:
        return f"{line}: write a command behind the number, such as #ack"
    read = instructions_of(instruction if instruction.startswith("#") else f"#{instruction}")
    if read.misunderstood or not read.commands:
        return f"{line}: {read.misunderstood[0].trouble if read.misunderstood else 'this is no command'}"
    command = read.commands[0]
    if command.name in _OF_ONE_REQUEST:
        return f"{line}: #{command.name} needs the thread of its request: answer a letter of SR {number}"
    return Asked(number=number, command=replace(command, line=line))


def _begun(request: ServiceRequest, case: Case, office: Office) -> Draft:
    return Draft(request=request, at=case.arrival.at).noting(case.received("staff", office))


def _told(case: Case, office: Office, transcript: tuple[str, ...]) -> Decision:
    return Decision(
        outcome="joined",
        reason="a staff member answers a digest",
        orders=(result_to(case, office, transcript),),
    )


def _done(case: Case, answer: DigestAnswer, drafts: tuple[Draft, ...], office: Office) -> Decision:
    """One decision on all the requests: the first of them has the letters of all."""
    transcript = (
        *(f"SR {one.number} #{one.command}: done" for one in answer.asked),
        *(("#digest: it is on its way",) if answer.wants_digest else ()),
    )
    told = _told(case, office, transcript)
    told = replace(told, digest_for=(case.member.address,) if answer.wants_digest else ())
    decisions = [_decided(one, told.reason, office) for one in drafts]
    if not decisions:
        return told
    first, *others = decisions
    orders = (*(order for one in decisions for order in one.orders), *told.orders)
    also = (*(more for one in decisions for more in one.also), *(replace(one, orders=(), also=()) for one in others))
    return replace(first, orders=orders, also=also, digest_for=told.digest_for)


def _decided(draft: Draft, reason: str, office: Office) -> Decision:
    request = draft.request
    running = deadlines(request, policy_of(request, office), office.regions[request.region])
    return draft.decided("joined", reason, running)
