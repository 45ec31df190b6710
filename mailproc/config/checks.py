"""What no key can tell alone: names that must differ, names that must exist.

Each rule takes what could be read, however much else is wrong, and gives the mistakes with their places.
"""

import os
from collections.abc import Hashable, Iterable, Iterator

from mailproc.config.customers import ListedCustomer
from mailproc.config.lines import Loc
from mailproc.config.mistakes import Mistake, nearest
from mailproc.config.models import DutyKeys, ImapMailbox, MaildirMailbox, MaildirOutgoing, RegionKeys
from mailproc.config.parts import Parts
from mailproc.desk.directory import Shift
from mailproc.desk.regions import Region, check_region


def as_region(name: str, keys: RegionKeys) -> Region:
    """The region as the desk knows it."""
    return Region(name=name, timezone=keys.timezone, hours=keys.hours, holidays=keys.holidays, closed=keys.closed)


def as_shift(keys: DutyKeys, timezone: str) -> Shift:
    """The shift as the desk knows it, in the time zone of its region."""
    times = Region(name=f"duty of {keys.region}", timezone=timezone, hours=f"{keys.days} {keys.hours}")
    return Shift(region=keys.region, who=keys.who, times=times, backup=keys.backup or "")


def disagreements(parts: Parts) -> Iterator[Mistake]:
    """Every mistake between the tables of the file."""
    yield from _mailboxes_alike(parts)
    yield from _sources_alike(parts)
    yield from _addresses_doubled(parts)
    yield from _domains_doubled(parts)
    yield from _regions_unknown(parts)
    yield from _duty_of_nobody(parts)
    for name, keys in parts.regions.items():
        for words in check_region(as_region(name, keys)):
            yield Mistake(("regions", name, *_key_in(words)), words)


def list_disagreements(listed: Iterable[ListedCustomer], parts: Parts) -> Iterator[str]:
    """Every mistake between the lines of a list of customers and the tables of the file, worded."""
    seen = {domain for _, one in parts.customers for domain in one.domains}
    for line in listed:
        if line.customer.region and line.customer.region not in parts.region_names:
            yield f"{line.place}: region: {_unknown_region(line.customer.region, parts)}"
        for domain in line.customer.domains:
            if domain in seen:
                yield f"{line.place}: domains: {domain} stands somewhere already. Write it once"
            seen.add(domain)


def _unknown_region(name: str, parts: Parts) -> str:
    known = parts.region_names
    return f"no region has this name.{nearest(name, known)} Known here: {', '.join(known)}"


def _mailboxes_alike(parts: Parts) -> Iterator[Mistake]:
    for loc in _repeated((loc, box.name) for loc, box in parts.mailboxes):
        yield Mistake((*loc, "name"), "another mailbox has this name already. Give each its own")
    for loc in _repeated((loc, box.address) for loc, box in parts.mailboxes):
        yield Mistake((*loc, "address"), "another mailbox has this address already. Give each its own")


def _sources_alike(parts: Parts) -> Iterator[Mistake]:
    maildirs: list[tuple[Loc, Hashable]] = []
    if isinstance(parts.outgoing, MaildirOutgoing):
        maildirs.append((("outgoing",), os.path.realpath(parts.outgoing.path)))
    for loc, box in parts.mailboxes:
        if isinstance(box, MaildirMailbox):
            maildirs.append((loc, os.path.realpath(box.path)))
    for loc in _repeated(maildirs):
        yield Mistake((*loc, "path"), "this folder is used by another table already. Give each its own")
    on_servers = (
        (loc, (box.host.lower(), box.port, box.username, folder))
        for loc, box in parts.mailboxes
        if isinstance(box, ImapMailbox)
        for folder in dict.fromkeys(box.all_folders)
    )
    for loc in _repeated(on_servers):
        yield Mistake(loc, "a folder of this mailbox is read by another one already. Each mail would come twice")


def _addresses_doubled(parts: Parts) -> Iterator[Mistake]:
    ours = {box.address for _, box in parts.mailboxes}
    written: list[tuple[Loc, Hashable]] = []
    for loc, person in parts.staff:
        places = [((*loc, "address"), person.address)]
        places += [((*loc, "aliases", at), alias) for at, alias in enumerate(person.aliases)]
        written += places
        for place, address in places:
            if address in ours:
                yield Mistake(place, "this is the address of a mailbox. Write the person's own")
    for place in _repeated(written):
        yield Mistake(place, "this address stands in [[staff]] already. Write it once")


def _domains_doubled(parts: Parts) -> Iterator[Mistake]:
    written = (((*loc, "domains", at), domain) for loc, one in parts.customers for at, domain in enumerate(one.domains))
    for place in _repeated(written):
        yield Mistake(place, "another customer has this domain already. Write it once")


def _regions_unknown(parts: Parts) -> Iterator[Mistake]:
    named = [((*loc, "region"), box.region) for loc, box in parts.mailboxes]
    named += [((*loc, "region"), one.region) for loc, one in parts.customers if one.region]
    named += [((*loc, "region"), one.region) for loc, one in parts.duty]
    named += [((*loc, "regions", at), name) for loc, one in parts.staff for at, name in enumerate(one.regions)]
    for place, name in named:
        if name not in parts.region_names:
            yield Mistake(place, _unknown_region(name, parts))


def _duty_of_nobody(parts: Parts) -> Iterator[Mistake]:
    """Shifts of people who are no duty managers here, and shifts that are never."""
    managers = {one.address for _, one in parts.staff if "duty-manager" in one.roles}
    for loc, shift in parts.duty:
        for key, address in (("who", shift.who), ("backup", shift.backup)):
            if address is not None and address not in managers:
                yield Mistake((*loc, key), 'no [[staff]] with the role "duty-manager" has this address')
        for words in check_region(as_shift(shift, "UTC").times):
            yield Mistake((*loc, "hours"), words)


def _key_in(words: str) -> tuple[str, ...]:
    """The key that these words begin with, where they do."""
    first = words.partition(" ")[0]
    return (first,) if first in RegionKeys.model_fields else ()


def _repeated(written: Iterable[tuple[Loc, Hashable]]) -> Iterator[Loc]:
    """The places of whatever stood somewhere before."""
    seen: set[Hashable] = set()
    for place, value in written:
        if value in seen:
            yield place
        seen.add(value)
