"""Who belongs to a request: people of the customer's organisation at once, others once staff let them in.

A domain speaks for an organisation only where nobody can have an address in it for the asking: at a public provider
everybody is an organisation of his own, unless the directory of customers says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mailproc.desk.directory import Office
from mailproc.desk.request import ServiceRequest
from mailproc.reading.mail import Address, Mail

MOST_PEOPLE = 50
"""How many people one mail may bring in; whoever writes to hundreds invites nobody."""

MOST_ON_COPY = 90
"""How many people read along: a server need not take more than 100 recipients of a letter (RFC 5321 §4.5.3.1.8)."""

PUBLIC_PROVIDERS = frozenset(
    (  # noqa: SIM905 - a list of words reads better across than down
        "126.com 163.com aol.com fastmail.com free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com hotmail.com "
        "icloud.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com naver.com orange.fr "
        "outlook.com pm.me proton.me protonmail.com qq.com t-online.de wanadoo.fr web.de yahoo.co.jp yahoo.co.uk "
        "yahoo.com yandex.ru"
    ).split()
)
"""Domains that belong to no organisation: sharing one proves nothing."""


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
    domain = Address(address=one.lower()).domain
    return bool(domain) and domain not in PUBLIC_PROVIDERS and domain == Address(address=other.lower()).domain


def people_of(mail: Mail, customer: str, office: Office) -> People:
    """The writer and the people on copy who are neither we nor staff, seen from the customer of the request."""
    named = (*((mail.sender,) if mail.sender else ()), *mail.to, *mail.cc)
    outside = dict.fromkeys(one.address for one in named if one.domain and not is_of_the_house(one.address, office))
    people = list(outside)[:MOST_PEOPLE]
    colleagues = tuple(one for one in people if same_organisation(one, customer, office))
    return People(colleagues=colleagues, others=tuple(one for one in people if one not in colleagues))


def on_copy(request: ServiceRequest) -> tuple[Address, ...]:
    """Who reads what staff write to the customer; those who wait to be let in are not among them."""
    already = (request.customer, request.answers_to)
    people = tuple(Address(address=one) for one in request.participants if one not in already)
    return people[:MOST_ON_COPY]


def is_of_the_house(address: str, office: Office) -> bool:
    """Whether this is an address of ours, with or without a mark, or of staff."""
    return without_tag(address, office) in office.ours or office.staff_member(address) is not None


def without_tag(address: str, office: Office) -> str:
    """The address without what stands behind a separator of our mailboxes (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    for separator in sorted({one.subaddress for one in office.counters.values() if one.subaddress}):
        local = local.partition(separator)[0]
    return f"{local}@{domain}"


def addresses_in(words: Iterable[str]) -> tuple[str, ...]:
    """The addresses among these words, lower-cased, without brackets and commas."""
    plain = (word.strip("<>,;()").lower().removeprefix("mailto:") for word in words)
    return tuple(dict.fromkeys(word for word in plain if word.count("@") == 1 and all(word.split("@"))))
