"""What the words of a mail give: each detail with the words that say so.

An answer under a label counts where it says something. In prose, tables of phrases (`desk/phrases.py`) tell what a
sentence gives. Promises, questions and "I do not know" hold the same words and give nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailproc.desk.passages import Passage
from mailproc.desk.phrases import NOTHING
from mailproc.desk.prose import (
    CHANGE,
    DEPLOYMENT,
    FACT,
    GENERIC,
    HARM,
    HARMLESS,
    MODEL,
    NOTHING_CHANGED,
    NOTHING_TRIED,
    ONE_CHASSIS,
    PAST_TIME,
    PEOPLE,
    PLANNED,
    PROBLEM_TIME,
    REQUEST,
    ROUTE,
    SERIAL,
    SYMPTOM,
    TECHNICAL,
    TRIED,
    TWO_CHASSIS,
    VERSION,
    WANTED,
)
from mailproc.desk.sentences import likelihood

_EVIDENCE = 130
_TELLING = 30
_LONGEST_SENTENCE = 600
"""In characters; what is longer without a full stop is pasted output."""
_WISH_LENGTH = 10
_LIKELY = 0.4
LIKELY_ENOUGH = {"business-impact": 0.5}
"""From which likelihood on a sentence counts where no phrase is found, where that is not `_LIKELY`; measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A detail that the words give. `sure` is false where only weak signs speak for it."""

    item: str
    evidence: str
    sure: bool = True


def details_in(found: tuple[Passage, ...], subject: str) -> tuple[Detail, ...]:
    """Every detail that the passages of a mail give, at most one of each."""
    prose = tuple(one for one in found if one.gives and len(one.text) <= _LONGEST_SENTENCE)
    given = (rule(found, prose, subject) for rule in _RULES)
    return tuple(one for one in given if one)


def mentions_two_chassis(text: str) -> str | None:
    """The words that say that the site has two chassis (dual-box high availability)."""
    lower = text.lower()
    found = TWO_CHASSIS.search(lower)
    return found[0] if found and not ONE_CHASSIS.search(lower) else None


def quote(text: str) -> str:
    """The words as a letter quotes them, cut where they are long."""
    words = " ".join(text.split())
    cut = words if len(words) <= _EVIDENCE else f"{words[: _EVIDENCE - 1].rstrip()}…"
    return f"from your mail: '{cut}'"


def _description(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    """Detailed: things are named by their technical names, with what is wrong or what exactly is wanted."""
    told = [one for one in prose if one.topic in (None, "description") and not REQUEST.search(one.text.lower())]
    told = [one for one in told if not (TRIED.search(one.text.lower()) or CHANGE.search(one.text.lower()))]
    if answered := next((one for one in told if one.topic == "description" and len(one.text) >= _TELLING), None):
        return _detail("description", answered)
    symptoms = [one for one in told if SYMPTOM.search(one.text.lower())]
    if symptoms and _is_exact(told):
        return _detail("description", max(symptoms, key=lambda one: len(_technical(one))))
    wished = [one for one in found if one.topic in (None, "description") and not (one.promises or one.knows_not)]
    wanted = [one for one in wished if len(one.text.split()) >= _WISH_LENGTH and WANTED.search(one.text.lower())]
    if wanted and _is_exact(wanted):
        return _detail("description", max(wanted, key=lambda one: len(_technical(one))))
    return _likely("description", told)


def _is_exact(told: list[Passage]) -> bool:
    """Whether two things are named by names that only somebody uses who looks at them, or three of any kind."""
    every = {word for one in told for word in TECHNICAL.findall(one.text.lower())}
    return len(every) >= 3 or sum(not GENERIC.fullmatch(word) for word in every) >= 2


def _technical(one: Passage) -> set[str]:
    return {word for word in TECHNICAL.findall(one.text.lower()) if not GENERIC.fullmatch(word)}


def _troubleshooting(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("troubleshooting", found) or _said(
        "troubleshooting",
        prose,
        lambda words: bool(NOTHING_TRIED.search(words) or (TRIED.search(words) and not CHANGE.search(words))),
    ) or _likely("troubleshooting", prose)


def _timeline(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    labelled = [
        one
        for one in prose
        if one.topic == "timeline"
        and (PAST_TIME.search(one.text.lower()) or PROBLEM_TIME.search(one.text.lower()) or len(one.text.split()) > 3)
    ]
    if labelled:
        return _detail("timeline", labelled[0])
    told = [one for one in prose if one.topic in (None, "description", "business-impact")]
    return _said("timeline", told, _tells_time) or _likely("timeline", told)


def _tells_time(words: str) -> bool:
    if NOTHING_CHANGED.search(words):
        return False
    if CHANGE.search(words) and not SYMPTOM.search(words):
        return False
    return bool(PROBLEM_TIME.search(words) or (PAST_TIME.search(words) and SYMPTOM.search(words)))


def _impact(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("business-impact", found) or _said(
        "business-impact",
        prose,
        lambda words: bool(HARMLESS.search(words) or (PEOPLE.search(words) and HARM.search(words))),
    ) or _likely("business-impact", prose)


def _changes(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("recent-changes", found) or _said(
        "recent-changes",
        [one for one in prose if one.topic in (None, "description", "timeline", "troubleshooting")],
        lambda words: bool(NOTHING_CHANGED.search(words) or (CHANGE.search(words) and not PLANNED.search(words))),
    ) or _likely("recent-changes", prose)


def _routing(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    labelled = [one for one in prose if one.topic == "routing" and FACT.search(one.text.lower())]
    if labelled:
        return _detail("routing", labelled[0])
    return _said("routing", prose, lambda words: bool(ROUTE.search(words)))


def _product(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    told = [one for one in found if not one.promises]
    everything = " ".join((subject, *(f"{one.label} {one.text}" for one in told)))
    model = MODEL.search(everything)
    exact = SERIAL.search(everything) or VERSION.search(everything)
    if not (model and exact):
        return None
    return Detail(item="product", evidence=quote(f"{model[0]}, {exact[0].strip()}"))


def _environment(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("environment", found) or _said(
        "environment", prose, lambda words: len(set(DEPLOYMENT.findall(words))) >= 1
    )


_RULES = (_description, _troubleshooting, _timeline, _impact, _changes, _routing, _product, _environment)


def _answer(item: str, found: Iterable[Passage]) -> Detail | None:
    """The first answer under the item's own label that says something, "none" included."""
    evaded: set[int] = set()
    for one in found:
        if one.topic == item and (one.asks or one.promises or one.knows_not) and not NOTHING.match(one.text):
            evaded.add(one.line)
        if one.topic == item and one.line not in evaded and (one.gives or (NOTHING.match(one.text) and not one.asks and not one.promises)):
            return _detail(item, one)
    return None


def _said(item: str, prose: Iterable[Passage], gives: Callable[[str], bool]) -> Detail | None:
    return next((_detail(item, one) for one in prose if gives(one.text.lower())), None)


def _detail(item: str, one: Passage) -> Detail:
    return Detail(item=item, evidence=quote(one.text))


def _likely(item: str, prose: Iterable[Passage]) -> Detail | None:
    """The sentence that most likely gives the item, where it is likely enough; never sure."""
    judged = [(likelihood(one.text, item), one) for one in prose if one.topic is None or one.topic == "description"]
    best = max(judged, key=lambda pair: pair[0], default=(0.0, None))
    if best[1] is None or best[0] < LIKELY_ENOUGH.get(item, _LIKELY):
        return None
    return Detail(item=item, evidence=quote(best[1].text), sure=False)
