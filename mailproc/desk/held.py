"""Mail in a staff member's name that nothing proves: it waits, and the person is asked whether it is his.

Only an answer to that question lets a mail go, and only the one that it asked about: by the letter that In-Reply-To
names, or by the code that stands in the question. "Yes" is said to many things.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from mailproc.desk.answered import DIGEST, hash_in, hash_of
from mailproc.reading.mail import Mail

CONFIRM_WITHIN = timedelta(days=7)
"""For how long a held mail may be confirmed."""

_CONFIRMING = ("confirm", "confirmed", "yes", "bestätigen", "bestätigt", "ja")
_AROUND = " .!*_`'\"“”\t"
_CONFIRM = re.compile(r"confirm(?:[\s`*:]{1,3}([0-9a-f]{8}))?", re.IGNORECASE)
_CODE = re.compile(r"\bconfirm[\s>`*]{1,6}([0-9a-f]{8})\b", re.IGNORECASE)
_FEW_WORDS = 8
"""The word, a name below it, and no more: whoever writes more does not answer a question of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMail:
    """A mail that waits for the word of the staff member whose name it bears.

    `key` is its key in the spool, `at` when it was held (aware UTC), `number` the request that it names, if any.
    """

    key: str
    at: datetime
    number: str | None = None

    @property
    def code(self) -> str:
        """What the question calls it."""
        return sha256(f"held {self.key}".encode()).hexdigest()[:8]


def question_key(held: HeldMail, member: str) -> str:
    """The key of the letter that asks a staff member whether a held mail is his."""
    if held.number is None:
        return f"{DIGEST}/{held.key}/{member}"
    return f"{held.number}/command-result/{held.key}/{member}"


def question_answered(mail: Mail, waiting: tuple[HeldMail, ...], member: str) -> HeldMail | None:
    """Which of the held mails this answer of `member` speaks of; None where it is not sure that it is an answer.

    Where a mail program has lost which letter is answered, the code says it, in the first line or in what is quoted;
    without either, only `confirm` alone counts, while a single mail waits.
    """
    answered = mail.in_reply_to[:1] or mail.references[-1:]
    letter = hash_in(answered[0]) if answered else None
    asked = next((one for one in waiting if letter == hash_of(question_key(one, member))), None)
    named = code_in(mail.reply) or ("" if answered else _code_quoted(mail))
    if asked is not None and named in ("", asked.code):
        return asked
    if named:
        return next((one for one in waiting if one.code == named), None)
    alone = len(waiting) == 1 and not answered and is_confirmation(mail.reply)
    return waiting[0] if alone else None


def confirms(reply: str) -> bool:
    """Whether the first line of an answer to a question says that the held mail is the writer's own."""
    return _first(reply) in _CONFIRMING or bool(code_in(reply))


def is_confirmation(reply: str) -> bool:
    """Whether words say nothing but `confirm`, which nobody writes to a customer while we ask for it."""
    return _CONFIRM.fullmatch(_first(reply)) is not None and len(reply.split()) <= _FEW_WORDS


def may_confirm(mail: Mail) -> bool:
    """Whether a mail may be meant as an answer to a question of ours, though nothing says to which."""
    answers_nothing = not (mail.in_reply_to or mail.references)
    said = confirms(mail.reply) and len(mail.reply.split()) <= _FEW_WORDS
    return is_confirmation(mail.reply) or (answers_nothing and said)


def code_in(reply: str) -> str:
    """The code that the first line of an answer confirms; empty where it names none."""
    match = _CONFIRM.fullmatch(_first(reply))
    return (match[1] or "").lower() if match else ""


def names_a_code(mail: Mail) -> bool:
    """Whether a mail confirms a code, or quotes a question that names one."""
    return bool(code_in(mail.reply) or _code_quoted(mail))


def _code_quoted(mail: Mail) -> str:
    codes = {one.lower() for one in _CODE.findall(mail.text)}
    return codes.pop() if len(codes) == 1 else ""


def _first(reply: str) -> str:
    return next((plain for line in reply.split("\n") if (plain := line.strip(_AROUND).lower())), "")
