"""`check-config --connect`: log in to each server, and say in words how that went."""

from collections.abc import Callable, Iterator

from mailproc.assembly import carrier_of, mailbox_of, open_store
from mailproc.config import Settings
from mailproc.queues import Refused, Unavailable


def connections(settings: Settings) -> Iterator[tuple[str, bool]]:
    """A line for each mailbox and for the carrier, and whether it let us in."""
    with open_store(settings) as store:
        for box in settings.file.mailboxes:
            mailbox = mailbox_of(box, settings, store)
            yield _tried(mailbox.check)
            mailbox.close()
    carrier = carrier_of(settings)
    yield _tried(carrier.check)
    carrier.close()


def _tried(check: Callable[[], str]) -> tuple[str, bool]:
    """What a check says, in its own words: they name the mailbox or the carrier."""
    try:
        return check(), True
    except (Unavailable, Refused) as trouble:
        return str(trouble), False
