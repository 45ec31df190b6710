"""Clocks: aware, in UTC, never going back where they are set."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailproc.adapters.clock import SimulatedClock, SystemClock

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_systems_time_is_utc_and_no_mail_arrives_in_the_future() -> None:
    clock = SystemClock()
    assert clock().tzinfo is UTC
    assert clock.arrival(NOW.replace(year=2020)) == NOW.replace(year=2020)
    assert clock.arrival(clock() + HOUR) < clock() + HOUR


def test_a_simulated_clock_stands_until_it_is_moved() -> None:
    clock = SimulatedClock(datetime(2026, 3, 2, 12, tzinfo=timezone(2 * HOUR)))
    assert (clock(), clock().tzinfo) == (NOW, UTC)
    clock.set(NOW + HOUR)
    clock.advance(HOUR)
    assert clock() == NOW + 2 * HOUR
    assert clock.arrival(NOW) == clock()


def test_a_simulated_clock_never_goes_back() -> None:
    clock = SimulatedClock(NOW)
    with pytest.raises(ValueError, match="does not go back"):
        clock.set(NOW - HOUR)
    assert clock() == NOW
