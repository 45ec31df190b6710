"""What the writer wrote now, apart from quoted mail and signature; the mail's whole text is never touched.

A doubtful cut keeps more. Answers typed between quoted lines keep the quoted question that they answer, so
that a form stays readable.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from mailproc.reading.markup import html_to_text
from mailproc.reading.quoting import (
    CUT,
    LINE_LIMIT,
    attribution,
    header_block,
    is_forwarding,
    is_original,
    is_quoted,
    is_rule,
    label_of,
)
from mailproc.reading.signature import Signed, signed

__all__ = ["Said", "Voices", "html_to_text", "own_words", "passed_on", "reply_of", "said_in", "without_quotations"]

_ABOVE_THIS_LINE = re.compile(
    r"^[>\s]{0,8}(?:##- .{3,120} -##"
    r"|[-=#*~_ ]{0,20}(?:please )?(?:reply|type|write|respond|enter|answer|add)\b.{0,40}\babove this line\b.{0,40}"
    r"|[-=#*~_ ]{0,20}(?:bitte )?(?:antworten|schreiben) sie .{0,30}(?:ober|über) ?(?:halb )?diese[rn]? (?:linie|zeile)"
    r".{0,40})\s*$",
    re.IGNORECASE,
)
"""How ticket systems ask to be answered above."""
_QUESTION_LINES = 6
_COMMENT_WORDS = 6
_COMMENT_LENGTH = 40  # characters, for languages that set no blanks between words
_LINES_READ = 4000  # what stands below so many lines is taken for new words
_QUESTION = re.compile(r"[:：?？]\s*$|^[>\s]*\d{1,2}\s?[.)]\s")
# A place for an answer in a form: a ">" set in from the margin.
_SLOT = re.compile(r"^((?:>\s?)*)\s{2,}>\s*(.*)$")
_NUMBERED = re.compile(r"^(?:>\s?)*\s*\d{1,2}\s?[.)]\s+\S")
_ANNOUNCING = re.compile(r"(?:[^\W\d][:：]|\s[\\|])\s*$")  # a command that a shell goes on with, too
_BLANKS = re.compile(r"\n{4,}")


@dataclass(frozen=True, slots=True)
class _Passage:
    lines: tuple[str, ...]
    quoted: bool = False
    is_passed_on: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(line.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Said:
    """The words newly written, and below them the mail that they pass on."""

    reply: str
    passed_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Who may be heard in a mail. `ours` are our own mailboxes, `author` words that name the writer, all lower-cased.

    Quoted mail that one of ours wrote is ours beyond doubt; a block below the words that names the author
    is his signature.
    """

    ours: frozenset[str] = frozenset()
    author: frozenset[str] = frozenset()


def reply_of(text: str, ours: frozenset[str] = frozenset(), author: frozenset[str] = frozenset()) -> str:
    """The words newly written in this text (as `body_of` gives it), lines as they were written."""
    return said_in(text, Voices(ours=ours, author=author)).reply


def said_in(text: str, voices: Voices) -> Said:
    """What an answer says: its new words, and what it passes on where a line of the mail program says that it does."""
    lines = text.split("\n")
    passages = tuple(_passages(lines, voices.ours))
    below = len(lines) - len(passages[-1].lines)
    if passages[-1].is_passed_on and not any(one.quoted for one in passages):
        return _commented(lines, below, voices)
    return Said(_joined(_kept(passages, voices.author)))


def passed_on(text: str, voices: Voices) -> Said:
    """What a mail says that passes another on by its subject: the words above that one, where they say something."""
    lines = text.split("\n")
    for at in range(min(len(lines), _LINES_READ)):
        if is_forwarding(lines, at) or _rest_is_quoted(lines, at, voices.ours) or _quotation(lines, at):
            return _commented(lines, at, voices)
    return Said(_joined(signed(lines, voices.author).words))


def own_words(text: str) -> str:
    """The writer's words with all that stands below them; only the mails that they quote or pass on are left out."""
    passages = _passages(text.split("\n"), frozenset())
    return _joined(line for one in passages if not (one.quoted or one.is_passed_on) for line in one.lines)


def _commented(lines: list[str], at: int, voices: Voices) -> Said:
    """A comment, and the mail below it; a comment of few words ("FYI") says nothing without that mail."""
    comment = _joined(signed(_without_rule(lines[:at]), voices.author).words)
    whole = _joined(line for line in lines if line.strip() != CUT)
    if len(comment.split()) < _COMMENT_WORDS and len(comment) < _COMMENT_LENGTH:
        return Said(whole)
    return Said(comment, _joined(line for line in lines[at:] if line.strip() != CUT))


def _joined(lines: Iterable[str]) -> str:
    return _BLANKS.sub("\n\n\n", "\n".join(lines)).strip("\n").rstrip()


class Keeps(Protocol):
    """Says whether a quoted line stays; `shown` is true for lines that their writer announces, as of a console."""

    def __call__(self, line: str, *, shown: bool) -> bool: ...


def without_quotations(reply: str, keeps: Keeps) -> str:
    """New words (as `reply_of` gives them) with only those of the quoted lines in them that `keeps` lets stay."""
    lines = reply.split("\n")
    kept: list[str] = []
    shown = False
    for at, line in enumerate(lines):
        if not is_quoted(line):
            kept.append(line)
            continue
        if not at or not is_quoted(lines[at - 1]):
            shown = _is_shown(lines, at)
        if keeps(line, shown=shown):
            kept.append(line)
    return _BLANKS.sub("\n\n\n", "\n".join(kept)).strip("\n").rstrip()


def _passages(lines: list[str], ours: frozenset[str]) -> Iterator[_Passage]:
    """New and quoted passages in turn; a quoted one holds its attribution."""
    start = at = 0
    shown = False
    while at < min(len(lines), _LINES_READ):
        if is_forwarding(lines, at):
            yield _Passage(tuple(lines[start:at]))
            yield _Passage(tuple(lines[at:]), is_passed_on=True)
            return
        if _rest_is_quoted(lines, at, ours):
            yield _Passage(tuple(_without_rule(lines[start:at])))
            yield from _answers_in(lines[at:])
            return
        length = _quotation(lines, at)
        if length and is_quoted(lines[at]) and (shown or _is_shown(lines, at)):
            shown = True
            at += length
        elif length:
            shown = False
            yield _Passage(tuple(lines[start:at]))
            yield _Passage(tuple(lines[at : at + length]), quoted=True)
            at += length
            start = at
        else:
            at += 1
    yield _Passage(tuple(lines[start:]))


def _rest_is_quoted(lines: list[str], at: int, ours: frozenset[str]) -> bool:
    line = lines[at]
    if not line.strip():
        return False
    if is_original(lines, at) or (_ABOVE_THIS_LINE.match(line) and any(words.strip() for words in lines[:at])):
        return True
    if is_quoted(line):
        return False
    if line.strip() == CUT:
        return any(words.strip() and words.strip() != CUT for words in lines[:at]) or not _is_forwarded_below(lines, at)
    length = header_block(lines, at)
    if length:
        by_us = any(address in " ".join(lines[at : at + length]).lower() for address in ours)
        return by_us or any(words.strip() for words in lines[:at])
    length = attribution(lines, at)
    return bool(length) and not _quoted_follows(lines, at + length)


def _is_forwarded_below(lines: list[str], at: int) -> bool:
    return any(label_of(line) for line in lines[at + 1 : at + 5])


def _quoted_follows(lines: list[str], at: int) -> bool:
    return is_quoted(next((line for line in lines[at : at + 8] if line.strip()), ""))


def _quotation(lines: list[str], at: int) -> int:
    """How many lines from here are one run of quoted lines, with the attribution above and blank lines between."""
    length = 0 if is_quoted(lines[at]) else _introduction(lines, at)
    if not length and not is_quoted(lines[at]):
        return 0
    end = at + length
    while end < len(lines) and (is_quoted(lines[end]) or _is_gap(lines, end)):
        end += 1
    return end - at


def _is_shown(lines: list[str], at: int) -> bool:
    """Lines behind a prompt ">", as of a console, that the writer announces with a colon: not quoted mail."""
    above = next((before for before in range(at - 1, max(at - 4, -1), -1) if lines[before].strip()), None)
    if above is None or not _ANNOUNCING.search(lines[above][-LINE_LIMIT:]) or label_of(lines[above]):
        return False
    return not any(attribution(lines, below) for below in range(at, min(at + 3, len(lines))))


def _introduction(lines: list[str], at: int) -> int:
    if not lines[at].strip():
        return 0
    length = attribution(lines, at) or header_block(lines, at)
    return length if length and _quoted_follows(lines, at + length) else 0


def _is_gap(lines: list[str], at: int) -> bool:
    """An empty line (or two) inside of quoted mail."""
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return not lines[at].strip() and is_quoted(following)


def _without_rule(lines: list[str]) -> list[str]:
    """A rule just above the headers of quoted mail belongs to them."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_rule(lines[end - 1]) or lines[end - 1].strip() == CUT):
        end -= 1
    return lines[:end]


def _answers_in(lines: list[str]) -> Iterator[_Passage]:
    """The questions of our own form that were filled in, in quoted mail without ">"."""
    filled = _filled_slots(lines)
    if filled:
        yield _Passage(tuple(lines[:1]), quoted=True)
        yield _Passage(("", *filled))


def _filled_slots(lines: list[str] | tuple[str, ...]) -> list[str]:
    """Each answered question of our form: the numbered line as "> question", then the words written on its slot."""
    kept: list[str] = []
    question = -9
    for at, line in enumerate(lines):
        if len(line) > LINE_LIMIT:
            continue
        if _NUMBERED.match(line):
            question = at
        slot = _SLOT.match(line) if at - question <= 4 else None
        if slot and slot[2].strip():
            kept += [f"> {lines[question].lstrip('> ').strip()}", slot[2].strip(), ""]
    return kept


def _kept(passages: tuple[_Passage, ...], author: frozenset[str]) -> Iterator[str]:
    new = {at for at, passage in enumerate(passages) if not passage.quoted and not passage.is_blank}
    outer = {min(new, default=0), max(new, default=0)}
    last_quoted = max((at for at, passage in enumerate(passages) if passage.quoted), default=0)
    for at, passage in enumerate(passages):
        if passage.quoted:
            yield from _filled_slots(passage.lines)
        elif at in new:
            words = _signed_off(passage, author, is_outer=at in outer).words
            if words and at and passages[at - 1].quoted:
                yield from _question(passages[at - 1], passage, sure=last_quoted > at or len(new) > 2)
            yield from words


def _signed_off(passage: _Passage, author: frozenset[str], *, is_outer: bool) -> Signed:
    lines = [line for line in passage.lines if line.strip() != CUT]
    return signed(lines, author) if is_outer else Signed(tuple(lines))


def _question(passage: _Passage, answer: _Passage, *, sure: bool) -> Iterator[str]:
    """The last quoted sentence before an answer. Where it is not sure that it is one, it must look like a question."""
    lines = list(passage.lines)
    while lines and not lines[-1].lstrip("> \t"):
        lines.pop()
    if not lines or not is_quoted(lines[-1]):
        return
    bare = lines[-1].lstrip("> \t")
    adjacent = bool(answer.lines[0].strip()) and lines[-1] == passage.lines[-1]
    if not sure and not (_QUESTION.search(bare) and (adjacent or not bare.rstrip().endswith("?"))):
        return
    start = len(lines) - 1
    while start and len(lines) - start < _QUESTION_LINES and _continues(lines[start - 1], lines[start]):
        start -= 1
    yield ""
    yield from lines[start:]


def _continues(above: str, line: str) -> bool:
    bare = above.lstrip("> \t").rstrip()
    numbered = bool(_NUMBERED.match(line))
    return (
        bool(bare)
        and is_quoted(above)
        and not numbered
        and not bare.endswith((":", "?", ".", "：", "？", "。", "!", ";"))
    )
