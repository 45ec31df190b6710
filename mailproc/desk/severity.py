"""Which level a writer names, and which one his words describe.

A named level is taken unless the words plainly say otherwise: an outage that is called 4, a spelling mistake
that is called 1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailproc.desk.passages import Passage
from mailproc.desk.phrasebook import phrases
from mailproc.desk.phrases import NOTHING
from mailproc.desk.policy import Policy, RequestKind
from mailproc.desk.sentences import likelihood


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
            "one eins un uno um",
            "two zwei deux dos dois",
            "three drei trois tres três",
            "four vier quatre cuatro quatro",
        ),
        start=1,
    )
    for word in words.split()
}
_OTHER_CASE = phrases("OTHER_CASE")
_RAISED = phrases("RAISED")
_FROM_TO = phrases("FROM_TO")

OUTAGE = phrases("OUTAGE")
WHOLE = phrases("WHOLE")
NO_WAY_AROUND = phrases("NO_WAY_AROUND")
HOLDS = phrases("HOLDS")
FREQUENT = phrases("FREQUENT")
CANNOT_DEPLOY = phrases("CANNOT_DEPLOY")
SEVERE = phrases("SEVERE")
LIMITED = phrases("LIMITED")
HARMLESS_LEVEL = phrases("HARMLESS_LEVEL")


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
    """The level named in so many words: "Severity 2", "Sev-1", "P1", "Schweregrad 2". "Priority: high" names none."""
    for one in found:
        if (
            one.topic == "level"
            and not one.asks
            and (
                digit := re.match(
                    r"^\W*(?:\w+[ :]+){0,3}?(?:sev|s|p)?\W?([1-4])(?![\d%]|\s?[-–]\s?[1-4])", one.text, re.IGNORECASE
                )
            )
        ):
            return int(digit[1])
    texts = [one.text for one in found if one.topic != "product"]
    for text in (*texts, subject):
        if _OTHER_CASE.search(text):
            continue
        if (moved := _FROM_TO.search(text)) and _NAMED.search(text):
            return int(moved[2] or moved[4])
        if raised := _RAISED.search(text):
            return int(raised[1])
        if named := _NAMED.search(text):
            return _number(named)
    return None


def _number(named: re.Match[str]) -> int:
    said = named[1] or named[2] or named[3]
    return int(said) if said.isdigit() else _NUMBERS[said.lower()]


def _described(found: tuple[Passage, ...], subject: str, policy: Policy, kind: RequestKind) -> tuple[int, str, bool]:
    """The level that the words describe, the reason, and whether they say it plainly."""
    words = [
        one.text for one in found if one.topic not in ("log-messages", "console-output", "routing", "recent-changes")
    ]
    all_words = " \n".join((subject, *words)).lower()
    if kind in ("question", "enhancement"):
        return 4, "it is a question or a wish, nothing is impaired", False
    outage = _first(OUTAGE, all_words)
    harmless = _first(HARMLESS_LEVEL, all_words)
    if any(one.topic == "business-impact" and NOTHING.match(one.text) for one in found):
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
    no_way, whole = _first(NO_WAY_AROUND, words), _first(WHOLE, words)
    severe, limited = _first(SEVERE, words), _first(LIMITED, words)
    frequent, deploy = _first(FREQUENT, words), _first(CANNOT_DEPLOY, words)
    readings = (
        (outage and no_way, 1, f"we read '{outage}' and '{no_way}' as an outage without a workaround"),
        (frequent, 2, f"we read '{frequent}' as continuous or frequent instability"),
        (outage and whole, 1, f"we read '{outage}' ('{whole}') as an outage"),
        (deploy, 2, f"we read '{deploy}' as a feature that cannot be deployed"),
        (outage or (severe and not limited), 2, f"we read '{outage or severe}' as severely degraded"),
        (limited, 3, f"we read '{limited}' as limited impact"),
    )
    held = ((level, because) for holds, level, because in readings if holds)
    level, because = next(held, (policy.default_level, _NO_SIGN))
    return level, because, bool(outage and no_way)


def _first(pattern: re.Pattern[str], words: str) -> str | None:
    found = pattern.search(words)
    return " ".join(found[0].split())[:60] if found else None
