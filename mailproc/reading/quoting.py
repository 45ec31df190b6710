"""Where a mail quotes another: ">" lines, attribution lines ("On … wrote:"), and header blocks ("From: … Sent: …").

Rules look at shape (labels in a row, an address, a date, a line that ends with a colon) and at the words that mail programs use in
many languages; a word alone never decides. Each rule reads a bounded number of lines, so that time grows with the length only.
"""

# ruff: noqa: E501  a table of words reads better across than down

import re

CUT = (
    "\ue002"  # private use: html_to_text writes it where a mail program's structure says that the mail answered begins
)
_UNSEEN = {
    **dict.fromkeys((0xFEFF, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    **{first + digit: str(digit) for first in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50) for digit in range(10)},
}
"""Direction marks; and digits of other scripts as those that dates are told by."""
LINE_LIMIT = 600  # characters; longer lines are prose

_FROM = (
    "from|von|de|da|van|od|från|fra|от|от кого|від|送信者|差出人|发件人|寄件者|寄件人|보낸 사람|보낸사람|발신|발신자|보낸이|kimden|gönderen|feladó|lähettäjä|"
    "expéditeur|expediteur|mittente|remitente|afzender|absender|avsender|avsändare|nadawca|från|από|מאת|من|odesílatel|odosielateľ|pošiljatelj|"
    "de la|dari|từ|người gửi|จาก|pengirim|nuo|no|saatja|frá|išsiuntė|sūtītājs|odesilatel|šalje|pošiljalac|pošiljatelj|шаље"
)
_WHEN = (
    "sent|date|message du|gesendet|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviada em|enviado em|fecha|data|inviato|inviata|"
    "verzonden|datum|wysłano|wysłane|data wysłania|skickat|skickades|sendt|dato|отправлено|дата|送信日時|日時|日付|发送时间|发送日期|日期|时间|"
    "寄件日期|傳送日期|보낸 날짜|날짜|보낸날짜|gönderme tarihi|tarih|gönderilme|elküldve|dátum|lähetetty|päivämäärä|päiväys|ημερομηνία|"
    "odesláno|odoslané|poslano|trimis|sent at|dikirim|ngày gửi|gửi|đã gửi|gửi lúc|ngày|נשלח|תאריך|تاريخ|التاريخ|تم الإرسال|تاريخ الإرسال|надіслано|envoye|"
    "στάλθηκε|εστάλη|απεστάλη|изпратено|дата|gönderildi|gönderim tarihi|küldve|tanggal|ส่ง|วันที่|ส่งแล้ว|išsiųsta|data|nosūtīts|saadetud|kuupäev|enviat|sent on|dags|sent date|poslano dne|"
    "送信日付|寄件時間|傳送時間|寄送日期|作成日"
)
_TO = (
    "to|an|à|a|para|aan|do|till|til|кому|宛先|收件人|收件者|받는 사람|받는사람|받은 사람|수신|수신자|받는이|kime|alıcı|címzett|vastaanottaja|destinataire|destinatario|"
    "destinatário|για|προς|komu|za|către|catre|kepada|đến|tới|אל|ל|إلى|cc|cci|bcc|kopie|copie|copie à|копия|копія|抄送|副本|참조|ccn|kopia|kopi|kopio|dw|c.c.|до|"
    "receptor|ถึง|kam|saaja|adresātam|per a|prima|másolatot kap|bilgi|κοιν|κοινοποίηση|עותק|نسخة|cópia|con copia"
)
_SUBJECT = (
    "subject|thema|ogg|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|тема|件名|主题|主旨|主題|제목|konu|tárgy|aihe|θέμα|předmět|predmet|"
    "subiect|subjek|perihal|chủ đề|tiêu đề|נושא|נושא ההודעה|الموضوع|موضوع|sujet|относно|assumpte|เรื่อง|tema|teema|efni|vec|zadeva|temats|제 목|件 名|主 题"
)
_REST = "reply-to|antwort an|répondre à|importance|wichtigkeit|priority|attachments|anlagen|organization|sent by|via|message-id|in-reply-to|重要度|newsgroups"


def _labels(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_KINDS = {
    **dict.fromkeys(_labels(_REST), "rest"),
    **dict.fromkeys(_labels(_TO), "to"),
    **dict.fromkeys(_labels(_SUBJECT), "subject"),
    **dict.fromkeys(_labels(_WHEN), "when"),
    **dict.fromkeys(_labels(_FROM), "from"),
}
_LABEL = re.compile(r"^[\s>*_|]{0,12}([^\s:：<>@/\\*][^:：<>@\n*]{0,24}?)\s?\*{0,2}\s?[:：]\*{0,2}(?:\s|$|(?=\S))")
_ADDRESS = re.compile(r"[^\s<>\"(),:;]{1,64}@[^\s<>\"(),:;]{1,255}")
_BRACKETED = re.compile(r"[<(\[](?:mailto:)?[^\s<>\"(),:;]{1,64}@[^\s<>\"(),:;]{1,255}")
_YEAR = r"(?:(?:1[34]|19|20|25)\d\d)"
"""Of our era, the Persian and the Islamic, and the Thai one."""
_DATE = re.compile(
    rf"\d{{1,4}}\s?[./年년-]\s?\d{{1,2}}"
    rf"|\b\d{{1,2}}\b\D{{1,24}}\b{_YEAR}\b"
    rf"|\b{_YEAR}(?!\d).{{1,24}}?(?<!\d)\d{{1,2}}(?!\d)"
    rf"|\b\d{{1,2}}[.-]?\s?[^\W\d]{{3,9}}[.-]{{0,2}}\s?\d{{2,4}}\b"
)
_TIME = re.compile(r"\d{1,2}\s?[:.h時时点點시]\s?\d{2}")
_RULE = re.compile(r"^\s*(?:[_-]\s?){5,}\s*$")
_NOTES = re.compile(
    r"^\S.{1,60}?\s?-{3}\d{1,4}[./-]\d{1,2}[./-]\d{2,4} .{4,20}?-{3}\S"
)  # Lotus: "Ann ---05/11/2015 04:02 PM---Hello"
_DASHED = re.compile(r"^[\s>]*-{2,}\s?\S.*\S\s?-{2,}\s*$")
_BANNER = re.compile(r"^[\s>]*-{2,}\s?[^\s-].{2,60}?\S\s?-{2,}\s*$")
_ORIGINAL = re.compile(
    r"original|original message|original mail|original appointment|ursprüngliche (?:nachricht|mail)|original-?nachricht|"
    r"message d'origine|message original|mail original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|"
    r"wiadomość oryginalna|oryginalna wiadomość|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|original besked|"
    r"opprinnelig melding|исходное сообщение|元のメッセージ|原始邮件|原始郵件|原邮件|원본 메시지|원본 메일|원본 이메일|"
    r"alkuperäinen viesti|eredeti üzenet|původní zpráva|původní e-mail|orijinal mesaj|reply message",
    re.IGNORECASE,
)
_DASHES = re.compile(r"[\s_*=\u2010-\u2015-]{2,}")
_GROUPWISE = re.compile(
    r"^\s*>>> [^>]{1,200}(?:>[^>]{1,60})? >>>\s*$"
)  # ">>> Ann <ann@acme.example> 05/11/2015 04:02 PM >>>"
_HEADED = re.compile(
    r"^\s*(?:[-_*=]{2,}\s*[^\W\d][^\n]{2,80}?[-_*=]{2,}|[-_*=]{2,}\s*[^\W\d][^\n]{2,80}[:：]|[^\W\d][^\n.]{5,80}[:：])\s*$"
)
"""A line that may stand above the headers of a mail: words between dashes, or words that end with a colon."""
_PASSED_ON = re.compile(
    r"forward|weitergeleit|transf[éeè]r|réexpédi|r[eé]envi|encaminhad|inoltrat|doorgestuurd|vidarebefordra|videresen|пересыла|переслан|препрат|"
    r"转发|轉寄|轉發|転送|전달|przekaz|przesłan|перенаправл|edelleenlähete|välitet|přeposlan|preposlan|továbbít|iletil|yönlendiril|προωθ|redirecționat|"
    r"προώθ|הועבר|מועבר|محول|معاد توجيه|إعادة توجيه|chuyển tiếp|diteruskan|posredovan|proslijeđen|prosleđen|persiųst|pārsūt|edastatud|reenviat|framsend|ส่งต่อ",
    re.IGNORECASE,
)
_FORWARDED_BY = re.compile(r"^\s*-{3,}\s*(?:forwarded by|weitergeleitet von) .{1,80}-{3,}", re.IGNORECASE)
# Words with which mail programs say "wrote"; "sent" and its like are theirs as well.
_WROTE = re.compile(
    r"(?<!\w)(?:wrote|writes|sent|said|schrieb|geschrieben|hat am|a écrit|écrit|escribió|escribio|escribiste|escreveu|ha scritto|scrisse|scritto|schreef|"
    r"geschreven|napisał(?:\(a\)|a)?|pisze|skrev|kirjoitti|написал(?:а|\(а\))?|пишет|писал(?:а|и|\(а\))?|написа|написав|のメッセージ|"
    r"yazdı|şunu yazdı|írta|ezt írta|napsal(?:\(a\)|a)?|napísal|napisao|je napisao|a scris|menulis|đã viết|viết|έγραψε|כתב|כתבה|כתב/ה|escrigué|va escriure|كتبت?|rašė|rakstīja|kirjutas|skrifaði|skrev følgende|เขียนว่า|napísal(?:\(a\))?|je napisal(?:a|/a)?|odesílatel|napisao/la|tulis)(?!\w)"
    r"|写道|寫道|님이 작성|작성:|이\(가\) 작성|書き(?:まし)?た|のメール",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^[\s>*_-]{0,12}(?:on|am|le|el|em|il|op|w dniu|dnia|den|på|ti|в|dne|pe|vào|el día|a|em|at|wt|pn|śr|czw|pt|sob|niedz|ср|чт|пт|пн|вт|сб|вс|"
    r"mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|\d{1,4}|\"|<|from|van|von|de)\b",
    re.IGNORECASE,
)
_QUOTING = re.compile(
    r"^[\s>*_-]{0,12}(?:quoting|zitat von|citando|citat från|citation de|quoted from|\[[^\]\n]{3,100}\b(?:19|20)\d\d\])[^\n]{0,200}:\s*$",
    re.IGNORECASE,
)
"""Attributions without a date, or in brackets; believed only where quoted lines follow."""
_LAST_WORDS = re.compile(r"[^\d,;:]{1,80}$")
_FIRST_WORDS = re.compile(r"[^\d,;:：]{1,80}")
_UNCLOSED = re.compile(r"<\s*$")
_ENDS = re.compile(r"[:：]\s*\**\s*$")


def seen(line: str) -> str:
    """A line as its reader sees it: without direction marks, and without entities that some programs leave in plain text."""
    if "&" in line:
        line = line.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">")
    return line if line.isascii() else line.translate(_UNSEEN)


def is_quoted(line: str) -> bool:
    """Whether the line begins with the mark of quoted lines (">", as in RFC 3676 §4.5)."""
    bare = line.lstrip(" \t\ufeff\u200b\u200e\u200f")
    return bare.startswith(">") and not bare.rstrip().endswith("<<<")


def is_rule(line: str) -> bool:
    """A line of dashes or underscores only."""
    return bool(_RULE.match(line)) and len(line.strip()) >= 5


def label_of(line: str) -> str | None:
    """What a header line of quoted mail gives: "from", "when", "to", "subject", "rest"; None for other lines."""
    found = _LABEL.match(seen(line)) if len(line) <= LINE_LIMIT else None
    return _KINDS.get(" ".join(found[1].lower().split())) if found else None


def is_forwarding(lines: list[str], at: int) -> bool:
    """Whether a mail program introduces here a mail that is passed on: words of passing on above the headers of a mail."""
    line = seen(lines[at])
    if len(line) > LINE_LIMIT or not (_HEADED.match(line) or _FORWARDED_BY.match(line)) or not _PASSED_ON.search(line):
        return False
    return bool(_FORWARDED_BY.match(line)) or _headers_below(lines, at)


def is_original(lines: list[str], at: int) -> bool:
    """Whether a mail program introduces here the mail answered, as "-----Original Message-----": by its words or what is below."""
    line = seen(lines[at])
    if len(line) > LINE_LIMIT:
        return False
    if _ORIGINAL.fullmatch(line.strip(" \t-_*=\u2010\u2011\u2012\u2013\u2014\u2015")):
        return bool(_DASHES.match(line.lstrip())) or _headers_below(lines, at)
    if _GROUPWISE.match(line) and _DATE.search(line):
        return True
    return bool(_NOTES.match(line) or (_BANNER.match(line) and _headers_below(lines, at)))


def _headers_below(lines: list[str], at: int) -> bool:
    below = next((place for place in range(at + 1, min(at + 5, len(lines))) if lines[place].strip()), None)
    return below is not None and bool(header_block(lines, below))


def header_block(lines: list[str], start: int) -> int:
    """How many lines from `start` are the headers of quoted mail (From, Sent, To, Subject in whatever order); 0 for none.

    Believed: three kinds of label that mail programs write, or two with an address and a date; among them an address, or a
    moment behind the label of one: people write "From: … To: …" of places and times. It begins below a line that is no
    such label.
    """
    if label_of(lines[start]) not in {"from", "when", "to", "subject"}:
        return 0
    if start and label_of(lines[start - 1]):
        return 0
    told: dict[str, str] = {}
    last = start
    for at in range(start, min(start + 16, len(lines))):
        kind = label_of(lines[at])
        if kind:
            told[kind] = f"{told.get(kind, '')} {seen(lines[at])}"
            last = at
        elif (not lines[at].strip() and (at + 1 >= len(lines) or not label_of(lines[at + 1]))) or at - last >= 3:
            break
    block = " ".join(seen(line[:LINE_LIMIT]) for line in lines[start : last + 1])
    return last + 1 - start if _are_headers(told, block) else 0


def _are_headers(told: dict[str, str], block: str) -> bool:
    named = {"from", "when", "to", "subject"} & set(told)
    if not named & {"from", "when"}:
        return False
    addressed, dated = bool(_ADDRESS.search(block)), bool(_DATE.search(block))
    when = told.get("when", "")
    if len(named) >= 3:
        return addressed or bool(_DATE.search(when) or _TIME.search(when))
    return len(named) == 2 and dated and (addressed or ("from" in named and bool(_TIME.search(when))))


def attribution(lines: list[str], start: int) -> int:
    """How many lines from `start` say who wrote what follows; 0 for none. Mail programs break such lines in up to four.

    Believed: above ">" lines, a date with a time or an address, or a word for "wrote" with one of them; elsewhere an
    address beside a date and a time, or beside that word. It ends with a colon, or with the word.
    """
    first = seen(lines[start])
    opened = _opens_attribution(first)
    if not opened and (not first.strip() or len(first) > LINE_LIMIT or (start and lines[start - 1].strip())):
        return 0
    text = ""
    taken = 0
    for at in range(start, min(start + 7, len(lines))):
        line = seen(lines[at]).strip()
        if not line and _goes_on(lines, at):
            continue
        if not line or not _same_depth(line, first) or len(text) + len(line) > LINE_LIMIT or label_of(line):
            break
        text, taken = f"{text} {line}".strip(), taken + 1
        if _is_attribution(text, lines, (start, at)):
            return at + 1 - start if opened or not _begins_below(lines, start, at) else 0
        if taken == 5 or (_ENDS.search(line) and not _goes_on(lines, at)):
            break
    return 0


def _begins_below(lines: list[str], start: int, end: int) -> bool:
    """Whether an attribution that ends at `end` begins below `start`, so that other words stand above it."""
    return any(_opens_attribution(seen(lines[at])) and attribution(lines, at) for at in range(start + 1, end + 1))


def _goes_on(lines: list[str], at: int) -> bool:
    """Some programs put an empty line before the address of an attribution."""
    return at + 1 < len(lines) and seen(lines[at + 1]).lstrip().startswith("<")


def _same_depth(line: str, first: str) -> bool:
    return is_quoted(line) == is_quoted(first) or _is_left_over(line)


def _is_left_over(line: str) -> bool:
    """The closing bracket of an address on a line of its own, as "> wrote:", is no quotation."""
    return bool(_WROTE.match(seen(line).lstrip("> ")) and _ENDS.search(line))


def _opens_attribution(line: str) -> bool:
    """Whether an attribution begins so even below other words; at the beginning of a paragraph any words may open it."""
    if not line.strip() or len(line) > LINE_LIMIT:
        return False
    return any(shape.search(line) for shape in (_OPENING, _ADDRESS, _WROTE, _QUOTING, _UNCLOSED))


def _is_attribution(text: str, lines: list[str], place: tuple[int, int]) -> bool:
    wrote = _WROTE.search(text)
    says_wrote = wrote is not None and len(text) - wrote.end() <= 80
    if wrote and _BANNER.match(text):  # "---- On … Ravi <…> wrote ----"
        return True
    if _next_is_quoted(lines, place[1]):
        return bool(_QUOTING.match(text)) or _introduces_quotation(text, says_wrote=says_wrote)
    if not _ENDS.search(text):
        if not (_is_moment(text) and _ADDRESS.search(text)):
            return False
        return bool(wrote and _DASHED.match(text)) or _addressed_below(lines, place[1])
    if says_wrote:
        sure = _ADDRESS.search(text) or (_DATE.search(text) and _names_writer(text))
        return bool(sure) or (_is_moment(text) and _stands_alone(lines, place))
    return _is_moment(text) and bool(_BRACKETED.search(text))


def _names_writer(text: str) -> bool:
    """Whether a name stands beside "wrote": people write "On 3 March 2026 the controller wrote:" of logs."""
    wrote = _WROTE.search(text)
    if wrote is None:
        return False
    beside = (_LAST_WORDS.search(text[: wrote.start()]), _FIRST_WORDS.match(text[wrote.end() :]))
    words = [word for found in beside if found for word in found[0].split()]
    return (
        bool(words) and not words[0][:1].islower() and not any(len(word) > 3 and word[:1].islower() for word in words)
    )


def _introduces_quotation(text: str, *, says_wrote: bool) -> bool:
    dated, addressed = bool(_DATE.search(text)), bool(_ADDRESS.search(text))
    if not _ENDS.search(text):
        return dated and addressed
    if says_wrote and (dated or addressed or len(text) < 120):
        return True
    return dated and (addressed or bool(_TIME.search(text)))


def _is_moment(text: str) -> bool:
    return bool(_DATE.search(text) and _TIME.search(text))


def _addressed_below(lines: list[str], at: int) -> bool:
    """Lotus Notes of old sets who and when above the label of whom it is for, without labels of their own."""
    below = next((line for line in lines[at + 1 : at + 4] if line.strip()), "")
    return label_of(below) == "to" or _KINDS.get(below.strip().lower()) == "to"


def _stands_alone(lines: list[str], place: tuple[int, int]) -> bool:
    """Whether these lines (the first and the last) are a paragraph of their own."""
    start, end = place
    above, below = (lines[start - 1] if start else ""), (lines[end + 1] if end + 1 < len(lines) else "")
    return not above.strip() and not below.strip()


def _next_is_quoted(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at + 1 : at + 6] if line.strip()), "")
    return is_quoted(following) and not is_quoted(lines[at]) and not _is_left_over(following)
