"""How many chassis files come from, what becomes of them once there are two, and what a denial does."""

import pytest

from mailproc.desk.chassis import Register, are_two, show_a_pair
from mailproc.desk.completeness import Assessment, Known, assess
from mailproc.desk.events import ArrivedFile, Chassis
from mailproc.desk.recognition import recognise
from mailproc.reading.mail import Attachment, Mail
from tests.build import a_mail
from tests.desk.samples import COS, KINDS, X_SERIES, show_tech, syslog

NOTHING = Known()


def written(text: str, **files: str) -> Mail:
    attached = tuple(
        Attachment(name=name, type="text/plain", content=content.encode()) for name, content in files.items()
    )
    return a_mail(text=text, reply=text, attachments=attached)


def a_file(name: str = "x", kind: str = "show-tech-support", **what: str | None) -> ArrivedFile:
    return ArrivedFile(name=name, digest=name, kind=kind, **what)  # type: ignore[arg-type]


def nameless(host: str, serial: str) -> str:
    return show_tech(host, serial).replace(f"Chassis serial number : {serial}\n", "")


def missing(mail: Mail, known: Known = NOTHING) -> set[str]:
    return set(assess(mail, X_SERIES, known).missing) & {"tech-support", "log-messages"}


PAIR = "Our DBHA pair is affected."


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        (Chassis(host="hk-a"), Chassis(host="hk-b"), True),
        (Chassis(host="core1"), Chassis(host="core2.example"), True),
        (Chassis(host="x80-pri", serial="1"), Chassis(host="x80-sec"), True),
        (Chassis(host="hk-a", serial="1"), Chassis(host="hk-a", serial="2"), True),
        (Chassis(serial="1"), Chassis(serial="1", host="hk-b"), False),
        (Chassis(host="HK-A"), Chassis(host="hk-a.harbour.example"), False),
        (Chassis(host="hk-a"), Chassis(host="perth-mine-1"), False),
        (Chassis(host="paris"), Chassis(host="london"), False),
        (Chassis(), Chassis(host="hk-a"), False),
    ],
)
def test_two_chassis_of_a_site_are_told_by_serial_or_by_names_alike(*, one: Chassis, other: Chassis, two: bool) -> None:
    assert are_two(one, other) is are_two(other, one) is two


def test_a_serial_number_and_a_host_that_one_file_tells_are_one_chassis_in_all() -> None:
    files = (a_file("1", host="hk-a", serial="S1"), a_file("2", host="HK-A.harbour.example"), a_file("3", serial="s1"))
    assert len(Register(files).among(files)) == 1


def test_a_host_name_that_two_chassis_bear_names_neither() -> None:
    files = (a_file("1", host="x80", serial="S1"), a_file("2", host="x80", serial="S2"))
    assert len(Register(files).among(files)) == 2


def test_an_appliance_beside_a_chassis_is_no_pair() -> None:
    assert not show_a_pair((a_file("1", serial="S1"), a_file("2", kind="cos-tech-support", serial="C1")))
    assert not assess(written("", a=show_tech("hk-x60", "B1"), b=COS), X_SERIES).dbha


def test_an_appliances_state_is_not_that_of_the_second_chassis() -> None:
    assert "tech-support" in missing(written(PAIR, a=show_tech("hk-a", "B1"), b=COS))


@pytest.mark.parametrize(
    "files",
    [
        {"a": show_tech("hk-a", "B1"), "again": nameless("hk-a", "B1") + "later\n"},
        {"again": nameless("HK-A", "B1"), "a": show_tech("hk-a.harbour.example", "B1")},
    ],
)
def test_the_same_chassis_without_its_serial_number_is_no_second_one(files: dict[str, str]) -> None:
    assert "tech-support" in missing(written(PAIR, **files))


@pytest.mark.parametrize(
    "second",
    [
        syslog("hk-a.harbour.example"),
        syslog("HK-A"),
        syslog("apm4") + syslog("apm4") + syslog("hk-a"),
        syslog("apm4"),
        syslog("fw_1"),
    ],
    ids=["domain", "capitals", "mostly a module", "a module", "a VAP"],
)
def test_another_log_of_one_chassis_is_not_that_of_the_second(second: str) -> None:
    assert "log-messages" in missing(written(PAIR, a=syslog("hk-a"), b=second))


def test_logs_of_two_hosts_of_like_names_tell_of_two_chassis() -> None:
    assert assess(written("Logs.", a=syslog("hk-a"), b=syslog("hk-b")), X_SERIES).dbha
    assert not assess(written("Logs.", a=syslog("hk-a"), b=syslog("apm4")), X_SERIES).dbha
    assert not assess(written("Logs.", a=syslog("london"), b=syslog("perth")), X_SERIES).dbha


def test_one_file_may_hold_both_chassis() -> None:
    both = show_tech("hk-a", "B1") + show_tech("hk-b", "B2")
    logs = syslog("hk-a") + syslog("hk-b")
    assert missing(written(PAIR, state=both, logs=logs)) == set()
    assert assess(written("Here.", state=both), X_SERIES).dbha


def test_a_peer_that_is_only_named_is_not_in_the_file() -> None:
    peer = show_tech("hk-a", "B1").replace("hostname hk-a\n", "hostname hk-a\nhost hk-b\nhost 192.0.2.9\n")
    found = recognise(Attachment(name="x", type="text/plain", content=peer.encode()), KINDS)
    assert (found.host, found.serial, found.others) == ("hk-a", "B1", ())


def complete() -> tuple[Assessment, Known]:
    first = assess(written("The X60 hk-a.", a=show_tech("hk-a", "B1"), m=syslog("hk-a")), X_SERIES)
    return first, Known(items=first.met, files=first.files, dbha=first.dbha)


@pytest.mark.parametrize(
    ("mail", "still"),
    [
        (written("This is a DBHA pair."), {"tech-support", "log-messages"}),
        (written("And this.", b=show_tech("hk-b", "B2")), {"log-messages"}),
        (written("And this.", b=show_tech("hk-b", "B2"), n=syslog("hk-b")), set()),
        (written("Thank you."), set()),
    ],
)
def test_what_was_enough_of_one_chassis_is_judged_anew_once_there_are_two(mail: Mail, still: set[str]) -> None:
    first, known = complete()
    assert not first.dbha
    assert missing(mail, known) == still


def test_what_nobody_asks_for_any_more_stays_so_once_there_are_two() -> None:
    _, known = complete()
    waived = Known(items=known.items, settled=("tech-support",), files=known.files)
    assert missing(written("This is a DBHA pair."), waived) == {"log-messages"}


@pytest.mark.parametrize(
    "words",
    ["We have only one chassis.", "There is no second chassis!", "Wir haben nur ein Chassis.", "Un seul châssis ici."],
)
def test_a_plain_denial_takes_the_second_chassis_back(words: str) -> None:
    first, known = complete()
    two = Known(items=known.items, files=first.files, dbha=True)
    after = assess(written(words), X_SERIES, two)
    assert (after.dbha, after.one_chassis) == (False, True)
    assert missing(written(words), two) == set()


def test_a_denial_holds_until_the_words_say_otherwise() -> None:
    first, _ = complete()
    denied = Known(files=first.files, one_chassis=True)
    assert not assess(written("The new one.", b=show_tech("hk-b", "B2")), X_SERIES, denied).dbha
    assert assess(written("It is a DBHA pair after all."), X_SERIES, denied).dbha


def test_another_chassis_that_is_well_denies_nothing() -> None:
    pair = assess(written("The DBHA pair: no other chassis is affected."), X_SERIES, Known(dbha=True))
    assert (pair.dbha, pair.one_chassis) == (True, False)


@pytest.mark.parametrize(
    ("words", "excused"),
    [
        ("The second chassis has no power.", True),
        ("show-tech-support: it has no power", True),
        ("We cannot run show tech on hk-b, it does not boot.", True),
        ("Das zweite Chassis ist stromlos.", True),
        ("We cannot send the show-tech before tomorrow.", False),
        ("Will send the show-tech of the second chassis.", False),
        ("The network has no power today.", False),
        ("Why do you need the show-tech, is there no way around?", False),
    ],
)
def test_why_a_file_cannot_be_had_is_for_an_engineer_to_judge(*, words: str, excused: bool) -> None:
    first, known = complete()
    owing = Known(items=known.items, files=first.files, dbha=True, owed=("tech-support", "log-messages"))
    found = next(one for one in assess(written(words), X_SERIES, owing).findings if one.item == "tech-support")
    assert (found.met, found.sure) == ((True, False) if excused else (False, True))


def test_an_excuse_counts_only_for_what_was_asked_for() -> None:
    assert "tech-support" in missing(written("show-tech-support: it has no power"))
