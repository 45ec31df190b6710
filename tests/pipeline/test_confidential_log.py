"""What the log may hold: names of requests, mails and letters; never a word or an address of those who wrote."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from mailproc.ports import Letter, Undelivered
from mailproc.queues import Later, Refused
from mailproc.rounds import work_until_nothing_waits
from tests.pipeline.house import CONFIG, a_house

SECRETS = ("phoenix", "reloads", "ann@", "acme", "alice@", "bjarne@", "no such user")
SPOILT = "Subject: {{ subject }}\n\n{{ no_such_fact }}\n"


@dataclass
class FailingCarrier:
    """Fails with what a server said, which may name anybody."""

    trouble: Later | Refused

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:  # noqa: ARG002 - the port's shape
        raise self.trouble

    def close(self) -> None:
        """Nothing is held open."""


@pytest.mark.parametrize("trouble", [Later("450 ann@acme.example: no such user"), Refused("550 ann@acme.example")])
def test_letters_that_fail_are_logged_without_their_readers(tmp_path: Path, trouble: Later | Refused) -> None:
    with a_house(tmp_path) as house, capture_logs() as log:
        (tmp_path / "inbox" / "new").mkdir(parents=True)
        mail = b"From: ann@acme.example\r\nSubject: phoenix\r\n\r\nSeverity: 1\r\n\r\nOur X60 reloads.\r\n"
        (tmp_path / "inbox" / "new" / "1.mail").write_bytes(mail)
        work_until_nothing_waits(replace(house.parts, carrier=FailingCarrier(trouble)))
    assert {"filed", "unit-failed"} <= {line["event"] for line in log}
    assert_confidential(str(log))


def test_mails_that_fail_are_logged_and_listed_without_their_words(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "missing-details.txt.j2").write_text(SPOILT)
    with a_house(tmp_path, config=f'templates_dir = "letters"\n{CONFIG}') as house, capture_logs() as log:
        house.customer("ann@acme.example").writes("Our X60 reloads.", subject="phoenix")
        (stranded,) = house.parts.store.ledger.quarantined()
    assert "unit-failed" in {line["event"] for line in log}
    assert_confidential(f"{log} {stranded.why}")


def assert_confidential(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text.lower()] == []
