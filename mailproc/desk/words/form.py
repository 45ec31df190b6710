"""The form of our asking letter, read back from whatever a mail program made of it.

In the letter each item stands as the policy labels it, then how to give it and why, then "Answer:" with nothing behind.
What stands behind or below that word in a reply was written by the customer, also where his mail program quoted it
together with our lines, and where it quoted nothing at all. Where he overwrote or lost the word, whatever stands among
our lines and is none of them is his answer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mailproc.desk.policy import Policy
from mailproc.desk.translation import hints_of, labels
from mailproc.desk.words.hints import Hints
from mailproc.desk.words.phrases import MONTH

ANSWER = "Answer:"
"""What stands before the room for an answer; the letter's templates write the same word."""
END = "End of the form."
"""What stands below the last item, so that the lines after it are not taken for its answer."""
ANSWERS = (ANSWER, "Antwort:")
"""The same word in every language that there are letters in."""
ENDS = (END, "Ende des Formulars.")
"""The same sentence in every language that there are letters in."""
WHYS = ("Why:", "Wozu:")
"""What stands before the reason for an item, in every language that there are letters in."""

_MOST_LINES = 5_000
_MOST_BELOW = 500
"""Lines below an item's label that are read."""
_LONGEST_LINE = 2_000
_LONGEST_ANSWER = 4_000
_QUOTE = re.compile(r"(?:\s{0,4}(?:[A-Za-z]{0,4}>|[|#]))*")
_NUMBER = re.compile(r"(\d{1,2})\s?[.)]\s{0,8}")
_NUMBER_AT_END = re.compile(r"\d{1,2}\s?[.)]\s{0,8}$")
_BLANK = re.compile(r"\n{2,}")
_SHORTEST_LABEL = 5
_LONGEST_LABEL = 200
_TELLING = 12  # characters by which the sentence on how to give an item is known
_BULLETS = " \t*_•·‣◦▪–"
_LINES_OF_ITEM = 4
"""Within so many lines below the name of an item that we do not know its reason or its room follows."""
_WHICH_CHASSIS = (" of the second chassis", " of both chassis", " des zweiten chassis", " beider chassis")
"""What letters put behind the label of an item that is wanted of two chassis."""
_WORD = "|".join(one.removesuffix(":") for one in ANSWERS)
_MARK = re.compile(rf"(?:{_WORD})\s{{0,3}}[:：][\s*_]*", re.IGNORECASE)
_MARK_ALTERED = re.compile(rf"(?:{_WORD})(?:\s{{0,3}}[-–—=>.;]{{1,3}}\s?|\s{{1,8}}|$)", re.IGNORECASE)
"""The word without its colon, which only counts below the lines of an item."""
_WHY = re.compile(rf"(?:{'|'.join(one.removesuffix(':') for one in WHYS)})\s{{0,3}}[:：]\s*", re.IGNORECASE)
_BEFORE_WHY = re.compile(rf"(?<=\S) +(?={_WHY.pattern})", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?<=[^\s\"“„”'>]) +(?=(?:(?:{_WORD})\s{{0,3}}[:：]|{'|'.join(map(re.escape, ENDS))}))", re.IGNORECASE
)
"""Where lines of the form were run together; the words in the sentence on how to answer stand in quotation marks."""
_OURS = re.compile(
    rf"(?:{_WORD}|{'|'.join(WHYS).replace(':', '')})\s{{0,3}}[:：]|{'|'.join(map(re.escape, ENDS))}", re.IGNORECASE
)
"""What a text holds that has anything of our form in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """An item of the form and the words that were written for it, as they stand."""

    item: str
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an item begins, and how many lines its label takes; no item for the end of the form or an unknown one."""

    at: int
    item: str
    length: int


@dataclass(frozen=True, slots=True)
class _Section:
    """An item's label and the lines below it; `closed` is true where the next item or the end of the form follows."""

    item: str
    number: int
    label: _Line
    lines: tuple[_Line, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """What a section of ours says: the customer's words, and the rows of the text that belong to it."""

    item: str
    number: int
    words: str
    rows: range


@dataclass(frozen=True, slots=True)
class _Form:
    """What the letters of a policy say: labels without decoration with their items, and what stands below each."""

    labels: Mapping[str, str]
    hints: Mapping[str, Hints]
    behind: tuple[str, ...]


def filled_in(text: str, policy: Policy) -> tuple[FilledIn, ...]:
    """The answers in our form within the whole text of a mail, quoted or not; items left empty are not among them.

    Whether the words say anything ("later", "?") is for whoever weighs the details to judge.
    """
    first = {one.item: one.words for one in reversed(list(_sections_read(text, policy))) if one.words}
    return tuple(FilledIn(item=one.id, words=first[one.id]) for one in policy.requirements if one.id in first)


def beside_the_form(text: str, policy: Policy) -> str:
    """The text without the items of our form, their answers included, and without what is quoted as they are."""
    lines = text.splitlines()
    read = tuple(_sections_read(text, policy))
    if not read:
        return text
    ours = {row for one in read for row in one.rows}
    marks = {mark for one in read if (mark := _quoted_by(lines[one.rows.start]))}
    return "\n".join(line for row, line in enumerate(lines) if row not in ours and _quoted_by(line) not in marks)


def asked_by_number(text: str, policy: Policy) -> dict[int, str]:
    """The items of our form within a text, filled in or not, by the numbers that they have there."""
    return {one.number: one.item for one in reversed(tuple(_sections_read(text, policy))) if one.number}


def _quoted_by(line: str) -> str:
    """The mark of quotation that a line begins with, other than the usual one, which every reader knows."""
    quote = _QUOTE.match(line)
    return quote[0].strip(" >") and quote[0].strip() if quote else ""


def _sections_read(text: str, policy: Policy) -> Iterator[_Read]:
    if not _OURS.search(text):
        return
    form = _form_of(policy)
    for section in _sections(tuple(_lines(text, form)), form):
        if read := _read(section, form.hints[section.item]):
            yield read


def _form_of(policy: Policy) -> _Form:
    known = {_bare(label): one.id for one in policy.requirements for label in labels(one, policy)}
    said = {one.id: hints_of(one, policy) for one in policy.requirements}
    hows = (" ".join(how.split())[:_TELLING].casefold() for told in said.values() for how, _ in told)
    behind = (*(one for one in hows if one), *(one.casefold() for one in WHYS))
    return _Form(known, {item: Hints.of(told) for item, told in said.items()}, behind)


def _sections(lines: tuple[_Line, ...], form: _Form) -> Iterator[_Section]:
    """Each item with its lines, to the next item, to the end of the form, or to the end of the mail."""
    starts = [start for at in range(len(lines)) if (start := _begun(lines, at, form))]
    for one, following in pairwise((*_without_answers(starts, lines), _Start(len(lines), "", 0))):
        if one.item:
            label, below = lines[one.at], lines[one.at + one.length : following.at][:_MOST_BELOW]
            yield _Section(one.item, _number(label.text), label, below, closed=following.at < len(lines))


def _begun(lines: tuple[_Line, ...], at: int, form: _Form) -> _Start | None:
    """What begins here, also where a mail program broke its label in two."""
    text = lines[at].text
    if text.startswith(ENDS):
        return _Start(at, "", 1)
    if not text or len(text) > _LONGEST_LABEL:
        return None
    if asked := form.labels.get(_bare(text)):
        return _Start(at, asked, 1)
    below = lines[at + 1].text[:_LONGEST_LABEL] if at + 1 < len(lines) else ""
    if below and not _MARK.match(below) and (asked := form.labels.get(_bare(f"{text} {below}"))):
        return _Start(at, asked, 2)
    return _Start(at, "", 1) if _number(text) and _is_unknown_item(lines, at, form) else None


def _is_unknown_item(lines: tuple[_Line, ...], at: int, form: _Form) -> bool:
    """Whether a reason or a room for an answer stands below, before anything else of the form does."""
    for line in lines[at + 1 : at + 1 + _LINES_OF_ITEM]:
        if _WHY.match(line.text) or _MARK.match(line.text):
            return True
        if _number(line.text) or line.text.startswith(ENDS) or form.labels.get(_bare(line.text)):
            return False
    return False


def _without_answers(starts: list[_Start], lines: tuple[_Line, ...]) -> Iterator[_Start]:
    """Unknown items only where they count on from the item above: another number is one within an answer."""
    number = 0
    for one in starts:
        text = lines[one.at].text
        if one.item or text.startswith(ENDS) or _number(text) == number + 1:
            number = _number(text)
            yield one


def _read(section: _Section, hints: Hints) -> _Read | None:
    """What is written in a section, if it is one of our form: below its mark, or else among our own lines."""
    mark = next((at for at, line in enumerate(section.lines) if _MARK.match(line.text)), None)
    above = section.lines if mark is None else section.lines[:mark]
    among, ours = _among(above, hints, closed=section.closed or mark is not None)
    if mark is None and not ours:
        return None
    below = () if mark is None else tuple(_below(section, mark))
    told = _told(below, section.number) or _told(among, section.number)
    rows = [section.label.row, *(line.row for line in (*ours, *below, *among))]
    last = section.lines[-1].row if section.closed and section.lines else max(rows)
    return _Read(section.item, section.number, told, range(section.label.row, last + 1))


def _below(section: _Section, mark: int) -> Iterator[_Line]:
    """The customer's lines from "Answer:" on.

    Behind "Answer:" and on the lines below it, to where the next item begins. Where no next item is seen: on the lines
    right below, and where "Answer:" is quoted, on lines that are quoted less.
    """
    head = section.lines[mark]
    yield _Line(head.depth, _MARK.sub("", head.text, count=1).strip(" *_"), head.row)
    ended = False
    for line in section.lines[mark + 1 :]:
        ended = ended or not line.text
        if not ended or section.closed or line.depth < head.depth:
            yield line
        elif line.text:
            return


def _among(lines: tuple[_Line, ...], hints: Hints, *, closed: bool) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
    """The lines that are none of ours, and those that are: how to give the item, and why.

    None are none of ours where our own are not all known.
    """
    others: list[_Line] = []
    ours: list[_Line] = []
    reader = hints.reader()
    for line in lines:
        if (ours and not closed and not line.text) or (not ours and len(others) > _LINES_OF_ITEM):
            break
        if not line.text:
            continue
        why = _WHY.match(line.text)
        rest = reader.besides(line.text, is_why=why is not None, start=why.end() if why else 0)
        if rest is None:
            others.append(_Line(line.depth, _unmarked(line.text) if ours else line.text, line.row))
            continue
        ours.append(line)
        if rest:
            others.append(_Line(line.depth, rest, line.row))
    return tuple(others) if reader.knows_all else (), tuple(ours)


def _unmarked(text: str) -> str:
    altered = _MARK_ALTERED.match(text)
    return text[altered.end() :] if altered else text


def _told(lines: tuple[_Line, ...], number: int) -> str:
    """The lines as one answer; the number that an editor gave a new line of the list is not part of it."""
    texts: list[str] = []
    for line in lines:
        counted = _NUMBER.match(line.text) if number else None
        counts = counted and int(counted[1]) == number + 1 and not MONTH.match(line.text[counted.end() :].lower())
        texts.append(line.text[counted.end() :] if counted and counts else line.text)
        number += bool(counts)
    return _BLANK.sub("\n", "\n".join(texts)).strip()[:_LONGEST_ANSWER]


def _lines(text: str, form: _Form) -> Iterator[_Line]:
    """The lines with their depth of quotation; where a program ran our lines together, they are taken apart again."""
    for row, raw in enumerate(text.splitlines()[:_MOST_LINES]):
        line = raw[:_LONGEST_LINE].replace("\xa0", " ")
        quote = _QUOTE.match(line)
        marks = quote[0] if quote else ""
        depth, own = sum(marks.count(one) for one in ">|#"), line[len(marks) :].strip(_BULLETS)
        if not _OURS.search(own):
            yield _Line(depth, own, row)
            continue
        for part in _WITHIN.split(own):
            apart = (one for piece in _label_apart(part, form) for one in _BEFORE_WHY.split(piece))
            yield from (_Line(depth, one.strip(_BULLETS), row) for one in apart)


def _label_apart(text: str, form: _Form) -> Iterator[str]:
    """A part of a line that was run together: what stands before the last label in it, the label, what is behind."""
    folded = text.casefold()
    found = ((folded.rfind(label), label) for label in form.labels if len(label) >= _SHORTEST_LABEL)
    at, label = max(found, default=(-1, ""))
    number = _NUMBER_AT_END.search(text[:at]) if at > 0 else None
    surely = number or not _MARK.match(text) or folded[at + len(label) :].lstrip(" :").startswith(form.behind)
    if at < 0 or len(folded) != len(text) or not surely:
        yield text
        return
    before = text[:at]
    yield before[: number.start()] if number else before
    yield text[at : at + len(label)]
    yield text[at + len(label) :]


def _number(text: str) -> int:
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0


def _bare(label: str) -> str:
    """A label without number, marks of emphasis, colon and which chassis it is wanted of, in one case."""
    words = " ".join(_NUMBER.sub("", label.strip(" *_"), count=1).strip(" *_:").casefold().split())
    which = next((one for one in _WHICH_CHASSIS if words.endswith(one)), "")
    return words.removesuffix(which)
