"""Trains the sentence model from mailproc/desk/sentences.tsv: `python bench/train_sentences.py`.

One logistic regression for each detail over its words, by plain gradient descent.
"""

import json
import math
import random
from collections import defaultdict
from pathlib import Path

from mailproc.desk.sentences import DETAILS, features

DESK = Path(__file__).parents[1] / "mailproc/desk"
EPOCHS = 40
RATE = 0.35
PENALTY = 0.004
LEAST_WEIGHT = 0.08


def examples() -> list[tuple[frozenset[str], frozenset[str]]]:
    """The features and the details of every sentence of the table."""
    rows = (
        line.split("\t", 1)
        for line in (DESK / "sentences.tsv").read_text(encoding="utf-8").splitlines()
        if "\t" in line
    )
    return [
        (features(text), frozenset(DETAILS[letter] for letter in labels.split(",") if letter in DETAILS))
        for labels, text in rows
    ]


def train(rows: list[tuple[frozenset[str], frozenset[str]]]) -> dict[str, dict[str, float]]:
    """The weights of each detail's features; the empty feature is the bias."""
    chance = random.Random(7)
    models: dict[str, dict[str, float]] = {}
    for detail in DETAILS.values():
        weights: dict[str, float] = defaultdict(float)
        for epoch in range(EPOCHS):
            chance.shuffle(rows)
            rate = RATE / (1 + epoch / 8)
            for present, details in rows:
                _step(weights, present, float(detail in details), rate)
        models[detail] = {
            name: round(weight, 2) for name, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT
        }
    return models


def _step(weights: dict[str, float], present: frozenset[str], truth: float, rate: float) -> None:
    guess = 1 / (1 + math.exp(-sum(weights[name] for name in present)))
    for name in present:
        weights[name] += rate * ((truth - guess) - PENALTY * weights[name])


if __name__ == "__main__":
    (DESK / "sentences.json").write_text(
        json.dumps(train(examples()), ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
