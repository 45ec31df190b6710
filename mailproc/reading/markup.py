"""HTML to text: layout kept, and quoted mail marked by the structure that mail programs give it.

A <blockquote> becomes lines with "> "; the element with which a mail program begins the mail answered becomes
a rule line, so that the rules for plain text find it (see quoting.CUT). Hidden text, styles and scripts are
left out.
"""

import re
from html import unescape

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml.etree import LxmlError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailproc.reading.charsets import plain_lines
from mailproc.reading.quoting import CUT, label_of

SIZE_LIMIT = 512 << 10  # inscriptis needs some 3 s for a megabyte of tags
DEPTH_LIMIT = 200  # lxml gives up on elements nested deeper than 255
_QUOTE_DEPTH = 12
_BEGINNING = 400  # characters
_START, _END = "\ue000", "\ue001"  # private use: stand for the borders of a quotation
_UNSEEN = "script,style,head,title,meta,link,template,noscript,object,embed,svg"
_OWN_LINE = HtmlElement(display=Display.block)
_CONFIG = ParserConfig(css={**CSS_PROFILES["strict"], "dt": _OWN_LINE, "dd": _OWN_LINE})
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "b", "strong")
_HEADINGS = ", ".join((*_HEADING_TAGS, "[style*='font-weight']"))
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LONGEST_HEADING = 100
_MOST_HEADINGS = 400

# Where mail programs put the mail they answer, other than in a blockquote.
_QUOTED_MAIL = (
    "#divRplyFwdMsg, #appendonsend, hr[tabindex='-1'][style*='inline-block'], "  # Outlook on the web, Hotmail
    "#mail-editor-reference-message-container, "  # Outlook for Android and iOS
    "#OLK_SRC_BODY_SECTION, "  # Outlook for Mac
    "#stopSpelling, hr#EC_stopSpelling, "  # Hotmail of old
    "hr#zwchr, "  # Zimbra
    ".yahoo_quoted, .protonmail_quote, .tutanota_quote, "
    ".zmail_extra, "  # Zoho
    ".moz-forward-container"
)
_BORDER_ABOVE = re.compile(
    r"border\s*:\s*none\s*;\s*border-top\s*:\s*solid\s+#\w+\s+1\.0pt"  # Outlook 2007 and later
    r"|border-top-width\s*:\s*1px\s*;\s*border-top-style\s*:\s*solid"  # Windows Mail
    r"|border-top-style\s*:\s*solid\s*;\s*border-top-width\s*:\s*1px"
    r"|border-top\s*:\s*1px\s+solid\s*[^;]*;?\s*padding-top"
    r"|padding-top\s*:\s*[35]px\s*;\s*border-top[^;]*:\s*(?:1px\s+)?(?:solid|rgb)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_OPEN_OR_CLOSE = re.compile(
    r"<(/?)(?!br\b|hr\b|img\b|meta\b|link\b|input\b|col\b|p\b|li\b|t[dhr]\b|tbody\b|d[dt]\b|o:p\b|area\b|option\b|wbr\b)[a-z]",
    re.IGNORECASE,
)
_UNSEEN_TEXT = re.compile(r"<(?:style|script)\b[^<]*(?:<(?!/(?:style|script)\b)[^<]*)*+", re.IGNORECASE)
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"\n{4,}")


def html_to_text(html: str) -> str:
    """The text of an HTML mail.

    Beyond SIZE_LIMIT, and where tags are nested absurdly deep, layout is given up, words are not.
    """
    if len(html) > SIZE_LIMIT or _seems_too_deep(html):
        return _tidy(_words(html))
    tree = LexborHTMLParser(html)
    for node in tree.css(_UNSEEN):
        node.decompose(recursive=True)
    if _is_too_deep(tree):
        return _tidy(_words(html))
    _mark(tree)
    text = _laid_out(tree.html or "")
    return _tidy(text) if text.strip() else _tidy(_words(html))


def headings_of(html: str) -> tuple[str, ...]:
    """What an HTML mail sets as headings or in bold, each once and on one line; the text itself does not show it."""
    if len(html) > SIZE_LIMIT or _seems_too_deep(html):
        return ()
    marked = (
        " ".join(node.text().split())
        for node in LexborHTMLParser(html).css(_HEADINGS)[:_MOST_HEADINGS]
        if node.tag in _HEADING_TAGS or _BOLD.search(node.attributes.get("style") or "")
    )
    return tuple(dict.fromkeys(one for one in marked if 2 < len(one) <= _LONGEST_HEADING))


def _seems_too_deep(html: str) -> bool:
    """Counted before any parser sees it: the time of HTML parsers grows with the square of tags that are left open."""
    depth = 0
    for tag in _OPEN_OR_CLOSE.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEPTH_LIMIT * 2:
            return True
    return False


def _is_too_deep(tree: LexborHTMLParser) -> bool:
    """Parents are counted upward from the leaves' side in one walk; each node knows its depth from its parent's."""
    depths: dict[int, int] = {}
    for node in tree.root.traverse() if tree.root else ():
        above = depths.get(node.parent.mem_id, 0) if node.parent else 0
        depths[node.mem_id] = above + 1
        if above >= DEPTH_LIMIT:
            return True
    return False


def _mark(tree: LexborHTMLParser) -> None:
    for node in tree.css("[style]"):
        style = node.attributes.get("style") or ""
        if _HIDDEN.search(style):
            node.decompose(recursive=True)
        elif _BORDER_ABOVE.search(style) and _begins_with_headers(node):
            _line_before(node, CUT, tree)
    for node in tree.css(_QUOTED_MAIL):
        _line_before(node, CUT, tree)
    for node in tree.css("hr"):
        _line_before(node, "_" * 16, tree)
    for node in tree.css("blockquote"):
        if not _is_indent(node):
            _line_before(node, _START, tree)
            _line_after(node, _END, tree)


def _begins_with_headers(node: LexborNode) -> bool:
    """People draw such borders too: above a mail answered stand its headers."""
    words = node.text(separator="\n")[:_BEGINNING].split("\n")
    return label_of(" ".join(next(([one, *words] for one in words if one.strip()), [""]))[:80]) is not None


def _is_indent(node: LexborNode) -> bool:
    """Editors use blockquotes of class or style "indent" for layout only."""
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return (
        "border:none" in style
        and "margin-left" in style
        and "padding:0" in style
        and "cite" not in (node.attributes.get("type") or "")
    )


def _line_before(node: LexborNode, words: str, tree: LexborHTMLParser) -> None:
    line = tree.create_node("div")
    line.insert_child(words)
    node.insert_before(line)


def _line_after(node: LexborNode, words: str, tree: LexborHTMLParser) -> None:
    line = tree.create_node("div")
    line.insert_child(words)
    node.insert_after(line)


def _laid_out(html: str) -> str:
    try:
        return str(get_text(html, _CONFIG))
    except (LxmlError, ValueError, IndexError, RecursionError, AttributeError, KeyError):  # seen on hostile tags
        return ""


def _words(html: str) -> str:
    """Words without layout, by a plain scan for tags, for what is too large or too deep to lay out."""
    return unescape(_TAG.sub(" ", _BREAKS.sub("\n", _UNSEEN_TEXT.sub(" ", html))))


def _tidy(text: str) -> str:
    """Quotation borders become "> " before each line between them; no-break spaces become spaces."""
    lines: list[str] = []
    depth = 0
    for line in plain_lines(text).replace("\xa0", " ").replace("\u200b", "").split("\n"):
        depth += line.count(_START)
        bare = line.replace(_START, "").replace(_END, "").rstrip()
        prefix = "> " * min(depth, _QUOTE_DEPTH)
        if bare.strip() or not (_START in line or _END in line):
            lines.append((prefix + bare).rstrip() if depth > 0 else bare)
        depth = max(depth - line.count(_END), 0)
    return _BLANKS.sub("\n\n\n", "\n".join(lines)).strip("\n")
