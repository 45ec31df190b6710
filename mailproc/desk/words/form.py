"""The form of our asking letter, read back from whatever a mail program made of it.

In the letter each item stands on a line of its own, as the policy labels it, and below it "Answer:" with nothing
behind. Whatever stands behind or below that word in a reply was therefore written by the customer, also where his
mail program quoted it together with our lines, and where it quoted nothing at all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailproc.desk.policy import Policy
from mailproc.desk.translation import hints, labels

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
_LONGEST_LINE = 2_000
_LONGEST_ANSWER = 4_000
_QUOTE = re.compile(r"(?:\s{0,4}[>|])*")
_NUMBER = re.compile(r"(\d{1,2})\s?[.)]\s{0,8}")
_NUMBER_AT_END = re.compile(r"\d{1,2}\s?[.)]\s{0,8}$")
_BLANK = re.compile(r"\n{2,}")
_SHORTEST_LABEL = 5
_TELLING = 12  # characters by which the sentence on how to give an item is known
_BULLETS = " \t*_•·‣◦▪–"
_WHICH_CHASSIS = (" of the second chassis", " of both chassis", " des zweiten chassis", " beider chassis")
"""What letters put behind the label of an item that is wanted of two chassis."""
_WITHIN = re.compile(rf"(?<=[^\s\"“„”'>]) +(?=(?:{'|'.join(map(re.escape, (*ANSWERS, *ENDS)))}))")
"""Where lines of the form were run together; the words in the sentence on how to answer stand in quotation marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """An item of the form and the words that were written for it, as they stand."""

    item: str
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class _Room:
    """The lines from an item's "Answer:" on; `closed` is true where the next item or the end of the form follows."""

    item: str
    lines: tuple[_Line, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """What the letters of a policy say: labels without decoration with their items, and what may stand behind them."""

    labels: Mapping[str, str]
    behind: tuple[str, ...]


def filled_in(text: str, policy: Policy) -> tuple[FilledIn, ...]:
    """The answers in our form within the whole text of a mail, quoted or not; items left empty are not among them.

    Whether the words say anything ("later", "?") is for whoever weighs the details to judge.
    """
    if not any(one in text for one in ANSWERS):
        return ()
    form = _form_of(policy)
    answers = ((room.item, _words(room)) for room in _rooms(tuple(_lines(text, form)), form))
    first = {item: words for item, words in reversed(list(answers)) if words}
    return tuple(FilledIn(item=one.id, words=first[one.id]) for one in policy.requirements if one.id in first)


def _form_of(policy: Policy) -> _Form:
    known = {_bare(label): one.id for one in policy.requirements for label in labels(one, policy)}
    hows = (" ".join(how.split())[:_TELLING].casefold() for how, _ in hints(policy))
    return _Form(known, (*(one for one in hows if one), *(one.casefold() for one in WHYS)))


def _rooms(lines: tuple[_Line, ...], form: _Form) -> Iterator[_Room]:
    """Each item's room, from its "Answer:" to the next item, to the end of the form, or to the end of the mail."""
    item: str | None = None
    number = 0
    room: list[_Line] = []
    for position, line in enumerate(lines):
        asked = _asked(lines, position, form)
        follows = bool(room) and number > 0 and _number(line.text) == number + 1
        if asked or follows or line.text.startswith(ENDS):
            if item and room:
                yield _Room(item, tuple(room), closed=True)
            item, number, room = asked, _number(line.text), []
        elif item and (room or line.text.startswith(ANSWERS)):
            room.append(line)
    if item and room:
        yield _Room(item, tuple(room), closed=False)


def _asked(lines: tuple[_Line, ...], position: int, form: _Form) -> str | None:
    """The item whose label this line is, also where a mail program broke the label in two."""
    text = lines[position].text
    if not text:
        return None
    if asked := form.labels.get(_bare(text)):
        return asked
    below = lines[position + 1].text if position + 1 < len(lines) else ""
    return form.labels.get(_bare(f"{text} {below}")) if below and not below.startswith(ANSWERS) else None


def _words(room: _Room) -> str:
    """What was written into a room.

    Behind "Answer:" and on the lines below it, to where the next item begins. Where no next item is seen: on the lines
    right below, and where "Answer:" is quoted, on lines that are quoted less.
    """
    head, *below = room.lines
    kept = [_behind_answer(head.text)]
    ended = False
    for line in below:
        ended = ended or not line.text
        if not ended or room.closed or line.depth < head.depth:
            kept.append(line.text)
        elif line.text:
            break
    return _BLANK.sub("\n", "\n".join(kept)).strip()[:_LONGEST_ANSWER]


def _behind_answer(line: str) -> str:
    word = next(one for one in ANSWERS if line.startswith(one))
    return line.removeprefix(word).strip(" *_")


def _lines(text: str, form: _Form) -> Iterator[_Line]:
    """The lines with their depth of quotation; where a program ran our lines together, they are taken apart again."""
    for raw in text.splitlines()[:_MOST_LINES]:
        line = raw[:_LONGEST_LINE].replace("\xa0", " ")
        quote = _QUOTE.match(line)
        marks = quote[0] if quote else ""
        depth, own = marks.count(">") + marks.count("|"), line[len(marks) :].strip(_BULLETS)
        if not any(one in own for one in (*ANSWERS, *ENDS)):
            yield _Line(depth, own)
            continue
        for part in _WITHIN.split(own):
            yield from (_Line(depth, one.strip(_BULLETS)) for one in _label_apart(part, form))


def _label_apart(text: str, form: _Form) -> Iterator[str]:
    """A part of a line that was run together: what stands before the last label in it, the label, what is behind."""
    folded = text.casefold()
    found = ((folded.rfind(label), label) for label in form.labels if len(label) >= _SHORTEST_LABEL)
    at, label = max(found, default=(-1, ""))
    number = _NUMBER_AT_END.search(text[:at]) if at > 0 else None
    surely = number or not text.startswith(ANSWERS) or folded[at + len(label) :].lstrip(" :").startswith(form.behind)
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
