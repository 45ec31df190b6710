"""One mail that comes twice: by two mailboxes, through lists and gateways, before what it answers."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.house import SUPPORT, House, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES

FIRST = "2-000000001"
GENERAL = "support@vendor.example"
WORDS = "Our APM 4 reloads every hour since Monday.\r\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


def mail(words: str = WORDS, **fields: str) -> bytes:
    """A mail of Ann's to both mailboxes, with these header fields in the place of the usual ones."""
    usual = {
        "From": "Ann <ann@acme.example>",
        "To": f"{SUPPORT}, {GENERAL}",
        "Subject": "APM",
        "Date": "Mon, 02 Mar 2026 10:00:00 +0000",
        "Message-ID": "<a1@acme.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    named = {**usual, **{name.replace("_", "-"): value for name, value in fields.items()}}
    return "".join(f"{name}: {value}\r\n" for name, value in named.items() if value).encode() + f"\r\n{words}".encode()


def templates(house: House) -> list[str]:
    return [letter.template for letter in house.letters()]


@pytest.mark.parametrize(
    "spoilt",
    [
        mail(List_Id="<noc.acme.example>", List_Post="<mailto:noc@acme.example>"),
        mail(X_Spam_Flag="YES"),
        mail(Precedence="bulk"),
    ],
)
@pytest.mark.parametrize("mailbox", ["inbox", "general"])
def test_a_good_copy_counts_where_another_was_set_aside(house: House, spoilt: bytes, mailbox: str) -> None:
    house.deliver(spoilt, mailbox)
    assert house.requests() == []
    house.deliver(mail())
    assert [request.customer for request in house.requests()] == ["ann@acme.example"]
    assert house.parts.store.ledger.quarantined() == ()
    house.deliver(spoilt, "general")
    assert templates(house).count("new-request") == 1


def test_a_proven_copy_of_held_mail_is_obeyed_and_confirming_the_other_does_nothing_more(house: House) -> None:
    ann, alice = house.customer("ann@acme.example"), house.staff()
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    alice.hears()
    words = {
        "From": "Alice <alice@vendor.example>",
        "Subject": f"Re: [SR {FIRST}]",
        "Message-ID": "<s1@vendor.example>",
    }
    held = mail("Please reboot slot 4.\r\n", **words)
    for mailbox in ("general", "general", "inbox"):
        house.deliver(held, mailbox)
    question = alice.hears_one("command-result")
    house.deliver(b"Authentication-Results: mx.vendor.example; dmarc=pass header.from=vendor.example\r\n" + held)
    assert templates(house).count("relayed") == 1
    alice.writes("confirm", answers=question)
    assert templates(house).count("relayed") == 1


def test_a_person_is_asked_about_his_mail_where_only_a_copy_of_it_was_taken_for_a_machines(house: House) -> None:
    alice = house.staff()
    words = {"From": "Alice <alice@vendor.example>", "Message-ID": "<s1@vendor.example>"}
    house.deliver(mail(**words, X_Spam_Flag="YES"), "general")
    assert alice.hears() == []
    house.deliver(mail(**words))
    alice.hears_one("command-result")
    house.deliver(mail(**words), "general")
    assert alice.hears() == []


@pytest.mark.parametrize(
    "copy",
    [
        mail(),
        mail(Subject="[EXTERNAL] APM"),
        mail(Message_ID="<g2@mx2.vendor.example>"),
        mail(b64encode(WORDS.encode()).decode(), Content_Transfer_Encoding="base64"),
        mail(f"CAUTION: this mail comes from outside.\r\n\r\n{WORDS}"),
    ],
)
def test_one_mail_to_both_mailboxes_opens_one_request_and_alerts_once(house: House, copy: bytes) -> None:
    house.deliver(mail())
    house.deliver(copy, "general")
    assert len(house.requests()) == 1
    assert templates(house).count("alert") == 1
    assert templates(house).count("phone-us-now") == 1


def test_the_same_words_of_another_day_are_another_mail(house: House) -> None:
    house.deliver(mail())
    house.deliver(mail(Date="Mon, 02 Mar 2026 11:00:00 +0000", Message_ID="<a2@acme.example>"), "general")
    assert len(house.requests()) == 2


def test_nobody_joins_by_an_id_that_he_has_seen(house: House) -> None:
    house.deliver(mail())
    house.deliver(mail("What is new?\r\n", From="Eve <eve@elsewhere.example>"))
    assert [request.customer for request in house.requests()] == ["ann@acme.example", "eve@elsewhere.example"]


def test_an_answer_that_comes_before_what_it_answers_keeps_the_thread_together(house: House) -> None:
    answer = {"From": "Carl <carl@acme.example>", "Message-ID": "<c1@acme.example>", "In-Reply-To": "<a1@acme.example>"}
    house.deliver(mail("Me too.\r\n", **answer))
    house.deliver(mail())
    assert [request.participants for request in house.requests()] == [("carl@acme.example", "ann@acme.example")]


def test_colleagues_who_answer_one_unseen_mail_have_one_request_and_strangers_their_own(house: House) -> None:
    for name, domain in (("bob", "acme"), ("dan", "acme"), ("eve", "elsewhere")):
        address = f"{name}@{domain}.example"
        house.deliver(
            mail(f"So say I, {name}.\r\n", From=address, Message_ID=f"<{address}>", References="<root@lists.example>")
        )
    assert [request.customer for request in house.requests()] == ["bob@acme.example", "eve@elsewhere.example"]
