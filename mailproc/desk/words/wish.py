"""What kind of request a mail is: a problem, a question, an enhancement, another vendor's matter, an escalation."""

import re

from mailproc.desk.policy import Policy, RequestKind
from mailproc.desk.severity import stated_level
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import phrases
from mailproc.desk.words.prose import SYMPTOM

_HELP = re.compile(r"\bplease (?:help|fix|solve|repair)\b|\bnot right again\b|\burgent|\basap\b|\bhelp us\b")
_ENHANCEMENT = phrases("ENHANCEMENT")
_QUESTION = phrases("QUESTION")
_THIRD_PARTY = phrases("THIRD_PARTY")
_OTHER_VENDOR = phrases("OTHER_VENDOR")
_PLATFORM_WELL = phrases("PLATFORM_WELL")
_CALM = phrases("CALM")
_TOLD = (None, "description")
"""Where a question is the request itself: asked back in answer to a form, it is none."""


def kind_of_request(found: tuple[Passage, ...], subject: str, policy: Policy) -> tuple[RequestKind, str]:
    """The kind, and the words that speak for it. Everything under the duty manager's policy is an escalation."""
    words = " \n".join((subject, *(one.text for one in found))).lower()
    if policy.for_duty_manager or policy.requirement("alternate-contact"):
        return "escalation", "it was sent to the duty manager"
    if wish := _ENHANCEMENT.search(words):
        return "enhancement", wish[0]
    if _OTHER_VENDOR.search(words) and (blamed := _THIRD_PARTY.search(words) or _PLATFORM_WELL.search(words)):
        return "third-party", blamed[0]
    asked = _QUESTION.search(words)
    calm = _CALM.search(words)
    if not (any(one.asks for one in found if one.topic in _TOLD) or (asked and calm)):
        return "problem", "something is said not to work"
    if (calm or (stated_level(found, subject) or 4) == 4) and not _broken(found):
        return "question", asked[0] if asked else "it asks and tells of no fault"
    return "problem", "something is said not to work"


def _broken(found: tuple[Passage, ...]) -> bool:
    """Whether a statement tells of something that fails: one where nothing else is asked, or several."""
    words = " ".join(one.text for one in found).lower()
    faults = sum(bool(SYMPTOM.search(one.text.lower())) for one in found if not one.asks)
    return faults >= (3 if _QUESTION.search(words) else 1) or bool(_HELP.search(words))
