"""Asking a staff member whether a held mail is his, and what his answer does.

The question names what is known of the mail besides its words, so that two of them are told apart, and never a word
of what it says: it may be forged.
"""

from dataclasses import dataclass
from datetime import timedelta

from mailproc.desk.answered import letter_answered
from mailproc.desk.case import Case
from mailproc.desk.commands.telling import home_of
from mailproc.desk.correspondence import telling, to_staff
from mailproc.desk.decision import Decision
from mailproc.desk.digests.letters import told_to
from mailproc.desk.directory import Office
from mailproc.desk.draft import Draft
from mailproc.desk.events import Held
from mailproc.desk.held import CONFIRM_WITHIN, HeldMail, confirms, may_confirm, names_a_code, question_answered
from mailproc.desk.hours import moment_in_words
from mailproc.desk.request import ServiceRequest

MOST_QUESTIONS = 3
"""How often within an hour a staff member is asked about held mails, whichever requests they name."""

_MOST_LISTED = 10
_MOST_ADDRESSES = 3
_BECAUSE = "a mail in your name could not be proven to be yours"
_LAST = (
    "This is the last question within an hour: more mail in your name may be held without one. The operator sees all "
    "of it with `mailproc quarantine list` and can let it go."
)
_UNKNOWN = (
    "Nothing was done and nothing was passed on: no held mail is known to be meant. It was released before, or taken "
    "off the list, or several wait."
)
_WITHHELD = "this person was asked several times within an hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an answer to a question came to: what its writer is told, and the mail that is let go, if one is."""

    transcript: tuple[str, ...]
    released: HeldMail | None = None


def asked(case: Case, reason: str, request: ServiceRequest | None, office: Office) -> Decision:
    """The mail is held, and whoever's name it bears is asked; `request` is the one that it names, if any."""
    member = case.member
    held = HeldMail(key=case.arrival.key, at=case.arrival.at, number=request.number if request else None)
    lately = sum(case.arrival.arrived - one.at < timedelta(hours=1) for one in case.arrival.held)
    question = _question(case, held, office, last=lately == MOST_QUESTIONS - 1)
    if request is None:
        orders = (told_to(case, office, question, _BECAUSE),) if lately < MOST_QUESTIONS else ()
        return Decision(outcome="held", reason=reason if orders else f"{reason}; {_WITHHELD}", orders=orders)
    draft = Draft(request=request, at=held.at).noting(Held(at=held.at, who=member.address, mail=held.key))
    if lately >= MOST_QUESTIONS:
        return draft.withholding("command-result", member.address, _WITHHELD).decided("held", reason, ())
    letter = telling(to_staff("command-result", member, request, office, case.told(_BECAUSE)), question)
    return draft.ordering(letter).decided("held", reason, ())


def answered_question(case: Case, request: ServiceRequest | None, office: Office) -> Verdict | None:
    """What a proven staff member's answer to a question does; None where the mail is no such answer."""
    mail, waiting = case.mail, case.arrival.held
    held = question_answered(mail, waiting, case.member.address)
    if held is None:
        unclear = may_confirm(mail) and (waiting or names_a_code(mail))
        if not (unclear or (request and _was_question(case, request))):
            return None
        return Verdict(transcript=(_UNKNOWN, *_listed(waiting, case, office)))
    others = _listed(tuple(one for one in waiting if one != held), case, office)
    if not confirms(mail.reply):
        said = (
            f"Nothing was passed on, and the mail stays held. If it was yours, answer with `confirm {held.code}` alone."
        )
        return Verdict(transcript=(said, *others))
    if case.arrival.at - held.at > CONFIRM_WITHIN:
        return Verdict(transcript=("It was held too long ago: please write it once more.", *others))
    said = "Thank you. The mail counts as yours, and what it asks for is done now."
    return Verdict(transcript=(said, *others), released=held)


def _question(case: Case, held: HeldMail, office: Office, *, last: bool) -> tuple[str, ...]:
    where = f"for SR {held.number}" if held.number else "that answers no letter of ours"
    answer = (
        f"If it was yours, answer with `confirm` alone in the first line within {CONFIRM_WITHIN.days} days; in any "
        f"other mail `confirm {held.code}` does the same. If it was not yours, do nothing."
    )
    return (
        f"A mail in your name arrived {where}, and nothing proves that it is from you.",
        _told_of(case, office),
        "Nothing in it was carried out, and nothing was passed on.",
        answer,
        *((_LAST,) if last else ()),
    )


def _told_of(case: Case, office: Office) -> str:
    """When it came, to whom, and how much it holds: what its writer knows it by."""
    region = home_of(case.member, case.arrival.mailbox, office)
    named = [one.address for one in (*case.mail.to, *case.mail.cc)]
    more = f" and {len(named) - _MOST_ADDRESSES} more" if len(named) > _MOST_ADDRESSES else ""
    to = f"to {', '.join(named[:_MOST_ADDRESSES])}{more}" if named else "to nobody named"
    words, files = len(case.mail.words.split()), len(case.files)
    much = f"{_counted(words, 'word')}, {_counted(files, 'file')}"
    return f"It came {moment_in_words(region, case.arrival.arrived)} ({region.place}), {to}: {much}."


def _listed(waiting: tuple[HeldMail, ...], case: Case, office: Office) -> tuple[str, ...]:
    """What else waits for the writer's word, the latest last."""
    region = home_of(case.member, case.arrival.mailbox, office)
    fresh = [one for one in waiting if case.arrival.at - one.at <= CONFIRM_WITHIN][-_MOST_LISTED:]
    return tuple(
        f"Held in your name since {moment_in_words(region, one.at)}"
        f"{f', for SR {one.number}' if one.number else ''}: `confirm {one.code}` lets it go, if it is yours."
        for one in fresh
    )


def _was_question(case: Case, request: ServiceRequest) -> bool:
    letter = letter_answered(case.mail, request)
    held = (one for one in request.history if isinstance(one, Held) and one.who == case.member.address)
    return letter is not None and any(
        letter.letter == f"{request.number}/command-result/{one.mail}/{one.who}" for one in held
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
