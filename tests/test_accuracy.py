"""Labelled mails held against a policy: the table, the wrong ones, and what is said of a folder that is none."""

import json
from pathlib import Path

import pytest

from mailproc.cli.accuracy import Counts, labels_in, macro_f1, report, score
from mailproc.config import ConfigurationMistakes, load_policy
from tests.installation import mailproc

MAIL = "From: Ann Lee <ann@acme.example>\nSubject: {subject}\nContent-Type: text/plain\n\n{text}\n"


def labelled(folder: Path, text: str, **differing: object) -> Path:
    """A folder with one mail under the duty manager's policy, and a label that says what it gives."""
    (folder / "one.eml").write_text(MAIL.format(subject="SR 2-123456789", text=text), encoding="utf-8")
    given = {"sr-number": True, "contact-name": True, "contact-phone": False, "contact-email": True}
    label = {
        "file": "one.eml",
        "policy": "duty-manager",
        "severity": {"stated": 1, "expected": 1},
        "requirements": {**given, "alternate-contact": False},
        "kind": "escalation",
        **differing,
    }
    (folder / "labels.jsonl").write_text(json.dumps(label) + "\n", encoding="utf-8")
    return folder


def test_a_folder_that_is_read_rightly_has_a_table_and_nothing_wrong(tmp_path: Path) -> None:
    result = score(labelled(tmp_path, "Please raise it to severity 1."), load_policy)

    assert result.wrong == []
    assert macro_f1(result.by_words) == 1.0
    assert result.answers["stated level"] == [True]
    assert any("alternate-contact" in line for line in report(result))


def test_what_is_read_wrongly_is_told_with_the_words_it_rests_on(tmp_path: Path) -> None:
    result = score(labelled(tmp_path, "Call me: +44 20 555 0139. Severity 2."), load_policy)

    assert result.wrong == [
        "one.eml: contact-phone is not given, but was read in from your mail: '+44 20 555 0139'",
        "one.eml: level exact should be 1, read as 2 (the writer names level 2)",
        "one.eml: stated level should be 1, read as 2 (the writer names level 2)",
    ]
    assert result.by_words["contact-phone"].false_positive == 1


@pytest.mark.parametrize(
    ("right", "too_much", "too_little", "f1"), [(0, 0, 0, 1.0), (3, 0, 0, 1.0), (1, 1, 1, 0.5), (0, 0, 2, 0.0)]
)
def test_f1_weighs_what_was_missed_as_what_was_made_up(right: int, too_much: int, too_little: int, f1: float) -> None:
    counts = Counts(true_positive=right, false_positive=too_much, false_negative=too_little)

    assert counts.f1 == f1


def test_every_mistake_of_the_labels_is_told_at_its_line(tmp_path: Path) -> None:
    labelled(tmp_path, "Hello")
    good = (tmp_path / "labels.jsonl").read_text(encoding="utf-8")
    bad = good.replace("one.eml", "two.eml") + good.replace("escalation", "complaint") + "not json\n"
    (tmp_path / "labels.jsonl").write_text(bad, encoding="utf-8")

    with pytest.raises(ConfigurationMistakes) as told:
        labels_in(tmp_path)

    assert [str(line).removeprefix(str(tmp_path)).split(":")[1] for line in told.value.mistakes] == ["1", "2", "3"]


def test_a_requirement_that_the_policy_does_not_have_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationMistakes, match="requires no shoe-size"):
        score(labelled(tmp_path, "Hello", requirements={"shoe-size": True}), load_policy)


def test_every_requirement_that_the_policy_does_not_have_is_told(tmp_path: Path) -> None:
    labelled(tmp_path, "Hello", requirements={"shoe-size": True, "hat-size": False})
    twice = (tmp_path / "labels.jsonl").read_text(encoding="utf-8") * 2
    (tmp_path / "labels.jsonl").write_text(twice, encoding="utf-8")
    with pytest.raises(ConfigurationMistakes) as told:
        score(tmp_path, load_policy)
    assert len(told.value.mistakes) == 4


def test_labels_that_begin_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = labelled(tmp_path, "Hello") / "labels.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [one.file for one in labels_in(tmp_path)] == ["one.eml"]


def test_mails_with_attachments_are_timed_apart(tmp_path: Path) -> None:
    result = score(labelled(tmp_path, "Please raise it to severity 1."), load_policy)
    assert (len(result.plain), len(result.with_files)) == (1, 0)
    assert any("1 mails without attachments" in line for line in report(result))


def test_the_command_prints_the_table(tmp_path: Path) -> None:
    said = mailproc("accuracy", str(labelled(tmp_path, "Please raise it to severity 1.")))

    assert said.code == 0
    assert "macro-F1" in said.out


def test_the_command_says_what_is_wrong_with_a_folder_without_labels(tmp_path: Path) -> None:
    said = mailproc("accuracy", str(tmp_path))

    assert said.code == 2
    assert "labels.jsonl" in said.err


def test_mail_that_no_rule_was_written_against_is_read_well() -> None:
    result = score(Path(__file__).parent / "mails" / "fresh", load_policy)
    assert macro_f1(result.by_files) >= 0.95
    assert macro_f1(result.by_words) >= 0.90
