"""The formatting of new words: so much of an HTML mail as says these words, and nothing that says others.

What a mail program quotes, and what else stands above or below, is told by the words themselves: whatever does not say
them goes, with its pictures. Where the words cannot be followed through the HTML there is no formatting.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

SIZE_LIMIT = 512 << 10  # characters of HTML
_MOST_NODES = 20_000
_AHEAD = 12  # words that text may hold more than HTML: numbers of lists, names of pictures
_SAID = 9  # tenths of the words that the HTML must say
_WORD = re.compile(r"\w+")
_BEHIND_LINK = re.compile(r"<[a-z]{2,8}:[^>\s]{1,500}>")
_PICTURE = re.compile(r"cid:([\w.@$+-]{1,120})", re.ASCII)
_UNSEEN = "script,style,head,title,template,noscript,object,embed,svg,iframe,form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """Harmless HTML, and the Content-IDs of the pictures that it shows."""

    html: str
    pictures: tuple[str, ...] = ()


def formatted(html: str, words: str) -> Formatted | None:
    """The part of this HTML that says these words, sanitised; None where it cannot be told from the rest."""
    wanted = _WORD.findall(_BEHIND_LINK.sub(" ", words))
    if not wanted or not html or len(html) > SIZE_LIMIT:
        return None
    tree = LexborHTMLParser(html)
    for node in tree.css(_UNSEEN):
        node.decompose(recursive=True)
    nodes = list(_shown(tree))
    if len(nodes) >= _MOST_NODES or tree.body is None:
        return None
    kept = _keep(nodes, wanted)
    if kept * 10 < len(wanted) * _SAID:
        return None
    pictures = tuple(match[1] for node in tree.css("img") if (match := _PICTURE.fullmatch(_source(node))))
    return Formatted(html=harmless(tree.body.inner_html or ""), pictures=tuple(dict.fromkeys(pictures)))


def harmless(html: str) -> str:
    """The HTML without scripts, styles, forms and pictures that lie elsewhere: nothing in it acts or tells tales."""
    return nh3.clean(
        html,
        attributes={"a": {"href", "title"}, "img": {"src", "alt"}},
        url_schemes={"https", "mailto", "cid"},
        link_rel="noopener noreferrer nofollow",
    )


def _shown(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """Texts and pictures in the order of the document."""
    count = 0
    for node in tree.root.traverse(include_text=True) if tree.root else ():
        if node.tag in ("-text", "img"):
            count += 1
            yield node
        if count >= _MOST_NODES:
            return


def _keep(nodes: list[LexborNode], wanted: list[str]) -> int:
    """Takes away whatever does not say the wanted words, one after the other; gives how many are said."""
    at = said = 0
    ended = False
    for node in nodes:
        if node.tag == "img":
            if ended or not said or not _PICTURE.fullmatch(_source(node)):
                node.decompose()
            continue
        words = _WORD.findall(node.text(deep=False) or "")
        if not words:
            continue
        place = None if ended else _place_of(words, wanted, at)
        if place is None:
            ended = ended or said > 0
            node.decompose()
            continue
        at, said = place + len(words), said + len(words)
    return said


def _place_of(words: list[str], wanted: list[str], start: int) -> int | None:
    ahead = range(start, min(start + _AHEAD, len(wanted) - len(words)) + 1)
    return next((place for place in ahead if wanted[place : place + len(words)] == words), None)


def _source(node: LexborNode) -> str:
    return node.attributes.get("src") or ""
