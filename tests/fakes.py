"""A store in memory, held to the same contract as the real one: state to look at, nothing recorded but what is kept."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from mailproc.adapters.claims import BATCH, GIVE_UP_AFTER, MOST_CLAIMS, pause
from mailproc.adapters.history import cleaned
from mailproc.adapters.models import AT_ONCE
from mailproc.adapters.spool import thread_of
from mailproc.desk.conversation import MOST_ANSWERED, Copy, gone_on, may_join, spellings
from mailproc.desk.decision import WAITING_FOR_A_PERSON, Decision
from mailproc.desk.deliverability import BLOCKED_FOR, HeldBack
from mailproc.desk.events import Bounced, Received, Silenced
from mailproc.desk.held import HeldMail
from mailproc.desk.participants import mailbox_of
from mailproc.desk.request import ServiceRequest
from mailproc.ports import Clues, DigestTold, DueDeadline, Letter, RawMail

Unit = TypeVar("Unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Unit]):
    """A unit and what became of it; `next_at` None once it has ended, `holder` None where nobody works on it."""

    unit: Unit
    place: int
    next_at: datetime | None
    state: str = "waiting"
    holder: str | None = None
    claims: int = 0
    attempts: int = 0
    failing_since: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A mail that was dealt with."""

    clues: Clues
    decision: Decision

    def is_same(self, clues: Clues) -> bool:
        mine = self.clues
        same_way = mine.message_id == clues.message_id or mine.mailbox != clues.mailbox
        return bool(clues.content) and mine.content == clues.content and same_way


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """An automatic letter to a mailbox; `first` where it answers the opening of a request."""

    mailbox: str
    number: str | None
    at: datetime
    first: bool


@dataclass
class Shelves:
    """All that a store holds. Daemons that share a database share these."""

    requests: dict[str, ServiceRequest] = field(default_factory=dict)
    mails: dict[str, Filed] = field(default_factory=dict)
    raw: dict[str, RawMail] = field(default_factory=dict)
    message_ids: dict[str, str] = field(default_factory=dict)
    answered_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    automatic: list[Automatic] = field(default_factory=list)
    unlisted: set[str] = field(default_factory=set)
    spool: dict[str, Work[RawMail]] = field(default_factory=dict)
    deadlines: dict[DueDeadline, Work[DueDeadline]] = field(default_factory=dict)
    letters: dict[str, Work[Letter]] = field(default_factory=dict)
    held_back: dict[tuple[str, str], HeldBack] = field(default_factory=dict)
    numbers: int = 0
    digests: dict[str, DigestTold] = field(default_factory=dict)

    def copied(self) -> "Shelves":
        return Shelves(**{one.name: copy(getattr(self, one.name)) for one in fields(self)})

    def put_back(self, before: "Shelves") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(before, one.name))


@dataclass
class FakeStore:
    """A store on these shelves, for one daemon."""

    shelves: Shelves = field(default_factory=Shelves)
    holder: str = "one"
    sr_number: str = "2-{:09d}"
    lease: timedelta = timedelta(minutes=5)

    @contextmanager
    def transaction(self) -> Iterator["FakePage"]:
        before = self.shelves.copied()
        try:
            yield FakePage(self.shelves, self.sr_number)
        except BaseException:
            self.shelves.put_back(before)
            raise

    def spool(self, now: datetime) -> "FakeSpool":
        return FakeSpool(self, now)

    def deadlines(self, now: datetime) -> "FakeQueue[DueDeadline]":
        return FakeQueue(self, now, lambda: self.shelves.deadlines, key=lambda unit: unit)

    def digests(self) -> dict[str, DigestTold]:
        return dict(self.shelves.digests)

    def outbox(self, now: datetime) -> "FakeQueue[Letter]":
        return FakeQueue(self, now, lambda: self.shelves.letters, key=lambda unit: unit.key, given_up="failed")


class FakeQueue(Generic[Unit]):
    """Units on a shelf, claimed and let go as the real queues do."""

    def __init__(
        self,
        store: FakeStore,
        now: datetime,
        shelf: Callable[[], dict[Any, Work[Unit]]],
        *,
        key: Callable[[Unit], object],
        given_up: str = "quarantined",
    ) -> None:
        self._store = store
        self._now = now
        self._shelf = shelf
        self._key = key
        self._given_up = given_up

    def waiting(self) -> Generator[Sequence[Unit], None, None]:
        while claimed := self._claim():
            try:
                if sound := [one.unit for one in claimed if one.state == "leased"]:
                    yield sound
            except GeneratorExit:
                for one in claimed:
                    if self._work(one.unit) is one:
                        self._put(one.unit, state="waiting", holder=None, next_at=self._now, claims=one.claims - 1)
                raise

    def done(self, units: Sequence[Unit]) -> None:
        for unit in units:
            if self._held(unit):
                self._put(unit, state="done", holder=None, next_at=None)

    def retry_later(self, unit: Unit, why: str, after: timedelta | None = None) -> None:
        if (work := self._held(unit)) is None:
            return
        if after is not None:
            self._put(
                unit,
                state="waiting",
                holder=None,
                why=why,
                next_at=self._now + max(after, timedelta(seconds=1)),
                claims=0,
            )
            return
        since = work.failing_since or self._now
        if self._now - since >= GIVE_UP_AFTER:
            self.quarantine(unit, why)
            return
        again = {
            "next_at": self._now + pause(work.attempts),
            "claims": 0,
            "attempts": work.attempts + 1,
            "failing_since": since,
        }
        self._put(unit, state="waiting", holder=None, why=why, **again)

    def quarantine(self, unit: Unit, why: str) -> None:
        if self._held(unit):
            self._put(unit, state=self._given_up, holder=None, next_at=None, why=why)

    def _claim(self) -> list[Work[Unit]]:
        due = [one for one in self._shelf().values() if one.next_at is not None and one.next_at <= self._now]
        ready = sorted((one for one in due if self._may_go(one)), key=self._order)[:BATCH]
        return [self._claimed(one) for one in ready]

    def _claimed(self, work: Work[Unit]) -> Work[Unit]:
        if work.claims >= MOST_CLAIMS:
            return self._put(work.unit, state=self._given_up, holder=None, next_at=None, why="never ended")
        until = self._now + self._store.lease
        return self._put(work.unit, state="leased", holder=self._store.holder, next_at=until, claims=work.claims + 1)

    def _order(self, work: Work[Unit]) -> tuple[Any, ...]:
        due = work.unit.deadline.due if isinstance(work.unit, DueDeadline) else None
        return (due, work.place)

    def _may_go(self, work: Work[Unit]) -> bool:
        return work.next_at is not None

    def _work(self, unit: Unit) -> Work[Unit] | None:
        return self._shelf().get(self._key(unit))

    def _held(self, unit: Unit) -> Work[Unit] | None:
        work = self._work(unit)
        return work if work and work.next_at and work.holder in (None, self._store.holder) else None

    def _put(self, unit: Unit, **values: Any) -> Work[Unit]:
        work = self._work(unit)
        assert work is not None
        changed = replace(work, **values)
        self._shelf()[self._key(unit)] = changed
        return changed


class FakeSpool(FakeQueue[RawMail]):
    """Mail that is ours; only the first of each conversation is handed out."""

    def __init__(self, store: FakeStore, now: datetime) -> None:
        super().__init__(store, now, lambda: store.shelves.spool, key=lambda unit: unit.key)

    def keep(self, units: Sequence[RawMail]) -> None:
        shelves = self._store.shelves
        for unit in units:
            if unit.key not in shelves.spool and unit.key not in shelves.mails:
                shelves.spool[unit.key] = Work(unit=unit, place=len(shelves.spool), next_at=AT_ONCE)

    def _order(self, work: Work[RawMail]) -> tuple[Any, ...]:
        return (work.unit.arrived, work.place)

    def _may_go(self, work: Work[RawMail]) -> bool:
        thread = thread_of(work.unit.content)
        return thread is None or not any(
            thread_of(one.unit.content) == thread and one.next_at is not None and self._order(one) < self._order(work)
            for one in self._shelf().values()
        )


@dataclass
class FakePage:
    """A page on the shelves; the store puts them back where its block raises."""

    shelves: Shelves
    sr_number: str

    def outcome_of(self, mail_key: str) -> str | None:
        filed = self.shelves.mails.get(mail_key)
        return filed.decision.outcome if filed else None

    def request(self, number: str) -> ServiceRequest | None:
        found = (self.shelves.requests.get(one) for one in spellings(number, self.sr_number))
        return next((one for one in found if one), None)

    def request_for(self, clues: Clues) -> ServiceRequest | None:
        found = self._found(clues)
        return found and gone_on(found, self.request)

    def _found(self, clues: Clues) -> ServiceRequest | None:
        known = [self.shelves.message_ids.get(one) for one in clues.message_ids]
        for number in (*clues.proven, *known):
            if number and (request := self.request(number)):
                return request
        own = self.shelves.message_ids.get(clues.message_id or "")
        named = (*((own,) if own else ()), *self._answering_the_same(clues), *clues.tagged)
        numbered = (self.request(number) for number in named)
        return next((one for one in numbered if one and may_join(one, clues)), None)

    def _answering_the_same(self, clues: Clues) -> list[str]:
        ids = (*clues.message_ids[:MOST_ANSWERED], clues.message_id or "")
        found = (self.shelves.answered_ids.get((one, clues.party)) for one in ids)
        return [one for one in found if one]

    def copy_of(self, clues: Clues) -> Copy | None:
        copies = [(one.decision.outcome, key) for key, one in self.shelves.mails.items() if one.is_same(clues)]
        if not copies:
            return None
        outcome, key = min(copies, key=lambda one: (one[0] in WAITING_FOR_A_PERSON, one[0] == "set aside"))
        return Copy(key=key, filed=outcome not in WAITING_FOR_A_PERSON)

    def mails(self, keys: Sequence[str]) -> Sequence[bytes]:
        return [unit.content for key, unit in self.shelves.raw.items() if key in keys]

    def letters(self, keys: Sequence[str]) -> Sequence[bytes]:
        return [work.unit.content for key, work in self.shelves.letters.items() if key in keys]

    def letters_to(self, address: str, number: str, since: datetime) -> int:
        wanted = (mailbox_of(address), number)
        return sum((one.mailbox, one.number) == wanted and one.at >= since for one in self.shelves.automatic)

    def first_letters_to(self, party: str, since: datetime) -> int:
        first = [one for one in self.shelves.automatic if one.first and one.at >= since]
        return sum(party in (one.mailbox, one.mailbox.rpartition("@")[2]) for one in first)

    def held_from(self, addresses: Sequence[str]) -> Sequence[HeldMail]:
        held = (one for one in self.shelves.mails.items() if one[1].decision.outcome == "held")
        mine = ((key, one) for key, one in held if one.clues.sender in addresses and key not in self.shelves.unlisted)
        return [HeldMail(key=key, at=self.shelves.raw[key].arrived, number=one.decision.number) for key, one in mine]

    def next_number(self) -> str:
        self.shelves.numbers += 1
        return self.sr_number.format(self.shelves.numbers)

    def record_mail(self, unit: RawMail, clues: Clues, decision: Decision, letters: Sequence[Letter]) -> None:
        if unit.key in self.shelves.mails:
            return
        self.shelves.mails[unit.key] = Filed(clues=clues, decision=decision)
        self.shelves.raw[unit.key] = unit
        if decision.number and clues.message_id and decision.outcome not in WAITING_FOR_A_PERSON:
            self.shelves.message_ids.setdefault(clues.message_id, decision.number)
        if decision.outcome not in WAITING_FOR_A_PERSON:
            copies = ((key, one) for key, one in self.shelves.mails.items() if one.is_same(clues))
            self.shelves.unlisted |= {key for key, one in copies if one.decision.outcome in WAITING_FOR_A_PERSON}
        if decision.number and any(isinstance(one, Received) and one.role == "customer" for one in decision.events):
            for one in clues.message_ids[:MOST_ANSWERED] if clues.party else ():
                self.shelves.answered_ids.setdefault((one, clues.party), decision.number)
        self._carry_out(decision, letters, unit.arrived)

    def record_deadline(self, unit: DueDeadline, decision: Decision, letters: Sequence[Letter]) -> None:
        work = self.shelves.deadlines.get(unit)
        if work is None or work.next_at is None:
            return
        self.shelves.deadlines[unit] = replace(work, state="spent", next_at=None, holder=None)
        self._carry_out(decision, letters, unit.deadline.due)

    def record(self, decision: Decision, letters: Sequence[Letter]) -> None:
        if decision.events:
            self._carry_out(decision, letters, decision.events[-1].at)

    def held_back(self, addresses: Sequence[str], at: datetime) -> tuple[HeldBack, ...]:
        wanted = {one.lower() for one in addresses}
        return tuple(one for one in self.shelves.held_back.values() if one.address in wanted and one.until > at)

    def last_digest(self, region: str) -> DigestTold | None:
        return self.shelves.digests.get(region)

    def requests_of(self, region: str, since: datetime) -> Sequence[ServiceRequest]:
        mine = (one for one in self.shelves.requests.values() if one.region == region)
        return [one for one in mine if one.status != "closed" or max(event.at for event in one.history) >= since]

    def record_digest(self, region: str, told: DigestTold, letters: Sequence[Letter]) -> bool:
        before = self.shelves.digests.get(region)
        if before is not None and before.moment >= told.moment:
            return False
        self.shelves.digests[region] = told
        for letter in letters:
            self._order(letter, told.at, counted=False)
        return True

    def glimpse(self, number: str) -> ServiceRequest | None:
        return self.shelves.requests.get(number)

    def waits(self, key: str) -> bool:
        work = self.shelves.letters.get(key)
        return work is not None and work.next_at is not None

    def overdue_beside(self, letter: Letter, before: datetime) -> Sequence[Letter]:
        ours = self.shelves.letters[letter.key].holder if letter.key in self.shelves.letters else None
        works = (work for work in self.shelves.letters.values() if work.next_at and work.holder in (None, ours))
        letters = (work.unit for work in works if work.unit.recipients == letter.recipients)
        return [one for one in letters if one.deadline and one.deadline.due < before]

    def is_behind(self, before: datetime, now: datetime) -> bool:
        open_works = (work for work in self.shelves.deadlines.values() if work.next_at)
        at_hand = (work for work in open_works if work.state == "leased" or (work.next_at and work.next_at <= now))
        return any(work.unit.deadline.due < before for work in at_hand)

    def replace_letters(self, keys: Sequence[str], why: str, letter: Letter, at: datetime) -> None:
        for key in keys:
            self.drop_letter(key, why)
        self._order(letter, at, counted=False)

    def drop_letter(self, key: str, why: str) -> None:
        work = self.shelves.letters.get(key)
        if work and work.next_at:
            self.shelves.letters[key] = replace(work, state="dropped", next_at=None, holder=None, why=why)

    def _carry_out(self, decision: Decision, letters: Sequence[Letter], otherwise: datetime) -> None:
        at = max((event.at for event in decision.events), default=otherwise)
        self._follow(decision)
        if decision.number and decision.events:
            request = self.request(decision.number) or ServiceRequest(number=decision.number)
            self.shelves.requests[decision.number] = request.after_all(tuple(map(cleaned, decision.events)))
        if decision.number and decision.outcome not in WAITING_FOR_A_PERSON:
            self._replace_open(decision.number, decision)
        for other in decision.also:
            self._carry_out(other, (), at)
        relayed = {order.key for order in decision.orders if order.automatic is None}
        for letter in letters:
            if letter.key not in self.shelves.letters:
                self._order(letter, at, counted=letter.key not in relayed, first=decision.outcome == "opened")

    def _follow(self, decision: Decision) -> None:
        held = self.shelves.held_back
        for event in decision.events:
            match event:
                case Received(who=who, role="customer" | "staff"):
                    held.pop((who, "undeliverable"), None)
                case Bounced(blocked=blocked):
                    for one in blocked:
                        until = event.at + BLOCKED_FOR
                        held[one, "undeliverable"] = HeldBack(
                            address=one, kind="undeliverable", because="it came back", until=until
                        )
                case Silenced(address=one, because=because, until=until):
                    held[one, "silenced"] = HeldBack(address=one, kind="silenced", because=because, until=until)
                case _:
                    pass
        for key in decision.releases:
            if key in self.shelves.unlisted:
                continue
            if (filed := self.shelves.mails.pop(key, None)) and (raw := self.shelves.raw.get(key)):
                assert filed.decision.outcome in (*WAITING_FOR_A_PERSON, "joined")
                again = replace(raw, forced=True)
                self.shelves.spool[key] = Work(unit=again, place=len(self.shelves.spool), next_at=AT_ONCE)

    def _replace_open(self, number: str, decision: Decision) -> None:
        wanted = [DueDeadline(number=number, deadline=one) for one in decision.deadlines]
        kept = {
            unit: work
            for unit, work in self.shelves.deadlines.items()
            if unit.number != number or work.next_at is None or unit in wanted
        }
        new = {one: Work(unit=one, place=len(kept), next_at=one.deadline.due) for one in wanted if one not in kept}
        self.shelves.deadlines = {**kept, **new}

    def _order(self, letter: Letter, at: datetime, *, counted: bool, first: bool = False) -> None:
        self.shelves.letters[letter.key] = Work(unit=letter, place=len(self.shelves.letters), next_at=AT_ONCE)
        if counted:
            mailboxes = dict.fromkeys(map(mailbox_of, letter.recipients))
            self.shelves.automatic += [
                Automatic(mailbox=one, number=letter.number, at=at, first=first) for one in mailboxes
            ]
        if letter.number:
            self.shelves.message_ids.setdefault(letter.message_id, letter.number)
