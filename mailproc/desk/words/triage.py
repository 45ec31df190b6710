"""Which level and which kind of request a whole mail describes, weighed from all that its words show.

Three things are weighed together: the signs of its sentences (`sentences.py`), the phrases of the phrasebook that are
found, and the words of the mail as a whole. `bench/train_triage.py` makes `triage.json` of labelled mails of our own
and says how well they are told.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mailproc.desk.policy import Policy, RequestKind
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import phrases
from mailproc.desk.words.sentences import features, likelihood
from mailproc.desk.words.weights import WeightTable, unpacked

LEVELS = ("1", "2", "3", "4")
KINDS: tuple[RequestKind, ...] = ("problem", "question", "enhancement", "third-party", "escalation")

SIGNS = (
    "outage",
    "severe",
    "limited",
    "harmless",
    "workaround",
    "business-impact",
    "description",
    "question",
    "wish",
    "other-vendor",
    "expedite",
)
"""The details of sentences that tell something of the level or the kind."""

PHRASES = {
    name: phrases(name)
    for name in (
        "OUTAGE",
        "WHOLE",
        "NO_WAY_AROUND",
        "HOLDS",
        "FREQUENT",
        "CANNOT_DEPLOY",
        "SEVERE",
        "LIMITED",
        "HARMLESS_LEVEL",
        "HARMLESS",
        "ENHANCEMENT",
        "QUESTION",
        "THIRD_PARTY",
        "OTHER_VENDOR",
        "PLATFORM_WELL",
        "EXPEDITE",
        "CALM",
        "SYMPTOM",
    )
}
"""The sections of the phrasebook that speak of the level or the kind."""

TOGETHER = (
    ("outage", "workaround"),
    ("severe", "workaround"),
    ("limited", "workaround"),
    ("harmless", "workaround"),
    ("outage", "harmless"),
    ("outage", "HOLDS"),
    ("severe", "HOLDS"),
    ("OUTAGE", "HOLDS"),
    ("SEVERE", "HOLDS"),
    ("FREQUENT", "HOLDS"),
    ("OUTAGE", "workaround"),
    ("NO_WAY_AROUND", "workaround"),
    ("NO_WAY_AROUND", "OUTAGE"),
)
"""Signs and phrases that tell something else together than each by itself: a way round changes how grave it is."""

_LONGEST = 600
"""In characters; what is longer without a full stop is pasted output."""
_ELSEWHERE = ("log-messages", "console-output", "routing", "recent-changes")
"""Topics whose answers say nothing of how grave it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """How likely each level and each kind is, from 0 to 1, by all words of a mail."""

    levels: Mapping[int, float]
    kinds: Mapping[RequestKind, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """`triage.json`: the weights of the words of whole mails, and those of everything together."""

    bag: WeightTable
    level: Sequence[Sequence[float]]
    kind: Sequence[Sequence[float]]


def triage(found: Iterable[Passage], subject: str, *, for_duty_manager: bool) -> Triage:
    """What the passages and the subject of a mail speak for."""
    model = _model()
    sentences = telling(found, subject)
    shown = (*shown_by(sentences, for_duty_manager=for_duty_manager), *_by_words(sentences, model.bag))
    levels = _shares(_scores(model.level, shown))
    kinds = _shares(_scores(model.kind, shown))
    return Triage(
        levels={int(level): share for level, share in zip(LEVELS, levels, strict=True)},
        kinds=dict(zip(KINDS, kinds, strict=True)),
    )


def kind_of_request(weighed: Triage, policy: Policy) -> RequestKind:
    """The likeliest kind. Whatever is sent to the duty manager is an escalation: he hears of it, whatever it is."""
    if policy.for_duty_manager:
        return "escalation"
    return max(weighed.kinds, key=lambda kind: weighed.kinds[kind])


def telling(found: Iterable[Passage], subject: str) -> tuple[str, ...]:
    """The sentences that may tell of the level or the kind, the subject last; promises tell of neither."""
    told = (one for one in found if not (one.promises or one.is_output or one.topic in _ELSEWHERE))
    return (*(one.text for one in told if len(one.text) <= _LONGEST), subject)


def shown_by(sentences: Sequence[str], *, for_duty_manager: bool) -> tuple[float, ...]:
    """What a mail shows, in a fixed order.

    For each sign its strongest sentences, each phrase, what is found together, its size, its policy.
    """
    words = " \n".join(sentences).lower()
    strengths = {sign: tuple(_strength(sign, sentences)) for sign in SIGNS}
    found = {name: float(bool(pattern.search(words))) for name, pattern in PHRASES.items()}
    shown = {**{sign: values[0] for sign, values in strengths.items()}, **found}
    return (
        *(value for values in strengths.values() for value in values),
        *found.values(),
        *(shown[one] * shown[other] for one, other in TOGETHER),
        min(len(sentences), 30) / 10,
        float(any(one.rstrip().endswith("?") for one in sentences)),
        float(for_duty_manager),
    )


def bag_of(sentences: Iterable[str]) -> Mapping[str, float]:
    """The features of all sentences of a mail; one that stands in several weighs more."""
    seen = Counter(name for one in sentences for name in features(one))
    return {name: 1 + math.log(times) for name, times in seen.items()}


def strongest(sign: str, sentences: Iterable[str]) -> tuple[float, str]:
    """The sentence that shows a sign most likely, with its likelihood."""
    return max(((likelihood(one, sign), one) for one in sentences), default=(0.0, ""))


def _strength(sign: str, sentences: Iterable[str]) -> Iterator[float]:
    likely = sorted((likelihood(one, sign) for one in sentences), reverse=True)
    yield from (*likely, 0.0, 0.0, 0.0)[:3]
    yield min(sum(one for one in likely if one > 0.1), 3.0)


def _by_words(sentences: Sequence[str], bag: WeightTable) -> tuple[float, ...]:
    """How likely each level and each kind is by the words of the whole mail alone."""
    scores = bag.scores(bag_of(sentences))
    return (*_shares(scores[: len(LEVELS)]), *_shares(scores[len(LEVELS) :]))


def _scores(weights: Sequence[Sequence[float]], shown: Sequence[float]) -> list[float]:
    """The intercept stands last in each row."""
    return [sum(map(float.__mul__, row, (*shown, 1.0))) for row in weights]


def _shares(scores: Sequence[float]) -> list[float]:
    """Scores as shares of one (softmax)."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    return [power / sum(powers) for power in powers]


@cache
def _model() -> _Model:
    read = json.loads((files("mailproc.desk.words") / "triage.json").read_text(encoding="utf-8"))
    return _Model(bag=unpacked(read["bag"]), level=read["level"], kind=read["kind"])
