"""The words with which mail programs answer while their owner is away, in the languages of the world. Weak evidence, never alone."""

# ruff: noqa: E501  a table of words reads better across than down

import re

_ABSENCE = re.compile(
    r"^\W{0,6}(?:re\s?:\s?|aw\s?:\s?|fwd?\s?:\s?)?\[?(?:auto(?:matic|mated|matische|matisk|matisch|matyczna|maattinen)?[\s:_-]{0,3}(?:reply|response|respon[sd]er|answer|antwort|svar|odpowiedź|antwoord|vastaus|réponse)|"
    r"autoreply|autoresponse|autosvar|autosvar|autom?\. ?(?:reply|antwort)|out of (?:the )?office|ooo\b|out of town|away from (?:my|the) (?:office|desk|mail|e-?mail)|(?:on|i am on|i'm on) (?:vacation|holiday|leave|annual leave|maternity|parental)|vacation (?:reply|notice|message)|"
    r"abwesend|abwesenheit|nicht im (?:büro|hause?)|außer haus|automatische antwort|réponse automatique|absent|absence du bureau|je suis absent|en congés?|"
    r"respuesta automática|fuera de (?:la )?oficina|ausente|ausencia|resposta automática|fora do escritório|ausência|risposta automatica|fuori (?:sede|ufficio)|assente|assenza|"
    r"automatisch antwoord|afwezig|niet aanwezig|automatyczna odpowiedź|odpowiedź automatyczna|poza biurem|nieobecno|automatiskt svar|frånvar|inte på kontoret|"
    r"automatisk svar|fraværende|fravær|ikke til stede|automaattinen vastaus|poissa|автоматическ\w+ ответ|автоответ|вне офиса|отсутств|"
    r"自動応答|自動返信|不在(?:通知|の|です|$)|外出中|自动(?:答复|回复)|自動(?:回覆|答覆)|不在办公室|休假|자동 ?회신|자동 ?응답|부재|automatická odpověď|mimo kancelář|automatikus válasz|házon kívül|"
    r"otomatik (?:yanıt|cevap)|ofis dışı|räspuns automat|răspuns automat|automatski odgovor|αυτόματη απάντηση|εκτός γραφείου|תשובה אוטומטית|رد تلقائي|trả lời tự động|balasan otomatis|ตอบกลับอัตโนมัติ)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:i am|i'm|i will be|i'll be|we are|currently)\b.{0,60}\b(?:out of (?:the )?office|away|on (?:vacation|holiday|leave|annual leave|parental leave)|travel+ing|unavailable|closed)|"
    r"\bout of (?:the )?office\b.{0,80}\b(?:until|from|through|till|with|return)|limited access to (?:my )?e-?mail|this is an auto(?:matic|mated|-?generated)|do not reply to this|"
    r"(?:bin|ich bin).{0,60}(?:nicht im büro|abwesend|außer haus|im urlaub|nicht erreichbar)|(?:je suis|serai).{0,40}(?:absent|en congé|en vacances|de retour)|"
    r"(?:estoy|estaré|me encuentro).{0,40}(?:fuera|ausente|de vacaciones)|(?:estou|estarei).{0,40}(?:ausente|fora|de férias)|(?:sono|sarò).{0,40}(?:assente|fuori|in ferie)|"
    r"(?:ik ben).{0,40}(?:afwezig|niet aanwezig|op vakantie)|(?:jestem|będę).{0,40}(?:nieobecn|poza biurem|na urlopie)|(?:jag är|är).{0,40}(?:inte på kontoret|ledig|på semester|frånvarande)|"
    r"(?:jeg er).{0,40}(?:ikke på kontoret|fraværende|på ferie)|(?:я |нахожусь|буду).{0,40}(?:в отпуске|отсутств|вне офиса)|不在にし|外出し|休暇を|休假|출장|휴가|부재중",
    re.IGNORECASE,
)


def is_absence(subject: str) -> bool:
    """Whether an autoresponder would write so as its subject."""
    return bool(_ABSENCE.match(subject[:500]))


def tells_absence(text: str) -> bool:
    """Whether the first lines of a text say that the writer is away or that a machine writes."""
    return any(_AWAY.search(line[:400]) for line in text[:3000].split("\n")[:20])
