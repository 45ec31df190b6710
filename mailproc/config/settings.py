"""From config.toml to Settings, or to every mistake in it at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from mailproc.config.checks import as_region, as_shift, disagreements, list_disagreements
from mailproc.config.customers import read_customers
from mailproc.config.mistakes import (
    ConfigurationMistakes,
    Document,
    FileMissing,
    FileUnreadable,
    Mistake,
    read_document,
)
from mailproc.config.models import Configuration, CustomerKeys, ImapMailbox, Login, MaildirMailbox, StaffKeys
from mailproc.config.parts import Parts, parts_of
from mailproc.config.passwords import PasswordMissing, password_of
from mailproc.config.policies import load_policy, shipped_policies
from mailproc.config.wording import mistakes_of
from mailproc.config.world import absences, readable_folder
from mailproc.desk.directory import Counter, Customer, Office, StaffMember
from mailproc.desk.policy import Policy
from mailproc.desk.regions import Region

CheckTemplates = Callable[[Path | None], Sequence[str]]
"""Tells what is wrong in the letters of this folder (None: those that ship), each mistake worded."""

_VARIABLE = "MAILPROC_CONFIG"
_DEFAULT = "config.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A configuration without mistakes. `file` holds its keys; `customers` also those of the CSV file."""

    path: Path
    file: Configuration
    policies: Mapping[str, Policy] = field(repr=False)
    customers: tuple[CustomerKeys, ...] = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)

    def office(self) -> Office:
        """All that the desk needs to know of us."""
        return Office(
            organisation=self.file.organisation,
            counters={box.name: _counter(box) for box in self.file.mailboxes},
            policies=self.policies,
            regions={name: as_region(name, keys) for name, keys in self.file.regions.items()},
            staff=tuple(_staff_member(one) for one in self.file.staff),
            customers=tuple(_customer(one) for one in self.customers),
            roster=tuple(as_shift(one, self.file.regions[one.region].timezone) for one in self.file.duty),
            trusted_authserv_id=self.file.authentication.trusted_authserv_id,
            duty_manager_contact=self.file.duty_manager_contact,
            ours=frozenset(box.address for box in self.file.mailboxes),
            contacts={name: keys.duty_manager_contact for name, keys in self.file.regions.items()},
            digest_at={name: keys.digest_at for name, keys in self.file.regions.items() if keys.digest_at is not None},
        )

    @property
    def rosters(self) -> Mapping[str, Path]:
        """The iCalendar files of the regions that have one."""
        return {name: keys.roster for name, keys in self.file.regions.items() if keys.roster is not None}

    @property
    def kept_rosters(self) -> Path:
        """Where the last good copies of them are kept."""
        return self.file.data_dir / "rosters"

    def secret_of(self, login: Login) -> str:
        """The password of this login, read now; "" where it logs in without. Raises ConfigurationMistakes."""
        try:
            return password_of(login, self.environ)
        except PasswordMissing as trouble:
            raise ConfigurationMistakes([f"{self.path}: {trouble}"]) from None


def find_config(option: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the configuration is: -c, else MAILPROC_CONFIG, else config.toml in the working directory."""
    return option or Path(environ.get(_VARIABLE) or _DEFAULT)


def load_settings(path: Path, environ: Mapping[str, str], check_templates: CheckTemplates = lambda _: ()) -> Settings:
    """Read the configuration and all that it names: policies, customers, passwords, folders, letters.

    Raises ConfigurationMistakes with every mistake at once.
    """
    found = _find(path)
    found.mistakes.extend(absences(found.parts, environ))
    own = found.parts.templates_dir
    found.elsewhere.extend(check_templates(own if own and readable_folder(own) else None))
    return _settled(found, environ)


def read_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """As load_settings, for whoever only looks: passwords, folders and letters are not asked for."""
    return _settled(_find(path), environ)


def default_settings(policy: str) -> Office:
    """An office of one mailbox of this policy, for a message looked at without any configuration.

    Raises ConfigurationMistakes where there is no such policy or it is wrong.
    """
    found = load_policy(policy)
    counter = Counter(name="inspect", address="support@mailproc.invalid", policy=policy, region="utc")
    return Office(
        organisation="mailproc",
        counters={counter.name: counter},
        policies={policy: found},
        regions={"utc": Region(name="utc")},
        ours=frozenset({counter.address}),
    )


@dataclass(slots=True, kw_only=True)
class _Found:
    """What was read so far, and what is wrong: in config.toml by place, in other files worded already."""

    document: Document
    parts: Parts
    file: Configuration | None = None
    policies: dict[str, Policy] = field(default_factory=dict)
    customers: tuple[CustomerKeys, ...] = ()
    mistakes: list[Mistake] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def _find(path: Path) -> _Found:
    document = _open(path)
    found = _Found(document=document, parts=parts_of(document))
    try:
        found.file = Configuration.model_validate(document.data, context={"folder": document.folder})
    except ValidationError as trouble:
        found.mistakes.extend(mistakes_of(trouble, Configuration))
    found.mistakes.extend(disagreements(found.parts))
    _find_policies(found)
    _find_customers(found)
    return found


def _open(path: Path) -> Document:
    try:
        return read_document(path)
    except FileMissing as missing:
        hint = f'Write one with "mailproc init", or name yours by -c FILE or {_VARIABLE}'
        raise ConfigurationMistakes([f"{missing}. {hint}"]) from None


def _find_policies(found: _Found) -> None:
    """Those that mailboxes name, and those that ship: a request outlives the mailbox it came by."""
    for name in shipped_policies():
        found.policies[name] = load_policy(name)
    for loc, box in found.parts.mailboxes:
        if box.policy in found.policies:
            continue
        try:
            found.policies[box.policy] = load_policy(box.policy, found.document.path.parent)
        except FileUnreadable as trouble:
            found.mistakes.append(Mistake((*loc, "policy"), str(trouble)))
        except ConfigurationMistakes as trouble:
            found.elsewhere.extend(trouble.mistakes)


def _find_customers(found: _Found) -> None:
    found.customers = tuple(customer for _, customer in found.parts.customers)
    if found.parts.customers_file is None:
        return
    try:
        read = read_customers(found.document.path.parent / found.parts.customers_file)
    except FileUnreadable as trouble:
        found.mistakes.append(Mistake(("customers_file",), str(trouble)))
        return
    found.elsewhere.extend(read.mistakes)
    found.elsewhere.extend(list_disagreements(read.listed, found.parts))
    found.customers += tuple(one.customer for one in read.listed)


def _settled(found: _Found, environ: Mapping[str, str]) -> Settings:
    if found.file is None or found.mistakes or found.elsewhere:
        raise ConfigurationMistakes((*found.document.told(found.mistakes), *dict.fromkeys(found.elsewhere)))
    return Settings(
        path=found.document.path,
        file=found.file,
        policies=found.policies,
        customers=found.customers,
        environ=environ,
    )


def _counter(box: MaildirMailbox | ImapMailbox) -> Counter:
    return Counter(name=box.name, address=box.address, policy=box.policy, region=box.region, subaddress=box.subaddress)


def _staff_member(keys: StaffKeys) -> StaffMember:
    return StaffMember(
        name=keys.name, address=keys.address, aliases=keys.aliases, roles=keys.roles, regions=keys.regions
    )


def _customer(keys: CustomerKeys) -> Customer:
    return Customer(organisation=keys.organisation, domains=keys.domains, region=keys.region, plan=keys.plan)
