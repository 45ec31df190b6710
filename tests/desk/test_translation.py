"""What a policy says in other languages."""

import pytest
from pydantic import ValidationError

from mailproc.desk.policy import Policy
from mailproc.desk.translation import in_language, labels, untranslated
from tests.desk.samples import shipped

BASE = shipped("x-series").model_dump(exclude={"texts"})


def with_texts(**texts: object) -> Policy:
    return Policy.model_validate({**BASE, "texts": {"fr": texts}})


def test_what_a_language_does_not_say_stays_as_the_policy_says_it() -> None:
    policy = with_texts(requirements={"timeline": {"label": "Chronologie"}}, levels={1: {"name": "critique"}})
    said = in_language(policy, "fr")
    timeline = said.requirement("timeline")
    assert timeline
    assert (timeline.label, timeline.why) == ("Chronologie", "we look for the same moments in the logs")
    assert (said.levels[1].name, said.levels[2].name) == ("critique", "High")
    assert in_language(policy, "es") == policy


def test_what_is_not_said_is_named_by_its_key() -> None:
    missing = untranslated(with_texts(requirements={"timeline": {"label": "Chronologie"}}), "fr")
    assert "requirements.timeline.why" in missing
    assert "requirements.timeline.label" not in missing
    assert "levels.1.definition" in missing
    assert 'goals."the service plan"' in missing


def test_an_item_is_known_by_its_label_in_every_language() -> None:
    policy = shipped("x-series")
    timeline = policy.requirement("timeline")
    assert timeline
    assert labels(timeline, policy) == ("Time line of the problem", "Zeitlicher Verlauf")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"requirements": {"time-line": {}}}, "texts.fr.requirements names time-line"),
        ({"levels": {7: {}}}, "texts.fr.levels names 7"),
        ({"goals": {"Repair": "x"}}, "texts.fr.goals names Repair"),
    ],
)
def test_texts_of_what_the_policy_does_not_have_are_a_mistake(texts: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        with_texts(**texts)
