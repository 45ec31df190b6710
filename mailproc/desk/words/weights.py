"""Tables of trained weights: for each feature one small whole number for each thing that is judged.

A table lies in package data as JSON: `names`, one feature a line, and `rows`, the weights as signed octets in
base64, so that tens of thousands of features are read in milliseconds.
"""

import math
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEPS = 10
"""So many steps of a whole number make one."""

_LEAST, _MOST = -128, 127


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTable:
    """The rows of the known features, and the intercept of each column."""

    intercepts: Sequence[float]
    numbers: Mapping[str, int]
    rows: memoryview

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """For each column its intercept and the weights of the known features; many and few weigh the same."""
        width = len(self.intercepts)
        rows: defaultdict[float, list[memoryview]] = defaultdict(list)
        for name, value in features.items():
            if (number := self.numbers.get(name)) is not None:
                rows[value].append(self.rows[number * width : (number + 1) * width])
        share = 1 / (STEPS * math.sqrt(sum(map(len, rows.values())) or 1))
        weighed = ([value * share * sum(column) for column in zip(*of, strict=True)] for value, of in rows.items())
        return [sum(column) for column in zip(self.intercepts, *weighed, strict=True)]


def packed(intercepts: Sequence[float], rows: Mapping[str, Sequence[float]]) -> dict[str, object]:
    """The table as JSON holds it. Weights beyond what an octet holds are cut."""
    octets = bytes(
        max(_LEAST, min(_MOST, round(STEPS * weight))) & 0xFF for weights in rows.values() for weight in weights
    )
    return {
        "intercepts": [round(one, 3) for one in intercepts],
        "names": "\n".join(rows),
        "rows": b64encode(octets).decode("ascii"),
    }


def unpacked(table: Mapping[str, object]) -> WeightTable:
    """The table that `packed` made."""
    intercepts, names, rows = table["intercepts"], table["names"], table["rows"]
    assert isinstance(intercepts, list)
    return WeightTable(
        intercepts=intercepts,
        numbers={name: number for number, name in enumerate(str(names).split("\n"))},
        rows=memoryview(b64decode(str(rows))).cast("b"),
    )
