"""What the mail of a proven staff member does: its commands act, its words reach the customer.

All or nothing: where one command is not understood or cannot be carried out, nothing is done, nothing is passed on,
and the writer gets his lines back with what is wrong.
"""

from dataclasses import replace

from mailproc.desk.answered import is_for_us_alone, letter_answered, offers_bare_words
from mailproc.desk.audience import why_inside
from mailproc.desk.case import Case
from mailproc.desk.commands.bare import bare_instructions_of, is_bare_word, unanswered
from mailproc.desk.commands.carrying_out import carried_out, obstacle
from mailproc.desk.commands.lines import instructions_of
from mailproc.desk.commands.telling import explained, mistakes_in, promise_in_words, region_of, status_in_words
from mailproc.desk.commands.usage import USAGE, Instructions
from mailproc.desk.correspondence import Words, of_workaround, relayed, saying, telling, to_staff
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.engagement import engaged_by
from mailproc.desk.events import Noted, OwnerSet, Released, Updated
from mailproc.desk.questions import Verdict, answered_question
from mailproc.desk.relaying import words_of_staff
from mailproc.desk.request import ServiceRequest


def joined_by_staff(case: Case, draft: Draft, office: Office) -> Draft:
    """A staff member answers in the thread of a request."""
    received = draft.noting(case.received("staff", office))
    instructions = _instructions(case, draft.request)
    verdict = answered_question(case, draft.request, office)
    if verdict is not None and not instructions.commands:
        return _answered_question(received, verdict, case, office)
    inside = why_inside(case, draft.request, office)
    if inside:
        instructions = replace(instructions, inside=True)
    # The update is noted first, since one that follows a promise takes it back; the letter is written last.
    answers = bool(instructions.words or case.documents) and not instructions.inside
    begun = _answered(received, case, office) if answers else received
    done, troubles = _carried_out(begun, instructions, case, office)
    if troubles:
        return _returned(received, case, office, troubles)
    if instructions.inside:
        done = done.noting(Noted(at=case.arrival.at, who=case.member.address, mail=case.arrival.key))
    if answers:
        done = _said(done, case, office, instructions.words)
    if not instructions.commands and not inside:
        return done
    return _reported(done, case, office, _transcript(instructions, done.request, case, office, inside))


def _instructions(case: Case, request: ServiceRequest) -> Instructions:
    """Lines that begin with #; in an answer to a letter that offers it, the bare word in the first line as well.

    What answers a letter to us alone is never for the customer, whatever it says; nor is a bare word by itself where
    a mail program has lost what it answers.
    """
    letter = letter_answered(case.mail, request)
    bare = bare_instructions_of(case.mail.reply) if offers_bare_words(letter) else None
    if bare is not None:
        return bare
    read = instructions_of(case.mail.reply)
    if is_for_us_alone(letter):
        return replace(read, inside=True) if read.commands or read.misunderstood else unanswered(case.mail.reply)
    if letter is None and is_bare_word(case.mail.reply):
        return unanswered(case.mail.reply)
    return read


def _carried_out(draft: Draft, instructions: Instructions, case: Case, office: Office) -> tuple[Draft, tuple[str, ...]]:
    """The draft once all commands are carried out, and whatever keeps them from it, in words."""
    troubles = list(mistakes_in(instructions))
    for command in instructions.commands:
        trouble = obstacle(command, draft.request, case, office)
        if trouble is None:
            draft = carried_out(draft, command, case, office)
        else:
            troubles.append(f"{command.line}: {trouble}")
    return draft, tuple(troubles)


def _answered_question(draft: Draft, verdict: Verdict, case: Case, office: Office) -> Draft:
    """The one mail that the answer lets go is read again as proven; what else it says goes nowhere: it was for us."""
    released = verdict.released
    if released is not None:
        own = released.number == draft.request.number
        noted = Released(at=case.arrival.at, who=case.member.address, mail=released.key)
        draft = (draft.noting(noted) if own else draft).releasing(released.key)
    return _reported(draft, case, office, verdict.transcript)


def _returned(draft: Draft, case: Case, office: Office, troubles: tuple[str, ...]) -> Draft:
    transcript = ("Nothing was done and nothing was passed on:", *troubles)
    return _reported(draft, case, office, transcript, words=case.mail.reply)


def _reported(draft: Draft, case: Case, office: Office, transcript: tuple[str, ...], words: str = "") -> Draft:
    """An answer to the writer; his own words come back only where nothing was done."""
    occasion = case.occasion("your mail held commands")
    order = telling(to_staff("command-result", case.member, draft.request, office, occasion), transcript)
    return draft.ordering(saying(order, Words(text=words, writer=case.member.name)))


def _transcript(
    instructions: Instructions, request: ServiceRequest, case: Case, office: Office, inside: str
) -> tuple[str, ...]:
    """What was done and what became of the words, then what was asked for."""
    reader = region_of(case.member, request, office)
    done = (f"#{command}: done" for command in instructions.commands if command.name not in _ASKING)
    state = f"Now: {request.status}, level {request.level}, owner {request.owner or 'nobody'}."
    promise = promise_in_words(request, office, case.arrival.at, reader)
    answers = (
        *((f"{usage.example}: {usage.does}" for usage in USAGE.values()) if instructions.has("help") else ()),
        *(status_in_words(request, office, case.arrival.at, reader) if instructions.has("status") else ()),
        *(explained(request, office, case.arrival.at, reader) if instructions.has("explain") else ()),
    )
    kept = _kept(instructions, request, case, office, inside)
    return (*done, *kept, *answers, *(() if answers else (state,)), *promise)


def _kept(
    instructions: Instructions, request: ServiceRequest, case: Case, office: Office, inside: str
) -> tuple[str, ...]:
    """That words stay inside; and where their writer may not have meant that, why, and what he can do."""
    if not inside:
        return ("What stands below it stays inside.",) if instructions.inside and instructions.words else ()
    if not (instructions.words or case.documents) or instructions.has("note"):
        return ()
    mailbox = office.counters[request.mailbox].address
    how = (
        f"To write to the customer, answer a letter of SR {request.number}, or write to {mailbox} with "
        f"[SR {request.number}] in the subject. #escalate calls the duty manager, #assign hands the request over."
    )
    return (f"Your words stay inside, as a note to SR {request.number}: {inside}. Nobody was sent them.", how)


def _answered(draft: Draft, case: Case, office: Office) -> Draft:
    """A person's answer: it engages, it is a public update, and who first answers an unowned request owns it."""
    at, who = case.arrival.at, case.member.address
    noted = engaged_by(draft, case, office).noting(Updated(at=at, who=who))
    if noted.request.owner is None:
        noted = noted.noting(OwnerSet(at=at, who=who, owner=who))
    return noted


def _said(draft: Draft, case: Case, office: Office, text: str) -> Draft:
    """The words go to the customer: on the letter that tells him of a workaround, else as a mail of their own."""
    words = words_of_staff(case, text, draft.request, office)
    workaround = next((one for one in draft.orders if one.template == "workaround"), None)
    if workaround is not None and "workaround" in draft.request.flags:
        return draft.ordering(of_workaround(workaround, draft.request, words))
    occasion = case.occasion(f"{case.member.name} answered you")
    return draft.ordering(relayed(draft.request, office, occasion, words))


_ASKING = ("help", "status", "explain")
