"""The words with which mail programs answer while their owner is away, in the languages of the world. Weak evidence, never alone."""

# ruff: noqa: E501  a table of words reads better across than down

import re

_ABSENCE = re.compile(
    r"^\W{0,6}(?:re\s?:\s?|aw\s?:\s?)?\[?(?:auto(?:matic|mated|matische|matisk|matisch|matyczna|maattinen)?[\s:_-]{0,3}(?:reply|response|respon[sd]er|answer|antwort|svar|odpowiedź|antwoord|vastaus|réponse)|"
    r"autoreply|autoresponse|autosvar|autosvar|autom?\. ?(?:reply|antwort)|out of (?:the )?office|ooo\b|out of town|away from (?:my|the) (?:office|desk|mail|e-?mail)|(?:on|i am on|i'm on) (?:vacation|holiday|leave|annual leave|maternity|parental)|vacation (?:reply|notice|message)|"
    r"abwesend|abwesenheit|nicht im (?:büro|hause?)|außer haus|automatische antwort|réponse automatique|absent|absence du bureau|je suis absent|en congés?|"
    r"respuesta automática|fuera de (?:la )?oficina|ausente|ausencia|resposta automática|fora do escritório|ausência|risposta automatica|fuori (?:sede|ufficio)|assente|assenza|"
    r"automatisch antwoord|afwezig|niet aanwezig|automatyczna odpowiedź|odpowiedź automatyczna|poza biurem|nieobecno|automatiskt svar|frånvar|inte på kontoret|"
    r"automatisk svar|fraværende|fravær|ikke til stede|automaattinen vastaus|poissa|автоматическ\w+ ответ|автоответ|вне офиса|отсутств|"
    r"自動応答|自動返信|不在(?:通知|の|です|$)|外出中|自动(?:答复|回复)|自動(?:回覆|答覆)|不在办公室|休假|자동 ?회신|자동 ?응답|부재|automatická odpověď|mimo kancelář|automatikus válasz|házon kívül|"
    r"i(?:'m| am) (?:away|out of|on (?:leave|vacation|holiday))|auto\s?:|samodejni odgovor|odsoten|automatinis atsakymas|automātisk[aā] atbilde|automaatvastus|автоматична відповідь|"
    r"автоматичен отговор|resposta automàtica|erantzun automatikoa|automatisch antwort|automatisk svar|sjálfvirkt svar|poissaolo|lomalla|отпуск|відпустк|"
    r"otomatik (?:yanıt|cevap)|ofis dışı|räspuns automat|răspuns automat|automatski odgovor|αυτόματη απάντηση|εκτός γραφείου|תשובה אוטומטית|رد تلقائي|trả lời tự động|balasan otomatis|ตอบกลับอัตโนมัติ)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:i am|i'm|i will be|i'll be|we are|currently)\b.{0,60}\b(?:out of (?:the )?office|away|on (?:vacation|holiday|leave|annual leave|parental leave)|travel+ing|unavailable|closed)|"
    r"\bout of (?:the )?office\b.{0,80}\b(?:until|from|through|till|with|return)|limited access to (?:my )?e-?mail|"
    r"\bich werde\b.{0,60}(?:nicht im büro|abwesend|außer haus|nicht erreichbar)|je serai absente?|"
    r"(?:bin|ich bin).{0,60}(?:nicht im büro|abwesend|außer haus|im urlaub|nicht erreichbar)|(?:je suis|serai).{0,40}(?:absent|en congé|en vacances|de retour)|"
    r"(?:estoy|estaré|me encuentro).{0,40}(?:fuera|ausente|de vacaciones)|(?:estou|estarei).{0,40}(?:ausente|fora|de férias)|(?:sono|sarò).{0,40}(?:assente|fuori|in ferie)|"
    r"(?:ik ben).{0,40}(?:afwezig|niet aanwezig|op vakantie)|(?:jestem|będę).{0,40}(?:nieobecn|poza biurem|na urlopie)|(?:jag är|är).{0,40}(?:inte på kontoret|ledig|på semester|frånvarande)|"
    r"(?:befinde mich|bin).{0,60}(?:im urlaub|auf dienstreise|in elternzeit|in mutterschutz)|(?:encontro-me|me encontro).{0,40}(?:ausente|fora|férias)|"
    r"^\W*(?:currently )?(?:on|off on) (?:vacation|holidays?|leave|annual leave|parental leave)\b|jeg (?:holder|har) (?:ferie|fri)|olen .{0,30}(?:lomalla|poissa|puhkusel)|"
    r"меня не будет|(?:буду|нахожусь|в|у) (?:в )?(?:отпуск|відпустц)\w*|目前不在|不在辦公室|休暇を|(?:izinli|tatilde|ofis dışında)\w*|mimo kancelář|na dovolen\w+|szabadság\w*|irodán kívül|"
    r"în concediu|concediul? |λείπω|εκτός γραφείου|άδεια|בחופשה|מחוץ למשרד|في إجازة|خارج المكتب|sedang cuti|di luar kantor|nghỉ phép|vắng mặt|ลาพักร้อน|ไม่อยู่ที่สำนักงาน|na dopustu|"
    r"na (?:godišnjem|odmoru)|atostogau\w*|atvaļinājum\w*|в отпуск съм|fora de l'oficina|de vacances|í fríi|(?:jeg er).{0,40}(?:ikke på kontoret|fraværende|på ferie)|(?:я |нахожусь|буду).{0,40}(?:в отпуске|отсутств|вне офиса)|不在にし|外出し|休暇を|休假|출장|휴가|부재중",
    re.IGNORECASE,
)


_UNATTENDED = re.compile(
    r"(?:do not|don't|please do not|never) (?:reply|respond|answer) to this|(?:mailbox|address|account|inbox) is (?:not|un)[ -]?(?:monitored|attended|read)|"
    r"(?:replies|answers|responses) (?:to this \S{1,20} )?(?:are|will) not (?:be )?(?:read|monitored)|automatic(?:ally)?[ -]generated|"
    r"this is an auto(?:matic|mated) (?:reply|response|message|acknowledge?ment|notification|confirmation)|bitte (?:nicht auf|antworten sie nicht auf) diese|automatisch (?:erstellt|generiert)|"
    r"(?:merci de )?ne pas répondre à ce|générée? automatiquement|no responda a este|generado automáticamente|não responda (?:a )?est|gerad[oa] automaticamente|自動送信|自動的に送信|此邮件由系统",
    re.IGNORECASE,
)


_RECEIPT = re.compile(
    r"\b(?:ticket|request|case|incident|inquiry|enquiry|message|e-?mail|anfrage|vorgang|demande|solicitud|solicitação|chamado)\b.{0,40}"
    r"\b(?:received|created|opened|logged|registered|acknowledge\w*|erhalten|eröffnet|angelegt|reçue?|enregistrée?|recibida?|creada?|recebid[ao]|criad[ao]|aberto)\b|"
    r"\b(?:received|erhalten|reçu|recibido|recebemos)\b.{0,20}\b(?:your|ihre|votre|su|sua)\b|thank you for (?:contacting|your (?:e-?mail|message|request|inquiry|enquiry))|vielen dank für ihre (?:nachricht|anfrage|e-?mail)",
    re.IGNORECASE,
)


_NAMED = re.compile(
    r"^\S.{1,80}? (?:(?:is|will be) (?:out of (?:the )?office|on (?:vacation|leave|holiday))|ist (?:außer haus|abwesend|nicht im (?:büro|hause))|est absente?(?: du bureau)?|"
    r"è (?:assente|fuori (?:ufficio|sede))|está (?:ausente|fuera de la oficina|fora do escritório)|is (?:afwezig|niet (?:aanwezig|op kantoor))|jest nieobecn[ya]|är (?:inte på kontoret|frånvarande)|"
    r"er (?:ikke (?:på kontoret|til stede)|fraværende)|on poissa|вне офиса|отсутствует)\W{0,3}(?:\(.{0,60}\))?$",
    re.IGNORECASE,
)
"""As Lotus Notes names the absent: "Ann Lee is out of the office."."""
_READ_RECEIPT = re.compile(
    r"^\W{0,4}(?:(?:read|gelesen|lu|leído|lida|lido|letto|gelezen|przeczytano|läst|læst|lest|luettu|přečteno|прочитано|прочтено|okundu|開封済み?|已读|已讀|읽음)\s?[:：]|"
    r"(?:return|read) receipt\b|(?:empfangs|lese|eingangs)bestätigung\b|accusé de (?:réception|lecture)|confirmación de (?:lectura|entrega)|acuse de recibo|confirmação de leitura|recibo de leitura|"
    r"conferma di (?:lettura|ricezione)|ricevuta di ritorno|(?:lees|ontvangst)bevestiging|potwierdzenie (?:odczytu|przeczytania|odbioru)|läskvitto|mottagningsbevis|kvittering|lukukuittaus|"
    r"уведомление о прочтении|подтверждение (?:о )?прочтени|開封確認|已读回执|已讀回條|수신 ?확인)",
    re.IGNORECASE,
)


def is_absence(subject: str) -> bool:
    """Whether an autoresponder would write so as its subject."""
    return bool(_ABSENCE.match(subject[:500]) or _NAMED.match(subject[:500]))


def is_read_receipt(subject: str) -> bool:
    """Whether a mail program would write so as the subject of its notice that a mail was read or received."""
    return bool(_READ_RECEIPT.match(subject[:500]))


def tells_absence(text: str) -> bool:
    """Whether the first lines of a text say that the writer is away or that a machine writes."""
    return any(_AWAY.search(line[:400]) for line in text[:3000].split("\n")[:20])


def tells_machine(text: str) -> bool:
    """Whether the text says that a machine wrote it, or that nobody reads answers."""
    return any(_UNATTENDED.search(line[:400]) for line in text[:6000].split("\n")[:40])


def is_receipt(subject: str) -> bool:
    """Whether a ticket system would write so as the subject of its receipt."""
    return bool(_RECEIPT.search(subject[:500]))
