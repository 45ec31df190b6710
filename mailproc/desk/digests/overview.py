"""What a digest says, ready to be written: sections in the order of action, a line a request, a bar a clock."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A running clock: how many hundredths of its time are used (above 100 once it is late), `due` in aware UTC."""

    clock: str
    percent: int
    due: datetime
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request as a digest tells it: `what` is why it stands there, `answer` the command that would help."""

    number: str
    level: int
    subject: str
    customer: str
    owner: str = ""
    what: str = ""
    since: datetime | None = None
    bars: tuple[Bar, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Requests that ask for the same thing. `more` are those for which there is room for a line only."""

    title: str
    entries: tuple[Entry, ...]
    more: tuple[Entry, ...] = ()

    @property
    def count(self) -> int:
        """How many requests it tells of, with those that are only numbered."""
        return len(self.entries) + len(self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many open requests somebody has in hand, and how many of them are grave; `who` "" for nobody."""

    who: str
    open: int
    grave: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How a region stands. `since` is the moment of the last digest, `until` that of the next, if they are known.

    `instead_of` is how many overdue letters it stands for, where it is one of those alone.
    """

    region: str
    place: str
    open: int = 0
    sections: tuple[Section, ...] = ()
    changes: tuple[Entry, ...] = ()
    more_changes: int = 0
    loads: tuple[Load, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    instead_of: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open and nothing has changed: then there is nothing to write."""
        return not self.open and not self.changes

    @property
    def to_do(self) -> int:
        """How many requests ask for action: those of the first section, if it is one of breaches."""
        return sum(one.count for one in self.sections if one.title in ACTION)


OVERDUE = "Came due while no letter could go"
BREACHED = "Breached"
UNATTENDED = "Not phoned, or grave and not owned"
DUE = "Due before the next digest"
UNOWNED = "Nobody owns"
WAITING = "Waiting for the customer longest"
ACTION = (OVERDUE, BREACHED, UNATTENDED)
"""The sections that ask for action now."""
