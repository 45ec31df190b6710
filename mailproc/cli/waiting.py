"""`mailproc outbox` and `mailproc quarantine`: what waits for a person."""

from typing import Annotated, Any

import typer

from mailproc.adapters.clock import SystemClock
from mailproc.adapters.records import OutboxLetter, Stranded
from mailproc.assembly import open_store
from mailproc.cli.output import instant, say, say_json, table
from mailproc.cli.requests import settings_of
from mailproc.config import ConfigurationMistakes

outbox = typer.Typer(no_args_is_help=True, help="Letters: those that wait, failed, were sent or dropped.")
quarantine = typer.Typer(
    no_args_is_help=True,
    help="What waits for a person: mails that were set aside, mails and deadlines that a fault stopped.",
)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="As `list` prints it.")]


@outbox.command("list")
def list_letters(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Those that were sent or dropped, too.")] = False,
    as_json: Json = False,
) -> None:
    """Letters that wait or failed."""
    with open_store(settings_of(context)) as store:
        shown = store.ledger.letters(*(() if everything else ("waiting", "leased", "failed")))
    if as_json:
        for one in shown:
            say_json(_letter(one))
        return
    rows = (
        (one.letter.key, one.state, one.letter.template, ", ".join(one.letter.recipients), one.why) for one in shown
    )
    for line in table(rows, ("key", "state", "letter", "to", "why")):
        say(line)


@outbox.command("show")
def show_letter(context: typer.Context, key: Key, as_json: Json = False) -> None:
    """One letter as it goes out, headers and all."""
    with open_store(settings_of(context)) as store:
        letter = store.ledger.letter(key)
    if letter is None:
        raise _no_letter(key)
    content = letter.letter.content.decode("utf-8", "replace")
    if as_json:
        say_json({**_letter(letter), "content": content})
        return
    say(content.replace("\r\n", "\n"))


@outbox.command("retry")
def retry_letter(context: typer.Context, key: Key) -> None:
    """Let a letter that failed or waits go at the next round."""
    with open_store(settings_of(context)) as store:
        if not store.ledger.retry_letter(key):
            raise _no_letter(key)
    say(f"{key}: goes at the next round")


@outbox.command("drop")
def drop_letter(context: typer.Context, key: Key) -> None:
    """A letter that failed or waits never goes; it stays listed with --all."""
    with open_store(settings_of(context)) as store:
        if not store.ledger.drop_letter(key, "dropped by the operator"):
            raise _no_letter(key)
    say(f"{key}: dropped")


@outbox.command("blocked")
def list_held_back(context: typer.Context, as_json: Json = False) -> None:
    """Addresses that letters are held back from: they failed for good, or had too many letters."""
    with open_store(settings_of(context)) as store:
        held = store.ledger.held_back(SystemClock()())
    if as_json:
        for one in held:
            until = instant(one.until)
            say_json({"address": one.address, "kind": one.kind, "because": one.because, "until": until})
        return
    rows = ((one.address, one.kind, f"{one.until:%Y-%m-%d %H:%M} UTC", one.because) for one in held)
    for line in table(rows, ("address", "kind", "until", "because")):
        say(line)


@outbox.command("release")
def release_address(
    context: typer.Context, address: Annotated[str, typer.Argument(metavar="ADDRESS", help="As `blocked` prints it.")]
) -> None:
    """Write again to an address whose letters came back."""
    with open_store(settings_of(context)) as store:
        if not store.ledger.release_address(address):
            message = f"{address}: no letters are held back from this address; see: mailproc outbox blocked"
            raise ConfigurationMistakes([message])
    say(f"{address}: is written to again")


@quarantine.command("list")
def list_mails(context: typer.Context, as_json: Json = False) -> None:
    """Mails that were set aside, mails and deadlines that a fault stopped, each with the reason."""
    with open_store(settings_of(context)) as store:
        mails = store.ledger.quarantined()
    if as_json:
        for one in mails:
            say_json(_mail(one))
        return
    rows = ((one.key, one.state, one.sender or "-", one.why) for one in mails)
    for line in table(rows, ("key", "state", "from", "why")):
        say(line)


@quarantine.command("show")
def show_mail(context: typer.Context, key: Key, as_json: Json = False) -> None:
    """One mail as it came, or what stops a deadline."""
    with open_store(settings_of(context)) as store:
        mail = next((one for one in store.ledger.quarantined() if one.key == key), None)
        raw = store.ledger.raw_mail(key)
    if mail is None:
        raise _no_mail(key)
    content = raw.decode("utf-8", "replace") if raw is not None else None
    if as_json:
        say_json({**_mail(mail), "content": content})
        return
    if mail.deadline is not None:
        say(f"{mail.why}\nIt fell due {mail.arrived:%Y-%m-%d %H:%M} UTC.")
        say(f"Once the cause is mended: mailproc quarantine retry {key}")
        return
    say(content if content is not None else f"{mail.why}\nThe mail itself lies in its mailbox still.")


@quarantine.command("retry")
def retry_mail(context: typer.Context, key: Key) -> None:
    """Read a mail again at the next round, one that was set aside as a person's; or act on a deadline again."""
    with open_store(settings_of(context)) as store:
        if store.ledger.retry_deadline(key):
            say(f"{key}: is acted on at the next round")
            return
        if not store.ledger.retry_mail(key, SystemClock()()):
            raise _no_mail(key)
    say(f"{key}: is read again at the next round")


@quarantine.command("drop")
def drop_mail(context: typer.Context, key: Key) -> None:
    """Take a mail off the list, of which the bytes are kept; or let a deadline pass unheeded."""
    with open_store(settings_of(context)) as store:
        if not store.ledger.drop_mail(key) and not store.ledger.drop_deadline(key):
            raise _no_mail(key)
    say(f"{key}: off the list")


def _letter(one: OutboxLetter) -> dict[str, Any]:
    letter = one.letter
    return {
        "key": letter.key,
        "state": one.state,
        "template": letter.template,
        "to": list(letter.recipients),
        "subject": letter.subject,
        "message_id": letter.message_id,
        "number": letter.number,
        "because": letter.because,
        "attempts": one.attempts,
        "ordered": instant(one.ordered_at),
        "next_try": instant(one.next_at),
        "sent": instant(one.sent_at),
        "why": one.why or None,
    }


def _mail(one: Stranded) -> dict[str, Any]:
    return {
        "key": one.key,
        "mailbox": one.mailbox,
        "state": one.state,
        "why": one.why,
        "from": one.sender or None,
        "message_id": one.message_id,
        "arrived": instant(one.arrived),
        "number": one.number,
        "deadline": one.deadline and {"clock": one.deadline.clock, "step": one.deadline.step},
    }


def _no_letter(key: str) -> ConfigurationMistakes:
    return ConfigurationMistakes([f"{key}: no letter that waits or failed has this key; see: mailproc outbox list"])


def _no_mail(key: str) -> ConfigurationMistakes:
    return ConfigurationMistakes(
        [f"{key}: nothing that waits for a person has this key; see: mailproc quarantine list"]
    )
