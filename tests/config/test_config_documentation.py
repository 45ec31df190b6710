"""What is written about the configuration is held against what is read."""

import json
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from mailproc.config import ConfigurationMistakes, load_settings, write_initial_config
from mailproc.config.models import (
    AuthenticationKeys,
    Configuration,
    CustomerKeys,
    DutyKeys,
    ImapMailbox,
    MailboxKeys,
    MaildirMailbox,
    MaildirOutgoing,
    RegionKeys,
    SmtpOutgoing,
    StaffKeys,
)

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "config.example.toml").read_text()
DOCUMENT = (ROOT / "docs" / "configuration.md").read_text()
ENVIRON = {"MAILPROC_IMAP_PASSWORD": "x", "MAILPROC_SMTP_PASSWORD": "y"}

SECTIONS: list[tuple[str, type[BaseModel], type[BaseModel] | None]] = [
    # (heading, the table's model, the model whose keys are told elsewhere)
    ("The top of the file", Configuration, None),
    ("[[mailboxes]]", MailboxKeys, None),
    ('source = "imap"', ImapMailbox, MailboxKeys),
    ('source = "maildir"', MaildirMailbox, MailboxKeys),
    ('transport = "smtp"', SmtpOutgoing, None),
    ('transport = "maildir"', MaildirOutgoing, None),
    ("[regions.NAME]", RegionKeys, None),
    ("[[staff]]", StaffKeys, None),
    ("[[duty]]", DutyKeys, None),
    ("[[customers]]", CustomerKeys, None),
    ("[authentication]", AuthenticationKeys, None),
]


def keys_told(model: type[BaseModel], elsewhere: type[BaseModel] | None) -> dict[str, FieldInfo]:
    return {
        key: one for key, one in model.model_fields.items() if elsewhere is None or key not in elsewhere.model_fields
    }


def row(key: str, described: FieldInfo) -> str:
    """The line of the table that tells this key."""
    return f"| `{key}` | {described.description} | {left_out(described)} |"


def left_out(described: FieldInfo) -> str:
    """The last cell: what holds where the key is left out."""
    if described.is_required():
        return "required"
    match described.default:
        case timedelta() as span:
            return f'`"{int(span.total_seconds())} seconds"`'
        case str() | tuple() | int() as value:
            return f"`{json.dumps(value)}`"
        case value:
            return "by `security`" if value is PydanticUndefined else "—"


def section(heading: str) -> str:
    """The words below this heading, up to the next one."""
    _, _, rest = DOCUMENT.partition(f" {heading}\n")
    return re.split(r"^#", rest, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize(("heading", "model", "elsewhere"), SECTIONS)
def test_the_document_tells_every_key_and_no_other(
    heading: str, model: type[BaseModel], elsewhere: type[BaseModel] | None
) -> None:
    rows = [line for line in section(heading).splitlines() if line.startswith("| `")]
    assert rows == [row(key, described) for key, described in keys_told(model, elsewhere).items()]


def test_what_the_document_shows_is_toml() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    assert blocks
    for block in blocks:
        tomllib.loads(block)


@pytest.mark.parametrize(("heading", "model", "elsewhere"), SECTIONS)
def test_the_example_shows_every_key(heading: str, model: type[BaseModel], elsewhere: type[BaseModel] | None) -> None:
    for key in keys_told(model, elsewhere):
        assert re.search(rf"^#?\s*(?:\[+)?{key}\b", EXAMPLE, re.MULTILINE), key


@pytest.mark.parametrize("model", [model for _, model, _ in SECTIONS])
def test_what_a_mistake_offers_for_a_key_is_toml_of_that_key(model: type[BaseModel]) -> None:
    for key, described in model.model_fields.items():
        assert described.examples, key
        assert list(tomllib.loads(described.examples[0])) == [key]


def test_the_example_loads(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(EXAMPLE)
    settings = load_settings(path, ENVIRON)
    assert {box.name for box in settings.file.mailboxes} == {"xseries", "bluecoat", "duty"}


def test_what_the_example_says_of_defaults_is_so(tmp_path: Path) -> None:
    """A key behind # directly before its = shows the default, unless it names a path or another way."""
    path = tmp_path / "config.toml"
    path.write_text(EXAMPLE)
    before = load_settings(path, ENVIRON)
    shown = r"^# (log_level|security|port|auth|folders|first_run|after|poll|subaddress|max_bytes)(\s*= )"
    path.write_text(re.sub(shown, r"\1\2", EXAMPLE, flags=re.MULTILINE))
    assert path.read_text() != EXAMPLE
    assert load_settings(path, ENVIRON).file == before.file


def test_what_init_writes_loads_at_once_and_needs_no_server(tmp_path: Path) -> None:
    path = write_initial_config(tmp_path / "new" / "place")
    settings = load_settings(path, {})
    assert [box.source for box in settings.file.mailboxes] == ["maildir"]
    assert settings.file.outgoing.transport == "maildir"


def test_the_other_ways_that_init_shows_load_too(tmp_path: Path) -> None:
    """Uncommented as its words say: a mailbox on a server, SMTP, a customer, whom we believe."""
    path = write_initial_config(tmp_path)
    text = path.read_text().replace('source  = "maildir"\npath    = "inbox"\n', "")
    text = text.replace('transport = "maildir"\npath      = "sent"\n', "")
    path.write_text(re.sub(r"^# (\w+\s*= |\[)", r"\1", text, flags=re.MULTILINE))
    settings = load_settings(path, ENVIRON)
    assert [box.source for box in settings.file.mailboxes] == ["imap"]
    assert settings.file.outgoing.transport == "smtp"
    assert settings.office().customer_of("ann@acme.example") is not None
    assert settings.office().trusted_authserv_id == "mx.vendor.example"


def test_init_never_overwrites(tmp_path: Path) -> None:
    path = write_initial_config(tmp_path)
    path.write_text("mine")
    with pytest.raises(ConfigurationMistakes) as caught:
        write_initial_config(tmp_path)
    assert caught.value.mistakes == (f"{path} is there already. It was left as it is",)
    assert path.read_text() == "mine"


def test_init_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationMistakes, match=r"config\.toml cannot be written: "):
        write_initial_config(tmp_path / "file")
