"""`mailproc inspect`: what mailproc makes of a message, touching nothing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mailproc.desk.commands.lines import instructions_of
from mailproc.desk.commands.wishes import wishes_of
from mailproc.desk.completeness import Assessment, assess
from mailproc.desk.directory import Office
from mailproc.desk.events import ArrivedFile
from mailproc.desk.policy import Policy
from mailproc.reading.mail import Address, Attachment, Bounce, Mail
from mailproc.reading.parse import read


def inspection(name: str, raw: bytes, office: Office, policy: Policy) -> dict[str, Any]:
    """All that the contract's `inspect --json` says of one message; `name` is how the caller named its file."""
    mail = read(raw, office.ours)
    assessment = assess(mail, policy)
    return {
        "file": name,
        "message_id": mail.message_id,
        "date": _instant(mail.date),
        "subject": mail.subject,
        "from": _person(mail.sender),
        "to": [_person(one) for one in mail.to],
        "cc": [_person(one) for one in mail.cc],
        "origin": mail.origin.kind,
        "evidence": list(mail.origin.evidence),
        "answerable": mail.origin.answerable,
        "bounce": _bounce(mail.bounce),
        "text": mail.text,
        "reply": mail.reply,
        "attachments": [_file(one, assessment) for one in mail.attachments],
        "damage": list(mail.damage),
        "policy": policy.name,
        **_judged(assessment),
        "commands": _commands(mail),
    }


def in_words(found: dict[str, Any]) -> Iterator[str]:
    """The same for people, a line each; columns of labels to the left."""
    sender = found["from"]
    yield f"{found['file']}"
    yield _line("from", f"{sender['name']} <{sender['address']}>" if sender else "nobody")
    yield _line("subject", found["subject"] or "(none)")
    yield _line("origin", "; ".join((found["origin"], *found["evidence"])))
    if found["bounce"]:
        kind = "permanent" if found["bounce"]["permanent"] else "may pass"
        yield _line("bounce", f"{', '.join(found['bounce']['recipients'])} ({kind})")
    for one in found["attachments"]:
        where = f" in {one['inside']}" if one["inside"] else ""
        host = f" of {one['host']}" if one["host"] else ""
        yield _line("attachment", f"{one['name']}{where}, {one['size']} bytes: {one['kind'] or one['type']}{host}")
    for words in found["damage"]:
        yield _line("damage", words)
    yield _line("policy", found["policy"])
    yield _line("kind", found["kind"])
    yield _line("level", f"{found['level']['suggested']}: {found['level']['because']}")
    for item, judged in found["requirements"].items():
        mark = "+" if judged["met"] else ("o" if judged["optional"] else "-")
        yield f"  {mark} {item:<20} {judged['evidence'] or ('optional' if judged['optional'] else 'missing')}"
    for command in found["commands"]:
        yield _line("command", command)


def _line(label: str, words: str) -> str:
    return f"  {label:<12} {words}"


def _judged(assessment: Assessment) -> dict[str, Any]:
    level = assessment.level
    return {
        "kind": assessment.kind,
        "level": {
            "stated": level.stated,
            "suggested": level.suggested,
            "because": level.because,
            "contradicted": level.contradicted,
        },
        "dbha": assessment.dbha,
        "requirements": {
            one.item: {"met": one.met, "optional": one.optional, "evidence": one.evidence, "sure": one.sure}
            for one in assessment.findings
        },
        "missing": list(assessment.missing),
        "sr_numbers": list(assessment.sr_numbers),
    }


def _person(address: Address | None) -> dict[str, str] | None:
    return {"name": address.name, "address": address.address} if address else None


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _bounce(bounce: Bounce | None) -> dict[str, Any] | None:
    if bounce is None:
        return None
    return {
        "recipients": list(bounce.recipients),
        "permanent": bounce.permanent,
        "status": bounce.status,
        "original_message_id": bounce.original_message_id,
    }


def _file(attachment: Attachment, assessment: Assessment) -> dict[str, Any]:
    known = next((one for one in assessment.files if _same(one, attachment)), None)
    return {
        "name": attachment.name,
        "size": attachment.size,
        "type": attachment.type,
        "inside": attachment.inside,
        "kind": known.kind if known else None,
        "host": known.host if known else None,
        "problem": known.problem if known else None,
        "damage": [str(one) for one in attachment.damage],
    }


def _same(file: ArrivedFile, attachment: Attachment) -> bool:
    return (file.name, file.inside, file.digest) == (attachment.name, attachment.inside, attachment.digest)


def _commands(mail: Mail) -> list[str]:
    asked = (*instructions_of(mail.reply).commands, *wishes_of(mail.reply))
    return list(dict.fromkeys(str(command) for command in asked))
