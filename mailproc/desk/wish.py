"""What kind of request a mail is: a problem, a question, an enhancement, another vendor's matter, an escalation."""

import re

from mailproc.desk.passages import Passage
from mailproc.desk.policy import Policy, RequestKind
from mailproc.desk.prose import SYMPTOM
from mailproc.desk.severity import stated_level

_HELP = re.compile(r"\bplease (?:help|fix|solve|repair)\b|\bnot right again\b|\burgent|\basap\b|\bhelp us\b")
_ENHANCEMENT = re.compile(
    r"\bwe would love\b|\b(?:feature|enhancement) requests?\b|\b(?:it would|would) be (?:great|nice|helpful|useful|good)\b|\bwish(?:es|list)?\b(?!es,)|\bplease (?:add|implement|consider adding|introduce)\b|\bwould like to (?:see|suggest|propose|have)\b|\ba suggestion\b|\b(?:for|in) (?:a|the|some) (?:future|coming|next(?: major)?) (?:release|version)\b|\bproduct management\b|\brequest for enhancement\b|\brfe\b|\b(?:funktionswunsch|verbesserungsvorschlag|wunsch|demande d'évolution|amélioration|solicitud de mejora|mejora|sugerencia|melhoria|sugestão)\b|機能(?:追加|要望)|要望"
)
_QUESTION = re.compile(
    r"\bhow (?:do|can|to|does|should|would)\b|\bis (?:it|there) (?:possible|a way|any way|supported)\b|\bcan (?:that|this|it|we|i|one|you (?:tell|explain|confirm|point))\b|\bwhat is the (?:syntax|command|difference|recommended|best|correct|maximum|limit)\b|\b(?:a|one|quick|short|small|general|simple) (?:question|one)\b|\bwhere (?:do|can) i\b|\bdo(?:es)? (?:you|the|it|this) support\b|\bwould like to know\b|\bis the (?:guide|manual|documentation)\b|\bplease (?:explain|clarify|advise how)\b|\b(?:frage|wie kann|ist es möglich|gibt es|comment (?:puis|peut|faire)|est-il possible|une question|cómo (?:puedo|se)|es posible|una (?:pregunta|consulta|duda)|como (?:posso|se)|é possível|uma (?:pergunta|dúvida))\b|方法|可能でしょうか|教えて"
)
_THIRD_PARTY = re.compile(
    r"\b(?:within|in|inside|of|from|by|with) (?:the )?(?:check ?point|sourcefire|imperva|websense|trend ?micro|iss|proventia|mcafee|symantec|secure ?computing|microsoft|cisco|fortinet|actividentity|third[- ]party)\b[^.]{0,40}\b(?:software|application|code|product|side|itself|gui|console|process|daemon)|\b(?:check ?point|sourcefire|imperva|websense|trend ?micro|iss|proventia|mcafee|symantec|microsoft)(?:'s|’s| software| application| issue| problem| bug| support (?:says|asked|confirmed|told|sent))|\bthird[- ]party (?:software|application|product)|\b(?:in|with|of) (?:their|deren) (?:code|software|product|side|application)\b|\blaut (?:check ?point|sourcefire|\w+) liegt\b|\bnot (?:yours|your (?:software|product|fault))\b|\bnot (?:an? )?(?:xos|blue coat|chassis|x-series) (?:problem|issue|fault|bug)\b"
)
_OTHER_VENDOR = re.compile(
    r"\b(?:check ?point|sourcefire|imperva|websense|trend ?micro|proventia|mcafee|secure ?computing|smartdashboard|defense center|securesphere|third[- ]party)\b"
)
_PLATFORM_WELL = re.compile(
    r"\b(?:chassis|xos|platform|hardware|x-?\d\d(?:-s)?|modules?)\b[^.]{0,50}\b(?:healthy|fine|ok|okay|clean|nothing unusual|no (?:alarms?|errors?)|innocent|stable|good)\b|\b(?:chassis|xos|module)\b[^.]{0,30}\b(?:unauffällig|in ordnung)|\bxos shows nothing\b|\ball modules? (?:are )?up\b|\bcontract says\b|\bfirst contact\b"
)
_ESCALATION = re.compile(
    r"\bescalat\w*|\bexpedit\w*|\bduty manager\b|\braise (?:the|this|our|sr|it|my)\b|\beskalation|\beskalieren|\bescalad\w*|エスカレ"
)


def kind_of_request(found: tuple[Passage, ...], subject: str, policy: Policy) -> tuple[RequestKind, str]:
    """The kind, and the words that speak for it. Everything under the duty manager's policy is an escalation."""
    words = " \n".join((subject, *(one.text for one in found))).lower()
    if policy.name == "duty-manager" or policy.requirement("alternate-contact"):
        return "escalation", "it was sent to the duty manager"
    if wish := _ENHANCEMENT.search(words):
        return "enhancement", wish[0]
    if _OTHER_VENDOR.search(words) and (blamed := _THIRD_PARTY.search(words) or _PLATFORM_WELL.search(words)):
        return "third-party", blamed[0]
    if any(one.asks for one in found) and (stated_level(found, subject) or 4) == 4 and not _broken(found):
        asked = _QUESTION.search(words)
        return "question", asked[0] if asked else "it asks and tells of no fault"
    return "problem", "something is said not to work"


def _broken(found: tuple[Passage, ...]) -> bool:
    """Whether a statement tells of something that fails: one where nothing else is asked, or several."""
    words = " ".join(one.text for one in found).lower()
    faults = sum(bool(SYMPTOM.search(one.text.lower())) for one in found if not one.asks)
    return faults >= (3 if _QUESTION.search(words) else 1) or bool(_HELP.search(words))
