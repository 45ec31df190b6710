"""Mail that could not be delivered: to whom, for good or for now, and which mail of ours it was.

First the machine-readable report (RFC 3464), then the header that Exim and Gmail write, then the texts that
servers make up. The last is tried only where the mail speaks as a mail server does, since people paste such
texts when they ask for help.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import getaddresses

from flufl.bounce import all_failures

from mailproc.reading.bounce_texts import (
    is_all_notice,
    is_notice,
    is_notice_subject,
    is_passing,
    mentioned_recipients,
    named_recipients,
    notice_of,
    quoted_message_id,
    quoted_recipients,
    status_in,
)
from mailproc.reading.charsets import decode
from mailproc.reading.headers import ANSWERED
from mailproc.reading.mail import Bounce, Mail
from mailproc.reading.out_of_office import is_absence
from mailproc.reading.tree import Part

_REPORT_LIMIT = 256 << 10
_RECIPIENT_LIMIT = 200
_FLUFL_LIMIT = 256 << 10  # octets; some of its patterns are slow on long texts
_PART = r"[^\s<>()\[\],;:\"'|：；，。、（）＜＞【】]"
_ADDRESS = re.compile(rf"{_PART}{{1,128}}@{_PART}{{1,255}}")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_SERVERS = re.compile(
    r"^(?:mailer-?_?daemon|mail-?daemon|mailerdaemon|postmaster|mdaemon|mail[-_.]?(?:delivery|system)|maildelivery\S*|bounces?|bounce-\S*|mmdf|"
    r"daemon|microsoftexchange\w*|postoffice|mailsystem|delivery\S*|e?mailsweeper|mail\.daemon)$"
)
_ROLES = re.compile(
    r"^(?:admin|administrator|root|no-?reply|do-?not-?reply|system|server|smtp|gateway|.*(?:gateway|antivirus|filter)s?|.*(?:smtp|mail)[-_]?(?:service|server|system)s?)$"
)
_SERVER_NAMES = re.compile(
    r"mail (?:delivery|system|administrator|router|gateway)|delivery (?:sub)?system|postmaster|mailer|"
    r"system administrator",
    re.IGNORECASE,
)
_DONE = frozenset({"delivered", "relayed", "expanded"})
_FLUFL_FAILS = (
    AttributeError,
    ValueError,
    TypeError,
    LookupError,
    UnicodeError,
    AssertionError,
)  # seen on odd senders and broken parts


@dataclass(frozen=True, slots=True)
class _Fate:
    """What a report says of one recipient."""

    recipient: str
    written_to: str
    action: str
    status: str

    @property
    def passes(self) -> bool:
        return self.action == "delayed" or self.status.startswith("4")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """What a possible bounce consists of: the notice in words, machine-readable reports, the mail returned."""

    notice: str = ""
    rest: str = ""
    status_parts: tuple[str, ...] = ()
    returned: str = field(default="", repr=False)


def bounce_of(mail: Mail, parts: tuple[Part, ...], message: Message) -> Bounce | None:
    """What bounced; None for every other mail, also for one that says that all went well.

    Vacation replies, receipts (RFC 8098) and complaints (RFC 5965) are no bounces.
    """
    report = _report(mail, parts)
    fates = [fate for text in report.status_parts for fate in _fates(text)]
    if fates and all(fate.action in _DONE for fate in fates):
        return None
    failed = [fate for fate in fates if fate.action not in _DONE and fate.recipient]
    if failed:
        return _from_fates(failed, report)
    if _is_other_report(mail):
        return None
    exim = tuple(_ADDRESS.findall(" ".join(mail.all_headers("X-Failed-Recipients"))))
    if exim or report.status_parts:
        told = any(address.lower() in report.notice.lower() for address in exim)
        return _from_words(exim if told else _recipients(mail, report, message) or exim, report, mail)
    if not _speaks_as_server(mail, report):
        return None
    return _from_words(_recipients(mail, report, message), report, mail)


def _report(mail: Mail, parts: tuple[Part, ...]) -> _Report:
    status = [
        _text(part) for part in parts if part.declared in {"message/delivery-status", "message/global-delivery-status"}
    ]
    returned = [
        _text(part)
        for part in parts
        if part.message is not None
        or part.declared in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}
    ]
    notice, rest = notice_of(mail.text)
    return _Report(notice=notice, rest=rest, status_parts=tuple(status), returned="\n".join(returned) or rest)


def _text(part: Part) -> str:
    return decode(part.content[:_REPORT_LIMIT], part.charset)[0].replace("\r\n", "\n").replace("\r", "\n")


def _fates(text: str) -> Iterator[_Fate]:
    """The recipient fields of message/delivery-status (RFC 3464 §2.3), in groups set apart by empty lines."""
    for group in re.split(r"\n[ \t]*\n", re.sub(r"\n[ \t]+", " ", text))[: _RECIPIENT_LIMIT * 2]:
        fields = {
            name.strip().lower(): value.strip()
            for name, colon, value in (line.partition(":") for line in group.split("\n"))
            if colon
        }
        written_to = _address(fields, "original-recipient")
        recipient = _failing(written_to, _address(fields, "final-recipient", "x-actual-recipient"))
        action = re.match(r"\w+", fields.get("action", "").lower())
        status = _STATUS.search(fields.get("status", "") + " " + fields.get("diagnostic-code", ""))
        if recipient or (action and "status" in fields):
            yield _Fate(recipient, written_to, action[0] if action else "failed", status[0] if status else "")


def _failing(written_to: str, final: str) -> str:
    """The address that was written to, unless another organisation failed to which it was passed on from there."""
    if not final or not written_to:
        return final or written_to
    first, last = written_to.rpartition("@")[2], final.rpartition("@")[2]
    within = "." not in last or first == last or last.endswith(f".{first}") or first.endswith(f".{last}")
    return written_to if within else final


def _address(fields: dict[str, str], *names: str) -> str:
    """The address in the first of these fields that holds one, without its type (RFC 3464 §2.3.1, §2.3.2)."""
    for name in names:
        value = fields.get(name, "")
        if found := _ADDRESS.search(value.partition(";")[2] or value):
            return found[0].strip(".").lower()
    return ""


def _from_fates(failed: list[_Fate], report: _Report) -> Bounce:
    final = [fate for fate in failed if not fate.passes]
    counted = final or failed
    return Bounce(
        recipients=_each_once(fate.recipient for fate in counted),
        permanent=bool(final),
        written_to=_each_once(fate.written_to for fate in counted if fate.written_to not in ("", fate.recipient)),
        status=next((fate.status for fate in counted if fate.status), None),
        original_message_id=quoted_message_id(report.returned),
    )


def _from_words(recipients: tuple[str, ...], report: _Report, mail: Mail) -> Bounce:
    status = status_in(report.notice) or next((code for text in report.status_parts if (code := status_in(text))), None)
    passing = is_passing(f"{mail.subject}\n{report.notice}", status)
    return Bounce(
        recipients=_each_once(address.lower().strip(".") for address in recipients),
        permanent=not passing,
        status=status,
        original_message_id=quoted_message_id(report.returned),
    )


def _each_once(addresses: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))[:_RECIPIENT_LIMIT]


def _is_other_report(mail: Mail) -> bool:
    kind = (mail.header("Content-Type") or "").lower()
    refused = "reject" in (mail.header("Auto-Submitted") or "").lower()  # Dovecot's Sieve refuses by a receipt
    return ("disposition-notification" in kind and not refused) or "feedback-report" in kind


def _speaks_as_server(mail: Mail, report: _Report) -> bool:
    """Whether this is a server's notice: who sent it together with its subject or its words.

    Words alone never do: people write "mail delivery failed" and paste a notice when they ask for help.
    """
    if is_absence(mail.subject):
        return False
    if ANSWERED.match(mail.subject):
        return is_notice_subject(mail.subject) and not mail.in_reply_to and is_all_notice(mail.text)
    local = mail.sender.address.partition("@")[0] if mail.sender else ""
    subject, words = is_notice_subject(mail.subject), is_notice(report.notice)
    bounced_by = (mail.return_path or "").partition("@")[0]
    if not local or _SERVERS.match(local) or _SERVERS.match(bounced_by):
        return subject or words
    if mail.return_path == "":
        return subject or (words and not _answers_by_itself(mail))
    return subject and words and _is_machine(mail, local)


def _answers_by_itself(mail: Mail) -> bool:
    """Autoresponders and those that ask for a confirmation name what they answer (RFC 3834 §3.1.5); few servers do."""
    replied = (mail.header("Auto-Submitted") or "").strip().lower().startswith("auto-replied")
    return replied and bool(mail.in_reply_to or mail.references)


def _is_machine(mail: Mail, local: str) -> bool:
    name = mail.sender.name if mail.sender else ""
    submitted = (mail.header("Auto-Submitted") or "no").strip().lower()
    return bool(_ROLES.match(local) or _SERVER_NAMES.search(name)) or not submitted.startswith("no")


def _recipients(mail: Mail, report: _Report, message: Message) -> tuple[str, ...]:
    """Whom the notice calls failed, else whom flufl.bounce finds, else whom the notice or the returned mail names."""
    strangers = {one.address for one in mail.to} | ({mail.sender.address} if mail.sender else set())
    returned = quoted_recipients(report.returned)
    known = frozenset(strangers - set(returned))
    return (
        named_recipients(report.notice, known)
        or tuple(_by_flufl(message, mail))
        or mentioned_recipients(report.notice, known)
        or returned
    )


def _by_flufl(message: Message, mail: Mail) -> Iterator[str]:
    """flufl.bounce knows dozens of old formats; it gives octets or text, and addresses only."""
    # Its detectors take for granted that From names somebody, and it logs where that fails.
    if len(mail.text) > _FLUFL_LIMIT or not getaddresses([str(message.get("From", ""))]):
        return
    try:
        passing, final = all_failures(message)
    except _FLUFL_FAILS:
        return
    for address in sorted(
        str(one, "ascii", "replace") if isinstance(one, bytes) else str(one) for one in (*final, *passing)
    ):
        if "@" in address:
            yield address
