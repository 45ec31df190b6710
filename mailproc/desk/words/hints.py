"""The lines below the name of an item in our letters, how to give it and why, known again in whatever is left of them.

Only words count, in their order: mail programs break lines elsewhere, change quotation marks and lose spaces. What is
typed behind one of our sentences stands apart from it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, takewhile

_TOKEN = re.compile(r"\w+")
_FEWEST = 2
"""Words that are taken for ours wherever they stand in the text; fewer only where they go on from the line above."""
_SHORTEST = 8
_MOST = 200
"""Words of a line that are looked at: more than any of our sentences has."""
_CLEARLY = 4
"""Words in a row after which others on the same line were typed behind them."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What a letter of one language says below an item: all of its words, folded, and at which the reason begins."""

    words: tuple[str, ...]
    reason: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What the letters say below an item, one text for each language."""

    texts: tuple[_Text, ...]

    @classmethod
    def of(cls, told: Iterable[tuple[str, str]]) -> "Hints":
        """From pairs of how and why."""
        pairs = tuple((_words(how), _words(why)) for how, why in told)
        return cls(tuple(_Text((*how, *why), len(how)) for how, why in pairs))

    def reader(self) -> "Reader":
        """For the lines of one section, from its first to its last."""
        return Reader(self.texts)


@dataclass(slots=True)
class Reader:
    """Goes through the lines below an item and knows at which word of our texts they are."""

    texts: tuple[_Text, ...]
    _at: dict[_Text, int] = field(default_factory=dict)
    _torn: set[_Text] = field(default_factory=set)
    _in_strange_reason: bool = False

    @property
    def knows_all(self) -> bool:
        """Whether one of our texts was read from its first word to the end of how or of why, without a gap.

        Where it was not, as after the policy was changed, a line that we do not know may be of an older letter.
        """
        return any(at in (one.reason, len(one.words)) and one not in self._torn for one, at in self._at.items() if at)

    def besides(self, line: str, *, is_why: bool, start: int) -> str | None:
        """What a line says besides our words, empty where nothing; None for a line that is none of ours.

        `is_why` is true for the line with the reason, whose own words begin at `start`. A reason may begin with words
        that the policy does not hold, such as which chassis is meant.
        """
        tokens = list(islice(_TOKEN.finditer(line, start), _MOST))
        words = [token[0].casefold() for token in tokens]
        if not words:
            return "" if is_why else None
        taken = max((self._taken(words, one, is_why=is_why) for one in self.texts), default=0)
        self._in_strange_reason = (is_why and not taken) or (self._in_strange_reason and not taken)
        if not taken:
            return "" if self._in_strange_reason else None
        return line[tokens[taken - 1].end() :].strip(" \t:;.,)\"'“”»«`*_->") if taken < len(tokens) else ""

    def _taken(self, words: list[str], text: _Text, *, is_why: bool) -> int:
        """How many of these words, from the first on, are ours; moves on in the text behind them."""
        at = self._at.get(text, 0)
        for place in dict.fromkeys((at, text.reason if is_why else at)):
            same = _in_common(words, text.words[place:])
            ends = place + same in (text.reason, len(text.words))
            if same == len(words) or (same and ends) or same >= _CLEARLY:
                self._go(text, place, same)
                return same
        found = _place_of(words, text.words)
        if found is not None and len(words) >= _FEWEST and len("".join(words)) >= _SHORTEST:
            self._go(text, found, len(words))
            return len(words)
        return self._behind_prefix(words, text) if is_why else 0

    def _behind_prefix(self, words: list[str], text: _Text) -> int:
        """A reason that words of another kind stand before."""
        reason = text.words[text.reason :]
        for skipped in range(1, len(words)):
            same = _in_common(words[skipped:], reason)
            if same and (skipped + same == len(words) or same == len(reason)):
                self._go(text, text.reason, same)
                return skipped + same
        return 0

    def _go(self, text: _Text, place: int, length: int) -> None:
        if place != self._at.get(text, 0):
            self._torn.add(text)
        self._at[text] = place + length


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in _TOKEN.findall(text))


def _in_common(words: Iterable[str], others: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))


def _place_of(words: list[str], within: tuple[str, ...]) -> int | None:
    length = len(words)
    wanted = tuple(words)
    return next((at for at in range(len(within) - length + 1) if within[at : at + length] == wanted), None)
