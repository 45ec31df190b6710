"""The command line as somebody types it: what it prints where, what it touches, and how it ends."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from mailproc.writing.samples import LETTERS
from tests.installation import MAILDIR, SENT, TO_SINK, Installation, Said, a_letter_to_us, mailproc
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.process import free_port
from tests.servers.smtp_sink import Fault, SmtpSink

MONDAY = "2026-03-02T10:00:00+00:00"
FOLDER = MAILDIR.format(name="xseries")
ON_A_SERVER = """
[[mailboxes]]
name     = "remote"
address  = "remote@vendor.example"
policy   = "x-series"
region   = "emea"
source   = "imap"
host     = "127.0.0.1"
port     = {port}
username = "{user}"
password_env = "SUPPORT_PASSWORD"
"""
SUMMARY = {
    *("number", "subject", "status", "policy", "level", "region", "customer", "owner", "opened", "engaged"),
    *("missing", "next_due", "kind", "flags"),
}
WHOLE = SUMMARY | {"history", "clocks", "requirements", "letters", "mails"}


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    """A Maildir in, SQLite, a Maildir out; nothing has happened yet."""
    return Installation(tmp_path, {"SUPPORT_PASSWORD": PASSWORD}).configured(FOLDER, SENT)


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a mailproc that had one customer's mail, and one that it set aside."""
    house = Installation(tmp_path_factory.mktemp("worked")).configured(FOLDER, SENT)
    bulk = a_letter_to_us("shop@elsewhere.example", "Offers").replace(b"Subject:", b"Precedence: bulk\r\nSubject:")
    house.drop(a_letter_to_us("Ann Lindqvist <ann@acme.example>", "APM 4 reloads"), bulk)
    assert house.mailproc("run", "--once", "--now", MONDAY).code == 0
    return house.folder


@pytest.fixture
def at_work(worked: Path, tmp_path: Path) -> Installation:
    """A copy of it: to be looked at and changed."""
    return Installation(copytree(worked, tmp_path / "copy"))


@pytest.fixture
def stopped(tmp_path: Path, smtp_sink: SmtpSink) -> Installation:
    """Letters leave by SMTP, and the one to the customer was refused for good."""
    house = Installation(tmp_path).configured(FOLDER, TO_SINK.format(port=smtp_sink.port))
    house.drop(a_letter_to_us("ann@acme.example", "APM 4 reloads"))
    smtp_sink.faults.append(Fault(at="rcpt", only="ann@acme.example", reply="550 5.1.1 no such user"))
    assert house.mailproc("run", "--once").code == 1
    return house


def on_a_server(port: int, user: str, ca_file: Path | None = None) -> str:
    table = ON_A_SERVER.format(port=port, user=user)
    return table if ca_file is None else f'{table}ca_file = "{ca_file}"\n'


def failed_letter(house: Installation) -> str:
    (failed,) = [one for one in house.mailproc("outbox", "list", "--json").objects if one["state"] == "failed"]
    return str(failed["key"])


def in_a_process(folder: Path, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    """The program itself, in this folder."""
    command = [sys.executable, "-m", "mailproc", *arguments]
    environ |= {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=60)


class TestDemo:
    def test_it_tells_the_whole_story(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        said = mailproc("demo")
        assert said.code == 0, said.err
        for told in (
            "opened 2-000000001",  # a complete request: nothing is missing
            "still missing: ",  # an incomplete one
            "auto-reply",  # an out-of-office
            "a copy of a mail that was filed before",  # a duplicate
            "Everything has arrived",  # both follow-ups
            "a staff member answers",  # an engineer
            "level 1: ",  # a severity 1
            "bounce",  # a letter that could not be delivered
        ):
            assert told in said.out
        asked = re.findall(r"-> ben\.okafor@globex\.example: We need (\d+) more", said.out)
        assert len(asked) >= 2
        assert asked == sorted(asked, reverse=True), "what was given is not asked for again"

    def test_what_it_says_to_run_next_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        commands = re.findall(r"^  mailproc (-c .*)$", mailproc("demo").out, re.MULTILINE)
        assert len(commands) >= 4
        for command in commands:
            said = mailproc(*command.split())
            assert (said.code, said.err) == (0, ""), command
            assert said.out, command


class TestInit:
    def test_its_configuration_runs_at_once(self, tmp_path: Path) -> None:
        house = Installation(tmp_path / "new")
        assert mailproc("init", str(house.folder)).code == 0
        assert house.mailproc("check-config").code == 0
        house.drop(a_letter_to_us("ann@acme.example", "APM 4 reloads", to="support"), mailbox="inbox")
        assert house.mailproc("run", "--once").code == 0
        (letter,) = house.letters_to("ann@acme.example")
        assert "[SR 2-000000001]" in str(letter["Subject"])

    def test_it_leaves_an_existing_configuration_alone(self, house: Installation) -> None:
        before = house.config.read_text()
        said = mailproc("init", str(house.folder))
        assert said.code == 2
        assert "is there already" in said.err
        assert house.config.read_text() == before


class TestRunOnce:
    def test_it_works_until_nothing_waits_and_says_what_it_did(self, house: Installation) -> None:
        house.drop(a_letter_to_us("ann@acme.example", "Help"), a_letter_to_us("ben@globex.example", "Help"))
        said = house.mailproc("run", "--once")
        assert (said.code, said.out) == (0, "")
        assert "2 collected, 2 filed, 0 deadlines, 4 letters sent" in said.err
        assert "0 collected, 0 filed" in house.mailproc("run", "--once").err

    def test_now_sets_the_clock(self, at_work: Installation) -> None:
        (request,) = at_work.mailproc("sr", "list", "--json").objects
        assert request["opened"] == MONDAY
        (letter,) = at_work.letters_to("ann@acme.example")
        assert letter["Date"].datetime.isoformat() == MONDAY

    def test_what_falls_due_later_is_done_later(self, at_work: Installation) -> None:
        due = at_work.mailproc("sr", "list", "--json").object["next_due"]["due"]
        before = len(at_work.letters())
        assert at_work.mailproc("run", "--once", "--now", due).code == 0
        assert len(at_work.letters()) > before

    def test_the_clock_does_not_go_back(self, at_work: Installation) -> None:
        at_work.drop(a_letter_to_us("ben@globex.example", "Help"))
        said = at_work.mailproc("run", "--once", "--now", "2026-03-02T09:59:59+00:00")
        assert said.code == 2
        assert "the clock does not go back" in said.err
        assert len(at_work.mailproc("sr", "list", "--json").objects) == 1, "nothing was touched"

    @pytest.mark.parametrize(
        ("moment", "words"),
        [("2026-03-02T10:00:00", "say which zone"), ("soon", "write a moment such as"), ("", "write a moment such as")],
    )
    def test_a_moment_must_be_whole(self, house: Installation, moment: str, words: str) -> None:
        said = house.mailproc("run", "--once", "--now", moment)
        assert said.code == 2
        assert words in said.err

    def test_a_daemon_takes_no_other_time(self, house: Installation) -> None:
        said = house.mailproc("run", "--now", MONDAY)
        assert said.code == 2
        assert "--now needs --once" in said.err

    def test_an_absent_server_is_told_and_the_other_mailbox_served(self, house: Installation) -> None:
        house.configured(on_a_server(free_port(), "support"), FOLDER, SENT)
        house.drop(a_letter_to_us("ann@acme.example", "Help"))
        said = house.mailproc("run", "--once")
        assert said.code == 75
        assert "nobody listens there" in said.err
        assert len(house.letters_to("ann@acme.example")) == 1

    def test_a_letter_that_may_go_later_waits(self, tmp_path: Path, smtp_sink: SmtpSink) -> None:
        house = Installation(tmp_path).configured(FOLDER, TO_SINK.format(port=smtp_sink.port))
        house.drop(a_letter_to_us("ann@acme.example", "Help"))
        smtp_sink.faults.append(Fault(at="rcpt", only="ann@acme.example", reply="451 4.7.1 greylisted"))
        said = house.mailproc("run", "--once")
        assert said.code == 0
        assert "1 to be tried again" in said.err
        (waiting,) = house.mailproc("outbox", "list", "--json").objects
        assert (waiting["state"], waiting["attempts"]) == ("waiting", 1)
        assert "greylisted" in waiting["why"]

    @pytest.mark.parametrize("command", [["run"], ["run", "--once"], ["check-config"], ["sr", "list"]])
    def test_nothing_begins_with_a_wrong_configuration(self, house: Installation, command: list[str]) -> None:
        house.config.write_text(house.config.read_text().replace("x-series", "no-such-policy"))
        said = house.mailproc(*command)
        assert said.code == 2
        assert "no policy has this name" in said.err
        assert not (house.folder / "var").exists()


class TestCheckConfig:
    def test_every_mistake_is_told_at_once_with_file_and_line(self, house: Installation) -> None:
        text = house.config.read_text()
        for right, wrong in (("Europe/London", "Europe/Londn"), ("poll  ", "pol   "), ('"engineer"', '"enginer"')):
            text = text.replace(right, wrong)
        house.config.write_text(text)
        said = house.mailproc("check-config")
        assert said.code == 2
        lines = text.splitlines()
        wrong_lines = [1 + number for number, line in enumerate(lines) if re.search("Londn|pol  |enginer", line)]
        assert len(wrong_lines) == 3
        assert [int(line) for line in re.findall(r"config\.toml:(\d+): ", said.err)] == wrong_lines
        assert said.out == ""

    def test_what_is_relied_on_and_not_there_is_told_and_no_mistake(self, house: Installation) -> None:
        text = house.config.read_text()
        house.config.write_text(re.sub(r"(?m)^duty_manager_contact.*$", 'duty_manager_contact = ""', text))
        said = house.mailproc("check-config")
        assert said.code == 0
        assert "tells the support-manager, and nobody of [[staff]] has that role" in said.err
        assert 'no [[staff]] has the role "product-management"' in said.err
        assert "has levels that are phoned in, and no number: write duty_manager_contact" in said.err

    def test_a_letter_of_ones_own_is_read_before_use(self, house: Installation) -> None:
        (house.folder / "mine" / "en").mkdir(parents=True)
        (house.folder / "mine" / "en" / "acknowledgement.txt.j2").write_text("{{ no_such_fact }}")
        house.config.write_text('templates_dir = "mine"\n' + house.config.read_text())
        said = house.mailproc("check-config")
        assert said.code == 2
        assert "acknowledgement.txt.j2" in said.err
        assert "no_such_fact" in said.err

    def test_connect_logs_in_everywhere(
        self, house: Installation, dovecot: Dovecot, fresh_address: str, smtp_sink: SmtpSink
    ) -> None:
        remote = on_a_server(dovecot.imaps_port, fresh_address, dovecot.ca_file)
        house.configured(remote, FOLDER, TO_SINK.format(port=smtp_sink.port))
        said = house.mailproc("check-config", "--connect")
        assert said.code == 0, said.err
        for words in ("mailbox 'remote': ", "logged in to 127.0.0.1", "mailbox 'xseries': ", "outgoing: "):
            assert words in said.out

    def test_connect_tells_a_wrong_password(self, house: Installation, dovecot: Dovecot, fresh_address: str) -> None:
        remote = on_a_server(dovecot.imaps_port, fresh_address, dovecot.ca_file)
        house.configured(remote, FOLDER, SENT)
        mistyped = Installation(house.folder, {"SUPPORT_PASSWORD": "wrong-horse"})
        said = mistyped.mailproc("check-config", "--connect")
        assert said.code == 75
        assert "user name or password is refused" in said.out + said.err
        assert "wrong-horse" not in said.out + said.err
        assert "mailbox 'xseries': " in said.out, "the others are tried all the same"


class TestInspect:
    def test_one_line_of_json_for_each_file(self, tmp_path: Path) -> None:
        mail, other = tmp_path / "mail.eml", tmp_path / "picture.png"
        mail.write_bytes(a_letter_to_us("Ann <ann@acme.example>", "APM 4 reloads", "Severity: 2\r\n\r\nIt reloads."))
        other.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        said = mailproc("inspect", "--json", str(mail), str(other))
        assert (said.code, said.err) == (0, "")
        found, nothing = said.objects
        assert found["from"] == {"name": "Ann", "address": "ann@acme.example"}
        assert (found["subject"], found["origin"], found["level"]["stated"]) == ("APM 4 reloads", "person", 2)
        assert (nothing["file"], nothing["from"], nothing["message_id"]) == (str(other), None, None)

    def test_it_reads_standard_input(self) -> None:
        said = mailproc("inspect", "--json", "-", stdin=a_letter_to_us("ann@acme.example", "APM 4 reloads"))
        assert (said.object["file"], said.object["subject"]) == ("-", "APM 4 reloads")

    def test_it_tells_people_in_words(self) -> None:
        said = mailproc("inspect", "-", stdin=a_letter_to_us("ann@acme.example", "APM 4 reloads"))
        assert said.code == 0
        assert "APM 4 reloads" in said.out
        assert "- tech-support" in said.out

    def test_the_policy_decides_what_is_required(self) -> None:
        mail = a_letter_to_us("ann@acme.example", "APM 4 reloads")
        x_series = mailproc("inspect", "--json", "--policy", "x-series", "-", stdin=mail).object
        blue_coat = mailproc("inspect", "--json", "--policy", "blue-coat", "-", stdin=mail).object
        assert set(x_series["requirements"]) != set(blue_coat["requirements"])

    def test_no_locale_and_no_letter_breaks_a_line(self, tmp_path: Path) -> None:
        (tmp_path / "mail.eml").write_bytes(a_letter_to_us("ann@acme.example", "Größe", "eins\u2028zwei\x85drei 😀"))
        for arguments in (["--json"], []):
            ended = in_a_process(tmp_path, "inspect", *arguments, "mail.eml", PYTHONIOENCODING="ascii")
            assert (ended.returncode, ended.stderr) == (0, "")
        said = mailproc("inspect", "--json", str(tmp_path / "mail.eml"))
        assert said.object["subject"] == "Größe"
        assert said.object["text"].rstrip() == "eins\u2028zwei\x85drei 😀"

    def test_it_touches_nothing(self, house: Installation) -> None:
        before = sorted(house.folder.rglob("*"))
        assert house.mailproc("inspect", "-", stdin=a_letter_to_us("ann@acme.example", "Help")).code == 0
        assert sorted(house.folder.rglob("*")) == before

    @pytest.mark.parametrize("arguments", [["no-such-file.eml"], [], ["--policy", "no-such-policy", "-"]])
    def test_wrong_use_is_told(self, arguments: list[str]) -> None:
        said = mailproc("inspect", *arguments, stdin=b"Subject: x\r\n\r\n")
        assert said.code == 2
        assert said.err


class TestDeadlines:
    def ask(self, house: Installation, *arguments: str) -> Said:
        options = {"--policy": "x-series", "--level": "3", "--opened": MONDAY, "--region": "emea"}
        options |= dict(zip(arguments[::2], arguments[1::2], strict=True))
        return house.mailproc("deadlines", "--json", *(word for pair in options.items() for word in pair))

    def test_each_clock_tells_when_it_is_due_and_how_that_was_reckoned(self, house: Installation) -> None:
        found = self.ask(house, "--opened", "2026-03-02T11:00:00+01:00").object
        assert found.keys() >= {"policy", "level", "region", "opened", "clocks"}
        assert (found["policy"], found["level"], found["region"], found["opened"]) == ("x-series", 3, "emea", MONDAY)
        assert {"response", "update"} <= found["clocks"].keys()
        for clock in found["clocks"].values():
            assert datetime.fromisoformat(clock["due"]) > datetime.fromisoformat(MONDAY)
            assert clock["target"]
            assert clock["account"]
            assert all(isinstance(line, str) for line in clock["account"])

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--region", "nowhere"],
            ["--level", "9"],
            ["--level", "many"],
            ["--opened", "2026-03-02T10:00:00"],
            ["--opened", "0001-01-01T00:00+14:00"],
            ["--opened", "9999-12-31T23:00-14:00"],
            ["--policy", "no-such-policy"],
        ],
    )
    def test_wrong_use_is_told(self, house: Installation, arguments: list[str]) -> None:
        said = self.ask(house, *arguments)
        assert (said.code, said.out) == (2, "")
        assert said.err


class TestServiceRequests:
    def test_list_prints_the_keys_that_scripts_read(self, at_work: Installation) -> None:
        found = at_work.mailproc("sr", "list", "--json").object
        assert found.keys() >= SUMMARY
        assert (found["number"], found["customer"], found["owner"]) == ("2-000000001", "ann@acme.example", None)
        assert (found["subject"], found["policy"], found["region"]) == ("APM 4 reloads", "x-series", "emea")
        assert found["next_due"].keys() >= {"clock", "due"}
        assert "tech-support" in found["missing"]

    def test_list_of_one_status(self, at_work: Installation) -> None:
        status = at_work.mailproc("sr", "list", "--json").object["status"]
        assert len(at_work.mailproc("sr", "list", "--json", "--status", status).objects) == 1
        assert at_work.mailproc("sr", "list", "--json", "--status", "closed").objects == []
        assert at_work.mailproc("sr", "list", "--status", "asleep").code == 2

    def test_show_adds_the_whole_story(self, at_work: Installation) -> None:
        found = at_work.mailproc("sr", "show", "2-000000001", "--json").object
        assert found.keys() >= WHOLE
        assert [mail["outcome"] for mail in found["mails"]] == ["opened"]
        assert {letter["template"] for letter in found["letters"]} == {"phone-us-now", "new-request"}
        assert all({"at", "type", "who"} <= event.keys() for event in found["history"])
        assert found["requirements"]["tech-support"].items() >= {"met": False, "optional": False}.items()
        assert found["clocks"]["response"].keys() >= {"due", "target", "account"}

    def test_words_for_people(self, at_work: Installation) -> None:
        for command in (["sr", "list"], ["sr", "show", "2-000000001"], ["explain", "2-000000001"]):
            said = at_work.mailproc(*command)
            assert (said.code, said.err) == (0, "")
            assert said.out

    def test_explain_accounts_for_clocks_and_letters(self, at_work: Installation) -> None:
        found = at_work.mailproc("explain", "2-000000001", "--json").object
        assert found["clocks"]["response"]["account"]
        assert {(one["template"], one["state"]) for one in found["letters"]} == {
            ("phone-us-now", "sent"),
            ("new-request", "sent"),
        }
        assert all(one["because"] for one in found["letters"])

    @pytest.mark.parametrize("command", [["sr", "show"], ["explain"]])
    def test_an_unknown_number_is_told(self, at_work: Installation, command: list[str]) -> None:
        said = at_work.mailproc(*command, "2-000000099", "--json")
        assert (said.code, said.out) == (2, "")
        assert "there is no such service request" in said.err


class TestOutbox:
    def test_what_was_sent_is_listed_only_on_demand(self, at_work: Installation) -> None:
        assert at_work.mailproc("outbox", "list", "--json").objects == []
        sent = at_work.mailproc("outbox", "list", "--all", "--json").objects
        assert {one["state"] for one in sent} == {"sent"}
        assert len(sent) == 2

    def test_a_refused_letter_waits_for_a_person(self, stopped: Installation) -> None:
        key = failed_letter(stopped)
        listed = stopped.mailproc("outbox", "list")
        assert key in listed.out
        assert "no such user" in listed.out
        shown = stopped.mailproc("outbox", "show", key, "--json").object
        assert (shown["state"], shown["to"]) == ("failed", ["ann@acme.example"])
        assert "Message-ID: <" in shown["content"]
        assert "APM 4 reloads" in stopped.mailproc("outbox", "show", key).out

    def test_retried_it_goes_at_the_next_round(self, stopped: Installation, smtp_sink: SmtpSink) -> None:
        assert stopped.mailproc("outbox", "retry", failed_letter(stopped)).code == 0
        assert stopped.mailproc("run", "--once").code == 0
        assert sum(one.recipients == ("ann@acme.example",) for one in smtp_sink.received) == 1
        assert stopped.mailproc("outbox", "list", "--json").objects == []

    def test_dropped_it_never_goes(self, stopped: Installation, smtp_sink: SmtpSink) -> None:
        key = failed_letter(stopped)
        assert stopped.mailproc("outbox", "drop", key).code == 0
        assert stopped.mailproc("run", "--once").code == 0
        assert all(one.recipients != ("ann@acme.example",) for one in smtp_sink.received)
        states = {one["key"]: one["state"] for one in stopped.mailproc("outbox", "list", "--all", "--json").objects}
        assert states[key] == "dropped"
        assert stopped.mailproc("outbox", "retry", key).code == 2

    @pytest.mark.parametrize("what", ["show", "retry", "drop"])
    def test_an_unknown_key_is_told(self, at_work: Installation, what: str) -> None:
        said = at_work.mailproc("outbox", what, "no/such/letter")
        assert (said.code, said.out) == (2, "")
        assert "mailproc outbox list" in said.err


class TestQuarantine:
    def aside(self, house: Installation) -> dict[str, Any]:
        return house.mailproc("quarantine", "list", "--json").object

    def test_what_was_set_aside_is_listed_with_the_reason(self, at_work: Installation) -> None:
        found = self.aside(at_work)
        assert (found["from"], found["state"]) == ("shop@elsewhere.example", "set aside")
        assert "Precedence" in found["why"]
        assert found["key"] in at_work.mailproc("quarantine", "list").out
        shown = at_work.mailproc("quarantine", "show", found["key"], "--json").object
        assert "Subject: Offers" in shown["content"]
        assert "Subject: Offers" in at_work.mailproc("quarantine", "show", found["key"]).out

    def test_retried_it_counts_as_a_persons(self, at_work: Installation) -> None:
        assert at_work.mailproc("quarantine", "retry", self.aside(at_work)["key"]).code == 0
        assert at_work.mailproc("run", "--once").code == 0
        customers = [one["customer"] for one in at_work.mailproc("sr", "list", "--json").objects]
        assert customers == ["ann@acme.example", "shop@elsewhere.example"]
        assert at_work.mailproc("quarantine", "list", "--json").objects == []

    def test_dropped_it_is_off_the_list(self, at_work: Installation) -> None:
        key = self.aside(at_work)["key"]
        assert at_work.mailproc("quarantine", "drop", key).code == 0
        assert at_work.mailproc("quarantine", "list", "--json").objects == []
        assert at_work.mailproc("quarantine", "drop", key).code == 2

    @pytest.mark.parametrize("what", ["show", "retry", "drop"])
    def test_an_unknown_key_is_told(self, at_work: Installation, what: str) -> None:
        said = at_work.mailproc("quarantine", what, "no/such/mail")
        assert (said.code, said.out) == (2, "")
        assert "mailproc quarantine list" in said.err


class TestPreview:
    def test_letters_can_be_seen_as_text_and_as_html(self) -> None:
        names = mailproc("preview").out.split()
        assert names == list(LETTERS)
        for letter in ("missing-details", names[0], names[-1]):
            assert mailproc("preview", letter).out.startswith("Subject: ")
            assert "<html" in mailproc("preview", letter, "--html").out

    def test_letters_can_be_seen_by_a_policy_and_in_a_language(self) -> None:
        said = mailproc("preview", "missing-details", "--policy", "blue-coat", "--language", "de").out
        assert "Auswirkung auf das Geschäft" in said

    def test_all_letters_are_written_into_a_folder(self, tmp_path: Path) -> None:
        assert mailproc("preview", "--into", str(tmp_path / "letters")).code == 0
        assert {one.stem for one in (tmp_path / "letters").iterdir()} == set(LETTERS)

    def test_an_unknown_letter_is_told(self) -> None:
        said = mailproc("preview", "love-letter")
        assert said.code == 2
        assert "acknowledgement" in said.err


class TestTheProgramItself:
    def test_it_says_how_to_begin_where_there_is_no_configuration(self, tmp_path: Path) -> None:
        ended = in_a_process(tmp_path, "sr", "list")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "mailproc init" in ended.stderr
        assert "Traceback" not in ended.stderr

    def test_config_toml_is_found_where_one_stands(self, house: Installation) -> None:
        ended = in_a_process(house.folder, "check-config")
        assert (ended.returncode, ended.stdout) == (0, "config.toml: no mistakes.\n")

    def test_a_variable_names_the_configuration(self, at_work: Installation) -> None:
        said = mailproc("sr", "list", "--json", environ={"MAILPROC_CONFIG": str(at_work.config)})
        assert said.object["number"] == "2-000000001"

    @pytest.mark.parametrize("arguments", [["--help"], ["run", "-h"], ["sr", "--help"]])
    def test_help_is_given(self, arguments: Sequence[str]) -> None:
        said = mailproc(*arguments)
        assert said.code == 0
        assert "Usage" in said.out

    @pytest.mark.parametrize("arguments", [["frobnicate"], ["run", "--twice"], ["sr", "show"]])
    def test_wrong_use_is_told(self, arguments: Sequence[str]) -> None:
        assert mailproc(*arguments).code == 2
