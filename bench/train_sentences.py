"""Trains the sentence model from mailproc/desk/words/sentences.tsv: `python bench/train_sentences.py`.

One logistic regression for each detail, by stochastic gradient descent with a penalty on large weights. Ten models
that each miss a tenth of the table judge that tenth: from their scores come the calibration (a logistic curve, after
Platt), the least likelihood that counts (the best F0.5: precision before recall), and the table that is printed.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from mailproc.desk.words.sentences import DETAILS, STEPS, features

WORDS = Path(__file__).parents[1] / "mailproc/desk/words"
FOLDS = 10
EPOCHS = 12
RATE = 2.0
PENALTY = 2e-5
LEAST_SEEN = 2
"""A feature of one sentence alone tells nothing about others."""
LEAST_WEIGHT = 6
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of the table: its features in a fixed order, and the details that it gives."""

    names: tuple[str, ...]
    details: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The known features of a sentence by their numbers, and the share of each in its score."""

    numbers: tuple[int, ...]
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A trained detail: a weight for each feature number, and the intercept."""

    weights: list[float]
    intercept: float

    def score(self, known: Known) -> float:
        """The log-odds, not yet calibrated, that the sentence gives the detail."""
        return self.intercept + known.share * sum(map(self.weights.__getitem__, known.numbers))


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


def examples() -> list[Example]:
    """Every sentence of the table, shuffled so that its themes spread over the folds."""
    lines = (WORDS / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t", 1) for line in lines if "\t" in line]
    random.Random(SEED).shuffle(rows)
    return [
        Example(
            names=tuple(sorted(features(text))),
            details=frozenset(DETAILS[letter] for letter in labels.split(",") if letter in DETAILS),
        )
        for labels, text in rows
    ]


def vocabulary(rows: list[Example]) -> dict[str, int]:
    """A number for each feature that is seen often enough."""
    seen = Counter(name for row in rows for name in row.names)
    often = sorted(name for name, times in seen.items() if times >= LEAST_SEEN)
    return {name: number for number, name in enumerate(often)}


def known(row: Example, numbers: dict[str, int]) -> Known:
    """A sentence as the model sees it: long and short ones weigh the same."""
    found = tuple(numbers[name] for name in row.names if name in numbers)
    return Known(numbers=found, share=1 / math.sqrt(len(found)) if found else 0.0)


def rarity(rows: list[Example], numbers: dict[str, int]) -> list[float]:
    """Of every feature how much it learns from a sentence: rare words tell more than common ones; the mean is one."""
    seen = Counter(name for row in rows for name in row.names if name in numbers)
    shares = [math.log(len(rows) / seen[name]) ** 2 for name in numbers]
    usual = sum(share * seen[name] for name, share in zip(numbers, shares, strict=True)) / seen.total()
    return [share / usual for share in shares]


def train(rows: list[Known], truths: list[bool], rarities: list[float]) -> Fit:
    """The weights after all epochs. They are kept divided by `shrunk`, so that the penalty costs one product a step."""
    chance = random.Random(SEED)
    weights, intercept, shrunk = [0.0] * len(rarities), -1.0, 1.0
    order = list(range(len(rows)))
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        rate = RATE / (1 + epoch / 3)
        for at in order:
            row = rows[at]
            score = intercept + shrunk * row.share * sum(map(weights.__getitem__, row.numbers))
            error = truths[at] - probability(score)
            shrunk *= 1 - rate * PENALTY
            if abs(error) > 0.02:
                step = rate * error * row.share / shrunk
                for number in row.numbers:
                    weights[number] += step * rarities[number]
                intercept += rate * error / 10
    return Fit(weights=[weight * shrunk for weight in weights], intercept=intercept)


def probability(score: float) -> float:
    """The logistic function, for scores of any size."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def scores_of_strangers(rows: list[Example]) -> dict[str, list[float]]:
    """Of every detail the score of each sentence by a model that was not trained on it."""
    scores = {detail: [0.0] * len(rows) for detail in DETAILS.values()}
    for fold in range(FOLDS):
        taught = [row for at, row in enumerate(rows) if at % FOLDS != fold]
        numbers = vocabulary(taught)
        seen = [known(row, numbers) for row in taught]
        rarities = rarity(taught, numbers)
        strangers = [(at, known(row, numbers)) for at, row in enumerate(rows) if at % FOLDS == fold]
        for detail in DETAILS.values():
            fit = train(seen, [detail in row.details for row in taught], rarities)
            for at, stranger in strangers:
                scores[detail][at] = fit.score(stranger)
    return scores


def quality(scores: list[float], truths: list[bool]) -> Quality:
    """The calibration of a detail, and what the best threshold gives."""
    slope, offset = calibration(scores, truths)
    given, right, best = sum(truths), 0, (0.0, 0.0, 0.0, 1.0)
    for count, (score, truth) in enumerate(sorted(zip(scores, truths, strict=True), reverse=True), start=1):
        right += truth
        precision, recall = right / count, right / given
        f_half = 1.25 * precision * recall / (0.25 * precision + recall) if right else 0.0
        best = max(best, (f_half, precision, recall, probability(slope * score + offset)))
    return Quality(slope=slope, offset=offset, least=best[3], precision=best[1], recall=best[2], given=given)


def calibration(scores: list[float], truths: list[bool]) -> tuple[float, float]:
    """Slope and offset of the logistic curve that turns scores into likelihoods, by Newton's method."""
    slope, offset = 1.0, 0.0
    for _ in range(30):
        guesses = [probability(slope * score + offset) for score in scores]
        errors = [truth - guess for truth, guess in zip(truths, guesses, strict=True)]
        spread = [guess * (1 - guess) for guess in guesses]
        of_slope = sum(error * score for error, score in zip(errors, scores, strict=True))
        of_offset = sum(errors)
        slopes = sum(one * score * score for one, score in zip(spread, scores, strict=True)) + 1e-9
        mixed = sum(one * score for one, score in zip(spread, scores, strict=True))
        offsets = sum(spread) + 1e-9
        area = slopes * offsets - mixed * mixed
        slope += (offsets * of_slope - mixed * of_offset) / area
        offset += (slopes * of_offset - mixed * of_slope) / area
    return slope, offset


def model_file(rows: list[Example], qualities: dict[str, Quality]) -> str:
    """The model of all sentences, one feature on a line; the calibration is multiplied into it."""
    numbers = vocabulary(rows)
    rarities = rarity(rows, numbers)
    seen = [known(row, numbers) for row in rows]
    details, columns = {}, []
    for detail, one in qualities.items():
        fit = train(seen, [detail in row.details for row in rows], rarities)
        details[detail] = (round(one.slope * fit.intercept + one.offset, 3), round(one.least, 3))
        columns.append([round(STEPS * one.slope * weight) for weight in fit.weights])
    weights = zip(numbers, zip(*columns, strict=True), strict=True)
    lines = ",\n".join(f"{_text(name)}:{_text(row)}" for name, row in weights if _tells(row))
    return f'{{"details":{_text(details)},\n"weights":{{\n{lines}\n}}}}\n'


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tells(row: tuple[int, ...]) -> bool:
    return any(abs(weight) >= LEAST_WEIGHT for weight in row)


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
    rows = examples()
    scores = scores_of_strangers(rows)
    qualities = {detail: quality(scores[detail], [detail in row.details for row in rows]) for detail in scores}
    print("\n".join(report(qualities)))
    (WORDS / "sentences.json").write_text(model_file(rows, qualities), encoding="utf-8")


if __name__ == "__main__":
    main()
