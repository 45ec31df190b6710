from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.writing.wording import (
    WIDTH,
    columns,
    excerpt,
    line,
    lines,
    listed,
    local_time,
    quoted,
    shortened,
    span_of_time,
    spans,
    wrapped,
)

NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "name", "told"),
    [
        (datetime(2026, 3, 3, 14, 30, tzinfo=UTC), "Europe/London", "London", "Tue 3 Mar, 14:30 (London)"),
        (datetime(2026, 7, 3, 14, 30, tzinfo=UTC), "Europe/London", "London", "Fri 3 Jul, 15:30 (London)"),
        (datetime(2026, 3, 2, 20, 5, tzinfo=UTC), "Asia/Hong_Kong", "Hong Kong", "Tue 3 Mar, 04:05 (Hong Kong)"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "Asia/Hong_Kong", "", "Fri 1 Jan 2027, 01:00 (Asia/Hong_Kong)"),
    ],
)
def test_a_time_is_told_where_its_reader_lives(at: datetime, zone: str, name: str, told: str) -> None:
    assert local_time(at, zone, name, NOW) == told


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=20, seconds=59), "20 min"),
        (timedelta(minutes=60), "1 h"),
        (timedelta(minutes=200), "3 h 20 min"),
        (timedelta(hours=47, minutes=59), "47 h 59 min"),
        (timedelta(hours=49), "2 days"),
    ],
)
def test_a_span_is_told_in_passing(span: timedelta, told: str) -> None:
    assert span_of_time(span) == told


def test_values_are_counted_up() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


def test_a_command_stays_on_one_line_whatever_its_marks() -> None:
    policy = "On the console of the module, when the problem shows, type  tcpdump -s 0 -w trace.pcap -i eth0  and wait"
    marked = policy.replace("  tcpdump", " `tcpdump").replace("eth0  ", "eth0` ")
    told = wrapped(policy, "  1. ")
    assert told == wrapped(marked, "  1. ")
    assert "  tcpdump -s 0 -w trace.pcap -i eth0  and" in told.replace("\n     ", "  ")
    assert any("tcpdump -s 0 -w trace.pcap -i eth0" in one for one in told.split("\n"))


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("no command at all", ["no command at all"]),
        ("type  show version  and send it", ["type ", "show version", " and send it"]),
        ("at last  cos-tech-support", ["at last ", "cos-tech-support", ""]),
        ("`a` or `b c`", ["", "a", " or ", "b c", ""]),
        ("copy  /var/log/messages  and  /var/log/messages.1  too", None),
    ],
)
def test_commands_are_told_from_prose(value: str, parts: list[str] | None) -> None:
    found = spans(value)
    assert list(found) == (parts or ["copy ", "/var/log/messages", " and ", "/var/log/messages.1", " too"])


def test_paths_and_links_are_never_broken() -> None:
    path = "/var/log/" + "a-b." * 30
    assert path in wrapped(f"Please copy {path} to your computer and send it")


def test_chinese_and_japanese_break_by_their_width() -> None:
    told = wrapped("障害が発生しています" * 12, "  - ")
    assert len(told.split("\n")) > 3
    assert all(columns(one) <= WIDTH for one in told.split("\n"))
    assert told.replace("\n    ", "").removeprefix("  - ") == "障害が発生しています" * 12


@given(st.text(max_size=400), st.sampled_from(["", "  - ", "     "]))
def test_a_paragraph_keeps_its_words_and_its_width(value: str, prefix: str) -> None:
    told = wrapped(value, prefix)
    assert "".join(told.split()).removeprefix(prefix.strip()) == "".join("".join(spans(value)).split())
    for one in told.split("\n"):
        assert columns(one) <= WIDTH or len(one.split()) == 1 or spans(value)[1:] or not one.isascii()


@given(st.text(max_size=300))
def test_a_line_holds_nothing_that_acts_on_the_screen(value: str) -> None:
    told = line(value)
    assert "\n" not in told
    assert told.isprintable() or all(one.isprintable() or ord(one) > 0x9F for one in told)
    assert not any("\u202a" <= one <= "\u202e" or "\u2066" <= one <= "\u2069" for one in told)
    assert line(told) == told


@given(st.text(max_size=300))
def test_lines_have_one_kind_of_line_break(value: str) -> None:
    told = lines(value)
    assert not set(told) & set("\r\x0b\x0c\x85\u2028\u2029\x00\x1b")
    assert lines(told) == told


@given(st.text(max_size=200), st.integers(min_value=2, max_value=80))
def test_what_is_shortened_fits_and_shows_that_it_was_cut(value: str, limit: int) -> None:
    told = shortened(value, limit)
    assert len(told) <= limit
    assert told == line(value) or told.endswith("…")


def test_a_long_line_is_cut_at_a_word() -> None:
    assert shortened("The APM in slot four reloads", 22) == "The APM in slot four…"
    assert shortened("x" * 30, 10) == "x" * 9 + "…"


def test_a_quotation_keeps_the_lines_of_a_log() -> None:
    log = "hk-a# show chassis\n  slot 4\tDown\n\nWhat next?"
    assert quoted(log) == "> hk-a# show chassis\n>   slot 4    Down\n>\n> What next?"


@given(st.text(max_size=300))
def test_each_line_of_a_quotation_says_that_it_is_one(value: str) -> None:
    assert all(one == ">" or one.startswith("> ") for one in quoted(value).split("\n"))


def test_an_excerpt_says_how_much_there_is_more() -> None:
    long = "one line\n" * 20
    assert excerpt("short\n") == "short"
    assert excerpt(long, limit=30) == "one line\none line\none line\n[… 153 more characters]"
