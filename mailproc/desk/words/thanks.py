"""Is a reply a thank-you and nothing else: such a mail leaves a resolved request resolved.

Every word must be one of courtesy, or confirm plainly that it works. Whatever else stands there, a doubt, a question, a
figure, makes it a reply.
"""

import re
from collections.abc import Sequence

_LONGEST = 400
"""Characters: a longer mail says more than thanks."""

_THANKS = re.compile(
    r"\b(?:thanks|thankyou|thank|thx|ty|cheers|danke|dankeschön|merci|gracias|obrigad[oa]|grazie|bedankt|dank|tack"
    r"|kiitos|takk|tak"
    r"|dziękuj\w+|спасибо)\b|ありがとう|感謝|谢谢|謝謝|감사",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:many|so|very|much|thanks|thank|thx|ty|you|u|again|a|an|lot|all|for|to|the|your|his|her|quick|fast|great"
    r"|good|prompt"
    r"|kind|excellent|help|support|assistance|work|job|effort|efforts|team|everyone|everybody|cheers|hi|hello|hey"
    r"|dear|best|warm"
    r"|regards|wishes|greetings|nice|day|evening|weekend|week|have|and|perfect|super|really|appreciated|appreciate"
    r"|it|we|i|is|are"
    r"|danke|dank|vielen|schön|sehr|herzlichen|besten|dankeschön|für|die|das|den|ihre|eure|deine|schnelle|gute"
    r"|tolle|hilfe"
    r"|unterstützung|an|alle|hallo|guten|tag|morgen|grüße|gruß|grüßen|freundlichen|mit|viele|liebe|lg|mfg|nochmals"
    r"|und|schönen"
    r"|merci|beaucoup|bien|pour|votre|vos|aide|soutien|rapide|la|le|les|de|du|à|tous|toute|équipe|bonjour"
    r"|cordialement|bonne"
    r"|journée|encore|et|mille"
    r"|gracias|muchas|muchísimas|mil|por|su|tu|ayuda|apoyo|rápida|rápido|hola|saludos|cordiales|un|saludo|equipo"
    r"|todo|todos"
    r"|obrigad[oa]|muito|pela|pelo|sua|ajuda|suporte|apoio|atenciosamente|olá|abraços|abraço|equipe"
    r"|grazie|mille|molte|per|il|vostro|aiuto|saluti|cordiali|ciao|bedankt|hartelijk|voor|hulp|met|vriendelijke"
    r"|groet|groeten"
    r"|tack|så|mycket|hjälpen|kiitos|paljon|takk|tak|hjelpen|mange|dziękuję|dziękujemy|bardzo|za|pomoc|спасибо"
    r"|большое|за|помощь)\b"
    r"|どうも|ありがとうございました|ありがとうございます|ありがとう|感謝します|いたします|お世話になりました|よろしくお願いします|非常|谢谢|謝謝|您的|帮助|감사합니다|감사",
    re.IGNORECASE,
)
_CONFIRMED = re.compile(
    r"\b(?:it|that|this|which|all|everything|(?:the |our )?(?:problem|issue))(?:['’]s| is| has| did| have)?(?: been"
    r"| now| all){0,2}"
    r" (?:fixed|solved|resolved|gone|works?|worked|working|helped|done|fine|good|ok|okay|well)\b"
    r"(?: (?:it|the (?:problem|issue)|our (?:problem|issue)|now|again|fine|well|perfectly|as expected|here)\b){0,3}"
    r"|\b(?:works?|working|fixed|solved|resolved|all good|confirmed|i confirm|we confirm)\b(?: (?:now|again|fine"
    r"|perfectly|here)\b){0,2}"
    r"|\b(?:(?:you (?:can|may)|please|feel free to) close(?: (?:it|this|the (?:case|ticket|request|sr)|our (?:case"
    r"|ticket|request)))?"
    r"|(?:it|this|the (?:case|ticket|request)) (?:can|may) be closed)(?: now)?\b"
    # German
    r"|\b(?:es|alles|das|jetzt)(?: jetzt| nun| alles){0,2} (?:läuft|funktioniert|geht|klappt|passt|hat geholfen"
    r"|hat geklappt)\b"
    r"(?: (?:jetzt|nun|wieder|alles|einwandfrei|gut|prima)\b){0,3}"
    r"|\b(?:(?:das |unser )?problem )?(?:ist )?(?:jetzt |nun )?(?:gelöst|behoben|erledigt|bestätigt)\b"
    r"|\b(?:sie können|bitte)(?: (?:den fall|das ticket|die anfrage|es|ihn|sie))?(?: (?:jetzt|gern|gerne))? schließen\b"
    # French, Spanish, Portuguese, Italian, Dutch
    r"|\b(?:ça|cela|tout) (?:marche|fonctionne)\b(?: (?:maintenant|bien|à nouveau|de nouveau)\b){0,2}"
    r"|\b(?:le )?problème (?:est )?résolu\b|\bvous pouvez (?:fermer|clore|clôturer)(?: le (?:dossier|ticket))?\b"
    r"|\bconfirmé\b"
    r"|\b(?:ya |ahora )?(?:todo )?funciona\b(?: (?:bien|ahora|correctamente|de nuevo)\b){0,2}|\bpueden? cerrar(?:lo"
    r"| el (?:caso|ticket))?\b"
    r"|\b(?:el )?problema (?:está |ha sido )?(?:resuelto|solucionado)\b|\bconfirmado\b|\bresuelto\b"
    r"|\b(?:agora |já )?(?:está |tudo )?funcion(?:a|ou|ando)\b(?: (?:agora|bem|normalmente)\b){0,2}"
    r"|\b(?:o )?problema (?:foi |está )?resolvido\b|\bpodem? (?:fechar|encerrar)(?: o (?:caso|chamado))?\b"
    r"|\b(?:ora |adesso )?(?:tutto )?funziona\b(?: (?:bene|ora|di nuovo)\b){0,2}"
    r"|\b(?:il )?problema (?:è )?(?:stato )?risolto\b"
    r"|\b(?:potete|può) chiudere(?: (?:il caso|la richiesta))?\b"
    r"|\b(?:het |alles )?werkt\b(?: (?:nu|weer|goed)\b){0,2}|\b(?:het )?probleem (?:is )?opgelost\b"
    r"|\b(?:u )?(?:kunt|mag) (?:het|de case|het ticket) sluiten\b"
    r"|直りました|解決しました|動作しています|クローズしてください|问题已解决|可以关闭",
    re.IGNORECASE,
)
_FOR_A_WHILE = re.compile(
    r"\bfor (?:a|an|one|some|the)(?: few)? (?:minute|hour|day|week|evening|morning|while)", re.IGNORECASE
)
_SIGNED = re.compile(r"^[\W\d_]*(?:[^\W\d_]+[.,]?[ -]?){1,3}$")
_MARKS = re.compile(r"[\s.,;:!*¡¿\-–—'’()♥❤😀-🙏👍🏻-🏿️。、！]+")


def is_thanks_alone(reply: str, names: Sequence[str] = ()) -> bool:
    """Whether these new words of a person (without quotation and signature) thank and say nothing more.

    To confirm that it works, or that the request can be closed, is nothing more; neither is one of `names`, of people
    who are thanked. A last line of up to three words may be a name, if a line before it thanks.
    """
    text = _without_names(reply.strip(), names)
    if _FOR_A_WHILE.search(text):
        return False
    if not text or len(text) > _LONGEST or not _THANKS.search(text):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if _is_courtesy(" ".join(lines)):
        return True
    above = " ".join(lines[:-1])
    return len(lines) > 1 and _is_name(lines[-1]) and bool(_THANKS.search(above)) and _is_courtesy(above)


def _is_courtesy(text: str) -> bool:
    return not _MARKS.sub("", _COURTESY.sub(" ", _CONFIRMED.sub(" ", " ".join(text.split()))))


def _without_names(text: str, names: Sequence[str]) -> str:
    called = {word for name in names for word in name.split() if len(word) > 1}
    if not called:
        return text
    return re.sub(rf"\b(?:{'|'.join(re.escape(one) for one in sorted(called))})\b", "", text).strip()


def _is_name(line: str) -> bool:
    """Whether a line may be a signature: up to three words that begin with capitals, no word of doubt among them."""
    words = line.split()
    return (
        len(words) <= 3
        and all(word[:1].isupper() or not word[:1].isalpha() for word in words)
        and bool(_SIGNED.match(line))
    )
