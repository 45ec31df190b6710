"""Work that is claimed is done or given back before the claim runs out, so that no other daemon does it too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from mailproc.adapters.clock import SimulatedClock
from mailproc.ports import Letter, Undelivered
from mailproc.rounds import collect_from, file_and_remind, send_letters
from tests.pipeline.house import CONFIG, a_house


@dataclass
class SlowCarrier:
    """Takes this time over every letter."""

    clock: SimulatedClock
    time: timedelta

    def carry(self, letters: Sequence[Letter]) -> Sequence[Undelivered]:
        self.clock.set(self.clock() + self.time * len(letters))
        return ()

    def close(self) -> None:
        """Nothing is held open."""


def test_letters_that_a_slow_server_keeps_waiting_are_given_back_in_time(tmp_path: Path) -> None:
    with a_house(tmp_path, config=f'lease = "60 seconds"\n{CONFIG}') as house:
        mails = [f"From: u{number}@elsewhere.example\r\nSubject: help\r\n\r\nHelp\r\n" for number in range(5)]
        (tmp_path / "inbox" / "new").mkdir(parents=True)
        for number, mail in enumerate(mails):
            (tmp_path / "inbox" / "new" / f"{number}.mail").write_bytes(mail.encode())
        for mailbox in house.parts.mailboxes:
            collect_from(mailbox, house.parts)
        file_and_remind(house.parts)
        slow = replace(house.parts, carrier=SlowCarrier(house.clock, timedelta(seconds=20)))

        assert send_letters(slow).sent == 2
        states = [one.state for one in house.parts.store.ledger.letters()]
        assert states == ["sent"] * 2 + ["waiting"] * 8
        assert send_letters(slow).sent == 2
