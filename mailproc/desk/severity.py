"""Which level a writer names, and which one his words describe.

A named level is taken unless the words plainly say otherwise: an outage that is called 4, a spelling mistake
that is called 1.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailproc.desk.policy import Policy
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import pattern, phrases
from mailproc.desk.words.triage import PHRASES, Triage, strongest, telling


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFinding:
    """The level that was named, the one suggested, and why. `contradicted`: the words plainly speak against it."""

    stated: int | None
    suggested: int
    because: str
    contradicted: bool = False


_NAMED = phrases("NAMED")
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one eins un uno um een één ett",
            "two zwei deux dos dois due twee två",
            "three drei trois tres três tre drie",
            "four vier quatre cuatro quatro quattro fyra",
        ),
        start=1,
    )
    for word in words.split()
}
_SOME_LEVEL = re.compile(rf"{pattern('LEVEL_FIGURE')}([1-4]){pattern('LEVEL_END')}", re.IGNORECASE)
_ANY_FIGURE = re.compile(rf"(?<!\d)[1-4](?!\d)|\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_OTHER_CASE = phrases("OTHER_CASE")
_OUR_SCALE = phrases("OUR_SCALE")
_RAISED = phrases("RAISED")
_FROM_TO = phrases("FROM_TO")
_MOVED = phrases("LEVEL_MOVED")
_OPINION = phrases("LEVEL_OPINION")
_LEVEL_WANTED = phrases("LEVEL_WANTED")
_LEVEL_SUITS = phrases("LEVEL_SUITS")
_NOT_THIS = phrases("LEVEL_DENIED")
_FIGURE = re.compile(
    r"^\W*(?:[^\W\d]+[ :]+){0,3}?(?:sev|s|p)?\W{0,3}([1-4])(?![\d%]|\.\d|\s?[-–/|,]\s?[1-4])", re.IGNORECASE
)
_FIRST_WORD = re.compile(r"\W*([^\W\d]+)")
_TICKED = re.compile(r"(?:\[[xX✓✔]\]|\([xX✓✔]\)|[☒☑✅✔✓])\W{0,3}(?:sev\w*\s?|s|p)?([1-4])(?!\d)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([1-4])\)")

_READINGS: Mapping[int, tuple[tuple[str, str], ...]] = {
    1: (("OUTAGE", "an outage"),),
    2: (
        ("FREQUENT", "continuous or frequent instability"),
        ("CANNOT_DEPLOY", "a feature that cannot be deployed"),
        ("SEVERE", "severely degraded"),
        ("OUTAGE", "severely degraded"),
    ),
    3: (("LIMITED", "limited impact"), ("HOLDS", "a workaround that holds")),
    4: (("HARMLESS_LEVEL", "no impact on the business"), ("HARMLESS", "no impact on the business")),
}
"""The phrases that may speak for each level, and how they are then read."""
_SIGNS: Mapping[int, tuple[str, str]] = {
    1: ("outage", "an outage"),
    2: ("severe", "severely degraded"),
    3: ("limited", "limited impact"),
    4: ("harmless", "no impact on the business"),
}
"""The sign of sentences that may speak for each level, and how it is then read."""
_NO_SIGN = "the words speak for no other level"
_NOTHING_IMPAIRED = "it is a question or a wish, nothing is impaired"
_LIKELY = 0.4
"""From which likelihood on a sentence is quoted as the reason."""
_LIKELIER_THAN_NOT = 0.5
_HARDLY = 0.2
"""A named level is doubted where it and its neighbours are no likelier than this."""


def judge_level(found: tuple[Passage, ...], subject: str, policy: Policy, weighed: Triage) -> LevelFinding:
    """The level that a mail names and the one to work by."""
    stated = stated_level(found, subject)
    described, because = _described(policy, weighed, telling(found, subject))
    if stated is None or stated not in policy.levels:
        return LevelFinding(stated=None, suggested=described, because=because)
    if _is_contradicted(stated, described, weighed):
        return LevelFinding(
            stated=stated, suggested=described, because=f"level {stated} was named, but {because}", contradicted=True
        )
    return LevelFinding(stated=stated, suggested=stated, because=f"the writer names level {stated}")


def stated_level(found: Iterable[Passage], subject: str) -> int | None:
    """The level named in so many words: "Severity 2", "Sev-1", "P1", "Schweregrad 2". "Priority: high" names none.

    Where several are named, the one that is asked for: "it is P3, please raise it to P1" names 1. A level on the
    writer's own scale names none; "for you P3" beside it does.
    """
    told = tuple(found)
    for one in told:
        own_scale = _OTHER_CASE.search(f"{one.label} {one.text}")
        if one.topic == "level" and not (one.asks or own_scale) and (answered := _answered(one.text)):
            return answered
    sentences = [*(one.text for one in told if one.topic != "product"), subject]
    figures = [words for one in sentences if _ANY_FIGURE.search(words := unicodedata.normalize("NFKC", one))]
    named = [_NOT_THIS.sub(" ", words) for words in figures]
    about_this = [words for words in named if not _OTHER_CASE.search(words)]
    readings = (
        *(_on_our_scale(words) for words in named),
        *(_moved(words) for words in about_this),
        *(_wanted(words) for words in about_this),
        *(_number(_NAMED.search(words)) for words in about_this),
    )
    return next((level for level in readings if level), None)


def _on_our_scale(words: str) -> int | None:
    """The level beside "on your scale" or "for you", which tells it from the writer's own."""
    ours = _OUR_SCALE.search(words)
    if not ours:
        return None
    behind = _SOME_LEVEL.search(words, ours.end())
    return _number(behind or next(reversed(tuple(_SOME_LEVEL.finditer(words, 0, ours.start()))), None))


def _answered(text: str) -> int | None:
    """The level in an answer about the level, where a bare figure is enough: "2 (high)", "[x] 3", "P2"."""
    words = unicodedata.normalize("NFKC", text)
    if ticked := _TICKED.search(words):
        return _number(ticked)
    if (first := _FIRST_WORD.match(words)) and (spelt := _NUMBERS.get(first[1].lower())):
        return spelt
    return _number(_FIGURE.match(words) or _NAMED.search(words) or _IN_BRACKETS.search(words))


def _moved(words: str) -> int | None:
    """The level to which a sentence says the request is to be raised or lowered."""
    return _number(_FROM_TO.search(words) or (_RAISED.search(words) if _MOVED.search(words) else None))


def _wanted(words: str) -> int | None:
    """The level that a sentence says it wants, or thinks right."""
    return _number(
        _OPINION.search(words) or _RAISED.search(words) or _LEVEL_WANTED.search(words) or _LEVEL_SUITS.search(words)
    )


def _number(named: re.Match[str] | None) -> int | None:
    """The level in the last group that took part: in "from 3 to 1" the 1."""
    if named is None:
        return None
    said = [group for group in named.groups() if group][-1]
    return int(said) if said.isdigit() else _NUMBERS[said.lower()]


def _described(policy: Policy, weighed: Triage, sentences: tuple[str, ...]) -> tuple[int, str]:
    """The level of the policy that is likelier than all others together, with the words that speak for it.

    The policy's default where no level is so likely, or no words of the mail can be named for it.
    """
    likely = (level for level, share in weighed.levels.items() if share >= _LIKELIER_THAN_NOT)
    level = next((level for level in likely if level in policy.levels), policy.default_level)
    because = _because(level, weighed, sentences)
    return (level, because) if because else (policy.default_level, _NO_SIGN)


def _is_contradicted(stated: int, described: int, weighed: Triage) -> bool:
    """Whether the words plainly speak for a level far from the one that is named."""
    near = sum(share for level, share in weighed.levels.items() if abs(level - stated) <= 1)
    return abs(stated - described) >= 2 and near <= _HARDLY


def _because(level: int, weighed: Triage, sentences: tuple[str, ...]) -> str:
    """What speaks most for a level: a phrase in the mail, else a sentence; empty where none does."""
    words = " \n".join(sentences).lower()
    for section, reading in _READINGS.get(level, ()):
        if phrase := PHRASES[section].search(words):
            return f"we read '{_quoted(phrase[0])}' as {reading}"
    if level == 4 and max(weighed.kinds["question"], weighed.kinds["enhancement"]) > _LIKELIER_THAN_NOT:
        return _NOTHING_IMPAIRED
    sign, reading = _SIGNS.get(level, ("", ""))
    likely, sentence = strongest(sign, sentences) if sign else (0.0, "")
    return f"we read '{_quoted(sentence)}' as {reading}" if likely >= _LIKELY else ""


def _quoted(words: str) -> str:
    return " ".join(words.split())[:60]
