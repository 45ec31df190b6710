"""When is "Fri 10:00"?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.desk.commands.moments import moment_named

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday, 11:00 in Berlin


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("tomorrow 15:00", datetime(2026, 3, 3, 14, 0, tzinfo=UTC)),
        ("Tomorrow, at 15:00", datetime(2026, 3, 3, 14, 0, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 3, 3, 8, 0, tzinfo=UTC)),
        ("today 17:30", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("17:30", datetime(2026, 3, 2, 16, 30, tzinfo=UTC)),
        ("09:00", datetime(2026, 3, 3, 8, 0, tzinfo=UTC)),
        ("3pm", datetime(2026, 3, 2, 14, 0, tzinfo=UTC)),
        ("12:15 am", datetime(2026, 3, 2, 23, 15, tzinfo=UTC)),
        ("Fri 10:00", datetime(2026, 3, 6, 9, 0, tzinfo=UTC)),
        ("friday", datetime(2026, 3, 6, 8, 0, tzinfo=UTC)),
        ("on Thursday at 8.30", datetime(2026, 3, 5, 7, 30, tzinfo=UTC)),
        ("Mon 10:00", datetime(2026, 3, 9, 9, 0, tzinfo=UTC)),
        ("Mon 12:00", datetime(2026, 3, 2, 11, 0, tzinfo=UTC)),
        ("2026-03-05 14:00", datetime(2026, 3, 5, 13, 0, tzinfo=UTC)),
        ("2026-03-05T14:00", datetime(2026, 3, 5, 13, 0, tzinfo=UTC)),
        ("2026-07-01 14:00", datetime(2026, 7, 1, 12, 0, tzinfo=UTC)),
        ("2026-03-05 14:00 UTC", datetime(2026, 3, 5, 14, 0, tzinfo=UTC)),
        ("2026-03-05T14:00Z", datetime(2026, 3, 5, 14, 0, tzinfo=UTC)),
        ("tomorrow 15:00 GMT.", datetime(2026, 3, 3, 15, 0, tzinfo=UTC)),
        ("+4h", NOW + timedelta(hours=4)),
        ("+30 min", NOW + timedelta(minutes=30)),
        ("in 2 days", NOW + timedelta(days=2)),
        ("in 1 week", NOW + timedelta(weeks=1)),
    ],
)
def test_moments_are_read_in_the_zone_of_their_writer(words: str, moment: datetime) -> None:
    assert moment_named(words, BERLIN, NOW) == moment


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "10",
        "2026-03-01 10:00",
        "2026-02-30 10:00",
        "today 09:00",
        "25:00",
        "13pm",
        "tomorrow noonish",
        "UTC",
        "utc utc",
        "z",
    ],
)
def test_what_names_no_moment_to_come_is_refused(words: str) -> None:
    assert moment_named(words, BERLIN, NOW) is None


@given(st.text(max_size=40))
def test_a_moment_named_is_always_to_come(words: str) -> None:
    moment = moment_named(words, BERLIN, NOW)
    assert moment is None or moment >= NOW
