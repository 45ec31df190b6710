"""Each mistake is told with file, line, key and what to write instead, and all of them at once."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailproc.config import ConfigurationMistakes, load_settings, read_settings

POLICY = """\
name = "own"
title = "Own"
default_level = 1

[levels.1]
name = "One"
definition = ["down"]
response = "30 minutes"
"""

GOOD = """\
organisation = "Example Networks"
data_dir = "var"
database_url = "sqlite:///var/mailproc.db"
sr_number = "2-{:09d}"

[[mailboxes]]
name = "xseries"
address = "Support@vendor.example"
policy = "own.toml"
region = "emea"
source = "imap"
host = "imap.vendor.example"
username = "support"
password_env = "IMAP_PASSWORD"

[[mailboxes]]
name = "folder"
address = "folder@vendor.example"
policy = "own.toml"
region = "emea"
source = "maildir"
path = "inbox"

[outgoing]
transport = "smtp"
host = "smtp.vendor.example"

[regions.emea]
timezone = "Europe/London"

[[staff]]
name = "Alice Ndiaye"
address = "alice@vendor.example"

[[customers]]
organisation = "Acme"
domains = ["acme.example"]
"""

ENVIRON = {"IMAP_PASSWORD": "hunter2"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").write_text(POLICY)
    return tmp_path


def mistakes_in(text: str, environ: Mapping[str, str] = ENVIRON) -> tuple[str, ...]:
    Path("config.toml").write_text(text)
    with pytest.raises(ConfigurationMistakes) as caught:
        load_settings(Path("config.toml"), environ)
    return caught.value.mistakes


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_file_has_none(folder: Path) -> None:
    (folder / "config.toml").write_text(GOOD)
    assert load_settings(Path("config.toml"), ENVIRON).file.organisation == "Example Networks"


ONE_MISTAKE = [
    # (what stood there, what stands there now, what is told)
    ('host = "imap', 'prot = 1\nhost = "imap', '12: mailboxes.xseries.prot: unknown key. Did you mean "port"?'),
    (
        "[regions.emea]\n",
        "[regions.emea]\nqwerty = 1\n",
        (
            "29: regions.emea.qwerty: unknown key. Known here: "
            "closed, digest_at, duty_manager_contact, holidays, hours, roster, timezone"
        ),
    ),
    (
        "[regions.emea]\n",
        '[regions.emea]\ndigest_at = ["24:15"]\n',
        '29: regions.emea.digest_at[1]: is no time of day: write one in quotes, such as "08:45"',
    ),
    (
        "[outgoing]\n",
        '[outgoing]\nduty_manager_contact = "+1"\n',
        (
            "25: outgoing.duty_manager_contact: unknown key here. duty_manager_contact belongs to the top of the file, "
            "before the first [table]"
        ),
    ),
    (
        'password_env = "IMAP_PASSWORD"',
        'password = "hunter2"\npassword_env = "IMAP_PASSWORD"',
        (
            "14: mailboxes.xseries.password: a password does not stand in the configuration, where whoever sees the "
            'file reads it. Write password_file = "FILE" or password_env = "VARIABLE" instead'
        ),
    ),
    (
        'data_dir = "var"\n',
        "",
        '1: data_dir: this key is missing. For instance: data_dir = "var"',
    ),
    (
        'host = "smtp.vendor.example"\n',
        "",
        '24: outgoing.host: this key is missing. For instance: host = "smtp.vendor.example"',
    ),
    ('source = "imap"', "", '6: mailboxes.xseries.source: must be "maildir" or "imap"'),
    ('transport = "smtp"', 'transport = "pigeon"', '25: outgoing.transport: must be "maildir" or "smtp"'),
    (
        'host = "imap.vendor.example"',
        "host = 3",
        '12: mailboxes.xseries.host: must be words in quotes. For instance: host = "imap.vendor.example"',
    ),
    (
        'host = "imap.vendor.example"',
        'host = "imaps://imap.vendor.example"',
        '12: mailboxes.xseries.host: is no host: write a name such as "imap.vendor.example" without scheme or path',
    ),
    (
        'host = "smtp.vendor.example"',
        'host = "smtp.vendor.example"\nport = "smtp"',
        "27: outgoing.port: must be a whole number. For instance: port = 465",
    ),
    (
        'host = "smtp.vendor.example"',
        'host = "smtp.vendor.example"\nport = 65536',
        "27: outgoing.port: must lie between 1 and 65535",
    ),
    (
        'path = "inbox"',
        'path = "inbox"\nafter = "burn"',
        '23: mailboxes.folder.after: must be "seen", "move" or "delete"',
    ),
    (
        'path = "inbox"',
        'path = "inbox"\nafter = "move"',
        '16: mailboxes.folder: after = "move" needs the folder: write move_to = "Processed"',
    ),
    (
        'path = "inbox"',
        'path = "inbox"\nmove_to = "Processed"',
        '16: mailboxes.folder: move_to has no use without after = "move"',
    ),
    (
        'source = "imap"',
        'source = "imap"\nfolder = "Support"\nfolders = ["INBOX"]',
        "6: mailboxes.xseries: write folder or folders, not both",
    ),
    (
        'source = "imap"',
        'source = "imap"\nafter = "move"\nmove_to = "INBOX"',
        "6: mailboxes.xseries: move_to is a folder that is read: mail would come again",
    ),
    (
        'source = "imap"',
        'source = "imap"\npoll = 60',
        '12: mailboxes.xseries.poll: write an interval such as "60 seconds" or "5 minutes"',
    ),
    (
        'source = "imap"',
        'source = "imap"\npoll = "0 seconds"',
        "12: mailboxes.xseries.poll: must lie between 1 second and 24 hours",
    ),
    (
        'data_dir = "var"',
        'data_dir = "var"\nlease = "1 second"',
        "3: lease: must lie between 10 seconds and 1 hour",
    ),
    (
        'password_env = "IMAP_PASSWORD"',
        "",
        '6: mailboxes.xseries: the password is missing: write password_env = "VARIABLE" or password_file = "FILE"',
    ),
    (
        'password_env = "IMAP_PASSWORD"',
        'password_env = "IMAP_PASSWORD"\npassword_file = "x"',
        "6: mailboxes.xseries: write password_env or password_file, not both",
    ),
    (
        'host = "smtp.vendor.example"',
        'host = "smtp.vendor.example"\npassword_env = "IMAP_PASSWORD"',
        '24: outgoing: who logs in is missing: write username = "…"',
    ),
    (
        'password_env = "IMAP_PASSWORD"',
        'password_env = "OTHER"',
        (
            "14: mailboxes.xseries.password_env: the environment variable OTHER is not set. Set it for the service, "
            "or write password_file"
        ),
    ),
    (
        'password_env = "IMAP_PASSWORD"',
        'password_env = "hunter 2"',
        (
            "14: mailboxes.xseries.password_env: is no name of an environment variable: write one such as "
            '"MAILPROC_IMAP_PASSWORD"'
        ),
    ),
    (
        'name = "folder"',
        'name = "xseries"',
        "17: mailboxes.xseries.name: another mailbox has this name already. Give each its own",
    ),
    (
        "folder@vendor.example",
        "support@VENDOR.example",
        "18: mailboxes.folder.address: another mailbox has this address already. Give each its own",
    ),
    (
        "folder@vendor.example",
        "folder at vendor.example",
        '18: mailboxes.folder.address: is no mail address: write one such as "support@vendor.example"',
    ),
    (
        'name = "folder"',
        'name = "a folder"',
        '17: mailboxes."a folder".name: must be a short name of letters, digits, - and _',
    ),
    (
        'region = "emea"',
        'region = "eema"',
        '10: mailboxes.xseries.region: no region has this name. Did you mean "emea"? Known here: emea',
    ),
    (
        'policy = "own.toml"',
        'policy = "other.toml"',
        "9: mailboxes.xseries.policy: there is no file other.toml",
    ),
    (
        'timezone = "Europe/London"',
        'timezone = "Europe/Londn"',
        '29: regions.emea.timezone: timezone = "Europe/Londn" is no IANA time zone: write "Europe/London"',
    ),
    (
        'timezone = "Europe/London"',
        'timezone = "Europe/London"\nclosed = [\n  2026-12-24,\n  "25.12.2026",\n]',
        '32: regions.emea.closed[2]: is no day: write one such as "2026-12-24"',
    ),
    (
        'address = "alice@vendor.example"',
        'address = "alice@vendor.example"\nroles = ["enginer"]',
        (
            '34: staff."Alice Ndiaye".roles[1]: must be "engineer", "duty-manager", "support-manager" '
            'or "product-management"'
        ),
    ),
    (
        'address = "alice@vendor.example"',
        'address = "alice@vendor.example"\nroles = []',
        '34: staff."Alice Ndiaye".roles: must not be empty. For instance: roles = ["engineer"]',
    ),
    (
        'address = "alice@vendor.example"',
        'address = "alice@vendor.example"\nregions = ["emea", "apac"]',
        '34: staff."Alice Ndiaye".regions[2]: no region has this name. Known here: emea',
    ),
    (
        'address = "alice@vendor.example"',
        'address = "alice@vendor.example"\naliases = ["ALICE@vendor.example"]',
        '34: staff."Alice Ndiaye".aliases[1]: this address stands in [[staff]] already. Write it once',
    ),
    (
        'address = "alice@vendor.example"',
        'address = "support@vendor.example"',
        '33: staff."Alice Ndiaye".address: this is the address of a mailbox. Write the person\'s own',
    ),
    (
        '"acme.example"',
        '"ann@acme.example"',
        (
            "37: customers.Acme.domains[1]: is no domain: write what stands behind the @ of an address, "
            'such as "acme.example"'
        ),
    ),
    (
        '"acme.example"',
        '"acme.example", "ACME.example"',
        "37: customers.Acme.domains[2]: another customer has this domain already. Write it once",
    ),
    (
        "sqlite:///var/mailproc.db",
        "mysql://localhost/mailproc",
        "3: database_url: must begin with sqlite:/// or postgresql+psycopg://",
    ),
    (
        "sqlite:///var/mailproc.db",
        "sqlite://",
        "3: database_url: must name a file: write one such as sqlite:///var/mailproc.db",
    ),
    ('"Example Networks"', '"Example\\nNetworks"', "1: organisation: must be one line of words"),
    ('data_dir = "var"', 'data_dir = "own.toml"', "2: data_dir: {folder}/own.toml is no folder"),
    (
        "sr_number",
        'templates_dir = "letters"\nsr_number',
        "4: templates_dir: {folder}/letters is no folder that we may read. Leave the key out to use what ships",
    ),
    ("sr_number", 'customers_file = "none.csv"\nsr_number', "4: customers_file: there is no file none.csv"),
    (
        'host = "smtp.vendor.example"',
        'host = "smtp.vendor.example"\nca_file = "ca.pem"',
        "27: outgoing.ca_file: {folder}/ca.pem cannot be read",
    ),
    (
        'transport = "smtp"\nhost = "smtp.vendor.example"',
        'transport = "maildir"\npath = "./inbox"',
        "22: mailboxes.folder.path: this folder is used by another table already. Give each its own",
    ),
    (
        'source = "maildir"\npath = "inbox"',
        'source = "imap"\nhost = "IMAP.vendor.example"\nusername = "support"\npassword_env = "IMAP_PASSWORD"',
        "16: mailboxes.folder: a folder of this mailbox is read by another one already. Each mail would come twice",
    ),
    (
        "[[customers]]",
        '[[duty]]\nregion = "emea"\nwho = "alice@vendor.example"\n[[customers]]',
        '37: duty[1].who: no [[staff]] with the role "duty-manager" has this address',
    ),
    (
        'example"\n\n[[customers]]',
        'example"\nroles = ["duty-manager"]\n[[duty]]\nregion = "amer"\nwho = "alice@vendor.example"\n[[customers]]',
        "36: duty[1].region: no region has this name. Known here: emea",
    ),
    (
        'example"\n\n[[customers]]',
        (
            'example"\nroles = ["duty-manager"]\n[[duty]]\nregion = "emea"\nwho = "alice@vendor.example"\n'
            'hours = "all day"\n[[customers]]'
        ),
        (
            '38: duty[1].hours: hours = "Mo-Su all day" is not understood: write OpenStreetMap opening_hours notation '
            'such as "Mo-Fr 09:00-17:00; Sa 09:00-12:00" or "24/7"'
        ),
    ),
    ("[[staff]]\nname", "[staff]\nname", "31: staff: must be a list. For instance: [[staff]]"),
    (
        '"Example Networks"',
        "Example Networks",
        '1: is not TOML: invalid value (column 16): words stand in quotes, key = "value"',
    ),
    (
        'data_dir = "var"\n',
        'data_dir = "var"\ndata_dir = "var"\n',
        "3: is not TOML: cannot overwrite a value (column 17): the same key stands twice",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), ONE_MISTAKE)
def test_a_mistake_is_told_at_its_line(folder: Path, old: str, new: str, told: str) -> None:
    assert mistakes_in(changed(old, new)) == ("config.toml:" + told.replace("{folder}", str(folder)),)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines(folder: Path) -> None:
    """Wrong keys hide neither what tables say of each other nor what is wrong in other files."""
    (folder / "own.toml").write_text(POLICY.replace("30 minutes", "half an hour"))
    text = GOOD.replace("organisation =", "organization =", 1).replace('name = "folder"', 'name = "xseries"')
    text = text.replace("timezone", "timezon").replace('name = "Alice Ndiaye"', "name = 3")
    text = text.replace('region = "emea"', 'region = "apac"', 1)
    assert mistakes_in(text, {}) == (
        'config.toml:1: organisation: this key is missing. For instance: organisation = "Example Networks"',
        'config.toml:1: organization: unknown key. Did you mean "organisation"?',
        "config.toml:10: mailboxes.xseries.region: no region has this name. Known here: emea",
        (
            "config.toml:14: mailboxes.xseries.password_env: the environment variable IMAP_PASSWORD is not set. "
            "Set it for the service, or write password_file"
        ),
        "config.toml:17: mailboxes.xseries.name: another mailbox has this name already. Give each its own",
        'config.toml:28: regions.emea.timezone: this key is missing. For instance: timezone = "Europe/London"',
        'config.toml:29: regions.emea.timezon: unknown key. Did you mean "timezone"?',
        'config.toml:32: staff[1].name: must be words in quotes. For instance: name = "Alice Ndiaye"',
        (
            'own.toml:8: levels.1.response: write a span such as "30 minutes", "8 business hours", "3 business days" '
            'or "immediate"'
        ),
    )


def test_tables_that_lack_every_key_are_told_key_by_key(folder: Path) -> None:
    told = mistakes_in('[[mailboxes]]\nsource = "maildir"\n[[mailboxes]]\n')
    assert [one.partition(": this key")[0] for one in told if "key is missing" in one] == [
        "config.toml:1: organisation",
        "config.toml:1: data_dir",
        "config.toml:1: database_url",
        "config.toml:1: mailboxes[1].name",
        "config.toml:1: mailboxes[1].address",
        "config.toml:1: mailboxes[1].policy",
        "config.toml:1: mailboxes[1].region",
        "config.toml:1: mailboxes[1].path",
        "config.toml:1: outgoing",
        "config.toml:1: regions",
    ]


SHAPES = [
    "mailboxes = 3",
    "mailboxes = [3]",
    "outgoing = []",
    "regions = [1]",
    "regions = { emea = 3 }",
    "staff = [[]]",
]


@pytest.mark.parametrize(
    "written", [*SHAPES, "customers_file = 3", "data_dir = []", "templates_dir = 1.5", "levels = {}"]
)
def test_a_value_of_any_shape_is_told_and_never_breaks_the_reading(folder: Path, written: str) -> None:
    assert any(written.partition(" ")[0] in one for one in mistakes_in(written))


def test_no_value_is_ever_repeated(folder: Path) -> None:
    """A password may have slipped into any key."""
    for line in GOOD.splitlines():
        key, equals, _ = line.partition(" = ")
        if equals:
            text = GOOD.replace(line, f'{key} = ["hunter2 @"]', 1)
            assert not any("hunter2" in one for one in mistakes_in(text)), line


NUMBERS = ["{}", "{:d}", "{:04d}", "2-{:09d}", "SR{:d}", "{:06d}-eu", "7{:d}7"]
NO_NUMBERS = [
    "2-",
    "{}{}",
    "-{}",
    "{:9d}",
    "{:x}",
    "{:,d}",
    "{name}",
    "{0.real}",
    "{1}",
    "SR {}",
    "{:d}@",
    "{",
    "{:09d",
    "[{}]",
    "{:1000000000000d}",
]


@pytest.mark.parametrize("form", NUMBERS)
def test_a_form_of_number_that_can_be_read_back_is_taken(folder: Path, form: str) -> None:
    (folder / "config.toml").write_text(changed("2-{:09d}", form))
    assert read_settings(Path("config.toml"), {}).file.sr_number == form


@pytest.mark.parametrize("form", NO_NUMBERS)
def test_a_form_of_number_that_cannot_be_read_back_is_refused(folder: Path, form: str) -> None:
    assert [one.partition(" must")[0] for one in mistakes_in(changed("2-{:09d}", form))] == [
        "config.toml:4: sr_number:"
    ]


def test_a_file_that_is_not_there_says_how_to_get_one(folder: Path) -> None:
    with pytest.raises(ConfigurationMistakes) as caught:
        load_settings(Path("none.toml"), {})
    assert caught.value.mistakes == (
        'there is no file none.toml. Write one with "mailproc init", or name yours by -c FILE or MAILPROC_CONFIG',
    )


def test_a_file_in_another_encoding_is_told_at_its_line(folder: Path) -> None:
    (folder / "config.toml").write_bytes(GOOD.replace("Example", "Exämple", 1).encode("latin-1"))
    with pytest.raises(ConfigurationMistakes, match=r"^config.toml:1: is not UTF-8: save the file in that encoding$"):
        load_settings(Path("config.toml"), ENVIRON)


def test_what_an_editor_of_windows_saves_is_read(folder: Path) -> None:
    (folder / "config.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_settings(Path("config.toml"), ENVIRON).file.organisation == "Example Networks"


def test_a_folder_that_we_may_not_write_to_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system is asked through a stand-in: to root it would allow everything."""
    (folder / "locked").mkdir()
    monkeypatch.setattr("mailproc.config.world.os.access", lambda *_: False)
    (told,) = mistakes_in(changed('data_dir = "var"', 'data_dir = "locked/var"'))
    assert told.startswith(f"config.toml:2: data_dir: we may not write to {folder}/locked.")


def test_a_postgresql_without_its_driver_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailproc.config.world.find_spec", lambda _: None)
    (told,) = mistakes_in(changed("sqlite:///var/mailproc.db", "postgresql+psycopg://u:hunter2@db/mailproc"))
    assert told == 'config.toml:3: database_url: PostgreSQL needs its driver. Say: pip install "mailproc[postgres]"'


def test_letters_that_ship_are_read_where_there_are_none_of_our_own(folder: Path) -> None:
    """A folder that cannot be read is told once, at its key."""
    (folder / "config.toml").write_text(changed("sr_number", 'templates_dir = "letters"\nsr_number'))
    with pytest.raises(ConfigurationMistakes) as caught:
        load_settings(Path("config.toml"), ENVIRON, lambda place: (f"{place}: read",))
    assert [one.partition(" is no")[0] for one in caught.value.mistakes] == [
        f"config.toml:4: templates_dir: {folder}/letters",
        "None: read",
    ]


def test_what_is_wrong_in_the_letters_is_told_with_the_rest(folder: Path) -> None:
    (folder / "letters").mkdir()
    (folder / "config.toml").write_text(changed("sr_number", 'templates_dir = "letters"\nsr_numbr'))
    with pytest.raises(ConfigurationMistakes) as caught:
        load_settings(Path("config.toml"), ENVIRON, lambda place: (f"{place}: wrong",))
    assert caught.value.mistakes == (
        'config.toml:5: sr_numbr: unknown key. Did you mean "sr_number"?',
        f"{folder}/letters: wrong",
    )


ASSIGNMENTS = [line for line in GOOD.splitlines() if " = " in line]
ODD_VALUES = [
    '""',
    '"\\u0000"',
    '"\\n"',
    '"/"',
    '".."',
    '"\\"',
    "3",
    "-1",
    "1.5",
    "true",
    "[]",
    "[[]]",
    '[""]',
    "{}",
    "{ a = 1 }",
    "1979-05-27",
]
ODD_VALUES += [
    '"' + "x" * 5000 + '"',
    '"@"',
    '"a@b@c"',
    '"sqlite:////"',
    '"sqlite:///\\u0000"',
    '"postgresql://["',
    '"' + "é" * 300 + '"',
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.dictionaries(st.sampled_from(ASSIGNMENTS), st.sampled_from(ODD_VALUES), min_size=1, max_size=3))
def test_odd_values_are_taken_or_told_and_nothing_else(folder: Path, odd: dict[str, str]) -> None:
    text = "\n".join(f"{line.partition(' = ')[0]} = {odd[line]}" if line in odd else line for line in GOOD.splitlines())
    Path("config.toml").write_text(text)
    try:
        load_settings(Path("config.toml"), ENVIRON).office()
    except ConfigurationMistakes as caught:
        untold = [one for one in caught.mistakes if not one.startswith("config.toml:")]
    else:
        untold = []
    assert untold == []


def test_a_roster_that_is_not_there_is_told_unless_it_was_read_before(folder: Path) -> None:
    old, new = 'timezone = "Europe/London"', 'timezone = "Europe/London"\nroster = "emea.ics"'
    (told,) = mistakes_in(changed(old, new))
    assert (
        told == f"config.toml:30: regions.emea.roster: {folder}/emea.ics cannot be read. Write the path of an .ics file"
    )
    (folder / "var" / "rosters").mkdir(parents=True)
    (folder / "var" / "rosters" / "emea.ics").write_text("kept")
    assert "emea" in load_settings(Path("config.toml"), ENVIRON).rosters
