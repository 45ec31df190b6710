"""Which detail a sentence gives, judged by its words: a small model trained on `sentences.tsv`.

`bench/train_sentences.py` makes `sentences.json` of the table and says how well each detail is told.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from mailproc.desk.words.weights import WeightTable, unpacked

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
    "q": "question",
    "h": "wish",
    "p": "other-vendor",
    "x": "expedite",
}
"""The letters of the table, and what they stand for."""

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.:]\d+)*|[?%]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff々ー]+")
"""Japanese and Chinese, written without spaces between words."""

_LONGEST = 1_000
_MOST_WORDS = 80
_STEM = 6
_PIECES = (3, 4)
_UNSPACED_PIECES = (1, 2, 3)
_LENGTHS = (4, 8, 15, 25)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEGATIONS = _words(
    "no not t never none nothing nobody cannot without neither nor kein keine keinen nicht nichts niemand ohne pas "
    "n aucun aucune rien personne sans jamais nada nadie sin nunca ningún ninguna não nenhum nenhuma ninguém sem"
)
_LATER = _words(
    "will ll shall going may might can could would should please once if wird werde werden würde sobald falls bitte "
    "sera serons va vais allons voy vamos será favor vou irá se si"
)
_OURSELVES = _words("i we my our ich wir je nous on eu nós nosotros")


@lru_cache(maxsize=1024)
def features(text: str) -> frozenset[str]:
    """The signs of a sentence: stems and pairs of stems, pieces of words, and what its grammar and length show.

    Pieces tell what stems miss: other endings, slips of the pen, Japanese. Numbers count by their shape.
    """
    lower = text[:_LONGEST].lower()
    found = _WORD.findall(_UNSPACED.sub(" ", lower))[:_MOST_WORDS]
    words = [_shape(word) for word in found]
    stems = ["^", *(word[:_STEM] for word in words), "$"]
    return frozenset(
        (
            *stems[1:-1],
            *(f"{first} {second}" for first, second in pairwise(stems)),
            *(f"~{piece}" for word in words for piece in _pieces(f" {word} ", _PIECES)),
            *(f"~{piece}" for run in _UNSPACED.findall(lower) for piece in _pieces(run, _UNSPACED_PIECES)),
            *_signs(lower, words),
        )
    )


def likelihood(text: str, detail: str) -> float:
    """How likely it is, from 0 to 1, that the sentence gives this detail; calibrated on sentences not trained on."""
    return _likelihoods(text)[detail]


def _shape(word: str) -> str:
    if not word[0].isdigit():
        return word
    return "0:0" if ":" in word else "0.0" if "." in word else "0"


def _pieces(word: str, lengths: tuple[int, ...]) -> Iterator[str]:
    return (word[at : at + length] for length in lengths for at in range(len(word) - length + 1))


def _signs(lower: str, words: list[str]) -> Iterator[str]:
    """What the sentence shows besides its words; the name of a sign holds a mark that no word holds."""
    yield f"#length {sum(len(words) >= length for length in _LENGTHS)}"
    there = set(words)
    shown = (
        ("#negation", there & _NEGATIONS),
        ("#later", there & _LATER),
        ("#ourselves", there & _OURSELVES),
        ("#past", any(word.endswith("ed") for word in words)),
        ("#number", "0" in there or "0:0" in there or "0.0" in there),
        ("#quoted", '"' in lower or "“" in lower or "'" in lower),
    )
    yield from (name for name, holds in shown if holds)


@lru_cache(maxsize=1024)
def _likelihoods(text: str) -> Mapping[str, float]:
    scores = _table().scores(dict.fromkeys(features(text), 1.0))
    return {detail: 1 / (1 + math.exp(-score)) for detail, score in zip(DETAILS.values(), scores, strict=True)}


@cache
def _table() -> WeightTable:
    return unpacked(json.loads((files("mailproc.desk.words") / "sentences.json").read_text(encoding="utf-8")))
