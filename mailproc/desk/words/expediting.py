"""Do words ask for the duty manager, or for another level: a customer need not know the bare words for either.

Read sentence by sentence, in several languages. One that says it was done, might be done or need not be done asks for
nothing, and neither does what somebody else said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailproc.desk.severity import stated_level
from mailproc.desk.words.passages import Passage

_LONGEST = 20_000
"""Characters of a reply that are read."""
_CLOSE = 6
"""Words before a verb that can turn it round."""

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n\s*\n|(?<=[。！？])")
_ASKS = re.compile(
    r"\b(?:please|kindly|pls)\b.{0,40}\b(?:escalate|expedite)\b(?! (?:\w+ )?privilege)"
    r"|\bplease\b.{0,40}\b(?:involve|inform|call|tell|alert|contact) (?:the|your|a) (?:duty |on-call )?manager\b"
    r"|\bplease (?:let|have|get|ask|involve|inform|call|tell)\b.{0,20}\b(?:duty|on-call) manager\b"
    r"|(?:^|[,;:]\s?)(?:escalate|expedite)(?:\W*$|, ?please| (?:this|it|the|our|my|sr|now|please|to|at once|asap)\b)"
    r"|\b(?:escalate|expedite) (?:this|the|our|my|it|sr)\b.{0,60}(?:please|now|immediately|at once|urgently)\b"
    r"|\b(?:can|could|would|will) (?:you|we|i|someone)\b.{0,30}\b(?:escalate|expedite)\b(?! (?:\w+ )?privilege)"
    r"|\b(?:needs?|has|have|ought|must|should)(?: to)? be (?:escalated|expedited)\b"
    r"|\b(?:want|wish|like|need)\b.{0,40}\b(?:escalated|expedited)\b"
    r"|\b(?:want|wish|like|need|ask(?:ing)?|request(?:ing)?|demand)\b.{0,30}\b(?:to (?:escalate|expedite)"
    r"|an escalation)\b"
    r"|\b(?:want|wish|like|need|ask|request|demand|let me|let us|put (?:me|us))\b.{0,50}\b(?:duty|on-call) manager\b"
    r"|\b(?:want|wish|like|need|demand)\b.{0,20}\b(?:speak|talk) (?:to|with) (?:a|the|your) (?:support )?manager\b"
    r"|\b(?:i|we) (?:hereby )?(?:escalate|expedite)\b"
    # German
    r"|\bbitte\b.{0,60}\beskalier\w*|\beskalier\w* sie\b|(?:^|[,;:]\s?)eskalier(?:en|t|e)\b.{0,40}\bbitte\b"
    r"|\b(?:könn(?:en|ten)|würden) (?:sie|wir)\b.{0,50}\beskalieren\b|\bmuss\b.{0,40}\beskaliert werden\b"
    r"|\b(?:möchten?|wollen|will|bitten? um|verlangen?|brauchen?)\b.{0,40}\beskal\w+"
    # French
    r"|\b(?:veuillez|merci (?:de|d['’])|prière (?:de|d['’])|pou[rv]+(?:ez|iez)[- ]vous)\s?.{0,40}\bescalad\w+"
    r"|\bescalad\w+.{0,40}s['’]il vous plaît|(?:^|[,;:]\s?)escaladez\b"
    r"|\b(?:demand(?:e|ons)|souhait(?:e|ons)|exig\w+)\b.{0,30}\bescalad\w+|\bdoit être escaladée?\b"
    # Spanish and Portuguese
    r"|\bpor favor\b.{0,40}\bescal(?:e|en|ar|em|ada|ado)\b|(?:^|[,;:]\s?)escal(?:en|em)\b"
    r"|\bescal(?:e|en|em)\b.{0,30}\bpor favor"
    r"|\b(?:pued(?:e|en)|podrían?|pod(?:e|em)|poderiam?)\b.{0,30}\bescalar\b"
    r"|\b(?:solicit\w+|pedimos|peço|pido|quer\w+|quier\w+|necesit\w+|precis\w+)\b.{0,30}\bescal\w+"
    r"|\b(?:debe|deve|tiene que|tem (?:de|que)) ser escal(?:ado|ada)\b"
    # Italian
    r"|\b(?:per favore|per cortesia|vi prego|si prega|la prego|pregasi)\b.{0,40}\b(?:escal\w+|scalare|scalate)\b"
    r"|\b(?:pot(?:ete|reste|rebbe|ebbe)|può)\b.{0,30}\b(?:escal\w+|scalare)\b"
    r"|\b(?:chied\w+|richied\w+|vogliamo|vorrei|vorremmo)\b.{0,30}\bescal\w+"
    # Dutch
    r"|\b(?:graag|gelieve|alstublieft|svp)\b.{0,40}\bescale\w+|\bescaleer\w*\b.{0,40}\b(?:alstublieft|aub|graag)\b"
    r"|\b(?:kunt|kan|wilt|zou)\b.{0,30}\bescaleren\b|(?:^|[,;:]\s?)escaleer\b|\bmoet\b.{0,30}\bgeëscaleerd worden\b"
    r"|\b(?:wil|willen|verzoek\w*)\b.{0,30}\bescal\w+"
    # Japanese
    r"|エスカレ(?:ーション|ート).{0,10}(?:お願い|希望|して(?:ください|下さい|いただ))",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?:e?scal|eskal|expedit|geësc|duty|on-call|manager|エスカレ)", re.IGNORECASE)
_TURNED_BEFORE = re.compile(
    r"\b(?:not|n['’]t|never|without|avoid|before|rather than|instead of|whether|already|was|were|might|would have"
    r"|no (?:need|reason|wish|point)\b|nicht|kein\w*|ohne|bevor|wurde|bereits|pas|sans|sin|non|senza|niet|geen"
    r"|zonder|não|sem)\b"
    r"|n['’]t\b|\bno\W+$|\bne\W+$|\bn['’]$",
    re.IGNORECASE,
)
_TURNED_AFTER = re.compile(r"^\w*(?: [^\s,;]+){0,3}? (?:nicht|pas|niet)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|unless|once|in case|falls|wenn|sobald|sofern|si|cuando|se|quando|als|indien)\b"
    r"(?! (?:possible|you can|möglich|es geht|es posible|possibile|possível|mogelijk))",
    re.IGNORECASE,
)


def asks_for_duty_manager(reply: str) -> bool:
    """Whether a sentence of these new words asks to escalate the request or for the duty manager."""
    return any(_asks(one) for one in _sentences(reply))


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWish:
    """What new words say of a level: whether they `name` one at all, and the one that they plainly ask for, if any."""

    names: bool = False
    level: int | None = None


_LEVEL = (
    r"(?:severity|sev|level|prio\w*|schweregrad|stufe|dringlichkeit|gravité|niveau|severidad|gravedad|nivel|gravità"
    r"|livello"
    r"|ernst|[sp])"
)
_NAMES_LEVEL = re.compile(
    rf"(?<![\w-]){_LEVEL}(?: level)?\W{{0,3}}(?:(?:to|auf|à|a|para|al|naar|is|of|as|ist|est|es"
    rf"|é)\W{{1,3}})?[1-4](?![\w%])",
    re.IGNORECASE,
)
_LEVEL_TURNED = re.compile(
    rf"(?<![\w-]){_LEVEL}(?: level)?\W{{0,3}}[1-4]"
    r"(?: (?:is|was|would|will|be|does|seems|for us|ist|war|wäre|est|serait|n['’]est|ne|es|sería|é|seria|è)){0,3} ?"
    r"(?:no longer|not|never|isn['’]t|wasn['’]t|won['’]t|nicht|kein\w*|pas|plus|non|não|no es|niet)\b",
    re.IGNORECASE,
)
_ASKS_FOR_LEVEL = re.compile(
    r"\b(?:should|must|needs? to|has to|ought to) (?:really |surely )?be\b|\b(?:please|kindly|raise|increase"
    r"|upgrade|elevate|lower|reduce|downgrade)\b"
    r"|\b(?:make|set|change|treat|move|bump) (?:it|this|that|the|our)\b|\b(?:we|i) (?:need|want|ask for|request)\b"
    r"|\b(?:bitte|erhöhen|hochstufen|herabstufen|sollte|muss|müsste|veuillez|merci de|passer|devrait|doit|por favor"
    r"|subir|bajar"
    r"|debe|debería|deve|deveria|elevar|alzare|aumentare|dovrebbe|graag|verhogen|moet)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:(?:can|could|would|will|may) (?:you|we|i|this|it)|please|könn(?:en|ten) sie|bitte|pou[rv]+i?ez|pued\w+"
    r"|podrían?|poderiam?"
    r"|podem?|potete|potreste|kunt|kan)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:said|says|told|wrote|mentioned|claims?|according to|meinte|sagte|schrieb|laut|dit"
    r"|disait|dijo|disse"
    r"|ha detto|zei)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:would need|would have|if|unless|when we had|we had|last (?:year|month|time)|leave it|keep (?:it"
    r"|the level)|falls|wenn"
    r"|letztes|damals|si|cuando|quando|als)\b",
    re.IGNORECASE,
)


def level_wished(reply: str) -> LevelWish:
    """What these new words say of the level. Two levels, or one in a question or in others' words, are no wish."""
    naming = [one for one in _sentences(reply) if _NAMES_LEVEL.search(one)]
    meant = [one for one in naming if _is_own_wish(one)]
    asked = _one_level(one for one in meant if _ASKS_FOR_LEVEL.search(one))
    return LevelWish(names=bool(naming), level=asked or _one_level(meant))


def denies_level(words: str) -> bool:
    """Whether these words say that the level they begin with is not wanted: "Severity 1 is not needed"."""
    return _LEVEL_TURNED.search(words) is not None


def _is_own_wish(sentence: str) -> bool:
    if sentence.rstrip().endswith(("?", "？")) and not _POLITE.search(sentence):
        return False
    return not (denies_level(sentence) or _REPORTED.search(sentence) or _SUPPOSED.search(sentence))


def _one_level(sentences: Iterable[str]) -> int | None:
    """The level that they all name; None where they name several."""
    named = {level for one in sentences if (level := stated_level((Passage(text=one),), ""))}
    return named.pop() if len(named) == 1 else None


def _sentences(reply: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split()) for one in _SENTENCE.split(reply[:_LONGEST]))


def _asks(sentence: str) -> bool:
    """Whether it asks for it; not where a word close before the verb, or a condition, turns it round."""
    if sentence.endswith(("?", "？")) and not _POLITE.search(sentence):
        return False
    for asking in _ASKS.finditer(sentence):
        verb = _VERB.search(sentence, asking.start())
        start = verb.start() if verb else asking.end()
        clause = re.split(r"[,;:–]", sentence[:start])[-1]
        close = " ".join(clause.split(" ")[-_CLOSE:])
        turned = _TURNED_BEFORE.search(close) or _TURNED_AFTER.search(sentence[start:])
        if not turned and not _CONDITION.search(sentence[:start]):
            return True
    return False
