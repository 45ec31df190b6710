"""Output of chassis and mails for the tests of what a mail gives."""

import tomllib
from importlib.resources import files

from mailproc.desk.policy import Policy


def shipped(name: str) -> Policy:
    text = (files("mailproc.desk") / "policies" / f"{name}.toml").read_text(encoding="utf-8")
    return Policy.model_validate(tomllib.loads(text))


X_SERIES = shipped("x-series")
BLUE_COAT = shipped("blue-coat")
DUTY_MANAGER = shipped("duty-manager")
KINDS = X_SERIES.kinds
BOTH = frozenset({"show-tech-support", "cos-tech-support", "log-messages"})


def show_tech(host: str, serial: str) -> str:
    return f"""{host}# show tech-support
Host: {host}

{host}# show version
XOS Software, Version 9.6.5-9

{host}# show chassis
Chassis type          : X60
Chassis serial number : {serial}

{host}# show vap-group
VAP Group                  : fw

{host}# show alarms active
No active alarms

{host}# show ip route
Codes: C - connected, S - static
S* 0.0.0.0/0 via 192.0.2.1, outside

{host}# show running-config
hostname {host}
"""


COS = """### cos-tech-support  a-c25  2026-03-02 10:00:00

### cat /etc/cos-release
COS 3.2.1-7
Platform: C25

### dmidecode -t system
	Product Name: C25
	Serial Number: CS25-1

### ifconfig -a
eth0      Link encap:Ethernet
"""


def syslog(host: str) -> str:
    return "".join(f"Jan  7 01:00:{i:02} {host} sshd[{i}]: session {i} closed\n" for i in range(20))


LOG = syslog("a-x60")


def console() -> str:
    return "\r\nCPM-8600 BIOS Version 3.01\r\nMemory Test : 4194304K OK\r\nGRUB loading stage2..\r\n"
