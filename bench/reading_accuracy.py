"""How well mail is read: a table per corpus, beside the libraries of the trade on the same data.

    python bench/reading_accuracy.py [FOLDER] [--misses]

FOLDER holds corpora as described in its README (messages, texts, expected.jsonl); by default ../shared/mails
beside this repository. Where the collections differ among themselves, either answer is right, whoever gives it: a
closing with a bare name, a device line and a rule at the end of the words may be left out or stay.
"""

import json
import logging
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from email_reply_parser import EmailReplyParser
from flufl.bounce import all_failures
from mailparser_reply import EmailReplyParser as MailReplyParser
from quotequail import unwrap

from mailproc.reading.mail import Mail
from mailproc.reading.parse import read

Answer = tuple[str, bool]
_LIBRARY_FAILS = (AttributeError, ValueError, TypeError, LookupError, UnicodeError, AssertionError, RecursionError)
_CLOSING = re.compile(r"(?:[^\W\d_]+(?:[ .][^\W\d_]+){0,3},?\n|[-/])[^\W\d_]+(?: [^\W\d_]+){0,2}")
_FOOTING = re.compile(r"^\s*(?:-- ?|[-_]{5,}|sent (?:from|with) .*)$", re.IGNORECASE | re.MULTILINE)
logging.getLogger("flufl.bounce").propagate = False  # it logs what it fails on, and raises it too
logging.getLogger("flufl.bounce").addHandler(logging.NullHandler())
_ALL_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "sv", "da", "ja"]


@dataclass(slots=True)
class Table:
    """Right and asked, by corpus and question and by who answers."""

    scores: dict[tuple[str, str], dict[str, list[bool]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    misses: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    def note(self, place: tuple[str, str], answers: list[Answer], file: str) -> None:
        for who, right in answers:
            self.scores[place][who].append(right)
            self.scores["ALL", place[1]][who].append(right)
            if who == "mailproc" and not right:
                self.misses.append(f"{place[1]:<14} {place[0]}/{file}")

    def print(self) -> None:
        libraries = ("flufl.bounce", "mail-parser-reply", "email-reply-parser", "quotequail")
        print(
            f"{'corpus':<24}{'question':<14}{'asked':>6}{'mailproc':>10}" + "".join(f"{name:>20}" for name in libraries)
        )
        for (corpus, question), by_whom in sorted(self.scores.items(), key=lambda item: (item[0][0] == "ALL", item[0])):
            cells = "".join(f"{_percent(by_whom.get(name)):>20}" for name in libraries)
            print(f"{corpus:<24}{question:<14}{len(by_whom['mailproc']):>6}{_percent(by_whom['mailproc']):>10}{cells}")
        ordered = sorted(self.seconds)
        print(
            f"{len(ordered)} messages, {len(self.exceptions)} exceptions; "
            f"median {median(ordered) * 1000:.1f} ms, slowest {ordered[-1]:.2f} s"
        )


def _percent(answers: list[bool] | None) -> str:
    return f"{100 * sum(answers) / len(answers):.0f} %" if answers else ""


def _folded(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    return "".join(text.split())


def _mail_of(path: Path) -> bytes:
    """A body of a reply, wrapped as a mail."""
    if path.suffix == ".eml":
        return path.read_bytes()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ann@customer.example", "support@vendor.example", "Re: it"
    mail.set_content(
        path.read_bytes().decode("utf-8", "replace"),
        subtype="html" if path.suffix == ".html" else "plain",
        cte="base64",
    )
    return mail.as_bytes()


def _reply_libraries(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".html":
        return
    text = read(_mail_of(path)).text
    answers: dict[str, Callable[[], str | None]] = {
        "mail-parser-reply": lambda: str(MailReplyParser(languages=_ALL_LANGUAGES).parse_reply(text=text) or ""),
        "email-reply-parser": lambda: str(EmailReplyParser.parse_reply(text)),
        "quotequail": lambda: str((unwrap(text) or {}).get("text_top", text)),
    }
    for name, answer in answers.items():
        try:
            yield name, answer() or ""
        except _LIBRARY_FAILS:
            yield name, ""


def _flufl(path: Path) -> frozenset[str] | None:
    try:
        passing, final = all_failures(message_from_bytes(path.read_bytes()))
    except _LIBRARY_FAILS:
        return None
    return frozenset(
        (one.decode("ascii", "replace") if isinstance(one, bytes) else one).lower() for one in (*passing, *final)
    )


def _of_bounces(mail: Mail, expect: dict[str, Any], path: Path) -> Iterator[tuple[str, list[Answer]]]:
    if any(row.get("reason") in {"feedback", "delivered", "vacation"} for row in expect.get("rows", [])):
        expect = {"bounce": False}
    recipients = frozenset(address.lower() for address in expect.get("recipients") or [])
    bounced = expect.get("bounce", bool(recipients) or None)
    found = _flufl(path)
    if bounced is not None:
        if bounced:
            yield "origin", [("mailproc", mail.origin.kind == "bounce")]
        yield (
            "is a bounce",
            [("mailproc", (mail.origin.kind == "bounce") == bounced), ("flufl.bounce", bool(found) == bounced)],
        )
    if recipients:
        ours = frozenset(mail.bounce.recipients) if mail.bounce else frozenset()
        yield "recipients", [("mailproc", ours == recipients), ("flufl.bounce", found == recipients)]
    permanent = _permanent(expect)
    if permanent is not None:
        yield "permanent", [("mailproc", mail.bounce is not None and mail.bounce.permanent == permanent)]


def _permanent(expect: dict[str, Any]) -> bool | None:
    if "temporary" in expect and expect.get("recipients"):
        return not expect["temporary"]
    statuses = {row["status"][:1] for row in expect.get("rows", []) if row.get("status")}
    return "5" in statuses if statuses in ({"4"}, {"5"}) else None


def _of_parse(mail: Mail, expect: dict[str, Any], _path: Path) -> Iterator[tuple[str, list[Answer]]]:
    if "subject" in expect:
        yield (
            "subject",
            [("mailproc", _folded(mail.subject) == _folded(unicodedata.normalize("NFC", expect["subject"] or "")))],
        )
    if expect.get("from"):
        yield "from", [("mailproc", (mail.sender.address if mail.sender else "") == _address_in(expect["from"]))]
    if expect.get("message_id"):
        yield "message-id", [("mailproc", mail.message_id == expect["message_id"])]
    if expect.get("text") and isinstance(expect["text"], list):
        yield "text", [("mailproc", all(_bare(text)[:2000] in _bare(mail.text) for text in expect["text"]))]
    if expect.get("text_nowhitespace"):
        yield "text", [("mailproc", _bare(expect["text_nowhitespace"])[:2000] in _bare(mail.text))]
    yield from _of_attachments(mail, expect)


def _of_attachments(mail: Mail, expect: dict[str, Any]) -> Iterator[tuple[str, list[Answer]]]:
    own = [one for one in mail.attachments if one.inside is None]
    if "attachment_count" in expect:
        yield "attachments", [("mailproc", len(own) == expect["attachment_count"])]
    digests = [one["sha256"] for one in expect.get("attachments") or [] if one.get("sha256") and one.get("filename")]
    if digests:
        yield "attachments", [("mailproc", set(digests) <= {one.digest for one in mail.attachments})]


def _address_in(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("email")
    while isinstance(value, list):
        value = value[-1] if value and isinstance(value[-1], str) else value[0]
    return str(value or "").lower().rpartition("<")[2].rstrip(">")


def _of_automatic(mail: Mail, expect: dict[str, Any], path: Path) -> Iterator[tuple[str, list[Answer]]]:
    if "auto" in expect:
        yield "automatic", [("mailproc", (mail.origin.kind != "person") == expect["auto"])]
    if "bounce" in expect:
        yield from _of_bounces(mail, expect, path)


def _of_replies(mail: Mail, expect: dict[str, Any], path: Path) -> Iterator[tuple[str, list[Answer]]]:
    yield "origin", [("mailproc", mail.origin.kind == "person")]
    answers = [("mailproc", mail.reply), *_reply_libraries(path)]
    if "visible" in expect:
        right = {_folded(expect["visible"]), _folded(_FOOTING.split(expect["visible"])[0])}
        yield "reply exact", [(who, _folded(text) in right) for who, text in answers]
    if "visible_text_nowhitespace" in expect:
        yield "reply exact", [(who, _bare(text) == expect["visible_text_nowhitespace"]) for who, text in answers]
    if expect.get("untouched"):
        yield "reply exact", [(who, _folded(text) == _folded(mail.text)) for who, text in answers]
    wanted, unwanted, patterns = (
        expect.get("contains", []),
        [one for one in expect.get("not_contains", []) if not _CLOSING.fullmatch(one)],
        expect.get("contains_re", []),
    )
    if wanted or unwanted or patterns:
        yield (
            "reply holds",
            [
                (
                    who,
                    all(one in text for one in wanted)
                    and not any(one in text for one in unwanted)
                    and all(re.search(one, text) for one in patterns),
                )
                for who, text in answers
            ],
        )


_QUESTIONS: dict[str, Callable[[Mail, dict[str, Any], Path], Iterator[tuple[str, list[Answer]]]]] = {
    "parse": _of_parse,
    "bounce": _of_bounces,
    "bounce-reference": _of_bounces,
    "auto": _of_automatic,
    "receive": _of_automatic,
    "reply": _of_replies,
    "reply-html": _of_replies,
    "reply-eml": _of_replies,
}


def measure(folder: Path) -> Table:
    """Every expectation of every corpus in the folder, answered by mailproc and by the libraries."""
    table = Table()
    for path in sorted(folder.glob("**/*.eml")):
        _read_timed(path, table)
    for listing in sorted(folder.glob("*/expected.jsonl")):
        for line in listing.read_text("utf-8").splitlines():
            case = json.loads(line)
            path = listing.parent / case["file"]
            questions = _QUESTIONS.get(case["kind"])
            for question, answers in questions(read(_mail_of(path)), case["expect"], path) if questions else ():
                table.note((listing.parent.name, question), answers, case["file"])
    for path in sorted(folder.glob("support/*.eml")):
        table.note(("support", "origin"), [("mailproc", read(path.read_bytes()).origin.kind == "person")], path.name)
    return table


def _read_timed(path: Path, table: Table) -> None:
    raw = path.read_bytes()
    before = process_time()
    try:
        read(raw)
    except Exception:  # noqa: BLE001  the very thing that is measured
        table.exceptions.append(str(path))
    table.seconds.append(process_time() - before)


def main() -> None:
    """Print the table, and with --misses what was answered wrongly."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    folder = Path(named[0]) if named else Path(__file__).parents[2] / "shared" / "mails"
    table = measure(folder)
    table.print()
    if "--misses" in sys.argv:
        print("\n".join(sorted(table.misses) + table.exceptions))


if __name__ == "__main__":
    main()
