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
    HARM,
    HARMLESS,
    MODEL,
    NOTHING_CHANGED,
    NOTHING_TRIED,
    ONE_CHASSIS,
    PAST_TIME,
    PEOPLE,
    PROBLEM_TIME,
    ROUTE,
    SERIAL,
    SYMPTOM,
    TECHNICAL,
    TRIED,
    TWO_CHASSIS,
    VERSION,
)

_EVIDENCE = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A detail that the words give. `sure` is false where only weak signs speak for it."""

    item: str
    evidence: str
    sure: bool = True


def details_in(found: tuple[Passage, ...], subject: str) -> tuple[Detail, ...]:
    """Every detail that the passages of a mail give, at most one of each."""
    prose = tuple(one for one in found if one.gives)
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
    told = [one for one in prose if one.topic in (None, "description")]
    wished = [one for one in found if one.topic in (None, "description") and not one.promises]
    technical = sum(min(2, len(set(TECHNICAL.findall(one.text.lower())))) for one in told)
    for one in told:
        lower = one.text.lower()
        named = set(TECHNICAL.findall(lower))
        if SYMPTOM.search(lower) and len(named) >= 2:
            return _detail("description", one)
        if one.topic == "description" and len(lower.split()) >= 8 and (named or SYMPTOM.search(lower)):
            return _detail("description", one)
    if technical >= 3 and any(SYMPTOM.search(one.text.lower()) for one in told):
        return _detail("description", next(one for one in told if SYMPTOM.search(one.text.lower())))
    exact = [
        one for one in wished if len(set(TECHNICAL.findall(one.text.lower()))) >= 2 and len(one.text.split()) >= 12
    ]
    return _detail("description", exact[0]) if exact else None


def _troubleshooting(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("troubleshooting", found) or _said(
        "troubleshooting",
        prose,
        lambda words: bool(NOTHING_TRIED.search(words) or (TRIED.search(words) and not CHANGE.search(words))),
    )


def _timeline(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    labelled = [
        one
        for one in prose
        if one.topic == "timeline"
        and (PAST_TIME.search(one.text.lower()) or PROBLEM_TIME.search(one.text.lower()) or len(one.text.split()) > 3)
    ]
    if labelled:
        return _detail("timeline", labelled[0])
    return _said(
        "timeline",
        [one for one in prose if one.topic in (None, "description", "business-impact")],
        lambda words: (
            not CHANGE.search(words)
            and bool(PROBLEM_TIME.search(words) or (PAST_TIME.search(words) and SYMPTOM.search(words)))
        ),
    )


def _impact(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("business-impact", found) or _said(
        "business-impact",
        prose,
        lambda words: bool(HARMLESS.search(words) or (PEOPLE.search(words) and HARM.search(words))),
    )


def _changes(found: tuple[Passage, ...], prose: tuple[Passage, ...], subject: str) -> Detail | None:
    return _answer("recent-changes", found) or _said(
        "recent-changes",
        [one for one in prose if one.topic in (None, "description", "timeline", "troubleshooting")],
        lambda words: bool(NOTHING_CHANGED.search(words) or CHANGE.search(words)),
    )


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
    for one in found:
        if one.topic == item and (one.gives or (NOTHING.match(one.text) and not one.asks and not one.promises)):
            return _detail(item, one)
    return None


def _said(item: str, prose: Iterable[Passage], gives: Callable[[str], bool]) -> Detail | None:
    return next((_detail(item, one) for one in prose if gives(one.text.lower())), None)


def _detail(item: str, one: Passage) -> Detail:
    return Detail(item=item, evidence=quote(one.text))
