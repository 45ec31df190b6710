"""Who can be reached, and where: names, telephone numbers, addresses, companies and places in a mail."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import phonenumbers

from mailproc.desk.details import Detail, quote
from mailproc.desk.passages import Passage
from mailproc.reading.mail import Address, Mail

_PHONE_WORD = re.compile(
    r"\b(?:tel\w*|phone|call|mob\w*|cell\w*|direct|desk|fon|fax|handy|téléphone|portable|appel\w*|teléfono|móvil|ll[aá]m\w+|telemóvel|celular|lig\w+|ext|extension|number|reach\w*|ring|on-call|hotline|[tm])\b|電話",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/#-])(?:\+|00)?\(?\d[\d ()./\u2010-\u2015-]{5,22}\d(?![\w-]|[.,]\d)")
_NOT_A_PHONE = re.compile(
    r"^\d{4}-\d\d-\d\d|^\d{1,3}(?:\.\d{1,3}){3}$|^2-\d{9}$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}|^\d{9,}$|:\d\d"
)
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.IGNORECASE)
_ALTERNATE = re.compile(
    r"\balternat\w*|\balternativ\w*|\bback-?up\b|\b(?:second|other|another|deputy) (?:contact|person|desk|number|colleague)|\bif (?:i|she|he|they|we|that|there|nobody|no one|not|the (?:first|primary))\b[^.]{0,30}(?:not|n't|n’t|un\w+able|fail\w*|away|busy|answer\w*|miss\w*|no )|\bno answer|\bnot (?:available|reachable)|\b(?:in (?:my|her|his) absence)|\bor (?:else )?(?:call|try|ring|ask|my (?:colleague|deputy))\b|\bwhen i(?:['’]m| am)\b[^.]{0,40}\b(?:try|call|ask|contact|ring)\b|\botherwise\b|\bdeput(?:y|ies)\b|\bshould i (?:be|not)\b|\bstand(?:s|ing)?[- ]?in\b|\bor (?:my|our) (?:boss|colleague|deputy|manager|\w+ )|\bfailing that\b|\bsubstitute\b|\bwho else\b"
    r"|\bvertret\w*|\bersatz\w*|\bfalls (?:ich|er|sie|niemand)|\bwenn ich nicht|\bremplaçant\w*|\bsuppléant\w*|\bà défaut|\ben mon absence|\bsi (?:je|elle|il) ne|\bsuplente|\ben su defecto|\bsi no (?:contest|respond)\w*|\bem alternativa|\bse (?:eu )?não|\bsubstitut\w+|代理|不在",
    re.IGNORECASE,
)
_PRIMARY = re.compile(
    r"\bprimary|\bmain contact|\bcontact name|^\W*contact\b|\bcall (?:me|my|back)|hauptansprech|ansprechpartner|contact principal|contacto principal|contato principal|担当",
    re.IGNORECASE,
)
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w’'.-]*"
_NAME = re.compile(
    rf"\b(?:(?:Dr|Mr|Mrs|Ms|Ing|Prof|Herr|Frau|Mme|M|Sr|Sra)\.? )?{_WORD}(?: (?:(?:van|von|de|der|den|da|di|la|le|el|bin|al|dos|du|ten) ){{0,2}}{_WORD}){{1,3}}"
)
_CJK_NAME = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000]?[\u4e00-\u9fff]{1,3}")
_NOT_A_NAME = re.compile(
    r"\b(?:noc|desk|support|team|operations?|service|services|helpdesk|portal|office|büro|department|group|admin\w*|it|network|security|center|centre|shift|no-?reply|info|mail|postmaster|duty|manager|engineer|head|director|ltd|llc|inc|gmbh|ag|bank|university|hotel\w*|sent|dear|best|kind|regards|thanks|please|proxysg|blue|coat|severity|company|chief|officer|head|united|city|street|road|phone|tel|mobile|call|mailbox|systems?|request|number|control|room|data)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    rf"\b(?:my name is|i am|i'm|this is|name'?s|ich bin|mein name ist|je suis|je m'appelle|me llamo|soy|mi nombre es|meu nome é|sou) ((?:Dr\.? |Mr\.? |Ms\.? )?{_WORD}(?: (?:van |von |de |der )*{_WORD}){{0,3}})"
)
_NOT_MINE = re.compile(
    r"\b(?:not my|isn't my|isn’t my|not mine|from \w+(?:'s|’s) mailbox|colleague's (?:mailbox|account|address))\b|\bon (?:their|his|her|its|the customer's|behalf)\b.{0,10}\bbehalf\b|\bon behalf of\b|\bi (?:can not|can't|can’t|cannot) read\b|\bcall the customer, not me\b|\bnot attended\b|\bunattended\b",
    re.IGNORECASE,
)
_UNATTENDED = re.compile(
    r"^(?:no-?_?reply|do-?not-?reply|portal|mailer-daemon|notifications?|automat\w*)\b", re.IGNORECASE
)
_PUBLIC_MAIL = re.compile(
    r"^(?:mail|mailbox|gmail|gmx|web|yahoo|hotmail|outlook|icloud|courriel|correo|postboks|freemail|inbox|email|aol|proton\w*|live|msn|t-online|free|orange|wanadoo|libero|qq|163)$"
)
_COMPANY = re.compile(
    rf"{_WORD}(?:[ -](?:&|and|und|et|y|e|of|de|da|do|du|der|{_WORD})){{0,5}},? (?:Ltd|Limited|LLC|LLP|PLC|plc|Inc|Corp\w*|GmbH|AG|KG|SE|S\.?A\.?(?: de C\.?V\.?)?|S\.?L\.?|SARL|SAS|SpA|S\.p\.A|S\.?r\.?l|B\.?V|N\.?V|AB|A/S|AS|Oy|KK|Pty|Co|Ltda|eG|e\.V|Sp\. z o\.o|s\.r\.o|a\.s|Kft)\b\.?"
    rf"|{_WORD}(?: (?:&|and|of|de|{_WORD})){{0,3}} (?:University|College|Bank|Hotels?|Hospital|Hospitals|Clinic|Council|Group|Insurance|Assurances?|Verzekeringen|Versicherung\w*|Airlines?|Airways|Railways?|Energy|Power|Union|Logistics|Retail|Stores|Foods|Industries|Systems|Networks?|Telecom|Media|Pharma\w*|Foundation|Institute|Ministry|Authority|Trust|Holding|Werke|Partners|Solutions|Services|Motors|Steel|Shipping|Press|Museum|Brewery|Publishing|Papier)\b"
    rf"|\b(?:University|Universität|Université|Universidad|Universidade|Hochschule|Ministry|Ministère|Ministerio|City|Stadt|Ville|Ayuntamiento|Stadtwerke|Sparkasse|Landkreis|Bank|Banco|Banque|Cooperativa|Hospital|Hôpital|Klinikum|Grupo|Groupe|Institut\w*|Onderlinge|Compañía|Empresa|Sociedad|Société|Câmara) (?:(?:of|de|da|do|del|la|le|für|der) )*{_WORD}"
    r"|株式会社\S+|\S+株式会社|\S+(?:大学|銀行|病院|市役所)"
)
_PLACE_WORD = r"(?:campus|site|office|offices|branch|plant|factory|headquarters|head office|hq|data ?cent(?:er|re)|warehouse|campus|floor|building|hub|property|store|hospital|library|school|airport|terminal|depot|works|mill|mine|yard|room|centre|center|location|region|lab)"
_PLACE = re.compile(
    rf"\b(?:in|at|from|near|for|our|the) (?:our |the |downtown |central )?{_WORD}(?:[ -]{_WORD}){{0,2}} {_PLACE_WORD}\b|\b{_PLACE_WORD},? (?:in|at|of) {_WORD}|\b(?:[Ii]n|at|from|aus|à|en|em|zu) (?!January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|This|Our|Configuration|Management|ProxySG|SGOS|Internet|Explorer|Firefox|Chrome|Blue|Windows|Active|HTTP|HTTPS|Advance|Visual|Policy|CPU|XOS|PacketShaper|CLI|GUI|Severity|Access|Google|English|German|French){_WORD}(?=[\s,.;:)]|$)"
    rf"|\b{_WORD} (?:campus|plant|factory|property|branch|site|headquarters|works|mill|depot|office)\b|\b(?:[Ss]tandort|[Ww]erk|[Nn]iederlassung|[Ff]iliale|[Pp]lanta|[Ss]ede|[Uu]sine|[Aa]gence|[Ss]ite de|[Ff]ábrica|[Uu]nidade|[Oo]ficina(?: de)?) (?:in |de |à |en |em )?{_WORD}|\S{{1,10}}(?:工場|支社|本社|事業所|支店)"
)


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
    lenient = [one[0].strip() for one in _NUMBER.finditer(text[:20_000]) if _looks_dialled(one, text)]
    return tuple(dict.fromkeys((*real, *lenient)))


def _looks_dialled(number: re.Match[str], text: str) -> bool:
    written = number[0].strip()
    digits = sum(character.isdigit() for character in written)
    if not 7 <= digits <= 15 or _NOT_A_PHONE.search(written):
        return False
    if written.startswith(("+", "00", "(")) or re.fullmatch(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,4}", written):
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
        if one.topic == "contact-name" and (name := person_in(one.text)):
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
    return None


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
