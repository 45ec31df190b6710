"""The shape of config.toml: every table and key, with what it means and what it is where it is left out.

The description of each key is also its documentation: docs/configuration.md is held against it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from mailproc.config.kinds import (
    Bytes,
    Day,
    Domain,
    Host,
    Lease,
    Line,
    Located,
    MailAddress,
    Name,
    NumberForm,
    Pause,
    Port,
    StoreUrl,
    TimeOfDay,
    Variable,
    Words,
)
from mailproc.desk.directory import StaffRole
from mailproc.desk.policy import Frozen

Security = Literal["tls", "starttls", "none"]
After = Literal["seen", "move", "delete"]
FirstRun = Literal["new-only", "everything"]

_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}


def _imap_port(given: Mapping[str, Any]) -> int:
    return _IMAP_PORTS.get(given.get("security", "tls"), 993)


def _smtp_port(given: Mapping[str, Any]) -> int:
    return _SMTP_PORTS.get(given.get("security", "tls"), 465)


class Login(Frozen):
    """How we log in to a server. The password stands elsewhere: in a variable or in a file."""

    security: Security = Field(
        default="tls",
        description="how the connection is protected: TLS from the first byte, STARTTLS, or not at all; "
        "certificates are always verified",
        examples=['security = "tls"'],
    )
    username: Words = Field(default="", description="who logs in", examples=['username = "support"'])
    password_env: Variable | None = Field(
        default=None,
        description="the environment variable that holds the password",
        examples=['password_env = "MAILPROC_PASSWORD"'],
    )
    password_file: Located | None = Field(
        default=None,
        description="the file that holds the password, readable by the service alone",
        examples=['password_file = "password"'],
    )
    auth: Literal["password"] = Field(
        default="password", description="how we prove who we are", examples=['auth = "password"']
    )
    ca_file: Located | None = Field(
        default=None,
        description="certificates (PEM) of the authority that we trust for this server, instead of the system's",
        examples=['ca_file = "/etc/ssl/private-ca.pem"'],
    )

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        if self.password_env is not None and self.password_file is not None:
            raise ValueError("write password_env or password_file, not both")
        if self.username and self.password_env is None and self.password_file is None:
            raise ValueError('the password is missing: write password_env = "VARIABLE" or password_file = "FILE"')
        if not self.username and (self.password_env is not None or self.password_file is not None):
            raise ValueError('who logs in is missing: write username = "…"')
        return self


class MailboxKeys(Frozen):
    """What every mailbox has, wherever its mail comes from."""

    name: Name = Field(description="how commands and logs name it; never change it", examples=['name = "support"'])
    address: MailAddress = Field(
        description="what customers write to, and what they are answered from",
        examples=['address = "support@vendor.example"'],
    )
    policy: Words = Field(
        min_length=1,
        description="x-series, blue-coat, duty-manager, or the path of a policy of your own",
        examples=['policy = "x-series"'],
    )
    region: Words = Field(
        min_length=1,
        description="the region of a request whose sender is not in the directory of customers",
        examples=['region = "emea"'],
    )
    subaddress: Literal["+", ""] = Field(
        default="+",
        description="what parts a tag from the local part (RFC 5233), as the mail server delivers it; "
        "empty where support+anything@… does not reach this mailbox",
        examples=['subaddress = "+"'],
    )
    poll: Pause = Field(
        default=timedelta(seconds=60), description="how often we look for new mail", examples=['poll = "60 seconds"']
    )
    first_run: FirstRun = Field(
        default="new-only",
        description="mail from before the first run (in a Maildir: what is marked as seen) is left alone, or taken too",
        examples=['first_run = "everything"'],
    )
    after: After = Field(
        default="seen",
        description="what becomes of a mail once it is safely ours: marked as seen, moved, or deleted",
        examples=['after = "seen"'],
    )
    move_to: Words = Field(
        default="",
        description="where a mail is moved to: a folder of the server, or a Maildir relative to path",
        examples=['move_to = "Processed"'],
    )

    max_bytes: Bytes = Field(
        default=50 * 1024 * 1024,
        description="a mail larger than this stays where it is, and the log says so",
        examples=["max_bytes = 52428800"],
    )

    @model_validator(mode="after")
    def _moved_somewhere(self) -> Self:
        if self.after == "move" and not self.move_to:
            raise ValueError('after = "move" needs the folder: write move_to = "Processed"')
        if self.after != "move" and self.move_to:
            raise ValueError('move_to has no use without after = "move"')
        return self


class MaildirMailbox(MailboxKeys):
    """A mailbox in a folder of this machine (Maildir)."""

    source: Literal["maildir"] = Field(description="mail lies in a Maildir", examples=['source = "maildir"'])
    path: Located = Field(description="the Maildir; it is made where it does not exist", examples=['path = "inbox"'])


class ImapMailbox(MailboxKeys, Login):
    """A mailbox on a server (IMAP)."""

    source: Literal["imap"] = Field(description="mail lies on an IMAP server", examples=['source = "imap"'])
    host: Host = Field(description="the server", examples=['host = "imap.vendor.example"'])
    port: Port = Field(
        default_factory=_imap_port,
        description='its port: 993, or 143 where security is "starttls" or "none"',
        examples=["port = 993"],
    )
    username: Words = Field(min_length=1, description="who logs in", examples=['username = "support"'])
    folders: tuple[Words, ...] = Field(
        default=("INBOX",), min_length=1, description="the folders that are read", examples=['folders = ["INBOX"]']
    )
    folder: Words = Field(default="", description="the only folder that is read", examples=['folder = "INBOX"'])

    @model_validator(mode="after")
    def _folders_told_once(self) -> Self:
        if self.folder and "folders" in self.model_fields_set:
            raise ValueError("write folder or folders, not both")
        if self.move_to in self.all_folders:
            raise ValueError("move_to is a folder that is read: mail would come again")
        return self

    @property
    def all_folders(self) -> tuple[str, ...]:
        """Every folder that is read, however it was written."""
        return (self.folder,) if self.folder else self.folders


class MaildirOutgoing(Frozen):
    """Letters are laid into a folder of this machine (Maildir): for trials and drills."""

    transport: Literal["maildir"] = Field(description="letters go into a Maildir", examples=['transport = "maildir"'])
    path: Located = Field(description="the Maildir; it is made where it does not exist", examples=['path = "sent"'])


class SmtpOutgoing(Login):
    """Letters leave by a mail server (SMTP submission)."""

    transport: Literal["smtp"] = Field(description="letters leave by SMTP", examples=['transport = "smtp"'])
    host: Host = Field(description="the server", examples=['host = "smtp.vendor.example"'])
    port: Port = Field(
        default_factory=_smtp_port,
        description='its port: 465, 587 where security is "starttls", 25 where it is "none"',
        examples=["port = 465"],
    )


Mailbox = Annotated[MaildirMailbox | ImapMailbox, Field(discriminator="source")]
Outgoing = Annotated[MaildirOutgoing | SmtpOutgoing, Field(discriminator="transport")]


class RegionKeys(Frozen):
    """A region: when its people work."""

    timezone: Words = Field(description="its time zone, by its IANA name", examples=['timezone = "Europe/London"'])
    hours: Words = Field(
        default="Mo-Fr 09:00-17:00",
        description="business hours in OpenStreetMap's opening_hours notation: \"Mo-Fr 09:00-13:00,14:00-18:00; "
        'Sa 09:00-12:00", or "24/7"',
        examples=['hours = "Mo-Fr 09:00-17:00"'],
    )
    holidays: Words = Field(
        default="",
        description="public holidays: a country or country-subdivision as in the holidays package; empty for none",
        examples=['holidays = "GB-ENG"'],
    )
    closed: tuple[Day, ...] = Field(
        default=(), description="further days on which nobody works", examples=['closed = ["2026-12-24"]']
    )
    digest_at: tuple[TimeOfDay, ...] | None = Field(
        default=None,
        description="when the duty managers get their digest, every day in the region's time, [] for never; "
        "where left out, as each business day and each shift begins",
        examples=['digest_at = ["08:45"]'],
    )
    duty_manager_contact: Words = Field(
        default="",
        description="how customers of the region reach the duty manager by telephone; as above where left out",
        examples=['duty_manager_contact = "+44 20 7946 0123"'],
    )
    roster: Located | None = Field(
        default=None,
        description="an iCalendar file (.ics) that says who is on call when; where it names nobody, the shifts of "
        "[[duty]] hold",
        examples=['roster = "emea.ics"'],
    )


class StaffKeys(Frozen):
    """Somebody who answers customers."""

    name: Line = Field(description="the name that customers see", examples=['name = "Alice Ndiaye"'])
    address: MailAddress = Field(
        description="where letters to this person go", examples=['address = "alice@vendor.example"']
    )
    aliases: tuple[MailAddress, ...] = Field(
        default=(),
        description="further addresses that this person writes from",
        examples=['aliases = ["a.ndiaye@vendor.example"]'],
    )
    roles: tuple[StaffRole, ...] = Field(
        default=("engineer",),
        min_length=1,
        description="engineer, duty-manager, support-manager, product-management",
        examples=['roles = ["engineer"]'],
    )
    regions: tuple[Words, ...] = Field(
        default=(),
        description="the regions this person works for; every region where left out",
        examples=['regions = ["emea"]'],
    )


class DutyKeys(Frozen):
    """A weekly shift of the duty managers."""

    region: Words = Field(
        min_length=1,
        description="the region whose requests it is for, and whose clock it goes by",
        examples=['region = "emea"'],
    )
    who: MailAddress = Field(
        description="the address of the staff member on call", examples=['who = "bjarne@vendor.example"']
    )
    backup: MailAddress | None = Field(
        default=None,
        description="who is alerted next where nobody acknowledges; another duty manager where left out",
        examples=['backup = "carla@vendor.example"'],
    )
    days: Words = Field(
        default="Mo-Su",
        description="the days on which the shift begins, in opening_hours notation",
        examples=['days = "Mo-Fr"'],
    )
    hours: Words = Field(
        default="00:00-24:00",
        description="from when to when, over midnight where the end comes first",
        examples=['hours = "20:00-08:00"'],
    )


class CustomerKeys(Frozen):
    """An organisation of the directory of customers."""

    organisation: Line = Field(description="its name", examples=['organisation = "Acme"'])
    domains: tuple[Domain, ...] = Field(
        min_length=1,
        description="the domains its people write from, domains below them included",
        examples=['domains = ["acme.example"]'],
    )
    region: Words = Field(
        default="",
        description="where its requests are handled; the mailbox's region where left out",
        examples=['region = "amer"'],
    )
    plan: Words = Field(
        default="",
        description="its service plan, printed where hardware replacement is promised",
        examples=['plan = "gold"'],
    )


class AuthenticationKeys(Frozen):
    """Whom we believe that a sender is who he says."""

    trusted_authserv_id: Words = Field(
        default="",
        description="whose Authentication-Results we believe (RFC 8601): the name that your own mail server writes "
        "there; empty for nobody's",
        examples=['trusted_authserv_id = "mx.vendor.example"'],
    )


class Configuration(Frozen):
    """The whole file. Paths are as they lie on this machine; `database_url` may hold a password."""

    organisation: Line = Field(
        description="who we are: stands in letters and before our addresses",
        examples=['organisation = "Example Networks"'],
    )
    data_dir: Located = Field(
        description="raw mail, attachments, spool; created with mode 0700", examples=['data_dir = "var"']
    )
    database_url: StoreUrl = Field(
        repr=False,
        description="where service requests are kept: sqlite:///FILE, or postgresql+psycopg://USER@HOST/NAME",
        examples=['database_url = "sqlite:///var/mailproc.db"'],
    )
    sr_number: NumberForm = Field(
        default="2-{:09d}",
        description="how a service request is numbered: {:09d} is the count with nine digits",
        examples=['sr_number = "2-{:09d}"'],
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="what is logged, from this weight on", examples=['log_level = "info"']
    )
    duty_manager_contact: Words = Field(
        default="",
        description="how customers reach the duty manager by telephone, as letters print it",
        examples=['duty_manager_contact = "+1 (408) 541 3700"'],
    )
    templates_dir: Located | None = Field(
        default=None,
        description="a folder of letters of your own; what it lacks is taken from those that ship",
        examples=['templates_dir = "templates"'],
    )
    shared_storage: Located | None = Field(
        default=None,
        description="a folder that every daemon of one PostgreSQL database can reach: raw mail is kept there "
        "instead of in the database",
        examples=['shared_storage = "/srv/mailproc"'],
    )
    lease: Lease = Field(
        default=timedelta(minutes=5),
        description="how long the work that a daemon had in hand when it died is left alone before another daemon of "
        "the same PostgreSQL database takes it up",
        examples=['lease = "5 minutes"'],
    )
    customers_file: Located | None = Field(
        default=None,
        description="further customers in a CSV file with the columns organisation, domains (parted by spaces), "
        "region, plan",
        examples=['customers_file = "customers.csv"'],
    )
    mailboxes: tuple[Mailbox, ...] = Field(
        min_length=1, description="what customers write to, one table each", examples=["[[mailboxes]]"]
    )
    outgoing: Outgoing = Field(description="how letters leave", examples=["[outgoing]"])
    regions: dict[Name, RegionKeys] = Field(
        min_length=1, description="where requests are handled, one table each", examples=["[regions.emea]"]
    )
    staff: tuple[StaffKeys, ...] = Field(default=(), description="who answers customers", examples=["[[staff]]"])
    duty: tuple[DutyKeys, ...] = Field(
        default=(),
        description="the roster of duty managers, one table a shift; without it every duty manager is always on call",
        examples=["[[duty]]"],
    )
    customers: tuple[CustomerKeys, ...] = Field(
        default=(), description="the directory of customers", examples=["[[customers]]"]
    )
    authentication: AuthenticationKeys = Field(
        default=AuthenticationKeys(), description="whom we believe", examples=["[authentication]"]
    )
