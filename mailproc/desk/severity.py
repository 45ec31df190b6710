"""Which level a writer names, and which one his words describe.

A named level is taken unless the words plainly say otherwise: an outage that is called 4, a spelling mistake
that is called 1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailproc.desk.passages import Passage
from mailproc.desk.phrases import NOTHING
from mailproc.desk.sentences import likelihood
from mailproc.desk.policy import Policy, RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFinding:
    """The level that was named, the one suggested, and why. `contradicted`: the words plainly speak against it."""

    stated: int | None
    suggested: int
    because: str
    contradicted: bool = False


_LEVEL_WORD = r"(?:severity|sev|priority|prio|schweregrad|priorität|dringlichkeitsstufe|sévérité|gravité|priorité|niveau(?: de (?:gravité|sévérité|priorité))?|severidad|prioridad|gravedad|nivel(?: de (?:severidad|gravedad|prioridad))?|severidade|prioridade|gravidade|nível(?: de (?:severidade|gravidade|prioridade))?|重要度|優先度|深刻度|緊急度)"
_NAMED = re.compile(
    rf"(?<![\w-]){_LEVEL_WORD}(?:[ -]?(?:level|stufe|class|grade?))?\W{{0,20}}(?:(?:is|of|as|to|would be|should be|remains|ist|est|es|é|de|von|level)\W{{1,3}})?(?:no\.? ?)?([1-4])(?![\w%]|[.,:]\d| ?(?:-|–|to|bis|à|a|through|/) ?[1-4])"
    r"|(?<![\w.-])(?:sev|s|p|prio)[- ]?([1-4])(?![\w.:/]|-\d)"
    rf"|(?<![\w.-]){_LEVEL_WORD}\W{{0,6}}(one|two|three|four|eins|zwei|drei|vier|un|deux|trois|quatre|uno|dos|tres|cuatro|um|dois|três|quatro)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one eins un uno um",
            "two zwei deux dos dois",
            "three drei trois tres três",
            "four vier quatre cuatro quatro",
        ),
        start=1,
    )
    for word in words.split()
}
_OTHER_CASE = re.compile(
    r"\blast (?:year|time|month|week|case|ticket)|\bprevious (?:case|ticket|one|request|sr)|\bearlier (?:case|ticket|request)|\bback (?:in|then)|\bin (?:19|20)\d\d\b|\b(?:that|other|old) (?:case|ticket) (?:was|had)|\bwas (?:a |opened as (?:a )?)?(?:sev|p)|\bletzte[sn]? (?:jahr|mal|fall)|\bl'an(?:née)? (?:dernier|passé)|\baño pasado|\bano passado|\bx-priority|\bused to be\b|\bis (?:this|that|it) a\b|\bnot a (?:sev|p\d|priority)|\bwe(?:'d| would) (?:normally|usually)|\bmonitoring says\b",
    re.IGNORECASE,
)
_RAISED = re.compile(
    rf"\b(?:to|auf|à|a|para|at|as) (?:a )?(?:{_LEVEL_WORD}|sev|p|s)[ -]?(?:level )?:?\W{{0,3}}([1-4])\b", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\b(?:from|von|de|desde)\b.{0,40}?([1-4])\s+(?:to|auf|à|a|para)\b.{0,40}?([1-4])\b|(?<!\d)([1-4])\s*(?:->|→)\s*(?:sev\w*\s*)?([1-4])(?!\d)",
    re.IGNORECASE,
)

OUTAGE = re.compile(
    r"\b(?:no (?:service|traffic|internet|connectivity|network)|nothing (?:behind|passes|works|moves|gets)|(?:is|are|was|were|went|been|completely|totally|everything|site|network|both|all|now) (?:is |are |all |completely |totally |both |hard |still )*(?:down|dark|dead|offline|gone|unreachable|out of service|at a standstill)|(?:not one|no|nobody|no one|none)\b[^.]{0,60}\b(?:has (?:internet|access|been)|can|could|able|gets|get|works?|reach\w*|been sorted)|not (?:one|a single) (?:of our|person|user|customer|call|order|packet|parcel|agent)|on paper|refus\w+ all|gone silent|cut off|(?:total|complete|full|whole|major|site|network|company-wide|country-wide)[ -](?:outage|loss|failure|standstill|blackout)|(?:whole|entire|complete|total)\b[^.]{0,60}\b(?:stop\w*|stands?|idle|without|cut)|nothing (?:is )?gett?(?:ing|s) through|all stopped|paraly[sz]\w+|outage|without (?:internet|card|network|any|telephone|email|service)|(?:do|does) not answer any ?more|don't answer any ?more|stopped (?:handing|passing|forwarding|loading|working|all)|stand(?:s|ing)? still|dropped off|(?:can ?not|can't|can’t|unable to|cannot) (?:be )?(?:reach|get to|work|trade|sell|operate|dispatch|place|access|ship|treat|admit|book|pay|bill)\w*|fully impaired|at a halt|ground to a halt|halted|postponed|sending \w+ home|lost all|all \w+ (?:are|is) (?:lost|down|out)|blind)\b"
    r"|\b(?:kein\w* (?:internet|verkehr|netz|verbindung|dienst)|komplett\w* (?:ausfall|ausgefallen|weg|still)|totalausfall|steht still|stehen still|nichts geht mehr|geht nichts mehr|alles steht|niemand kann|außer betrieb|aucun (?:trafic|accès|service)|(?:no|nicht) (?:enciende|erreichbar)|ausfall!|gesamte\w* \w+[^.]{0,30} steht|(?:mina|operación|fábrica|producción|planta|produção) (?:\w+ )?(?:está|inteira)? ?(?:detenid|parad|parou)\w*|plus (?:rien|aucun|personne|d'internet|d'accès)|à l'arrêt|hors service|(?:réseau|site|tout) (?:est )?(?:coupé|en panne|bloqué)|panne (?:totale|générale|complète)|sin (?:servicio|internet|tráfico|red|conexión)|caída total|(?:está|están) (?:caíd\w+|parad\w+)|nadie puede|totalmente (?:caíd|parad)\w+|sem (?:serviço|internet|tráfego|rede|acesso)|parada? total|ninguém consegue|(?:está|estão) (?:fora|parad)\w*)\b|全断|完全に停止|全て停止|通信できません|不通",
)
WHOLE = re.compile(
    r"\b(?:whole|entire|all|every\w*|nobody|no one|not one|none|complete\w*|total\w*|company|both|nothing|production|hospital|plant|gesamt\w*|alle[sn]?|niemand|tout\w*|personne|todo[as]?|nadie|tod[oa]s?|ninguém)\b|全"
)
NO_WAY_AROUND = re.compile(
    r"\bno (?:workaround|work-around|bypass|detour|fallback|fall-back|backup|alternative|other (?:way|route|line|path|box|connection|link)|way (?:around|round)|redundan\w+|second (?:line|path|box)|failover)|\bnothing (?:else (?:left|to|we)|left|to fail|we could)\b|\b(?:no|not) (?:second|another|any other) (?:system|way|path|route|line)|\bonly box\b|\bnot possible to bypass|\bforbid direct\b|\bwithout (?:any )?(?:workaround|fallback|alternative)|\bnone of them\b"
    r"|\bausweichmöglichkeit haben wir nicht|\bno tenemos otr\w+|\bnão temos outr\w+|\bpas d['’]autre|\bkein\w* (?:workaround|umgehung\w*|alternative|ausweich\w*|ersatz)|\baucun(?:e)? (?:contournement|alternative|secours|solution)|\bpas de (?:contournement|secours|solution)|\bsin (?:alternativa|solución)|\bno hay (?:alternativa|otra)|\bsem (?:alternativa|contorno)|回避策(?:は)?(?:なし|ありません)"
)
HOLDS = re.compile(
    r"\b(?:has|have) (?:been )?(?:held|working|selling|running|fine|normal|stable|ok)\b[^.]{0,40}\b(?:since|so far|ever)|(?<!until )(?<!before )(?<!so that )\b(?:that|this|it) (?:has (?:held|worked|helped)|held|holds|works for now|helps|keeps)\b|\bestável\b|\bseither (?:ruhe|stabil)|\bdepuis,? (?:plus|c'est|tout)|\bdesde entonces|\bdesde então|\bwork-?around\b[^.]{0,60}\b(?:in place|holds|works|found|is to|applied|running|for now|we use)|\b(?:as|with|by|using|found|have) (?:a|this|the|that) work-?around|\bwork-?around:|\bsince then (?:not a|no|everybody|everything|all|it)|\btook over (?:the lot|everything|all)|\b(?:so )?we (?:do it like that|can (?:stay|live|work) (?:like|with)|get by|manage|work around)|\beverybody is working|\bin the meantime\b|\bfor (?:now|the moment|the time being)\b[^.]{0,40}\b(?:we (?:use|run|route|do|enter|send|restart|go|have)|via|through|over|manually|on the)|\b(?:bypass(?:ed|ing)?|switched (?:over )?to|moved to|failed over to|running on|runs on|going (?:through|over|via)|routed (?:through|via|around|over)) (?:the |our |a |an )?(?:old|second|standby|other|backup|spare|secondary|twin|dsl|4g|lte|squid|direct|remaining|surviving)|\b(?:but|if)\b[^.]{0,60}\b(?:it works|is success|goes fine|works fine|no problem)|\bback (?:in service|online|up) since|\b(?:is|are) (?:working|up|back) again\b|\bgo on with the old\b|\brules? can be applied\b"
    r"|\bals workaround|\bbehelf\w*|\bworkaround (?:läuft|hält|aktiv)|\bläuft (?:jetzt|derzeit|seither|seitdem) (?:über|stabil|auf)|\b(?:solution de )?contournement (?:en place|tient|fonctionne|appliqué)|\ben attendant\b|\bprovisoire\w*|\bmientras tanto|\bsolución (?:temporal|provisional)|\bentretanto|\bsolução (?:temporária|provisória)|回避(?:して|中)|暫定"
)
FREQUENT = re.compile(
    r"\b(?:(?:several|many|multiple|two|three|four|five|six|seven|eight|ten|twenty|thirty|\d+)(?:\s?(?:-|–|to|or)\s?(?:\w+))?(?: times| x)?|times) ?(?:/|an?|per|every|each) ?(?:hour|day|shift|night|morning|afternoon|minute)|\bevery (?:\d+|few|some|couple|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|hour|night|day|morning|afternoon|minute)|\bin a row\b|\b(?:night|day|hour) after (?:night|day|hour)|\beach (?:night|day|morning|hour|afternoon|evening)\b|\b(?:a )?cada (?:\d+|dos|duas|tres|três|hora|día|dia)|\btoutes les|\balle (?:\d+|zwei|drei|paar) (?:minuten|stunden)|\b(?:continuous\w*|constantly|frequent\w*|repeatedly|again and again|all the time|over and over|keeps? (?:on )?\w+ing|intermittent\w*|flap\w*|boot loop|loops? in|unstable|instabilit\w+|on and off|one moment)\b|\b\d+ (?:times|reloads|reboots|resets|crashes)\b"
    r"|\b(?:ständig|immer wieder|mehrmals|mal (?:am|pro) (?:tag|stunde)|sans cesse|à répétition|plusieurs fois|fois par (?:jour|heure)|varias veces|veces (?:al|por) (?:día|hora)|continuamente|constantemente|várias vezes|vezes (?:ao|por) (?:dia|hora))\b|頻繁|繰り返し|何度も|回/"
)
CANNOT_DEPLOY = re.compile(
    r"\b(?:prevents?|keeps?|stops?|blocks?) (?:us|our) (?:from|the|our)?|\b(?:want|need|have|try|trying|supposed|wanted|planned) to (?:\w+ ){1,10}(?:but|and|,)[^.]{0,80}\b(?:fails?|refuses|can't|cannot|rejected)\b|\b(?:can ?not|can't|can’t|could not|unable to|impossible to|fails? to|inability to|not possible to|refuses to) (?:be )?(?:deploy|enabl|roll(?:ed)? out|activat|put|go live|commission|install|migrat|configur|connected until|bring|introduce|turn(?:ed)? on|switch(?:ed)? on)\w*|\b(?:will not|won't|won’t|does not|doesn't|doesn’t) (?:let|allow) (?:us|me|you)\b|\bnever worked\b|\bit can't be done\b|\bgo-?live (?:is )?(?:blocked|at risk|stopped)|\broll-?out\b[^.]{0,30}\b(?:stopp|block|stuck|hold|delay)\w*|\b(?:lässt|lassen) sich nicht (?:aktivieren|einschalten|in betrieb|ausrollen|installieren)|\bimpossible (?:d'activer|de déployer|de mettre en service|d'installer)|\bno (?:podemos|se puede) (?:desplegar|activar|habilitar|instalar)|\bnão (?:conseguimos|é possível) (?:implantar|ativar|habilitar|instalar)|有効化できません|導入できません"
)
SEVERE = re.compile(
    r"\bsever(?:e|ely)\b|\bserious\w*|\bheav(?:y|ily)\b|\b(?:all|every|most) (?:our |the |of (?:our|the) )?(?:\w+ )?(?:users|customers|people|staff|branches|offices|stores|agents|calls|employees)\b|\bbarely\b|\bhardly\b|\bunusable\b|\bhalf of (?:our|the|all) (?:users|staff|people|customers|employees|branches|offices|stores|company)\b|\bwhole (?:company|site|office|campus|department)\b|\b(?:massive|massiv|gravement|fortement|gravemente)\b|100 ?%|\bone (?:box|appliance|unit|left)\b|\bno redundancy\b|\blast (?:one|remaining)\b|\b\d{3,}\b (?:users|people|employees|staff|agents|students|seats|desks)"
)
LIMITED = re.compile(
    r"\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|a couple of|a handful of|(?<![\w.])\d{1,2}) (?:of (?:us|our|the) ?)?(?:people|users|colleagues|persons|engineers|staff|employees|admin\w*|rooms?|desks|workplaces)|slow\w*|slightly|a (?:few|little|bit)|some (?:users|people|seconds)|seconds? longer|twice as long|only (?:one|two|three|four|some|a few|the|\d+|he|she)|others (?:are|do|have|work|see)|(?:everyone else|nobody else|everybody else|the rest)\b|minor|limited|annoying|nuisance|inconvenien\w+|cosmetic|occasional\w*|sometimes|now and then|once a (?:week|month)|lent\w*|langsam\w*|andere nicht|sonst (?:merkt|niemand)|bei (?:zwei|drei|vier|fünf|einigen|\d{1,2}) \w+|können aber alle|les autres|manchmal|parfois|a veces|às vezes)\b"
)
HARMLESS_LEVEL = re.compile(
    r"\bno harm\b|(?:n['’]t|\bnot) (?:really )?(?:bother|hurt|disturb|matter to|concern) (?:any\w*|us|them)|\b(?:anleitung|handbuch|dokumentation|documentación|documentação|manuel)\b[^.]{0,80}\b(?:steht|korrig\w+|falsch|corrig\w+|errón\w+|incorrect\w+|errad\w+)|\bmerkt (?:das |es )?(?:keiner|niemand)|\bno (?:business |real |operational |production |direct |user )*impact\b|\bnobody (?:is |else is )?(?:affected|impacted)|\bno ?body (?:suffers|notices)|\bno hurry\b|\bno urgency\b|\bnot urgent\b|\bno loss of function|\bonly (?:the |a |our )?lab\b|\bin (?:the|our) lab\b|\btest (?:system|environment|lab)\b|\bnothing is broken\b|\b(?:purely |only |just )?cosmetic\b|\b(?:spelling|typo|typing error|misspel\w+|mis-spel\w+|schreibfehler|tippfehler|faute de frappe|errata|誤字)\b|\busers notice nothing\b|\bnot a big (?:thing|deal)\b|\btrivial\b|\bnice to have\b|\bnot touched by it\b|\bno effect on\b|\bwhenever you have time\b|\b(?:documentation|manual|guide|release notes?)\b[^.]{0,60}\b(?:wrong|outdated|error|mistake|missing|incorrect|unclear)"
    r"|\bkeine (?:auswirkung|eile|beeinträchtigung)\w*|\bnicht (?:dringend|eilig)|\baucun impact|\bpas (?:urgent|pressé)|\bsin impacto|\bno es urgente|\bsem impacto|\bnão é urgente|影響(?:は)?(?:なし|ありません)|急ぎません"
)


_NO_SIGN = "the words speak for no other level"
_SIGNS = (("outage", 1), ("severe", 2), ("limited", 3), ("harmless", 4))
_LIKELY = 0.65
_LONGEST = 600


def judge_level(found: tuple[Passage, ...], subject: str, policy: Policy, kind: RequestKind) -> LevelFinding:
    """The level that a mail names and the one to work by."""
    stated = stated_level(found, subject)
    described, because, plain = _described(found, subject, policy, kind)
    if stated is None:
        return LevelFinding(stated=None, suggested=described, because=because)
    if stated not in policy.levels:
        return LevelFinding(stated=None, suggested=described, because=because)
    if plain and abs(stated - described) >= 2:
        return LevelFinding(
            stated=stated, suggested=described, because=f"level {stated} was named, but {because}", contradicted=True
        )
    return LevelFinding(stated=stated, suggested=stated, because=f"the writer names level {stated}")


def stated_level(found: Iterable[Passage], subject: str) -> int | None:
    """The level named in so many words: "Severity 2", "Sev-1", "P1", "Schweregrad 2". "Priority: high" names none."""
    for one in found:
        if (
            one.topic == "level"
            and not one.asks
            and (
                digit := re.match(
                    r"^\W*(?:\w+[ :]+){0,3}?(?:sev|s|p)?\W?([1-4])(?![\d%]|\s?[-–]\s?[1-4])", one.text, re.IGNORECASE
                )
            )
        ):
            return int(digit[1])
    texts = [one.text for one in found if one.topic != "product"]
    for text in (*texts, subject):
        if _OTHER_CASE.search(text):
            continue
        if moved := _FROM_TO.search(text):
            if _NAMED.search(text):
                return int(moved[2] or moved[4])
        if raised := _RAISED.search(text):
            return int(raised[1])
        if named := _NAMED.search(text):
            return _number(named)
    return None


def _number(named: re.Match[str]) -> int:
    said = named[1] or named[2] or named[3]
    return int(said) if said.isdigit() else _NUMBERS[said.lower()]


def _described(found: tuple[Passage, ...], subject: str, policy: Policy, kind: RequestKind) -> tuple[int, str, bool]:
    """The level that the words describe, the reason, and whether they say it plainly."""
    words = [
        one.text for one in found if one.topic not in ("log-messages", "console-output", "routing", "recent-changes")
    ]
    all_words = " \n".join((subject, *words)).lower()
    if kind in ("question", "enhancement"):
        return 4, "it is a question or a wish, nothing is impaired", False
    outage = _first(OUTAGE, all_words)
    harmless = _first(HARMLESS_LEVEL, all_words)
    if any(one.topic == "business-impact" and NOTHING.match(one.text) for one in found):
        harmless = harmless or "no business impact"
    if harmless and _first(FREQUENT, all_words) and not outage:
        return 3, f"something fails again and again, but we read '{harmless}' as no impact", False
    if harmless and not (outage and NO_WAY_AROUND.search(all_words)):
        return 4, f"we read '{harmless}' as no impact on the business", True
    base, because, plain = _before_workaround(all_words, outage, policy)
    if because == _NO_SIGN:
        base, because = _by_sentences(words, policy)
    holds = _first(HOLDS, all_words)
    if holds and base < 4 and not NO_WAY_AROUND.search(all_words):
        return min(base + 1, 3), f"{because}; a workaround holds ('{holds}')", False
    return base, because, plain


def _by_sentences(words: list[str], policy: Policy) -> tuple[int, str]:
    """The level of the sentence that most likely describes one, where no phrase speaks for any."""
    judged = ((likelihood(text, sign), level, text) for text in words for sign, level in _SIGNS if len(text) <= _LONGEST)
    best, level, text = max(judged, default=(0.0, policy.default_level, ""))
    if best < _LIKELY:
        return policy.default_level, _NO_SIGN
    return level, f"we read '{' '.join(text.split())[:60]}' as level {level}"


def _before_workaround(words: str, outage: str | None, policy: Policy) -> tuple[int, str, bool]:
    no_way = _first(NO_WAY_AROUND, words)
    frequent = _first(FREQUENT, words)
    limited = _first(LIMITED, words)
    severe = _first(SEVERE, words)
    if outage and no_way:
        return 1, f"we read '{outage}' and '{no_way}' as an outage without a workaround", True
    if frequent:
        return 2, f"we read '{frequent}' as continuous or frequent instability", False
    if outage and (scope := _first(WHOLE, words)):
        return 1, f"we read '{outage}' ('{scope}') as an outage", False
    if deploy := _first(CANNOT_DEPLOY, words):
        return 2, f"we read '{deploy}' as a feature that cannot be deployed", False
    if severe and not limited or outage:
        return 2, f"we read '{outage or severe}' as severely degraded", False
    if limited:
        return 3, f"we read '{limited}' as limited impact", False
    return policy.default_level, _NO_SIGN, False


def _first(pattern: re.Pattern[str], words: str) -> str | None:
    found = pattern.search(words)
    return " ".join(found[0].split())[:60] if found else None
