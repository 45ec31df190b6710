"""What stands below the words of a mail: signature, device line, disclaimer, footer of a mailing list.

Each is believed only at the end of what the writer wrote. A closing with a bare name ("Thanks, Ann") is left to stand: it is words.
"""

# ruff: noqa: E501  a table of words reads better across than down

import re
from dataclasses import dataclass

_SIGNATURE_LINES = 15  # more lines than this below "-- " are a text, not a signature
_DELIMITER = re.compile(r"^\s{0,3}(?:--|__|—)\s*$")
_DEVICE = re.compile(
    r"^\W{0,3}(?:"
    r"(?:sent|sent by|written|typed|composed) (?:from|via|with|using|on)\s(?:my |a |an |the )?[^,;:!?]{2,60}"
    r"|get (?:outlook|bluemail|spark|boxer) for .{2,90}|outlook für .{2,60} (?:herunterladen|beziehen|holen)"
    r"|(?:von meinem|vom|mit (?:dem|meinem)|von|via) .{2,50} (?:gesendet|geschickt|verschickt)"
    r"|gesendet (?:von|mit|über|aus|via|mit der) .{2,60}"
    r"|diese nachricht wurde von meinem .{2,60} gesendet"
    r"|envoyé (?:de|depuis|à partir|avec|via) .{2,60}|téléchargez outlook pour .{2,90}|obtenez outlook pour .{2,90}"
    r"|enviado (?:desde|do|de|a partir|via|con|com|mediante) .{2,60}|obtener outlook para .{2,90}|obter o outlook para .{2,90}"
    r"|inviato (?:da|dal|con|tramite) .{2,60}|(?:ottieni|scarica) outlook per .{2,90}"
    r"|(?:verstuurd|verzonden) (?:vanaf|met|via|vanuit) .{2,60}|outlook voor .{2,60} downloaden"
    r"|wysłan[eo] (?:z|za pomocą|przez) .{2,60}|pobierz aplikację outlook dla .{2,90}"
    r"|skickat (?:från|med|via) .{2,60}|skaffa outlook för .{2,90}|hämta outlook för .{2,90}"
    r"|sendt (?:fra|med|via) .{2,60}|hent outlook (?:til|for) .{2,90}|få outlook for .{2,90}"
    r"|отправлено (?:с|из|через) .{2,60}|надіслано з .{2,60}|скачайте outlook для .{2,90}"
    r"|lähetetty .{2,50}|trimis (?:de|din) .{2,60}|odesláno z .{2,60}|odoslané z .{2,60}|poslano (?:s|iz) .{2,60}"
    r"|.{2,40}['’]?(?:umdan|dan|den) gönderildi|.{2,40}から送信(?:されました)?。?|outlook for .{2,30} を入手.{0,60}"
    r"|(?:发自|發自|从|從).{2,40}(?:发送|傳送|寄出)?|获取 ?outlook for .{2,90}|.{2,40}에서 보냄|나의 .{2,30}에서 보냄"
    r")[.\s*]{0,3}(?:<?https?://\S{1,200}>?)?\s*$",
    re.IGNORECASE,
)
_DEVICE_NAMES = re.compile(
    r"iphone|ipad|ipod|ios|android|blackberry|samsung|galaxy|huawei|xiaomi|nokia|lumia|windows|phone|mobile|mobil|móvil|handy|smartphone|tablet|"
    r"outlook|mail|yahoo|gmail|proton|spark|telefon|téléphone|teléfono|cellulare|telefoon|htc|htc|sony|lg|motorola|pixel|apple|watch|device|"
    r"手机|手機|gmx|web\.de|thunderbird|mailbird|bluemail|aquamail|front|missive|superhuman|boxer|nine|acompli|sparrow|torch",
    re.IGNORECASE,
)
_EXCUSE = re.compile(
    r"^\W*(?:please )?(?:excuse|forgive|pardon) (?:\S+ ){0,4}(?:typos|brevity|errors)|^\W*apologies for (?:any )?(?:typos|brevity)",
    re.IGNORECASE,
)
_VALEDICTION = re.compile(
    r"^\W{0,3}(?:(?:with |my |many |very )?(?:kind(?:est)?|best|warm(?:est)?|friendly)?\s?regards|best(?: wishes)?|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|"
    r"mit (?:freundlichen|besten|herzlichen) grü(?:ß|ss)en|(?:freundliche|beste|viele|liebe|herzliche|schöne) grü(?:ß|ss)e(?: aus \w{2,30})?|mfg|"
    r"(?:bien )?cordialement|(?:bien )?à vous|(?:meilleures|sincères) salutations|salutations|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|"
    r"atenciosamente|(?:com os )?(?:melhores )?cumprimentos|abraços|cordiali saluti|distinti saluti|saluti|met vriendelijke groet(?:en)?|groeten?|"
    r"z poważaniem|z powazaniem|pozdrawiam|med vänliga? hälsning(?:ar)?|vänliga hälsningar|(?:med )?venlig hilsen|(?:med )?vennlig hilsen|mvh|hilsen|"
    r"с уважением|с наилучшими пожеланиями|s pozdravem|üdvözlettel|ystävällisin terveisin|saygılarımla|敬具|此致|敬礼|감사합니다|よろしくお願い.{0,12})\W{0,3}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[/*_-]{0,2}[^\W\d_][\w.'’-]{0,30}(?:[ ,&/]{1,3}[^\W\d_][\w.'’-]{0,30}){0,4}[.,*_]{0,2}")
_CONTACT = re.compile(
    r"\+?\d[\d\s()./-]{6,}\d|[^\s@]{1,64}@[^\s@]{1,255}\.\w|(?:https?://|www\.)\S|"
    r"^\W*(?:tel|phone|mobile|mob|cell|fax|ph|t|m|f|e|w|skype|office|direct|telefon|tél|téléphone|teléfono)\b\.?\s?[:.]",
    re.IGNORECASE,
)
_DISCLAIMER_WORDS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"confidential|vertraulich|confidenti|confidencial|riservat|vertrouwelijk|poufn|konfidenti|fortrolig|конфиденциальн|機密|保密|기밀|privileged|proprietary",
        r"intended (?:solely |only |exclusively )?(?:for|recipient)|addressee|sole use|named above|beabsichtigte|empfänger|adressat|destinataire|destinatari|geadresseerde|adresat|mottagare|адресат|受信者|收件人",
        r"disclos|distribut|dissemin|copying|copied|unauthori[sz]ed|prohibited|untersagt|nicht gestattet|unbefugt|interdit|prohibid|proibid|vietat|verboden|zabronion|förbjud|запрещ",
        r"(?:delete|destroy|erase) (?:it|this|the|all)|notify (?:the sender|us)|contact the sender|informieren sie|löschen|vernichten|détruire|supprimer|elimin|borrar|apagar|cancellar|verwijder|usun|radera|удалит|received (?:this|it) .{0,30}(?:in )?error|irrtümlich|par erreur|por error|por engano|per errore|abusievelijk|omyłk|av misstag",
    )
)
_FOOTER = re.compile(
    r"mailing list$|^\W*you (?:received|are receiving) this (?:message|email|e-mail|because)|to unsubscribe|mailman/listinfo|virus-free|"
    r"checked for viruses|virenfrei|reply to this email directly(?: or|,)|view it on github|(?:consider|think of) the environment before printing|"
    r"avast\.com|scanned by|"
    r"denken sie an die umwelt",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"^\W{0,4}(?:caution|external|warning|externe|extern|achtung|attention)\b.{0,40}?(?:e-?mail|message|sender|nachricht|originated|sent from outside)",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*[-_=*~]{2,}\s*$")


@dataclass(frozen=True, slots=True)
class Signed:
    """A passage of new words, and what stood below them."""

    words: tuple[str, ...]
    signature: tuple[str, ...] = ()


def signed(lines: list[str]) -> Signed:
    """Part the words from what stands below them; lines without line ends."""
    end = _end_of(lines)
    for _ in range(4):  # a footer below a disclaimer below a device line below a signature
        cut = min(_device(lines, end), _disclaimer(lines, end), _footer(lines, end))
        cut = min(cut, _delimited(lines, cut))
        if cut == end:
            break
        end = _end_of(lines[:cut])
    end = min(end, _closing(lines, end))
    start = _banner(lines, end)
    kept = lines[start : _end_of(lines[:end])]
    return Signed(tuple(kept), tuple(lines[end:]))


def _end_of(lines: list[str]) -> int:
    end = len(lines)
    while end and (
        not lines[end - 1].strip() or (_RULE.match(lines[end - 1]) and not _DELIMITER.match(lines[end - 1]))
    ):
        end -= 1
    return end


def _delimited(lines: list[str], end: int) -> int:
    """The line "-- " (RFC 3676 §4.3) or what people type for it, with a short block below."""
    filled = 0
    for at in range(end - 1, -1, -1):
        if _DELIMITER.match(lines[at]):
            return at
        filled += bool(lines[at].strip())
        if filled > _SIGNATURE_LINES or len(lines[at]) > 400:
            break
    return end


def _device(lines: list[str], end: int) -> int:
    last = end - 1
    if last >= 0 and _EXCUSE.match(lines[last][:200]):
        last -= 1
        while last >= 0 and not lines[last].strip():
            last -= 1
    for at in range(last, max(last - 2, -1), -1):
        line = lines[at].strip().strip("*_[]")
        if len(line) <= 160 and _DEVICE.match(line) and (_DEVICE_NAMES.search(line) or " my " in line.lower()):
            return at
    return end


def _disclaimer(lines: list[str], end: int) -> int:
    start = _paragraph(lines, end)
    words = " ".join(lines[start:end])[:6000]
    found = sum(bool(pattern.search(words)) for pattern in _DISCLAIMER_WORDS)
    if found < 3 and not (found == 2 and len(words) > 200 and _RULE.match(lines[start - 1] if start else "")):
        return end
    above = _end_of(lines[:start])
    if above and re.match(
        r"^\W*(?:disclaimer|confidentiality(?: notice)?|hinweis|avis|aviso legal|privileged).{0,40}$",
        lines[above - 1],
        re.IGNORECASE,
    ):
        return above - 1
    return start


def _footer(lines: list[str], end: int) -> int:
    start = _paragraph(lines, end)
    block = lines[start:end]
    return start if len(block) <= 8 and any(_FOOTER.search(line[:300]) for line in block) else end


def _paragraph(lines: list[str], end: int) -> int:
    """Where the last paragraph before `end` begins: after an empty line or a rule."""
    start = end
    while start and end - start < 60 and lines[start - 1].strip() and not _RULE.match(lines[start - 1]):
        start -= 1
    return start


def _closing(lines: list[str], end: int) -> int:
    """A valediction on a line of its own, with names below, or a short block that gives a telephone number or an address."""
    below: list[str] = []
    for at in range(end - 1, max(end - 24, -1), -1):
        line = lines[at].strip()
        if _VALEDICTION.match(line[:80]):
            named = len(below) <= 3 and all(_NAME.fullmatch(one) for one in below)
            return at if below and (named or any(_CONTACT.search(one[:200]) for one in below)) else end
        below += [line] if line else []
        if len(below) > 12 or len(line) > 120:
            break
    return end


def _banner(lines: list[str], end: int) -> int:
    """A gateway's warning above the words ("[EXTERNAL] This email originated from outside …")."""
    first = next((at for at in range(end) if lines[at].strip()), end)
    if first >= end or not _BANNER.match(lines[first][:200]):
        return 0
    after = next((at for at in range(first, end) if not lines[at].strip()), None)
    return after if after is not None and after - first <= 4 and any(line.strip() for line in lines[after:end]) else 0
