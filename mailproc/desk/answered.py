"""Which letter of ours a mail answers: the hash of its key stands in its Message-ID."""

import re
from datetime import timedelta
from hashlib import sha256

from mailproc.desk.events import Held, LetterOrdered
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Mail

OFFERING = frozenset(
    {"response-due", "update-due", "target-due", "alert", "escalation", "escalation-request", "undeliverable"}
)
"""Letters to staff that a bare word answers.

An answer to any other letter is relayed, so that there only # makes a command.
"""
CONFIRM_WITHIN = timedelta(days=7)
"""For how long a held mail may be confirmed."""

_CONFIRMING = ("confirm", "confirmed", "yes", "bestätigen", "bestätigt", "ja")
_AROUND = " .!*_`'\"“”\t"
_FEW_WORDS = 8
"""Where it is not known which letter an answer is to: the word, a name below it, and no more."""

_HASH = re.compile(r"\.([0-9a-f]{16})@")


def hash_of(letter_key: str) -> str:
    """What stands in a letter's Message-ID for its key."""
    return sha256(letter_key.encode()).hexdigest()[:16]


def letter_answered(mail: Mail, request: ServiceRequest) -> LetterOrdered | None:
    """The letter that a mail answers: the one that In-Reply-To names, or else the end of References.

    None where mail programs or gateways on the way have lost both, or the mail answers something else.
    """
    answered = mail.in_reply_to[:1] or mail.references[-1:]
    return letter_of_id(answered[0], request) if answered else None


def letter_of_id(message_id: str, request: ServiceRequest) -> LetterOrdered | None:
    """The letter of a request that has this Message-ID."""
    match = _HASH.search(message_id)
    if match is None:
        return None
    return next((one for one in reversed(request.letters) if hash_of(one.letter) == match[1]), None)


def offers_bare_words(letter: LetterOrdered | None) -> bool:
    """Whether an answer to this letter may act by a bare word in its first line."""
    return letter is not None and letter.template in OFFERING


def question_answered(mail: Mail, request: ServiceRequest, member: str) -> Held | None:
    """The held mail that this answer speaks of; the question was a letter to `member`, in whose name it is."""
    letter = letter_answered(mail, request)
    held = [event for event in request.history if isinstance(event, Held) and event.who == member]
    if letter is None:
        little = len(mail.reply.split()) <= _FEW_WORDS
        return held[-1] if held and little and confirms(mail.reply) else None
    return next((one for one in held if letter.letter == question_key(request.number, one)), None)


def confirms(reply: str) -> bool:
    """Whether the first line of an answer says that a held mail is the writer's own."""
    first = next((plain for line in reply.split("\n") if (plain := line.strip(_AROUND).lower())), "")
    return first in _CONFIRMING


def question_key(number: str, held: Held) -> str:
    """The key of the letter that asks a staff member whether a held mail is his."""
    return f"{number}/command-result/{held.mail}/{held.who}"
