"""What can be typed: each command, its options, and what it prints."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mailproc import daemon
from mailproc.adapters import templates
from mailproc.adapters.clock import SimulatedClock, SystemClock
from mailproc.adapters.database import sqlite_file
from mailproc.adapters.rosters import roster_troubles
from mailproc.assembly import open_parts, open_store, relied_on_in_vain
from mailproc.cli import accuracy as labelled
from mailproc.cli import requests, waiting
from mailproc.cli.aims import goal_json, goal_line
from mailproc.cli.checking import connections, unmanned, untold
from mailproc.cli.inspection import in_words, inspection
from mailproc.cli.output import instant, say, say_json, tell
from mailproc.cli.previewing import preview
from mailproc.config import (
    ConfigurationMistakes,
    Settings,
    default_settings,
    find_config,
    load_policy,
    load_settings,
    read_settings,
    write_initial_config,
)
from mailproc.demo.story import tell as tell_the_story
from mailproc.desk.clocks import promised_deadlines
from mailproc.desk.goals import promised_goals
from mailproc.logbook import LogListener, start_logging
from mailproc.ports import Clock
from mailproc.queues import Refused, Unavailable
from mailproc.rounds import Count, work_until_nothing_waits

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Support by e-mail: mail in, service requests, letters out.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(requests.app, name="sr")
app.add_typer(waiting.outbox, name="outbox")
app.add_typer(waiting.quarantine, name="quarantine")
app.command()(requests.explain)
app.command()(preview)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for scripts.")]


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("-c", "--config", envvar="MAILPROC_CONFIG", help="The configuration; else ./config.toml."),
    ] = None,
) -> None:
    """Support by e-mail: mail in, service requests, letters out."""
    context.obj = config


@app.command()
def demo() -> None:
    """The whole story on sample mail in a temporary folder, in seconds; needs no server and no configuration."""
    start_logging("error")
    console = Console(highlight=False)
    folder = tell_the_story(console)
    letters = folder / "sent" / "new"
    console.print(f"\nThe letters lie in {letters}, one file each: open them with any mail client.", soft_wrap=True)
    console.print("Go on from here:")
    for command in ("sr list", "sr show 2-000000001", "explain 2-000000002", "outbox list", "quarantine list"):
        console.print(f"  {_program()} -c {folder / 'config.toml'} {command}", soft_wrap=True)
    console.print(f"For a mailbox of your own:  {_program()} init desk")


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path()) -> None:
    """Write a commented config.toml, ready for `run`; an existing one is left alone."""
    path = write_initial_config(folder)
    say(
        f"Wrote {path}. It reads the Maildir beside it and lays letters into another: put a mail into inbox/new and say"
    )
    say(f"  {_program()} -c {path} run --once")


@app.command()
def run(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="One round, until nothing waits.")] = False,
    now: Annotated[
        str | None, typer.Option("--now", metavar="T", help="Set the clock, as 2026-03-02T10:00:00+00:00; with --once.")
    ] = None,
) -> None:
    """The daemon; with --once one round: collect, receive, remind, send."""
    path = _path(context)
    if not once:
        if now is not None:
            raise ConfigurationMistakes(["--now needs --once: a daemon lives in the present"])
        start_logging(_load(path).file.log_level)
        daemon.run(lambda: _load(path))
        return
    settings = _load(path)
    start_logging("warning")
    count = _once(settings, _clock(settings, now))
    _report(count)


@app.command("check-config")
def check_config(
    context: typer.Context,
    connect: Annotated[bool, typer.Option("--connect", help="Log in to each server too.")] = False,
) -> None:
    """Every mistake of the configuration, policies and letters at once."""
    path = _path(context)
    settings = _load(path)
    if troubles_told := tuple(
        roster_troubles(settings.office(), settings.rosters, settings.kept_rosters, SystemClock()())
    ):
        raise ConfigurationMistakes(troubles_told)
    say(f"{path}: no mistakes.")
    for words in (*unmanned(settings), *untold(settings)):
        tell(f"{path}: {words}.")
    if connect or sqlite_file(settings.file.database_url):
        for words in relied_on_in_vain(settings):
            tell(f"{path}: {words}.")
    if connect:
        start_logging("error")
        troubles = 0
        for line, good in connections(settings):
            say(line)
            troubles += not good
        if troubles:
            raise Unavailable(f"{troubles} of the servers did not let us in")


@app.command()
def inspect(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Messages; - is standard input.")],
    policy: Annotated[str | None, typer.Option(help="The policy to judge by.")] = None,
    as_json: Json = False,
) -> None:
    """What mailproc makes of a message, touching nothing."""
    start_logging("critical")
    if context.obj is None:
        name = policy or "x-series"
        office = default_settings(name)
    else:
        office = read_settings(context.obj, os.environ).office()
        name = policy or next(iter(office.counters.values())).policy
    judged_by = office.policies.get(name) or load_policy(name)
    for file in files:
        found = inspection(file, _content(file), office, judged_by)
        if as_json:
            say_json(found)
            continue
        for line in in_words(found):
            say(line)


@app.command()
def accuracy(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Messages with labels.jsonl; docs/accuracy.md tells the format.")],
) -> None:
    """How well a folder of labelled mails is read: a table per requirement, and what was read wrongly."""
    policies = {} if context.obj is None else read_settings(context.obj, os.environ).office().policies
    result = labelled.score(folder, lambda name: policies.get(name) or load_policy(name, folder))
    for line in labelled.report(result):
        say(line)


@app.command()
def deadlines(
    context: typer.Context,
    policy: Annotated[str, typer.Option(help="The policy.")],
    level: Annotated[int, typer.Option(help="The severity level.")],
    opened: Annotated[str, typer.Option(metavar="T", help="When it was opened, as 2026-03-02T10:00:00+00:00.")],
    region: Annotated[str, typer.Option(help="The region, as the configuration names it.")],
    as_json: Json = False,
) -> None:
    """When each clock of such a request falls due, and how that was reckoned."""
    settings = read_settings(_path(context), os.environ)
    office = settings.office()
    if region not in office.regions:
        raise ConfigurationMistakes([f"--region {region}: known here: {', '.join(office.regions)}"])
    judged_by = office.policies.get(policy) or load_policy(policy)
    start = _moment(opened, "--opened")
    try:
        clocks = promised_deadlines(judged_by, level, start, office.regions[region])
    except ValueError as trouble:
        raise ConfigurationMistakes([f"--level {level}: {trouble}"]) from None
    found = {one.clock: {"due": instant(one.due), "target": one.target, "account": list(one.account)} for one in clocks}
    aims = promised_goals(judged_by, level, start, office.regions[region])
    if as_json:
        whole = {"policy": policy, "level": level, "region": region, "opened": instant(start), "clocks": found}
        say_json({**whole, "goals": [goal_json(one) for one in aims]})
        return
    for one in clocks:
        say(f"{one.clock}: {one.target}")
        for line in one.account:
            say(f"  {line}")
    for aim in aims:
        say(goal_line(aim))


def _program() -> str:
    """How this program was called, so that what is printed can be typed."""
    return sys.argv[0] if Path(sys.argv[0]).name == "mailproc" else "python -m mailproc"


def _path(context: typer.Context) -> Path:
    return find_config(context.obj, os.environ)


def _load(path: Path) -> Settings:
    return load_settings(path, os.environ, templates.mistakes)


def _clock(settings: Settings, now: str | None) -> Clock:
    if now is None:
        return SystemClock()
    moment = _moment(now, "--now")
    with open_store(settings) as store:
        latest = store.latest_instant()
    if latest is not None and moment < latest:
        raise ConfigurationMistakes(
            [f"--now {now}: something was recorded at {latest.isoformat()} already; the clock does not go back"]
        )
    return SimulatedClock(moment)


_YEARS = (1970, 2200)
"""Of the moments that are reckoned with: beyond them clocks and calendars end."""


def _moment(text: str, option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigurationMistakes([f"{option} {text}: write a moment such as 2026-03-02T10:00:00+00:00"]) from None
    if moment.tzinfo is None:
        raise ConfigurationMistakes([f"{option} {text}: say which zone, as in {text}+00:00"])
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise ConfigurationMistakes([f"{option} {text}: write a moment of the years {_YEARS[0]} to {_YEARS[1]}"])
    return moment.astimezone(UTC)


def _once(settings: Settings, clock: Clock) -> Count:
    with open_parts(settings, clock, LogListener()) as parts:
        return work_until_nothing_waits(parts)


def _report(count: Count) -> None:
    tell(
        f"{count.collected} collected, {count.filed} filed, {count.reminded} deadlines, {count.sent} letters sent, "
        f"{count.later} to be tried again, {count.quarantined} in quarantine"
    )
    if count.unavailable:
        raise Unavailable("\n".join(count.unavailable))
    if count.quarantined:
        raise Refused("something is in quarantine; see: mailproc quarantine list, mailproc outbox list")


def _content(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as trouble:
        raise ConfigurationMistakes([f"{file}: cannot be read: {trouble.strerror}"]) from None
