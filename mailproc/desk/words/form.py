"""The form of our asking letter, read back from whatever a mail program made of it.

In the letter each item stands on a line of its own, as the policy labels it, and below it "Answer:" with nothing
behind. Whatever stands behind or below that word in a reply was therefore written by the customer, also where his
mail program quoted it together with our lines, and where it quoted nothing at all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailproc.desk.policy import Policy
from mailproc.desk.translation import labels

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
_NUMBER = re.compile(r"\d{1,2}\s?[.)]\s{0,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """An item of the form and the words that were written for it, as they stand."""

    item: str
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    text: str


def filled_in(text: str, policy: Policy) -> tuple[FilledIn, ...]:
    """The answers in our form within the whole text of a mail, quoted or not; items left empty are not among them.

    Whether the words say anything ("later", "?") is for whoever weighs the details to judge.
    """
    known = {_bare(label): one.id for one in policy.requirements for label in labels(one, policy)}
    answers = ((item, _words(lines)) for item, lines in _rooms(_lines(text), known))
    first = {item: words for item, words in reversed(list(answers)) if words}
    return tuple(FilledIn(item=one.id, words=first[one.id]) for one in policy.requirements if one.id in first)


def _rooms(lines: Iterable[_Line], known: dict[str, str]) -> Iterator[tuple[str, list[_Line]]]:
    """Each item with the lines from its "Answer:" to the next item, or to the end of the form."""
    item: str | None = None
    room: list[_Line] = []
    for line in lines:
        asked = known.get(_bare(line.text))
        if asked or line.text.startswith(ENDS):
            if item and room:
                yield item, room
            item, room = asked, []
        elif item and (room or line.text.startswith(ANSWERS)):
            room.append(line)
    if item and room:
        yield item, room


def _words(room: list[_Line]) -> str:
    """What was written into a room.

    Behind "Answer:" and on the lines right below it; and, where "Answer:" is quoted, on lines that are quoted less.
    """
    head, *below = room
    kept = [_behind_answer(head.text)]
    ended = False
    for line in below:
        ended = ended or not line.text
        if not ended or line.depth < head.depth:
            kept.append(line.text)
        elif line.text:
            break
    return "\n".join(kept).strip()[:_LONGEST_ANSWER]


def _behind_answer(line: str) -> str:
    word = next(one for one in ANSWERS if line.startswith(one))
    return line.removeprefix(word).strip(" *_")


def _lines(text: str) -> Iterator[_Line]:
    for raw in text.splitlines()[:_MOST_LINES]:
        line = raw[:_LONGEST_LINE].replace("\xa0", " ")
        quote = _QUOTE.match(line)
        marks = quote[0] if quote else ""
        yield _Line(marks.count(">") + marks.count("|"), line[len(marks) :].strip(" \t*_"))


def _bare(label: str) -> str:
    """A label without number, marks of emphasis and colon, in one case."""
    return " ".join(_NUMBER.sub("", label.strip(" *_"), count=1).strip(" *_:").casefold().split())
