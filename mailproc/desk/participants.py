"""Who belongs to a request: people of the customer's organisation at once, others once staff let them in.

A domain speaks for an organisation only where nobody can have an address in it for the asking: at a public provider
everybody is an organisation of his own, unless the directory of customers says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mailproc.desk.directory import Counter, Office
from mailproc.desk.providers import is_public_provider
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address, Mail
from mailproc.reading.origin import is_unattended

MOST_PEOPLE = 50
"""How many people one mail may bring in; whoever writes to hundreds invites nobody."""

MOST_ON_COPY = 90
"""How many people read along: a server need not take more than 100 recipients of a letter (RFC 5321 §4.5.3.1.8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people whom a mail names besides us: those of the request's organisation, and others."""

    colleagues: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def same_organisation(one: str, other: str, office: Office) -> bool:
    """Whether two addresses are of one organisation: by the directory of customers, else by a domain of their own."""
    if one.lower() == other.lower():
        return True
    known, other_known = office.customer_of(one), office.customer_of(other)
    if known or other_known:
        return known == other_known
    return shares_domain(one, other)


def shares_domain(one: str, other: str) -> bool:
    """Whether two addresses have a domain in common that belongs to an organisation."""
    domain = own_domain(one)
    return bool(domain) and domain == own_domain(other)


def own_domain(address: str) -> str:
    """The domain of this address (lower-cased) where it belongs to an organisation; empty at a public provider."""
    domain = Address(address=address.lower()).domain
    return "" if is_public_provider(domain) else domain


def party_of(address: str, office: Office) -> str:
    """For whom somebody writes: his organisation in the directory, else by its domain, else himself alone."""
    customer = office.customer_of(address)
    return customer.organisation if customer else own_domain(address) or address.lower()


def mailbox_of(address: str) -> str:
    """The address in lower case without the tag that parts mail of one mailbox (RFC 5233)."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def people_of(mail: Mail, customer: str, office: Office) -> People:
    """The writer and the people on copy who are neither we nor staff, seen from the customer of the request.

    Nobody reads what is sent to an unattended address: such a one comes in only by writing.
    """
    aliases = _aliases_in(mail, office)
    copied = (one for one in (*mail.to, *mail.cc) if not (is_unattended(one.address) or one.address in aliases))
    named = (*((mail.sender,) if mail.sender else ()), *copied)
    outside = dict.fromkeys(one.address for one in named if one.domain and not is_of_the_house(one.address, office))
    people = list(outside)[:MOST_PEOPLE]
    colleagues = tuple(one for one in people if same_organisation(one, customer, office))
    return People(colleagues=colleagues, others=tuple(one for one in people if one not in colleagues))


def _aliases_in(mail: Mail, office: Office) -> frozenset[str]:
    """Addresses that must be other names of a mailbox of ours: in its domain, where the mail names no mailbox."""
    if any(is_ours(one.address, office) for one in (*mail.to, *mail.cc)):
        return frozenset()
    domains = {counter.address.rpartition("@")[2] for counter in office.counters.values()}
    return frozenset(one.address for one in mail.to if one.domain.lower() in domains)


def on_copy(request: ServiceRequest) -> tuple[Address, ...]:
    """Who reads what staff write to the customer; those who wait to be let in are not among them."""
    already = (request.customer, request.answers_to)
    people = tuple(Address(address=one) for one in request.participants if one not in already)
    return people[:MOST_ON_COPY]


def is_of_the_house(address: str, office: Office) -> bool:
    """Whether this is an address of ours, with or without a mark, or of staff."""
    return is_ours(address, office) or office.staff_member(address) is not None


def is_ours(address: str, office: Office) -> bool:
    """Whether this is a mailbox of ours, with or without a tag behind its separator (RFC 5233)."""
    return address.lower() in office.ours or counter_of(address, office) is not None


def counter_of(address: str, office: Office) -> Counter | None:
    """The mailbox of ours that mail to this address reaches, with or without a tag; None where it is none."""
    wanted = address.lower()
    return next((one for one in office.counters.values() if wanted == one.address or _is_tagged(wanted, one)), None)


def _is_tagged(address: str, counter: Counter) -> bool:
    local, _, domain = address.rpartition("@")
    name, _, ours = counter.address.rpartition("@")
    return bool(counter.subaddress) and domain == ours and local.startswith(f"{name}{counter.subaddress}")


def addresses_in(words: Iterable[str]) -> tuple[str, ...]:
    """The addresses among these words, lower-cased, without brackets and commas."""
    plain = (word.strip("<>,;()").lower().removeprefix("mailto:") for word in words)
    return tuple(dict.fromkeys(word for word in plain if word.count("@") == 1 and all(word.split("@"))))
