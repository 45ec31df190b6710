"""The words in which mail servers say that mail was not delivered, by shape rather than by product."""

# ruff: noqa: E501  a table of words reads better across than down

import re

_NOTICE_LIMIT = 40_000  # characters of a notice that are looked at
_LINE_LIMIT = 1000
_ADDRESS = r"[^\s<>()\[\],;:\"'|=：；，。、（）＜＞【】]{1,128}@(?:[\w-]{1,63}\.){0,8}[\w-]{1,63}"
_ANY_ADDRESS = re.compile(_ADDRESS)
_SUBJECT = re.compile(
    r"undeliver|non.?deliver|not be delivered|delivery (?:status|failure|has failed|problem|report|error|notification|attempt|delayed|warning|incomplete|fail)|"
    r"returned (?:mail|message|to sender)|return(?:ing|ed)? (?:message )?to sender|mail failed|エラー(?:通知|メール)|mail (?:delivery|failure|error|system error|could not)|message (?:delivery|delayed|not delivered|could not|you sent)|"
    r"failure notice|failure delivery|delivery failed|permanent (?:delivery )?(?:failure|error)|could not (?:be delivered|send)|couldn't be delivered|"
    r"unzustellbar|nicht zustellbar|zustellung|nicht zugestellt|rückläufer|unbekannter empfänger|échec de|non remis|non distribuable|notification d'état|"
    r"no se puede entregar|no entregad|devuelto|estado de entrega|não entregue|falha na entrega|devolvid|mancato recapito|mancata consegna|notifica sullo stato|"
    r"onbestelbaar|niet bezorgd|niet afgeleverd|nie dostarczon|niedostarcz|zwrot|kunde inte levereras|olevererbar|kunne ikke leveres|не доставлен|недоставлен|"
    r"невозможно доставить|配信(?:不能|できま|エラー|失敗)|送信できません|退信|投递失败|无法投递|退回|無法傳遞|배달 실패|반송|bounced?\b|user unknown|"
    r"unknown (?:user|recipient|address)|undeliverable|failed mail|mail.{0,20}returned|nondeliverable|invalid recipient|rejected|mailbox (?:full|unavailable)|"
    r"\bdsn\b|retourn|not delivered|unable to deliver",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:could|can|was|were|did|has|have|will|would)(?:n't|not|\s+not)?\s+(?:not\s+)?(?:be\s+|been\s+|yet\s+be\s+)?(?:delivered|deliver|reached|sent to)|undeliver(?:able|ed)|"
    r"(?:unable|failed|not able|failure|impossible|inability) to (?:deliver|send|relay|reach|process)|delivery (?:to|of|for|has|attempt|fail|status|error|problem|temporar)|"
    r"(?:user|recipient|address|mailbox|account|name|addressee|member)s?\b.{0,40}\b(?:unknown|not (?:found|known|listed|exist|valid|available|recognized|active)|does(?:n't| not) exist|invalid|"
    r"disabled|full|unavailable|closed|suspended|inactive|no longer|rejected|over quota|doesn't have|has moved|not our customer)|"
    r"unknown (?:user|recipient|address|account|mailbox|local)|no such (?:user|recipient|address|mailbox|account|person)|invalid (?:user|recipient|address|mailbox)|"
    r"(?:mail|message|e-?mail)\b.{0,60}\b(?:returned|bounced|rejected|refused|not delivered|undeliverable|could not|failed|blocked|delayed|queued)|over (?:its )?quota|exceed\w* .{0,30}quota|"
    r"permanent(?:ly)? (?:fatal )?(?:error|failure|failed)|fatal errors?|gave up|giving up|will (?:be retried|keep trying|retry)|host (?:unknown|not found)|"
    r"<<<\s*[45]\d\d|\b[45]\d\d[ -]\(?#?[45]\.\d\.\d|\b55[0-4][ -]|550 |konnte nicht|nicht (?:zugestellt|zustellbar|erreicht|bekannt)|unbekannt|n'a pas pu|n'ont pas|"
    r"no (?:se )?(?:ha )?(?:podido|pudo|puede)|não (?:foi|pôde|pode)|impossibile|non è stato|niet (?:worden|bezorgd|afgeleverd)|nie (?:można|mogła|został)|"
    r"не (?:может|удалось|был|существует)|配信でき|配送でき|見つかりません|存在し(?:ません|ない)|届けること|送信でき|无法|失败|不存在|退回|無法|실패|없습니다",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"delay(?:ed|ing)|not yet been delivered|will (?:be retried|retry|keep trying|continue|try again)|still (?:being )?(?:retried|trying|in the queue)|do not (?:need to )?re-?send|no action is required|"
    r"this is (?:only )?a warning|warning message only|temporar(?:y|ily)|transient|try again later|verzögert|vorübergehend|retard|retraso|ritardo|vertraagd|opóźnion|försenad|задерж|遅延|延迟",
    re.IGNORECASE,
)
_EXPIRED = re.compile(
    r"retry time(?:out)? (?:not reached|exceeded)|all hosts have been failing for a long time|delivery attempts will continue|message (?:has )?expired in",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"permanent|fatal|giving up|gave up|no further|could not be delivered|undeliverable|unknown|does not exist|no such",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.:-])(4[2-7]\d|5[0-7]\d)(?=[ -](?![\d:]))")
_RETURNED = re.compile(
    r"^[\s>|]{0,8}(?![^\n]{0,80}\bre-?send\b)[-=_* ]{0,40}(?:original|returned|undelivered|your|the|this is|below|included|copy|unsent|start of|begin|here|headers? of|a copy|"
    r"transcript|message header|full headers|ursprüngliche|originalnachricht|le message|mensaje|messaggio|コピー|元の)?\b[^\n]{0,60}"
    r"(?:original message(?! (?:was|has|is being))|message (?:follows|header|text|is included|copy|body|below)|copy of (?:the|your) (?:message|mail|original)|returned message|returned mail follows|"
    r"undelivered message|unsent message|your message (?:follows|was|reads)|headers? (?:of|follow|from)|text of your message|original mail|first \d+ lines|returned content|"
    r"message contents? follow|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale)[^\n]{0,60}[:\-=_* ]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS = re.compile(
    r"^[\s>|]{0,8}(?:received|return-path|message-id|mime-version|x-mailer|delivered-to|dkim-signature)\s?: ",
    re.IGNORECASE | re.MULTILINE,
)
_MESSAGE_ID = re.compile(r"^[\s>|]{0,8}message-id\s?:\s{0,9}<([^<>\s]{1,900})>", re.IGNORECASE | re.MULTILINE)
_TO = re.compile(
    r"^[\s>|]{0,8}(?:to|x-envelope-to|envelope-to|x-original-to|x-rcpt-to)\s?:([^\n]{0,2000}(?:\n[ \t][^\n]{0,2000}){0,20})",
    re.IGNORECASE | re.MULTILINE,
)
_RECEIVED_FOR = re.compile(rf"\bfor <({_ADDRESS})>")

_ALONE = re.compile(
    rf"^[\s>*|#\d.()-]{{0,12}}(?:mailto:|smtp:|rfc822;\s?|local:|e-?mail:)?<?({_ADDRESS})>?(?:\s*<mailto:[^>]{{1,300}}>)?\s*(?:[:;,.]?\s*$|\s+on\s|\s?\[|\.\.\.|:\s|\(|\s-+\s|\s{{2,}}\S|; |\s+[45]\d\d |,? [A-Z\[])"
)
_LABELLED = re.compile(
    rf"(?:recipients?|addressees?|address|mailbox|user|to|rcpt|account|member|for|empfänger|adresse|adressat|destinataires?|destinatarios?|destinatari|dirección|"
    rf"indirizzo|geadresseerde|ontvanger|adresat|получател\w*|адрес\w*|宛先|收件人)\b\W{{1,6}}(?:is\W{{1,3}}|address\W{{1,4}}|to\W{{1,3}}|was\W{{1,3}})?[<\"'\[( ]{{0,3}}({_ADDRESS})",
    re.IGNORECASE,
)
_COMMAND = re.compile(rf"rcpt to:\s{{0,4}}<?({_ADDRESS})>?", re.IGNORECASE)
_REFUSED = re.compile(rf"(?:^|[^\d.])(?:[45]\d\d|[45]\.\d\.\d)[ -][^\n]{{0,120}}?<?({_ADDRESS})>?", re.IGNORECASE)
_INTRODUCTION = re.compile(
    r"(?:following|these|folgende\w?|suivants?|siguientes?|seguintes?|seguenti|volgende|następując\w+|följande|følgende|следующ\w+)\s"
    r"[^\n:]{0,60}(?:recipient|address|user|mailbox|empfänger|adress|destinat|indirizz|direcci|geadresseerde|odbiorc|mottagar|modtager|получател|адрес)"
    r"[^\n:]{0,80}(?::|\n\s*\n)",
    re.IGNORECASE,
)
_PLAIN = (_ALONE, _COMMAND)
_LOOSE = (_LABELLED, _REFUSED, _ANY_ADDRESS)
"""How notices name whom they could not reach, the plainest first; the loose shapes are found in other sentences too."""
_SERVER_ONLY = re.compile(r"^(?:mailer-?daemon|mail-daemon)@", re.IGNORECASE)
_TO_BE_ASKED = re.compile(
    r"^postmaster@", re.IGNORECASE
)  # whom a notice names for questions; it may have failed itself
_EXPANDED = re.compile(rf"\(expanded from:?\s{{0,4}}<?({_ADDRESS})>?\)", re.IGNORECASE)


def notice_of(text: str) -> tuple[str, str]:
    """The server's own words, and the returned mail below them where the text holds one."""
    text = text[: _NOTICE_LIMIT * 4]
    borders = [found.start() for found in (_RETURNED.search(text, 20), _HEADERS.search(text)) if found]
    border = min(borders, default=len(text))
    if not text[:border].strip():
        border = len(text)
    return text[: min(border, _NOTICE_LIMIT)], text[border:]


def is_notice_subject(subject: str) -> bool:
    """Whether a server would write so as the subject of a notice."""
    return bool(_SUBJECT.search(subject[:_LINE_LIMIT]))


def is_notice(text: str) -> bool:
    """Whether these words say that mail was not delivered."""
    return any(_WORDS.search(line[:_LINE_LIMIT]) for line in text.split("\n"))


def is_passing(text: str, status: str | None) -> bool:
    """Whether the failure may pass: by its status where there is one (RFC 3463 §3.1), else by its words."""
    if status:
        return status.startswith("4")
    if _EXPIRED.search(text):
        return True
    return bool(_PASSING.search(text)) and not re.search(r"\b55\d\b", text) and not _FINAL.search(text)


def status_in(text: str) -> str | None:
    """The first enhanced status code (RFC 3463), or the class of the first reply code as one: 550 gives 5.0.0."""
    found = _STATUS.search(text)
    if found and found[1] in "45":
        return found[0]
    code = _REPLY_CODE.search(text)
    return f"{code[1][0]}.0.0" if code else None


def named_recipients(notice: str, strangers: frozenset[str]) -> tuple[str, ...]:
    """The addresses that the notice says could not be reached; `strangers` (whom the notice is to and from) never count.

    Those below a line such as "did not reach the following recipient(s):" come before all others.
    """
    introduction = _INTRODUCTION.search(notice)
    below = _named(notice[introduction.end() :], strangers, (*_PLAIN, *_LOOSE)) if introduction else ()
    named = below or _named(notice, strangers, _PLAIN)
    aliases = [address.lower() for address in _EXPANDED.findall(notice)] if named else []
    return tuple(dict.fromkeys((*named, *aliases)))


def is_all_notice(text: str) -> bool:
    """Whether every paragraph says that mail was not delivered, and to whom: nobody added a word of his own."""
    paragraphs = [
        one for one in re.split(r"\n\s*\n|\n\W{5,200}\n", f"\n{text[: _LINE_LIMIT * 2]}\n") if re.search(r"\w", one)
    ]
    return bool(paragraphs) and all(is_notice(one) and _ANY_ADDRESS.search(one) for one in paragraphs)


def mentioned_recipients(notice: str, strangers: frozenset[str]) -> tuple[str, ...]:
    """The addresses that a sentence of the notice speaks of; every one in it where none does."""
    return _named(notice, strangers, _LOOSE)


def _named(notice: str, strangers: frozenset[str], shapes: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    lines = [line[:_LINE_LIMIT] for line in notice.split("\n")]
    for pattern in shapes:
        found = (match[match.lastindex or 0] for line in lines for match in pattern.finditer(line))
        kept = tuple(dict.fromkeys(one for address in found if _counts(one := address.lower().strip(".'`"), strangers)))
        if kept:
            return tuple(one for one in kept if not _TO_BE_ASKED.match(one)) or kept
    return ()


def _counts(address: str, strangers: frozenset[str]) -> bool:
    if address in strangers or _SERVER_ONLY.match(address):
        return False
    domain = address.rpartition("@")[2]
    return "." in domain or (address.count("@") == 1 and domain.isalnum())


def quoted_message_id(returned: str) -> str | None:
    """The Message-ID of the returned mail, without brackets."""
    found = _MESSAGE_ID.search(returned)
    return found[1] if found else None


def quoted_recipients(returned: str) -> tuple[str, ...]:
    """Whom the returned mail was for, by its own headers."""
    head = returned[:20_000]
    named = [address.lower() for match in _TO.finditer(head) for address in _ANY_ADDRESS.findall(match[1])]
    return tuple(dict.fromkeys(named or [address.lower() for address in _RECEIVED_FOR.findall(head)[:1]]))
