"""Which detail a sentence gives, judged by its words: a small model trained on `sentences.tsv`."""

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

DETAILS = {
    "d": "description",
    "t": "timeline",
    "r": "troubleshooting",
    "b": "business-impact",
    "c": "recent-changes",
    "e": "environment",
    "1": "outage",
    "2": "severe",
    "3": "limited",
    "4": "harmless",
    "w": "workaround",
}
"""The letters of the table, and what they stand for."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d+(?:[.:]\d+)*|[\u3040-\u30ff]{2}|[?%]")
_MOST_WORDS = 80
_STEM = 6


def features(text: str) -> frozenset[str]:
    """The signs of a sentence: its words cut to their stems, numbers by their shape, and a bias (the empty sign).

    Pairs of words were tried and make it worse: the table is too small for them.
    """
    words = (_shape(word) for word in _WORD.findall(text.lower())[:_MOST_WORDS])
    return frozenset({"", *(word[:_STEM] for word in words)})


def _shape(word: str) -> str:
    if not word[0].isdigit():
        return word
    return "0:0" if ":" in word else "0.0" if "." in word else "0"


def likelihood(text: str, detail: str) -> float:
    """How likely it is, from 0 to 1, that the sentence gives this detail."""
    weights = _models()[detail]
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) for name in features(text))))


@cache
def _models() -> Mapping[str, Mapping[str, float]]:
    text = (files("mailproc.desk") / "sentences.json").read_text(encoding="utf-8")
    return {detail: dict(weights) for detail, weights in json.loads(text).items()}
