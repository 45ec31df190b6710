"""Where a customer sits: a company, or another house, together with a place."""

import re
import unicodedata
from collections.abc import Iterator

from mailproc.desk.details import Detail, quote
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.people import name_at_start
from mailproc.desk.words.phrasebook import pattern, phrases
from mailproc.desk.words.phrases import CLOSING, SALUTATION
from mailproc.reading.mail import Mail

SITE = "site"
"""The item that tells where a customer sits."""

_WORD = pattern("WORD")
_NOT_A_NAME = phrases("NOT_A_NAME")
_PUBLIC_MAIL = phrases("PUBLIC_MAIL")
_COMPANY = phrases("COMPANY")
_PLACE = phrases("PLACE")
_NOT_A_PLACE = phrases("NOT_A_PLACE")
_SITED = phrases("SITED")
_LEAD_IN = phrases("LEAD_IN")
_NOT_A_HOUSE = phrases("NOT_A_HOUSE")
_HOUSE_AND_PLACE = re.compile(
    rf"\W{{0,4}}({_WORD}[^,\n|–·]{{2,60}}?)\s*(?:,|\||–|·| - )\s*([^,\n]{{0,24}}?{_WORD}(?: {_WORD}){{0,3}})"
    rf"(?:, {_WORD}(?: {_WORD})?)?(?: \([^()\n]*\))?\W{{0,3}}"
)
"""A line that is a house and where it stands: `Museo Textil, Cusco`."""
_FRAGMENT = re.compile(rf"{_WORD}(?: (?:(?:&|and|of|de|da|do|der|di) )?{_WORD}){{1,5}}, {_WORD}(?: {_WORD}){{0,2}}\.?")
"""The same as a sentence of its own, every word of it capitalised."""
_CARD_WIDTH = 120
_END = 6
_TOP = 8
"""Lines at the end of the new words, and at the top of a signature, that may be a card."""


def site_in(mail: Mail, found: tuple[Passage, ...], signature: str, *, asked_alone: bool = False) -> Detail | None:
    """A house together with a place: in an answer about the site, in the new words, or on the card below them.

    `signature` is the text that stands below the new words; it counts. `asked_alone`: our letter asked for nothing
    else, so that the last words are no closing.
    """
    site = _site(mail, found, signature) or (_fragment(found, mail) if asked_alone else None)
    return Detail(item=SITE, evidence=quote(site)) if site else None


def _site(mail: Mail, found: tuple[Passage, ...], signature: str) -> str | None:
    told = [one for one in found if not one.promises and not one.asks]
    labelled = [one.text for one in told if one.topic == "site" and one.gives]
    words = "\n".join((*(f"{one.label} {one.text}" if one.topic == "site" else one.text for one in told), signature))
    company = _company(mail, words)
    place = _PLACE.search(words) or (_placed(company, words) if company else None)
    if labelled and (len(labelled) > 1 or "," in labelled[0] or "/" in labelled[0] or (company and place)):
        return ", ".join(labelled)
    if company and place:
        return f"{company}, {place[0].strip()}"
    return next(_sited(words), None) or _fragment(found[:-1], mail) or _on_the_card(mail, signature)


def _sited(words: str) -> Iterator[str]:
    """A house that is told with its place in one breath: `Example Foods, our Leeds plant`."""
    told = (_LEAD_IN.sub("", one[0]) for one in _SITED.finditer(words))
    return (one for one in told if not _NOT_A_HOUSE.search(one))


def _fragment(told: tuple[Passage, ...], mail: Mail) -> str | None:
    """A house and its place that stand as a sentence of their own, not the last one, which may be a closing."""
    alone = (one.text for one in told if one.topic is None and _FRAGMENT.fullmatch(one.text))
    return next((one for one in alone if _is_house_and_place(one, mail)), None)


def _on_the_card(mail: Mail, signature: str) -> str | None:
    """A house with its place, in a line beside the one that holds a person's name, at the mail's end."""
    end = [line.strip() for line in (*mail.reply.splitlines()[-_END:], *signature.splitlines()[:_TOP])]
    lines = [line for line in end if 0 < len(line) <= _CARD_WIDTH]
    own = _own_name(mail)
    names = [at for at, line in enumerate(lines) if name_at_start(line) or (own and own in line.casefold())]
    return next(
        (
            line
            for at, line in enumerate(lines)
            if _is_house_and_place(line, mail) and any(0 < abs(at - name) <= 2 for name in names)
        ),
        None,
    )


def _is_house_and_place(line: str, mail: Mail) -> bool:
    found = _HOUSE_AND_PLACE.fullmatch(line)
    return found is not None and _is_house(found[1], mail) and not _NOT_A_PLACE.search(found[2])


def _is_house(words: str, mail: Mail) -> bool:
    """Whether it may be the name of a house: not a greeting, a product or the sender."""
    return words.casefold() != _own_name(mail) and not any(
        (SALUTATION.match(words), CLOSING.match(words), _NOT_A_HOUSE.search(words))
    )


def _own_name(mail: Mail) -> str:
    return mail.sender.name.casefold() if mail.sender else ""


def _placed(company: str, words: str) -> re.Match[str] | None:
    """The place that stands behind a company's name: `Example Press, Oslo`."""
    behind = re.search(rf"{re.escape(company)}[^\n,]{{0,30}},\s*({_WORD})", words)
    return behind if behind and not _NOT_A_NAME.search(behind[1]) else None


def _company(mail: Mail, words: str) -> str | None:
    if found := _COMPANY.search(words):
        return found[0].strip()
    if not mail.sender:
        return None
    stem = mail.sender.domain.split(".")[-2] if mail.sender.domain.count(".") else ""
    if len(stem) < 4 or _PUBLIC_MAIL.match(stem):
        return None
    return _named_like(stem.replace("-", ""), words)


def _named_like(stem: str, words: str) -> str | None:
    """Capitalised words that, run together without accents, are the sender's domain or its beginning."""
    tokens = re.findall(r"[A-ZÀ-ÖØ-Þ][\w’'-]*", words)
    plain = [
        re.sub(r"\W", "", unicodedata.normalize("NFKD", token)).encode("ascii", "ignore").decode().lower()
        for token in tokens
    ]
    for start, first in enumerate(plain):
        joined = ""
        for length, piece in enumerate(plain[start : start + 4], start=1):
            joined += piece
            if (
                len(joined) >= 4
                and len(first) >= 3
                and (joined == stem or (len(joined) >= 5 and stem.startswith(joined)) or joined.startswith(stem))
            ):
                return " ".join(tokens[start : start + length])
    return None
