"""A policy in the language of a letter: what `[texts.de]` says of its levels, items and goals."""

from collections.abc import Collection

from mailproc.desk.policy import ItemTexts, Level, LevelTexts, Policy, Requirement, Texts


def in_language(policy: Policy, language: str) -> Policy:
    """The policy as letters of this language (ISO 639) say it: its own words where `texts` has none."""
    texts = policy.texts.get(language)
    if texts is None:
        return policy
    levels = {number: _level(one, texts.levels.get(number), texts) for number, one in policy.levels.items()}
    items = tuple(_item(one, texts.requirements.get(one.id)) for one in policy.requirements)
    return policy.model_copy(update={"levels": levels, "requirements": items})


def with_items_of(policy: Policy, other: Policy, items: Collection[str]) -> Policy:
    """The policy with those of these items that it lacks and another one has, in every language that both know."""
    more = tuple(one for one in other.requirements if one.id in items and policy.requirement(one.id) is None)
    if not more:
        return policy
    ids = {one.id for one in more}
    texts = {
        language: said.model_copy(
            update={"requirements": {**said.requirements, **_texts_of(ids, other.texts.get(language, Texts()))}}
        )
        for language, said in policy.texts.items()
    }
    return policy.model_copy(update={"requirements": (*policy.requirements, *more), "texts": texts})


def untranslated(policy: Policy, language: str) -> tuple[str, ...]:
    """What letters of this language would say in the policy's own words: keys as they stand below `[texts.de]`."""
    texts = policy.texts.get(language, Texts())
    levels = ((f"levels.{number}", texts.levels.get(number)) for number in policy.levels)
    items = ((f"requirements.{one.id}", texts.requirements.get(one.id)) for one in policy.requirements)
    return (
        *(f"{key}.{part}" for key, said in levels for part in LevelTexts.model_fields if not getattr(said, part, "")),
        *(f"{key}.{part}" for key, said in items for part in ItemTexts.model_fields if not getattr(said, part, "")),
        *(f'goals."{words}"' for words in sorted(policy.words_of_goals()) if not texts.goals.get(words)),
    )


def labels(requirement: Requirement, policy: Policy) -> tuple[str, ...]:
    """How letters call an item, in every language of the policy, its own first."""
    said = (texts.requirements.get(requirement.id) for texts in policy.texts.values())
    return (requirement.label, *(one.label for one in said if one and one.label))


def hints_of(requirement: Requirement, policy: Policy) -> tuple[tuple[str, str], ...]:
    """What letters say of an item besides its label, how and why, in every language of the policy, its own first."""
    said = (texts.requirements.get(requirement.id) for texts in policy.texts.values())
    own = ((one.how or requirement.how, one.why or requirement.why) for one in said if one)
    return tuple(dict.fromkeys(((requirement.how, requirement.why), *own)))


def hints(policy: Policy) -> tuple[tuple[str, str], ...]:
    """The same of every item."""
    return tuple(pair for one in policy.requirements for pair in hints_of(one, policy))


def _texts_of(ids: Collection[str], texts: Texts) -> dict[str, ItemTexts]:
    return {item: said for item, said in texts.requirements.items() if item in ids}


def _level(level: Level, said: LevelTexts | None, texts: Texts) -> Level:
    goals = tuple(
        one.model_copy(update={"name": texts.goals.get(one.name) or one.name, "by": texts.goals.get(one.by) or one.by})
        for one in level.goals
    )
    own = said or LevelTexts()
    return level.model_copy(
        update={"name": own.name or level.name, "definition": own.definition or level.definition, "goals": goals}
    )


def _item(item: Requirement, said: ItemTexts | None) -> Requirement:
    own = said or ItemTexts()
    return item.model_copy(
        update={"label": own.label or item.label, "why": own.why or item.why, "how": own.how or item.how}
    )
