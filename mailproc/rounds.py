"""The verbs of the story on working parts: one round of each, and all of them until nothing waits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from mailproc.assembly import Parts
from mailproc.pipeline import collect, receive, remind, report, send
from mailproc.ports import Mailbox
from mailproc.queues import Tally, Unavailable, drain

log = structlog.get_logger()

Stopping = Callable[[], bool]
"""Whether to end after the batch in hand."""

MOST_ROUNDS = 1000
"""A simulated clock could make work for ever; a real one never comes near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What one or more rounds did. `unavailable` says in words who did not answer."""

    collected: int = 0
    filed: int = 0
    reminded: int = 0
    sent: int = 0
    later: int = 0
    quarantined: int = 0
    unavailable: tuple[str, ...] = ()

    def __add__(self, other: "Count") -> "Count":
        return Count(
            collected=self.collected + other.collected,
            filed=self.filed + other.filed,
            reminded=self.reminded + other.reminded,
            sent=self.sent + other.sent,
            later=self.later + other.later,
            quarantined=self.quarantined + other.quarantined,
            unavailable=tuple(dict.fromkeys((*self.unavailable, *other.unavailable))),
        )

    @property
    def moved(self) -> bool:
        """Whether anything came forward, so that another round may find more."""
        return bool(self.collected or self.filed or self.reminded or self.sent)


def never() -> bool:
    """Do not stop before the work is done."""
    return False


def collect_from(mailbox: Mailbox, parts: Parts, stopping: Stopping = never) -> Count:
    """Bring a mailbox's mail into the spool, if this daemon is the one who holds it.

    Raises Unavailable where the mailbox or the store does not answer.
    """
    if not _holds(mailbox, parts):
        return Count()
    spool = parts.store.spool(parts.clock())
    until = lambda: stopping() or not _holds(mailbox, parts)  # noqa: E731 - a sentence with one use
    tally = drain(mailbox, partial(collect, spool=spool, clock=parts.clock), until)
    _log_troubles("collect", tally)
    for left in mailbox.set_aside():
        parts.store.ledger.quarantine_mail(left.key, mailbox.name, left.why, parts.clock())
        log.error("mail-left-in-mailbox", mailbox=mailbox.name, mail=left.key, why=left.why)
    if tally.done:
        log.info("collected", mailbox=mailbox.name, mails=tally.done)
    return Count(collected=tally.done, quarantined=tally.quarantined)


def file_and_remind(parts: Parts, stopping: Stopping = never) -> Count:
    """File what is in the spool, and do what fell due."""
    filed = drain(parts.store.spool(parts.clock()), partial(receive, desk=parts.desk), _or_stale(stopping, parts))
    _log_troubles("receive", filed)
    due = parts.store.deadlines(parts.clock())
    reminded = drain(due, partial(remind, desk=parts.desk), _or_stale(stopping, parts))
    _log_troubles("remind", reminded)
    return Count(
        filed=filed.done,
        reminded=reminded.done,
        later=filed.later + reminded.later,
        quarantined=filed.quarantined + reminded.quarantined,
    )


def write_digests(parts: Parts, _: Stopping = never) -> Count:
    """Write the digests that have come. They are few, so that nothing need end them early."""
    letters = report(parts.desk)
    if letters:
        log.info("digests-written", letters=letters)
    return Count()


def send_letters(parts: Parts, stopping: Stopping = never) -> Count:
    """Hand over what waits in the outbox."""
    work = partial(send, desk=parts.desk, carrier=parts.carrier)
    tally = drain(parts.store.outbox(parts.clock()), work, _or_stale(stopping, parts))
    _log_troubles("send", tally)
    return Count(sent=tally.done, later=tally.later, quarantined=tally.quarantined)


def work_until_nothing_waits(parts: Parts) -> Count:
    """Collect, receive, remind, send, again and again until nothing is left to do now; who is absent is passed over."""
    total = Count()
    for _ in range(MOST_ROUNDS):
        count = _one_round(parts)
        total += count
        if not count.moved:
            break
    return total


def _one_round(parts: Parts) -> Count:
    count = Count()
    for mailbox in parts.mailboxes:
        count += _unless_absent(partial(collect_from, mailbox, parts))
    count += file_and_remind(parts)
    write_digests(parts)
    return count + _unless_absent(partial(send_letters, parts))


def _unless_absent(work: Callable[[], Count]) -> Count:
    try:
        return work()
    except Unavailable as trouble:
        return Count(unavailable=(str(trouble),))


def _holds(mailbox: Mailbox, parts: Parts) -> bool:
    return parts.store.hold_mailbox(mailbox.name, parts.clock())


def _or_stale(stopping: Stopping, parts: Parts) -> Stopping:
    """Ends a long draining in time: its claims are reckoned from its beginning, and must not run out in our hands."""
    enough = parts.clock() + parts.settings.file.lease / 2
    return lambda: stopping() or parts.clock() >= enough


def _log_troubles(verb: str, tally: Tally[Any]) -> None:
    """The name of what went wrong, never its text: it may hold mail. Letters' keys may hold addresses."""
    for unit, trouble in tally.troubles:
        names = (getattr(unit, name, None) for name in ("message_id", "key", "number"))
        log.warning("unit-failed", verb=verb, unit=next(filter(None, names), None), trouble=type(trouble).__name__)
