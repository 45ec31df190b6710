"""What staff ask of a customer besides what the policy requires, and when it has come.

An item of the policy has come once a later mail gives it by itself: what lay there before was not enough, or nobody
would have asked again. A thing in free words nobody but a person can recognise: the customer's next mail that says or
brings something answers it, and the engineer who asked reads it anyway.
"""

from mailproc.desk.completeness import assess
from mailproc.desk.policy import Policy
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Mail

_LONGEST_ITEM = 120
MOST_ITEMS = 20
_SAYING_NOTHING = 3


def items_in(argument: str, policy: Policy) -> tuple[str, ...]:
    """The items that this argument asks for: ids of the policy's items where they are named, else the words as written.

    Commas part them; words that all are ids or labels need none.
    """
    words = argument.split()
    known = tuple(_known(word, policy) for word in words)
    if all(known):
        return tuple(dict.fromkeys(one for one in known if one))
    parts = (" ".join(part.split())[:_LONGEST_ITEM] for part in argument.replace(";", ",").split(","))
    return tuple(dict.fromkeys(_known(part, policy) or part for part in parts if part))[:MOST_ITEMS]


def arrived_of(request: ServiceRequest, mail: Mail, policy: Policy) -> tuple[tuple[str, str], ...]:
    """The requested items that this mail of the customer gives, each with its evidence."""
    if not request.requested:
        return ()
    given = {one.item: one.evidence or "in your mail" for one in assess(mail, policy).findings if one.met}
    answers = len(mail.reply.split()) >= _SAYING_NOTHING or any(not one.inline for one in mail.attachments)
    free = {one: "your next mail" for one in request.requested if answers and policy.requirement(one) is None}
    found = {**given, **free}
    return tuple((item, found[item]) for item in request.requested if item in found)


def _known(name: str, policy: Policy) -> str | None:
    wanted = name.strip().strip(".").lower()
    return next((one.id for one in policy.requirements if wanted in (one.id.lower(), one.label.lower())), None)
