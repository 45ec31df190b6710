"""What happens to the people and the bounds of a request: who hears of it, what else was asked, where it went on.

The other events stand in `request`, beside the state that all of them add up to.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened: `at` is aware UTC, `who` an address or MACHINE."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsRequested(Event):
    """Staff asked the customer for more: ids of the policy's items, or free words that name a thing."""

    items: tuple[str, ...]
    type: Literal["items-requested"] = "items-requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantAdded(Event):
    """Staff let somebody hear of the request and write to it."""

    address: str
    type: Literal["participant-added"] = "participant-added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantRemoved(Event):
    """Staff took somebody off: he hears no more, and being on copy again does not bring him back."""

    address: str
    type: Literal["participant-removed"] = "participant-removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Event):
    """The request went on as another: whatever comes for it belongs there."""

    into: str
    type: Literal["merged"] = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TookOver(Event):
    """Another request was merged into this one."""

    number: str
    type: Literal["took-over"] = "took-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff(Event):
    """Part of the request goes on as a request of its own."""

    number: str
    type: Literal["split-off"] = "split-off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Event):
    """A mail in the name of a staff member, `who`, was held since nothing proves it to be his."""

    mail: str
    type: Literal["held"] = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Event):
    """The staff member said that a held mail is his."""

    mail: str
    type: Literal["released"] = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced(Event):
    """Letters to this address are held back, since too many went there in a short time."""

    address: str
    because: str
    until: datetime
    type: Literal["silenced"] = "silenced"
