"""`mailproc accuracy`: how well a folder of labelled mails is read, so that a changed policy can be tried first.

A folder holds messages and `labels.jsonl`. Each line names a file, its policy, the level (`severity`: `stated` and
`expected`), what it gives of the policy's `requirements`, its `kind` and, where it matters, `dbha`.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from time import process_time

from pydantic import BaseModel, ConfigDict, ValidationError

from mailproc.config import ConfigurationMistakes
from mailproc.desk.completeness import Assessment, assess
from mailproc.desk.policy import Policy, RequestKind
from mailproc.reading.parse import read

LABELS = "labels.jsonl"


class LevelLabel(BaseModel):
    """The level that the writer names, or None; and the one that a careful engineer would give."""

    model_config = ConfigDict(frozen=True)

    stated: int | None
    expected: int


class Label(BaseModel):
    """What a person says of one mail: a line of `labels.jsonl`."""

    model_config = ConfigDict(frozen=True)

    file: str
    policy: str
    severity: LevelLabel
    requirements: dict[str, bool]
    kind: RequestKind
    dbha: bool | None = None


@dataclass(slots=True)
class Counts:
    """Right and wrong answers about one requirement."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0

    @property
    def f1(self) -> float:
        """1.0 where there was nothing to find and nothing was found."""
        wrong = self.false_positive + self.false_negative
        return 1.0 if not (self.true_positive or wrong) else 2 * self.true_positive / (2 * self.true_positive + wrong)


def _table() -> dict[str, Counts]:
    return defaultdict(Counts)


def _answers() -> dict[str, list[bool]]:
    return defaultdict(list)


@dataclass(frozen=True, slots=True)
class Score:
    """The whole result: counts by requirement, answers right or wrong, wrong ones in words.

    `plain` and `with_files` are the seconds of processor time that it took to read and judge each mail, those without
    attachments apart.
    """

    by_files: dict[str, Counts] = field(default_factory=_table)
    by_words: dict[str, Counts] = field(default_factory=_table)
    answers: dict[str, list[bool]] = field(default_factory=_answers)
    plain: list[float] = field(default_factory=list)
    with_files: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def score(folder: Path, policy_named: Callable[[str], Policy]) -> Score:
    """Every labelled mail of a folder, read and compared. `policy_named` finds the policy that a label names.

    Raises ConfigurationMistakes where the folder, a label or a mail cannot be read, all mistakes together.
    """
    result = Score()
    labels = labels_in(folder)
    policies = {name: policy_named(name) for name in dict.fromkeys(label.policy for label in labels)}
    if mistakes := [words for label in labels for words in _not_required(label, policies[label.policy])]:
        raise ConfigurationMistakes(mistakes)
    for label in labels:
        policy = policies[label.policy]
        raw = (folder / label.file).read_bytes()
        start = process_time()
        mail = read(raw, frozenset())
        assessment = assess(mail, policy)
        (result.with_files if mail.attachments else result.plain).append(process_time() - start)
        _compare_requirements(result, label, assessment, policy)
        _compare_judgement(result, label, assessment)
    return result


def labels_in(folder: Path) -> tuple[Label, ...]:
    """The labels of a folder whose mails are all there. Raises ConfigurationMistakes with every mistake."""
    path = folder / LABELS
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()  # editors of Windows begin a file with a mark
    except (OSError, UnicodeDecodeError) as trouble:
        raise ConfigurationMistakes([f"{path}: cannot be read: {trouble}"]) from None
    labels: list[Label] = []
    mistakes: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = Label.model_validate(json.loads(line))
        except ValidationError as trouble:
            mistakes += [f"{path}:{number}: {_place(one['loc'])}: {one['msg']}" for one in trouble.errors()]
        except ValueError as trouble:
            mistakes.append(f"{path}:{number}: is no JSON object: {trouble}")
        else:
            labels.append(label)
            if not (folder / label.file).is_file():
                mistakes.append(f"{path}:{number}: there is no file {label.file}")
    if mistakes or not labels:
        raise ConfigurationMistakes(mistakes or [f"{path}: holds no labels"])
    return tuple(labels)


def report(result: Score) -> Iterator[str]:
    """The lines that a person reads: the tables, the time it took, and what was read wrongly."""
    for title, table in (("decided by files", result.by_files), ("decided by words", result.by_words)):
        if not table:
            continue
        yield f"{title:24} {'TP':>4} {'FP':>4} {'FN':>4} {'F1':>6}"
        for item, counts in sorted(table.items()):
            one = (counts.true_positive, counts.false_positive, counts.false_negative)
            yield f"  {item:22} {one[0]:4} {one[1]:4} {one[2]:4} {counts.f1:6.3f}"
        yield f"  {'macro-F1':37} {macro_f1(table):6.3f}"
    for question, answers in result.answers.items():
        yield f"{question:24} {sum(answers)}/{len(answers)} {sum(answers) / len(answers):.3f}"
    for mails, seconds in (("mails without attachments", result.plain), ("mails with them", result.with_files)):
        if seconds:
            middle, longest = 1000 * median(seconds), 1000 * max(seconds)
            yield f"{len(seconds)} {mails}: median {middle:.1f} ms of processor time, longest {longest:.1f} ms"
    yield from result.wrong


def macro_f1(table: dict[str, Counts]) -> float:
    """The mean F1 of the requirements of a table, each counted once however often it was asked."""
    return mean(counts.f1 for counts in table.values())


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(one) for one in location) or f"a label names {', '.join(Label.model_fields)}"


def _not_required(label: Label, policy: Policy) -> Iterator[str]:
    known = [one.id for one in policy.requirements]
    for item in label.requirements:
        if item not in known:
            yield f"{label.file}: {policy.name} requires no {item}; it requires {', '.join(known)}"


def _compare_requirements(result: Score, label: Label, found: Assessment, policy: Policy) -> None:
    findings = {one.item: one for one in found.findings}
    for requirement in (one for one in policy.requirements if one.id in label.requirements):
        item, expected = requirement.id, label.requirements[requirement.id]
        table = result.by_files if requirement.given_by == "files" else result.by_words
        met = findings[item].met
        table[item].true_positive += met and expected
        table[item].false_positive += met and not expected
        table[item].false_negative += expected and not met
        if met != expected:
            said = "is given, but was not found" if expected else f"is not given, but was read in {_told(found, item)}"
            result.wrong.append(f"{label.file}: {item} {said}")


def _told(found: Assessment, item: str) -> str:
    return next((one.evidence or "an earlier mail" for one in found.findings if one.item == item), "")


def _compare_judgement(result: Score, label: Label, found: Assessment) -> None:
    level = found.level
    compared: list[tuple[str, object, object, bool]] = [
        ("level exact", label.severity.expected, level.suggested, level.suggested == label.severity.expected),
        (
            "level within one",
            label.severity.expected,
            level.suggested,
            abs(level.suggested - label.severity.expected) <= 1,
        ),
        ("stated level", label.severity.stated, level.stated, level.stated == label.severity.stated),
        ("kind", label.kind, found.kind, found.kind == label.kind),
    ]
    if label.dbha is not None:
        compared.append(("dbha", label.dbha, found.dbha, found.dbha == label.dbha))
    for question, expected, told, right in compared:
        result.answers[question].append(right)
        if not right:
            why = f" ({level.because})" if "level" in question else ""
            result.wrong.append(f"{label.file}: {question} should be {expected}, read as {told}{why}")
