"""Every message of the collections beside the repository: always an answer, and never a mail lost."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.installation import MAILDIR, SENT, Installation, mailproc

TEXT = str
OR_NOTHING = type(None)
SHAPE: dict[str, tuple[type, ...]] = {
    "file": (TEXT,),
    "message_id": (TEXT, OR_NOTHING),
    "date": (TEXT, OR_NOTHING),
    "subject": (TEXT,),
    "from": (dict, OR_NOTHING),
    "to": (list,),
    "cc": (list,),
    "origin": (TEXT,),
    "evidence": (list,),
    "bounce": (dict, OR_NOTHING),
    "text": (TEXT,),
    "reply": (TEXT,),
    "attachments": (list,),
    "damage": (list,),
    "kind": (TEXT,),
    "level": (dict,),
    "requirements": (dict,),
    "missing": (list,),
    "sr_numbers": (list,),
    "commands": (list,),
}
ORIGINS = {"person", "auto-reply", "bounce", "list", "bulk", "spam", "loop"}
KINDS = {"problem", "question", "enhancement", "third-party", "escalation"}
FILE_KINDS = {
    "show-tech-support",
    "cos-tech-support",
    "log-messages",
    "console-output",
    "packet-trace",
    "routing",
    None,
}


def test_inspect_answers_for_every_file_in_the_shape_that_scripts_rely_on(collected_mails: list[Path]) -> None:
    said = mailproc("inspect", "--json", *(str(path) for path in collected_mails))
    assert said.code == 0, said.err
    assert [one["file"] for one in said.objects] == [str(path) for path in collected_mails]
    assert {one["file"]: why for one in said.objects if (why := misshapen(one))} == {}


def test_every_message_is_opened_joined_or_set_aside_with_a_reason(collected_mails: list[Path], tmp_path: Path) -> None:
    installation = Installation(tmp_path).configured(MAILDIR.format(name="xseries"), SENT)
    installation.drop(*(path.read_bytes() for path in collected_mails))
    names = {path.name for path in (tmp_path / "xseries" / "new").iterdir()}

    said = installation.mailproc("run", "--once")
    assert said.code == 0, said.err

    filed = filed_mails(installation)
    copies = copies_aside(installation, names)
    aside = {one["key"]: one["why"] for one in installation.mailproc("quarantine", "list", "--json").objects}
    assert all(aside.values()), "set aside with a reason"
    assert not filed.keys() & aside.keys()
    assert set(filed) | set(aside) | copies == {f"xseries/{name}" for name in names}
    assert set(Counter(filed.values())) <= {"opened", "joined"}
    assert [why for why in aside.values() if why.startswith("unexpected")] == []


def filed_mails(installation: Installation) -> dict[str, str]:
    """What became of every mail that belongs to a request, by its key."""
    with installation.store() as store:
        numbers = [one.number for one in store.ledger.requests()]
        mails = [mail for number in numbers for mail in store.ledger.mails_of(number) if mail.outcome != "set aside"]
    return {mail.key: mail.outcome for mail in mails}


def copies_aside(installation: Installation, names: set[str]) -> set[str]:
    """Mails set aside that wait for nobody any more, since a better copy of each was filed."""
    with installation.store() as store:
        known = (store.ledger.mail(f"xseries/{name}") for name in names)
        return {one.key for one in known if one is not None and one.outcome == "set aside" and one.number is None}


def misshapen(answer: dict[str, Any]) -> str:
    """What is wrong with an answer of `inspect --json`; empty where nothing is."""
    for key, kinds in SHAPE.items():
        if key not in answer or not isinstance(answer[key], kinds):
            return key
    people = [*answer["to"], *answer["cc"], *([answer["from"]] if answer["from"] else [])]
    checks = {
        "origin": answer["origin"] in ORIGINS,
        "evidence": all_texts(answer["evidence"]),
        "kind": answer["kind"] in KINDS,
        "people": all({"name", "address"} <= one.keys() and all_texts(one.values()) for one in people),
        "date": answer["date"] is None or is_instant(answer["date"]),
        "bounce": answer["bounce"] is None or is_bounce(answer["bounce"]),
        "attachments": all(is_attachment(one) for one in answer["attachments"]),
        "level": is_level(answer["level"]),
        "requirements": all(is_requirement(one) for one in answer["requirements"].values()),
        "missing": answer["missing"] == still_missing(answer["requirements"]),
        "lists": all_texts((*answer["damage"], *answer["missing"], *answer["sr_numbers"], *answer["commands"])),
    }
    return ", ".join(name for name, good in checks.items() if not good)


def still_missing(requirements: dict[str, Any]) -> list[str]:
    return [item for item, one in requirements.items() if not one["met"] and not one["optional"]]


def all_texts(values: Any) -> bool:
    return all(isinstance(one, str) for one in values)


def is_instant(text: str) -> bool:
    return datetime.fromisoformat(text).utcoffset() is not None and text.endswith("+00:00")


def is_bounce(one: dict[str, Any]) -> bool:
    original = one["original_message_id"]
    return (
        all_texts(one["recipients"]) and isinstance(one["permanent"], bool) and isinstance(original, str | OR_NOTHING)
    )


def is_attachment(one: dict[str, Any]) -> bool:
    named = all_texts((one["name"], one["type"])) and isinstance(one["size"], int)
    placed = all(isinstance(one[key], str | OR_NOTHING) for key in ("inside", "host"))
    return named and placed and one["kind"] in FILE_KINDS


def is_level(one: dict[str, Any]) -> bool:
    return one["stated"] in {None, 1, 2, 3, 4} and one["suggested"] in {1, 2, 3, 4} and isinstance(one["because"], str)


def is_requirement(one: dict[str, Any]) -> bool:
    told = isinstance(one["evidence"], str | OR_NOTHING)
    return told and isinstance(one["met"], bool) and isinstance(one["optional"], bool)
