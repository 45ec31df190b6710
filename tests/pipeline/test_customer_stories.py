"""Customers' conversations, from the first mail to the complete request."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.pipeline.chassis import messages, show_tech
from tests.pipeline.house import Heard, House, a_house

COMPLETE = """Hello,

Severity: 2

Description:
On our X60 hk-a (XOS 9.7.2) the APM in slot 4 reloads by itself about once an hour. Its memory
climbs to 90 % and more, then it loses the heartbeat and boots again.

Timeline:
First seen on Sunday 1 March at 22:10, since then roughly every hour.

What we tried:
We reseated the APM and reloaded the vap-group twice. It made no difference.

Business impact:
Each reload cuts the connections of about 300 dealers for two minutes.

Recent changes:
None. The last upgrade was in November.

It is a single chassis, there is no second one.

Ann Lindqvist
"""
FILES = (("show-tech.txt", show_tech("hk-a", "A3060210077")), ("messages", messages("hk-a")))

INCOMPLETE = """Hi,

on our X60 lag-1 (XOS 9.7.2) the failover group stays on the wrong module since the power work on
Saturday night, 28 February. When we force it back it returns by itself after five minutes.
We swapped the heartbeat cables and checked the interfaces, all clean. No upgrades lately.

Ben
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as house:
        yield house


def test_a_complete_request_is_acknowledged_and_nothing_is_asked(house: House) -> None:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    letter = ann.hears_one("phone-us-now")
    assert "[SR 2-000000001]" in letter.subject
    assert letter.message["Auto-Submitted"] == "auto-replied"
    (request,) = house.requests()
    assert request.missing == ()
    assert (request.level, request.stated_level, request.region) == (2, 2, "amer")


def test_what_is_missing_is_asked_for_until_it_has_come(house: House) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(INCOMPLETE, subject="Failover does not come back")
    asked = ben.hears_one("missing-details")
    assert "show-tech-support output" in asked.text
    assert set(house.request("2-000000001").missing) == {"business-impact", "tech-support", "log-messages", "routing"}

    quoted = "\n".join(f"> {line}" for line in asked.text.splitlines())
    filled = quoted.replace(
        ">      Answer:", ">      Answer:\nThe 60 dealers in Lagos lose their orders, about once a day.", 1
    )
    ben.writes(f"See below.\n\nOn Mon, 2 Mar 2026, Example Networks Support wrote:\n{filled}", answers=asked)
    again = ben.hears_one("missing-details")
    assert "Business impact" not in again.text.partition("What arrived")[0]
    assert set(house.request("2-000000001").missing) == {"tech-support", "log-messages", "routing"}

    files = (("sts.txt", show_tech("lag-1", "A1")), ("messages", messages("lag-1")))
    ben.writes("Here are the files.", answers=again, files=files)
    ben.hears_one("all-received")
    request = house.request("2-000000001")
    assert request.missing == ()
    assert len(house.requests()) == 1


def test_a_reply_that_gives_nothing_new_is_not_asked_again(house: House) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(INCOMPLETE, subject="Failover does not come back")
    asked = ben.hears_one("missing-details")
    ben.writes("I will send it tomorrow.", answers=asked)
    assert ben.hears() == []
    withheld = [event for event in house.request("2-000000001").history if event.type == "letter-withheld"]
    assert [event.because for event in withheld] == ["the mail brought nothing that was asked for"]


@pytest.mark.parametrize("mark", ["> ", "", "| "])
@pytest.mark.parametrize(
    "words", ["See below.", "Answers are inline.", "", "Hello,\n\nplease find my answers below\n\nBen"]
)
def test_our_own_form_sent_back_empty_gives_nothing(house: House, words: str, mark: str) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    asked = ben.writes(INCOMPLETE, subject="Failover").hears_one("missing-details")
    before = house.request("2-000000001")
    quoted = "\n".join(f"{mark}{line}" for line in asked.text.splitlines())
    ben.writes(f"{words}\n\nOn Mon, 2 Mar 2026, Example Networks Support wrote:\n{quoted}", answers=asked)
    after = house.request("2-000000001")
    assert (after.missing, after.level) == (before.missing, before.level)
    assert ben.hears() == []


def test_both_chassis_of_a_pair_are_asked_for_and_may_come_one_by_one(house: House) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(PAIR, subject="Pair", files=FILES)
    asked = ben.hears_one("phone-us-now")
    assert set(house.request("2-000000001").missing) == {"tech-support", "log-messages"}
    words = " ".join(asked.text.split())
    assert "show-tech-support output of the second chassis" in words
    assert "we have that of hk-a" in words
    assert "show-tech-support output of chassis hk-a: show-tech.txt" in words
    second = (("sts-b.txt", show_tech("hk-b", "A3060210078")), ("messages-b", messages("hk-b")))
    ben.writes("Here is the other one.", answers=asked, files=second)
    ben.hears_one("all-received")


def words_of(letter: Heard) -> str:
    return " ".join(letter.text.split())


PAIR = COMPLETE.replace("It is a single chassis, there is no second one.", "It is a DBHA pair, hk-a and hk-b.")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("again.txt", FILES[0][1] + b"later\n", "again.txt: it comes from the same chassis as show-tech.txt"),
        ("b.txt", b"", "b.txt: it is empty"),
        ("b.txt", b"Lunch is at noon.\n", "b.txt: it is none of the files that we ask for"),
        ("b.zst", b"\x28\xb5\x2f\xfd" + bytes(40), "b.zst: it is a Zstandard archive, which cannot be opened here"),
    ],
    ids=["the same chassis", "empty", "something else", "an archive of another kind"],
)
def test_a_file_that_does_not_serve_is_answered_and_told_again_by_the_reminder(
    name: str, content: bytes, why: str, house: House
) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(PAIR, subject="Pair", files=FILES)
    asked = ben.hears_one("phone-us-now")
    ben.writes("Here is the other one.", answers=asked, files=((name, content),))
    assert why in words_of(ben.hears_one("missing-details"))
    house.waits(timedelta(days=3))
    reminder = next(one for one in ben.hears() if one.template == "reminder")
    assert why in words_of(reminder)
    assert "we have that of hk-a" in words_of(reminder)


def test_a_logo_in_an_answer_is_no_file_to_speak_of(house: House) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(PAIR, subject="Pair", files=FILES)
    asked = ben.hears_one("phone-us-now")
    ben.writes("One moment please.", answers=asked, files=(("image001.png", b"\x89PNG\r\n\x1a\n" + bytes(99)),))
    assert not ben.hears()


def test_a_second_chassis_that_is_told_of_later_is_asked_for(house: House) -> None:
    ben = house.customer("ben@globex.example", "Ben Okafor")
    ben.writes(COMPLETE.replace("It is a single chassis, there is no second one.", ""), subject="X60", files=FILES)
    first = ben.hears_one("phone-us-now")
    assert not house.request("2-000000001").missing
    ben.writes("And this is hk-b.", answers=first, files=(("b.txt", show_tech("hk-b", "A3060210078")),))
    asked = ben.hears_one("missing-details")
    assert house.request("2-000000001").missing == ("log-messages",)
    assert "/var/log/messages files of the second chassis" in words_of(asked)
    assert "your mail tells of a second chassis" in words_of(asked)
    ben.writes("There is no second chassis! hk-b is of another site.", answers=asked)
    ben.hears_one("all-received")
    assert not house.request("2-000000001").dbha


def test_why_a_file_cannot_be_had_goes_to_the_engineer(house: House) -> None:
    ben, alice = house.customer("ben@globex.example", "Ben Okafor"), house.staff()
    ben.writes(PAIR, subject="Pair", files=FILES)
    asked = ben.hears_one("phone-us-now")
    alice.hears()
    ben.writes("The second chassis has no power.", answers=asked)
    (told,) = (one for one in ben.hears())
    assert "has arrived" not in told.text
    replied = next(one for one in alice.hears() if one.template == "customer-replied")
    assert "cannot be had: 'The second chassis has no power.'" in words_of(replied)
    assert not house.request("2-000000001").missing


def test_an_answer_finds_its_request_without_references(house: House) -> None:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    letter = ann.hears_one("phone-us-now")
    ann.writes("One more thing.", answers=letter, drop_threading=True, subject="something else")
    ann.writes("And another.", answers=letter, to="xseries-support@vendor.example", subject="a third thing")
    ann.writes("By the tag.", subject=f"Fwd: {letter.subject}")
    assert len(house.requests()) == 1


def test_a_stranger_with_a_number_learns_nothing(house: House) -> None:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    ann.hears_one("phone-us-now")
    eve = house.customer("eve@elsewhere.example", "Eve")
    eve.writes("What is the state of this?", subject="Re: [SR 2-000000001]")
    letter = eve.hears()[0]
    assert "[SR 2-000000002]" in letter.subject
    assert "hk-a" not in letter.text
    assert len(house.requests()) == 2


def test_a_colleague_of_the_customer_may_use_the_tag(house: House) -> None:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    house.customer("carl@acme.example", "Carl").writes("I took over.", subject="Re: APM 4 reloads [SR 2-000000001]")
    (request,) = house.requests()
    assert request.customer == "ann@acme.example"
    assert "carl@acme.example" in request.participants


def test_a_mail_delivered_twice_opens_one_request(house: House) -> None:
    raw = (
        b"From: ann@acme.example\r\nTo: xseries-support@vendor.example\r\nMessage-ID: <1@acme.example>\r\n\r\nHelp\r\n"
    )
    house.deliver(raw)
    house.deliver(raw)
    house.deliver(b"Delivered-To: support@vendor.example\r\n" + raw, "general")
    assert len(house.requests()) == 1
    set_aside = house.parts.store.ledger.quarantined()
    assert [("copy" in one.why) for one in set_aside] == [True, True]


def test_a_customer_names_another_level_by_answering(house: House) -> None:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    letter = ann.hears_one("phone-us-now")
    ann.writes("severity 1 the last link is down now\n\nAnn", answers=letter)
    changed = ann.hears_one("phone-us-now")
    assert "the last link is down now" in " ".join(changed.text.split())
    assert house.request("2-000000001").level == 1


def test_a_customer_reaches_the_duty_manager_by_one_word(house: House) -> None:
    bjarne = house.staff("bjarne@vendor.example", "Bjarne Holm")
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM 4 reloads", files=FILES)
    ann.writes("escalate", answers=ann.hears_one("phone-us-now"))
    ann.hears_one("escalation-received")
    assert "escalation-request" in [letter.template for letter in bjarne.hears()]


def test_letters_to_one_address_fall_silent_whatever_the_headers_say(house: House) -> None:
    robot = house.customer("robot@elsewhere.example", "Robot")
    for number in range(30):
        robot.writes("I am a robot and tell nobody.", subject=f"Thank you {number}")
    assert len(robot.hears()) == 15
    assert len(house.requests()) == 30


def test_answers_stay_within_the_senders_organisation(house: House) -> None:
    ann = house.customer("ann@acme.example")
    ann.writes(COMPLETE, subject="APM", files=FILES, headers=[("Reply-To", "collector@elsewhere.example")])
    ann.hears_one("phone-us-now")
    assert house.customer("collector@elsewhere.example").hears() == []


def test_what_was_only_probably_given_is_sure_once_the_customer_says_it_plainly(house: House) -> None:
    mei = house.customer("mei.chan@harbour.example", "Mei Chan")
    mei.writes("The X60 reloads. It went wrong at the weekend.\n\nSeverity 3\n", subject="X60 reloads")
    (before,) = house.requests()
    assert "timeline" in before.probable

    mei.writes("Timeline: since Sunday 1 March, 22:10\n", subject=f"Re: X60 reloads [SR {before.number}]")

    after = house.request(before.number)
    assert "timeline" not in after.probable
    assert dict(after.supplied)["timeline"] == "from your mail: 'since Sunday 1 March, 22:10'"


def test_bare_numbers_answer_the_letter_that_asked(house: House) -> None:
    ben = house.customer("ben@acme.example", "Ben Okoro")
    ben.writes(INCOMPLETE, subject="Failover group")
    letter = ben.hears_one("missing-details")
    asked = re.findall(r"(?m)^  (\d)\. (.+)$", letter.text)
    number = next(number for number, label in asked if label == "Business impact")

    ben.writes(f"{number}. 40 users in Lagos cannot work\n\nBen\n", answers=letter)

    (request,) = house.requests()
    assert dict(request.supplied)["business-impact"] == "from your mail: '40 users in Lagos cannot work'"
