"""What every mailbox keeps to, whatever it is made of."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import pytest

from mailproc.ports import Mailbox, RawMail
from mailproc.queues import Later, Refused, Unavailable, drain


def a_mail_of(number: int, size: int = 0) -> bytes:
    body = f"console output {number}\r\n" + "x" * size + "\r\n"
    head = f"From: ann@acme.example\r\nMessage-ID: <m{number}@acme.example>\r\nSubject: mail {number}\r\n\r\n"
    return (head + body).encode()


def keys(mailbox: Mailbox) -> list[str]:
    return [mail.key for batch in mailbox.waiting() for mail in batch]


def mails(mailbox: Mailbox) -> list[RawMail]:
    return [mail for batch in mailbox.waiting() for mail in batch]


class MailboxContract(ABC):
    """Run on the fake and on the real thing: each test begins with an empty mailbox."""

    @abstractmethod
    def deliver(self, *contents: bytes) -> None:
        """Customers' mails arrive, one after the other."""

    @abstractmethod
    def take_down(self) -> None:
        """The world that the mailbox lives in goes away."""

    def test_an_empty_mailbox_hands_out_no_batch(self, mailbox: Mailbox) -> None:
        assert list(mailbox.waiting()) == []

    def test_mail_comes_byte_for_byte_and_in_its_order(self, mailbox: Mailbox) -> None:
        contents = [a_mail_of(number) for number in range(5)]
        self.deliver(*contents)
        assert [mail.content for mail in mails(mailbox)] == contents

    def test_a_mail_knows_its_mailbox_and_when_it_arrived(self, mailbox: Mailbox) -> None:
        self.deliver(a_mail_of(1))
        (mail,) = mails(mailbox)
        assert mail.mailbox == mailbox.name
        assert mail.key.startswith(f"{mailbox.name}/")
        assert mail.arrived.utcoffset() is not None
        assert mail.arrived.year >= 2024

    def test_what_is_not_let_go_is_handed_out_again_under_the_same_key(self, mailbox: Mailbox) -> None:
        self.deliver(a_mail_of(1), a_mail_of(2))
        before = keys(mailbox)
        assert len(set(before)) == 2
        assert keys(mailbox) == before

    def test_what_is_let_go_is_not_handed_out_again(self, mailbox: Mailbox) -> None:
        self.deliver(*(a_mail_of(number) for number in range(3)))
        first, second, third = mails(mailbox)
        mailbox.done([first, third])
        assert keys(mailbox) == [second.key]

    def test_letting_go_twice_is_as_good_as_once(self, mailbox: Mailbox) -> None:
        self.deliver(a_mail_of(1))
        units = mails(mailbox)
        mailbox.done(units)
        mailbox.done(units)
        assert keys(mailbox) == []

    def test_mail_that_arrives_later_is_handed_out_by_the_next_call(self, mailbox: Mailbox) -> None:
        self.deliver(a_mail_of(1))
        mailbox.done(mails(mailbox))
        self.deliver(a_mail_of(2))
        assert [mail.content for mail in mails(mailbox)] == [a_mail_of(2)]

    def test_a_mail_for_later_waits_and_the_others_go_on(self, mailbox: Mailbox) -> None:
        def keep(batch: Sequence[RawMail]) -> None:
            if any(mail.content == a_mail_of(1) for mail in batch):
                raise Later("not now")

        self.deliver(*(a_mail_of(number) for number in range(3)))
        tally = drain(mailbox, keep)
        assert (tally.done, tally.later) == (2, 1)
        assert [mail.content for mail in mails(mailbox)] == [a_mail_of(1)]

    def test_a_quarantined_mail_is_not_handed_out_again_and_stops_nobody(self, mailbox: Mailbox) -> None:
        def keep(batch: Sequence[RawMail]) -> None:
            if any(mail.content == a_mail_of(1) for mail in batch):
                raise Refused("never")

        self.deliver(*(a_mail_of(number) for number in range(3)))
        tally = drain(mailbox, keep)
        assert (tally.done, tally.quarantined) == (2, 1)
        assert keys(mailbox) == []
        assert [told.why for told in mailbox.set_aside()] == ["never"]
        assert list(mailbox.set_aside()) == []
        assert keys(mailbox) == []

    def test_three_hundred_mails_all_come_once(self, mailbox: Mailbox) -> None:
        self.deliver(*(a_mail_of(number) for number in range(300)))
        batches = list(mailbox.waiting())
        found = [mail.key for batch in batches for mail in batch]
        assert len(found) == len(set(found)) == 300
        assert len(batches) > 1

    def test_a_mailbox_that_is_gone_is_unavailable_and_loses_nothing(self, mailbox: Mailbox) -> None:
        self.deliver(a_mail_of(1))
        self.take_down()
        with pytest.raises(Unavailable, match=mailbox.name):
            keys(mailbox)

    def test_closing_twice_is_fine_and_the_mailbox_opens_again_by_itself(self, mailbox: Mailbox) -> None:
        self.deliver(a_mail_of(1))
        assert len(keys(mailbox)) == 1
        mailbox.close()
        mailbox.close()
        assert len(keys(mailbox)) == 1
