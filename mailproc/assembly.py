"""From settings to working parts: the store, the letters, the mailboxes, the carrier."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from os import getpid
from socket import gethostname
from typing import assert_never

import structlog

from mailproc.adapters.blobs import Blobs, FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine, refuse_second_daemon, sqlite_file
from mailproc.adapters.imap import ImapMailbox, ImapSettings
from mailproc.adapters.ledger import Ledger
from mailproc.adapters.maildir import MaildirCarrier, MaildirMailbox
from mailproc.adapters.rosters import Rosters
from mailproc.adapters.schema import WrongSchema, check_schema, migrate
from mailproc.adapters.smtp import SmtpCarrier, SmtpSettings
from mailproc.adapters.store import SqlStore
from mailproc.adapters.templates import load_templates
from mailproc.config import ConfigurationMistakes, Settings, models
from mailproc.desk.directory import stand_ins
from mailproc.pipeline import Desk
from mailproc.ports import Carrier, Clock, Listener, Mailbox
from mailproc.queues import Unavailable
from mailproc.reading.sender import Seal
from mailproc.writing.letter import Stationer

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A whole mailproc, ready for work."""

    settings: Settings
    store: SqlStore
    desk: Desk
    mailboxes: tuple[Mailbox, ...]
    carrier: Carrier
    clock: Clock


@contextmanager
def open_store(settings: Settings) -> Iterator[SqlStore]:
    """The store alone, its tables up to date: for commands that look or mend. Raises Unavailable."""
    file = settings.file
    engine = open_engine(file.database_url, file.data_dir)
    try:
        migrate(engine)
        holder = f"{gethostname()}/{getpid()}"
        yield SqlStore(engine, _blobs(settings), sr_number=file.sr_number, holder=holder, lease=file.lease)
    finally:
        engine.dispose()


def relied_on_in_vain(settings: Settings) -> tuple[str, ...]:
    """What open requests rely on and the configuration no longer names, in words; nothing where there is no store yet.

    Only looks: the tables of a daemon at work are left as they are. Raises Unavailable.
    """
    url = settings.file.database_url
    file = sqlite_file(url)
    if file and not file.exists():
        return ()
    engine = open_engine(url, settings.file.data_dir)
    try:
        check_schema(engine)
        return tuple(stand_ins(settings.office(), Ledger(engine, _blobs(settings)).relied_on()))
    except WrongSchema:
        return ()
    finally:
        engine.dispose()


@contextmanager
def open_parts(settings: Settings, clock: Clock, listener: Listener) -> Iterator[Parts]:
    """Everything, for work. Raises Unavailable, also where another daemon works on the same SQLite store."""
    with ExitStack() as stack:
        settings.file.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = refuse_second_daemon(settings.file.database_url)
        stack.callback(lock.release)
        store = stack.enter_context(open_store(settings))
        if sqlite_file(settings.file.database_url):
            store.take_over()  # we hold the lock: whoever had leases is dead
        seal = Seal(store.secret())
        mailboxes = tuple(mailbox_of(box, settings, store) for box in settings.file.mailboxes)
        carrier = carrier_of(settings)
        for closing in (*mailboxes, carrier):
            stack.callback(closing.close)
        stack.callback(_release, mailboxes, store)
        desk = Desk(
            store=store,
            stationery=Stationer(load_templates(settings.file.templates_dir), seal),
            seal=seal,
            staffing=Rosters(settings.office(), settings.rosters, settings.kept_rosters),
            clock=clock,
            listener=listener,
        )
        for words in stand_ins(desk.office, store.ledger.relied_on()):
            log.warning("stand-in", why=words)
        yield Parts(settings=settings, store=store, desk=desk, mailboxes=mailboxes, carrier=carrier, clock=clock)


def mailbox_of(
    box: models.MaildirMailbox | models.ImapMailbox, settings: Settings, store: SqlStore
) -> MaildirMailbox | ImapMailbox:
    """The mailbox that this table of the configuration describes."""
    match box:
        case models.MaildirMailbox():
            return _maildir(box)
        case models.ImapMailbox():
            return ImapMailbox(_imap(box, settings), store)
        case _:
            assert_never(box)


def carrier_of(settings: Settings) -> MaildirCarrier | SmtpCarrier:
    """The carrier that the configuration describes."""
    match settings.file.outgoing:
        case models.MaildirOutgoing() as outgoing:
            return MaildirCarrier(outgoing.path)
        case models.SmtpOutgoing() as outgoing:
            return SmtpCarrier(
                SmtpSettings(
                    host=outgoing.host,
                    port=outgoing.port,
                    security=outgoing.security,
                    username=outgoing.username,
                    password=partial(_password, settings, outgoing),
                    ca_file=outgoing.ca_file,
                )
            )


def _maildir(box: models.MaildirMailbox) -> MaildirMailbox:
    return MaildirMailbox(
        name=box.name,
        path=box.path,
        after=box.after,
        move_to=box.move_to or None,
        everything=box.first_run == "everything",
        max_bytes=box.max_bytes,
    )


def _imap(box: models.ImapMailbox, settings: Settings) -> ImapSettings:
    return ImapSettings(
        name=box.name,
        host=box.host,
        port=box.port,
        username=box.username,
        password=partial(_password, settings, box),
        security=box.security,
        ca_file=box.ca_file,
        folders=box.all_folders,
        after=box.after,
        move_to=box.move_to or None,
        first_run=box.first_run,
        max_bytes=box.max_bytes,
    )


def _password(settings: Settings, login: models.Login) -> str:
    """A password that has gone since the start makes its server absent, and comes back with the password."""
    try:
        return settings.secret_of(login)
    except ConfigurationMistakes as trouble:
        raise Unavailable(str(trouble)) from None


def _blobs(settings: Settings) -> Blobs:
    """Raw mail lies where every daemon of this store can read it."""
    file = settings.file
    if file.shared_storage:
        return FileBlobs(file.shared_storage)
    return FileBlobs(file.data_dir / "mail") if sqlite_file(file.database_url) else TableBlobs()


def _release(mailboxes: tuple[Mailbox, ...], store: SqlStore) -> None:
    """Let others collect at once; where the store is absent, the leases end by themselves."""
    with suppress(Unavailable):
        for mailbox in mailboxes:
            store.release_mailbox(mailbox.name)
