"""The fakes keep what the ports promise, so that stories told with them hold in the world."""

from datetime import UTC, datetime, timedelta

import pytest

from mailproc.ports import Carrier, Mailbox, RawMail
from tests.adapters.carrier_contract import CarrierContract
from tests.adapters.mailbox_contract import MailboxContract
from tests.fakes_mail import FakeCarrier, FakeMailbox

DAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


class TestFakeMailbox(MailboxContract):
    @pytest.fixture
    def mailbox(self) -> Mailbox:
        self.fake = FakeMailbox(name="xseries")
        return self.fake

    def deliver(self, *contents: bytes) -> None:
        for number, content in enumerate(contents, start=len(self.fake.mails) + len(self.fake.gone)):
            arrived = DAY + timedelta(seconds=number)
            mail = RawMail(key=f"xseries/{number}", mailbox="xseries", content=content, arrived=arrived)
            self.fake.mails.append(mail)

    def take_down(self) -> None:
        self.fake.down = True


class TestFakeCarrier(CarrierContract):
    @pytest.fixture
    def carrier(self) -> Carrier:
        self.fake = FakeCarrier()
        return self.fake

    def arrived(self) -> list[bytes]:
        return [letter.content for letter in self.fake.carried]
