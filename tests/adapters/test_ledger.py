"""What the commands read of a store, and what a person puts right in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailproc.adapters.blobs import FileBlobs, TableBlobs
from mailproc.adapters.database import open_engine, sqlite_file, writing
from mailproc.adapters.models import DEADLINES
from mailproc.adapters.store import SqlStore
from mailproc.desk.decision import Deadline
from mailproc.desk.events import LevelSet, MissingFound, StatusSet
from mailproc.ports import RawMail
from tests.build import (
    ANN,
    NOW,
    NUMBER,
    RESPONSE,
    a_decision,
    a_letter,
    a_raw_mail,
    a_request,
    clues_to,
    opened,
    received,
    set_aside,
)

HOUR = timedelta(hours=1)
UPDATE = Deadline(clock="update", step="due", due=NOW + HOUR)


@pytest.fixture
def store(migrated_url: str, tmp_path: Path) -> Iterator[SqlStore]:
    engine = open_engine(migrated_url, tmp_path)
    yield SqlStore(engine, FileBlobs(tmp_path / "mail") if sqlite_file(migrated_url) else TableBlobs(), holder="one")
    engine.dispose()


def keep(store: SqlStore, unit: RawMail) -> RawMail:
    store.spool(NOW).keep([unit])
    return unit


def put_aside(store: SqlStore, unit: RawMail) -> None:
    """As the story does it: kept, judged, let go."""
    spool = store.spool(NOW)
    spool.keep([unit])
    with store.transaction() as page:
        page.record_mail(unit, clues_to(unit), set_aside("an automatic answer"), [])
    spool.done([unit])


def open_requests(store: SqlStore, many: int) -> None:
    with store.transaction() as page:
        for place in range(1, many + 1):
            unit = a_raw_mail(f"xseries/{place}")
            decision = a_decision(
                number=page.next_number(),
                events=(opened(), received(unit.key), StatusSet(at=NOW, who=ANN, status="open", because="it is new")),
                deadlines=(UPDATE, RESPONSE) if place == 1 else (),
            )
            page.record_mail(unit, clues_to(unit), decision, [])


class TestReading:
    def test_an_empty_store_says_so(self, store: SqlStore) -> None:
        ledger = store.ledger
        assert (list(ledger.requests()), ledger.letters(), ledger.quarantined()) == ([], (), ())
        assert (ledger.request(NUMBER), ledger.summary(NUMBER), ledger.mail("xseries/1")) == (None, None, None)
        assert (ledger.next_deadline(), store.latest_instant(), ledger.raw_mail("xseries/1")) == (None, None, None)

    def test_a_summary_follows_the_history(self, store: SqlStore) -> None:
        open_requests(store, 1)
        unit = a_raw_mail("xseries/9")
        level = LevelSet(at=NOW + HOUR, who=ANN, level=2, because="it is down")
        missing = MissingFound(at=NOW + HOUR, who=ANN, items=("topology", "business-impact"))
        with store.transaction() as page:
            more = a_decision(outcome="joined", events=(received(unit.key), level, missing), deadlines=(UPDATE,))
            page.record_mail(unit, clues_to(unit), more, [])
        (summary,) = store.ledger.requests()
        assert summary == store.ledger.summary(NUMBER)
        assert (summary.level, summary.status, summary.customer) == (2, "open", ANN)
        assert summary.missing == ("topology", "business-impact")
        assert summary.next_due == UPDATE
        assert store.latest_instant() == NOW + HOUR

    def test_the_earliest_deadline_is_the_next(self, store: SqlStore) -> None:
        open_requests(store, 2)
        summaries = list(store.ledger.requests())
        assert [one.next_due for one in summaries] == [RESPONSE, None]
        assert store.ledger.next_deadline() == RESPONSE.due
        assert store.ledger.deadlines_of(NUMBER) == (RESPONSE, UPDATE)

    def test_a_long_list_comes_whole_and_by_status(self, store: SqlStore) -> None:
        open_requests(store, 603)
        numbers = [f"2-{number:09d}" for number in range(1, 604)]
        assert [one.number for one in store.ledger.requests()] == numbers
        assert [one.number for one in store.ledger.requests("open")] == numbers
        assert list(store.ledger.requests("closed")) == []

    def test_a_request_tells_its_mails_and_letters(self, store: SqlStore) -> None:
        unit = keep(store, a_raw_mail())
        letters = [a_letter("one", number=NUMBER), a_letter("two", number=NUMBER, deadline=RESPONSE)]
        with store.transaction() as page:
            page.record_mail(unit, clues_to(unit), a_decision(), letters)
        (mail,) = store.ledger.mails_of(NUMBER)
        assert (mail.key, mail.outcome, mail.sender, mail.origin) == (unit.key, "opened", ANN, "person")
        assert mail == store.ledger.mail(unit.key)
        assert [one.letter for one in store.ledger.letters_of(NUMBER)] == letters
        assert store.ledger.request(NUMBER) == a_request()

    def test_raw_mail_is_there_while_spooled_and_ever_after(self, store: SqlStore) -> None:
        unit = keep(store, a_raw_mail())
        assert store.ledger.raw_mail(unit.key) == unit.content
        put_aside(store, unit)
        assert store.ledger.raw_mail(unit.key) == unit.content


class TestOutbox:
    @pytest.fixture
    def waiting(self, store: SqlStore) -> SqlStore:
        unit = a_raw_mail()
        with store.transaction() as page:
            page.record_mail(unit, clues_to(unit), a_decision(), [a_letter("one"), a_letter("two")])
        return store

    def test_a_letter_tells_what_became_of_it(self, waiting: SqlStore) -> None:
        outbox = waiting.outbox(NOW)
        letters = [letter for batch in outbox.waiting() for letter in batch]
        outbox.done(letters[:1])
        outbox.retry_later(letters[1], "451 come back")
        first, second = waiting.ledger.letters()
        assert (first.state, first.sent_at, first.next_at) == ("sent", NOW, None)
        assert (second.state, second.why, second.attempts) == ("waiting", "451 come back", 1)
        assert second.next_at == NOW + HOUR / 60
        assert waiting.ledger.letters_sent() == (letters[0],)
        assert waiting.ledger.letters("sent") == (first,)
        assert waiting.ledger.letters("waiting", "sent") == (first, second)

    def test_a_failed_letter_is_tried_again_when_a_person_says_so(self, waiting: SqlStore) -> None:
        outbox = waiting.outbox(NOW)
        letters = [letter for batch in outbox.waiting() for letter in batch]
        outbox.quarantine(letters[0], "550 no such user")
        outbox.done(letters[1:])
        assert [one.why for one in waiting.ledger.letters("failed")] == ["550 no such user"]
        assert waiting.ledger.retry_letter("one")
        assert [list(batch) for batch in waiting.outbox(NOW).waiting()] == [letters[:1]]

    def test_a_letter_that_a_person_drops_never_goes(self, waiting: SqlStore) -> None:
        assert waiting.ledger.drop_letter("one", "written by telephone")
        letters = [letter for batch in waiting.outbox(NOW).waiting() for letter in batch]
        assert [letter.key for letter in letters] == ["two"]
        assert [one.why for one in waiting.ledger.letters("dropped")] == ["written by telephone"]

    def test_what_was_sent_or_never_was_can_be_neither_retried_nor_dropped(self, waiting: SqlStore) -> None:
        outbox = waiting.outbox(NOW)
        for batch in outbox.waiting():
            outbox.done(batch)
        for key in ("one", "three"):
            assert not waiting.ledger.retry_letter(key)
            assert not waiting.ledger.drop_letter(key, "no")
        assert waiting.ledger.letter("three") is None


class TestQuarantine:
    def test_it_lists_what_failed_and_what_was_set_aside_as_it_arrived(self, store: SqlStore) -> None:
        failed = keep(store, a_raw_mail("xseries/2", arrived=NOW + HOUR))
        spool = store.spool(NOW)
        for batch in spool.waiting():
            spool.quarantine(batch[0], "unexpected KeyError")
        put_aside(store, a_raw_mail("xseries/1"))
        store.ledger.quarantine_mail("xseries/3", "xseries", "70 MB are too many", NOW + 2 * HOUR)
        store.ledger.quarantine_mail("xseries/3", "xseries", "70 MB are too many", NOW + 3 * HOUR)
        listed = [(one.key, one.state, one.why) for one in store.ledger.quarantined()]
        assert listed == [
            ("xseries/1", "set aside", "an automatic answer"),
            (failed.key, "quarantined", "unexpected KeyError"),
            ("xseries/3", "quarantined", "70 MB are too many"),
        ]

    def test_a_quarantined_mail_is_tried_again_when_a_person_says_so(self, store: SqlStore) -> None:
        unit = keep(store, a_raw_mail())
        spool = store.spool(NOW)
        for batch in spool.waiting():
            spool.quarantine(batch[0], "unexpected KeyError")
        assert store.ledger.retry_mail(unit.key, NOW)
        assert [list(batch) for batch in store.spool(NOW).waiting()] == [[unit]]

    def test_a_mail_set_aside_comes_back_as_a_persons(self, store: SqlStore) -> None:
        unit = a_raw_mail()
        put_aside(store, unit)
        assert store.ledger.retry_mail(unit.key, NOW)
        assert store.ledger.quarantined() == ()
        spool = store.spool(NOW)
        (batch,) = spool.waiting()
        assert list(batch) == [replace(unit, forced=True)]
        with store.transaction() as page:
            assert page.outcome_of(unit.key) is None
            assert page.copy_of(clues_to(unit)) is None
            page.record_mail(batch[0], clues_to(unit), a_decision(), [])
        spool.done(batch)
        assert store.ledger.request(NUMBER) == a_request()

    def test_a_mail_that_a_person_drops_is_listed_no_more_and_keeps_its_outcome(self, store: SqlStore) -> None:
        put_aside(store, a_raw_mail())
        keep(store, a_raw_mail("xseries/2"))
        spool = store.spool(NOW)
        for batch in spool.waiting():
            spool.quarantine(batch[0], "unexpected KeyError")
        assert store.ledger.drop_mail("xseries/1")
        assert store.ledger.drop_mail("xseries/2")
        assert not store.ledger.drop_mail("xseries/2")
        assert store.ledger.quarantined() == ()
        assert not store.ledger.retry_mail("xseries/1", NOW)
        mail = store.ledger.mail("xseries/1")
        assert mail is not None
        assert mail.outcome == "set aside"
        assert store.ledger.raw_mail("xseries/2") == a_raw_mail("xseries/2").content

    def test_what_does_not_wait_for_a_person_cannot_be_retried_or_dropped(self, store: SqlStore) -> None:
        open_requests(store, 1)
        store.ledger.quarantine_mail("xseries/3", "xseries", "70 MB are too many", NOW)
        for key in ("xseries/1", "xseries/3", "never seen"):
            assert not store.ledger.retry_mail(key, NOW)
        assert not store.ledger.drop_mail("xseries/1")

    def test_a_mail_whose_bytes_are_gone_goes_to_quarantine(self, migrated_sqlite_url: str, tmp_path: Path) -> None:
        engine = open_engine(migrated_sqlite_url, tmp_path)
        store = SqlStore(engine, FileBlobs(tmp_path / "mail"), holder="one")
        gone, sound = a_raw_mail("xseries/1"), a_raw_mail("xseries/2")
        store.spool(NOW).keep([gone, sound])
        digest = sha256(gone.content).hexdigest()
        (tmp_path / "mail" / digest[:2] / digest[2:]).unlink()
        assert [list(batch) for batch in store.spool(NOW).waiting()] == [[sound]]
        assert [one.key for one in store.ledger.quarantined()] == [gone.key]
        engine.dispose()


class TestMarks:
    def test_a_mark_stays_where_it_was_put(self, store: SqlStore) -> None:
        assert store.mark("xseries", "INBOX") is None
        store.set_mark("xseries", "INBOX", (4_000_000_000, 7))
        store.set_mark("xseries", "Junk", (1, 1))
        store.set_mark("xseries", "INBOX", (4_000_000_000, 9))
        assert store.mark("xseries", "INBOX") == (4_000_000_000, 9)
        assert store.mark("blue-coat", "INBOX") is None


class TestDeadlinesThatAFaultStops:
    """A fault of ours, or processes that died on them."""

    LATER = NOW + 40 * HOUR

    @pytest.fixture
    def stopped(self, store: SqlStore) -> SqlStore:
        open_requests(store, 1)
        for _ in range(6):
            list(store.deadlines(UPDATE.due).waiting())
            with writing(store.engine) as connection:  # each process died, and its lease ran out
                lost = sa.update(DEADLINES).where(DEADLINES.c.state == "leased")
                connection.execute(lost.values(state="waiting", next_at=UPDATE.due))
        return store

    def test_those_that_wore_out_five_processes_are_listed(self, stopped: SqlStore) -> None:
        told = {one.deadline: one.why for one in stopped.ledger.quarantined()}
        assert set(told) == {RESPONSE, UPDATE}
        assert told[UPDATE].startswith(f"update due of SR {NUMBER}: was begun 5 times and never ended")

    def test_one_that_failed_is_listed_with_its_next_try(self, store: SqlStore) -> None:
        open_requests(store, 1)
        queue = store.deadlines(RESPONSE.due)
        for batch in queue.waiting():
            queue.quarantine(batch[0], "unexpected KeyError")
        (found,) = store.ledger.quarantined()
        assert found.why.startswith(f"response due of SR {NUMBER}: unexpected KeyError; tried again ")
        assert (found.number, found.deadline) == (NUMBER, RESPONSE)

    def test_one_goes_again_when_a_person_says_so(self, stopped: SqlStore) -> None:
        for one in stopped.ledger.quarantined():
            assert stopped.ledger.retry_deadline(one.key)
        units = [unit.deadline for batch in stopped.deadlines(UPDATE.due).waiting() for unit in batch]
        assert sorted(one.clock for one in units) == ["response", "update"]
        assert not stopped.ledger.retry_deadline("deadline/99")

    def test_one_that_a_person_drops_never_goes(self, stopped: SqlStore) -> None:
        for one in stopped.ledger.quarantined():
            assert stopped.ledger.drop_deadline(one.key)
            assert not stopped.ledger.drop_deadline(one.key)
        assert stopped.ledger.quarantined() == ()
        assert list(stopped.deadlines(self.LATER).waiting()) == []
