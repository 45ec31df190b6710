"""What a mail gives of what its policy requires, and what is still missing.

Every requirement is answered by a `Finding` with the words or the file it rests on. Files of earlier mails
count together with the new ones, so that the second chassis' output completes the pair.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailproc.desk.chassis import Register, show_a_pair
from mailproc.desk.details import QUOTED, Detail, details_in, mentions_two_chassis, quote, says_one_chassis
from mailproc.desk.events import ArrivedFile
from mailproc.desk.kinds import pasted
from mailproc.desk.policy import Policy, RequestKind, Requirement
from mailproc.desk.recognition import mark_copies, recognised
from mailproc.desk.severity import LevelFinding, judge_level
from mailproc.desk.translation import labels
from mailproc.desk.words.excuses import excuse
from mailproc.desk.words.form import ENDS, asked_by_number, beside_the_form, filled_in
from mailproc.desk.words.passages import Passage, answered, passages, without_endless_words
from mailproc.desk.words.people import PEOPLE, people_in
from mailproc.desk.words.phrases import NOTHING
from mailproc.desk.words.returned import ANNOUNCED, answers_in_quotation, numbered_answers
from mailproc.desk.words.sites import SITE, site_in
from mailproc.desk.words.triage import kind_of_request, triage
from mailproc.reading.mail import Mail

__all__ = ["Assessment", "Finding", "Known", "LevelFinding", "assess"]

_SR_NUMBER = re.compile(r"(?<![\w-])2-\d{9}(?![\w-]*\d)")
_QUOTED_FROM = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)"
    r"|-{2,} ?(?:mensaje original|mensagem original)|_{10,}[ \t]*$"
    r"|(?:on|am|le|el|em) .{5,120}(?:wrote|schrieb|écrit|escribió|escreveu) ?:"
    r"|(?:from|von|de): .+$(?=\n.*(?:sent|gesendet|envoyé|enviado|date): ))",
    re.IGNORECASE | re.MULTILINE,
)
_MARKED = re.compile(r"^\s*(?:\[[A-Za-z .]{1,12}\]|<[A-Za-z]{1,3}>|>{3,}|={2,}>|-->|#{2,}|\*{2,})\s*\S")
_LONGEST_FORM = 64 << 10
"""In bytes, of an attached file: our letter saved as text, with the answers."""
_LONGEST_SIGNATURE = 1_500
_NEED_NOT_EXIST = frozenset({"alternate-contact"})
_TOPIC_OF = {"contact": "contact-name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A requirement and whether it is met. `evidence` is short: the words or the file it rests on.

    `sure` is false where only weak signs speak for it; such an item is not asked for. `declined` is true where the
    writer says that there is none of what need not exist: it is not met, and not asked for either.
    """

    item: str
    met: bool
    optional: bool
    evidence: str | None = None
    sure: bool = True
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the request had before this mail.

    `items` were given, `settled` nobody asks for any more, whatever else is learned. `owed` is what the last letter
    asked for, in its order.
    `one_chassis` says that the customer denied a second one.
    """

    items: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    files: tuple[ArrivedFile, ...] = ()
    dbha: bool = False
    one_chassis: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one mail gives. `files` are the new ones; `sr_numbers` those in the subject or the new words.

    `one_chassis` is true where the words deny a second one outright.
    """

    kind: RequestKind
    level: LevelFinding
    findings: tuple[Finding, ...]
    files: tuple[ArrivedFile, ...]
    dbha: bool
    sr_numbers: tuple[str, ...]
    one_chassis: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """What is required, not met and not declined, in the policy's order."""
        return tuple(one.item for one in self.findings if not (one.met or one.optional or one.declined))

    @property
    def met(self) -> tuple[str, ...]:
        """What is met, in the policy's order."""
        return tuple(one.item for one in self.findings if one.met)


def assess(mail: Mail, policy: Policy, known: Known = Known()) -> Assessment:
    """What this mail, together with what is known, gives of what the policy requires."""
    words = beside_the_form(new_words(mail), policy)
    found = passages_of(mail, policy, known)
    files = recognised(tuple(one for one in mail.attachments if not one.inline), policy.kinds)
    said = "\n".join((mail.subject, *(one.text for one in found)))
    denied = says_one_chassis(said)
    dbha = not denied and _dbha(said, (*known.files, *files), policy, known)
    files = mark_copies(files, known.files, _once_of_each(policy) if dbha else frozenset())
    weighed = triage(found, mail.subject, for_duty_manager=policy.for_duty_manager)
    numbers = numbers_named(mail)
    asked = frozenset(one.id for one in policy.requirements)
    details = {one.item: one for one in _details(mail, found, numbers, asked, known.owed)}
    declined = frozenset(one.topic for one in found if one.topic in _NEED_NOT_EXIST and NOTHING.match(one.text))
    desk = _Desk(
        policy=policy,
        known=known,
        details=details,
        declined=declined,
        files=files,
        found=found,
        words=words,
        dbha=dbha,
    )
    return Assessment(
        kind=kind_of_request(weighed, policy),
        level=judge_level(found, mail.subject, policy, weighed),
        findings=tuple(_finding(requirement, desk) for requirement in policy.requirements),
        files=files,
        dbha=dbha,
        sr_numbers=numbers,
        one_chassis=denied,
    )


def _details(
    mail: Mail, found: tuple[Passage, ...], numbers: tuple[str, ...], asked: frozenset[str], owed: tuple[str, ...]
) -> Iterator[Detail]:
    """What the words give of the items that the policy asks for; `owed` is what our last letter asked for."""
    signature = signature_of(mail)
    yield from details_in(found, mail.subject, asked)
    if asked & PEOPLE:
        yield from people_in(mail, found, signature)
    if SITE in asked and (site := site_in(mail, found, signature, asked_alone=owed == (SITE,))):
        yield site
    if numbers:
        yield Detail(item="sr-number", evidence=numbers[0])


def passages_of(mail: Mail, policy: Policy, known: Known = Known()) -> tuple[Passage, ...]:
    """All that the new words of a mail say: answers to our form and to its numbers first, then the rest."""
    labels = _labels_of(policy)
    words = beside_the_form(new_words(mail), policy)
    return (
        *_answers(mail, policy),
        *answers_in_quotation(mail, labels, policy),
        *numbered_answers(words, _numbers_asked(mail, policy, known), policy, _TOPIC_OF, labels),
        *passages(words, labels, mail.headings),
    )


def _labels_of(policy: Policy) -> dict[str, str]:
    """The headings that the policy's own file names, with the topics they ask for."""
    return {
        words.lower(): _TOPIC_OF.get(one.id, one.id)
        for one in policy.requirements
        for words in (*labels(one, policy), *one.headings)
    }


def _answers(mail: Mail, policy: Policy) -> tuple[Passage, ...]:
    """What was filled in to our own form, wherever in the mail it stands, or in a text that came with it."""
    answers = (answer for text in (mail.text, *_attached_forms(mail)) for answer in filled_in(text, policy))
    return tuple(
        one
        for number, answer in enumerate(answers)
        for one in answered(answer.words, _TOPIC_OF.get(answer.item, answer.item), -1 - number)
    )


def _numbers_asked(mail: Mail, policy: Policy, known: Known) -> tuple[dict[int, str], ...]:
    """What the numbers of our letters stand for: of the one that the mail quotes, or else of the last one."""
    quoted = asked_by_number(mail.text, policy)
    return (quoted,) if quoted else (dict(enumerate(known.owed, start=1)),) if known.owed else ()


def _attached_forms(mail: Mail) -> Iterator[str]:
    for one in mail.attachments:
        if one.type == "text/plain" and len(one.content) <= _LONGEST_FORM:
            text = one.content.decode("utf-8-sig", "replace")
            if any(end in text for end in ENDS):
                yield text


def numbers_named(mail: Mail) -> tuple[str, ...]:
    """The numbers of service requests in the subject and the new words, each once."""
    return tuple(dict.fromkeys(_SR_NUMBER.findall(f"{mail.subject}\n{new_words(mail)}")))


def new_words(mail: Mail) -> str:
    """The words newly written or passed on, with answers that were typed into a quoted form and announced as such."""
    below = mail.text.removeprefix(mail.reply)
    if not below.strip() or not ANNOUNCED.search(mail.reply):
        return mail.words
    answered = _answers_within(below)
    return f"{mail.words}\n\n{answered}" if answered else mail.words


def signature_of(mail: Mail) -> str:
    """What stands below the new words and above quoted mail: usually a signature."""
    ending = mail.reply[-60:].strip()
    start = mail.text.find(ending) if ending else 0
    tail = mail.text[start + len(ending) :] if start >= 0 else mail.text
    if quoted := _QUOTED_FROM.search(tail):
        tail = tail[: quoted.start()]
    own = [line for line in tail.splitlines() if not line.lstrip().startswith(">")]
    return without_endless_words("\n".join(own)[-_LONGEST_SIGNATURE:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """All that lies on the desk while the findings are written."""

    policy: Policy
    known: Known
    details: dict[str, Detail]
    declined: frozenset[str]
    files: tuple[ArrivedFile, ...]
    found: tuple[Passage, ...]
    words: str
    dbha: bool


def _answers_within(quoted: str) -> str:
    """Marked lines of a quoted form, each below the line it answers."""
    lines = quoted.splitlines()
    kept: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if _MARKED.match(line):
            question = before.strip().lstrip("> ")
            kept.extend((f"> {question}", line) if not _MARKED.match(before) else (line,))
    return "\n".join(kept)


def _finding(requirement: Requirement, desk: _Desk) -> Finding:
    evidence, sure = _evidence(requirement, desk)
    met = evidence is not None or requirement.id in desk.known.settled or _still_holds(requirement, desk)
    declined = not met and requirement.id in desk.declined
    return Finding(
        item=requirement.id, met=met, optional=requirement.optional, evidence=evidence, sure=sure, declined=declined
    )


def _still_holds(requirement: Requirement, desk: _Desk) -> bool:
    """Whether what was given before is enough still: files of one chassis are not, once there are two."""
    judged_anew = requirement.each_chassis and desk.dbha
    return requirement.id in desk.known.items and not judged_anew


def _evidence(requirement: Requirement, desk: _Desk) -> tuple[str | None, bool]:
    if requirement.given_by == "files":
        if filed := _files_for(requirement, desk):
            return filed, True
        kinds = [kind for kind in desk.policy.kinds if kind.name in requirement.kinds and requirement.pasted]
        if line := next((line for kind in kinds if (line := pasted(desk.words, kind))), None):
            return quote(line), True
        if requirement.id in desk.known.owed:
            second = requirement.each_chassis and desk.dbha
            if words := excuse(desk.found, requirement.id, of_second=second):
                return f"cannot be had: {quote(words).removeprefix(QUOTED)}", False
    detail = desk.details.get(requirement.id)
    return (detail.evidence, detail.sure) if detail else (None, True)


def _files_for(requirement: Requirement, desk: _Desk) -> str | None:
    """Where the files stand that meet a requirement; None while one of two chassis lacks them."""
    serving = [
        one
        for one in (*desk.known.files, *desk.files)
        if one.problem is None
        and (one.kind in requirement.kinds or any(kind in requirement.kinds for kind in one.holds))
    ]
    if not serving:
        return None
    if requirement.each_chassis and desk.dbha and not _of_two_chassis(serving, desk):
        return None
    return "; ".join(dict.fromkeys(_where(one) for one in serving))[:160]


def _of_two_chassis(serving: list[ArrivedFile], desk: _Desk) -> bool:
    """Whether files of one kind come from two chassis.

    One that tells of none may be of the second; a log may not: it is by modules alone then, and those of either chassis
    bear the same names.
    """
    register = Register((*desk.known.files, *desk.files))
    logs = {kind.name for kind in desk.policy.kinds if kind.each_line}
    for kind in {one.kind for one in serving}:
        alike = [one for one in serving if one.kind == kind]
        nameless = {one.digest for one in alike if not register.of(one) and kind not in logs}
        if len(register.among(alike)) + len(nameless) >= 2:
            return True
    return False


def _where(file: ArrivedFile) -> str:
    return f"{file.inside} / {file.name}" if file.inside else file.name


def _asked_of_each(policy: Policy) -> frozenset[str]:
    return frozenset(kind for one in policy.requirements if one.each_chassis for kind in one.kinds)


def _once_of_each(policy: Policy) -> frozenset[str]:
    """Of these kinds one file tells a chassis' state, and another of the same chassis adds nothing; logs go on."""
    asked = _asked_of_each(policy)
    return frozenset(kind.name for kind in policy.kinds if kind.name in asked and not kind.each_line)


def _dbha(said: str, files: tuple[ArrivedFile, ...], policy: Policy, known: Known) -> bool:
    """Whether the site has two chassis: known before, said in words, or seen in files, where nobody denied it."""
    asked = _asked_of_each(policy)
    if not asked:
        return False
    if known.dbha or mentions_two_chassis(said) is not None:
        return True
    return not known.one_chassis and show_a_pair(one for one in files if one.kind in asked and one.problem is None)
