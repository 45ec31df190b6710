"""A mailbox and a carrier in memory, held to the same contract as the real ones: state to look at, nothing recorded."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from mailproc.adapters.batches import in_batches
from mailproc.ports import Letter, Mark, RawMail, SetAside, Undelivered
from mailproc.queues import Later, Refused, Unavailable


@dataclass
class FakeMailbox:
    """Hands out `mails` in batches of `batch`, oldest first; those that were let go lie in `gone`."""

    name: str = "xseries"
    mails: list[RawMail] = field(default_factory=list)
    gone: list[RawMail] = field(default_factory=list)
    quarantined: dict[str, str] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)
    batch: int = 50
    down: bool = False

    def waiting(self) -> Generator[Sequence[RawMail], None, None]:
        self._reach()
        mails = sorted(self.mails, key=lambda mail: mail.arrived)
        ready = [mail for mail in mails if mail.key not in self.quarantined]
        yield from in_batches(ready, lambda mail: len(mail.content), most_bytes=4 * 1024 * 1024, most=self.batch)

    def done(self, units: Sequence[RawMail]) -> None:
        self._reach()
        keys = {unit.key for unit in units}
        self.gone += [mail for mail in self.mails if mail.key in keys]
        self.mails = [mail for mail in self.mails if mail.key not in keys]

    def retry_later(self, unit: RawMail, why: str, after: timedelta | None = None) -> None:
        pass

    def quarantine(self, unit: RawMail, why: str) -> None:
        self.quarantined[unit.key] = why
        self.aside.append(SetAside(key=unit.key, why=why))

    def set_aside(self) -> Sequence[SetAside]:
        news, self.aside = self.aside, []
        return news

    def close(self) -> None:
        pass

    def _reach(self) -> None:
        if self.down:
            raise Unavailable(f"mailbox {self.name!r} does not answer")


@dataclass
class FakeCarrier:
    """Letters that went lie in `carried`. `later` and `refused` name recipients that get such an answer."""

    carried: list[Letter] = field(default_factory=list)
    down: bool = False
    later: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:
        return [missed for letter in letters for missed in self._carry(letter)]

    def close(self) -> None:
        pass

    def _carry(self, letter: Letter) -> list[Undelivered]:
        if self.down:
            raise Unavailable("the mail server does not answer")
        missed = [self._undelivered(letter, to) for to in letter.recipients if to in self.later | self.refused]
        if len(missed) < len(letter.recipients):
            self.carried.append(letter)
            return missed
        if any(not one.permanent for one in missed):
            raise Later("450 4.2.1 try again")
        raise Refused("550 5.1.1 no such user")

    def _undelivered(self, letter: Letter, to: str) -> Undelivered:
        if to in self.later:
            return Undelivered(letter=letter.key, recipient=to, code=450, text="4.2.1 try again", permanent=False)
        return Undelivered(letter=letter.key, recipient=to, code=550, text="5.1.1 no such user", permanent=True)


@dataclass
class FakeMarks:
    """Marks in memory."""

    marks: dict[tuple[str, str], Mark] = field(default_factory=dict)

    def mark(self, mailbox: str, folder: str) -> Mark | None:
        return self.marks.get((mailbox, folder))

    def set_mark(self, mailbox: str, folder: str, mark: Mark) -> None:
        self.marks[mailbox, folder] = mark
