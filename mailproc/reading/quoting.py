"""Where a mail quotes another: ">" lines, attribution lines ("On … wrote:"), and header blocks ("From: … Sent: …").

Rules look at shape (labels in a row, an address, a date, a line that ends with a colon) and at the words that mail programs use in
many languages; a word alone never decides. Each rule reads a bounded number of lines, so that time grows with the length only.
"""

# ruff: noqa: E501  a table of words reads better across than down

import re

CUT = (
    "\ue002"  # private use: html_to_text writes it where a mail program's structure says that the mail answered begins
)
LINE_LIMIT = 600  # characters; longer lines are prose

_FROM = (
    "from|von|de|da|van|od|från|fra|от|от кого|від|送信者|差出人|发件人|寄件者|寄件人|보낸 사람|보낸사람|kimden|gönderen|feladó|lähettäjä|"
    "expéditeur|expediteur|mittente|remitente|afzender|absender|avsender|avsändare|nadawca|från|από|מאת|من|odesílatel|odosielateľ|pošiljatelj|"
    "de la|dari|từ|người gửi|จาก"
)
_WHEN = (
    "sent|date|gesendet|datum|envoyé|envoyé le|date d'envoi|enviado|enviado el|enviada em|enviado em|fecha|data|inviato|inviata|"
    "verzonden|datum|wysłano|wysłane|data wysłania|skickat|skickades|sendt|dato|отправлено|дата|送信日時|日時|日付|发送时间|发送日期|日期|时间|"
    "寄件日期|傳送日期|보낸 날짜|날짜|보낸날짜|gönderme tarihi|tarih|gönderilme|elküldve|dátum|lähetetty|päivämäärä|päiväys|ημερομηνία|"
    "odesláno|odoslané|poslano|trimis|sent at|dikirim|ngày gửi|gửi|נשלח|تاريخ|надіслано|envoye"
)
_TO = (
    "to|an|à|a|para|aan|do|till|til|кому|宛先|收件人|收件者|받는 사람|받는사람|kime|alıcı|címzett|vastaanottaja|destinataire|destinatario|"
    "destinatário|για|προς|komu|za|către|kepada|đến|אל|إلى|cc|cci|bcc|kopie|copie|копия|抄送|副本|참조|ccn|kopia|dw|c.c."
)
_SUBJECT = (
    "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|тема|件名|主题|主旨|主題|제목|konu|tárgy|aihe|θέμα|předmět|predmet|"
    "subiect|subjek|chủ đề|נושא|الموضوع|sujet"
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
_DATE = re.compile(
    r"\d{1,4}\s?[./年년-]\s?\d{1,2}"
    r"|\b\d{1,2}\b\D{1,24}\b(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d\b.{1,24}?\b\d{1,2}\b"
    r"|\b\d{1,2}[.-]?\s?[^\W\d]{3,9}[.-]{0,2}\s?\d{2,4}\b"
)
_TIME = re.compile(r"\d{1,2}\s?[:.h時时点시]\s?\d{2}")
_RULE = re.compile(r"^\s*(?:[_-]\s?){5,}\s*$")
_NOTES = re.compile(
    r"^\S.{1,60}?\s?-{3}\d{1,4}[./-]\d{1,2}[./-]\d{2,4} .{4,20}?-{3}\S"
)  # Lotus: "Ann ---05/11/2015 04:02 PM---Hello"
_DASHED = re.compile(r"^[\s>]*-{2,}\s?\S.*\S\s?-{2,}\s*$")
_BANNER = re.compile(r"^[\s>]*-{2,}\s?[^\s-].{2,60}?\S\s?-{2,}\s*$")
_ORIGINAL = re.compile(
    r"^\s*[-_*=]{2,}\s*(?:original(?: message)?|original mail|original appointment|ursprüngliche (?:nachricht|mail)|originalnachricht|"
    r"message d'origine|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|"
    r"wiadomość oryginalna|oryginalna wiadomość|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|original besked|"
    r"opprinnelig melding|исходное сообщение|пересылаемое сообщение|元のメッセージ|原始邮件|原始郵件|原邮件|원본 메시지|원본 메일|"
    r"alkuperäinen viesti|eredeti üzenet|původní zpráva|orijinal mesaj|reply message|mensagem original)\s*[-_*=]{2,}\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(?:-{3,}\s*(?:forwarded message|forwarded by .{1,80}|weitergeleitete nachricht|message transféré|mensaje reenviado|"
    r"mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:besked|melding)|"
    r"пересылаемое сообщение|转发的邮件|轉寄的郵件|転送メッセージ|전달된 메시지|przekazana wiadomość|edelleenlähetetty viesti)\s*-{3,}"
    r"|begin forwarded message:|anfang der weitergeleiteten (?:nachricht|e-?mail):|début du message (?:réexpédié|transféré)\s?:|"
    r"inizio messaggio inoltrato:|begin doorgestuurd bericht:|inicio del mensaje reenviado:)\s*$",
    re.IGNORECASE,
)
# Words with which mail programs say "wrote"; "sent" and its like are theirs as well.
_WROTE = re.compile(
    r"(?<!\w)(?:wrote|writes|sent|said|schrieb|geschrieben|hat am|a écrit|écrit|escribió|escribio|escreveu|ha scritto|scrisse|scritto|schreef|"
    r"geschreven|napisał(?:\(a\)|a)?|pisze|skrev|kirjoitti|написал(?:а|\(а\))?|пишет|писал(?:а|\(а\))?|написав|のメッセージ|"
    r"yazdı|şunu yazdı|írta|ezt írta|napsal(?:\(a\)|a)?|napísal|napisao|je napisao|a scris|menulis|đã viết|viết|έγραψε|כתב|כתבה|escrigué)(?!\w)"
    r"|写道|寫道|写道|님이 작성|작성:|이\(가\) 작성|書き(?:まし)?た|のメール",
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
_ENDS = re.compile(r"[:：]\s*\**\s*$")


def is_quoted(line: str) -> bool:
    """Whether the line begins with the mark of quoted lines (">", as in RFC 3676 §4.5)."""
    bare = line.lstrip(" \t")
    return bare.startswith(">") and not bare.rstrip().endswith("<<<")


def is_rule(line: str) -> bool:
    """A line of dashes or underscores only."""
    return bool(_RULE.match(line)) and len(line.strip()) >= 5


def label_of(line: str) -> str | None:
    """What a header line of quoted mail gives: "from", "when", "to", "subject", "rest"; None for other lines."""
    found = _LABEL.match(line) if len(line) <= LINE_LIMIT else None
    return _KINDS.get(found[1].strip().lower().replace("\u200e", "")) if found else None


def is_forwarding(line: str) -> bool:
    """The line with which a mail program introduces a mail that is passed on."""
    return len(line) <= LINE_LIMIT and bool(_FORWARDED.match(line))


def is_original(line: str) -> bool:
    """The line with which a mail program introduces the mail answered, as "-----Original Message-----"."""
    return len(line) <= LINE_LIMIT and bool(_ORIGINAL.match(line) or _NOTES.match(line))


def header_block(lines: list[str], start: int) -> int:
    """How many lines from `start` are the headers of quoted mail (From, Sent, To, Subject in whatever order); 0 for none.

    Believed: three kinds of label that mail programs write, or two with an address and a date. It begins below a line that
    is no such label.
    """
    if label_of(lines[start]) not in {"from", "when", "to", "subject"}:
        return 0
    if start and label_of(lines[start - 1]):
        return 0
    kinds: set[str] = set()
    last = start
    for at in range(start, min(start + 16, len(lines))):
        kind = label_of(lines[at])
        if kind:
            kinds.add(kind)
            last = at
        elif (not lines[at].strip() and (at + 1 >= len(lines) or not label_of(lines[at + 1]))) or at - last >= 3:
            break
    block = " ".join(line[:LINE_LIMIT] for line in lines[start : last + 1])
    named = kinds & {"from", "when", "to", "subject"}
    sure = len(named) >= 3 or (len(named) == 2 and bool(_ADDRESS.search(block)) and bool(_DATE.search(block)))
    return last + 1 - start if sure and named & {"from", "when"} else 0


def attribution(lines: list[str], start: int) -> int:
    """How many lines from `start` say who wrote what follows; 0 for none. Mail programs break such lines in up to four.

    Believed: it ends with a colon (or stands before ">" lines), and holds a date or an address together with a word for "wrote", or
    date, time and address without one (Gmail in Japanese, Yandex).
    """
    if not _opens_attribution(lines[start]):
        return 0
    text = ""
    taken = 0
    for at in range(start, min(start + 6, len(lines))):
        line = lines[at].strip()
        if not line and _goes_on(lines, at):
            continue
        if not line or not _same_depth(lines[at], lines[start]) or len(text) + len(line) > LINE_LIMIT:
            break
        text, taken = f"{text} {line}".strip(), taken + 1
        if _is_attribution(text, lines, at):
            return at + 1 - start
        if taken == 4 or _ENDS.search(line):
            break
    return 0


def _goes_on(lines: list[str], at: int) -> bool:
    """Some programs put an empty line before the address of an attribution."""
    return at + 1 < len(lines) and lines[at + 1].lstrip().startswith("<")


def _same_depth(line: str, first: str) -> bool:
    """The closing bracket of an address, left over on a line of its own, is no quotation."""
    return is_quoted(line) == is_quoted(first) or bool(_WROTE.match(line.lstrip("> ")))


def _opens_attribution(line: str) -> bool:
    return (
        bool(line.strip())
        and len(line) <= LINE_LIMIT
        and any(shape.search(line) for shape in (_OPENING, _ADDRESS, _WROTE, _QUOTING))
    )


def _is_attribution(text: str, lines: list[str], at: int) -> bool:
    dated, timed, addressed = bool(_DATE.search(text)), bool(_TIME.search(text)), bool(_ADDRESS.search(text))
    wrote = _WROTE.search(text)
    before_quote = _next_is_quoted(lines, at)
    if before_quote and _QUOTING.match(text):
        return True
    if wrote and dated and timed and addressed and _DASHED.match(text):
        return True
    if _ENDS.search(text):
        if wrote and len(text) - wrote.end() <= 80:
            return dated or addressed or (before_quote and len(text) < 120)
        return (dated and timed and addressed) or (before_quote and dated and (timed or addressed))
    if wrote and _BANNER.match(text):
        return True
    return before_quote and dated and addressed


def _next_is_quoted(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at + 1 : at + 6] if line.strip()), "")
    return is_quoted(following) and not is_quoted(lines[at])
