"""Trains the triage of whole mails, its level and its kind, from labelled mails of our own: `make train`.

The mails are those of tests/mails: support, fresh, strangers, everyday and short. First the words of whole mails are
learned; what they say of mails that they did not learn from is weighed together with the signs of sentences and the
phrases. Printed is how well ten models that each miss a tenth of the mails judge that tenth.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.learning import compact, fitted, folds, telling, vocabulary
from mailproc.cli.accuracy import LABELS, Label
from mailproc.config import load_policy
from mailproc.desk.completeness import passages_of
from mailproc.desk.words.passages import Passage, passages
from mailproc.desk.words.triage import KINDS, LEVELS, bag_of, shown_by
from mailproc.desk.words.triage import telling as sentences_of
from mailproc.desk.words.weights import packed
from mailproc.reading.parse import read

HERE = Path(__file__).parents[1]
MAILS = HERE / "tests/mails"
MODEL = HERE / "mailproc/desk/words/triage.json"
LEAST_SEEN = 3
LEAST_WEIGHT = 0.3
OF_WORDS, OF_ALL = 1.0, 1.0
"""How strongly the words of whole mails are believed, and everything together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A labelled mail as the model sees it."""

    bag: dict[str, float]
    shown: tuple[float, ...]
    level: int
    kind: int


def examples() -> Iterator[Example]:
    """Every labelled mail of our own."""
    for folder in (MAILS / name for name in ("support", "fresh", "strangers", "everyday")):
        for line in (folder / LABELS).read_text(encoding="utf-8").splitlines():
            label = Label.model_validate(json.loads(line))
            policy = load_policy(label.policy)
            mail = read((folder / label.file).read_bytes(), frozenset())
            found = passages_of(mail, policy)
            yield _example(found, mail.subject, label.severity.expected, label.kind, duty=policy.for_duty_manager)
    for path in sorted((MAILS / "short").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            duty = one["policy"] == "duty-manager"
            yield _example(passages(one["text"]), one["subject"], one["expected"], one["kind"], duty=duty)


def _example(found: tuple[Passage, ...], subject: str, level: int, kind: str, *, duty: bool) -> Example:
    sentences = sentences_of(found, subject)
    return Example(
        bag=dict(bag_of(sentences)),
        shown=shown_by(sentences, for_duty_manager=duty),
        level=LEVELS.index(str(level)),
        kind=[str(one) for one in KINDS].index(kind),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """Both parts of the model."""

    table: dict[str, object]
    weights: dict[str, np.ndarray]
    bag: "Bag"

    def judged(self, rows: list[Example]) -> dict[str, np.ndarray]:
        everything = np.hstack([np.array([row.shown for row in rows]), self.bag.shares(rows), np.ones((len(rows), 1))])
        return {name: (everything @ weights.T).argmax(axis=1) for name, weights in self.weights.items()}


class Bag:
    """What the words of whole mails say of level and kind."""

    def __init__(self, rows: list[Example]) -> None:
        self.known = vocabulary([row.bag for row in rows], LEAST_SEEN)
        matrix = self.known.matrix([row.bag for row in rows])
        self.fits = [
            fitted(matrix, np.array([row.level for row in rows]), OF_WORDS),
            fitted(matrix, np.array([row.kind for row in rows]), OF_WORDS),
        ]

    def shares(self, rows: list[Example]) -> np.ndarray:
        matrix = self.known.matrix([row.bag for row in rows])
        return np.hstack([fit.predict_proba(matrix) for fit in self.fits])

    def packed(self) -> dict[str, object]:
        weights = np.hstack([(fit.coef_ * self.known.rarity).T for fit in self.fits])
        intercepts = np.hstack([fit.intercept_ for fit in self.fits])
        return packed(intercepts.tolist(), telling(self.known, weights, LEAST_WEIGHT))


def trained(rows: list[Example]) -> Trained:
    """The model of these mails; the words are weighed by what they say of mails that they were not learned from."""
    shares = np.zeros((len(rows), len(LEVELS) + len(KINDS)))
    for taught, strangers in folds(len(rows)):
        shares[strangers] = Bag([rows[at] for at in taught]).shares([rows[at] for at in strangers])
    everything = np.hstack([np.array([row.shown for row in rows]), shares])
    fits = {
        "level": fitted(everything, np.array([row.level for row in rows]), OF_ALL),
        "kind": fitted(everything, np.array([row.kind for row in rows]), OF_ALL),
    }
    weights = {name: np.hstack([fit.coef_, fit.intercept_.reshape(-1, 1)]) for name, fit in fits.items()}
    bag = Bag(rows)
    return Trained(table=bag.packed(), weights=weights, bag=bag)


def report(rows: list[Example]) -> Iterator[str]:
    """How well strangers are judged."""
    right: dict[str, list[bool]] = {"level": [], "level within one": [], "kind": []}
    for taught, strangers in folds(len(rows)):
        unseen = [rows[at] for at in strangers]
        judged = trained([rows[at] for at in taught]).judged(unseen)
        apart = [abs(level - row.level) for level, row in zip(judged["level"], unseen, strict=True)]
        right["level"] += [one == 0 for one in apart]
        right["level within one"] += [one <= 1 for one in apart]
        right["kind"] += [kind == row.kind for kind, row in zip(judged["kind"], unseen, strict=True)]
    yield "| question | mails | right |"
    yield "|---|---:|---:|"
    yield from (f"| {name} | {len(answers)} | {np.mean(answers):.3f} |" for name, answers in right.items())


def main() -> None:
    """Cross-validates, prints the table, and writes the model of all mails."""
    rows = list(examples())
    print("\n".join(report(rows)))
    model = trained(rows)
    weights = {name: np.round(one, 3).tolist() for name, one in model.weights.items()}
    MODEL.write_text(compact({"bag": model.table, **weights}), encoding="utf-8")


if __name__ == "__main__":
    main()
