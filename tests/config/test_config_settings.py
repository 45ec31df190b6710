"""From a good configuration to settings and to the office that the desk knows."""

from datetime import date
from pathlib import Path

import pytest

from mailproc.config import (
    ConfigurationMistakes,
    ImapMailbox,
    MaildirMailbox,
    SmtpOutgoing,
    default_settings,
    find_config,
    load_settings,
    read_settings,
)
from mailproc.config.passwords import PasswordMissing, password_of
from mailproc.desk.directory import Counter, Customer, StaffMember
from mailproc.desk.hours import Region

POLICY = """\
name = "own"
title = "Own"
default_level = 1
levels.1 = { name = "One", definition = ["down"], response = "30 minutes" }
"""

CONFIG = """\
organisation = "Example Networks"
data_dir = "var"
database_url = "sqlite:///var/mailproc.db"
sr_number = "2-{:09d}"
duty_manager_contact = "+1 (408) 541 3700"
customers_file = "lists/customers.csv"

[[mailboxes]]
name = "xseries"
address = "XSeries-Support@Vendor.example"
policy = "policies/own.toml"
region = "emea"
source = "maildir"
path = "inbox"

[[mailboxes]]
name = "server"
address = "support@vendor.example"
policy = "policies/own.toml"
region = "emea"
subaddress = ""
source = "imap"
host = "imap.vendor.example"
username = "support"
password_file = "password"

[outgoing]
transport = "smtp"
host = "smtp.vendor.example"
security = "starttls"
username = "mailproc"
password_env = "SMTP_PASSWORD"

[regions.emea]
timezone = "Europe/London"
hours = "Mo-Fr 09:00-17:00"
holidays = "GB-ENG"
closed = ["2026-12-24", 2026-12-31]

[[staff]]
name = "Alice Ndiaye"
address = "Alice@vendor.example"
aliases = ["A.Ndiaye@vendor.example"]
roles = ["engineer", "duty-manager"]
regions = ["emea"]

[[customers]]
organisation = "Acme"
domains = ["ACME.example"]
region = "emea"
plan = "gold"

[authentication]
trusted_authserv_id = "mx.vendor.example"
"""

ENVIRON = {"SMTP_PASSWORD": "correct horse"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration in a folder of its own, with everything that it names."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "own.toml").write_text(POLICY)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "customers.csv").write_text(
        "organisation,domains,region,plan\nGlobex,globex.example  globex.test,emea,silver\n"
        "\nInitech,initech.example,,\n"
    )
    (tmp_path / "password").write_text("battery staple\n")
    (tmp_path / "password").chmod(0o600)
    (tmp_path / "config.toml").write_text(CONFIG)
    return tmp_path / "config.toml"


def test_the_office_is_what_the_file_says(config: Path) -> None:
    office = load_settings(config, ENVIRON).office()
    assert office.organisation == "Example Networks"
    assert office.counters == {
        "xseries": Counter(
            name="xseries", address="xseries-support@vendor.example", policy="policies/own.toml", region="emea"
        ),
        "server": Counter(
            name="server", address="support@vendor.example", policy="policies/own.toml", region="emea", subaddress=""
        ),
    }
    assert office.policies["policies/own.toml"].title == "Own"
    assert office.regions == {
        "emea": Region(
            name="emea",
            timezone="Europe/London",
            hours="Mo-Fr 09:00-17:00",
            holidays="GB-ENG",
            closed=(date(2026, 12, 24), date(2026, 12, 31)),
        )
    }
    assert office.staff == (
        StaffMember(
            name="Alice Ndiaye",
            address="alice@vendor.example",
            aliases=("a.ndiaye@vendor.example",),
            roles=("engineer", "duty-manager"),
            regions=("emea",),
        ),
    )
    assert office.customers == (
        Customer(organisation="Acme", domains=("acme.example",), region="emea", plan="gold"),
        Customer(organisation="Globex", domains=("globex.example", "globex.test"), region="emea", plan="silver"),
        Customer(organisation="Initech", domains=("initech.example",)),
    )
    assert office.trusted_authserv_id == "mx.vendor.example"
    assert office.duty_manager_contact == "+1 (408) 541 3700"
    assert office.ours == {"xseries-support@vendor.example", "support@vendor.example"}


def test_relative_paths_are_relative_to_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the program was started, and however the file was named."""
    monkeypatch.chdir(config.parent / "policies")
    file = load_settings(Path("../config.toml"), ENVIRON).file
    folder = config.parent
    assert file.data_dir.resolve() == folder / "var"
    assert Path(file.database_url.removeprefix("sqlite:///")).resolve() == folder / "var" / "mailproc.db"
    maildir, server = file.mailboxes
    assert isinstance(maildir, MaildirMailbox)
    assert maildir.path.resolve() == folder / "inbox"
    assert isinstance(server, ImapMailbox)
    assert server.password_file is not None
    assert server.password_file.is_absolute()


def test_absolute_paths_and_other_stores_stay_as_they_are(config: Path) -> None:
    text = CONFIG.replace('"var"', '"/srv/mail"').replace("sqlite:///var/mailproc.db", "postgresql+psycopg://u:p@db/m")
    config.write_text(text)
    file = read_settings(config, ENVIRON).file
    assert file.data_dir == Path("/srv/mail")
    assert file.database_url == "postgresql+psycopg://u:p@db/m"
    config.write_text(CONFIG.replace("sqlite:///var/mailproc.db", "sqlite:////srv/mail.db?timeout=3"))
    assert read_settings(config, ENVIRON).file.database_url == "sqlite:////srv/mail.db?timeout=3"


def test_passwords_are_found_where_the_file_says(config: Path) -> None:
    settings = load_settings(config, ENVIRON)
    server = settings.file.mailboxes[1]
    assert isinstance(server, ImapMailbox)
    assert settings.secret_of(server) == "battery staple"
    assert isinstance(settings.file.outgoing, SmtpOutgoing)
    assert settings.secret_of(settings.file.outgoing) == "correct horse"
    assert settings.secret_of(SmtpOutgoing(transport="smtp", host="localhost")) == ""


def test_nothing_secret_is_printed(config: Path) -> None:
    config.write_text(CONFIG.replace("sqlite:///var/mailproc.db", "postgresql+psycopg://u:sesame@db/m"))
    settings = load_settings(config, ENVIRON)
    shown = f"{settings!r} {settings} {settings.file!r} {settings.file}"
    assert not any(secret in shown for secret in ("sesame", "correct horse", "battery staple"))


def test_who_only_looks_needs_no_password(config: Path) -> None:
    (config.parent / "password").unlink()
    settings = read_settings(config, {})
    assert isinstance(settings.file.outgoing, SmtpOutgoing)
    with pytest.raises(ConfigurationMistakes, match="the environment variable SMTP_PASSWORD is not set"):
        settings.secret_of(settings.file.outgoing)


@pytest.mark.parametrize(
    ("content", "mode", "told"),
    [
        (b"secret\n", 0o604, "everybody on this machine can read {}. Say: chmod o-rwx {}"),
        (b"\n", 0o600, "{} is empty. Write the password into it, on one line"),
        (b"\xff", 0o600, "{} is not UTF-8"),
        (None, 0o600, "{} cannot be read: No such file or directory"),
    ],
)
def test_a_password_file_that_does_not_serve_is_told(
    tmp_path: Path, content: bytes | None, mode: int, told: str
) -> None:
    path = tmp_path / "password"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    login = SmtpOutgoing(transport="smtp", host="h", username="u", password_file=path)
    with pytest.raises(PasswordMissing) as caught:
        password_of(login, {})
    assert str(caught.value) == told.replace("{}", str(path))


@pytest.mark.parametrize(("security", "port"), [("tls", 993), ("starttls", 143), ("none", 143)])
def test_the_port_of_imap_follows_its_security(config: Path, security: str, port: int) -> None:
    config.write_text(CONFIG.replace('source = "imap"', f'source = "imap"\nsecurity = "{security}"'))
    server = read_settings(config, {}).file.mailboxes[1]
    assert isinstance(server, ImapMailbox)
    assert server.port == port


@pytest.mark.parametrize(("security", "port"), [("tls", 465), ("starttls", 587), ("none", 25)])
def test_the_port_of_smtp_follows_its_security(config: Path, security: str, port: int) -> None:
    config.write_text(CONFIG.replace('security = "starttls"', f'security = "{security}"'))
    outgoing = read_settings(config, {}).file.outgoing
    assert isinstance(outgoing, SmtpOutgoing)
    assert outgoing.port == port


@pytest.mark.parametrize(
    ("written", "read"), [("", ("INBOX",)), ('folder = "Support"', ("Support",)), ('folders = ["A", "B"]', ("A", "B"))]
)
def test_folders_are_told_one_way_or_the_other(config: Path, written: str, read: tuple[str, ...]) -> None:
    config.write_text(CONFIG.replace('source = "imap"', f'source = "imap"\n{written}'))
    server = read_settings(config, {}).file.mailboxes[1]
    assert isinstance(server, ImapMailbox)
    assert server.all_folders == read


def test_old_mail_is_left_alone_unless_asked_for(config: Path) -> None:
    assert [box.first_run for box in read_settings(config, {}).file.mailboxes] == ["new-only", "new-only"]


def test_the_file_is_named_by_option_then_variable_then_by_custom() -> None:
    environ = {"MAILPROC_CONFIG": "/etc/mailproc.toml"}
    assert find_config(Path("mine.toml"), environ) == Path("mine.toml")
    assert find_config(None, environ) == Path("/etc/mailproc.toml")
    assert find_config(None, {"MAILPROC_CONFIG": ""}) == Path("config.toml")
    assert find_config(None, {}) == Path("config.toml")


def test_a_message_can_be_looked_at_without_a_configuration(config: Path) -> None:
    policy = str(config.parent / "policies" / "own.toml")
    office = default_settings(policy)
    (counter,) = office.counters.values()
    assert office.policies[counter.policy].title == "Own"
    assert counter.region in office.regions
    assert counter.address in office.ours


LISTS = [
    ("organisation,domain\nA,a.example\n", ['1: domain: unknown column. Did you mean "domains"?', "1: domains: this"]),
    ("organisation,domains\nA\n", ["2: has 1 of 2 cells"]),
    ("organisation;domains;plan\nA;a.example b.example;gold, 24x7\n", []),
    (
        'organisation,domains\n"A\nB",a.example\nC,c@example\n',
        ["2: organisation: must be one line", "4: domains: is no"],
    ),
    ("organisation,domains\n,a.example\n", ["2: organisation: must be one line of words"]),
    ("organisation,domains\nA,\n", ["2: domains: must not be empty"]),
    ("organisation,domains,region\nA,a.example,eema\n", ['2: region: no region has this name. Did you mean "emea"?']),
    (
        "organisation,domains\nA,acme.example\nB,b.example B.example\n",
        ["2: domains: acme.example stands", "3: domains: b"],
    ),
    ("", ["1: organisation: this column is missing", "1: domains: this column is missing"]),
    ("\ufefforganisation,domains\r\nA,a.example\r\n", []),
    ("organisation,domains\nA,a.example\x00\n", ["2: domains: is no domain"]),
]


@pytest.mark.parametrize(("text", "told"), LISTS)
def test_mistakes_in_the_list_of_customers_are_told_at_their_lines(config: Path, text: str, told: list[str]) -> None:
    path = config.parent / "lists" / "customers.csv"
    path.write_text(text)
    found: tuple[str, ...] = ()
    try:
        read_settings(config, {})
    except ConfigurationMistakes as mistakes:
        found = mistakes.mistakes
    assert len(found) == len(told)
    for one, beginning in zip(found, told, strict=True):
        assert one.startswith(f"{path}:{beginning}")
