"""Rosters in iCalendar files: what they say of duty, and what holds while one is broken."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

pytest.importorskip("recurring_ical_events")

from mailproc.adapters.rosters import RosterBroken, Rosters, read_roster, roster_troubles
from mailproc.desk.directory import Counter, Office, Shift, StaffMember
from mailproc.desk.escalation import backup, on_duty
from mailproc.desk.policy import Level, Policy
from mailproc.desk.regions import Region
from tests.installation import mailproc

NOW = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)
"""The Wednesday before summer time begins in Europe, on the 29th."""
BJARNE = StaffMember(name="Bjarne Holm", address="bjarne@vendor.example", roles=("duty-manager",))
CARLA = StaffMember(
    name="Carla Reyes", address="carla@vendor.example", aliases=("c.reyes@vendor.example",), roles=("duty-manager",)
)
DORA = StaffMember(name="Dora Quist", address="dora@vendor.example", roles=("duty-manager",))
ALICE = StaffMember(name="Alice Ndiaye", address="alice@vendor.example")
LEVEL = Level.model_validate({"name": "level", "definition": (), "response": "1 hour"})
BERLIN = Region(name="emea", timezone="Europe/Berlin")
ZONE = """BEGIN:VTIMEZONE
TZID:Our nights
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def an_office(*shifts: Shift) -> Office:
    return Office(
        organisation="Example Networks",
        counters={"support": Counter(name="support", address="s@vendor.example", policy="p", region="emea")},
        policies={"p": Policy(name="p", title="P", levels={3: LEVEL})},
        regions={"emea": BERLIN},
        staff=(BJARNE, CARLA, DORA, ALICE),
        roster=shifts,
    )


def a_calendar(*events: str, zone: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//roster//EN", *zone.split("\n")]
    for number, event in enumerate(events):
        uid = "" if "UID:" in event else f"UID:{number}@vendor.example\n"
        lines += ["BEGIN:VEVENT", *(uid + event).split("\n"), "END:VEVENT"]
    return "\r\n".join(line for line in (*lines, "END:VCALENDAR", "") if line or line == "").encode()


def an_event(summary: str, start: str, end: str, *more: str) -> str:
    return "\n".join((f"SUMMARY:{summary}", f"DTSTART{start}", f"DTEND{end}", *more))


def called(content: bytes, at: datetime) -> list[str]:
    """Who is on call at that moment; those of the calendar alone."""
    duties = read_roster(content, "emea", an_office(), NOW).duties
    return [one.who.partition("@")[0] for one in duties if one.opens <= at < one.closes]


def utc(day: int, hour: float, month: int = 3) -> datetime:
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour)


WEEKLY = an_event(
    "Bjarne Holm", ";TZID=Europe/Berlin:20260202T200000", ";TZID=Europe/Berlin:20260203T080000", "RRULE:FREQ=DAILY"
)


def test_a_recurring_shift_keeps_its_local_time_over_a_change_of_the_clocks() -> None:
    content = a_calendar(WEEKLY)
    assert called(content, utc(27, 19)) == ["bjarne"]  # 20:00 in winter time
    assert called(content, utc(27, 18.9)) == []
    assert called(content, utc(30, 18)) == ["bjarne"]  # 20:00 in summer time
    assert called(content, utc(30, 6)) == []


def test_a_zone_that_the_file_defines_itself_is_understood() -> None:
    event = an_event("Bjarne Holm", ";TZID=Our nights:20260330T080000", ";TZID=Our nights:20260330T200000")
    assert called(a_calendar(event, zone=ZONE), utc(30, 6)) == ["bjarne"]


def test_an_exception_a_further_date_and_an_override_change_a_series() -> None:
    series = f"UID:nights@vendor.example\n{WEEKLY}\nEXDATE;TZID=Europe/Berlin:20260326T200000"
    override = an_event(
        "Carla Reyes",
        ";TZID=Europe/Berlin:20260327T200000",
        ";TZID=Europe/Berlin:20260328T080000",
        "UID:nights@vendor.example",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260327T200000",
    )
    once = an_event("Dora Quist", ":20260401T080000Z", ":20260401T100000Z", "RDATE:20260402T080000Z,20260403T080000Z")
    content = a_calendar(series, override, once)
    assert called(content, utc(26, 20)) == []
    assert called(content, utc(27, 20)) == ["carla"]
    assert called(content, utc(28, 20)) == ["bjarne"]
    assert [called(content, utc(day, 9, 4)) for day in (1, 2, 3, 4)] == [["dora"], ["dora"], ["dora"], []]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (an_event("On call: Bjarne Holm", ":20260325T110000Z", ":20260325T130000Z"), ["bjarne"]),
        (an_event("bjarne@vendor.example (primary)", ":20260325T110000Z", ":20260325T130000Z"), ["bjarne"]),
        (an_event("c.reyes@vendor.example", ":20260325T110000Z", ":20260325T130000Z"), ["carla"]),
        (an_event("bjarne  holm\\, carla reyes", ":20260325T110000Z", ":20260325T130000Z"), ["bjarne", "carla"]),
        (
            an_event(
                "Shift 1", ":20260325T110000Z", ":20260325T130000Z", "ATTENDEE;CN=Who:mailto:Carla@vendor.example"
            ),
            ["carla"],
        ),
        (an_event("Bjarne Holmberg", ":20260325T110000Z", ":20260325T130000Z"), []),
        (an_event("Alice Ndiaye", ":20260325T110000Z", ":20260325T130000Z"), []),
        (an_event("Bjarne Holm", ":20260325T110000Z", ":20260325T130000Z", "STATUS:CANCELLED"), []),
        (an_event("Bjarne Holm", ";VALUE=DATE:20260325", ";VALUE=DATE:20260326"), ["bjarne"]),
        (an_event("Bjarne Holm", ":20260325T130000", ":20260325T131000"), ["bjarne"]),
        ("SUMMARY:Bjarne Holm\nDTSTART:20260325T110000Z\nDURATION:PT2H", ["bjarne"]),
    ],
)
def test_an_event_names_its_people_by_attendee_or_summary(event: str, expected: list[str]) -> None:
    assert called(a_calendar(event), NOW) == expected


def test_the_calendar_names_who_is_on_call_and_the_backup_and_the_weekly_shifts_fill_its_gaps() -> None:
    always = Region(name="duty", timezone="Europe/Berlin", hours="24/7")
    office = an_office(Shift(region="emea", who=DORA.address, times=always))
    content = a_calendar(
        an_event("Bjarne Holm", ":20260325T110000Z", ":20260325T130000Z"),
        an_event("Backup: Carla Reyes", ":20260325T110000Z", ":20260325T130000Z"),
    )
    staffed = Rosters(office, {}, Path())(NOW)
    assert staffed is office
    planned = Office(
        organisation=office.organisation,
        counters=office.counters,
        policies=office.policies,
        regions=office.regions,
        staff=office.staff,
        roster=office.roster,
        calendar=read_roster(content, "emea", office, NOW).duties,
    )
    assert (on_duty("emea", NOW, planned), backup("emea", NOW, planned)) == ((BJARNE,), (CARLA,))
    assert on_duty("emea", utc(25, 14), planned) == (DORA,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00broken",
        a_calendar(WEEKLY)[:200],
        a_calendar(),
        a_calendar("SUMMARY:Bjarne Holm"),
        a_calendar("SUMMARY:Bjarne Holm\nDTSTART:nonsense"),
        a_calendar(an_event("Bjarne Holm", ":20260325T110000Z", ":20260325T110010Z", "RRULE:FREQ=SECONDLY")),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(RosterBroken, match=r"\w{3}"):
        read_roster(content, "emea", an_office(), NOW)


def test_an_event_that_names_nobody_is_told_with_what_to_write() -> None:
    content = a_calendar(an_event("Zed", ":20260325T110000Z", ":20260325T130000Z"))
    (told,) = read_roster(content, "emea", an_office(), NOW).troubles
    assert told == (
        'the event "Zed" of 2026-03-25 12:00 names nobody of [[staff]] with the role "duty-manager": '
        'write "SUMMARY:Bjarne Holm", or "ATTENDEE:mailto:bjarne@vendor.example"'
    )


class TestAFileThatChanges:
    BJARNES = a_calendar(an_event("Bjarne Holm", ":20260325T000000Z", ":20260425T000000Z"))
    CARLAS = a_calendar(an_event("Carla Reyes", ":20260325T000000Z", ":20260425T000000Z"))

    def rosters(self, folder: Path) -> Rosters:
        return Rosters(an_office(), {"emea": folder / "emea.ics"}, folder / "kept")

    def test_is_read_again(self, tmp_path: Path) -> None:
        (tmp_path / "emea.ics").write_bytes(self.BJARNES)
        rosters = self.rosters(tmp_path)
        assert on_duty("emea", NOW, rosters(NOW)) == (BJARNE,)
        assert rosters(NOW) is rosters(NOW)
        (tmp_path / "emea.ics").write_bytes(self.CARLAS + b"\r\n")
        assert on_duty("emea", NOW, rosters(NOW)) == (CARLA,)

    def test_leaves_the_last_good_one_in_force_where_it_is_broken_or_gone(self, tmp_path: Path) -> None:
        (tmp_path / "emea.ics").write_bytes(self.BJARNES)
        rosters = self.rosters(tmp_path)
        rosters(NOW)
        (tmp_path / "emea.ics").write_bytes(b"oops")
        assert on_duty("emea", NOW, rosters(NOW)) == (BJARNE,)
        (tmp_path / "emea.ics").unlink()
        assert on_duty("emea", NOW, rosters(NOW)) == (BJARNE,)
        assert on_duty("emea", NOW, self.rosters(tmp_path)(NOW)) == (BJARNE,)  # after a restart
        (tmp_path / "emea.ics").write_bytes(self.CARLAS)
        assert on_duty("emea", NOW, rosters(NOW)) == (CARLA,)

    def test_is_told_of_with_what_holds_meanwhile(self, tmp_path: Path) -> None:
        files = {"emea": tmp_path / "emea.ics"}
        (told,) = roster_troubles(an_office(), files, tmp_path / "kept", NOW)
        assert told.endswith("cannot be read (no such file or directory): write the path of an iCalendar file.")
        files["emea"].write_bytes(self.BJARNES)
        self.rosters(tmp_path)(NOW)
        assert list(roster_troubles(an_office(), files, tmp_path / "kept", NOW)) == []
        files["emea"].write_bytes(b"oops")
        (told,) = roster_troubles(an_office(), files, tmp_path / "kept", NOW)
        assert told.endswith("The last good one holds meanwhile")

    def test_is_laid_out_further_as_the_days_go_by(self, tmp_path: Path) -> None:
        (tmp_path / "emea.ics").write_bytes(a_calendar(WEEKLY))
        rosters, later = self.rosters(tmp_path), NOW + timedelta(days=300, hours=10)
        rosters(NOW)
        assert on_duty("emea", later, rosters(later)) == (BJARNE,)


CONFIG = """
organisation = "Example Networks"
data_dir = "var"
database_url = "sqlite:///var/mailproc.db"
[[mailboxes]]
name = "s"
address = "s@vendor.example"
policy = "x-series"
region = "emea"
source = "maildir"
path = "inbox"
[outgoing]
transport = "maildir"
path = "sent"
[regions.emea]
timezone = "Europe/Berlin"
roster = "emea.ics"
[[staff]]
name = "Bjarne Holm"
address = "bjarne@vendor.example"
roles = ["duty-manager"]
"""


def test_check_config_tells_of_a_name_that_is_nobodys_and_the_daemon_works_on(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "emea.ics").write_bytes(a_calendar(an_event("Zed", ":20200101T000000Z", ":20990101T000000Z")))
    typed = ("-c", str(tmp_path / "config.toml"))
    said = mailproc(*typed, "check-config")
    assert said.code == 2
    assert f'{tmp_path}/emea.ics: the event "Zed" of 2020-01-01 01:00 names nobody of [[staff]]' in said.err
    assert 'write "SUMMARY:Bjarne Holm"' in said.err
    assert mailproc(*typed, "run", "--once").code == 0
    (tmp_path / "emea.ics").write_bytes(a_calendar(an_event("Bjarne", ":20200101T000000Z", ":20990101T000000Z")))
    assert mailproc(*typed, "check-config").code == 2
    (tmp_path / "emea.ics").write_bytes(a_calendar(an_event("Bjarne Holm", ":20200101T000000Z", ":20990101T000000Z")))
    assert mailproc(*typed, "check-config").code == 0


def the_duties(*events: str) -> list[tuple[str, str, str, bool]]:
    found = read_roster(a_calendar(*events), "emea", an_office(), NOW).duties
    return [(one.who, f"{one.opens:%m-%d %H:%M}", f"{one.closes:%m-%d %H:%M}", one.backup) for one in found]


def test_a_day_without_an_end_lasts_that_day_and_a_time_without_one_is_told_of() -> None:
    assert the_duties("DTSTART;VALUE=DATE:20260326\nSUMMARY:Bjarne Holm") == [
        (BJARNE.address, "03-25 23:00", "03-26 23:00", False)
    ]
    ends_at_once = "DTSTART:20260326T080000Z\nSUMMARY:Bjarne Holm"
    roster = read_roster(a_calendar(ends_at_once), "emea", an_office(), NOW)
    assert roster.duties == ()
    assert roster.troubles == (
        'the event "Bjarne Holm" of 2026-03-26 09:00 ends as it begins: write DTEND or DURATION',
    )


@pytest.mark.parametrize(
    ("summary", "seconds"),
    [
        ("Primary: Bjarne Holm / Backup: Carla Reyes", {CARLA.address}),
        ("Bjarne Holm, Carla Reyes (backup)", {CARLA.address}),
        ("Bjarne Holm and Carla Reyes", set()),
        ("Backup: Bjarne Holm, Carla Reyes", {BJARNE.address, CARLA.address}),
    ],
)
def test_a_summary_may_name_the_primary_and_the_backup(summary: str, seconds: set[str]) -> None:
    found = the_duties(
        f"DTSTART:20260326T080000Z\nDTEND:20260326T200000Z\nSUMMARY:{summary.replace(',', chr(92) + ',')}"
    )
    assert {who for who, *_ in found} == {BJARNE.address, CARLA.address}
    assert {who for who, _, _, second in found if second} == seconds


def test_an_event_that_recurs_is_told_of_once() -> None:
    event = "DTSTART:20260326T080000Z\nDTEND:20260326T200000Z\nRRULE:FREQ=DAILY;COUNT=5\nSUMMARY:Nobody known"
    assert len(read_roster(a_calendar(event), "emea", an_office(), NOW).troubles) == 1
