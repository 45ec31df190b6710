"""Trains the sentence model from mailproc/desk/words/sentences.tsv: `make train`.

One logistic regression for each detail. Ten models that each miss a tenth of the table judge that tenth: from their
scores come the calibration (after Platt), the least likelihood that counts (the best F0.5: precision before recall),
and the table that is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from sklearn.metrics import precision_recall_curve

from bench.learning import compact, fitted, folds, telling, vocabulary
from mailproc.desk.words.sentences import DETAILS, features
from mailproc.desk.words.weights import packed

WORDS = Path(__file__).parents[1] / "mailproc/desk/words"
LEAST_SEEN = 2
"""A feature of one sentence alone tells nothing about others."""
LEAST_WEIGHT = 0.6
"""A feature whose every weight is smaller is left out."""
STRENGTH = 1.0

Features = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well a detail is told in sentences that were not trained on, from the least likelihood on."""

    slope: float
    offset: float
    least: float
    precision: float
    recall: float
    given: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def table() -> tuple[list[Features], dict[str, np.ndarray]]:
    """The features of every sentence, and for each detail which of them give it."""
    lines = (WORDS / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines if "\t" in line]
    given = [{DETAILS[letter] for letter in letters.split(",") if letter in DETAILS} for letters, _ in rows]
    truths = {detail: np.array([detail in one for one in given]) for detail in DETAILS.values()}
    return [dict.fromkeys(features(text), 1.0) for _, text in rows], truths


def scores_of_strangers(rows: list[Features], truths: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of every detail the score of each sentence by a model that was not trained on it."""
    scores = {detail: np.zeros(len(rows)) for detail in truths}
    for taught, strangers in folds(len(rows)):
        known = vocabulary([rows[at] for at in taught], LEAST_SEEN)
        seen, unseen = known.matrix([rows[at] for at in taught]), known.matrix([rows[at] for at in strangers])
        for detail, given in truths.items():
            scores[detail][strangers] = fitted(seen, given[taught], STRENGTH).decision_function(unseen)
    return scores


def quality(scores: np.ndarray, given: np.ndarray) -> Quality:
    """The calibration of a detail, and what the best threshold gives."""
    curve = fitted(scores.reshape(-1, 1), given, 1e6)
    slope, offset = float(curve.coef_[0, 0]), float(curve.intercept_[0])
    precision, recall, least = precision_recall_curve(given, scores)
    f_half = 1.25 * precision * recall / np.maximum(0.25 * precision + recall, 1e-9)
    best = int(f_half[:-1].argmax())
    return Quality(
        slope=slope,
        offset=offset,
        least=float(1 / (1 + np.exp(-slope * least[best] - offset))),
        precision=float(precision[best]),
        recall=float(recall[best]),
        given=int(given.sum()),
    )


def model_file(rows: list[Features], truths: dict[str, np.ndarray], qualities: dict[str, Quality]) -> str:
    """The model of all sentences; calibration and rarity are multiplied into it."""
    known = vocabulary(rows, LEAST_SEEN)
    matrix = known.matrix(rows)
    fits = {detail: fitted(matrix, given, STRENGTH) for detail, given in truths.items()}
    columns = [one.slope * fits[detail].coef_[0] * known.rarity for detail, one in qualities.items()]
    intercepts = [one.slope * float(fits[detail].intercept_[0]) + one.offset for detail, one in qualities.items()]
    return compact(packed(intercepts, telling(known, np.stack(columns, axis=1), LEAST_WEIGHT)))


def report(qualities: dict[str, Quality]) -> Iterator[str]:
    """The lines that a person reads, as a table of Markdown."""
    yield "| detail | sentences | least | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for detail, one in qualities.items():
        yield f"| {detail} | {one.given} | {one.least:.2f} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
    columns = zip(*((one.precision, one.recall, one.f1) for one in qualities.values()), strict=True)
    yield "| mean | | | " + " | ".join(f"{mean(column):.3f}" for column in columns) + " |"


def main() -> None:
    """Cross-validates, prints the table, and writes the model of all sentences."""
    rows, truths = table()
    scores = scores_of_strangers(rows, truths)
    qualities = {detail: quality(scores[detail], given) for detail, given in truths.items()}
    print("\n".join(report(qualities)))
    (WORDS / "sentences.json").write_text(model_file(rows, truths, qualities), encoding="utf-8")


if __name__ == "__main__":
    main()
