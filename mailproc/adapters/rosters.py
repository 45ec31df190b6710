"""Duty rosters in iCalendar files (RFC 5545): who is on call when, as the tools that plan it export them.

An event is a shift. Its ATTENDEE, or else its SUMMARY, names people of the staff, by address or by name; one who need
not take part (ROLE=OPT-PARTICIPANT), or whom a summary calls backup, is the backup. A file is looked at whenever the
roster is asked for, and read again once it has changed. One that cannot be read changes nothing: the last good one goes
on to hold, over a restart too, since a copy of it is kept beside the store.
"""

import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from mailproc.desk.directory import Duty, Office, StaffMember
from mailproc.desk.regions import from_local

_BEHIND: Final = timedelta(days=28)
_AHEAD: Final = timedelta(days=56)
"""How much of a calendar is laid out: digests look three weeks either way, clocks ahead."""
_MOST_BYTES: Final = 10 << 20
_TOO_OFTEN: Final = ("SECONDLY", "MINUTELY")
_UNREADABLE: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the readers of calendars raise for what is none."""
_PARTS: Final = re.compile(r"[/;|,\n]| and ")
_LABEL: Final = re.compile(r"^[^:]{1,40}:")
_BACKUP: Final = re.compile(r"\b(?:backup|secondary|second line)\b", re.IGNORECASE)

log = structlog.get_logger()


class RosterBroken(Exception):  # noqa: N818 - it tells a state of the file
    """A file from which no roster can be read; the words say what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The shifts of a calendar around a moment, and in words what of it serves nobody."""

    duties: tuple[Duty, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(slots=True)
class _Held:
    """What is known of one file: how it looked when it was last looked at, and the last good content of it."""

    looks: tuple[int, ...] | None = (-1,)
    good: bytes | None = None
    laid_out: date | None = None
    roster: Roster = field(default_factory=Roster)


class Rosters:
    """The office with its rosters as they stand by now.

    `files` are by region; `kept` is the folder of the last good copies. Asked by several threads.
    """

    def __init__(self, office: Office, files: Mapping[str, Path], kept: Path) -> None:
        self._office = office
        self._files = files
        self._kept = kept
        self._held = {region: _Held() for region in files}
        self._lock = threading.Lock()
        self._staffed = office

    def __call__(self, now: datetime) -> Office:
        if not self._files:
            return self._office
        with self._lock:
            changed = [self._looked_at(region, path, now) for region, path in self._files.items()]
            if any(changed):
                duties = tuple(duty for held in self._held.values() for duty in held.roster.duties)
                self._staffed = replace(self._office, calendar=duties)
            return self._staffed

    def _looked_at(self, region: str, path: Path, now: datetime) -> bool:
        held, looks = self._held[region], _looks_of(path)
        if looks == held.looks and held.laid_out == now.date():
            return False
        if looks != held.looks:
            held.looks = looks
            self._read_again(region, path, held, now)
        if held.good is not None:
            held.roster = read_roster(held.good, region, self._office, now)
        held.laid_out = now.date()
        return True

    def _read_again(self, region: str, path: Path, held: _Held, now: datetime) -> None:
        try:
            content = content_of(path)
            roster = read_roster(content, region, self._office, now)
        except RosterBroken as trouble:
            held.good = held.good or self._kept_copy(region, now)
            goes_on = "the last good one" if held.good else "the weekly shifts, or every duty manager"
            log.warning("roster-broken", region=region, file=str(path), why=str(trouble), on_call=goes_on)
            return
        if content != held.good:
            held.good = content
            _keep(self._kept / f"{region}.ics", content)
            log.info("roster-read", region=region, shifts=len(roster.duties))
        for why in roster.troubles:
            log.warning("roster-unclear", region=region, file=str(path), why=why)

    def _kept_copy(self, region: str, now: datetime) -> bytes | None:
        try:
            content = content_of(self._kept / f"{region}.ics")
            read_roster(content, region, self._office, now)
        except RosterBroken:
            return None
        return content


def roster_troubles(office: Office, files: Mapping[str, Path], kept: Path, now: datetime) -> Iterator[str]:
    """What is wrong in each region's file, worded; and what holds meanwhile."""
    for region, path in files.items():
        try:
            roster = read_roster(content_of(path), region, office, now)
        except RosterBroken as trouble:
            meanwhile = " The last good one holds meanwhile" if (kept / f"{region}.ics").is_file() else ""
            yield f"{path}: {trouble}.{meanwhile}"
            continue
        yield from (f"{path}: {why}" for why in roster.troubles)


def content_of(path: Path) -> bytes:
    """The bytes of a roster. Raises RosterBroken."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise RosterBroken(f"it is larger than {_MOST_BYTES >> 20} MB: export the roster alone")
        return path.read_bytes()
    except OSError as trouble:
        words = (trouble.strerror or type(trouble).__name__).lower()
        raise RosterBroken(f"it cannot be read ({words}): write the path of an iCalendar file") from None


def read_roster(content: bytes, region: str, office: Office, now: datetime) -> Roster:
    """The shifts of an iCalendar file from four weeks before `now` (aware) to eight after. Raises RosterBroken."""
    try:
        events = _events(content, now - _BEHIND, now + _AHEAD)
        read = [_read_event(event, region, office) for event in events]
    except _UNREADABLE as trouble:
        raise RosterBroken(f"it is no iCalendar file that can be read ({type(trouble).__name__})") from None
    return Roster(
        duties=tuple(sorted((duty for duties, _ in read for duty in duties), key=lambda one: (one.opens, one.who))),
        troubles=tuple(_first_of_each(zip(events, read, strict=True))),
    )


def _first_of_each(read: Iterable[tuple[Any, tuple[object, str]]]) -> Iterator[str]:
    """The trouble of each event, told once however often it recurs."""
    told: set[str] = set()
    for event, (_, trouble) in read:
        uid = str(event.get("UID", trouble))
        if trouble and uid not in told:
            told.add(uid)
            yield trouble


def _events(content: bytes, first: datetime, last: datetime) -> Sequence[Any]:
    """Every event between two moments, recurring ones one by one, without those that were cancelled."""
    import icalendar  # noqa: PLC0415 - an extra, and slow to load
    import recurring_ical_events  # noqa: PLC0415 - as above

    if b"END:VCALENDAR" not in content.upper():
        raise RosterBroken("it is no whole iCalendar file: it has no END:VCALENDAR")
    found: list[Any] = []
    calendars = icalendar.Calendar.from_ical(content, multiple=True)
    if not any(calendar.walk("VEVENT") for calendar in calendars):
        raise RosterBroken("it holds no event: write one for each shift")
    for calendar in calendars:
        events = calendar.walk("VEVENT")
        if any(_frequency(event) in _TOO_OFTEN for event in events):
            raise RosterBroken("an event is repeated by the minute: write shifts of hours or days")
        found += recurring_ical_events.of(calendar).between(first, last)
    return [event for event in found if str(event.get("STATUS", "")).upper() != "CANCELLED"]


def _frequency(event: Any) -> str:  # noqa: ANN401 - a component of a library that types none of its values
    rules = event.get("RRULE")
    found = (str(each).upper() for rule in _listed(rules) for each in rule.get("FREQ", ()))
    return next(found, "")


def _read_event(event: Any, region: str, office: Office) -> tuple[tuple[Duty, ...], str]:  # noqa: ANN401 - as above
    first = event.decoded("DTSTART")
    last = event.decoded("DTEND")
    if not isinstance(first, datetime) and last <= first:
        last = first + timedelta(days=1)  # RFC 5545 3.6.1: a DATE without an end lasts that day
    opens, closes = _moment(first, region, office), _moment(last, region, office)
    people = tuple(_people(event, office))
    if opens >= closes:
        return (), _lasts_not(event, opens, region, office)
    if not people:
        return (), _names_nobody(event, opens, region, office)
    duties = tuple(
        Duty(region=region, who=member.address, opens=opens, closes=closes, backup=backup) for member, backup in people
    )
    return duties, ""


def _people(event: Any, office: Office) -> Iterator[tuple[StaffMember, bool]]:  # noqa: ANN401 - as above
    """The duty managers whom an event names, each with whether as the backup."""
    summary = str(event.get("SUMMARY", ""))
    attending = [
        (member, str(one.params.get("ROLE", "")).upper() == "OPT-PARTICIPANT" or bool(_BACKUP.search(summary)))
        for one in _listed(event.get("ATTENDEE"))
        if (member := office.staff_member(re.sub(r"^mailto:", "", str(one).strip(), flags=re.IGNORECASE)))
        and "duty-manager" in member.roles
        and str(one.params.get("PARTSTAT", "")).upper() != "DECLINED"
    ]
    if attending:
        yield from dict.fromkeys(attending)
        return
    managers = [one for one in office.staff if "duty-manager" in one.roles]
    label = ""
    for part in _PARTS.split(summary):
        label = found[0] if (found := _LABEL.match(part)) else label
        second = bool(_BACKUP.search(f"{label} {part}"))
        yield from ((one, second) for one in managers if _is_named(one, part))


def _is_named(member: StaffMember, summary: str) -> bool:
    words = " ".join(summary.split()).casefold()
    known = (member.name, member.address, *member.aliases)
    return any(re.search(rf"(?<![\w.@-]){re.escape(one.casefold())}(?![\w@-])", words) for one in known)


def _lasts_not(event: Any, opens: datetime, region: str, office: Office) -> str:  # noqa: ANN401 - as above
    """An event with a time and no end is over at once (RFC 5545 3.6.1)."""
    summary = " ".join(str(event.get("SUMMARY", "")).split())[:80]
    local = opens.astimezone(office.regions[region].zone)
    return f'the event "{summary}" of {local:%Y-%m-%d %H:%M} ends as it begins: write DTEND or DURATION'


def _names_nobody(event: Any, opens: datetime, region: str, office: Office) -> str:  # noqa: ANN401 - as above
    summary = " ".join(str(event.get("SUMMARY", "")).split())[:80]
    local = opens.astimezone(office.regions[region].zone)
    managers = [one for one in office.staff if "duty-manager" in one.roles]
    instead = "add somebody with that role"
    if managers:
        instead = f'write "SUMMARY:{managers[0].name}", or "ATTENDEE:mailto:{managers[0].address}"'
    return (
        f'the event "{summary}" of {local:%Y-%m-%d %H:%M} names nobody of [[staff]] with the role "duty-manager": '
        f"{instead}"
    )


def _moment(value: date | datetime, region: str, office: Office) -> datetime:
    """The moment in UTC; a day begins at the region's midnight, and a time without a zone is the region's."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    local = value if isinstance(value, datetime) else datetime.combine(value, time())
    return from_local(office.regions[region].zone, local)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    """A property that may stand never, once, or several times."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _looks_of(path: Path) -> tuple[int, ...] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino)


def _keep(path: Path, content: bytes) -> None:
    """Keep a copy, whole or not at all; where there is no room for one, the roster itself still holds."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as trouble:
        log.warning("roster-not-kept", file=str(path), why=type(trouble).__name__)
