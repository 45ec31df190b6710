"""What both training scripts share: features as a matrix, and how they are weighed."""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

FOLDS = 10
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A column for each feature that is seen often enough, and how much it counts: rare words tell more."""

    columns: Mapping[str, int]
    rarity: np.ndarray

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> csr_matrix:
        """The known features of each row; long and short rows weigh the same."""
        data, columns, starts = [], [], [0]
        for row in rows:
            known = [(self.columns[name], value) for name, value in row.items() if name in self.columns]
            share = 1 / math.sqrt(len(known)) if known else 0.0
            columns += [column for column, _ in known]
            data += [value * share * self.rarity[column] for column, value in known]
            starts.append(len(columns))
        return csr_matrix((data, columns, starts), shape=(len(rows), len(self.columns)))


def vocabulary(rows: Sequence[Mapping[str, float]], least_seen: int) -> Vocabulary:
    seen = Counter(name for row in rows for name in row)
    often = sorted(name for name, times in seen.items() if times >= least_seen)
    rarity = np.array([math.log(len(rows) / seen[name]) for name in often])
    return Vocabulary(columns={name: column for column, name in enumerate(often)}, rarity=rarity)


def folds(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Which rows teach and which are judged, ten times; always the same."""
    return list(KFold(FOLDS, shuffle=True, random_state=SEED).split(range(count)))


def fitted(rows: csr_matrix | np.ndarray, truths: np.ndarray, strength: float) -> LogisticRegression:
    """A logistic regression; the greater `strength`, the more it believes the rows."""
    return LogisticRegression(C=strength, max_iter=2000).fit(rows, truths)


def telling(known: Vocabulary, weights: np.ndarray, least: float) -> dict[str, list[float]]:
    """The rows of the features of which some weight is large enough to matter."""
    matter = np.abs(weights).max(axis=1) >= least
    return {name: weights[column].tolist() for name, column in known.columns.items() if matter[column]}


def compact(value: object) -> str:
    """JSON on one line, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
