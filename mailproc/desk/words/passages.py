"""A mail's new words, cut into passages: a sentence of prose, or an answer that stands under a label.

Labels come in any layout: numbered, bold, dotted, as a table row, or as a quoted line of our own form with
the answer beneath it. A label whose answer is empty gives no passage.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from mailproc.desk.words.full_stops import sentences
from mailproc.desk.words.headings import UNDERLINE, beneath, columns, heading_topic, is_set_off
from mailproc.desk.words.phrases import (
    CLOSING,
    DISCLAIMER,
    EMPTY_ANSWER,
    EVASION,
    HEADINGS,
    IGNORANCE,
    PROMISE,
    SALUTATION,
)

_NO_LABELS: Mapping[str, str] = MappingProxyType({})
MOST_LINES = 3_000
"""Lines of a mail that are read: what comes after is a log, not a letter."""

_LONGEST_LINE = 4_000
_SHORT_ANSWER = 100
_LONGEST_WORD = 120
_ENDLESS = re.compile(r"\S{121,}")
_QUOTE = re.compile(r"^\s{0,3}((?:>\s?)+)(.*)$")
_NUMBER = re.compile(
    r"^\s*(?:[-*•·|#]+\s+|[■◆●◇□▼▽○◎※・▪►➢✓]\s*|\(?\d{1,2}\s?[.):]\)?\s*|[a-j]\)\s+"
    r"|(?:#|(?i:ad|zu|re|nr\.?|no\.?|item|punkt|point|ponto|punto)\s)\s?\d{1,2}\s?[.:)]\s*)?"
    r"(?:\d{1,2}(?=\s{2,}\S|\s?[|\t]\s*\S)[\s|]{1,40})?\s*"
)
"""What stands before a label: a bullet, a number, the first cell of a table's row."""
_ASKED = re.compile(r"^\s*(?:Q|F|P|Question|Frage|Pregunta|Pergunta|質問)\s?\d{0,2}\s?[.:)：]\s*(?=\S)", re.IGNORECASE)
_REPLIED = re.compile(
    r"^\s*(?:A|R|Answer|Antwort|Réponse|Respuesta|Resposta|回答)\s?\d{0,2}\s?[.:)：]\s*(?=\S)", re.IGNORECASE
)
_SEPARATOR = (
    r"\.{3,}\s*:?|(?<=\s)\.{1,2}\s+(?=\S)|(?<!\d)[:：]|[:：](?!\d)|\||\s=\s|\t|\s{2,}(?=\S)| \.+$| -{1,2} (?=\S)"
)
"""What stands between a label and its answer: dots, a colon that is not in a time, a table's border, a dash."""

_LABEL = re.compile(rf"^((?:\([^()\n]{{0,60}}\)|[^:：|=\n(]){{2,110}}?)\s*(?:{_SEPARATOR})\s*(.*)$")
_BEHIND_LABEL = re.compile(rf"\s*(?:{_SEPARATOR}|$)\s*(.*)$")
_ARROWED = re.compile(r"^([^:\d→⇒➔»=>]{2,60}?)\s*(?:[-=]{1,3}>+|[→⇒➔»])\s*(.*)$")
_BRACKETED = re.compile(r"^\s*[【［〔＜\[<]([^】］〕＞\]>\n]{2,60})[】］〕＞\]>]\s*[:：]?\s*(.*)$")
_SPEAKER = re.compile(r"^\s*(?:\[[^\]\n]{1,20}\]|<[A-Za-z]{1,4}>|>{3,}|={2,}>|-{1,2}>|#{2,})\s*(.*)$")
_NAMES_ITSELF = re.compile(r"^\D+[1-4]$")
"""A label of the level that is the answer too: `PRIORITY 1 - CRITICAL`."""
_OTHER_LABEL = re.compile(r"[^\W\d_a-z][^.!?;,]{2,40}")
"""A label that asks for nothing we know: under an answer it begins something else."""
_OUTPUT = re.compile(
    r"^\W{0,4}(?:(?:\d{4} )?[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*)"
    r" \S+ [\w/.()-]+(?:\[\d+\])?: "
    r"|^\W{0,4}[a-z][\w./-]{2,24}\[\d+\]: "
)
"""A line of a log, or a daemon's message."""
_BULLET = re.compile(r"^\s*[-*•·+]\s+(?=\S)")
_ITEM = re.compile(
    r"^\s*(?:(?:[-*•·+]|\(?\d{1,2}[.)]|[a-h]\))\s+|(?:#|(?i:ad|zu|re|nr\.?|no\.?)\s)\s?\d{1,2}\s?[.:)]\s?)\S"
)
_OF_A_PERSON = ("contact", "contact-name", "contact-phone", "contact-email")
"""Topics that belong to the person whose heading stands above."""
_REACH = re.compile(r"\d(?:\W?\d){5}|@")
_ONE_LINE = ("level", "sr-number")
"""Topics whose answer is a few words: what comes after its sentence or its line is no more of it."""
_SHORTEST_WRAP = 60
_LONGEST_WRAP = 100
_ROOM_LEFT = 10
"""In columns: a line that ends so much before the place where its mail program would have broken it was ended there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence or an answer. `topic` is what its label asks for, None in prose; `line` counts from 0."""

    text: str
    topic: str | None = None
    label: str = ""
    line: int = 0

    @property
    def gives(self) -> bool:
        """Whether it says something now: neither a promise nor a question nor ignorance."""
        return not (self.promises or self.asks or self.knows_not)

    @property
    def is_output(self) -> bool:
        """Whether it is a line that a program printed, and no words of the writer's."""
        return bool(_OUTPUT.search(self.text))

    @property
    def promises(self) -> bool:
        """Whether what it names comes later."""
        return _promises(self.text.lower())

    @property
    def knows_not(self) -> bool:
        """Whether the writer does not know, or points elsewhere."""
        return _knows_not(self.text.lower())

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip(" \"”')").endswith(("?", "？"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line as it is read; `width` is how long it stood in the mail, in characters."""

    text: str
    quoted: bool = False
    number: int
    width: int = 0


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a mail shows its labels: those that are known, lower-cased, the words set as headings, where lines break."""

    labels: Mapping[str, str]
    headings: tuple[str, ...]
    width: int

    def marked(self, text: str) -> tuple[str, str, str] | None:
        """Label, answer and topic of a line that begins with words set as a heading, if they ask for something."""
        bare = " ".join(_NUMBER.sub("", text, count=1).split())
        folded = bare.lower()
        for heading in self.headings if len(folded) == len(bare) else ():
            behind = bare[len(heading) :]
            if not folded.startswith(heading) or behind[:1].isalnum():
                continue
            is_alone = not behind.strip(" :：")
            if topic := heading_topic(heading, self.labels, strange=1 if is_alone else 0):
                return heading, behind.strip(" :：-–|"), topic
        return None


@lru_cache(maxsize=4096)
def _promises(words: str) -> bool:
    return bool(PROMISE.search(words))


@lru_cache(maxsize=4096)
def _knows_not(words: str) -> bool:
    return bool(IGNORANCE.search(words) or (len(words) <= _SHORT_ANSWER and EVASION.match(words)))


def passages(text: str, labels: Mapping[str, str] = _NO_LABELS, headings: Iterable[str] = ()) -> tuple[Passage, ...]:
    """The passages of a mail's new words, in their order. Lines of `> ` are read as labels only.

    `labels` are further labels, lower-cased, with the topics that they ask for; `headings` are words that the mail sets
    as headings. The small print of a mail system gives none, from its first line to the end of its paragraph.
    """
    bare = {one.strip(" :*").lower() for one in headings}
    asking = tuple(sorted((one for one in bare if heading_topic(one, labels, strange=1)), key=len, reverse=True))
    return tuple(_passages(_untabled(tuple(_lines(text)), labels), _Shown(labels, asking, _width(text))))


def answered(words: str, topic: str, line: int) -> tuple[Passage, ...]:
    """The passages of an answer of which it is known what it answers, all on one line of this number.

    Where each of its lines looks like a label without an answer, they are the answer.
    """
    found = passages(words)
    if not found:
        bare = " ".join(_NUMBER.sub("", one, count=1).strip() for one in words.splitlines())
        found = tuple(Passage(text=one) for one in sentences(bare) if not EMPTY_ANSWER.match(one))
    return tuple(replace(one, topic=topic, line=line) for one in found)


def topic_of(label: str, labels: Mapping[str, str] = _NO_LABELS) -> str | None:
    """What a label asks for; None where it is none that we know. `labels` as for `passages`."""
    words = _NUMBER.sub("", label, count=1).strip(" *_\"“”'`:.…-").lower()
    if not words or len(words) > 100:
        return None
    bare = re.sub(r"\([^)]*\)", " ", words).strip() or words
    if bare in labels:
        return labels[bare]
    return next((topic for topic, pattern in HEADINGS if pattern.search(bare)), None)


def without_endless_words(text: str) -> str:
    """The text with words cut that are longer than any word is, so that no pattern tries them letter by letter."""
    return _ENDLESS.sub(lambda word: word[0][:_LONGEST_WORD], text)


def _lines(text: str) -> Iterator[_Line]:
    for number, raw in enumerate(text.splitlines()[:MOST_LINES]):
        line = without_endless_words(raw[:_LONGEST_LINE].replace("\xa0", " ").rstrip())
        quoted = _QUOTE.match(line)
        yield _Line(text=quoted[2] if quoted else line, quoted=bool(quoted), number=number, width=len(line))


def _width(text: str) -> int:
    """The column at which the lines of a text were broken; the shortest usual one where nothing tells."""
    lengths = (len(line) for line in text.splitlines()[:MOST_LINES] if not line.startswith(">"))
    return max((one for one in lengths if _SHORTEST_WRAP < one <= _LONGEST_WRAP), default=_SHORTEST_WRAP)


def _untabled(lines: tuple[_Line, ...], labels: Mapping[str, str]) -> Iterator[_Line]:
    """The lines, with tables whose first row holds the labels turned into a line for each column."""
    at = 0
    while at < len(lines):
        head = () if lines[at].quoted else columns(lines[at].text, labels)
        if not head:
            yield lines[at]
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].text.strip() and not lines[end].quoted:
            end += 1
        rows = (one.text for one in lines[at + 1 : end] if not UNDERLINE.match(one.text))
        for label, cell in beneath(head, rows):
            yield _Line(text=f"{label.strip(' :?')}: {cell}", number=lines[at].number)
        at = end


def _passages(lines: Iterable[_Line], shown: _Shown) -> Iterator[Passage]:
    section = _Section(shown)
    small_print = False
    for line, below in _with_below(lines):
        small_print = bool(line.text.strip()) and (small_print or bool(DISCLAIMER.search(line.text)))
        if small_print:
            yield from section.close()
        elif line.quoted:
            yield from section.close()
            section.open_form(line)
        elif not line.text.strip():
            yield from section.blank()
        else:
            yield from section.add(line, below)
    yield from section.close()


def _with_below(lines: Iterable[_Line]) -> Iterator[tuple[_Line, str]]:
    """Each line with the one below it; where that is empty, with the next that is not."""
    told = tuple(lines)
    below = ""
    pairs: list[tuple[_Line, str]] = []
    for line in reversed(told):
        pairs.append((line, below))
        below = line.text if line.text.strip() else below
    yield from reversed(pairs)


class _Section:
    """What is being read: the label in force, and the lines gathered under it."""

    def __init__(self, shown: _Shown) -> None:
        self.shown = shown
        self.labels = shown.labels
        self.topic: str | None = None
        self.label = ""
        self.in_form = False
        self.gathered: list[_Line] = []

    def open_form(self, line: _Line) -> None:
        """A quoted line: the question that the next unquoted lines answer, if it is one."""
        if not line.text.strip():
            return
        label = line.text.strip()
        topic = topic_of(label.split(":")[0], self.labels) if len(label) <= 160 and _looks_asked(label) else None
        if topic:
            self.topic, self.label, self.in_form = topic, label, True
        elif _NUMBER.sub("", label, count=1) == label and not label.endswith((":", "?")):
            return
        else:
            self.topic, self.label, self.in_form = None, "", True

    def blank(self) -> Iterator[Passage]:
        """An empty line ends a paragraph; it ends a label's answer unless nothing was answered yet."""
        if not self.gathered:
            return
        yield from self._flush()
        if not self.in_form:
            self.topic, self.label = None, ""

    def add(self, line: _Line, below: str) -> Iterator[Passage]:
        """A line of the writer's own: a label with or without its answer, or more of what stands above."""
        label, answer, topic = bracketed(line.text, self.labels)
        text = line.text if topic else _unmarked(line.text)
        if SALUTATION.match(text) or CLOSING.match(text):
            yield from self.close()
            return
        if UNDERLINE.match(text):
            yield from self._flush()
            return
        if not topic and self.topic and not self.gathered:
            text = _BULLET.sub("", _REPLIED.sub("", text, count=1), count=1)
        if not topic:
            label, answer, topic = self._label_in(text, below)
        if topic and not (topic in _OF_A_PERSON and self._tells_of_another()):
            yield from self.close()
            self.topic, self.label = (None, "") if answer and EMPTY_ANSWER.match(answer) else (topic, label)
            if answer and self.topic:
                self.gathered.append(replace(line, text=answer))
        else:
            yield from self._go_on(replace(line, text=text), "" if topic else label)

    def _go_on(self, line: _Line, label: str) -> Iterator[Passage]:
        """More of what stands above, or something else where a label that we do not know begins it."""
        if label and self.topic and self.gathered and _OTHER_LABEL.match(label):
            yield from self.close()
        if self.gathered and (_ITEM.match(line.text) or self._was_ended(line.text)):
            told = any(one.isdigit() for gathered in self.gathered for one in gathered.text)
            yield from self._flush()
            if self.topic in _ONE_LINE and told:
                self.topic, self.label = None, ""
        self.gathered.append(line)

    def _label_in(self, text: str, below: str) -> tuple[str, str, str | None]:
        """A label by its shape, by how the mail shows it, or because the line is nothing but a heading above text."""
        if marked := self.shown.marked(text):
            return marked
        if asked := _ASKED.match(text):
            label, answer, topic = label_in(text[asked.end() :], self.labels)
            return (label, answer, topic) if topic else (text, "", topic_of(text[asked.end() :], self.labels))
        strange = 1 if below and is_set_off(text, below) else 0
        is_last_of_form = bool(self.topic) and text.strip(" *:").lower() in self.labels
        stands_alone = below or is_last_of_form or (self.topic and not self.gathered)
        if stands_alone and (topic := heading_topic(_NUMBER.sub("", text, count=1), self.labels, strange)):
            return text, "", topic
        return label_in(text, self.labels)

    def _tells_of_another(self) -> bool:
        """Whether another person than the first contact is being told of, and not yet how to reach him."""
        return self.topic == "alternate-contact" and not any(_REACH.search(one.text) for one in self.gathered)

    def _was_ended(self, text: str) -> bool:
        """Whether the line above was ended by its writer: the next word would have had its place there."""
        above = self.gathered[-1]
        word = next(iter(text.split()), "")
        is_name = all(one[0].isupper() for one in above.text.split())
        return not is_name and above.width + 1 + len(word) <= self.shown.width - _ROOM_LEFT

    def close(self) -> Iterator[Passage]:
        """The end of whatever was being read."""
        yield from self._flush()
        if not self.in_form:
            self.topic, self.label = None, ""
        self.in_form = False if self.topic is None else self.in_form

    def _flush(self) -> Iterator[Passage]:
        if not self.gathered:
            return
        first = self.gathered[0].number
        text = " ".join(line.text.strip() for line in self.gathered)
        self.gathered = []
        if EMPTY_ANSWER.match(text):
            return
        told = False
        for sentence in sentences(text):
            is_prose = told and self.topic in _ONE_LINE
            told = told or any(one.isdigit() for one in sentence)
            topic, label = (None, "") if is_prose else (self.topic, self.label)
            yield Passage(text=sentence, topic=topic, label=label, line=first)


def _unmarked(line: str) -> str:
    marked = _SPEAKER.match(line)
    text = marked[1] if marked else line
    return text.replace("**", "").replace("__", "")


def bracketed(line: str, labels: Mapping[str, str] = _NO_LABELS) -> tuple[str, str, str | None]:
    """Label, answer and topic of a line such as `【影響】なし`; no topic where the brackets hold no label."""
    found = _BRACKETED.match(line)
    topic = topic_of(found[1], labels) if found and _is_short(found[1]) else None
    return (found[1], found[2], topic) if found and topic else ("", "", None)


def label_in(line: str, labels: Mapping[str, str] = _NO_LABELS) -> tuple[str, str, str | None]:
    """Label, answer and topic of a line such as `4) Business impact: none`; no topic where it is prose."""
    if named := _named_whole(line, labels):
        return named
    if arrowed := _ARROWED.match(_NUMBER.sub("", line, count=1)):
        topic = topic_of(arrowed[1], labels) if _is_short(arrowed[1]) else None
        if topic:
            return arrowed[1].strip(), arrowed[2], topic
    numbered = bool(re.match(r"^\s*(\(?\d{1,2}\s?[.):]|[a-j]\))\s*\S", line))
    found = _LABEL.match(_NUMBER.sub("", line, count=1).replace("*", ""))
    if found:
        label = found[1].strip()
        topic = topic_of(label, labels) if _is_short(label) or numbered else None
        if topic == "level" and _NAMES_ITSELF.search(label):
            return "", "", None
        return label, found[2].strip(" |"), topic
    bare = _NUMBER.sub("", line, count=1).strip(" *_")
    if (numbered and len(bare) <= 110) or (
        _is_short(bare) and line.strip().startswith(("*", "#")) and line.strip().endswith(("*", "#"))
    ):
        topic = topic_of(bare, labels) if not bare.endswith((".", "!")) and len(bare.split()) <= 14 else None
        return bare, "", topic
    return "", "", None


def _named_whole(line: str, labels: Mapping[str, str]) -> tuple[str, str, str] | None:
    """A line that begins with one of `labels` as it stands, also where that has a colon in it."""
    bare = _NUMBER.sub("", line, count=1).replace("*", "")
    folded = bare.lower()
    if ":" not in folded or len(folded) != len(bare):
        return None
    label = max((one for one in labels if ":" in one and folded.startswith(one)), key=len, default="")
    behind = _BEHIND_LABEL.match(bare, len(label)) if label else None
    return (bare[: len(label)], behind[1].strip(), labels[label]) if behind else None


def _is_short(label: str) -> bool:
    bare = re.sub(r"\([^)]*\)", "", label)
    return len(bare.split()) <= 7 and not re.search(r"[.!?;,]\s", bare)


def _looks_asked(line: str) -> bool:
    return len(_NUMBER.sub("", line, count=1).split()) <= 18
