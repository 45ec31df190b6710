"""The tables of config.toml one by one, so that a mistake in one of them hides none in the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from mailproc.config.kinds import Located, WrittenPath
from mailproc.config.lines import Loc
from mailproc.config.mistakes import Document
from mailproc.config.models import (
    CustomerKeys,
    DutyKeys,
    ImapMailbox,
    Mailbox,
    MaildirMailbox,
    MaildirOutgoing,
    Outgoing,
    RegionKeys,
    SmtpOutgoing,
    StaffKeys,
)

Value = TypeVar("Value")

_MAILBOX: TypeAdapter[MaildirMailbox | ImapMailbox] = TypeAdapter(Mailbox)
_OUTGOING: TypeAdapter[MaildirOutgoing | SmtpOutgoing] = TypeAdapter(Outgoing)
_REGION = TypeAdapter(RegionKeys)
_STAFF = TypeAdapter(StaffKeys)
_DUTY = TypeAdapter(DutyKeys)
_CUSTOMER = TypeAdapter(CustomerKeys)
_TEXT = TypeAdapter(str)
_WRITTEN_PATH: TypeAdapter[Path] = TypeAdapter(WrittenPath)
_PATH: TypeAdapter[Path] = TypeAdapter(Located)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Whatever could be read, each table of a list with its place.

    `region_names` also holds regions that are wrong in themselves: who names one of them makes no second mistake.
    """

    mailboxes: tuple[tuple[Loc, MaildirMailbox | ImapMailbox], ...] = ()
    outgoing: MaildirOutgoing | SmtpOutgoing | None = None
    regions: Mapping[str, RegionKeys] = field(default_factory=dict)
    region_names: tuple[str, ...] = ()
    staff: tuple[tuple[Loc, StaffKeys], ...] = ()
    duty: tuple[tuple[Loc, DutyKeys], ...] = ()
    customers: tuple[tuple[Loc, CustomerKeys], ...] = ()
    data_dir: Path | None = None
    database_url: str = field(default="", repr=False)
    templates_dir: Path | None = None
    shared_storage: Path | None = None
    customers_file: Path | None = None


def parts_of(document: Document) -> Parts:
    """Read every table for itself. What is wrong in one of them is told by reading the whole, not here."""
    reader = _Reader(document)
    written = document.data.get("regions")
    regions: Mapping[str, Any] = written if isinstance(written, dict) else {}
    sound = ((name, reader.read(_REGION, keys)) for name, keys in regions.items())
    return Parts(
        mailboxes=tuple(reader.each(_MAILBOX, "mailboxes")),
        outgoing=reader.at(_OUTGOING, "outgoing"),
        regions={name: keys for name, keys in sound if keys is not None},
        region_names=tuple(regions),
        staff=tuple(reader.each(_STAFF, "staff")),
        duty=tuple(reader.each(_DUTY, "duty")),
        customers=tuple(reader.each(_CUSTOMER, "customers")),
        data_dir=reader.at(_PATH, "data_dir"),
        database_url=reader.at(_TEXT, "database_url") or "",
        templates_dir=reader.at(_PATH, "templates_dir"),
        shared_storage=reader.at(_PATH, "shared_storage"),
        customers_file=reader.at(_WRITTEN_PATH, "customers_file"),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    document: Document

    def each(self, kind: TypeAdapter[Value], key: str) -> Iterator[tuple[Loc, Value]]:
        listed = self.document.data.get(key)
        for position, value in enumerate(listed if isinstance(listed, list) else ()):
            if (read := self.read(kind, value)) is not None:
                yield (key, position), read

    def at(self, kind: TypeAdapter[Value], key: str) -> Value | None:
        return self.read(kind, self.document.data.get(key))

    def read(self, kind: TypeAdapter[Value], value: Any) -> Value | None:  # noqa: ANN401 - whatever stood in the file
        try:
            return kind.validate_python(value, context={"folder": self.document.folder})
        except ValidationError:
            return None
