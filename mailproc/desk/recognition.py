"""Which kind of file came, told by its content and never by its name.

A policy says how each of its kinds looks; here a file is held against them. Whatever came but does not serve
gets its `problem` in plain words, by `defects`, and copies get theirs here.
"""

import html
import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from mailproc.desk import defects as defect
from mailproc.desk.chassis import Register, are_two
from mailproc.desk.events import ArrivedFile, Chassis
from mailproc.desk.kinds import LONGEST_LINE, SAMPLE, START, compiled, fits, kind_of
from mailproc.desk.policy import FileKind
from mailproc.reading.mail import Attachment

MOST_TEXT = 2_000_000
"""Bytes of a file that are looked at: marks, names of hosts and routing tables stand within them."""

_FEWEST_PARTS = 3
_MOST_PARTS = 60
_LONGEST_PART = 20_000
"""Files of an archive that are looked at together, and bytes of each."""
_A_GOOD_PART = 0.2
"""The share of a log's lines from which on a host is no chance visitor in it."""
_MOST_CHASSIS = 4
_MOST_HOSTS = 40
"""Hosts named in one file that are looked at: what follows each is read as a file of its own."""
_TAG = re.compile(r"<!\[CDATA\[|\]\]>|<[/!?]?([A-Za-z][\w-]{0,40})[^<>]{0,400}>")
_ATTRIBUTE = re.compile(r"([\w-]{1,40})=\"([^\"]{0,200})\"")
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]{0,20}[ -/]{0,4}[@-~]|[()][0-9A-B]|[=>78cDEHM])")
"""Sequences that move a terminal's cursor or colour its text (ECMA-48 §5.4)."""
_TABLE_ROWS = 200
_SECTION = 40_000
_HEADINGS = 8
_IP = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}")
_NEXT_COMMAND = re.compile(r"^(?:-{4,}|#{2,}|={4,}|\S+[#>]) ?(?:show|cat|ps|end)\b", re.MULTILINE)


def recognised(files: tuple[Attachment, ...], kinds: tuple[FileKind, ...]) -> tuple[ArrivedFile, ...]:
    """The files of a mail, each with its kind or with why it does not serve; what nobody offered as a file has neither.

    An archive or an attached message of which nothing is known says so where what it holds does not.
    """
    known = _with_collections(files, [recognise(one, kinds) for one in files], kinds)
    told = {one.inside for one in known if one.kind or one.problem}
    return tuple(
        replace(one, problem=defect.words_on_unknown(file))
        if not (one.kind or one.problem or _speaks_within(one, told)) and defect.is_offered(file)
        else one
        for file, one in zip(files, known, strict=True)
    )


def recognise(file: Attachment, kinds: tuple[FileKind, ...]) -> ArrivedFile:
    """A file with its kind, the chassis it comes from, and why it does not serve, where it does not."""
    arrived = ArrivedFile(name=file.name, digest=file.digest, size=file.size, inside=file.inside)
    if damage := defect.damage_of(file):
        arrived = replace(arrived, problem=damage.words, remedy=defect.remedy_of(damage))
    if not file.content.strip():
        return arrived if arrived.problem or defect.is_made_by_servers(file) else replace(arrived, problem="is empty")
    written = decode(file.content)
    text = _without_markup(written)
    kind = kind_of(file.content, text, kinds)
    if kind is None:
        return arrived if arrived.problem else replace(arrived, problem=defect.only_an_error(written))
    if arrived.problem:
        return replace(arrived, kind=kind.name)
    if cut := defect.cut_short(file.content, text):
        return replace(arrived, kind=kind.name, problem=cut[0], remedy=cut[1])
    return _of_kind(arrived, kind, text, kinds)


def _of_kind(file: ArrivedFile, kind: FileKind, text: str, kinds: tuple[FileKind, ...]) -> ArrivedFile:
    first, *others = _writers(kind, text) if kind.each_line else _collected_from(kind, text)
    return replace(
        file,
        kind=kind.name,
        holds=_held(kind, text, kinds),
        host=first.host,
        serial=first.serial,
        others=tuple(others),
    )


def _with_collections(
    files: tuple[Attachment, ...], known: list[ArrivedFile], kinds: tuple[FileKind, ...]
) -> list[ArrivedFile]:
    """The files; an archive that holds one of a kind in parts, a file for each command, is of that kind itself."""
    in_parts = tuple(kind for kind in kinds if kind.in_parts)
    whole = {one.inside for one in known if one.kind in {kind.name for kind in in_parts}}
    logs = {kind.name for kind in kinds if kind.each_line}
    parts: dict[str | None, list[Attachment]] = {}
    for file, one in zip(files, known, strict=True):
        is_text = b"\0" not in file.content[:_LONGEST_PART]
        if is_text and not (defect.damage_of(file) or one.inside in whole or one.kind in logs):
            parts.setdefault(one.inside, []).append(file)
    return [_in_parts(one, parts.get(_place(one), []), in_parts, kinds) for one in known]


def _in_parts(
    archive: ArrivedFile, parts: list[Attachment], in_parts: tuple[FileKind, ...], kinds: tuple[FileKind, ...]
) -> ArrivedFile:
    """The archive as a collection; where it has a folder for each chassis, as one of several."""
    if len(parts) < _FEWEST_PARTS or archive.problem:
        return archive
    folders: dict[str, list[str]] = {}
    for part in parts[:_MOST_PARTS]:
        folders.setdefault(part.name.partition("/")[0], []).append(decode(part.content[:_LONGEST_PART]))
    each = ["\n".join(texts) for texts in folders.values() if len(texts) >= _FEWEST_PARTS]
    everything = "\n".join(text for texts in folders.values() for text in texts)
    for kind in in_parts:
        if fits(kind, b"", everything):
            collected = [text for text in each if fits(kind, b"", text)] or [everything]
            first, *others = (one for text in collected for one in _collected_from(kind, text))
            whole = _of_kind(archive, kind, everything, kinds)
            return replace(whole, host=first.host, serial=first.serial, others=tuple(others[: _MOST_CHASSIS - 1]))
    return archive


def _speaks_within(one: ArrivedFile, told: set[str | None]) -> bool:
    place = _place(one)
    return any(inside is not None and (inside == place or inside.startswith(f"{place} / ")) for inside in told)


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


def _without_markup(text: str) -> str:
    """Text of a page or of an XML file, a tag with attributes as a line that tells them; any other text as it is."""
    if not text[:200].lstrip().startswith("<"):
        return text
    return html.unescape(_TAG.sub(_told_by_tag, text))


def _told_by_tag(tag: re.Match[str]) -> str:
    attributes = " ".join(" ".join(one) for one in _ATTRIBUTE.findall(tag[0]))
    return f"\n{tag[1]} {attributes}\n" if attributes else "\n"


def _held(kind: FileKind, text: str, kinds: tuple[FileKind, ...]) -> tuple[str, ...]:
    by_name = {one.name: one for one in kinds}
    return tuple(
        name for name, commands in kind.holds.items() if name in by_name and _printed(text, commands, by_name[name])
    )


def _printed(text: str, commands: tuple[str, ...], kind: FileKind) -> bool:
    """Whether one of the commands printed what the kind looks like: its heading alone is not enough."""
    for command in commands:
        words = "[ _]".join(map(re.escape, command.split(" ")))
        heading = re.compile(rf"^.{{0,80}}{words}.{{0,80}}$", re.IGNORECASE | re.MULTILINE)
        if any(_has_rows(text[found.end() :][:_SECTION], kind) for found in islice(heading.finditer(text), _HEADINGS)):
            return True
    return False


def _has_rows(below: str, kind: FileKind) -> bool:
    rows = "\n".join(below.splitlines()[1:_TABLE_ROWS])
    section = _NEXT_COMMAND.split(rows, maxsplit=1)[0]
    return bool(_IP.search(section)) and any(compiled(mark).search(section) for mark in kind.marks)


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
