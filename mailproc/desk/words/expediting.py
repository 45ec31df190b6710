"""Do words ask for the duty manager: a customer need not know the bare word `escalate`.

Read sentence by sentence, in several languages. One that says it was done, might be done or need not be done asks for
nothing.
"""

import re

_LONGEST = 20_000
"""Characters of a reply that are read."""

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n\s*\n|(?<=[。！？])")
_ASKS = re.compile(
    r"\bplease\b.{0,40}\b(?:escalate|expedite)\b"
    r"|\bplease\b.{0,40}\b(?:involve|inform|call|tell) (?:the|your|a) (?:duty |on-call )?manager\b"
    r"|\b(?:escalate|expedite) (?:this|the|our|my|it|sr)\b.{0,60}(?:please|now|immediately|at once|urgently)\b"
    r"|\b(?:want|wish|like|need|ask|asking|request|requesting|demand)\b.{0,30}\b(?:to escalate|an escalation)\b"
    r"|\b(?:want|wish|like|need|ask|request|demand|let me|let us|put (?:me|us))\b.{0,50}\b(?:duty|on-call) manager\b"
    r"|\b(?:i|we) (?:hereby )?escalate\b"
    r"|\bbitte\b.{0,60}\beskalier\w*|\beskalier\w* sie\b|\b(?:möchte|wollen|bitte um|verlange)\b.{0,40}\beskal\w+"
    r"|\b(?:veuillez|merci (?:de|d'))\b.{0,40}\bescalad\w+|\bescalad\w+.{0,40}s'il vous plaît"
    r"|\bpor favor\b.{0,40}\bescal(?:e|en|ar|em|ada|ado)\b|\b(?:solicit\w+|pedimos|quer\w+)\b.{0,30}\bescal\w+"
    r"|エスカレ(?:ーション|ート).{0,10}(?:お願い|希望|して(?:ください|下さい))",
    re.IGNORECASE,
)
_ASKS_NOT = re.compile(
    r"\b(?:no need|not|n['’]t|never|without|before|unless|if|once|when|was|were|been|already|had|whether|would have)\b"
    r"|\b(?:nicht|kein\w*|bevor|falls|wenn|wurde|bereits|schon|ne|pas|avant|déjà|si|sin|antes|ya|no|não|já|se)\b",
    re.IGNORECASE,
)


def asks_for_duty_manager(reply: str) -> bool:
    """Whether a sentence of these new words asks to escalate the request or for the duty manager."""
    sentences = (" ".join(one.split()) for one in _SENTENCE.split(reply[:_LONGEST]))
    return any(_ASKS.search(one) and not _ASKS_NOT.search(one) for one in sentences)
