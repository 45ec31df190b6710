"""Is a reply a thank-you and nothing else: such a mail leaves a resolved request resolved.

Every word must be one of courtesy. Whatever else stands there, a doubt, a question, a figure, makes it a reply.
"""

import re

_LONGEST = 400
"""Characters: a longer mail says more than thanks."""

_THANKS = re.compile(
    r"\b(?:thanks|thankyou|thank|thx|ty|cheers|danke|dankeschön|merci|gracias|obrigad[oa]|grazie|bedankt|dank|tack|kiitos|takk|tak"
    r"|dziękuj\w+|спасибо)\b|ありがとう|感謝|谢谢|謝謝|감사",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:many|so|very|much|thanks|thank|thx|ty|you|u|again|a|an|lot|all|for|to|the|your|his|her|quick|fast|great|good|prompt"
    r"|kind|excellent|help|support|assistance|work|job|effort|efforts|team|everyone|everybody|cheers|hi|hello|hey|dear|best|warm"
    r"|regards|wishes|greetings|nice|day|evening|weekend|week|have|and|perfect|super|really|appreciated|appreciate|it|we|i|is|are"
    r"|danke|dank|vielen|schön|sehr|herzlichen|besten|dankeschön|für|die|das|den|ihre|eure|deine|schnelle|gute|tolle|hilfe"
    r"|unterstützung|an|alle|hallo|guten|tag|morgen|grüße|gruß|grüßen|freundlichen|mit|viele|liebe|lg|mfg|nochmals|und|schönen"
    r"|merci|beaucoup|bien|pour|votre|vos|aide|soutien|rapide|la|le|les|de|du|à|tous|toute|équipe|bonjour|cordialement|bonne"
    r"|journée|encore|et|mille"
    r"|gracias|muchas|muchísimas|mil|por|su|tu|ayuda|apoyo|rápida|rápido|hola|saludos|cordiales|un|saludo|equipo|todo|todos"
    r"|obrigad[oa]|muito|pela|pelo|sua|ajuda|suporte|apoio|atenciosamente|olá|abraços|abraço|equipe"
    r"|grazie|mille|molte|per|il|vostro|aiuto|saluti|cordiali|ciao|bedankt|hartelijk|voor|hulp|met|vriendelijke|groet|groeten"
    r"|tack|så|mycket|hjälpen|kiitos|paljon|takk|tak|hjelpen|mange|dziękuję|dziękujemy|bardzo|za|pomoc|спасибо|большое|за|помощь)\b"
    r"|どうも|ありがとうございました|ありがとうございます|ありがとう|感謝します|いたします|お世話になりました|よろしくお願いします|非常|谢谢|謝謝|您的|帮助|감사합니다|감사",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^[\W\d_]*(?:[^\W\d_]+[.,]?[ -]?){1,3}$")
_MARKS = re.compile(r"[\s.,;:!*¡¿\-–—'’()♥❤😀-🙏👍🏻-🏿️。、！]+")


def is_thanks_alone(reply: str) -> bool:
    """Whether these new words of a person (without quotation and signature) thank and say nothing more.

    A last line of up to three words may be a name, if a line before it thanks.
    """
    text = reply.strip()
    if not text or len(text) > _LONGEST or not _THANKS.search(text):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if _is_courtesy(" ".join(lines)):
        return True
    above = " ".join(lines[:-1])
    return len(lines) > 1 and _is_name(lines[-1]) and bool(_THANKS.search(above)) and _is_courtesy(above)


def _is_courtesy(text: str) -> bool:
    return not _MARKS.sub("", _COURTESY.sub(" ", text))


def _is_name(line: str) -> bool:
    """Whether a line may be a signature: up to three words that begin with capitals, no word of doubt among them."""
    words = line.split()
    return (
        len(words) <= 3
        and all(word[:1].isupper() or not word[:1].isalpha() for word in words)
        and bool(_SIGNED.match(line))
    )
