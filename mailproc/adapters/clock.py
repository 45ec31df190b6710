"""The only place that asks what time it is."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock, aware, in UTC, in whole seconds: nothing here is promised or told more finely."""

    def __call__(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the one place that may ask

    def arrival(self, told: datetime) -> datetime:
        """What the mailbox told, and never later than now: a server's clock may be ahead of ours."""
        return min(told.replace(microsecond=0), self())


class SimulatedClock:
    """A clock that stands still until it is moved, and never goes back: for `--now`, drills and the demo."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        """The instant it was set to, in UTC."""
        return self._now

    def arrival(self, told: datetime) -> datetime:  # noqa: ARG002 - the shape of a clock
        """The instant it shows: what a mailbox tells is of another time."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Move on to that instant. ValueError where it is earlier than the clock shows."""
        if instant < self._now:
            raise ValueError(f"the clock shows {self._now.isoformat()} and does not go back to {instant.isoformat()}")
        self._now = instant.astimezone(UTC)

    def advance(self, span: timedelta) -> None:
        """Move on by that span."""
        self.set(self._now + span)
