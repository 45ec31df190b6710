"""What the words of a mail give: each detail with the words that say so.

An answer under a label counts where it says something. In prose the phrasebook tells what a sentence gives, and
where no phrase does, a small model does (`words/sentences.py`). Promises, questions and "I do not know" hold the same
words and give nothing.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from mailproc.desk.words import prose as phrase
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrases import BARE_LEVEL, NOTHING
from mailproc.desk.words.sentences import likelihood

QUOTED = "from your mail: "
"""What stands before the customer's own words where they are evidence."""

_EVIDENCE = 130
_TELLING = 30
_WISH_LENGTH = 10
_LONGEST_SENTENCE = 600
"""In characters; what is longer without a full stop is pasted output."""

_EXACT = 2
_NAMED = re.compile(
    r"\b(?![A-Z]+\b(?:\W+[A-Z]+\b){3})(?!(?:SR|OK|FYI|CEO|CIO|IT|PM|AM|UK|US|USA|EU|UTC|GMT|CET|IST|EST|PST|ASAP|PS|NB|VIP|HQ|ER|ICU)\b)[A-Z]{2,8}s?\b"
    r"|\b(?!\d+(?:st|nd|rd|th|am|pm|h|x|k|m)\b)(?=\w*\d)(?=\w*[A-Za-z])\w(?:[\w./-]*\w)?"
)
"""Abbreviations and words with figures in them; not a line of capitals, and no times of day."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{4}")
"""Japanese and Chinese, which know neither spaces nor capitals."""
_REPLY = re.compile(
    r"^(?:\s*(?:re|aw|sv|vs|vb|antw|odp|wg|fwd?|tr|rv|res|enc|ynt)\s?(?:\[\d+\])?\s?[:：]){1,5}", re.IGNORECASE
)
"""What mail programs put before the subject of an answer; one of them is a product's name, too."""
_LIKELY_ENOUGH = {
    "description": 0.65,
    "timeline": 0.4,
    "troubleshooting": 0.3,
    "business-impact": 0.35,
    "recent-changes": 0.55,
    "environment": 0.5,
}
"""From which likelihood on a sentence counts where no phrase is found; measured on mail that no phrase was made for."""
_OUT_OF_QUESTION = {"business-impact": 0.02, "timeline": 0.02, "troubleshooting": 0.015}
"""Below which likelihood a phrase that is found speaks of something else."""
_WITHOUT_A_WORD = 0.3
"""How much likelier a sentence must be that lacks every word of the matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A detail that the words give. `sure` is false where only the model speaks for it."""

    item: str
    evidence: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A mail's passages: all of them, and those that say something now; with its subject."""

    everything: tuple[Passage, ...]
    given: tuple[Passage, ...]
    subject: str

    def about(self, *topics: str) -> tuple[Passage, ...]:
        """Prose, and what stands under labels of these topics."""
        return tuple(one for one in self.given if one.topic is None or one.topic in topics)


def details_in(found: tuple[Passage, ...], subject: str, asked: Container[str]) -> tuple[Detail, ...]:
    """The details that the passages of a mail give of those that are asked for, at most one of each."""
    given = tuple(one for one in found if one.gives and not one.is_output and len(one.text) <= _LONGEST_SENTENCE)
    told = _Told(everything=found, given=given, subject=subject)
    return tuple(detail for item, rule in _RULES.items() if item in asked and (detail := rule(told)))


def mentions_two_chassis(text: str) -> str | None:
    """The words that say that the site has two chassis (dual-box high availability)."""
    lower = text.lower()
    found = phrase.TWO_CHASSIS.search(lower)
    return found[0] if found and not phrase.ONE_CHASSIS.search(lower) else None


def says_one_chassis(text: str) -> bool:
    """Whether the words say outright that there is no second chassis, and nowhere that there is one."""
    denied, count = phrase.ONE_CHASSIS.subn(" ", text.lower())
    return count > 0 and not phrase.TWO_CHASSIS.search(denied)


def quote(text: str) -> str:
    """The words as a letter quotes them, cut where they are long."""
    words = " ".join(text.split())
    cut = words if len(words) <= _EVIDENCE else f"{words[: _EVIDENCE - 1].rstrip()}…"
    return f"{QUOTED}'{cut}'"


def _description(told: _Told) -> Detail | None:
    """Detailed: things are named by their technical names, with what is wrong or what exactly is wanted."""
    statements = [one for one in told.about("description", "product") if _describes(one)]
    if answered := next((one for one in statements if one.topic == "description" and len(one.text) >= _TELLING), None):
        return _detail("description", answered)
    symptoms = [one for one in statements if phrase.SYMPTOM.search(one.text.lower())]
    if symptoms and (_is_exact(statements) or any(len(_names(one)) >= _EXACT for one in symptoms)):
        return _detail("description", max(symptoms, key=lambda one: len(_technical(one))))
    wishes = [one for one in told.everything if one.topic in (None, "description") and _wishes(one)]
    if wishes and (_is_exact(wishes) or any(len(_names(one)) >= _EXACT for one in wishes)):
        return _detail("description", max(wishes, key=lambda one: len(_technical(one))))
    return _likely("description", statements)


def _describes(one: Passage) -> bool:
    """Whether it may tell what is wrong: steps, changes and mere requests do not, save that a fault stands in them.

    What stands under a label that asks for it may.
    """
    words = one.text.lower()
    if one.topic == "description":
        return True
    if phrase.TRIED.search(words):
        return False
    if phrase.REQUEST.search(words):
        return bool(phrase.SYMPTOM.search(words)) and len(_names(one)) >= _EXACT
    return not phrase.CHANGE.search(words) or bool(phrase.SYMPTOM.search(phrase.CHANGE.sub(" ", words)))


def _wishes(one: Passage) -> bool:
    if one.promises or one.knows_not or len(one.text.split()) < _WISH_LENGTH:
        return False
    return bool(phrase.WANTED.search(one.text.lower()))


def _is_exact(told: list[Passage]) -> bool:
    """Whether two things are named by names that only somebody uses who looks at them, or three of any kind."""
    every = {word for one in told for word in phrase.TECHNICAL.findall(one.text.lower())}
    return len(every) >= 3 or sum(not phrase.GENERIC.fullmatch(word) for word in every) >= 2


def _names(one: Passage) -> set[str]:
    """What a sentence calls by name: technical words, and what looks like one; all names of products count as one."""
    every = {*phrase.TECHNICAL.findall(one.text.lower()), *(word.lower() for word in _NAMED.findall(one.text))}
    return {"product" if phrase.GENERIC.fullmatch(word) else word for word in every}


def _technical(one: Passage) -> set[str]:
    return {word for word in phrase.TECHNICAL.findall(one.text.lower()) if not phrase.GENERIC.fullmatch(word)}


def _troubleshooting(told: _Told) -> Detail | None:
    told_of = (one for one in told.given if one.topic != "recent-changes" or not NOTHING.match(one.text))
    return (
        _answer("troubleshooting", told.everything)
        or _said("troubleshooting", told_of, _tells_step)
        or _likely("troubleshooting", told.given)
    )


def _tells_step(words: str) -> bool:
    if phrase.NOTHING_TRIED.search(words):
        return True
    if phrase.NOTHING_CHANGED.search(_without_result(words)):
        return False
    return bool(phrase.TRIED.search(words)) and bool(phrase.OUTCOME.search(words) or not phrase.CHANGE.search(words))


def _timeline(told: _Told) -> Detail | None:
    labelled = (one for one in told.given if one.topic == "timeline")
    if answered := next((one for one in labelled if _is_moment(one.text)), None):
        return _detail("timeline", answered)
    told_of = told.about("description", "business-impact")
    return _said("timeline", told_of, lambda words: _tells_time(phrase.RATE.sub(" ", words))) or _likely(
        "timeline", (one for one in told_of if not phrase.NOTHING_CHANGED.search(one.text.lower()))
    )


def _is_moment(answer: str) -> bool:
    words = answer.lower()
    if phrase.FUTURE.search(words) and not phrase.BEGAN.search(words):
        return False
    told = phrase.PAST_TIME.search(words) or phrase.PROBLEM_TIME.search(words) or phrase.SPAN.search(words)
    return bool(told) or len(words.split()) > 3


def _tells_time(words: str) -> bool:
    if phrase.NOTHING_CHANGED.search(words) or (phrase.FUTURE.search(words) and not phrase.BEGAN.search(words)):
        return False
    if phrase.CHANGE.search(words) and not (phrase.SYMPTOM.search(words) or phrase.BEGAN.search(words)):
        return False
    return bool(phrase.PROBLEM_TIME.search(words) or (phrase.PAST_TIME.search(words) and phrase.SYMPTOM.search(words)))


def _impact(told: _Told) -> Detail | None:
    judged = (one for one in told.everything if not BARE_LEVEL.match(one.text))
    return (
        _answer("business-impact", judged)
        or _said("business-impact", told.given, _tells_impact)
        or _likely("business-impact", told.given)
    )


def _tells_impact(words: str) -> bool:
    return bool(phrase.HARMLESS.search(words) or (phrase.PEOPLE.search(words) and phrase.HARM.search(words)))


def _may_tell(item: str, words: str) -> bool:
    """Whether a sentence holds a word that is needed: the model weighs words, and does not see that one is missing."""
    match item:
        case "business-impact":
            return bool(phrase.PEOPLE.search(words) or phrase.BUSINESS_WORD.search(words))
        case "recent-changes":
            return bool(phrase.CHANGE_WORD.search(_without_result(words))) and not phrase.RESULT_ONLY.fullmatch(words)
        case "timeline":
            return bool(phrase.TIME_WORD.search(words)) and not phrase.FUTURE.search(words)
        case _:
            return True


def _changes(told: _Told) -> Detail | None:
    told_of = told.about("description", "timeline")
    return (
        _answer("recent-changes", told.everything)
        or _said("recent-changes", told_of, _tells_change)
        or _likely("recent-changes", (one for one in told.given if not _tells_outcome(one.text.lower())))
    )


def _tells_change(words: str) -> bool:
    if phrase.RESULT_ONLY.fullmatch(words):
        return False
    if phrase.NOTHING_CHANGED.search(_without_result(words)):
        return True
    return bool(phrase.CHANGE.search(words)) and not phrase.PLANNED.search(words)


def _tells_outcome(words: str) -> bool:
    """Whether it is a step with what came of it, and no upgrade: "we rebooted it and nothing changed"."""
    return _without_result(words) != words and not phrase.CHANGE.search(words)


def _without_result(words: str) -> str:
    """What a sentence tells besides the outcome of a step."""
    return phrase.RESULT_AT_END.sub("", words) if phrase.TRIED.search(words) else words


def _routing(told: _Told) -> Detail | None:
    labelled = (one for one in told.given if one.topic == "routing" and phrase.FACT.search(one.text.lower()))
    if answered := next(labelled, None):
        return _detail("routing", answered)
    return _said("routing", told.given, lambda words: bool(phrase.ROUTE.search(words)))


def _product(told: _Told) -> Detail | None:
    everything = " ".join(
        (_REPLY.sub("", told.subject), *(f"{one.label} {one.text}" for one in told.everything if not one.promises))
    )
    model = phrase.MODEL.search(everything)
    exact = phrase.SERIAL.search(everything) or phrase.VERSION.search(everything)
    if not (model and exact):
        return None
    return Detail(item="product", evidence=quote(f"{model[0]}, {exact[0].strip()}"))


def _environment(told: _Told) -> Detail | None:
    return (
        _answer("environment", told.everything)
        or _said("environment", told.given, _tells_deployment)
        or _likely("environment", told.given)
    )


def _tells_deployment(words: str) -> bool:
    return bool(phrase.DEPLOYMENT.search(words)) and not phrase.DOCUMENTATION.search(words)


_RULES: Mapping[str, Callable[[_Told], Detail | None]] = {
    "description": _description,
    "troubleshooting": _troubleshooting,
    "timeline": _timeline,
    "business-impact": _impact,
    "recent-changes": _changes,
    "routing": _routing,
    "product": _product,
    "environment": _environment,
}
DETAILS = frozenset(_RULES)
"""The items that the words of a mail are read for here."""


def _answer(item: str, found: Iterable[Passage]) -> Detail | None:
    """The first answer under the item's own label that says something, "none" included.

    An answer that begins with a question, a promise or "I do not know" gives nothing, whatever follows in it.
    """
    evaded: set[int] = set()
    for one in found:
        if one.topic != item or one.line in evaded:
            continue
        if one.gives or (NOTHING.match(one.text) and not one.asks and not one.promises):
            return _detail(item, one)
        evaded.add(one.line)
    return None


def _said(item: str, given: Iterable[Passage], gives: Callable[[str], bool]) -> Detail | None:
    """The first sentence with a phrase that gives the item, save where the model thinks that out of the question."""
    return next(
        (_detail(item, one) for one in given if gives(one.text.lower()) and not _is_out_of_question(item, one.text)),
        None,
    )


def _is_out_of_question(item: str, text: str) -> bool:
    return item in _OUT_OF_QUESTION and likelihood(text, item) < _OUT_OF_QUESTION[item]


def _likely(item: str, given: Iterable[Passage]) -> Detail | None:
    """The sentence that most likely gives the item, where it is likely enough; never sure."""
    judged = (
        (_likelihood(one, item), one.text)
        for one in given
        if one.topic in (None, "description") and _is_sentence(one.text)
    )
    likely, text = max(judged, default=(0.0, ""))
    return Detail(item=item, evidence=quote(text), sure=False) if likely >= _LIKELY_ENOUGH[item] else None


def _likelihood(one: Passage, item: str) -> float:
    """What the model says, less where words of the matter lack; a description names things, and is not all harm."""
    likely = likelihood(one.text, item)
    if item == "description":
        return likely - 0.4 * likelihood(one.text, "business-impact") + 0.1 * min(len(_names(one)), 3)
    return likely - (0.0 if _may_tell(item, one.text.lower()) else _WITHOUT_A_WORD)


def _is_sentence(text: str) -> bool:
    """Whether it is running text: names, addresses and pasted output hold few words in lower case."""
    words = text.split()
    plain = sum(word.strip(".,;:!?()\"'").isalpha() and not word[0].isupper() for word in words)
    return bool(_UNSPACED.search(text)) or (plain >= 2 and plain >= len(words) / 3)


def _detail(item: str, one: Passage) -> Detail:
    return Detail(item=item, evidence=quote(one.text))
