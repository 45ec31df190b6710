"""Which level a writer names, and which one his words describe.

A named level is taken unless the words plainly say otherwise: an outage that is called 4, a spelling mistake
that is called 1.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailproc.desk.policy import Policy, RequestKind
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import pattern, phrases
from mailproc.desk.words.phrases import NOTHING
from mailproc.desk.words.prose import HARMLESS
from mailproc.desk.words.sentences import likelihood


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

OUTAGE = phrases("OUTAGE")
WHOLE = phrases("WHOLE")
NO_WAY_AROUND = phrases("NO_WAY_AROUND")
HOLDS = phrases("HOLDS")
FREQUENT = phrases("FREQUENT")
CANNOT_DEPLOY = phrases("CANNOT_DEPLOY")
SEVERE = phrases("SEVERE")
LIMITED = phrases("LIMITED")
HARMLESS_LEVEL = phrases("HARMLESS_LEVEL")


_SO_FAR = re.compile(
    r"[^.;,:\n]{0,80}\b(?:not?|nothing|nobody|none|niemand|nichts|kein\w*|rien|personne|nadie|nada|ninguém)\b[^.;,:\n]{0,40}"
    r"\b(?:yet|until now|noch|bisher|encore|aún|todavía|ainda)\b"
)
"""What does no harm yet says nothing of how much it may do."""
_NO_SIGN = "the words speak for no other level"
_SIGNS = (("outage", 1), ("severe", 2), ("limited", 3), ("harmless", 4))
_LIKELY = 0.65
_LONGEST = 600


def judge_level(found: tuple[Passage, ...], subject: str, policy: Policy, kind: RequestKind) -> LevelFinding:
    """The level that a mail names and the one to work by."""
    stated = stated_level(found, subject)
    described, because, plain = _described(found, subject, policy, kind)
    if stated is None:
        return LevelFinding(stated=None, suggested=described, because=because)
    if stated not in policy.levels:
        return LevelFinding(stated=None, suggested=described, because=because)
    if plain and abs(stated - described) >= 2:
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


def _described(found: tuple[Passage, ...], subject: str, policy: Policy, kind: RequestKind) -> tuple[int, str, bool]:
    """The level that the words describe, the reason, and whether they say it plainly."""
    words = [
        one.text for one in found if one.topic not in ("log-messages", "console-output", "routing", "recent-changes")
    ]
    all_words = " \n".join((subject, *words)).lower()
    outage = _first(OUTAGE, all_words)
    harmless = _first(HARMLESS_LEVEL, _SO_FAR.sub(" ", all_words))
    if kind in ("question", "enhancement"):
        return 4, "it is a question or a wish, nothing is impaired", bool(harmless or HARMLESS.search(all_words))
    impact = next((one.text for one in found if one.topic == "business-impact"), "")
    if NOTHING.match(impact):
        harmless = harmless or "no business impact"
    if harmless and _first(FREQUENT, all_words) and not outage:
        return 3, f"something fails again and again, but we read '{harmless}' as no impact", False
    if harmless and not (outage and NO_WAY_AROUND.search(all_words)):
        return 4, f"we read '{harmless}' as no impact on the business", True
    base, because, plain = _before_workaround(all_words, outage, policy)
    if because == _NO_SIGN:
        base, because = _by_sentences(words, policy)
    holds = _first(HOLDS, all_words)
    if holds and base < 4 and not NO_WAY_AROUND.search(all_words):
        return min(base + 1, 3), f"{because}; a workaround holds ('{holds}')", False
    return base, because, plain


def _by_sentences(words: list[str], policy: Policy) -> tuple[int, str]:
    """The level of the sentence that most likely describes one, where no phrase speaks for any."""
    judged = (
        (likelihood(text, sign), level, text) for text in words for sign, level in _SIGNS if len(text) <= _LONGEST
    )
    best, level, text = max(judged, default=(0.0, policy.default_level, ""))
    if best < _LIKELY:
        return policy.default_level, _NO_SIGN
    return level, f"we read '{' '.join(text.split())[:60]}' as level {level}"


def _before_workaround(words: str, outage: str | None, policy: Policy) -> tuple[int, str, bool]:
    """The first reading that holds: level, reason, and whether the words say it plainly."""
    return next(_readings(words, outage), (policy.default_level, _NO_SIGN, False))


def _readings(words: str, outage: str | None) -> Iterator[tuple[int, str, bool]]:
    no_way = _first(NO_WAY_AROUND, words) if outage else None
    if outage and no_way:
        yield 1, f"we read '{outage}' and '{no_way}' as an outage without a workaround", True
    if frequent := _first(FREQUENT, words):
        yield 2, f"we read '{frequent}' as continuous or frequent instability", False
    if outage and (whole := _first(WHOLE, words)):
        yield 1, f"we read '{outage}' ('{whole}') as an outage", False
    if deploy := _first(CANNOT_DEPLOY, words):
        yield 2, f"we read '{deploy}' as a feature that cannot be deployed", False
    if outage:
        yield 2, f"we read '{outage}' as severely degraded", False
    limited = _first(LIMITED, words)
    if not limited and (severe := _first(SEVERE, words)):
        yield 2, f"we read '{severe}' as severely degraded", False
    if limited:
        yield 3, f"we read '{limited}' as limited impact", False


def _first(pattern: re.Pattern[str], words: str) -> str | None:
    found = pattern.search(words)
    return " ".join(found[0].split())[:60] if found else None
