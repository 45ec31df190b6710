"""What is decided: one value that says what happened, which letters are ordered, which deadlines run, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mailproc.desk.digests.overview import Overview
from mailproc.desk.events import HistoryEvent
from mailproc.desk.policy import Goal, Policy
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address, Attachment

Outcome = Literal["opened", "joined", "set aside", "held", "on time"]
WAITING_FOR_A_PERSON: frozenset[Outcome] = frozenset({"set aside", "held"})
"""What became of mails that are filed nowhere; one that is held waits for the staff member whose name it bears."""
Automatic = Literal["auto-replied", "auto-generated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A step of a clock that will fall due: `due` is aware UTC. Clock, step and moment together are its key."""

    clock: str
    step: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedItem:
    """What a letter says of an item that arrived: its label, and where it was found."""

    label: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """What a letter says of an item that is asked for."""

    id: str
    label: str
    why: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbableItem:
    """What was probably given: only weak signs speak for it, so that an engineer confirms it or asks for it."""

    id: str
    label: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Whatever a template may say. One shape for all letters; what a letter does not need stays empty.

    Instants are aware UTC; `zone` is the reader's IANA time zone and `zone_name` how a letter names it
    ("London"). `words` are words of a person that the letter carries, `words_html` the same
    with formatting, `files` what came with them. `asked` and `optional` are still
    missing; `unusable` came but does not serve. `because` says in a sentence why this letter was written.
    `target` says what the clock that ordered the letter aims at, `target_due` by when; `next_alert` is when it tells
    again and `next_people` whom then. `telephone` is how the customer says that he is reached by telephone.
    `title` and `headline` are what a notice to staff is about, in its subject and its first line.
    `probable` are items that only weak signs speak for: not asked for, and told as what we read and not as arrived.
    `duty_manager` is how the duty manager is reached by telephone, `duty_address` by mail; both perhaps empty.
    `level_before` is the level before the last change of it. `goals` are the fixes that are aimed at besides the
    clocks, `plan` the customer's service plan. `people` are names of those who have the request in hand now.
    `policy` says its texts in the letter's language.
    `broken_promise` is when staff had promised word that has not come.
    `overview` is what a digest tells; its `request` is a blank one without a number. `news_late` says that an update
    was due at the same moment, so that the letter tells where the request stands. `merged` is the number of a request
    that goes on as this one.
    """

    request: ServiceRequest
    policy: Policy
    organisation: str
    zone: str
    zone_name: str
    now: datetime
    because: str
    reader_name: str = ""
    arrived: tuple[ArrivedItem, ...] = ()
    asked: tuple[AskedItem, ...] = ()
    optional: tuple[AskedItem, ...] = ()
    unusable: tuple[ArrivedItem, ...] = ()
    probable: tuple[ProbableItem, ...] = ()
    response_due: datetime | None = None
    next_update: datetime | None = None
    due: datetime | None = None
    words: str = ""
    words_html: str = ""
    files: tuple[ArrivedItem, ...] = ()
    writer_name: str = ""
    duty_manager: str = ""
    duty_address: str = ""
    level_before: int | None = None
    goals: tuple[Goal, ...] = ()
    plan: str = ""
    people: tuple[str, ...] = ()
    transcript: tuple[str, ...] = ()
    title: str = ""
    headline: str = ""
    target: str = ""
    target_due: datetime | None = None
    next_alert: datetime | None = None
    next_people: tuple[str, ...] = ()
    telephone: str = ""
    overview: Overview | None = None
    news_late: bool = False
    merged: str = ""
    broken_promise: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A letter that is to be written.

    `key` names the thing and the moment ("2-000000042/acknowledgement/<mail key>") and is the letter's
    identity for ever: the same key is never ordered twice. `sender` is the mailbox's address, `sender_name`
    what stands before it. `staff` is the address of the staff member whose token the letter carries, or None
    for letters to customers. `in_reply_to` and `references` are message ids without angle brackets.
    `subaddress` parts the mark from the local part in the reply address; empty for a reply address without a mark.
    `language` is the customer's (ISO 639-1), as far as there are letters in it; staff are written to in English.
    `pictures` are what its words show. `automatic` is None for a relayed mail of a person. `deadline` is what ordered
    it, where the clock did: such a letter is judged again before it goes.
    """

    key: str
    template: str
    to: tuple[Address, ...]
    sender: Address
    facts: Facts
    because: str
    cc: tuple[Address, ...] = ()
    staff: str | None = None
    subaddress: str = "+"
    subject: str = ""
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    automatic: Automatic | None = "auto-replied"
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Attachment, ...] = ()
    deadline: Deadline | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome of one mail or one deadline.

    `number` is the service request it concerns; None where a mail was set aside. `events` are appended to its
    history; `deadlines` are all that run from now on (they replace what was recorded before). `reason` says
    in words why this outcome. `also` are what it does to other requests, without letters of their own; `releases`
    are the keys of mails, held or joined, that are to be read again as proven. `digest_for` are addresses of staff
    who ask for a digest now.
    """

    outcome: Outcome
    reason: str
    number: str | None = None
    events: tuple[HistoryEvent, ...] = ()
    orders: tuple[Order, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    also: tuple["Decision", ...] = ()
    releases: tuple[str, ...] = ()
    digest_for: tuple[str, ...] = ()
