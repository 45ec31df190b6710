"""How well `assess` reads labelled support mail: `python bench/support_accuracy.py [DIR]`.

DIR holds .eml files and labels.jsonl; a line names file, policy, severity, requirements, dbha and kind. Printed are
counts and F1 of every requirement, their means, and each wrong reading with the words it rests on.
"""

import json
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from typing import Any

from mailproc.desk.completeness import Assessment, assess
from mailproc.desk.policy import Policy
from mailproc.reading.parse import read

POLICIES = Path(__file__).parents[1] / "mailproc/desk/policies"
SAMPLES = Path(__file__).parents[1] / "tests/mails/support"


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


@dataclass(slots=True)
class Score:
    """The whole result: counts by requirement, answers right or wrong, times in seconds, wrong ones in words."""

    by_files: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    by_words: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    answers: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def score(folder: Path) -> Score:
    """Every labelled mail of a folder, read and compared."""
    policies = {path.stem: _policy(path) for path in POLICIES.glob("*.toml")}
    result = Score()
    for label in _labels(folder):
        mail = read((folder / label["file"]).read_bytes(), frozenset())
        start = time.perf_counter()
        assessment = assess(mail, policies[label["policy"]])
        result.seconds.append(time.perf_counter() - start)
        _compare(result, label, assessment, policies[label["policy"]])
    return result


def report(result: Score) -> Iterator[str]:
    """The lines that a person reads."""
    for title, table in (("decided by files", result.by_files), ("decided by words", result.by_words)):
        yield f"{title:24} {'TP':>4} {'FP':>4} {'FN':>4} {'F1':>6}"
        for item, counts in sorted(table.items()):
            one = (counts.true_positive, counts.false_positive, counts.false_negative)
            yield f"  {item:22} {one[0]:4} {one[1]:4} {one[2]:4} {counts.f1:6.3f}"
        if table:
            yield f"  {'macro-F1':37} {mean(counts.f1 for counts in table.values()):6.3f}"
    for name, answers in result.answers.items():
        yield f"{name:24} {sum(answers)}/{len(answers)} {sum(answers) / len(answers):.3f}"
    yield f"median {1000 * median(result.seconds):.1f} ms, longest {1000 * max(result.seconds):.1f} ms"
    yield from result.wrong


def _policy(path: Path) -> Policy:
    return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def _labels(folder: Path) -> Iterator[dict[str, Any]]:
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _compare(result: Score, label: dict[str, Any], found: Assessment, policy: Policy) -> None:
    name = label["file"]
    findings = {one.item: one for one in found.findings}
    for item, expected in label["requirements"].items():
        requirement = policy.requirement(item)
        by_files = requirement is not None and requirement.given_by == "files"
        counts = (result.by_files if by_files else result.by_words)[item]
        met = findings[item].met
        counts.true_positive += met and expected
        counts.false_positive += met and not expected
        counts.false_negative += expected and not met
        if met != expected:
            result.wrong.append(f"{name}: {item} should be {expected}: {findings[item].evidence}")
    severity = label["severity"]
    answers = {
        "level exact": found.level.suggested == severity["expected"],
        "level within one": abs(found.level.suggested - severity["expected"]) <= 1,
        "stated level": found.level.stated == severity["stated"],
        "kind": found.kind == label["kind"],
    }
    if "dbha" in label:
        answers["dbha"] = found.dbha == label["dbha"]
    for question, right in answers.items():
        result.answers[question].append(right)
        if not right:
            level = f"level {found.level.stated}/{found.level.suggested} ({found.level.because})"
            told = f"{level}, {found.kind}, dbha {found.dbha}"
            result.wrong.append(
                f"{name}: {question}, should be {severity}, {label['kind']}, {label.get('dbha')}: {told}"
            )


if __name__ == "__main__":
    print("\n".join(report(score(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES))))
