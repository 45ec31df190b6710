"""The policies that ship: what they promise and what they ask for."""

import pytest
from pydantic import BaseModel, ValidationError

from mailproc.desk.policy import Closing, FileKind, Goal, Level, Policy, Reminders
from tests.desk.samples import shipped

X_SERIES_ITEMS = (
    "description",
    "troubleshooting",
    "timeline",
    "business-impact",
    "tech-support",
    "log-messages",
    "recent-changes",
    "console-output",
    "routing",
    "traces",
)


@pytest.mark.parametrize(
    ("policy", "level", "spans"),
    [
        ("x-series", 1, ("30 minutes", "2 hours", "1 hour", "24 hours")),
        ("x-series", 2, ("2 hours", "24 hours", "1 day", "72 hours")),
        ("x-series", 3, ("24 hours", "5 business days", "7 days", "10 days")),
        ("x-series", 4, ("24 hours", "10 business days", "7 days", "10 days")),
        ("blue-coat", 1, ("immediate", "2 hours", "1 hour", "None")),
        ("blue-coat", 2, ("1 hour", "24 hours", "1 day", "None")),
        ("blue-coat", 3, ("8 business hours", "5 business days", "7 days", "None")),
        ("blue-coat", 4, ("3 business days", "10 business days", "7 days", "None")),
        ("duty-manager", 1, ("immediate", "2 hours", "1 hour", "None")),
    ],
)
def test_each_level_promises_what_the_procedure_says(policy: str, level: int, spans: tuple[str, ...]) -> None:
    promised = shipped(policy).levels[level]

    found = (promised.response, promised.escalation, promised.update, promised.restoration)
    assert tuple(map(str, found)) == spans


def test_the_x_series_asks_for_the_ten_items_in_their_order() -> None:
    policy = shipped("x-series")

    assert tuple(one.id for one in policy.requirements) == X_SERIES_ITEMS
    assert [one.id for one in policy.requirements if one.optional] == ["console-output", "traces"]
    assert [one.id for one in policy.requirements if one.each_chassis] == ["tech-support", "log-messages"]
    assert [one.id for one in policy.requirements if one.pasted] == ["console-output", "routing"]


def test_the_other_policies_ask_for_their_items() -> None:
    assert [one.id for one in shipped("blue-coat").requirements] == [
        "description",
        "product",
        "environment",
        "site",
        "business-impact",
        "contact",
    ]
    assert [one.id for one in shipped("duty-manager").requirements] == [
        "sr-number",
        "contact-name",
        "contact-phone",
        "contact-email",
        "alternate-contact",
    ]


@pytest.mark.parametrize("name", ["x-series", "blue-coat", "duty-manager"])
def test_whatever_is_asked_for_says_why_and_how(name: str) -> None:
    policy = shipped(name)

    assert all(one.label and one.why and one.how and one.headings for one in policy.requirements)
    assert all(level.definition for level in policy.levels.values())


@pytest.mark.parametrize("name", ["x-series", "blue-coat", "duty-manager"])
def test_every_kind_that_a_requirement_names_is_described(name: str) -> None:
    policy = shipped(name)
    described = {kind.name for kind in policy.kinds}

    assert {kind for one in policy.requirements for kind in one.kinds} <= described


@pytest.mark.parametrize("mistake", [{"magic": ("xyz",)}, {"each_line": "("}, {"marks": ("[",)}])
def test_a_kind_with_a_mistake_is_refused(mistake: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        FileKind.model_validate({"name": "odd", **mistake})


def days(count: int) -> str:
    return f"{count} business days"


@pytest.mark.parametrize(
    ("of", "keys", "words"),
    [
        (Reminders, {"after": [days(5), days(2)]}, "2 business days does not lie beyond 5 business days"),
        (Reminders, {"after": [days(5)], "close_after": days(5)}, "write the reminders in the order in which they go"),
        (Closing, {"warn_after": days(10), "close_after": days(5)}, "a warn_after that lies before close_after"),
        (Goal, {"name": "fix", "earliest": "10 days", "latest": "5 days"}, "5 days does not lie beyond 10 days"),
        (Level, {"name": "1", "definition": [], "response": "1 hour", "escalation": "0 hours"}, "solved at once"),
        (Level, {"name": "1", "definition": [], "response": "1 hour", "restoration": "immediate"}, "solved at once"),
    ],
)
def test_spans_that_cannot_be_meant_are_mistakes(of: type[BaseModel], keys: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        of.model_validate(keys)


def test_a_workaround_that_raises_a_level_is_a_mistake() -> None:
    with pytest.raises(ValidationError, match="workaround_lowers raises a level: 3 = 1"):
        Policy.model_validate({**shipped("x-series").model_dump(), "workaround_lowers": {3: 1}})
