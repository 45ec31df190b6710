"""Which parts are the mail's text, and that text as people see it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mailproc.reading import tnef
from mailproc.reading.charsets import decode, plain_lines
from mailproc.reading.markup import headings_of, html_to_text
from mailproc.reading.quoting import CUT
from mailproc.reading.tree import Part

TEXT_LIMIT = 4 << 20  # characters of all text parts together
_FLOWED = re.compile(r"format\s*=\s*\"?flowed")
_DELSP = re.compile(r"delsp\s*=\s*\"?yes")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_RICHER = 4  # an HTML part with this many times the words of its plain twin says what the plain one leaves out
_NO_PLAIN = re.compile(
    r"(?:requires?|need|view|support|display).{0,60}html|html.{0,60}(?:viewer|client|format|capable|readable)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a mail.

    `marked` is the same with the marks of html_to_text, for `reply_of`; `html` is as sent, and `headings` what it sets
    as headings or in bold.
    """

    text: str = ""
    marked: str = ""
    html: str = ""
    headings: tuple[str, ...] = ()
    damage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    part: Part
    text: str
    lossy: bool

    @property
    def is_html(self) -> bool:
        return self.part.declared == "text/html"


def body_of(parts: Iterable[Part]) -> Body:
    """The text that a mail program would show first: of alternatives one, of several texts all in their order."""
    told = tuple(parts)
    pieces = [_piece(part) for part in told if part.is_body]
    marked = _joined(pieces)
    if not marked.strip():
        pieces = [piece for part in told for piece in _wrapped(part)]
        marked = _joined(pieces)
    damage = [
        f"a text part is not written in {piece.part.charset or 'UTF-8'} as it says" for piece in pieces if piece.lossy
    ]
    if len(marked) > TEXT_LIMIT:
        marked = marked[:TEXT_LIMIT]
        damage.append(f"the text is longer than {TEXT_LIMIT >> 20} million characters, the rest was not read")
    html = "\n".join(piece.text for piece in pieces if piece.is_html)[:TEXT_LIMIT]
    return Body(
        text=without_marks(marked),
        marked=marked,
        html=html,
        headings=headings_of(html) if html else (),
        damage=tuple(dict.fromkeys(damage)),
    )


def without_marks(marked: str) -> str:
    """The text without the lines that html_to_text sets for `reply_of`."""
    if CUT not in marked:
        return marked
    return "\n".join(line for line in marked.split("\n") if CUT not in line).strip("\n")


def _piece(part: Part) -> _Piece:
    charset = part.charset
    if part.declared == "text/html" and not charset:
        found = _META_CHARSET.search(part.content[:2048])
        charset = found[1].decode("ascii", "replace") if found else None
    text, faithful = decode(part.content, charset)
    text = plain_lines(text)
    if part.declared == "text/plain" and _FLOWED.search(part.parameters):
        text = unflowed(text, delete_space=bool(_DELSP.search(part.parameters)))
    return _Piece(part, text, not faithful)


def _wrapped(part: Part) -> Iterator[_Piece]:
    """The words that Outlook put into a winmail.dat, where the mail has no others."""
    if not part.content.startswith(tnef.SIGNATURE):
        return
    wrapped = tnef.unwrapped(part.content)
    if wrapped.text:
        yield _Piece(replace(part, declared="text/plain"), wrapped.text, lossy=False)
    elif wrapped.html:
        yield _Piece(replace(part, declared="text/html"), wrapped.html, lossy=False)


def _joined(pieces: list[_Piece]) -> str:
    texts: list[str] = []
    groups: dict[int | None, list[_Piece]] = {}
    for piece in pieces:
        groups.setdefault(piece.part.alternative_of, []).append(piece)
    for group, members in groups.items():
        plain = [piece.text for piece in members if not piece.is_html]
        shown = plain if group is None else plain if _suffices(plain, members) else []
        rich = [html_to_text(piece.text) for piece in members if piece.is_html] if not shown or group is None else []
        texts += shown + [text for text in rich if not _is_copy(text, shown)]
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _suffices(plain: list[str], members: list[_Piece]) -> bool:
    """Whether the plain alternative says what the HTML one does: some programs put an excuse there, or nothing."""
    words = " ".join(plain).split()
    if not words:
        return False
    markup = sum(len(piece.text) for piece in members if piece.is_html)
    if len(words) > 60 or not markup:
        return True
    rich = " ".join(html_to_text(piece.text) for piece in members if piece.is_html).split()
    excuse = bool(_NO_PLAIN.search(" ".join(words)))
    return len(rich) < _RICHER * len(words) + 20 and not (excuse and len(rich) > len(words))


def _is_copy(text: str, others: list[str]) -> bool:
    folded = re.sub(r"\W+", "", text)
    return any(folded == re.sub(r"\W+", "", other) for other in others)


def unflowed(text: str, *, delete_space: bool) -> str:
    """Paragraphs of format=flowed (RFC 3676 §4): lines that end in a space go on in the next of equal depth."""
    lines: list[str] = []
    paragraph: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        if open_depth is not None and (open_depth != depth or words == "-- "):
            lines.append(_flowed_line(open_depth, paragraph))
            paragraph = []
        paragraph.append(words[:-1] if soft and delete_space else words)
        open_depth = depth
        if not soft:
            lines.append(_flowed_line(depth, paragraph))
            paragraph, open_depth = [], None
    return "\n".join([*lines, *([_flowed_line(open_depth, paragraph)] if open_depth is not None else [])])


def _flowed_line(depth: int, words: list[str]) -> str:
    prefix = ">" * depth + (" " if depth else "")
    return prefix + "".join(words)
