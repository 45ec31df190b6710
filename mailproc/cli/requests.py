"""`mailproc sr` and `explain`: service requests as people and scripts see them."""

import os
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any

import typer

from mailproc.adapters.clock import SystemClock
from mailproc.adapters.records import FiledMail, OutboxLetter, RequestSummary
from mailproc.adapters.store import SqlStore
from mailproc.assembly import open_store
from mailproc.cli.aims import goal_json, goal_line
from mailproc.cli.output import instant, say, say_json, table
from mailproc.config import ConfigurationMistakes, Settings, find_config, read_settings
from mailproc.desk.clocks import ClockAccount, accounts
from mailproc.desk.decision import Deadline
from mailproc.desk.events import ArrivedFile, HistoryEvent, LetterOrdered, LetterWithheld, Status
from mailproc.desk.goals import GoalAccount, goals
from mailproc.desk.request import ServiceRequest

app = typer.Typer(no_args_is_help=True, help="Service requests.")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="As 2-000000042.")]


@app.command("list")
def list_requests(
    context: typer.Context,
    status: Annotated[Status | None, typer.Option(help="Only those of this status.")] = None,
    as_json: Json = False,
) -> None:
    """Every service request, or those of one status."""
    with open_store(settings_of(context)) as store:
        found = list(store.ledger.requests(status))
    if as_json:
        for one in found:
            say_json(_summary(one))
        return
    rows = (
        (one.number, one.status, f"S{one.level}", one.customer, one.owner or "-", _due(one.next_due), one.subject)
        for one in found
    )
    for line in table(rows, ("number", "status", "level", "customer", "owner", "next due", "subject")):
        say(line)


@app.command("show")
def show_request(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """One service request with its whole history."""
    settings = settings_of(context)
    with open_store(settings) as store:
        summary, request = _found(store, number)
        clocks = _clocks(request, settings)
        whole = {
            **_summary(summary),
            "history": [_event(one) for one in request.history],
            "clocks": {one.clock: _clock(one) for one in clocks},
            "goals": [goal_json(one) for one in _goals(request, settings)],
            "missed_updates": [instant(one) for one in request.missed_updates],
            "requirements": _requirements(request, settings),
            "files": [_file(one) for one in request.files],
            "letters": [_letter(one) for one in store.ledger.letters_of(number)],
            "mails": [_mail(one) for one in store.ledger.mails_of(number)],
        }
    if as_json:
        say_json(whole)
        return
    for line in _in_words(whole):
        say(line)


def explain(context: typer.Context, number: Number, as_json: Json = False) -> None:
    """Each clock's account, and the reason of each letter sent and each letter withheld."""
    settings = settings_of(context)
    with open_store(settings) as store:
        _, request = _found(store, number)
        states = {one.letter.key: one for one in store.ledger.letters_of(number)}
    letters = [_account_of(one, states) for one in request.history if isinstance(one, LetterOrdered | LetterWithheld)]
    clocks, aims = _clocks(request, settings), _goals(request, settings)
    missed = request.missed_updates
    if as_json:
        told = {"clocks": {one.clock: _clock(one) for one in clocks}, "goals": [goal_json(one) for one in aims]}
        say_json({"number": number, **told, "missed_updates": [instant(one) for one in missed], "letters": letters})
        return
    for clock in clocks:
        say(f"{clock.clock} ({clock.target}): {clock.state}")
        for line in clock.account:
            say(f"  {line}")
    if missed:
        say(f"updates missed: {len(missed)}, the last one due {missed[-1]:%Y-%m-%d %H:%M} UTC")
    for aim in aims:
        say(goal_line(aim))
    for letter in letters:
        say(f"{letter['at']}  {letter['template']} {letter['state']}: {', '.join(letter['to'])}")
        say(f"  because {letter['because']}")


def settings_of(context: typer.Context) -> Settings:
    """The settings of the configuration that the command was given."""
    return read_settings(find_config(context.obj, os.environ), os.environ)


def _found(store: SqlStore, number: str) -> tuple[RequestSummary, ServiceRequest]:
    request, summary = store.ledger.request(number), store.ledger.summary(number)
    if request is None or summary is None:
        raise ConfigurationMistakes([f"{number}: there is no such service request; see: mailproc sr list"])
    return summary, request


def _clocks(request: ServiceRequest, settings: Settings) -> tuple[ClockAccount, ...]:
    office = settings.office()
    return accounts(request, office.policies[request.policy], office.regions[request.region], SystemClock()())


def _goals(request: ServiceRequest, settings: Settings) -> tuple[GoalAccount, ...]:
    office = settings.office()
    return goals(request, office.policies[request.policy], office.regions[request.region])


def _summary(one: RequestSummary) -> dict[str, Any]:
    return {
        "number": one.number,
        "subject": one.subject,
        "status": one.status,
        "policy": one.policy,
        "mailbox": one.mailbox,
        "level": one.level,
        "region": one.region,
        "customer": one.customer,
        "organisation": one.organisation,
        "owner": one.owner,
        "opened": instant(one.opened),
        "engaged": instant(one.engaged),
        "missing": list(one.missing),
        "next_due": {"clock": one.next_due.clock, "due": instant(one.next_due.due)} if one.next_due else None,
        "kind": one.kind,
        "flags": list(one.flags),
    }


def _requirements(request: ServiceRequest, settings: Settings) -> dict[str, Any]:
    policy = settings.office().policies[request.policy]
    supplied = dict(request.supplied)
    return {
        one.id: {
            "met": one.id in supplied,
            "optional": one.optional,
            "evidence": supplied.get(one.id),
            "waived": one.id in request.waived,
        }
        for one in policy.requirements
    }


def _event(event: HistoryEvent) -> dict[str, Any]:
    """An event as it stands in the history; moments as instants, everything else as it is."""
    return {one.name: _plain(getattr(event, one.name)) for one in fields(event)}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _file(value) if isinstance(value, ArrivedFile) else value


def _file(one: ArrivedFile) -> dict[str, Any]:
    return {field.name: _plain(getattr(one, field.name)) for field in fields(one)}


def _clock(one: ClockAccount) -> dict[str, Any]:
    return {"due": instant(one.due), "target": one.target, "state": one.state, "account": list(one.account)}


def _letter(one: OutboxLetter) -> dict[str, Any]:
    letter = one.letter
    return {
        "key": letter.key,
        "template": letter.template,
        "to": list(letter.recipients),
        "subject": letter.subject,
        "message_id": letter.message_id,
        "state": one.state,
        "because": letter.because,
        "ordered": instant(one.ordered_at),
        "sent": instant(one.sent_at),
        "why": one.why or None,
    }


def _mail(one: FiledMail) -> dict[str, Any]:
    return {
        "key": one.key,
        "mailbox": one.mailbox,
        "message_id": one.message_id,
        "from": one.sender,
        "origin": one.origin,
        "outcome": one.outcome,
        "reason": one.reason,
        "arrived": instant(one.arrived),
        "filed": instant(one.filed_at),
    }


def _account_of(event: LetterOrdered | LetterWithheld, states: dict[str, OutboxLetter]) -> dict[str, Any]:
    state, why = "withheld", None
    if isinstance(event, LetterOrdered):
        letter = states.get(event.letter)
        state = letter.state if letter else "ordered"
        why = letter.why or None if letter else None
    return {
        "at": instant(event.at),
        "template": event.template,
        "to": list(event.to),
        "state": state,
        "because": event.because,
        "why": why,
    }


def _in_words(whole: dict[str, Any]) -> Iterator[str]:
    yield f"{whole['number']}  {whole['subject']}"
    yield f"  {whole['status']}, level {whole['level']}, {whole['kind']}, {whole['policy']}, region {whole['region']}"
    yield f"  customer {whole['customer']}, owner {whole['owner'] or 'nobody'}"
    yield f"  opened {whole['opened']}, engaged {whole['engaged'] or 'not yet'}"
    if whole["flags"]:
        yield f"  flags: {', '.join(whole['flags'])}"
    yield "Required"
    for item, one in whole["requirements"].items():
        mark = "+" if one["met"] else ("o" if one["optional"] or one["waived"] else "-")
        yield f"  {mark} {item:<20} {one['evidence'] or ''}".rstrip()
    yield "Clocks"
    for name, clock in whole["clocks"].items():
        yield f"  {name:<12} {clock['state']:<9} {clock['target']:<18} due {clock['due'] or '-'}"
    if whole["missed_updates"]:
        yield f"  updates missed: {len(whole['missed_updates'])}, the last one due {whole['missed_updates'][-1]}"
    for aim in whole["goals"]:
        yield f"  {aim['goal']}: {aim['target']}, due {aim['latest'] or '-'}"
    yield "History"
    for event in whole["history"]:
        details = {name: value for name, value in event.items() if name not in ("at", "who", "type") and value}
        words = ", ".join(f"{name} {_short(value)}" for name, value in details.items())
        yield f"  {event['at']}  {event['type']} by {event['who']}: {words}".rstrip(": ")


def _short(value: object) -> str:
    text = ", ".join(_short(one) for one in value) if isinstance(value, list) else str(value)
    if isinstance(value, dict):
        text = str(value.get("name", ""))
    return text if len(text) <= 100 else f"{text[:99]}…"


def _due(deadline: Deadline | None) -> str:
    return f"{deadline.clock} {deadline.due:%d %b %H:%M} UTC" if deadline else "-"
