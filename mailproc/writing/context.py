"""What templates may name: the facts of an order, and what follows from them, in the letter's language."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from mailproc.desk.callback import number_of_call
from mailproc.desk.decision import Facts, Order
from mailproc.desk.policy import Level
from mailproc.writing import languages, wording

SUBJECT_LIMIT = 78
"""Visible characters of the customer's own subject within ours."""

_REPLY_MARKS = re.compile(
    r"(?:(?:re|aw|sv|antw|fw|fwd|wg|tr|rv|ref|回复|转发|返信|転送)\s?(?:\[\d{1,3}\])?\s?[:：]\s{0,3})+", re.IGNORECASE
)
_TAG = re.compile(r"\s?\[SR [^\]\s]{1,40}\]")
_AT_ONCE = timedelta(minutes=15)


def context_of(order: Order, language: str) -> Mapping[str, Any]:
    """What templates may name: every field of Facts, and what stands here.

    What the desk says in English is said in the letter's language. `number`, `sr` ("SR 2-…") and `subject` of the
    request; the first two are empty in a letter about many. `customer`, `customer_called`, `customer_site`: what he is
    called in a list, in a sentence, in a subject. `level`: the policy's Level of now, or None; `offers`: the words that
    ask for the levels next to it, `level_word` before a number asks for that level. `at_once`: whether its response
    target is immediate; `late`: whether the moment to respond has passed. `reach`: how the duty manager is reached
    besides by an answer, perhaps empty. `to_name`: the number that the customer names to him:
    of the request that a call is about. `step`: which step of a clock ordered the letter ("" where none did).
    `language`: the one that the letter is in.
    """
    spoken = languages.language(language)
    facts = order.facts if order.staff else _said_to_customer(order.facts, spoken)
    request, policy = facts.request, facts.policy
    level = policy.levels.get(request.level)
    return {field.name: getattr(facts, field.name) for field in fields(facts)} | {
        "number": request.number,
        "sr": f"SR {request.number}" if request.number else "",
        "customer": ", ".join(one for one in (request.customer_name, request.organisation) if one) or request.customer,
        "customer_called": request.customer_name or request.customer or "the customer",
        "customer_site": request.organisation or request.customer_name or request.customer or "unknown customer",
        "language": language,
        "subject": own_subject(order.subject or request.subject, spoken.no_subject),
        "level": level,
        "offers": f" {spoken.either} ".join(
            f"`{spoken.level_word} {one}`" for one in (request.level - 1, request.level + 1) if one in policy.levels
        ),
        "level_word": spoken.level_word,
        "reach": "; ".join(one for one in (facts.duty_manager, facts.duty_address) if one),
        "at_once": level is not None and level.response.amount == 0,
        "late": _is_late(facts, level),
        "to_name": (number_of_call(request) if request.kind == "escalation" else "") or request.number,
        "step": order.deadline.step if order.deadline else "",
    }


def _said_to_customer(facts: Facts, spoken: languages.Language) -> Facts:
    """The facts with the desk's reasons in the reader's tongue; what policies say is in it already."""
    said = spoken.said
    return replace(
        facts,
        request=replace(facts.request, level_because=said(facts.request.level_because)),
        arrived=tuple(replace(one, label=said(one.label), where=said(one.where)) for one in facts.arrived),
        unusable=tuple(replace(one, where=said(one.where)) for one in facts.unusable),
        asked=tuple(replace(one, label=said(one.label), why=said(one.why)) for one in facts.asked),
    )


def own_subject(subject: str, otherwise: str = languages.ENGLISH.no_subject) -> str:
    """The customer's subject without `Re:` and the like, without our tags, of bearable length; else these words."""
    untagged = wording.line(_TAG.sub("", wording.line(subject)))
    bare = untagged[match.end() :] if (match := _REPLY_MARKS.match(untagged)) else untagged
    return wording.shortened(bare, SUBJECT_LIMIT) or otherwise


def _is_late(facts: Facts, level: Level | None) -> bool:
    """Whether the moment we aim to respond by has passed; "at once" is given a quarter of an hour."""
    if facts.response_due is None:
        return False
    patience = _AT_ONCE if level is not None and level.response.amount == 0 else timedelta()
    return facts.now > facts.response_due + patience
