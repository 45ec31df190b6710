"""Which request a mail belongs to, and who takes part in it: whatever mail programs and people on copy do."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.house import CONFIG, SUPPORT, Heard, House, Person, a_house
from tests.pipeline.test_customer_stories import COMPLETE, FILES, INCOMPLETE

FIRST, SECOND = "2-000000001", "2-000000002"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def ann(house: House) -> Person:
    return house.customer("ann@acme.example")


@pytest.fixture
def letter(ann: Person) -> Heard:
    return ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES).hears_one("phone-us-now")


def told(house: House, number: str) -> Heard:
    letters = [one for one in house.letters() if one.message["X-Mailproc-SR"] == number]
    return next(one for one in letters if one.template == "new-request")


def test_of_two_requests_in_one_mail_the_first_proven_has_it(house: House, ann: Person, letter: Heard) -> None:
    ann.writes("Another matter altogether.", subject="Fan noise")
    other = ann.hears()[0]
    before = len(house.request(SECOND).history)
    headers = [("Cc", str(other.message["Reply-To"]))]
    ann.writes("This is about the APM.", answers=letter, headers=headers)
    assert len(house.request(SECOND).history) == before
    received = [event for event in house.request(FIRST).history if event.type == "received"]
    assert received[-1].also_named == (SECOND,)
    assert len(house.requests()) == 2


def test_a_forwarded_thread_joins_by_the_id_it_keeps(house: House, ann: Person, letter: Heard) -> None:
    thread = [("References", f"<elsewhere@acme.example> {letter.message['Message-ID']}")]
    ann.writes("See below.\n\n-- forwarded --", subject="FW: whatever", to=SUPPORT, headers=thread)
    assert len(house.requests()) == 1


def test_a_gateway_that_rewrites_ids_leaves_the_reply_address(house: House, ann: Person, letter: Heard) -> None:
    rewritten = [("In-Reply-To", "<rewritten.1@gateway.example>"), ("References", "<rewritten.1@gateway.example>")]
    ann.writes("One more thing.", subject="Re: something", to=str(letter.message["Reply-To"]), headers=rewritten)
    assert len(house.requests()) == 1


def test_a_strangers_guessed_number_opens_a_linked_request_of_which_he_learns_nothing(
    house: House, ann: Person, letter: Heard
) -> None:
    eve = house.customer("eve@elsewhere.example", "Eve")
    eve.writes("How far is it?", subject=f"Re: [SR {FIRST}]")
    assert house.request(SECOND).linked == FIRST
    heard = eve.hears()[0]
    body = heard.text + heard.message.as_string()
    for secret in (FIRST, "reloads", "hk-a", "Ann", "ann@acme.example"):
        assert secret not in body
    assert "eve@elsewhere.example" not in house.request(FIRST).participants
    assert FIRST in told(house, SECOND).text


def test_a_number_that_nobody_has_links_nothing(house: House, ann: Person, letter: Heard) -> None:
    house.customer("eve@elsewhere.example", "Eve").writes("How far is it?", subject="Re: [SR 2-999999999]")
    assert house.request(SECOND).linked is None


@pytest.mark.parametrize(
    "domain", ["gmail.com", "yahoo.de", "hotmail.co.uk", "comcast.net", "mail.gmx.at", "foxmail.com"]
)
def test_neighbours_at_a_public_provider_are_no_organisation(house: House, domain: str) -> None:
    ann = house.customer(f"ann@{domain}").writes(COMPLETE, subject="APM", files=FILES)
    house.customer(f"eve@{domain}", "Eve").writes("And mine?", subject=f"Re: APM [SR {FIRST}]")
    assert house.request(SECOND).linked == FIRST
    assert house.request(FIRST).participants == (f"ann@{domain}",)
    ann.writes("Any news?", subject=f"Re: APM [SR {FIRST}]", headers=[("Reply-To", f"eve@{domain}")])
    assert house.request(FIRST).answers_to == ""


def test_a_provider_that_the_directory_calls_a_customer_is_one(tmp_path: Path) -> None:
    config = CONFIG.replace('domains      = ["acme.example"]', 'domains      = ["comcast.net"]')
    with a_house(tmp_path, config=config) as house:
        house.customer("ann@comcast.net").writes(COMPLETE, subject="APM", files=FILES)
        house.customer("bob@comcast.net", "Bob").writes("And mine?", subject=f"Re: APM [SR {FIRST}]")
        assert house.request(FIRST).participants == ("ann@comcast.net", "bob@comcast.net")


def test_answers_find_a_request_whose_number_has_letters(tmp_path: Path) -> None:
    config = CONFIG.replace("[[mailboxes]]", 'sr_number = "Inc-{:06d}"\n\n[[mailboxes]]', 1)
    with a_house(tmp_path, config=config) as house:
        ann, alice = house.customer("ann@acme.example"), house.staff()
        letter = ann.writes(COMPLETE, subject="APM", files=FILES).hears_one("phone-us-now")
        bare = str(letter.message["Reply-To"]).split("<")[1].strip(">").lower()
        ann.writes("It got worse.", subject="hello again", to=bare)
        alice.writes("We look into it.", subject="your case", answers=alice.hears()[0], drop_threading=True)
        assert [request.number for request in house.requests()] == ["Inc-000001"]
        assert house.request("Inc-000001").owner == "alice@vendor.example"


@pytest.mark.parametrize("subject", ["SR 2-000000001 still down", "Re: [SR\u00a02\u2011000000001]"])
def test_a_participant_names_his_request_however_the_number_is_written(house: House, ann: Person, subject: str) -> None:
    ann.writes(COMPLETE, subject="APM", files=FILES)
    ann.writes("It got worse.", subject=subject)
    assert len(house.requests()) == 1


def test_unattended_addresses_and_our_own_with_a_tag_on_copy_take_no_part(house: House, ann: Person) -> None:
    copies = "noreply@acme.example, mailer-daemon@acme.example, xseries-support+foo@vendor.example, carl@acme.example"
    ann.writes(COMPLETE, subject="APM", files=FILES, headers=[("Cc", copies)])
    request = house.request(FIRST)
    assert (request.participants, request.pending) == (("ann@acme.example", "carl@acme.example"), ())


def test_an_answer_to_words_of_staff_in_a_request_closed_long_ago_opens_it_again(
    house: House, ann: Person, letter: Heard
) -> None:
    alice = house.staff()
    alice.writes("#close", answers=told(house, FIRST))
    house.waits(timedelta(days=40))
    ann.hears()
    alice.writes("Ann, which version do you run now?", answers=told(house, FIRST))
    ann.writes("It is 9.7.3 and all is well here.", answers=ann.hears_one("relayed"))
    assert len(house.requests()) == 1
    assert house.request(FIRST).status == "open"


def test_colleagues_on_copy_take_part_and_others_wait_to_be_let_in(house: House, ann: Person) -> None:
    copies = [("Cc", "carl@acme.example, ben@partner.example, alice@vendor.example")]
    ann.writes(COMPLETE, subject="APM", files=FILES, headers=copies)
    request = house.request(FIRST)
    assert request.participants == ("ann@acme.example", "carl@acme.example")
    assert request.pending == ("ben@partner.example",)
    assert "ben@partner.example" in told(house, FIRST).text

    alice = house.staff()
    alice.writes("We look into it.", answers=told(house, FIRST))
    relayed = ann.hears()[-1]
    assert relayed.message["Cc"] == "carl@acme.example"
    alice.writes("#add ben@partner.example\n\nWe found it.", answers=told(house, FIRST))
    assert "ben@partner.example" in str(ann.hears()[-1].message["Cc"])


def test_somebody_taken_off_is_not_brought_back_by_a_copy(house: House, ann: Person, letter: Heard) -> None:
    alice = house.staff()
    ann.writes("Carl helps.", answers=letter, headers=[("Cc", "carl@acme.example")])
    alice.writes("#remove carl@acme.example", answers=told(house, FIRST))
    ann.writes("Carl still helps.", answers=letter, headers=[("Cc", "carl@acme.example")])
    assert house.request(FIRST).participants == ("ann@acme.example",)


def test_a_requester_is_never_replaced(house: House, ann: Person, letter: Heard) -> None:
    house.customer("carl@acme.example", "Carl").writes("I took over.", answers=letter)
    house.customer("zoe@partner.example", "Zoe").writes("And I took it from Carl.", answers=letter)
    request = house.request(FIRST)
    assert request.customer == "ann@acme.example"
    assert request.participants == ("ann@acme.example", "carl@acme.example")
    assert request.pending == ("zoe@partner.example",)


def test_an_outsider_who_knows_a_letter_moves_nothing_until_staff_let_him_in(
    house: House, ann: Person, letter: Heard
) -> None:
    zoe = house.customer("zoe@partner.example", "Zoe")
    alice = house.staff()
    alice.hears()
    zoe.writes("severity 1 all is lost", answers=letter)
    assert house.request(FIRST).level == 2
    assert zoe.hears() == []
    assert "all is lost" in alice.hears()[-1].text
    alice.writes("#add zoe@partner.example", answers=told(house, FIRST))
    zoe.writes("severity 1 all is lost", answers=letter)
    assert house.request(FIRST).level == 1


def test_staff_hear_who_wrote_and_whom_an_answer_reaches(house: House, ann: Person, letter: Heard) -> None:
    alice = house.staff()
    alice.hears()
    house.customer("carl@acme.example", "Carl Berg").writes("I rebooted slot 4, and it still fails.", answers=letter)
    heard = " ".join(alice.hears_one("customer-replied").text.split())
    assert "Carl Berg wrote. Your answer goes to Ann Lindqvist, with a copy to Carl Berg." in heard
    house.customer("zoe@partner.example", "Zoe Park").writes("We saw that too.", answers=letter)
    outside = alice.hears_one("customer-replied")
    assert "an outsider wrote" in outside.subject
    heard = " ".join(outside.text.split())
    assert "your answer goes to Ann Lindqvist, and not to Zoe Park" in heard
    assert "#add zoe@partner.example" in heard
    ann.writes("Any news?", answers=letter)
    assert "Ann Lindqvist wrote again." in alice.hears_one("customer-replied").text


def test_what_somebody_gave_counts_once_he_is_let_in(house: House, ann: Person) -> None:
    letter = ann.writes(INCOMPLETE, subject="Failover").hears_one("missing-details")
    alice, zoe = house.staff(), house.customer("zoe@partner.example", "Zoe Park")
    zoe.writes("Business impact: 300 dealers cannot trade.\nHere are the files.", answers=letter, files=FILES)
    before = house.request(FIRST)
    assert "business-impact" in before.missing
    assert before.files == ()
    alice.hears()
    alice.writes("#add zoe@partner.example", answers=told(house, FIRST))
    after = house.request(FIRST)
    assert "business-impact" not in after.missing
    assert {file.name for file in after.files} >= {name for name, _ in FILES}
    assert [one.template for one in alice.hears()] == ["command-result"]
    assert [one.template for one in ann.hears()] == ["all-received"]


def test_letting_somebody_into_a_request_closed_long_ago_opens_no_other(
    house: House, ann: Person, letter: Heard
) -> None:
    alice = house.staff()
    house.customer("zoe@partner.example", "Zoe Park").writes("We saw that too.", answers=letter)
    alice.writes("#close", answers=told(house, FIRST))
    house.waits(timedelta(days=40))
    alice.writes("#add zoe@partner.example", answers=told(house, FIRST))
    assert [request.status for request in house.requests()] == ["closed"]
    assert "zoe@partner.example" in house.request(FIRST).participants


def test_answers_go_where_a_customer_wants_them_and_he_stays_who_he_is(house: House, ann: Person) -> None:
    ann.writes(COMPLETE, subject="APM", files=FILES, headers=[("Reply-To", "noc@acme.example")])
    request = house.request(FIRST)
    assert (request.customer, request.answers_to) == ("ann@acme.example", "noc@acme.example")
    letter = house.customer("noc@acme.example").hears_one("phone-us-now")
    ann.writes("Write to me again.", answers=letter)
    assert house.request(FIRST).answers_to == ""


@pytest.mark.parametrize("reply_to", ["collector@elsewhere.example", "alice@vendor.example"])
def test_answers_never_leave_the_organisation(house: House, ann: Person, reply_to: str) -> None:
    ann.writes(COMPLETE, subject="APM", files=FILES, headers=[("Reply-To", reply_to)])
    ann.hears_one("phone-us-now")


def test_a_forged_mail_teaches_no_message_id(house: House, ann: Person, letter: Heard) -> None:
    alice = house.staff()
    alice.writes("Forged.", subject=f"Re: [SR {FIRST}]", to=SUPPORT, headers=[("X-Own", "1")])
    (held,) = house.parts.store.ledger.quarantined()
    assert held.message_id is not None
    answer = [("In-Reply-To", f"<{held.message_id}>")]
    house.customer("eve@elsewhere.example", "Eve").writes("And more.", subject="hello", headers=answer)
    assert len(house.requests()) == 2
