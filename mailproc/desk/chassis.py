"""How many chassis files come from.

A chassis has a serial number and a host name, and a file tells one of them or both: where one file tells both, all
others that tell either come from the same chassis. `HK-A` and `hk-a.harbour.example` are one host.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from ipaddress import ip_address
from itertools import combinations

from mailproc.desk.events import ArrivedFile, Chassis

_TOKEN = re.compile(r"[^\W\d_]+|\d+")


class Register:
    """The chassis that a request's files tell of: which of them share one, whatever each of them tells of it."""

    def __init__(self, files: Iterable[ArrivedFile]) -> None:
        serials: dict[str, set[str]] = defaultdict(set)
        for one in (one for file in files for one in told_by(file)):
            if one.host and one.serial:
                serials[_host(one.host)].add(one.serial.upper())
        # a host name that two chassis bear names neither
        self._serial_of = {host: next(iter(known)) for host, known in serials.items() if len(known) == 1}

    def of(self, file: ArrivedFile) -> frozenset[str]:
        """A mark for each chassis that the file comes from; none where it tells of none."""
        return frozenset(mark for one in told_by(file) if (mark := self._mark(one)))

    def among(self, files: Iterable[ArrivedFile]) -> frozenset[str]:
        """A mark for each chassis that any of the files come from."""
        return frozenset().union(*(self.of(one) for one in files))

    def _mark(self, one: Chassis) -> str:
        host = _host(one.host or "")
        serial = (one.serial or self._serial_of.get(host, "")).upper()
        return f"serial {serial}" if serial else host


def told_by(file: ArrivedFile) -> tuple[Chassis, ...]:
    """The chassis that a file tells of, the first one and what `others` holds."""
    return (Chassis(host=file.host, serial=file.serial), *file.others)


def show_a_pair(files: Iterable[ArrivedFile]) -> bool:
    """Whether files of one kind come from the two chassis of a pair: an appliance beside a chassis makes none."""
    by_kind: dict[str | None, set[Chassis]] = defaultdict(set)
    for file in files:
        by_kind[file.kind].update(told_by(file))
    return any(are_two(*both) for told in by_kind.values() for both in combinations(told, 2))


def are_two(one: Chassis, other: Chassis) -> bool:
    """Whether these are two chassis of one site: by their serial numbers, else by host names that differ in one place.

    `hk-a` and `hk-b` are a pair; `hk-a` and `london` may be whatever.
    """
    if one.serial and other.serial:
        return one.serial.upper() != other.serial.upper()
    tokens = [_TOKEN.findall(_host(each.host or "")) for each in (one, other)]
    if len(tokens[0]) != len(tokens[1]) or len(tokens[0]) < 2:
        return False
    differ = [left != right for left, right in zip(tokens[0], tokens[1], strict=True)]
    return differ.count(True) == 1


def _host(name: str) -> str:
    """The host's own name, without its domain; an address stays whole."""
    lower = name.lower()
    try:
        ip_address(lower)
    except ValueError:
        return lower.partition(".")[0]
    return lower
