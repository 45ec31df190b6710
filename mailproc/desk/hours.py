"""Business time: regions, working hours, holidays."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where a request is handled, as configured.

    `timezone` is an IANA name, `hours` OpenStreetMap opening_hours notation ("Mo-Fr 09:00-17:00"), `holidays` a
    country or country-subdivision of the `holidays` package ("" for none), `closed` further closed days.
    """

    name: str
    timezone: str = "UTC"
    hours: str = "Mo-Fr 09:00-17:00"
    holidays: str = ""
    closed: tuple[date, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The region's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def place(self) -> str:
        """How a letter names the zone: "London" for Europe/London."""
        return self.timezone.rpartition("/")[2].replace("_", " ")
