"""Answers that stand where no label of the writer's own tells what they answer.

Two shapes: bare numbers that count the items of the policy's list, and a form of ours that came back quoted with
the answers typed beside or below its own lines. The second is only read where the writer says that he answered in
it, or wrote nothing else: what merely stands in older mail gives nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mailproc.desk.policy import Policy
from mailproc.desk.translation import hints
from mailproc.desk.words.form import ANSWERS, ENDS, WHYS
from mailproc.desk.words.passages import Passage, answered, label_in
from mailproc.desk.words.phrasebook import phrases
from mailproc.desk.words.phrases import CLOSING, SALUTATION
from mailproc.reading.mail import Mail

ANNOUNCED = phrases("INLINE")
"""The writer says that his answers stand within the quoted mail."""

_NUMBERED = re.compile(r"^\s{0,8}\(?(\d{1,2})\s?[.):]\)?(?:\s{1,8}|$)(.*)$")
_FEWEST_ITEMS = 5
_MOST_LEFT_OUT = 2
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


def numbered_answers(words: str, policy: Policy, topics: Mapping[str, str]) -> tuple[Passage, ...]:
    """The items of a list from 1 to as many as the policy requires, each for the requirement of its number.

    `topics` are the topics of requirements where they differ from their ids.
    """
    wanted = [topics.get(one.id, one.id) for one in policy.requirements]
    items = _items(words)
    if len(wanted) < _FEWEST_ITEMS or max(items, default=0) != len(wanted) or 1 not in items:
        return ()
    if len(items) < len(wanted) - _MOST_LEFT_OUT:
        return ()
    named = ((label_in(text)[2], wanted[number - 1]) for number, text in items.items())
    if sum(topic in wanted and topic != expected for topic, expected in named) > _MOST_AT_ODDS:
        return ()
    return _passages((_Answer(wanted[number - 1], text) for number, text in items.items()), _OF_LIST)


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


def _items(words: str) -> dict[int, str]:
    """The items of the one list that counts up from 1, with the lines that belong to each."""
    items: dict[int, str] = {}
    current = 0
    for line in words.splitlines():
        numbered = _NUMBERED.match(line)
        if numbered and current < int(numbered[1]) <= current + 1 + _MOST_LEFT_OUT:
            current = int(numbered[1])
            items[current] = numbered[2].strip()
        elif not current or not line.strip():
            continue
        elif numbered or SALUTATION.match(line) or CLOSING.match(line):
            break
        elif line.startswith((" ", "\t")):
            items[current] = f"{items[current]} {line.strip()}"
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
