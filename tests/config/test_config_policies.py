"""Policies by name or path, and what is wrong in them."""

from pathlib import Path

import pytest

from mailproc.config import ConfigurationMistakes, default_settings, load_policy, shipped_policies

GOOD = """\
name = "own"
title = "Own"
default_level = 1

[levels.1]
name = "One"
definition = ["down"]
response = "30 minutes"

[[requirements]]
id = "logs"
label = "Logs"
why = "they tell what happened"
how = "attach them"
given_by = "files"
kinds = ["log"]

[[kinds]]
name = "log"
marks = ['^\\d+']
"""


@pytest.mark.parametrize("name", shipped_policies())
def test_what_ships_has_no_mistakes_and_can_be_looked_at_without_a_configuration(name: str) -> None:
    assert load_policy(name).name == name
    assert default_settings(name).policies[name] == load_policy(name)


def test_three_policies_ship() -> None:
    assert shipped_policies() == ("blue-coat", "duty-manager", "x-series")


def test_a_path_is_taken_from_the_folder_of_who_names_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD)
    (tmp_path / "no-suffix").write_text(GOOD)
    assert load_policy("own.toml", tmp_path).title == "Own"
    assert load_policy("no-suffix", tmp_path).title == "Own"
    assert load_policy(tmp_path / "own.toml").title == "Own"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "x-serie",
            (
                'no policy has this name. Did you mean "x-series"? Write one of blue-coat, duty-manager, x-series, '
                "or the path of a .toml file"
            ),
        ),
        ("absent.toml", "there is no file absent.toml"),
        ("..", ".. cannot be read: Is a directory"),
    ],
)
def test_a_policy_that_is_not_there_is_told_with_those_that_are(name: str, told: str) -> None:
    with pytest.raises(ConfigurationMistakes) as caught:
        load_policy(name)
    assert caught.value.mistakes == (told,)


MISTAKES = [
    ("default_level = 1", "default_level = 9", ["1: default_level = 9, but the levels are [1]"]),
    ("[levels.1]", "[levels.one]", ["5: levels.one: must be a whole number."]),
    (
        'response = "30 minutes"',
        "respond = 1",
        ["5: levels.1.response: this key is missing.", "8: levels.1.respond: unknown"],
    ),
    ('why = "they tell what happened"\n', "", ["10: requirements.logs.why: this key is missing."]),
    ('kinds = ["log"]', "", ["10: requirements.logs: name the kinds of file that serve: kinds = [...]"]),
    ('given_by = "files"', 'given_by = "post"', ['15: requirements.logs.given_by: must be "words" or "files"']),
    ("'^\\d+'", "'('", ["20: kinds.log.marks: '(' is no regular expression: missing )"]),
    ('name = "own"', "", ["1: name: this key is missing."]),
    (
        "default_level = 1\n",
        "default_level = 1\nphone_levels = [2]\n",
        ["1: level 2 is named in phone_levels, workaround_lowers or notify, but the levels are [1]"],
    ),
    (
        "default_level = 1\n",
        'default_level = 1\nladder = ["boss"]\n',
        ['4: ladder[1]: must be "owner", "duty-manager"'],
    ),
    (
        "[levels.1]",
        '[[notify]]\nevent = "escalation"\nlevels = [1, 1]\n[levels.1]',
        ['5: notify: event "escalation" stands twice for level 1: write each pair once'],
    ),
    (
        'response = "30 minutes"\n',
        'response = "30 minutes"\ngoals = [{ name = "fix", earliest = "5 days" }]\n',
        ['9: levels.1.goals.fix: write latest = "10 days", or by = "the next maintenance release"'],
    ),
    (
        'response = "30 minutes"\n',
        'response = "30 minutes"\nescalate_every = "immediate"\n',
        ["9: levels.1.escalate_every: write how often"],
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES)
def test_a_mistake_in_a_policy_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert old in GOOD
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ConfigurationMistakes) as caught:
        load_policy(path)
    assert len(caught.value.mistakes) == len(told)
    for one, beginning in zip(caught.value.mistakes, told, strict=True):
        assert one.startswith(f"{path}:{beginning}")
