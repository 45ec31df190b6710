"""Who can be reached, and how: names, telephone numbers and addresses in a mail."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import phonenumbers

from mailproc.desk.details import Detail, quote
from mailproc.desk.words.passages import Passage
from mailproc.desk.words.phrasebook import phrases
from mailproc.desk.words.phrases import CLOSING, NOTHING
from mailproc.reading.mail import Address, Mail

PEOPLE = frozenset({"contact", "contact-name", "contact-phone", "contact-email", "alternate-contact"})
"""The items that tell how to reach people."""

_PHONE_WORD = phrases("PHONE_WORD")
_NUMBER = re.compile(r"(?<![\w.,/#-])(?:\+|00)?\(?\d[\d ()./\u2010-\u2015-]{5,22}\d(?![\w-]|[.,]\d)")
_NOT_A_PHONE = re.compile(
    r"^\d{4}-\d\d-\d\d|^\d{1,3}(?:\.\d{1,3}){3}$|^2-\d{9}$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![.\d])|^\d{9,}$|:\d\d"
)
_SERIAL_WORD = re.compile(
    r"\b(?:s/?n|serial\w*|seri\w*n\w*|n[úu]m(?:ero|éro) de s[ée]rie|licen[cs]e|asset|rma)\b[^.;]{0,16}$"
    r"|シリアル\D{0,6}$",
    re.IGNORECASE,
)
"""What stands before the number of a thing."""
_OPENED = re.compile(r"\s*\([^()]*$")
"""A bracket that the number does not close belongs to what stands behind it: "(24 h)"."""
_NATIONAL = re.compile(
    r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\d{2} \d{4} \d{4}|0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,4}|0\d(?:[ .-]\d\d){4}"
    r"|0\d{1,4}(?:[ /.-]\d{2,5}){2,3}"
)
"""As dialled within a country: three groups of North America, a zero and groups, the pairs of France."""
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.IGNORECASE)
_ALTERNATE = phrases("ALTERNATE")
_STILL_ME = phrases("STILL_ME")
_PRIMARY = phrases("PRIMARY")
_NAME = phrases("NAME")
_CJK_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000]?[\u4e00-\u9fff]{1,3}")
_ONE_NAME = re.compile(r"\W*([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’-]{1,30}[a-zà-öø-ÿ])\W*")
_NAME_ENDS = re.compile(r"[,|–·(+\d]|\s{2,}| - |\b[Tt]el\b|\bphone\b")
"""What may stand behind a name on a card."""
_CARD = 5
"""Lines at the end of the new words that may be a card."""
_NOT_A_NAME = phrases("NOT_A_NAME")
_SELF = phrases("SELF")
_NOT_MINE = phrases("NOT_MINE")
_UNATTENDED = re.compile(
    r"^(?:no-?_?reply|do-?not-?reply|portal|mailer-daemon|notifications?|automat\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a mail tells of how to reach people: the sender's own words with his signature, line by line."""

    primary: tuple[str, ...]
    alternate: tuple[str, ...]


def people_in(mail: Mail, found: tuple[Passage, ...], signature: str) -> tuple[Detail, ...]:
    """The contact, and the items of a duty manager's request, as far as the mail gives them.

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
    return tuple(details)


def phone_numbers(text: str) -> tuple[str, ...]:
    """The telephone numbers in a text. Numbers that no country has given out count too where they look it."""
    real = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(text[:20_000], "ZZ")]
    lenient = [_OPENED.sub("", one[0].strip()) for one in _NUMBER.finditer(text[:20_000]) if _looks_dialled(one, text)]
    return tuple(dict.fromkeys((*real, *lenient)))


def _looks_dialled(number: re.Match[str], text: str) -> bool:
    written = _OPENED.sub("", number[0].strip())
    digits = sum(character.isdigit() for character in written)
    before = text[max(0, number.start() - 40) : number.start()].rpartition("\n")[2]
    if not 7 <= digits <= 15 or _NOT_A_PHONE.search(written) or _SERIAL_WORD.search(before):
        return False
    if written.startswith(("+", "00", "(")) or _NATIONAL.fullmatch(written):
        return True
    start = text.rfind("\n", 0, number.start()) + 1
    if text[start:].partition("\n")[0].strip() == written and re.search(r"\D", written):
        return True
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
        labelled = f"{one.label}: {one.text}" if one.label else one.text
        cue = one.topic == "alternate-contact" or _names_another(labelled)
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


def _names_another(words: str) -> bool:
    """Whether it tells whom to reach instead, and not where else the writer can be reached."""
    cue = _ALTERNATE.search(words)
    if cue is None:
        return False
    still = _STILL_ME.search(words, cue.end())
    return still is None or person_in(words[cue.end() : still.start()]) is not None


def _primary_name(mail: Mail, found: tuple[Passage, ...], reach: Reach, signature: str) -> str | None:
    for one in found:
        if one.topic == "contact-name" and (name := person_in(one.text) or _one_name(one)):
            return name
    for words in reach.primary:
        if said := _SELF.search(words):
            return said[1]
    if mail.sender and (name := _person(mail.sender)):
        return name
    below = next((name for line in signature.splitlines()[:6] if (name := person_in(line))), None)
    return below or _name_beside_number(mail.reply)


def person_in(words: str) -> str | None:
    """The first name of a person in a line; None for desks, teams and companies."""
    for name in _NAME.finditer(words):
        if not _NOT_A_NAME.search(name[0]):
            return name[0]
    kanji = _CJK_NAME.fullmatch(words.strip()[:8])
    return kanji[0] if kanji else None


def name_at_start(line: str) -> str | None:
    """The name of a person that stands alone on a line, or before a comma, a bracket or a number."""
    name = _NAME_ENDS.split(line.strip(), maxsplit=1)[0].strip()
    is_name = _NAME.fullmatch(name) and not CLOSING.match(name) and not _NOT_A_NAME.search(name)
    return name if is_name else None


def _name_beside_number(text: str) -> str | None:
    """The name at the end of a text, on the line of a telephone number or next to it."""
    lines = ["", *[line for line in text.splitlines() if line.strip()][-_CARD:], ""]
    beside = (lines[at] for at in range(1, len(lines) - 1) if any(map(_phone_in, lines[at - 1 : at + 2])))
    return _first(name_at_start, beside)


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
