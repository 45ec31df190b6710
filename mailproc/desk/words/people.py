"""Who can be reached, and where: names, telephone numbers, addresses, companies and places in a mail."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import phonenumbers

from mailproc.desk.details import Detail, quote
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import pattern, phrases
from mailproc.desk.words.phrases import CLOSING, NOTHING, SALUTATION
from mailproc.reading.mail import Address, Mail

_PHONE_WORD = phrases("PHONE_WORD")
_NUMBER = re.compile(r"(?<![\w.,/#-])(?:\+|00)?\(?\d[\d ()./\u2010-\u2015-]{5,22}\d(?![\w-]|[.,]\d)")
_NOT_A_PHONE = re.compile(
    r"^\d{4}-\d\d-\d\d|^\d{1,3}(?:\.\d{1,3}){3}$|^2-\d{9}$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![.\d])|^\d{9,}$|:\d\d"
)
_OPENED = re.compile(r"\s*\([^()]*$")
"""A bracket that the number does not close belongs to what stands behind it: "(24 h)"."""
_NATIONAL = re.compile(
    r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,4}|0\d(?:[ .-]\d\d){4}"
    r"|0\d{1,4}(?:[ /.-]\d{2,5}){2,3}"
)
"""As dialled within a country: three groups of North America, a zero and groups, the pairs of France."""
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.IGNORECASE)
_ALTERNATE = phrases("ALTERNATE")
_PRIMARY = phrases("PRIMARY")
_WORD = pattern("WORD")
_NAME = phrases("NAME")
_CJK_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000]?[\u4e00-\u9fff]{1,3}")
_ONE_NAME = re.compile(r"\W*([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’-]{1,30}[a-zà-öø-ÿ])\W*")
_NOT_A_NAME = phrases("NOT_A_NAME")
_SELF = phrases("SELF")
_NOT_MINE = phrases("NOT_MINE")
_UNATTENDED = re.compile(
    r"^(?:no-?_?reply|do-?not-?reply|portal|mailer-daemon|notifications?|automat\w*)\b", re.IGNORECASE
)
_PUBLIC_MAIL = phrases("PUBLIC_MAIL")
_COMPANY = phrases("COMPANY")
_PLACE = phrases("PLACE")
_NOT_A_PLACE = phrases("NOT_A_PLACE")
_HOUSE_AND_PLACE = re.compile(
    rf"\W{{0,4}}({_WORD}[^,\n|–]{{2,50}}?)\s*(?:,|\||–| - )\s*([^,\n]{{0,24}}?{_WORD}(?:[ -]{_WORD}){{0,2}})\W{{0,3}}"
)
"""A line that is a house and where it stands: `Museo Textil, Cusco`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a mail tells of how to reach people: the sender's own words with his signature, line by line."""

    primary: tuple[str, ...]
    alternate: tuple[str, ...]


def people_in(mail: Mail, found: tuple[Passage, ...], signature: str) -> tuple[Detail, ...]:
    """Contact, site and the items of a duty manager's request, as far as the mail gives them.

    `signature` is the text that stands below the new words; it counts for names and telephone numbers.
    """
    reach = _reach(found, signature)
    name = _primary_name(mail, found, reach, signature)
    phone = _first(_phone_in, reach.primary)
    details: list[Detail] = []
    if name:
        details.append(Detail(item="contact-name", evidence=name))
    if phone:
        details.append(Detail(item="contact-phone", evidence=quote(phone)))
    if name and phone:
        details.append(Detail(item="contact", evidence=quote(f"{name}, {phone}")))
    if address := _primary_address(mail, found, reach):
        details.append(Detail(item="contact-email", evidence=address))
    if other := _first(_reachable, reach.alternate):
        details.append(Detail(item="alternate-contact", evidence=quote(other)))
    if site := _site(mail, found, signature):
        details.append(Detail(item="site", evidence=quote(site)))
    return tuple(details)


def phone_numbers(text: str) -> tuple[str, ...]:
    """The telephone numbers in a text. Numbers that no country has given out count too where they look it."""
    real = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(text[:20_000], "ZZ")]
    lenient = [_OPENED.sub("", one[0].strip()) for one in _NUMBER.finditer(text[:20_000]) if _looks_dialled(one, text)]
    return tuple(dict.fromkeys((*real, *lenient)))


def _looks_dialled(number: re.Match[str], text: str) -> bool:
    written = _OPENED.sub("", number[0].strip())
    digits = sum(character.isdigit() for character in written)
    if not 7 <= digits <= 15 or _NOT_A_PHONE.search(written):
        return False
    if written.startswith(("+", "00", "(")) or _NATIONAL.fullmatch(written):
        return True
    start = text.rfind("\n", 0, number.start()) + 1
    if text[start:].partition("\n")[0].strip() == written and re.search(r"\D", written):
        return True
    before = text[max(0, number.start() - 40) : number.start()].rpartition("\n")[2]
    return bool(_PHONE_WORD.search(before))


def _phone_in(words: str) -> str | None:
    return next(iter(phone_numbers(words)), None)


def _reachable(words: str) -> str | None:
    return words if _phone_in(words) or _ADDRESS.search(words) else None


def _first(tell: Callable[[str], str | None], words: Iterable[str]) -> str | None:
    return next((told for one in words if (told := tell(one))), None)


def _reach(found: tuple[Passage, ...], signature: str) -> Reach:
    """Passages parted into those that tell of the primary contact and those that tell of somebody else.

    What follows "if I do not answer" in the next sentence belongs to the other person too.
    """
    primary: list[str] = []
    alternate: list[str] = []
    other = False
    for one in found:
        if one.topic in ("sr-number", "product", "traces"):
            continue
        cue = one.topic == "alternate-contact" or bool(_ALTERNATE.search(one.text))
        other = cue or (other and one.topic is None and not _PRIMARY.search(one.text) and bool(_reachable(one.text)))
        if other and one.promises:
            continue
        cut = _ALTERNATE.search(one.text)
        if other and cut and one.topic != "alternate-contact" and _phone_in(one.text[: cut.start()]):
            primary.append(one.text[: cut.start()])
            alternate.append(one.text[cut.start() :])
            continue
        (alternate if other else primary).append(f"{one.label} {one.text}".strip())
    primary.extend(line for line in signature.splitlines() if not _ALTERNATE.search(line))
    alternate.extend(line for line in signature.splitlines() if _ALTERNATE.search(line))
    return Reach(primary=tuple(primary), alternate=tuple(alternate))


def _primary_name(mail: Mail, found: tuple[Passage, ...], reach: Reach, signature: str) -> str | None:
    for one in found:
        if one.topic == "contact-name" and (name := person_in(one.text) or _one_name(one)):
            return name
    for words in reach.primary:
        if said := _SELF.search(words):
            return said[1]
    if mail.sender and (name := _person(mail.sender)):
        return name
    return next((name for line in signature.splitlines()[:6] if (name := person_in(line))), None)


def person_in(words: str) -> str | None:
    """The first name of a person in a line; None for desks, teams and companies."""
    for name in _NAME.finditer(words):
        if not _NOT_A_NAME.search(name[0]):
            return name[0]
    kanji = _CJK_NAME.fullmatch(words.strip()[:8])
    return kanji[0] if kanji else None


def _one_name(one: Passage) -> str | None:
    """The answer that is a first name or a family name alone."""
    name = _ONE_NAME.fullmatch(one.text)
    return name[1] if name and one.gives and not (NOTHING.match(name[1]) or _NOT_A_NAME.search(name[1])) else None


def _person(sender: Address) -> str | None:
    name = sender.name.strip()
    if _NOT_A_NAME.search(name) or "@" in name:
        return None
    if "," in name:
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}"
    return name if len(name.split()) >= 2 or _CJK_NAME.fullmatch(name) else None


def _primary_address(mail: Mail, found: tuple[Passage, ...], reach: Reach) -> str | None:
    written = next((match[0] for words in reach.primary if (match := _ADDRESS.search(words))), None)
    words = " ".join(one.text for one in found)
    if written and not _NOT_MINE.search(words):
        return written
    if not mail.sender or _UNATTENDED.search(mail.sender.address) or _NOT_MINE.search(words):
        labelled = (one.text for one in found if one.topic in ("contact-email", "contact-name"))
        return next((match[0] for text in labelled if (match := _ADDRESS.search(text))), None)
    return mail.sender.address


def _site(mail: Mail, found: tuple[Passage, ...], signature: str) -> str | None:
    """A company together with a place, in an answer about the site or anywhere in the new words."""
    told = [one for one in found if not one.promises and not one.asks]
    labelled = [one.text for one in told if one.topic == "site" and one.gives]
    words = "\n".join((*(f"{one.label} {one.text}" if one.topic == "site" else one.text for one in told), signature))
    company = _company(mail, words)
    place = _PLACE.search(words) or (_placed(company, words) if company else None)
    if labelled and (len(labelled) > 1 or "," in labelled[0] or "/" in labelled[0] or (company and place)):
        return ", ".join(labelled)
    if company and place:
        return f"{company}, {place[0].strip()}"
    return _house_and_place(mail, signature)


def _house_and_place(mail: Mail, signature: str) -> str | None:
    """A house with its place, in the line below a person's name at the mail's end."""
    end = [line.strip() for line in (*mail.reply.splitlines()[-4:], "", *signature.splitlines()[:8])]
    below = (line for before, line in pairwise(end) if _is_name(before))
    return next((line for line in below if _is_house_and_place(line, mail)), None)


def _is_name(line: str) -> bool:
    return bool(_NAME.fullmatch(line)) and not CLOSING.match(line) and not _NOT_A_NAME.search(line)


def _is_house_and_place(line: str, mail: Mail) -> bool:
    found = _HOUSE_AND_PLACE.fullmatch(line)
    if not found or SALUTATION.match(line) or CLOSING.match(line):
        return False
    own = mail.sender.name.lower() if mail.sender else ""
    return found[1].lower() != own and not _NOT_A_PLACE.search(found[2])


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
