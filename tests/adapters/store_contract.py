"""What every store keeps to, whatever it is made of."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailproc.desk.conversation import Copy
from mailproc.desk.decision import Deadline, Decision
from mailproc.desk.events import HistoryEvent, LevelSet
from mailproc.ports import Clues, DueDeadline, Letter, Page, RawMail, Store
from mailproc.queues import Queue, Unavailable, drain
from tests.build import (
    ANN,
    NOW,
    NUMBER,
    RESPONSE,
    a_decision,
    a_due_deadline,
    a_letter,
    a_raw_mail,
    a_request,
    clues_to,
    opened,
    passed,
    received,
    set_aside,
)

Daemons = Callable[[str], Store]
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HELD = Decision(outcome="held", reason="nothing proves it")
UPDATE = Deadline(clock="update", step="due", due=NOW + HOUR)


class BrokenOffError(Exception):
    """Something unforeseen."""


def units(queue: Queue[RawMail] | Queue[Letter] | Queue[DueDeadline]) -> list[object]:
    return [unit for batch in queue.waiting() for unit in batch]


def mails(queue: Queue[RawMail]) -> list[str]:
    return [unit.key for batch in queue.waiting() for unit in batch]


def answering(number: int, *, to: str) -> RawMail:
    content = f"References: <{to}@acme.example> <x@y>\r\nMessage-ID: <a{number}@acme.example>\r\n\r\nmore\r\n".encode()
    return a_raw_mail(f"xseries/a{number}", content=content, arrived=NOW + number * MINUTE)


def open_request(store: Store, decision: Decision | None = None, letters: Sequence[Letter] = ()) -> None:
    unit = a_raw_mail()
    with store.transaction() as page:
        page.record_mail(unit, clues_to(unit), decision or a_decision(), letters)


def open_and_break_off(store: Store) -> None:
    unit = a_raw_mail()
    with store.transaction() as page:
        number = page.next_number()
        decision = a_decision(number=number, deadlines=(RESPONSE,))
        page.record_mail(unit, clues_to(unit), decision, [a_letter(number=number)])
        raise BrokenOffError


def found(store: Store, clues: Clues) -> str | None:
    with store.transaction() as page:
        request = page.request_for(clues)
    return request.number if request else None


class RecordingContract:
    """How mails, deadlines and letters are recorded. Each test begins with an empty store."""

    def test_what_was_recorded_is_what_comes_back(self, store: Store) -> None:
        open_request(store)
        with store.transaction() as page:
            assert page.request(NUMBER) == a_request()

    def test_a_request_that_was_never_opened_is_none(self, store: Store) -> None:
        with store.transaction() as page:
            assert page.request("2-000000042") is None

    def test_the_history_goes_on_where_it_ended(self, store: Store) -> None:
        open_request(store)
        unit, level = a_raw_mail("xseries/2"), LevelSet(at=NOW, who=ANN, level=2, because="it is down")
        with store.transaction() as page:
            more = a_decision(outcome="joined", events=(received("xseries/2"), level))
            page.record_mail(unit, clues_to(unit), more, [])
        with store.transaction() as page:
            assert page.request(NUMBER) == a_request(opened(), received(), received("xseries/2"), level)

    def test_two_mails_of_one_transaction_see_each_other(self, store: Store) -> None:
        first, second = a_raw_mail(), a_raw_mail("xseries/2")
        with store.transaction() as page:
            page.record_mail(first, clues_to(first), a_decision(), [])
            request = page.request_for(Clues(message_ids=("xseries/1@acme.example",)))
            assert request == a_request()
            joined = a_decision(outcome="joined", events=(received("xseries/2"),))
            page.record_mail(second, clues_to(second), joined, [])
            assert page.request(NUMBER) == a_request(opened(), received(), received("xseries/2"))

    def test_a_mail_that_is_recorded_twice_is_recorded_once(self, store: Store) -> None:
        open_request(store, letters=[a_letter(number=NUMBER)])
        open_request(store, letters=[a_letter("another", number=NUMBER)])
        with store.transaction() as page:
            assert page.request(NUMBER) == a_request()
        assert units(store.outbox(NOW)) == [a_letter(number=NUMBER)]

    def test_a_page_that_raises_leaves_nothing(self, store: Store) -> None:
        with pytest.raises(BrokenOffError):
            open_and_break_off(store)
        with store.transaction() as page:
            assert page.request(NUMBER) is None
            assert page.outcome_of("xseries/1") is None
            assert page.copy_of(clues_to(a_raw_mail())) is None
            assert page.letters_to(ANN, NUMBER, NOW) == 0
            assert page.first_letters_to(ANN, NOW) == 0
            assert page.next_number() == NUMBER
        assert units(store.outbox(NOW)) == []
        assert units(store.deadlines(NOW)) == []

    def test_numbers_follow_each_other_without_a_gap(self, store: Store) -> None:
        numbers = []
        for _ in range(3):
            with store.transaction() as page:
                numbers += [page.next_number(), page.next_number()]
        assert numbers == [f"2-{number:09d}" for number in range(1, 7)]

    def test_the_outcome_of_a_mail_is_known_from_then_on(self, store: Store) -> None:
        unit = a_raw_mail()
        with store.transaction() as page:
            assert page.outcome_of(unit.key) is None
            page.record_mail(unit, clues_to(unit), set_aside(), [])
            assert page.outcome_of(unit.key) == "set aside"

    def test_a_mail_set_aside_opens_nothing_and_its_id_leads_nowhere(self, store: Store) -> None:
        unit = a_raw_mail()
        with store.transaction() as page:
            page.record_mail(unit, clues_to(unit), set_aside(), [])
        assert found(store, Clues(message_ids=("xseries/1@acme.example",))) is None

    def test_held_mails_are_found_by_whose_name_they_bear_until_they_are_let_go(self, store: Store) -> None:
        units = [a_raw_mail(f"xseries/{key}", arrived=NOW + number * MINUTE) for number, key in enumerate("abcd")]
        senders = ["alice@vendor.example", "a.ndiaye@vendor.example", "bjarne@vendor.example", "alice@vendor.example"]
        with store.transaction() as page:
            for unit, sender in zip(units, senders, strict=True):
                decision = set_aside() if unit.key.endswith("d") else HELD
                page.record_mail(unit, clues_to(unit, sender=sender), decision, [])
        with store.transaction() as page:
            first, second = page.held_from(("alice@vendor.example", "a.ndiaye@vendor.example"))
            assert (first.key, first.at, first.number) == ("xseries/a", NOW, None)
            assert second.key == "xseries/b"
            later = a_raw_mail("xseries/e")
            page.record_mail(later, clues_to(later), replace(set_aside(), releases=(first.key,)), [])
            assert page.held_from(("alice@vendor.example",)) == []

    def test_a_letter_that_was_ordered_before_is_not_ordered_again(self, store: Store) -> None:
        open_request(store, letters=[a_letter(number=NUMBER)])
        unit = a_raw_mail("xseries/2")
        with store.transaction() as page:
            again = a_letter(number=NUMBER, subject="another")
            page.record_mail(unit, clues_to(unit), a_decision(outcome="joined", events=(received("2"),)), [again])
        assert units(store.outbox(NOW)) == [a_letter(number=NUMBER)]

    def test_automatic_letters_to_a_mailbox_on_a_request_are_counted_from_a_moment_on(self, store: Store) -> None:
        letters = [
            a_letter("one", number=NUMBER),
            a_letter("two", number=NUMBER, recipients=("Ann+7@ACME.example", "b@c.example")),
        ]
        open_request(store, letters=letters)
        with store.transaction() as page:
            assert page.letters_to(ANN, NUMBER, NOW - MINUTE) == 2
            assert page.letters_to("b+any@c.example", NUMBER, NOW) == 1
            assert page.letters_to(ANN, "2-000000002", NOW - MINUTE) == 0
            assert page.letters_to(ANN, NUMBER, NOW + MINUTE) == 0
            assert page.letters_to("nobody@c.example", NUMBER, NOW - MINUTE) == 0

    def test_letters_that_answer_new_requests_are_counted_by_mailbox_and_by_domain(self, store: Store) -> None:
        open_request(store, letters=[a_letter("one", number=NUMBER)])
        for number, sender in ((2, "bob@acme.example"), (3, "ann+2@acme.example")):
            unit, name = a_raw_mail(f"xseries/{number}"), f"2-00000000{number}"
            letter = a_letter(name, number=name, recipients=(sender,))
            with store.transaction() as page:
                page.record_mail(unit, clues_to(unit), a_decision(number=name), [letter])
        later = a_raw_mail("xseries/4")
        with store.transaction() as page:
            joined = a_decision(outcome="joined", events=(received("xseries/4"),))
            page.record_mail(later, clues_to(later), joined, [a_letter("four", number=NUMBER)])
        with store.transaction() as page:
            assert page.first_letters_to(ANN, NOW) == 2
            assert page.first_letters_to("acme.example", NOW) == 3
            assert page.first_letters_to("acme.example", NOW + MINUTE) == 0
            assert page.first_letters_to("other.example", NOW) == 0

    def test_what_was_written_can_be_read_again(self, store: Store) -> None:
        unit, letter = a_raw_mail(), a_letter(number=NUMBER)
        store.spool(NOW).keep([unit])
        store.spool(NOW).done([unit])
        open_request(store, letters=[letter])
        with store.transaction() as page:
            assert list(page.mails([unit.key, "xseries/unknown"])) == [unit.content]
            assert list(page.letters([letter.key, "unknown"])) == [letter.content]
            assert list(page.mails([])) == list(page.letters([])) == []

    def test_a_mail_that_joined_can_be_read_again(self, store: Store) -> None:
        unit = a_raw_mail()
        store.spool(NOW).keep([unit])
        store.spool(NOW).done([unit])
        open_request(store, a_decision(outcome="joined"))
        other = a_raw_mail("xseries/2")
        with store.transaction() as page:
            again = a_decision(outcome="joined", events=(received("xseries/2"),), releases=(unit.key,))
            page.record_mail(other, clues_to(other), again, [])
            assert page.outcome_of(unit.key) is None
        assert units(store.spool(NOW)) == [replace(unit, forced=True)]

    def test_a_key_of_any_bytes_and_length_is_known_again(self, store: Store) -> None:
        for key in ("xseries/\udcff.eml", "xseries/\udcfe.eml", "xseries/" + "k" * 3000):
            spool = store.spool(NOW)
            spool.keep([a_raw_mail(content=b"x", key=key)])
            (unit,) = (unit for batch in spool.waiting() for unit in batch)
            with store.transaction() as page:
                page.record_mail(unit, clues_to(unit), set_aside(), [])
                assert page.outcome_of(unit.key) == page.outcome_of(key) == "set aside"
            spool.done([unit])
            spool.keep([a_raw_mail(content=b"x", key=key)])
            assert mails(spool) == []

    def test_hostile_text_is_kept_without_what_no_database_takes(self, store: Store) -> None:
        unit = a_raw_mail()
        wild = a_decision(reason="\x00", events=(opened(subject="Störung 镕基 \x00\ud800"), received()))
        letter = a_letter(number=NUMBER, subject="\udfff")
        with store.transaction() as page:
            page.record_mail(unit, clues_to(unit, message_id="x" * 5000, sender="\x00"), wild, [letter])
        with store.transaction() as page:
            request = page.request_for(Clues(message_ids=("x" * 5000,)))
        assert request == a_request(opened(subject="Störung 镕基 \ufffd\ufffd"), received())


class FindingContract:
    """Which request a mail belongs to."""

    def test_a_proven_number_beats_a_known_message_id(self, store: Store) -> None:
        open_request(store)
        other = a_raw_mail("xseries/2")
        with store.transaction() as page:
            page.record_mail(other, clues_to(other), a_decision(number="2-000000002"), [])
        known = ("xseries/2@acme.example",)
        assert found(store, Clues(message_ids=known)) == "2-000000002"
        assert found(store, Clues(proven=("2-000000009", NUMBER), message_ids=known)) == NUMBER

    def test_the_first_known_message_id_decides(self, store: Store) -> None:
        open_request(store)
        other = a_raw_mail("xseries/2")
        with store.transaction() as page:
            page.record_mail(other, clues_to(other), a_decision(number="2-000000002"), [])
        ids = ("unknown@x", "xseries/2@acme.example", "xseries/1@acme.example")
        assert found(store, Clues(message_ids=ids)) == "2-000000002"

    def test_an_answer_to_our_letter_is_known_before_the_letter_went(self, store: Store) -> None:
        letter = a_letter(number=NUMBER)
        open_request(store, letters=[letter])
        assert found(store, Clues(message_ids=(letter.message_id,))) == NUMBER

    @pytest.mark.parametrize(
        ("sender", "believed"),
        [
            (ANN, True),
            ("bob@acme.example", True),
            ("bob@other.example", False),
            ("bob@sub.acme.example", False),
            ("", False),
        ],
    )
    def test_a_number_in_the_subject_counts_from_the_organisation(
        self, store: Store, sender: str, *, believed: bool
    ) -> None:
        open_request(store)
        assert found(store, Clues(tagged=(NUMBER,), sender=sender)) == (NUMBER if believed else None)

    def test_a_public_provider_is_no_organisation(self, store: Store) -> None:
        open_request(store, a_decision(events=(opened(customer="ann@gmail.com"), received(who="ann@gmail.com"))))
        assert found(store, Clues(tagged=(NUMBER,), sender="bob@gmail.com")) is None
        assert found(store, Clues(tagged=(NUMBER,), sender="ann@gmail.com")) == NUMBER

    def test_no_clue_leads_nowhere(self, store: Store) -> None:
        open_request(store)
        assert found(store, Clues()) is None

    def test_a_number_is_known_whatever_its_case(self, store: Store) -> None:
        open_request(store, a_decision(number="INC-000007"))
        with store.transaction() as page:
            request = page.request("inc-000007")
            assert request is not None
            assert request.number == "INC-000007"
            assert page.request("INC-000007") is request
            assert page.request("inc-000008") is None

    def test_a_mail_by_the_id_of_a_known_one_joins_it_where_its_sender_may(self, store: Store) -> None:
        open_request(store)
        own = "xseries/1@acme.example"
        assert found(store, Clues(message_id=own, sender="bob@acme.example")) == NUMBER
        assert found(store, Clues(message_id=own, sender="bob@other.example")) is None

    def test_mails_of_one_party_that_answer_the_same_unseen_mail_belong_together(self, store: Store) -> None:
        unit = a_raw_mail()
        clues = clues_to(unit, message_ids=("root@acme.example",), party="acme.example")
        with store.transaction() as page:
            page.record_mail(unit, clues, a_decision(), [])
        bob = Clues(sender="bob@acme.example", party="acme.example")
        assert found(store, replace(bob, message_ids=("root@acme.example",))) == NUMBER
        assert found(store, replace(bob, message_id="root@acme.example")) == NUMBER
        assert found(store, replace(bob, message_ids=("other@acme.example",))) is None
        eve = Clues(sender="eve@evil.example", party="evil.example", message_ids=("root@acme.example",))
        assert found(store, eve) is None

    def test_a_copy_has_the_same_content_and_the_same_id_or_another_mailbox(self, store: Store) -> None:
        open_request(store)
        clues = clues_to(a_raw_mail())
        with store.transaction() as page:
            assert page.copy_of(clues) == Copy(key="xseries/1", filed=True)
            assert page.copy_of(replace(clues, content="other")) is None
            assert page.copy_of(replace(clues, message_id="other@x")) is None
            assert page.copy_of(replace(clues, message_id=None)) is None
            assert page.copy_of(replace(clues, content="")) is None
            for other in ("other@x", None):
                elsewhere = replace(clues, message_id=other, mailbox="general")
                assert page.copy_of(elsewhere) == Copy(key="xseries/1", filed=True)

    def test_a_mail_without_an_id_is_a_copy_by_its_content(self, store: Store) -> None:
        unit = a_raw_mail()
        clues = clues_to(unit, message_id=None)
        with store.transaction() as page:
            page.record_mail(unit, clues, a_decision(), [])
            assert page.copy_of(clues) == Copy(key=unit.key, filed=True)

    def test_a_filed_copy_comes_before_one_that_is_held_and_that_before_one_set_aside(self, store: Store) -> None:
        aside, held, filed = (a_raw_mail(), *(a_raw_mail(f"general/{n}", mailbox="general") for n in (1, 2)))
        clues = clues_to(aside)
        with store.transaction() as page:
            page.record_mail(aside, clues, set_aside(), [])
            assert page.copy_of(clues) == Copy(key=aside.key, filed=False)
            page.record_mail(held, replace(clues, mailbox="general"), HELD, [])
            assert page.copy_of(clues) == Copy(key=held.key, filed=False)
            page.record_mail(filed, replace(clues, mailbox="general"), a_decision(), [])
            assert page.copy_of(clues) == Copy(key=filed.key, filed=True)

    @pytest.mark.parametrize("before", [set_aside(), HELD])
    def test_a_mail_that_waited_is_not_released_once_a_copy_is_filed(self, store: Store, before: Decision) -> None:
        aside, filed = a_raw_mail(), a_raw_mail("general/1", mailbox="general")
        clues = clues_to(aside)
        store.spool(NOW).keep([aside])
        store.spool(NOW).done([aside])
        with store.transaction() as page:
            page.record_mail(aside, clues, before, [])
        with store.transaction() as page:
            page.copy_of(clues)
            page.record_mail(filed, replace(clues, mailbox="general"), a_decision(), [])
            assert page.held_from((clues.sender,)) == []
        other = a_raw_mail("general/2", mailbox="general")
        with store.transaction() as page:
            page.record_mail(other, clues_to(other), replace(a_decision(), releases=(aside.key,)), [])
        assert mails(store.spool(NOW)) == []


class SpoolContract:
    """Mail that is ours and not yet filed."""

    def test_mail_comes_back_byte_for_byte_in_the_order_of_arrival(self, store: Store) -> None:
        kept = [a_raw_mail(f"xseries/{number}", arrived=NOW - number * MINUTE) for number in range(3)]
        store.spool(NOW).keep(kept)
        assert units(store.spool(NOW)) == kept[::-1]

    def test_a_key_that_is_known_is_left_as_it_is(self, store: Store) -> None:
        store.spool(NOW).keep([a_raw_mail()])
        store.spool(NOW).keep([a_raw_mail(content=b"other")])
        assert units(store.spool(NOW)) == [a_raw_mail()]

    def test_a_mail_that_was_filed_does_not_come_back(self, store: Store) -> None:
        unit, spool = a_raw_mail(), store.spool(NOW)
        spool.keep([unit])
        open_request(store)
        spool.done([unit])
        spool.keep([unit])
        assert mails(spool) == []

    def test_each_unit_is_handed_out_once_in_a_call(self, store: Store) -> None:
        store.spool(NOW).keep([a_raw_mail(f"xseries/{number:03d}") for number in range(120)])
        batches = [len(batch) for batch in store.spool(NOW).waiting()]
        assert batches == [50, 50, 20]

    def test_nobody_else_gets_what_is_leased_until_the_lease_ends(self, daemons: Daemons) -> None:
        one, two = daemons("one"), daemons("two")
        one.spool(NOW).keep([a_raw_mail()])
        assert mails(one.spool(NOW)) == ["xseries/1"]
        assert mails(two.spool(NOW)) == []
        assert mails(two.spool(NOW + HOUR)) == ["xseries/1"]

    def test_whoever_lost_a_lease_ends_nothing(self, daemons: Daemons) -> None:
        one, two = daemons("one"), daemons("two")
        unit, late = a_raw_mail(), one.spool(NOW)
        late.keep([unit])
        mails(late)
        mails(two.spool(NOW + HOUR))
        late.done([unit])
        late.quarantine(unit, "too late")
        late.retry_later(unit, "too late")
        assert mails(two.spool(NOW + 2 * HOUR)) == [unit.key]

    def test_an_absent_world_leaves_everything_as_it_was(self, store: Store) -> None:
        store.spool(NOW).keep([a_raw_mail()])

        def nobody_answers(batch: Sequence[RawMail]) -> None:
            raise Unavailable("nobody answers")

        for _ in range(10):
            with pytest.raises(Unavailable):
                drain(store.spool(NOW), nobody_answers)
        assert mails(store.spool(NOW)) == ["xseries/1"]

    def test_a_conversation_is_handed_out_one_mail_after_the_other(self, store: Store) -> None:
        first = a_raw_mail("xseries/1", content=b"Message-ID: <m1@acme.example>\r\n\r\nfirst\r\n")
        others = [answering(number, to="m1") for number in (1, 2)]
        stranger = a_raw_mail("xseries/9", arrived=NOW + HOUR)
        spool = store.spool(NOW)
        spool.keep([*others, first, stranger])
        seen = []
        for batch in spool.waiting():
            seen.append([unit.key for unit in batch])
            spool.done(batch)
        assert seen == [["xseries/1", "xseries/9"], ["xseries/a1"], ["xseries/a2"]]

    def test_a_conversation_waits_for_its_first_mail_but_not_for_one_in_quarantine(self, daemons: Daemons) -> None:
        spool, other = daemons("one").spool(NOW), daemons("two").spool(NOW)
        first, second, third = (answering(number, to="m1") for number in (1, 2, 3))
        spool.keep([first, second, third])
        assert mails(spool) == [first.key]
        assert mails(other) == []
        spool.retry_later(first, "not now")
        assert mails(other) == []
        later = daemons("two").spool(NOW + HOUR)
        assert mails(later) == [first.key]
        later.quarantine(first, "it has a flaw")
        assert mails(later) == [second.key]


class QueueContract:
    """What holds for each queue beside a store; tried on the outbox."""

    def test_letters_go_in_the_order_of_their_orders(self, store: Store) -> None:
        letters = [a_letter(key, number=NUMBER) for key in ("c", "a", "b")]
        open_request(store, letters=letters)
        assert units(store.outbox(NOW)) == letters

    def test_what_is_done_does_not_come_back(self, store: Store) -> None:
        open_request(store, letters=[a_letter()])
        outbox = store.outbox(NOW)
        for batch in outbox.waiting():
            outbox.done(batch)
            outbox.done(batch)
        assert units(store.outbox(NOW + 100 * HOUR)) == []

    def test_a_retry_comes_after_a_pause_that_grows(self, store: Store) -> None:
        open_request(store, letters=[a_letter()])
        now, pauses = NOW, []
        for _ in range(8):
            outbox = store.outbox(now)
            assert units(outbox) == [a_letter()]
            outbox.retry_later(a_letter(), "greylisted")
            tried = now
            while not _waits(store, now):
                now += MINUTE
            pauses.append((now - tried) // MINUTE)
        assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]

    def test_a_retry_may_name_its_pause_and_is_not_handed_out_in_the_same_call(self, store: Store) -> None:
        open_request(store, letters=[a_letter("one"), a_letter("two")])
        outbox, seen = store.outbox(NOW), 0
        for batch in outbox.waiting():
            for letter in batch:
                seen += 1
                outbox.retry_later(letter, "not now", timedelta(0))
        assert seen == 2
        assert len(units(store.outbox(NOW + MINUTE))) == 2

    def test_a_letter_is_given_up_after_four_days_of_trouble(self, store: Store) -> None:
        open_request(store, letters=[a_letter()])
        tries = 0
        for hour in range(24 * 6):
            outbox = store.outbox(NOW + hour * HOUR)
            for letter in units(outbox):
                assert isinstance(letter, Letter)
                tries += 1
                outbox.retry_later(letter, "no answer")
        assert tries == 24 * 4 + 1

    def test_a_letter_that_was_told_to_wait_has_not_failed(self, store: Store) -> None:
        open_request(store, letters=[a_letter()])
        for day in (0, 5, 10):  # over holidays, twice
            outbox = store.outbox(NOW + day * 24 * HOUR)
            assert units(outbox) == [a_letter()]
            outbox.retry_later(a_letter(), "it goes in business hours", 5 * 24 * HOUR)
        outbox = store.outbox(NOW + 15 * 24 * HOUR)
        units(outbox)
        outbox.retry_later(a_letter(), "no answer")
        assert units(store.outbox(NOW + 15 * 24 * HOUR + HOUR)) == [a_letter()]

    def test_a_unit_that_never_ends_is_given_up_after_five_claims(self, daemons: Daemons) -> None:
        open_request(daemons("one"), letters=[a_letter("poison"), a_letter("sound")])
        for start in range(5):
            outbox = daemons(f"daemon {start}").outbox(NOW + start * HOUR)
            assert len(units(outbox)) == 2
            outbox.retry_later(a_letter("sound"), "not now", MINUTE)
        assert units(daemons("last").outbox(NOW + 6 * HOUR)) == [a_letter("sound")]

    def test_quarantine_ends_a_unit(self, store: Store) -> None:
        open_request(store, letters=[a_letter()])
        outbox = store.outbox(NOW)
        units(outbox)
        outbox.quarantine(a_letter(), "no such user")
        assert units(store.outbox(NOW + 100 * HOUR)) == []

    def test_a_letter_that_is_dropped_never_goes(self, store: Store) -> None:
        open_request(store, letters=[a_letter()])
        outbox = store.outbox(NOW)
        for batch in outbox.waiting():
            with store.transaction() as page:
                page.drop_letter(a_letter().key, "the request was closed")
            outbox.done(batch)
        assert units(store.outbox(NOW + 100 * HOUR)) == []

    def test_overdue_letters_of_one_reader_are_found_and_replaced_by_one(self, store: Store) -> None:
        overdue, other = a_letter("overdue"), a_letter("other")
        late = [replace(one, deadline=RESPONSE) for one in (overdue, other)]
        elsewhere = replace(a_letter("elsewhere"), deadline=RESPONSE, recipients=("bob@vendor.example",))
        open_request(store, letters=[*late, elsewhere, a_letter("by hand")])
        outbox = store.outbox(NOW)
        units(outbox)
        with store.transaction() as page:
            assert [one.key for one in page.overdue_beside(late[0], RESPONSE.due + MINUTE)] == ["overdue", "other"]
            assert page.overdue_beside(late[0], RESPONSE.due) == []
            page.replace_letters(["overdue", "other"], "one digest tells of both", a_letter("digest"), NOW)
        with store.transaction() as page:
            assert not page.waits("overdue")
            assert page.waits("digest")
        outbox.done(late)
        assert units(store.outbox(NOW)) == [a_letter("digest")]

    def test_letters_that_another_daemon_has_in_hand_are_left_to_it(self, daemons: Daemons) -> None:
        late = [replace(a_letter(key), deadline=RESPONSE) for key in ("one", "two")]
        open_request(daemons("one"), letters=late[:1])
        units(daemons("one").outbox(NOW))
        with daemons("two").transaction() as page:
            page.replace_letters([], "", late[1], NOW)
        units(daemons("two").outbox(NOW))
        with daemons("two").transaction() as page:
            assert [one.key for one in page.overdue_beside(late[1], RESPONSE.due + MINUTE)] == ["two"]


class DeadlineContract:
    """Deadlines run, fall due, and are spent once."""

    def test_a_deadline_falls_due_at_its_moment(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(UPDATE, RESPONSE)))
        assert units(store.deadlines(NOW - MINUTE)) == []
        assert units(store.deadlines(NOW + HOUR)) == [a_due_deadline(), a_due_deadline(UPDATE)]

    def test_a_page_tells_whether_the_deadlines_are_behind(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(RESPONSE,)))
        moment = RESPONSE.due + MINUTE
        with store.transaction() as page:
            assert not page.is_behind(RESPONSE.due, moment)
            assert page.is_behind(moment, moment)
        deadlines = store.deadlines(moment)
        units(deadlines)
        with store.transaction() as page:
            assert page.is_behind(moment, moment), "it is in somebody's hands"
        deadlines.done([a_due_deadline()])
        with store.transaction() as page:
            assert not page.is_behind(moment, moment)

    def test_a_glimpse_of_a_request_holds_nobody(self, store: Store) -> None:
        open_request(store)
        with store.transaction() as page:
            assert page.glimpse(NUMBER) == page.request(NUMBER)
            assert page.glimpse("2-999999999") is None

    def test_a_deadline_is_spent_once(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(RESPONSE,)))
        for _ in range(2):
            with store.transaction() as page:
                self.act_on(page, a_due_deadline(), passed())
        with store.transaction() as page:
            assert page.request(NUMBER) == a_request(opened(), received(), passed())
        assert units(store.deadlines(NOW + HOUR)) == []

    def test_a_spent_deadline_never_runs_again(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(RESPONSE,)))
        with store.transaction() as page:
            self.act_on(page, a_due_deadline(), passed(), running=(RESPONSE, UPDATE))
        assert units(store.deadlines(NOW)) == []
        assert units(store.deadlines(NOW + HOUR)) == [a_due_deadline(UPDATE)]

    def test_new_deadlines_replace_the_old(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(RESPONSE,)))
        unit = a_raw_mail("xseries/2")
        with store.transaction() as page:
            joined = a_decision(outcome="joined", events=(received("xseries/2"),), deadlines=(UPDATE,))
            page.record_mail(unit, clues_to(unit), joined, [])
            self.act_on(page, a_due_deadline(), passed())
            request = page.request(NUMBER)
        assert request == a_request(opened(), received(), received("xseries/2"))
        assert units(store.deadlines(NOW + HOUR)) == [a_due_deadline(UPDATE)]

    def test_a_deadline_that_goes_on_keeps_its_lease(self, daemons: Daemons) -> None:
        one, two = daemons("one"), daemons("two")
        open_request(one, a_decision(deadlines=(RESPONSE,)))
        assert units(one.deadlines(NOW)) == [a_due_deadline()]
        unit = a_raw_mail("xseries/2")
        with two.transaction() as page:
            same = a_decision(outcome="joined", events=(received("xseries/2"),), deadlines=(RESPONSE,))
            page.record_mail(unit, clues_to(unit), same, [])
        assert units(two.deadlines(NOW)) == []

    def test_a_mail_set_aside_stops_no_clock(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(RESPONSE,)))
        unit = a_raw_mail("xseries/2")
        with store.transaction() as page:
            page.record_mail(unit, clues_to(unit), replace(set_aside(), number=NUMBER), [])
        assert units(store.deadlines(NOW)) == [a_due_deadline()]

    def test_a_deadline_without_events_may_still_set_what_runs(self, store: Store) -> None:
        open_request(store, a_decision(deadlines=(RESPONSE,)))
        with store.transaction() as page:
            page.record_deadline(
                a_due_deadline(), Decision(outcome="on time", reason="paused", number=NUMBER, deadlines=(UPDATE,)), []
            )
        assert units(store.deadlines(NOW + HOUR)) == [a_due_deadline(UPDATE)]

    def act_on(self, page: Page, unit: DueDeadline, *events: HistoryEvent, running: tuple[Deadline, ...] = ()) -> None:
        decision = a_decision(outcome="on time", events=events, deadlines=running)
        page.record_deadline(unit, decision, [])


class StoreContract(RecordingContract, FindingContract, SpoolContract, QueueContract, DeadlineContract):
    """Run on the fake and on the real things. A class that keeps it gives `daemons`: a store for each name."""

    @pytest.fixture
    def store(self, daemons: Daemons) -> Store:
        return daemons("one")


def _waits(store: Store, now: datetime) -> bool:
    """Whether a letter may go; whoever breaks off leaves it as it was."""
    asked = store.outbox(now).waiting()
    assert isinstance(asked, Generator)
    letters = next(asked, ())
    asked.close()
    return bool(letters)
