"""Where a sentence ends, and which full stops end none."""

import re

from mailproc.desk.words.phrases import MONTH

_SENTENCE = re.compile(r"(?<=[.!?。！？])[\"”’')]*\s+(?=[\"“‘'(\[]?[^\W_a-z])|(?<=\?)\s+(?=[\"“‘'(]?\w)|(?<=[。！？])")
_UNCAPITALISED = re.compile(r"(?<=[\w)\"”’'][\w)\"”’'][.!?。！？])[\"”’')]*\s+(?=[\"“‘'(\[]?\w)|(?<=[。！？])")
"""The same for writers who begin no sentence with a capital."""
_SMALL = re.compile(r"[\w)\"”][\w)\"”][.!?]\s+[a-z]")
_CAPITAL = re.compile(r"[\w)\"”][.!?]\s+[A-Z]")
_FEWEST_SMALL = 2
_BEFORE_FIGURE = re.compile(r"\b(?:sev|prio|pri|lvl|nr|no)\.$", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"\b(mr|mrs|ms|dr|no|nr|approx|ca|e\.g|i\.e|vs|inc|ltd|st|ext|z\.b|bzw|tel|sr|sra|ing|lic|dipl|arq|eng|dott|mme|mlle|hrn|fr|fig|vol|min|max|hr|prof|p\.m|a\.m|u|etc|rel)\.$",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)\d{1,2}\.$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of running text; abbreviations do not end one."""
    whole: list[str] = []
    for piece in (_UNCAPITALISED if _is_uncapitalised(text) else _SENTENCE).split(text):
        if whole and (_ABBREVIATION.search(whole[-1]) or _is_date(whole[-1], piece) or _is_figure(whole[-1], piece)):
            whole[-1] = f"{whole[-1]} {piece}"
        elif piece and piece.strip():
            whole.append(piece.strip())
    return tuple(whole)


def _is_uncapitalised(text: str) -> bool:
    small = len(_SMALL.findall(text))
    return small >= _FEWEST_SMALL and small > len(_CAPITAL.findall(text))


def _is_date(before: str, behind: str) -> bool:
    """Whether the full stop between two pieces is that of a day: `am 3. März`."""
    return bool(_DAY.search(before) and MONTH.match(behind.lower()))


def _is_figure(before: str, behind: str) -> bool:
    """Whether the full stop between two pieces stands before a figure: `Sev. 4`, `Prio. 2`, `No. 3`."""
    return bool(_BEFORE_FIGURE.search(before) and behind[:1].isdigit())
