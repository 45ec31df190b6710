"""What the mail of a proven staff member does: its commands act, its words reach the customer.

All or nothing: where one command is not understood or cannot be carried out, nothing is done, nothing is passed on,
and the writer gets his lines back with what is wrong.
"""

from mailproc.desk.answered import (
    CONFIRM_WITHIN,
    confirms,
    letter_answered,
    offers_bare_words,
    question_answered,
)
from mailproc.desk.case import Case
from mailproc.desk.commands.carrying_out import carried_out, obstacle
from mailproc.desk.commands.lines import USAGE, Instructions, bare_instructions_of, instructions_of
from mailproc.desk.commands.telling import explained, promise_in_words, region_of, status_in_words
from mailproc.desk.correspondence import Words, relayed, saying, telling, to_staff
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.engagement import engaged_by
from mailproc.desk.events import Held, Noted, OwnerSet, Released, Updated
from mailproc.desk.relaying import words_of_staff
from mailproc.desk.request import ServiceRequest


def joined_by_staff(case: Case, draft: Draft, office: Office) -> Draft:
    """A staff member answers in the thread of a request."""
    received = draft.noting(case.received("staff", office))
    held = question_answered(case.mail, draft.request, case.member.address)
    instructions = _instructions(case, draft.request)
    if held and not instructions.commands:
        return _answered_question(received, held, case, office)
    # The update is noted first, since one that follows a promise takes it back; the letter is written last.
    answers = bool(instructions.words or case.documents) and not instructions.inside
    begun = _answered(received, case, office) if answers else received
    done, troubles = _carried_out(begun, instructions, case, office)
    if troubles:
        return _returned(received, case, office, troubles)
    if instructions.inside:
        done = done.noting(Noted(at=case.arrival.at, who=case.member.address, mail=case.arrival.key))
    if answers and not _is_told(done):
        done = _relayed(done, case, office, instructions.words)
    if not instructions.commands:
        return done
    return _reported(done, case, office, _transcript(instructions, done.request, case, office))


def _is_told(draft: Draft) -> bool:
    """Whether a letter on what was done carries the words already: nobody reads them twice."""
    return any(one.template == "workaround" and (one.facts.words or one.attachments) for one in draft.orders)


def _instructions(case: Case, request: ServiceRequest) -> Instructions:
    """Lines that begin with #; in an answer to a letter that offers it, the bare word in the first line as well."""
    if offers_bare_words(letter_answered(case.mail, request)):
        bare = bare_instructions_of(case.mail.reply)
        if bare is not None:
            return bare
    return instructions_of(case.mail.reply)


def _carried_out(draft: Draft, instructions: Instructions, case: Case, office: Office) -> tuple[Draft, tuple[str, ...]]:
    """The draft once all commands are carried out, and whatever keeps them from it, in words."""
    troubles = [
        f"{one.line}: {one.trouble}. Nearest: {', '.join(f'#{name}' for name in one.nearest)}"
        for one in instructions.misunderstood
    ]
    for command in instructions.commands:
        trouble = obstacle(command, draft.request, case, office)
        if trouble is None:
            draft = carried_out(draft, command, case, office)
        else:
            troubles.append(f"{command.line}: {trouble}")
    return draft, tuple(troubles)


def _answered_question(draft: Draft, held: Held, case: Case, office: Office) -> Draft:
    """One word releases the held mail; any other answer goes nowhere, since it was meant for us."""
    if not confirms(case.mail.reply):
        said = "Nothing was passed on, and the mail stays held. If it was yours, answer with `confirm` alone."
        return _reported(draft, case, office, (said,))
    if any(isinstance(one, Released) and one.mail == held.mail for one in draft.request.history):
        return _reported(draft, case, office, ("It was released before.",))
    if case.arrival.at - held.at > CONFIRM_WITHIN:
        return _reported(draft, case, office, ("It was held too long ago: please write it once more.",))
    noted = draft.noting(Released(at=case.arrival.at, who=case.member.address, mail=held.mail))
    said = "Thank you. The mail counts as yours, and what it asks for is done now."
    return _reported(noted.releasing(held.mail), case, office, (said,))


def _returned(draft: Draft, case: Case, office: Office, troubles: tuple[str, ...]) -> Draft:
    transcript = ("Nothing was done and nothing was passed on:", *troubles)
    return _reported(draft, case, office, transcript, words=case.mail.reply)


def _reported(draft: Draft, case: Case, office: Office, transcript: tuple[str, ...], words: str = "") -> Draft:
    """An answer to the writer; his own words come back only where nothing was done."""
    occasion = case.occasion("your mail held commands")
    order = telling(to_staff("command-result", case.member, draft.request, office, occasion), transcript)
    return draft.ordering(saying(order, Words(text=words, writer=case.member.name)))


def _transcript(instructions: Instructions, request: ServiceRequest, case: Case, office: Office) -> tuple[str, ...]:
    """What was done, then what was asked for."""
    reader = region_of(case.member, request, office)
    done = (f"#{command}: done" for command in instructions.commands if command.name not in _ASKING)
    state = f"Now: {request.status}, level {request.level}, owner {request.owner or 'nobody'}."
    promise = promise_in_words(request, office, case.arrival.at, reader)
    kept = ("What stands below it stays inside.",) if instructions.inside and instructions.words else ()
    answers = (
        *((f"{usage.example}: {usage.does}" for usage in USAGE.values()) if instructions.has("help") else ()),
        *(status_in_words(request, office, case.arrival.at, reader) if instructions.has("status") else ()),
        *(explained(request, office, case.arrival.at, reader) if instructions.has("explain") else ()),
    )
    return (*done, *kept, *answers, *(() if answers else (state,)), *promise)


def _answered(draft: Draft, case: Case, office: Office) -> Draft:
    """A person's answer: it engages, it is a public update, and who first answers an unowned request owns it."""
    at, who = case.arrival.at, case.member.address
    noted = engaged_by(draft, case, office).noting(Updated(at=at, who=who))
    if noted.request.owner is None:
        noted = noted.noting(OwnerSet(at=at, who=who, owner=who))
    return noted


def _relayed(draft: Draft, case: Case, office: Office, text: str) -> Draft:
    words = words_of_staff(case, text, draft.request, office)
    occasion = case.occasion(f"{case.member.name} answered you")
    return draft.ordering(relayed(draft.request, office, occasion, words))


_ASKING = ("help", "status", "explain")
