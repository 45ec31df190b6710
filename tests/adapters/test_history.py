"""Events as JSON and back; texts that any database takes; the thread of a mail."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mailproc.adapters.history import as_json, clean, cleaned, from_json, indexed
from mailproc.adapters.spool import thread_of
from mailproc.desk.events import HistoryEvent
from mailproc.desk.request import ServiceRequest
from tests.build import opened

INSTANTS = some.datetimes(timezones=some.just(UTC))
TEXTS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
ANY_TEXTS = some.text(max_size=20)


def events(texts: some.SearchStrategy[str]) -> some.SearchStrategy[HistoryEvent]:
    """Any event, with any values that its fields may have."""
    some.register_type_strategy(datetime, INSTANTS)
    some.register_type_strategy(str, texts)
    return some.one_of([some.from_type(kind) for kind in HistoryEvent.__args__])


@given(some.lists(events(TEXTS), max_size=8))
def test_a_history_that_is_loaded_adds_up_to_what_was_recorded(history: list[HistoryEvent]) -> None:
    recorded = ServiceRequest(number="2-000000001").after_all(tuple(history))
    loaded = ServiceRequest(number="2-000000001").after_all(from_json(map(as_json, history)))
    assert loaded == recorded


@given(events(ANY_TEXTS))
def test_a_cleaned_event_can_be_written_whatever_it_held(event: HistoryEvent) -> None:
    body = as_json(cleaned(event))
    assert "\\u0000" not in body.replace("\\\\", "")
    assert from_json([body]) == (cleaned(event),)


def test_an_event_that_is_clean_is_left_as_it_is() -> None:
    event = opened(subject="\\u0000 in words")
    assert cleaned(event) == event


@given(ANY_TEXTS)
def test_clean_text_is_utf8_without_nul_and_of_the_same_length(text: str) -> None:
    assert b"\x00" not in clean(text).encode()
    assert len(clean(text)) == len(text)
    assert clean(clean(text)) == clean(text)


@given(some.text(max_size=600), some.text(max_size=600))
def test_what_an_index_holds_is_short_and_different_for_different_texts(one: str, other: str) -> None:
    assert len(indexed(one).encode()) <= 2_000
    assert indexed(indexed(one)) == indexed(one)
    assert (indexed(one) == indexed(other)) == (one == other)


@pytest.mark.parametrize(
    ("header", "began"),
    [
        ("Message-ID: <own@x>", "own@x"),
        ("Message-ID: <own@x>\r\nIn-Reply-To: <parent@x>", "parent@x"),
        ("Message-ID: <own@x>\r\nIn-Reply-To: <parent@x>\r\nReferences: <first@x> <parent@x>", "first@x"),
        ("REFERENCES:\r\n <first@x>\r\n\t<second@x>\r\nMessage-ID: <own@x>", "first@x"),
        ("References: none\nIn-Reply-To: your mail of Monday\nMessage-ID: <own@x>", "own@x"),
        ("X-References: <no@x>\r\nSubject: References: <no@x>\r\n In-Reply-To: <no@x>", None),
        ("Subject: nothing\r\n\r\nMessage-ID: <in-the-body@x>", None),
        ("", None),
    ],
)
def test_the_thread_is_what_began_the_conversation(header: str, began: str | None) -> None:
    expected = sha256(began.encode()).hexdigest() if began else None
    assert thread_of(header.encode() + b"\r\n\r\nbody <b@x>") == expected


def test_a_hostile_header_costs_no_more_than_its_length() -> None:
    assert thread_of(b"References:" + b"\r\n " * 500_000) is None
    assert thread_of(b"References: " + b"<" * 1_000_000) is None
    assert thread_of(b"message-id" * 500_000) is None
