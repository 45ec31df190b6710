"""Who is who: our mailboxes, staff, customers and regions, as the configuration tells them.

`Office` is all that judgement needs to know besides the mail, the request and the time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal, TypeVar

from mailproc.desk.hours import Region
from mailproc.desk.policy import Policy
from mailproc.reading.mail import Address

Named = TypeVar("Named")
Part = Literal["mailbox", "policy", "region"]
"""What a request keeps by name."""

StaffRole = Literal["engineer", "duty-manager", "support-manager", "product-management"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A mailbox that customers write to: its name, its address (lower-cased), the policy and region it works by.

    `subaddress` is what parts the local part from a tag ("+", RFC 5233); empty where the mail server knows none.
    """

    name: str
    address: str
    policy: str
    region: str
    subaddress: str = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who answers customers. Addresses are lower-cased; `regions` empty means every region."""

    name: str
    address: str
    aliases: tuple[str, ...] = ()
    roles: tuple[StaffRole, ...] = ("engineer",)
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """An organisation of the customer directory. `domains` are lower-cased; `plan` is its service plan."""

    organisation: str
    domains: tuple[str, ...] = ()
    region: str = ""
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A weekly shift of the duty roster: who is on call for a region while `times` is open.

    `times` reads as the hours of a region, in that region's time zone and without its holidays: duty knows none.
    `who` and `backup` are addresses of staff, lower-cased; `backup` is empty where the shift names none.
    """

    region: str
    who: str
    times: Region
    backup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who is on call for a region, or its backup, from `opens` until just before `closes` (aware UTC).

    As a calendar says it; `who` is an address of staff, lower-cased.
    """

    region: str
    who: str
    opens: datetime
    closes: datetime
    backup: bool = False


class StandIns(dict[str, Named]):
    """What the configuration names; where it no longer names something, what is asked for is what stands in for it.

    A request lives longer than a configuration: its promises go on after its mailbox was renamed. Whether something
    is named is told by `in`, as of every mapping.
    """

    def __init__(self, named: Mapping[str, Named], instead: str) -> None:
        super().__init__(named)
        self._instead = instead

    def __missing__(self, name: str) -> Named:
        if self._instead not in self:
            raise KeyError(name)
        return self[self._instead]


@dataclass(frozen=True, kw_only=True)
class Office:
    """Mailboxes by name, policies by the name the configuration gives them, regions by name, people, duty roster.

    The first mailbox, its policy and its region stand in for those that the configuration no longer names.
    `digest_at` holds the local times of a region's digests; a region that is not in it has them at its openings.
    `calendar` is what calendars say of duty around the present; where one says nothing, the weekly `roster` holds.
    `contacts` holds how the duty manager of a region is reached by telephone, where that is not `duty_manager_contact`.
    """

    organisation: str
    counters: Mapping[str, Counter]
    policies: Mapping[str, Policy]
    regions: Mapping[str, Region]
    staff: tuple[StaffMember, ...] = ()
    customers: tuple[Customer, ...] = ()
    roster: tuple[Shift, ...] = ()
    calendar: tuple[Duty, ...] = ()
    trusted_authserv_id: str = ""
    duty_manager_contact: str = ""
    ours: frozenset[str] = field(default=frozenset())
    digest_at: Mapping[str, tuple[time, ...]] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = next(iter(self.counters.values()), None)
        if first is not None:
            object.__setattr__(self, "counters", StandIns(self.counters, first.name))
            object.__setattr__(self, "policies", StandIns(self.policies, first.policy))
            object.__setattr__(self, "regions", StandIns(self.regions, first.region))

    def policy_at(self, mailbox: str) -> Policy:
        """The policy by which this mailbox works."""
        return self.policies[self.counters[mailbox].policy]

    @property
    def duty_policy(self) -> Policy | None:
        """The policy by which customers ask for the duty manager, where one is in use."""
        return next((one for one in self.policies.values() if one.for_duty_manager), None)

    def duty_telephone(self, region: str) -> str:
        """How customers of a region reach the duty manager by telephone, as letters print it; perhaps empty."""
        return self.contacts.get(region) or self.duty_manager_contact

    def duty_address(self, region: str) -> str:
        """The mailbox where customers ask for the duty manager, that of the region first; empty where there is none."""
        boxes = [one for one in self.counters.values() if self.policies[one.policy].for_duty_manager]
        local = [one for one in boxes if one.region == region]
        return next((one.address for one in (*local, *boxes)), "")

    def plan_of(self, address: str) -> str:
        """The service plan of the organisation that this address belongs to; empty where it is not known."""
        customer = self.customer_of(address)
        return customer.plan if customer else ""

    def staff_member(self, address: str) -> StaffMember | None:
        """Who of the staff has this address or alias."""
        wanted = address.lower()
        return next((one for one in self.staff if wanted in (one.address, *one.aliases)), None)

    def customer_of(self, address: str) -> Customer | None:
        """The organisation whose domain (or a parent of it) this address has."""
        domain = Address(address=address).domain
        return next((one for one in self.customers if _covers(one.domains, domain)), None)

    def engineers(self, region: str) -> tuple[StaffMember, ...]:
        """The team of a region; everybody who is an engineer where the region has none of its own."""
        engineers = tuple(one for one in self.staff if "engineer" in one.roles)
        local = tuple(one for one in engineers if not one.regions or region in one.regions)
        return local or engineers


def stand_ins(office: Office, in_use: Iterable[tuple[Part, str, int]]) -> Iterator[str]:
    """What the configuration no longer names though open requests rely on it, and what stands in, in words.

    `in_use` tells of what kind, by which name, and of how many open requests.
    """
    first = next(iter(office.counters.values()))
    known: Mapping[Part, tuple[Mapping[str, object], str]] = {
        "mailbox": (office.counters, first.name),
        "policy": (office.policies, first.policy),
        "region": (office.regions, first.region),
    }
    for kind, name, count in in_use:
        names, instead = known[kind]
        if name not in names:
            requests = "1 open request relies" if count == 1 else f"{count} open requests rely"
            yield (
                f'{requests} on the {kind} "{name}", which the configuration no longer names: '
                f'"{instead}" stands in for it. Name it again, or see to them'
            )


def _covers(domains: tuple[str, ...], domain: str) -> bool:
    return any(domain == known or domain.endswith(f".{known}") for known in domains)
