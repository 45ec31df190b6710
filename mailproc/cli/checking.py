"""What `check-config` says besides mistakes: texts that no language has, and how logging in to each server went."""

from collections.abc import Callable, Iterator

from mailproc.adapters.templates import languages
from mailproc.assembly import carrier_of, mailbox_of, open_store
from mailproc.config import Settings
from mailproc.desk.translation import untranslated
from mailproc.queues import Refused, Unavailable

_MOST = 6


def untold(settings: Settings) -> Iterator[str]:
    """For each policy of a mailbox, what letters of other languages would say in its own words."""
    for name in dict.fromkeys(box.policy for box in settings.file.mailboxes):
        policy = settings.policies[name]
        for code in sorted({*languages(settings.file.templates_dir), *policy.texts}):
            keys = untranslated(policy, code)
            more = f" and {len(keys) - _MOST} more" if len(keys) > _MOST else ""
            if keys:
                listed = f"{', '.join(keys[:_MOST])}{more}"
                yield f"policy {name}: letters in {code} say these in its own words, write [texts.{code}]: {listed}"


def unmanned(settings: Settings) -> Iterator[str]:
    """What a policy of a mailbox relies on and nobody of the staff is there for; and a telephone that letters lack."""
    office = settings.office()
    held = {role for one in office.staff for role in one.roles} | {"owner", "backup"}
    for name in dict.fromkeys(box.policy for box in settings.file.mailboxes):
        policy = settings.policies[name]
        told = {*policy.ladder, *(rung for notice in policy.notify for rung in notice.tell)}
        for role in sorted(told - held):
            yield f'policy {name} tells the {role}, and nobody of [[staff]] has that role: add "{role}" to roles'
    if "product-management" not in held:
        yield 'enhancements are passed on to nobody: no [[staff]] has the role "product-management"'
    for box in settings.file.mailboxes:
        if settings.policies[box.policy].phone_levels and not office.duty_telephone(box.region):
            yield f"mailbox {box.name} has levels that are phoned in, and no number: write duty_manager_contact"


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
