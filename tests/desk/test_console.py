"""Console output is known by how its lines look, attached or pasted; prose and log lines about it are not it."""

import pytest

from mailproc.desk.kinds import pasted
from mailproc.desk.recognition import recognise
from mailproc.reading.mail import Attachment
from tests.desk.samples import KINDS, show_tech, syslog

CONSOLE = next(one for one in KINDS if one.name == "console-output")

CAPTURES = {
    "power-on to the network loader": """
AMIBIOS(C)2006 American Megatrends, Inc.
NPM-8650 POST 2.04
4096MB System RAM Passed
Press DEL to run Setup
PXE-E51: No DHCP or proxyDHCP offers were received.
PXE-M0F: Exiting Intel Boot Agent.
""",
    "an oops without any time": """
Unable to handle kernel NULL pointer dereference at 0000000000000018 RIP:
 [<ffffffff88211e2f>] :cbsfab:fab_tx+0x2f/0x90
Oops: 0000 [1] SMP
CPU 2
Modules linked in: cbsfab(U) e1000e(U) bonding(U)
Pid: 0, comm: swapper Tainted: P      2.6.18-194.xos #1
Call Trace:
 <IRQ>  [<ffffffff8000c88a>] net_rx_action+0xac/0x1e0
Kernel panic - not syncing: Aiee, killing interrupt handler!
Rebooting in 10 seconds..
""",
    "services that start": """
Welcome to XOS
Starting udev: [  OK  ]
Setting hostname hk-a:  [  OK  ]
Checking filesystems
/dev/md1: clean, 81231/1222992 files, 402212/2443200 blocks
Mounting local filesystems:  [  OK  ]
Starting cbssysctrld: [FAILED]
""",
    "services that start, as newer systems tell it": """
[  OK  ] Started Update UTMP about System Boot/Shutdown.
[FAILED] Failed to start Flow calculation daemon.
[DEPEND] Dependency failed for VAP group loader.
hk-a login:
""",
    "a boot loader that finds nothing": """
U-Boot 1.3.4 (Feb 11 2010 - 10:02:11)
DRAM:  1 GB
Hit any key to stop autoboot:  0
Wrong Image Format for bootm command
ERROR: can't get kernel image!
""",
    "somebody logs in and looks": """
hk-a login: admin
Password:
Last login: Fri Mar 28 17:50:02 on ttyS0
CBS# show module status
slot 3  APM  Down
cbssysctrld: slot 3 does not answer
""",
    "kernel lines with times": """
[    4.102211] e1000e 0000:02:00.0: irq 63 for MSI
[    4.802211] md: raid1 personality registered
[   11.002211] cbsfab: fabric port 0 does not train
[   21.002211] cbsfab: fabric port 0 does not train
""",
    "a watchdog": """
NMI watchdog: BUG: soft lockup - CPU#3 stuck for 67s! [cbsflowd:2211]
Modules linked in: cbsfab e1000e
RIP: 0010:[<ffffffff8022a1f0>]  [<ffffffff8022a1f0>] fab_poll+0x90/0x1b0
Watchdog timer expired, resetting system
""",
    "a terminal program that writes the time before each line": """
[2014-09-18 05:12:09] Phoenix TrustedCore(tm) Server BIOS
[2014-09-18 05:12:18] Memory Test : 4194304K OK
[2014-09-18 05:12:27] Booting from hard disk...
[2014-09-18 05:13:27] GRUB _
""",
    "kernel lines without times": """
ata2: SATA link down (SStatus 0 SControl 300)
usb usb1: configuration #1 chosen from 1 choice
EDAC MC0: csrow2 ok
TCP reno registered
cbsvapd: VAP fw_2 not responding, 3 retries
""",
}


@pytest.mark.parametrize("capture", CAPTURES.values(), ids=CAPTURES)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r\r\n", "\x1b[0m\n"], ids=["lf", "crlf", "crcrlf", "colour"])
def test_what_a_console_prints_is_console_output(capture: str, ends: str) -> None:
    file = Attachment(name="x", type="text/plain", content=capture.replace("\n", ends).encode())
    assert recognise(file, KINDS).kind == "console-output"


@pytest.mark.parametrize("capture", CAPTURES.values(), ids=CAPTURES)
@pytest.mark.parametrize("margin", ["", "    ", "\t", "| "], ids=["flush", "indented", "tab", "bar"])
def test_what_a_console_prints_counts_where_it_is_pasted(capture: str, margin: str) -> None:
    lines = "".join(f"{margin}{line}\n" for line in capture.strip().splitlines())
    assert pasted(f"Dear all,\n\nthe serial port of slot 3 says:\n\n{lines}\nPlease help.\n\nAnn\n", CONSOLE)


PROSE = {
    "words on a panic": """We see a kernel panic on the console of the APM.
Kernel panic is what the vendor calls it, and the call trace: we have none.
The login: prompt never comes. Booting takes an hour, GRUB loads and then nothing.
""",
    "how it was looked at": """I connected minicom with 9600 8N1 to the CPM.
PuTTY log files will be sent tomorrow. Starting the VAP group again did not help.
""",
    "two lines of a log": """In /var/log/messages of today we find
Mar  2 08:01:11 hk-a kernel: Oops: 0000 [1] SMP
Mar  2 08:01:12 hk-a kernel: Kernel panic - not syncing: Fatal exception
and nothing else.
""",
    "two lines of kernel log": """dmesg says
[ 8123.102211] cbsfab: fabric port 0 does not train
[ 8124.102211] cbsfab: fabric port 0 does not train
each hour.
""",
    "a form": """Module: APM-8650
Memory: 8192 MB
Login: admin
Status: not responding
Slot: 3
Severity: 2
""",
    "routes": "S* 0.0.0.0/0 via 192.0.2.1, outside\nC  192.0.2.0/24 via 192.0.2.9, outside\n",
    "steps": """Starting point was the upgrade. Then:
Booting from the spare disk: failed.
Rebooting, three times: no change.
Loading the old image: done, no change.
""",
}


def test_lines_that_are_announced_as_console_output_need_no_sign_of_it() -> None:
    lines = "cbsinitd[1402]: ap5 heartbeat lost\ncbsinitd[1402]: ap5 state Up -> Offline\ncbsinitd[1402]: ap5 booting\n"

    assert pasted(f"Voici ce qui sort sur la console du CPM :\n\n{lines}", CONSOLE) == lines.splitlines()[0]
    assert pasted(f"This is what we see in the log:\n\n{lines}", CONSOLE) is None


@pytest.mark.parametrize("words", PROSE.values(), ids=PROSE)
def test_words_about_a_console_are_no_console_output(words: str) -> None:
    assert pasted(words, CONSOLE) is None


@pytest.mark.parametrize(
    "content",
    [
        show_tech("a-x60", "B1") + CAPTURES["kernel lines without times"],
        syslog("a-x60") + "Jan  7 01:01:00 a-x60 kernel: Linux version 2.6.18\nJan  7 01:01:00 a-x60 login: admin\n",
        "".join(f"Mar  2 08:0{n}:11 hk-a kernel: md: raid{n}\n" for n in range(8)),
        "".join(PROSE.values()),
        "interface eth0\n ip address 10.0.0.1/24\n!\nhostname hk-a\naccess-list 1 permit any\nend\n",
        "admin@10.0.0.1's password:\nLast login: Mon Mar  2 08:00:00 2026 from 10.0.0.9\nhk-a# show clock\n08:00\n",
    ],
    ids=["show-tech", "log", "kernel log", "prose", "configuration", "ssh"],
)
def test_other_files_are_no_console_output(content: str) -> None:
    file = Attachment(name="console.txt", type="text/plain", content=content.encode())
    assert recognise(file, KINDS).kind != "console-output"


@pytest.mark.parametrize(
    "capture",
    [
        (
            "[-- Console up -- Mon Jun 16 18:00:01 2014]\n\nnbo-x1 login: \n[-- MARK -- Mon Jun 16 21:00:00 2014]\n"
            "cbsvrrpd: hello timeout on hb1 (3 intervals)\neth1: transmit timed out, resetting\n"
        ),
        (
            "[Tue May 06 04:20:01.113 2014] na-x60-2 login: \n"
            "[Tue May 06 04:21:08.020 2014] NPM slot 1: watchdog expired\n"
            "[Tue May 06 04:24:40.380 2014] EXT3-fs error (device sda8): unable to read inode block\n"
        ),
        (
            "[2014-12-16 09:17:02.114] cbs-fwbr: NPM 1 power fault\n[2014-12-16 09:21:44.390] mcb-x45 login: \n"
            "[2014-12-16 09:30:10.871] cbs-fwbr: NPM 1 power on refused\n"
        ),
        (
            "APM-9650   Boot ROM 3.02   slot 7\nPOST .......... passed\nimage header: module class 9600\n"
            "retry 1 of 5 ...\nretry 2 of 5 ...\nentering maintenance\n"
        ),
        (
            "bh-a console (ttyS0) -- Ctrl-a d to leave\n\nap5: Kernel panic - not syncing: Fatal exception\n"
            "<0>Rebooting in 5 seconds..\nap5: boot stage 1 ok\nap5: boot stage 2 ok\n"
        ),
    ],
    ids=["conserver", "stamped lines", "stamped with a date", "boot of a module", "modules over one console"],
)
def test_a_capture_of_a_terminal_program_is_console_output(capture: str) -> None:
    file = recognise(Attachment(name="x.log", type="text/plain", content=capture.encode()), KINDS)

    assert file.kind == "console-output"
