"""What stands below the words of a mail: signature, device line, disclaimer, footer of a mailing list; and a banner above.

Each is believed only at the end of what the writer wrote. A closing with a bare name ("Thanks, Ann") is left to stand: it is words.
Below it stands a card: names, titles and addresses in short lines. It is told by its shape and by whom it names: the writer.
"""

# ruff: noqa: E501  a table of words reads better across than down

import re
from dataclasses import dataclass

from mailproc.reading.quoting import seen

_SIGNATURE_LINES = 15  # more lines than this below "-- " are a text, not a signature
_DELIMITER = re.compile(r"^\s{0,3}(?:--|__|—)\s*$")
_DEVICE = re.compile(
    r"^\W{0,3}(?:"
    r"(?:sent|sent by|written|typed|composed) (?:from|via|with|using|on)\s(?:my |a |an |the )?[^,;:!?]{2,60}"
    r"|get (?:outlook|bluemail|spark|boxer) for .{2,90}|yahoo mail: search, organi[sz]e, conquer|(?:laden sie )?outlook für .{2,60} (?:herunter|herunterladen|beziehen|holen)|holen sie sich outlook für .{2,60}"
    r"|(?:von meinem|vom|mit (?:dem|meinem)|von|via) .{2,50} (?:gesendet|geschickt|verschickt)"
    r"|gesendet (?:von|mit|über|aus|via|mit der) .{2,60}"
    r"|diese nachricht wurde von meinem .{2,60} gesendet"
    r"|envoyé (?:de|depuis|à partir|avec|via) .{2,60}|(?:télécharge[rz]?|obtene[rz]|obtenir) (?:l'application )?outlook pour .{2,90}"
    r"|enviado (?:desde|do|de|a partir|via|con|com|mediante) .{2,60}|(?:obt[eé]n(?:er|ga|ha)?|obter|baix(?:e|ar)|descarg(?:a|ar|ue)|consigue) (?:o )?outlook para .{2,90}"
    r"|inviato (?:da|dal|con|tramite) .{2,60}|(?:ottieni|scarica) (?:l'app )?outlook per .{2,90}"
    r"|(?:verstuurd|verzonden) (?:vanaf|met|via|vanuit) .{2,60}|outlook voor .{2,60} downloaden"
    r"|wysłan[eo] (?:z|za pomocą|przez) .{2,60}|pobierz aplikację outlook dla .{2,90}"
    r"|skickat (?:från|med|via) .{2,60}|(?:skaffa|hämta) outlook för .{2,90}|(?:hanki|lataa) outlook .{2,90}|(?:stáhněte|získejte|získať|stiahnite) (?:si )?outlook .{2,90}"
    r"|sendt (?:fra|med|via) .{2,60}|hent outlook (?:til|for) .{2,90}|få outlook for .{2,90}"
    r"|отправлено (?:с|из|через) .{2,60}|надіслано з .{2,60}|скачайте outlook для .{2,90}"
    r"|lähetetty .{2,50}|trimis (?:de|din) .{2,60}|odesláno z .{2,60}|odoslané z .{2,60}|poslano (?:s|iz|z) .{2,60}|изпратено от .{2,60}"
    r"|(?:küldve|elküldve) .{2,60}|(?:στάλθηκε|εστάλη|απεστάλη) από .{2,60}|(?:được )?gửi từ .{2,60}|dikirim dari .{2,60}|enviat des de.{2,60}"
    r"|נשלח מ.{2,60}|(?:أُ?رسلت?|تم الإرسال) من .{2,60}|ส่งจาก.{2,60}|saadetud .{2,60}|išsiųsta iš .{2,60}|nosūtīts no .{2,60}"
    r"|.{2,40}['’]?(?:umdan|dan|den) gönderildi|.{2,40}から送信(?:されました)?。?|outlook for .{2,30} を入手.{0,60}"
    r"|(?:发自|發自|从|從).{2,40}(?:发送|傳送|寄出)?|获取 ?outlook for .{2,90}|.{2,40}에서 보냄|나의 .{2,30}에서 보냄"
    r")[.\s*]{0,3}(?:<?https?://\S{1,200}>?)?\s*$",
    re.IGNORECASE,
)
_DEVICE_NAMES = re.compile(
    r"iphon|ipad|ipod|ios|android|blackberry|samsung|galaxy|huawei|xiaomi|nokia|lumia|windows|phone|mobile|mobil|móvil|handy|smartphone|tablet|"
    r"outlook|mail|yahoo|gmail|proton|spark|telefon|téléphone|teléfono|cellulare|telefoon|htc|htc|sony|lg|motorola|pixel|apple|watch|device|"
    r"手机|手機|gmx|web\.de|thunderbird|mailbird|bluemail|aquamail|front|missive|superhuman|boxer|nine|acompli|sparrow|torch",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s?[<(\[]https?://[^\s<>]{4,300}[>)\]]|\s?https?://[^\s<>]{4,300}$")
_SHOP = re.compile(
    r"https?://(?:[\w-]{1,60}\.){0,3}(?:aka\.ms|onelink|yahoo|proton|tuta|bluemail|spark|play\.google|apple|microsoft|gmx|web\.de|mail|aqua|edison)",
    re.IGNORECASE,
)
"""With the name of a mail program, an advertisement in any language: "Télécharger Outlook pour Android<https://aka.ms/…>"."""
_MAIL_PROGRAMS = re.compile(
    r"\b(?:outlook|yahoo|gmail|thunderbird|proton|spark|bluemail|aqua ?mail|gmx|web\.de|mailbird|airmail|canary|mail\.ru|mail\.com|edison|tutanota|tuta|fastmail)\b",
    re.IGNORECASE,
)
_EXCUSE = re.compile(
    r"^\W*(?:please )?(?:excuse|forgive|pardon) (?:\S+ ){0,4}(?:typos|brevity|errors)|^\W*apologies for (?:any )?(?:typos|brevity)",
    re.IGNORECASE,
)
_VALEDICTION = re.compile(
    r"^\W{0,3}(?:(?:with |my |many |very )?(?:kind(?:est)?|best|warm(?:est)?|friendly)?\s?regards|best(?: wishes)?|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|"
    r"(?:many )?thanks(?: (?:and|&) (?:kind |best )?regards)?|thank you|"
    r"(?:mit )?(?:freundliche[nrm]?|beste[nm]?|viele[n]?|liebe[n]?|herzliche[nm]?|schöne[n]?|sonnige)? ?gr(?:ü|ue)(?:ß|ss)e?n?(?: (?:aus|vom|von) .{2,30})?|gruß|mfg|lg|vg|danke|"
    r"(?:bien )?(?:cordialement|sincèrement)|(?:bien )?à vous|(?:(?:mes|nos) )?(?:meilleures|sincères|cordiales) salutations|salutations|merci(?: d'avance)?|(?:un )?(?:cordial )?saludos?(?: cordiales)?|(?:muy )?atentamente|(?:muchas )?gracias|"
    r"(?:atenciosamente|obrigad[oa]|grat[oa]|att\.?)|(?:com os )?(?:melhores )?cumprimentos|(?:um )?abraços?|(?:cordiali|distinti) saluti|cordialmente|(?:un )?salut[io]|grazie|"
    r"(?:met )?(?:vriendelijke|hartelijke|beste)? ?groet(?:en|jes)?|mvg|bedankt|(?:z (?:wyrazami szacunku|poważaniem|powazaniem)|pozdrawiam|dziękuję)|"
    r"(?:med )?(?:vänlig(?:a)?|bästa|många) hälsning(?:ar)?|hälsningar|(?:med )?(?:venlig|vennlig|bedste|beste|hilsen|kær)(?: hilsen(?:er)?)?|mvh|hilsen|vh|tack|takk|tak|"
    r"с (?:уважением|наилучшими пожеланиями)|з повагою|с уважение|спасибо|s (?:pozdravem|pozdravom|přáním hezkého dne)|lp|lep(?:o)? pozdrav(?:ljeni)?|(?:srdačan )?pozdrav|(?:s )?(?:lijepim|poštovanjem)|üdvözlettel|tisztelettel|(?:ystävällisin )?terveisin|t\.?|"
    r"saygılarım(?:ız)?la|iyi çalışmalar|με εκτίμηση|φιλικά|ευχαριστώ|cu (?:respect|stimă)|lugupidamisega|pagarbiai|ar cieņu|בברכה|בכבוד רב|תודה(?: רבה)?|مع (?:خالص )?(?:التحية|تحياتي)|تحياتي|شكرا|"
    r"trân trọng|salam|hormat saya|terima kasih|ขอแสดงความนับถือ|ขอบคุณ(?:ครับ|ค่ะ)?|敬具|此致|敬礼|敬禮|谢谢|謝謝|祝好|顺祝商祺|감사합니다|드림|(?:以上、?)?(?:何卒|どうぞ)?、?よろしくお願い.{0,14}|以上)\W{0,3}$",
    re.IGNORECASE,
)
"""Words of closing on a line of their own; where one is missing, a short line that ends in a comma is taken for one."""
_NAME = re.compile(r"[/*_-]{0,2}[^\W\d_][\w.'’-]{0,30}(?:[ ,&/]{1,3}[^\W\d_][\w.'’-]{0,30}){0,4}[.,*_]{0,2}")
_WORD = re.compile(r"[^\W_]+")
_CONTACT = re.compile(
    r"(?<![\w.:/-])\+?\(?\d[\d ()./\u2010-\u2015-]{6,20}\d(?![\w:])|[^\s@<>()\[\]]{1,64}@[^\s@<>()\[\]]{1,255}\.\w|(?:https?://|www\.)\S|"
    r"^\W*(?:tel|phone|mobile|mob|cell|fax|ph|t|m|f|e|w|p|o|d|skype|office|direct|telefon|tél|téléphone|teléfono|telefoon|mobil|handy|portable|cel|gsm|email|e-mail|mail|web|тел|моб|電話|电话|전화|携帯)\b\.?\s?[:.：]",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^[^\d:：|]{2,40}[:：](?:\s|$)")
_PROSE = re.compile(r"[.!?…:;,。！？：；](?:[\"'»”)]{0,2})\s*$|^\s*(?:[>•*#+-]|\d{1,2}[.)])\s")
_ABBREVIATION = re.compile(r"(?:\b\w{1,4}\.|\b[a-z]\.\s?[a-z]\.(?:\s?[a-z]\.)?)\s*$", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"^\W{0,3}p\.?\s?s\.?\s?[:.]?(?:\s|$)", re.IGNORECASE)
_SLASH = re.compile(r"\s/\s|\s\|\s")
_CARD_LINES = 14
_TITLE_AND_NAME = 3  # words: "Ask for me: Ann Lee, …" is a sentence, "Dr. Ann Lee" begins a card
_CARD_WIDTH = 110
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
    r"avast\.com|scanned by|save a tree|registered (?:office|in england|in scotland|number)|registergericht|handelsregister|amtsgericht .{1,30}\bhr ?[ab]\b|"
    r"sitz der gesellschaft|geschäftsführ(?:er|ung)(?:in)?\s?:|\bust-?id|\bsiret\b|\brcs [a-z]|capital social|\bkvk\b.{0,8}\d|"
    r"denken sie an die umwelt",
    re.IGNORECASE,
)
_BANNERS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"^\W{0,6}(?:caution|external|externe?|extern|warning|attention|achtung|hinweis|vorsicht|precauci|atenci|cuidado|aten[çc][ãa]o|attenzione|let op|uwaga|varning|observera|advarsel|bemærk|merk|huomio|внимание|увага|注意|警告|주의|figyelem|pozor|upozorn|dikkat|προσοχή|זהירות|تنبيه|this (?:e-?mail|message) (?:originat|was sent|came|comes|is ))|^\s*(?:\[|\*{2,}|⚠)",
        r"outside|extern|außerhalb|extérieur|fuera de|fora d|esterno|di fuori|buiten|spoza|zewn|utanför|udefra|udenfor|utenfra|ekstern|ulkopuol|вн[её]шн|за пределами|извне|зовнішн|外部|组织外|組織外|社外|외부|kívül|mimo|kurum dışı|harici|εκτός|חיצוני|خارج",
        r"mail|message|sender|nachricht|absender|mensaje|correo|mensagem|messaggio|bericht|wiadomo|meddelande|avsändare|besked|melding|viesti|письм|сообщен|лист|邮件|郵件|メール|메일|courriel|expéditeur|remitente|levél|zpráv|správ|ileti|posta|μήνυμα|הודעה|رسالة|afzender",
        r"originat|click|klick|klik|kliv|cliqu|\bclic|\blinks?\b|attachment|anh[aä]ng|pièces jointes|adjunt|anexo|allegat|bijlage|załącznik|bilag|вложени|ссыл|リンク|添付|链接|連結|附件|첨부|stammt|provient|afkomstig|pochodzi|recogni[sz]e|careful|trust|vorsicht",
    )
)
"""A gateway's warning above the words: a word of warning, that this mail comes from outside, and what not to do with it."""
_UNACQUAINTED = re.compile(r"aka\.ms/LearnAboutSenderIdentification", re.IGNORECASE)
_RULE = re.compile(r"^\s*[-_=*~]{2,}\s*$")


@dataclass(frozen=True, slots=True)
class Signed:
    """A passage of new words, and what stood below them."""

    words: tuple[str, ...]
    signature: tuple[str, ...] = ()


_TELLS_WHOM = re.compile(
    r"(?:primary|main|first|alternat\w*|secondary|second|back-?up|other)\b.{0,12}\b(?:contact|person)\b"
    r"|(?:if|should|when|otherwise|in my absence|falls|wenn|sollte|vertretung|ansprechpartner\w*|sinon|s['’]il"
    r"|en (?:cas|mon|mi)|contact (?:principal|de)|si no|se não|contacto (?:principal|altern\w*)|contato)\b",
    re.IGNORECASE,
)
"""How a line begins that tells whom to reach and when: words of the writer's, though a number stands in it."""


def signed(lines: list[str], author: frozenset[str] = frozenset()) -> Signed:
    """Part the words from what stands below them; lines without line ends.

    `author` are words that name the writer, lower-cased: parts of his name, his address.
    """
    end = _end_of(lines)
    for _ in range(5):  # a footer below a disclaimer below a device line below a signature
        cut = min(_device(lines, end), _disclaimer(lines, end), _footer(lines, end))
        cut = min(cut, _delimited(lines, cut))
        cut = cut if cut < end else _card(lines, end, author)
        if cut == end:
            break
        end = _end_of(lines[:cut])
    start = _banner(lines, end)
    kept = lines[start : _end_of(lines[:end])]
    return Signed(tuple(kept), tuple(lines[end:]))


def _end_of(lines: list[str]) -> int:
    end = len(lines)
    while end and (
        not seen(lines[end - 1]).strip() or (_RULE.match(lines[end - 1]) and not _DELIMITER.match(lines[end - 1]))
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
        if len(lines[at]) > 500:
            break
        line = _LINK.sub("", lines[at].strip()).strip().strip("*_[]")
        if len(line) <= 160 and _DEVICE.match(line) and (_DEVICE_NAMES.search(line) or " my " in line.lower()):
            return at
        if (
            len(line.split()) <= 7
            and not _PROSE.search(line)
            and _MAIL_PROGRAMS.search(line)
            and _SHOP.search(lines[at])
        ):
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


def _card(lines: list[str], end: int, author: frozenset[str]) -> int:
    """Where the block of names, titles and addresses below the words begins; the name right below a closing is words.

    Believed: below a closing where it holds a telephone number or an address, or the writer's name again; without a closing, a paragraph
    that begins with the writer's name.
    """
    closing = _closing_above(lines, end)
    block = [at for at in range(closing + 1, end) if _is_filled(lines[at])] if closing is not None else []
    if block and any(_CONTACT.search(lines[at][:200]) for at in block[1:]):
        return next(iter(_below_name(lines, block)), end)
    block = _short_lines(lines, end)
    if not block:
        return end
    above = next((at for at in range(block[0] - 1, -1, -1) if lines[at].strip()), None)
    greets = above is not None and not any(line.strip() for line in lines[:above])
    if above is not None and not greets and _closes(lines[above], lines[block[0]], author):
        below = _below_name(lines, block)
    else:
        below = _from_author(lines, block, author)
        if above is None and below == block:
            return end  # nothing but the card
    told = any(_CONTACT.search(lines[at][:200]) for at in below)
    again = len(below) > 1 and _names(lines[below[0]], author) and below[0] > 0 and below != block
    return below[0] if below and (told or again) else end


def _is_filled(line: str) -> bool:
    return bool(line.strip()) and not _RULE.match(line)


def _below_name(lines: list[str], block: list[int]) -> list[int]:
    """The block without the name that closes the words: the first line, unless a rule stands above it."""
    ruled = block[0] > 0 and bool(_RULE.match(lines[block[0] - 1]))
    return block[1:] if _is_name(lines[block[0]]) and not ruled else block


def _closing_above(lines: list[str], end: int) -> int | None:
    """Where known words of closing stand above short lines only."""
    filled = 0
    for at in range(end - 1, max(end - 40, -1), -1):
        bare = lines[at].strip()
        if _is_valediction(bare):
            return at
        filled += bool(bare)
        if filled > _CARD_LINES + 4 or len(bare) > _CARD_WIDTH or _POSTSCRIPT.match(bare) or _is_sentence(bare):
            return None
    return None


def _is_sentence(bare: str) -> bool:
    return len(bare.split()) > 8 and bare.endswith((".", "!", "?")) and not _CONTACT.search(bare)


def _is_valediction(bare: str) -> bool:
    """Words of closing, in one language or in several: "Mit freundlichen Grüßen / Kind regards"."""
    return len(bare) <= 80 and bool(bare) and all(_VALEDICTION.match(part) for part in _SLASH.split(bare))


def _short_lines(lines: list[str], end: int) -> list[int]:
    """The places of the lines above `end` that could stand on a card, as far as they follow one another."""
    found: list[int] = []
    for at in range(end - 1, -1, -1):
        if not _is_filled(lines[at]):
            continue
        if len(found) == _CARD_LINES or not _could_stand_on_card(lines[at]):
            break
        found.insert(0, at)
    return found


def _could_stand_on_card(line: str) -> bool:
    bare = line.strip()
    if len(bare) > _CARD_WIDTH or len(bare.split()) > 14 or _is_valediction(bare) or _POSTSCRIPT.match(bare):
        return False
    if _TELLS_WHOM.match(bare):
        return False
    if _CONTACT.search(bare):
        return not bare.endswith(("?", ":"))
    if _LABELLED.match(bare):
        return False
    return not _PROSE.search(bare) or bool(_ABBREVIATION.search(bare))


def _closes(line: str, name: str, author: frozenset[str]) -> bool:
    """Words of closing: known ones, or a few words before a comma or before the writer's name."""
    bare = line.strip()
    if _is_valediction(bare):
        return True
    return len(bare.split()) <= 5 and bare.endswith((",", "，")) and (_names(name, author) or _is_name(name))


def _is_name(line: str) -> bool:
    name = line.strip()
    first = name.lstrip("/*_-").partition(" ")[0]
    in_lower_case = first[:1].islower() and "." not in first  # "i.A. Jonas Weber" is a name
    return bool(_NAME.fullmatch(name)) and not in_lower_case and not _CONTACT.search(line)


def _names(line: str, author: frozenset[str]) -> bool:
    """Whether a line begins with the writer's name, or holds his address."""
    folded = line.strip().lower()
    words = frozenset(_WORD.findall(folded[:60]))
    # Languages without spaces between words: there a name stands within what looks like one.
    return any(word in folded if "@" in word or not word.isascii() else word in words for word in author)


def _from_author(lines: list[str], block: list[int], author: frozenset[str]) -> list[int]:
    """The lines of a card from the paragraph on that begins with the writer's name; his bare name above it is words."""
    starts = [
        place
        for place, at in enumerate(block)
        if _names(" ".join(lines[at].split()[:_TITLE_AND_NAME]), author)
        and (at == 0 or not lines[at - 1].strip() or _is_name(lines[at - 1]))
    ]
    if not starts:
        return []
    first = starts[0]
    alone = first + 1 < len(block) and block[first + 1] > block[first] + 1
    return block[first + 1 :] if alone and _is_name(lines[block[first]]) else block[first:]


def _banner(lines: list[str], end: int) -> int:
    """Where the words begin below a gateway's warning ("[EXTERNAL] This email originated from outside …")."""
    first = next((at for at in range(end) if lines[at].strip()), end)
    after = next((at for at in range(first, end) if not lines[at].strip() or _RULE.match(lines[at])), end)
    if after - first > 5 or not any(line.strip() for line in lines[after:end]):
        return 0
    paragraph = " ".join(lines[first:after])[:1000]
    warns = all(words.search(paragraph) for words in _BANNERS) or _UNACQUAINTED.search(paragraph)
    return (after + 1 if _RULE.match(lines[after]) else after) if warns else 0
