"""Files are known by their content, never by their names; whatever does not serve says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.desk.events import ArrivedFile
from mailproc.desk.kinds import pasted
from mailproc.desk.recognition import decode, mark_copies, recognise, recognised
from mailproc.reading.mail import Attachment
from tests.desk.samples import BOTH, COS, KINDS, LOG, console, show_tech, syslog

PCAP = bytes.fromhex("d4c3b2a102000400") + bytes(64)


def a_file(content: bytes | str, name: str = "file.bin") -> Attachment:
    data = content.encode() if isinstance(content, str) else content
    return Attachment(name=name, type="application/octet-stream", content=data)


def kind(content: bytes | str) -> str | None:
    return recognise(a_file(content), KINDS).kind


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (show_tech("a-x60", "B1"), "show-tech-support"),
        (show_tech("a-x60", "B1").replace("\n", "\r\n"), "show-tech-support"),
        (show_tech("a-x60", "B1").encode("utf-16"), "show-tech-support"),
        (COS, "cos-tech-support"),
        (syslog("a-x60"), "log-messages"),
        ("\n".join(f"2026-03-02T10:00:{i:02}+01:00 host sshd[{i}]: closed" for i in range(9)), "log-messages"),
        (console(), "console-output"),
        ("S* 0.0.0.0/0 via 192.0.2.1, outside\nC  192.0.2.0/24 via 192.0.2.9, outside\n", "routing"),
        ("Destination  Next hop  Circuit\n10.1.0.0/16  192.0.2.1  wan\n", "routing"),
        ("Kernel IP routing table\nDestination     Gateway         Genmask\n", "routing"),
        (PCAP, "packet-trace"),
        (bytes.fromhex("a1b2c3d4") + bytes(64), "packet-trace"),
        (bytes.fromhex("4d3cb2a1") + bytes(64), "packet-trace"),
        (bytes.fromhex("0a0d0d0a1c000000") + bytes(64), "packet-trace"),
        (b"snoop\0\0\0" + bytes(64), "packet-trace"),
        ("\n".join(f"10:00:0{i}.1 IP 192.0.2.1.80 > 192.0.2.2.4000: P 1:2(1)" for i in range(5)), "packet-trace"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), None),
        ("[12:01] Ann: coffee?\n[12:02] Ben: yes\n" * 9, None),
        ("We will send show-tech-support and /var/log/messages tomorrow.", None),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes | str, expected: str | None) -> None:
    assert kind(content) == expected


def test_a_tech_support_file_tells_its_chassis_and_its_routing_table() -> None:
    found = recognise(a_file(show_tech("a-x60", "B1")), KINDS)

    assert (found.host, found.serial, found.holds) == ("a-x60", "B1", ("routing",))


def test_a_command_that_printed_nothing_holds_no_routing_table() -> None:
    without = show_tech("a-x60", "B1").replace("S* 0.0.0.0/0 via 192.0.2.1, outside\n", "")

    assert recognise(a_file(without), KINDS).holds == ()


def test_a_log_comes_from_the_host_that_wrote_most_of_it() -> None:
    mixed = "Jan  7 01:00:00 fw_1 sshd[1]: first\n" + syslog("a-x60")

    assert recognise(a_file(mixed), KINDS).host == "a-x60"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        (" \r\n", "is empty"),
        ("-bash: cos-tech-support: command not found\r\n", "only holds an error: command not found"),
        ("a-x60> show-tech-support\n% Unknown command\n", "only holds an error: unknown command"),
    ],
)
def test_what_does_not_serve_says_why(content: str, problem: str) -> None:
    assert recognise(a_file(content), KINDS).problem == problem


def test_a_file_that_came_twice_is_a_copy() -> None:
    first = recognise(a_file(LOG, "messages-1"), KINDS)
    second = recognise(a_file(LOG, "messages-2"), KINDS)

    assert [one.problem for one in mark_copies((first, second), (), frozenset())] == [None, "is a copy of messages-1"]


def test_two_collections_of_one_chassis_are_one_where_both_chassis_are_asked_of() -> None:
    first = recognise(a_file(show_tech("a-x60", "B1"), "first.txt"), KINDS)
    later = recognise(a_file(show_tech("a-x60", "B1") + "later\n", "later.txt"), KINDS)

    assert mark_copies((first, later), (), BOTH)[1].problem == "comes from the same chassis as first.txt"
    assert mark_copies((first, later), (), frozenset())[1].problem is None


def test_a_copy_of_a_file_that_came_with_an_earlier_mail_is_a_copy() -> None:
    earlier = ArrivedFile(name="old.txt", digest=a_file(LOG).digest, kind="log-messages", inside="logs.zip")

    marked = mark_copies((recognise(a_file(LOG), KINDS),), (earlier,), frozenset())

    assert marked[0].problem == "is a copy of logs.zip / old.txt"


def test_two_lines_of_routes_are_pasted_output_and_one_is_a_mention() -> None:
    routing = next(one for one in KINDS if one.name == "routing")

    assert pasted("S* 0.0.0.0/0 via 192.0.2.1, out\nC  192.0.2.0/24 via 192.0.2.9, out", routing)
    assert pasted("It says S* 0.0.0.0/0 via 192.0.2.1, out", routing) is None


def test_text_that_the_limit_cuts_within_a_character_stays_utf_8() -> None:
    assert decode(("x" * 1_999_999 + "ü").encode()).endswith("x")


@pytest.mark.parametrize(
    "line",
    [
        "Chassis serial number : B1",
        "Chassis Serial Number   B1",
        "chassis-serial = B1",
        "Chassis S/N: B1",
        "serial-number  = B1",
        "Serial No.: B1",
    ],
)
def test_the_serial_number_of_a_chassis_is_found_however_it_is_set(line: str) -> None:
    output = show_tech("a-x60", "B1").replace("Chassis serial number : B1", line)

    assert recognise(a_file(output), KINDS).serial == "B1"


def test_a_modules_serial_number_is_not_the_chassis() -> None:
    output = show_tech("a-x60", "B1").replace("Chassis serial number : B1", "APM-8650 slot 3: Up  serial A1359458")

    assert recognise(a_file(output), KINDS).serial is None


_SECTION = bytes.fromhex("0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000")
_INTERFACE = bytes.fromhex("01000000 14000000 01000000 00000400 14000000")
_PACKET = bytes.fromhex("06000000 24000000") + bytes(24) + bytes.fromhex("24000000")


@pytest.mark.parametrize(
    ("trace", "problem"),
    [
        (bytes.fromhex("d4c3b2a102000400") + bytes(16), "holds no packet"),
        (bytes.fromhex("a1b2c3d400020004") + bytes(16), "holds no packet"),
        (bytes.fromhex("d4c3b2a102000400") + bytes(16) + bytes(60), None),
        (b"snoop\0\0\0" + bytes(8), "holds no packet"),
        (b"snoop\0\0\0" + bytes(80), None),
        (_SECTION + _INTERFACE, "holds no packet"),
        (_SECTION + _INTERFACE + _PACKET, None),
    ],
)
def test_a_trace_without_a_packet_does_not_serve(trace: bytes, problem: str | None) -> None:
    found = recognise(a_file(trace), KINDS)

    assert (found.kind, found.problem) == ("packet-trace", problem)


@given(st.binary(max_size=600))
def test_any_bytes_are_recognised_or_not_but_never_fail(content: bytes) -> None:
    assert recognise(a_file(content), KINDS).size == len(content)


@pytest.mark.parametrize(
    "line",
    [
        "{i}.000001 192.0.2.1 -> 192.0.2.2 TCP D=80 S=4000 Syn Seq=1",
        "  {i}   0.00123 192.0.2.1 -> 192.0.2.2 TCP D=80 S=4000",
        "{i} 0.123456789 192.0.2.1 → 192.0.2.2 TCP 66 4000 → 80 [SYN]",
        "00:00:0{i}.123456 IP 192.0.2.1.80 > 192.0.2.2.4000: Flags [S]",
        "1394012345.12345{i} IP 192.0.2.1.80 > 192.0.2.2.4000: Flags [S]",
        "IP 192.0.2.1.80 > 192.0.2.2.4000: Flags [S], seq {i}",
        "[vs_0][fw_1] eth0:i[60]: 192.0.2.1 -> 192.0.2.2 (TCP) len=60 id={i}",
        "[fw_{i}] eth0:I[60]: 192.0.2.1 -> 192.0.2.2 (TCP) len=60 id=1",
    ],
)
def test_a_trace_as_text_is_known_whatever_wrote_it(line: str) -> None:
    assert kind("".join(f"{line.format(i=i)}\n" for i in range(1, 7))) == "packet-trace"


@pytest.mark.parametrize("line", ["{i}.5 GB -> used", "version 1.0000{i} of it", "10:00:0{i} IP is 192.0.2.1"])
def test_figures_alone_are_no_trace(line: str) -> None:
    assert kind("".join(f"{line.format(i=i)}\n" for i in range(1, 7))) is None


def test_a_collection_of_an_appliance_is_known_by_its_sections() -> None:
    content = (
        "=== cos-tech-support lra-c12 Mon Dec  1 07:58:10 2014 ===\n\n--- version ---\nCOS 5.1.6-4, platform C12, "
        "serial C4672305\n\n--- interfaces ---\neth0  up  rx 4744988\n\n--- processes ---\n17706 cosd 17.0\n"
    )
    file = recognise(Attachment(name="x.txt", type="text/plain", content=content.encode()), KINDS)

    assert (file.kind, file.host, file.serial) == ("cos-tech-support", "lra-c12", "C4672305")


PARTS = {
    "README": "Output of show-tech-support, one file per command.",
    "cmd/001.show_version": "show version\ngr-x60 XOS 9.6.2 build 41\n",
    "cmd/002.show_chassis": "show chassis\nchassis X60-DC  serial 4X60D00871\nslot 1 NP8600 up\n",
    "cmd/003.show_vap-group": "show vap-group\nmobile  vap-count 3\n",
    "cmd/004.show_running-config": "hostname gr-x60\n",
}


def parts(folder: str, archive: str, serial: str = "4X60D00871") -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            name=f"{folder}/{name}",
            type="text/plain",
            content=text.replace("gr-x60", folder).replace("4X60D00871", serial).encode(),
            inside=archive,
        )
        for name, text in PARTS.items()
    )


def test_an_archive_with_a_file_for_each_command_is_a_collection() -> None:
    archive = Attachment(name="sts.tgz", type="application/gzip", content=b"\x1f\x8b")
    whole, *each = recognised((archive, *parts("gr-x60", "sts.tgz")), KINDS)

    assert (whole.kind, whole.host, whole.serial) == ("show-tech-support", "gr-x60", "4X60D00871")
    assert not any(one.kind for one in each)


def test_an_archive_with_a_folder_for_each_chassis_is_of_both() -> None:
    archive = Attachment(name="both.tgz", type="application/gzip", content=b"\x1f\x8b")
    files = (archive, *parts("gr-a", "both.tgz"), *parts("gr-b", "both.tgz", serial="4X60D00999"))
    whole, *_ = recognised(files, KINDS)

    assert (whole.host, whole.serial) == ("gr-a", "4X60D00871")
    assert [(one.host, one.serial) for one in whole.others] == [("gr-b", "4X60D00999")]


@pytest.mark.parametrize(
    "title",
    [
        "gr-x80# show tech-support | no-more",
        "====[ gr-x80 ]====[ show-tech-support ]====[ 2013-11-06 10:12 ]====",
        "gr-x80 - SHOW-TECH-SUPPORT",
        "gr-x80: show-tech-support started Thu Apr 18 09:02:44 CEST 2013",
        "***** show-tech-support *****  generated by xos 9.6.5-7 on gr-x80, CPM slot 14",
        "admin@gr-x80> show-tech-support",
    ],
)
def test_a_collection_is_known_by_its_title_and_what_it_tells_of_the_chassis(title: str) -> None:
    content = f"{title}\n[version]\nXOS 9.5.9-3\n[chassis] X80-S, sn 4X80C03302\n 1 NP8600 up\n 2 AP8600 up\n"
    file = recognise(Attachment(name="x", type="text/plain", content=content.encode()), KINDS)

    assert (file.kind, file.host, file.serial) == ("show-tech-support", "gr-x80", "4X80C03302")


@pytest.mark.parametrize(
    "content",
    ["show tech-support\nbash: command not found\n", "hostname gr-x80\nvap-group fw xslinux_v5\n  vap-count 2\n"],
)
def test_a_title_or_a_configuration_alone_is_no_collection(content: str) -> None:
    assert recognise(Attachment(name="x", type="text/plain", content=content.encode()), KINDS).kind is None


@pytest.mark.parametrize(
    "line",
    [
        "Jan  7 01:00:00 a-x60 sshd[4]: session closed",
        "2014 Jan  7 01:00:00 a-x60 sshd[4]: session closed",
        "Jan  7 01:00:00 a-x60 kern.notice kernel: link up",
        "2014 Mar 11 12:27:37 a-x60 <info> xinetd[2532] START: tftp",
        "2014-05-20T19:10:48.801270+02:00 a-x60 xinetd[2147]: START: tftp",
        "Feb 12 08:02:11 a-x60 sf_ids_1 snort[4411]: exited on signal 11",
        "<30>1 2014-05-20T19:10:48Z a-x60 sshd 412 - session closed",
        "Sep  9 06:01:06 2014 CEST a-x60 kernel[28720] eth1: link up",
        "May  8 14:00:58.816 a-x60                 kernel  eth2: link is down",
    ],
)
def test_a_log_is_known_in_the_manner_of_any_syslog(line: str) -> None:
    file = recognise(Attachment(name="x", type="text/plain", content=f"{line}\n{line} again\n".encode()), KINDS)

    assert (file.kind, file.host) == ("log-messages", "a-x60")


def test_the_log_of_a_program_is_no_log_of_the_chassis() -> None:
    content = "2014-05-20 19:10:48 INFO worker: started\n2014-05-20 19:10:49 ERROR worker: stopped\n" * 3

    assert recognise(Attachment(name="x", type="text/plain", content=content.encode()), KINDS).kind is None


XML = (
    '<?xml version="1.0"?>\n<techsupport host="caq-1" product="X45"><output command="show chassis"><![CDATA[\n'
    "Chassis Serial #: Q45-001\nslot 1 NP8600 up\n]]></output>\n"
    '<output command="show vap-group"><![CDATA[\nfw 2 of 2\n]]></output>'
    '<output command="show version"><![CDATA[\nXOS 9.6.2 &amp; more\n]]></output>'
    '<output command="show ip route"><![CDATA[\n0.0.0.0/0 10.1.1.1\n]]></output></techsupport>'
)


def test_a_collection_is_known_in_a_file_of_markup() -> None:
    file = recognise(Attachment(name="x.xml", type="text/xml", content=XML.encode()), KINDS)

    assert (file.kind, file.host, file.serial) == ("show-tech-support", "caq-1", "Q45-001")
    assert file.holds == ("routing",)


@pytest.mark.parametrize(
    "content",
    [
        "Jun  4 10:00:00 sw-lab-2 4000: %LINK-3-UPDOWN: Interface Gi0/7, changed state to up\n" * 5,
        "2014-04-10 06:00:00,000 [GW-0] INFO SecureSphere.Profile - learning url /shop/0\n" * 5,
        "0 Jul 24 13:00:00 gw_1 >eth1 accept src: 10.88.0.0; dst: 203.0.113.0; proto: tcp; product: VPN-1\n" * 5,
        "10/05-01:00:00.000000  [**] [1:2000:0] WEB-MISC robots.txt access [**] [Priority: 2] {TCP}\n" * 5,
    ],
    ids=["a switch", "an application", "a firewall", "Snort"],
)
def test_a_log_of_something_else_is_no_log_of_the_chassis(content: str) -> None:
    assert recognise(Attachment(name="messages", type="text/plain", content=content.encode()), KINDS).kind is None


@pytest.mark.parametrize("magic", [b"GMBU\0\2", b"RTSS\0\1", b"TRSNIFF data    ", b"XCP\0"])
def test_captures_of_other_programs_are_packet_traces(magic: bytes) -> None:
    content = magic + bytes(range(256)) * 4

    assert recognise(Attachment(name="x.cap", type="", content=content), KINDS).kind == "packet-trace"


@pytest.mark.parametrize("unit", ["\n", "-\n", "((( \n", "show tech\n", '<a b="c">\n', "[10:15:00] ", "10.1.1.1 "])
def test_a_file_of_nothing_but_one_thing_is_read_to_the_end(unit: str) -> None:
    """Patterns that look for their line from each line on would never come to the end of it."""
    file = recognise(Attachment(name="x", type="text/plain", content=(unit * 500_000)[:1_000_000].encode()), KINDS)

    assert file.kind in (None, "routing")


@pytest.mark.parametrize(
    "line",
    [
        "2014-10-11 14:32:00 we rebooted: no change",
        "2014-10-11 14:32:52 15 10.0.0.1 200 TCP_HIT 421 - GET http www.a.example",
        "2014-10-11 14:32:52,123 CRITICAL root: started",
        "2014-10-11T14:32:52Z 0 [Note] mysqld: ready",
        "2014-10-11 14:32:11 Ann Lee: hello",
    ],
    ids=["notes", "access log", "Python", "MySQL", "chat"],
)
def test_dated_lines_alone_make_no_log_of_a_chassis(line: str) -> None:
    file = recognise(Attachment(name="x", type="text/plain", content=f"{line}\n{line}\n".encode()), KINDS)

    assert file.kind is None


def test_an_archive_of_logs_is_no_collection() -> None:
    lines = ("show chassis", "show running-config", "show module status", "show alarms", "show tech-support")
    log = "".join(f"Jan  7 01:00:0{at} a-x60 cli[4]: command '{words}' by admin\n" for at, words in enumerate(lines))
    members = tuple(
        Attachment(name=f"messages.{at}", type="text/plain", content=f"{log}{at}".encode(), inside="logs.tgz")
        for at in range(4)
    )
    archive, *each = recognised(
        (Attachment(name="logs.tgz", type="application/gzip", content=b"\x1f\x8b"), *members), KINDS
    )

    assert archive.kind is None
    assert {one.kind for one in each} == {"log-messages"}
