"""Answers that stand where no label of the writer's own tells what they answer.

Two shapes: bare numbers that count the items of our letter or of the policy's list, and a form of ours that came back
quoted with the answers typed beside or below its own lines. The second is only read where the writer says that he
answered in it, or wrote nothing else: what merely stands in older mail gives nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mailproc.desk.policy import Policy
from mailproc.desk.translation import hints
from mailproc.desk.words.form import ANSWERS, ENDS, WHYS
from mailproc.desk.words.headings import heading_topic
from mailproc.desk.words.passages import Passage, answered, label_in
from mailproc.desk.words.phrasebook import phrases
from mailproc.desk.words.phrases import CLOSING, SALUTATION
from mailproc.desk.words.prose import TRIED
from mailproc.reading.mail import Mail

ANNOUNCED = phrases("INLINE")
"""The writer says that his answers stand within the quoted mail."""

_NUMBERED = re.compile(r"^\s{0,8}\(?(\d{1,2})\s?[.):]\)?(?:\s{1,8}|$)(.*)$")
_BARE_NUMBER = re.compile(r"^\s{0,8}(\d{1,2})\s{1,8}(?=\S)(.*)$")
"""The same without a full stop: believed only of a list that answers every item of our letter."""
_FEWEST_BARE = 3
_FEWEST_ITEMS = 5
_MOST_LEFT_OUT = 2
_MOST_NUMBERS = 40
_MOST_AT_ODDS = 1
_FEWEST_LABELS = 3
_MOST_LINES = 400
_FEW_WORDS = 6
_SHORTEST_HINT = 8  # characters: "none" may be an answer though the form names it too
_HEADER = re.compile(
    r"^\W*(?:from|sent|to|cc|subject|date|von|gesendet|an|betreff|datum|de|envoyé|à|objet|enviado|para|asunto|assunto|data|差出人|送信日時|宛先|件名)\s?[:：]",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"^\W*(?:who|what|when|which|how|where|why|whether|is|are|was|please|e\.g|for example|optional|if (?:any|available)"
    r"|wer|was|wann|welche\w*|wie|wo|bitte|z\.b|qui|quand|quel\w*|quién|qué|cuándo|cómo|quem|quando|como)\b",
    re.IGNORECASE,
)
_OF_FORM = -1_000
_OF_LIST = -2_000
"""Lines of such answers: below those of the text, so that no two answers share one."""


@dataclass(frozen=True, slots=True)
class _Answer:
    topic: str
    words: str


def numbered_answers(
    words: str,
    asked: Iterable[Mapping[int, str]],
    policy: Policy,
    topics: Mapping[str, str],
    labels: Mapping[str, str],
) -> tuple[Passage, ...]:
    """The items of a list that answers our letter by its numbers, or the policy's list, each for what it asks.

    `asked` are the numbers of letters of ours with the requirements that stood there, the likeliest first; `topics` are
    the topics of requirements where they differ from their ids, `labels` the policy's labels with their topics. The
    policy's own list counts from 1 to its end.
    """
    told = {item: topics.get(item, item) for item in (one.id for one in policy.requirements)}
    for numbers in asked:
        wanted = {number: told[item] for number, item in numbers.items() if item in told}
        items = _items(words, most_left_out=_MOST_NUMBERS) or _bare_items(words, len(numbers))
        if items and set(items) <= set(numbers) and not _is_own_list(words) and _agrees(items, wanted, at_odds=0):
            return _numbered(items, wanted, labels)
    wanted = dict(enumerate(told.values(), start=1))
    items = _items(words, most_left_out=_MOST_LEFT_OUT)
    whole = max(items, default=0) == len(wanted) and 1 in items and len(items) >= len(wanted) - _MOST_LEFT_OUT
    if len(wanted) < _FEWEST_ITEMS or not whole or not _agrees(items, wanted, at_odds=_MOST_AT_ODDS):
        return ()
    return _numbered(items, wanted, labels)


def _agrees(items: Mapping[int, str], wanted: Mapping[int, str], *, at_odds: int) -> bool:
    """Whether the labels that stand in a list, if any do, are those of its numbers, but for so many."""
    named = ((label_in(text)[2], wanted.get(number)) for number, text in items.items())
    return sum(topic in wanted.values() and topic != expected for topic, expected in named) <= at_odds


def _is_own_list(words: str) -> bool:
    """Whether what stands above the list says that it is of something else: steps, or what a label of its own asks."""
    above: list[str] = []
    for line in words.splitlines():
        if _NUMBERED.match(line):
            break
        above.append(line)
    return any(label_in(line)[2] or TRIED.search(line.lower()) for line in above)


def _numbered(items: Mapping[int, str], wanted: Mapping[int, str], labels: Mapping[str, str]) -> tuple[Passage, ...]:
    """The answers, without the labels that stand before them; a label alone is none."""
    answers = (
        _Answer(wanted[number], _without_label(text, wanted[number], labels))
        for number, text in items.items()
        if number in wanted
    )
    return _passages((one for one in answers if one.words), _OF_LIST)


def _without_label(text: str, topic: str, labels: Mapping[str, str]) -> str:
    first, _, below = text.partition("\n")
    if heading_topic(first, labels):
        return " ".join(below.split("\n"))
    _, answer, named = label_in(first, labels)
    return " ".join((answer if named == topic else first, *below.split("\n"))).strip()


def answers_in_quotation(mail: Mail, labels: Mapping[str, str], policy: Policy) -> tuple[Passage, ...]:
    """What was typed into a quoted form of ours, without marks or behind arrows; nothing where there is no form.

    What the form itself says of an item, as the policy words it, is no answer; what stands behind its "Answer:" is
    read by `form.filled_in`.
    """
    announced = bool(ANNOUNCED.search(mail.reply))
    if not announced and not _is_bare(mail.reply):
        return ()
    quoted = (line.lstrip("> \t") for line in mail.text.removeprefix(mail.reply).splitlines()[:_MOST_LINES])
    asked = _folded(" ".join(f"{how} {word} {why}" for how, why in hints(policy) for word in WHYS))
    lines = [line for line in quoted if not _is_of_form(line, asked)]
    labelled = {topic for line in lines if (topic := _asked_in(line, labels)[1])}
    if len(labelled) < _FEWEST_LABELS:
        return ()
    return _passages(_typed_in(lines, labels, below=announced), _OF_FORM)


def _is_of_form(line: str, asked: str) -> bool:
    return line.startswith((*ANSWERS, *ENDS)) or (len(line) >= _SHORTEST_HINT and _folded(line) in asked)


def _folded(words: str) -> str:
    return " ".join(words.lower().split())


def _bare_items(words: str, count: int) -> dict[int, str]:
    items = _items(words, most_left_out=0, pattern=_BARE_NUMBER)
    return items if len(items) == count >= _FEWEST_BARE else {}


def _items(words: str, *, most_left_out: int, pattern: re.Pattern[str] = _NUMBERED) -> dict[int, str]:
    """The items of the one list that counts up, with the lines that belong to each."""
    items: dict[int, str] = {}
    current = 0
    for line in words.splitlines():
        numbered = pattern.match(line)
        if numbered and current < int(numbered[1]) <= current + 1 + most_left_out:
            current = int(numbered[1])
            items[current] = numbered[2].strip()
        elif not current or not line.strip():
            continue
        elif numbered or SALUTATION.match(line) or CLOSING.match(line):
            break
        elif line.startswith((" ", "\t")):
            items[current] = f"{items[current]}\n{line.strip()}"
    return items


def _typed_in(lines: Iterable[str], labels: Mapping[str, str], *, below: bool) -> Iterator[_Answer]:
    """Answers beside the lines of a form; with `below` also those on the line right under one."""
    open_topic: str | None = None
    for line in lines:
        if _HEADER.match(line):
            open_topic = None
            continue
        answer, topic = _asked_in(line, labels)
        if topic and answer and not _HINT.match(answer):
            yield _Answer(topic, answer)
        elif below and open_topic and not topic and line.strip() and not CLOSING.match(line):
            yield _Answer(open_topic, line.strip())
        open_topic = topic if topic and not answer else None


def _asked_in(line: str, labels: Mapping[str, str]) -> tuple[str, str | None]:
    """The answer beside a label and the label's topic; a line that is nothing but one of `labels` is a label too."""
    _, answer, topic = label_in(line, labels)
    if topic:
        return answer, topic
    return "", labels.get(line.strip(" *_:?").lower())


def _passages(answers: Iterable[_Answer], first: int) -> tuple[Passage, ...]:
    return tuple(
        one for number, answer in enumerate(answers) for one in answered(answer.words, answer.topic, first - number)
    )


def _is_bare(reply: str) -> bool:
    """Whether the new words are a greeting, thanks and a name at most."""
    own = [line for line in reply.splitlines() if not (SALUTATION.match(line) or CLOSING.match(line))]
    return len(" ".join(own).split()) <= _FEW_WORDS
