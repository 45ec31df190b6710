"""Which letter of ours a mail answers: the hash of its key stands in its Message-ID."""

import re
from hashlib import sha256

from mailproc.desk.events import LetterOrdered
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Mail

DIGEST = "digest"
"""What stands in the mark of a letter of no single request in place of a number; none is ever numbered like that."""

OFFERING = frozenset(
    {"response-due", "update-due", "target-due", "alert", "escalation", "escalation-request", "undeliverable"}
)
"""Letters to staff that a bare word answers.

An answer to any other letter is relayed, so that there only # makes a command.
"""
TO_US_ALONE = frozenset({"alert", "escalation", "undeliverable"})
"""Those of them that only a command answers: whatever else is written there goes to nobody."""

_HASH = re.compile(r"\.([0-9a-f]{16})@")


def hash_of(letter_key: str) -> str:
    """What stands in a letter's Message-ID for its key."""
    return sha256(letter_key.encode()).hexdigest()[:16]


def hash_in(message_id: str) -> str | None:
    """The hash of a letter's key that stands in this Message-ID, if it is one of ours."""
    match = _HASH.search(message_id)
    return match[1] if match else None


def letter_answered(mail: Mail, request: ServiceRequest) -> LetterOrdered | None:
    """The letter that a mail answers: the one that In-Reply-To names, or else the end of References.

    None where mail programs or gateways on the way have lost both, or the mail answers something else.
    """
    answered = mail.in_reply_to[:1] or mail.references[-1:]
    return letter_of_id(answered[0], request) if answered else None


def letter_of_id(message_id: str, request: ServiceRequest) -> LetterOrdered | None:
    """The letter of a request that has this Message-ID."""
    wanted = hash_in(message_id)
    if wanted is None:
        return None
    return next((one for one in reversed(request.letters) if hash_of(one.letter) == wanted), None)


def offers_bare_words(letter: LetterOrdered | None) -> bool:
    """Whether an answer to this letter may act by a bare word in its first line."""
    return letter is not None and letter.template in OFFERING


def is_for_us_alone(letter: LetterOrdered | None) -> bool:
    """Whether what answers this letter is never meant for the customer."""
    return letter is not None and letter.template in TO_US_ALONE
