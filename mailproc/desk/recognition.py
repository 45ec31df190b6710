"""Which kind of file came, told by its content and never by its name.

A policy says how each of its kinds looks; here a file is held against them. Whatever came but does not serve
gets its `problem` in plain words: an error message instead of output, an empty file, a copy.
"""

import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Literal

from mailproc.desk.chassis import Register, are_two
from mailproc.desk.events import ArrivedFile, Chassis
from mailproc.desk.kinds import LONGEST_LINE, SAMPLE, START, compiled, fits, kind_of
from mailproc.desk.policy import FileKind
from mailproc.reading.mail import Attachment

MOST_TEXT = 2_000_000
"""Bytes of a file that are looked at: marks, names of hosts and routing tables stand within them."""

_ERROR = re.compile(
    r"command not found|no such file or directory|permission denied|(unknown|unrecognized|invalid|bad) (command|input)"
    r"|not recognized as|syntax error|access denied|authorization failed|is not a valid command",
    re.IGNORECASE,
)
_ERROR_SIZE = 600
_A_GOOD_PART = 0.2
"""The share of a log's lines from which on a host is no chance visitor in it."""
_MOST_CHASSIS = 4
_MOST_HOSTS = 40
"""Hosts named in one file that are looked at: what follows each is read as a file of its own."""
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]{0,20}[ -/]{0,4}[@-~]|[()][0-9A-B]|[=>78cDEHM])")
"""Sequences that move a terminal's cursor or colour its text (ECMA-48 §5.4)."""
_TABLE_ROWS = 200
_SECTION = 40_000
_HEADINGS = 8
_NO_PACKET = re.compile(
    # the headers of pcap (24 octets) and snoop (16) with nothing behind them
    rb"(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x4d\x3c\xb2\xa1|\xa1\xb2\x3c\x4d|\x34\xcd\xb2\xa1|\xa1\xb2\xcd\x34).{0,20}"
    rb"|snoop\0\0\0.{0,8}",
    re.DOTALL,
)
_PCAPNG = b"\x0a\x0d\x0d\x0a"
_PACKET_BLOCKS = frozenset({2, 3, 6})
"""Block types of pcapng that hold a packet: the old packet block, the simple and the enhanced one."""
_MOST_BLOCKS = 200
_IP = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}")
_NEXT_COMMAND = re.compile(r"^(?:-{4,}|#{2,}|={4,}|\S+[#>]) ?(?:show|cat|ps|end)\b", re.MULTILINE)


def recognise(file: Attachment, kinds: tuple[FileKind, ...]) -> ArrivedFile:
    """A file with its kind, the chassis it comes from, and why it does not serve, where it does not."""
    arrived = ArrivedFile(name=file.name, digest=file.digest, size=file.size, inside=file.inside)
    damage = _damage(file)
    if not file.content.strip():
        return replace(arrived, problem=damage or "is empty")
    text = decode(file.content)
    kind = kind_of(file.content, text, kinds)
    if kind is None:
        return replace(arrived, problem=damage or _only_an_error(text))
    if damage:
        return replace(arrived, kind=kind.name, problem=damage)
    if is_without_packets(file.content):
        return replace(arrived, kind=kind.name, problem="holds no packet")
    first, *others = _writers(kind, text) if kind.each_line else _collected_from(kind, text)
    return replace(
        arrived,
        kind=kind.name,
        holds=_held(kind, text, kinds),
        host=first.host,
        serial=first.serial,
        others=tuple(others),
    )


def is_without_packets(content: bytes) -> bool:
    """Whether this is a packet trace that was stopped before it saw a packet: its header stands alone."""
    if not content.startswith(_PCAPNG):
        return bool(_NO_PACKET.fullmatch(content[:64])) and len(content) < 64
    order: Literal["little", "big"] = "little" if content[8:12] == b"\x4d\x3c\x2b\x1a" else "big"
    at = 0
    for _ in range(_MOST_BLOCKS):
        if len(content) < at + 12:
            return True
        if int.from_bytes(content[at : at + 4], order) in _PACKET_BLOCKS:
            return False
        at += max(12, int.from_bytes(content[at + 4 : at + 8], order))
    return False


def mark_copies(
    files: Iterable[ArrivedFile], earlier: tuple[ArrivedFile, ...], doubles: frozenset[str]
) -> tuple[ArrivedFile, ...]:
    """The files, copies among them with their `problem`.

    A file is a copy where an earlier one has the same content; where its kind is in `doubles` (asked of two
    chassis, once of each), also where earlier ones come from the same chassis.
    """
    new = tuple(files)
    register = Register((*earlier, *new))
    seen = [one for one in earlier if one.problem is None]
    marked: list[ArrivedFile] = []
    for one in new:
        problem = _copy_words(one, seen, register, doubles) if one.kind and one.problem is None else None
        marked.append(replace(one, problem=problem) if problem else one)
        if not problem:
            seen.append(one)
    return tuple(marked)


def decode(content: bytes) -> str:
    """Text of a file as well as it can be read: a byte order mark decides, then UTF-8, latin-1. Lines end in LF."""
    start = content[:MOST_TEXT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = start.decode("utf-16", "replace")
    elif start.startswith(b"\xef\xbb\xbf"):
        text = start.decode("utf-8-sig", "replace")
    else:
        try:
            # a decoder of parts forgives a character that the limit cuts in two
            text = getincrementaldecoder("utf-8")().decode(start)
        except UnicodeDecodeError:
            text = start.decode("latin-1")
    return _TERMINAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def _held(kind: FileKind, text: str, kinds: tuple[FileKind, ...]) -> tuple[str, ...]:
    by_name = {one.name: one for one in kinds}
    return tuple(
        name for name, commands in kind.holds.items() if name in by_name and _printed(text, commands, by_name[name])
    )


def _printed(text: str, commands: tuple[str, ...], kind: FileKind) -> bool:
    """Whether one of the commands printed what the kind looks like: its heading alone is not enough."""
    for command in commands:
        heading = re.compile(rf"^.{{0,80}}{re.escape(command)}.{{0,80}}$", re.IGNORECASE | re.MULTILINE)
        if any(_has_rows(text[found.end() :][:_SECTION], kind) for found in islice(heading.finditer(text), _HEADINGS)):
            return True
    return False


def _has_rows(below: str, kind: FileKind) -> bool:
    rows = "\n".join(below.splitlines()[1:_TABLE_ROWS])
    section = _NEXT_COMMAND.split(rows, maxsplit=1)[0]
    return bool(_IP.search(section)) and any(compiled(mark).search(section) for mark in kind.marks)


def _damage(file: Attachment) -> str | None:
    """What keeps the file itself from being read; not a limit of ours, and not what is wrong with a member of it."""
    return next((one for one in file.damage if one.startswith("is ") or one.endswith("cannot be opened here")), None)


def _only_an_error(text: str) -> str | None:
    if len(text) > _ERROR_SIZE:
        return None
    error = _ERROR.search(text)
    return f"only holds an error: {error[0].lower()}" if error else None


def _copy_words(one: ArrivedFile, seen: list[ArrivedFile], register: Register, doubles: frozenset[str]) -> str | None:
    if same := next((other for other in seen if other.digest == one.digest), None):
        return f"is a copy of {_place(same)}"
    if one.kind not in doubles:
        return None
    chassis = register.of(one)
    alike = [
        other for other in seen if other.kind == one.kind and other.problem is None and register.of(other) & chassis
    ]
    if not chassis or not chassis <= register.among(alike):
        return None
    return f"comes from the same chassis as {_place(alike[0])}"


def _place(file: ArrivedFile) -> str:
    return f"{file.inside} / {file.name}" if file.inside else file.name


def _writers(kind: FileKind, text: str) -> Sequence[Chassis]:
    """The hosts that wrote the lines of a log, the one that wrote most first; modules only where none else did.

    Another chassis is one that wrote a good part, too, and is called nearly the same.
    """
    start = text[: SAMPLE * LONGEST_LINE]
    hosts = Counter(str(found[1]) for pattern in kind.host for found in compiled(pattern).finditer(start))
    lines = sum(hosts.values())
    named = [(host, count) for host, count in hosts.most_common() if not _is_module(host, kind)]
    if not named:
        return (Chassis(),)
    first = Chassis(host=named[0][0])
    many = (Chassis(host=host) for host, count in named[1:] if count >= max(kind.line_count, lines * _A_GOOD_PART))
    return (first, *(one for one in many if are_two(first, one)))[:_MOST_CHASSIS]


def _is_module(host: str, kind: FileKind) -> bool:
    return bool(kind.modules and compiled(kind.modules).search(host))


def _collected_from(kind: FileKind, text: str) -> Sequence[Chassis]:
    """The chassis whose state was collected into a file, one after the other.

    Another one begins where the host changes and what follows would be such a file by itself.
    """
    first = Chassis(host=_first_group(kind.host, text), serial=_first_group(kind.serial, text))
    edges = sorted(_first_lines(kind.host, text).values())[:_MOST_HOSTS]
    if len(edges) < 2:
        return (first,)
    parts = [text[edge:end] for edge, end in zip(edges, [*edges[1:], len(text)], strict=True)]
    own = Chassis(host=first.host, serial=_first_group(kind.serial, parts[0]))
    others: list[Chassis] = []
    for part in parts[1:]:
        one = Chassis(host=_first_group(kind.host, part), serial=_first_group(kind.serial, part))
        told_alike = bool(one.serial) == bool(own.serial)  # else it is only named there, as a peer is
        if told_alike and fits(kind, b"", part) and all(are_two(one, other) for other in (own, *others)):
            others.append(one)
    return (own, *others[:_MOST_CHASSIS]) if others else (first,)


def _first_lines(patterns: tuple[str, ...], text: str) -> dict[str, int]:
    """Where each host is first named; addresses are of others."""
    begins: dict[str, int] = {}
    for found in (found for pattern in patterns for found in compiled(pattern).finditer(text)):
        host = str(found[1]).lower()
        if not _IP.fullmatch(host):
            begins[host] = min(found.start(), begins.get(host, found.start()))
    return begins


def _first_group(patterns: tuple[str, ...], text: str) -> str | None:
    for pattern in patterns:
        if found := compiled(pattern).search(text[:START]):
            return str(found[1])
    return None
