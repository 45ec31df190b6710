"""How a mistake in a file is told: file, line, key, and what to write instead.

`Mistake` says where and what; `Document` knows the file and makes the sentence. A value is never repeated
where its kind is wrong: it may be a password that slipped into this key.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from mailproc.config.lines import Loc, line_of, lines_of

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SIZE_LIMIT = 4_000_000  # bytes; a configuration is written by hand


class ConfigurationMistakes(Exception):  # noqa: N818 - it holds the mistakes, each worded
    """The configuration, a policy or a list cannot be used; `mistakes` tells each, ready to print."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


class FileUnreadable(ConfigurationMistakes):
    """A file cannot be opened: that is told where the file is named."""


class FileMissing(FileUnreadable):
    """There is no file of this name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a place of a document, in words that end with what to write instead."""

    loc: Loc
    words: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A TOML file as read: `shown` is how its name is told, `path` where it lies."""

    shown: str
    path: Path
    text: str = field(repr=False)
    data: Mapping[str, Any] = field(repr=False)

    @property
    def folder(self) -> Path:
        """What relative paths in this file are relative to."""
        return self.path.absolute().parent

    @cached_property
    def lines(self) -> Mapping[Loc, int]:
        """The line of every key."""
        return lines_of(self.text)

    def told(self, mistakes: Iterable[Mistake]) -> tuple[str, ...]:
        """Each mistake as a sentence, in the order of the lines, none twice."""
        placed = sorted(((line_of(one.loc, self.lines), one) for one in mistakes), key=lambda pair: pair[0])
        return tuple(dict.fromkeys(self._sentence(line, one) for line, one in placed))

    def _sentence(self, line: int, mistake: Mistake) -> str:
        key = self._key(mistake.loc)
        return f"{self.shown}:{line}: {key}: {mistake.words}" if key else f"{self.shown}:{line}: {mistake.words}"

    def _key(self, loc: Loc) -> str:
        told = ""
        value: Any = self.data
        for step in loc:
            value = _within(value, step)
            if isinstance(step, int) and (name := _name_of(value)) is None:
                told += f"[{step + 1}]"
            else:
                told += f".{_as_key(name if isinstance(step, int) else step)}"
        return told.removeprefix(".")


def read_document(path: Path, shown: str = "") -> Document:
    """Read a TOML file in UTF-8. Raises FileUnreadable, or ConfigurationMistakes where it is not TOML."""
    name = shown or str(path)
    text = read_text(path, name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        raise ConfigurationMistakes([f"{name}{_syntax(str(mistake), text)}"]) from None
    return Document(shown=name, path=path, text=text, data=data)


def read_text(path: Path, shown: str) -> str:
    """The words of a file in UTF-8, with or without a byte order mark.

    Raises FileUnreadable, or ConfigurationMistakes where it is in another encoding or too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise FileMissing([f"there is no file {shown}"]) from None
    except OSError as trouble:
        raise FileUnreadable([f"{shown} cannot be read: {trouble.strerror}"]) from None
    if len(content) > _SIZE_LIMIT:
        raise ConfigurationMistakes([f"{shown}: is larger than {_SIZE_LIMIT} bytes"])
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        raise ConfigurationMistakes([f"{shown}:{line}: is not UTF-8: save the file in that encoding"]) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean "port"?`, or nothing where no known word is near."""
    near = get_close_matches(word.lower(), list(known), n=1)
    return f' Did you mean "{near[0]}"?' if near else ""


def _syntax(message: str, text: str) -> str:
    place = _PLACE.search(message)
    line = place[1] if place and place[1] else str(text.count("\n") + 1)
    what = _PLACE.sub("", message)
    where = f" (column {place[2]})" if place and place[2] else ""
    hint = {
        "Invalid value": ': words stand in quotes, key = "value"',
        "Cannot overwrite a value": ": the same key stands twice",
    }.get(what, "")
    return f":{line}: is not TOML: {what[:1].lower()}{what[1:]}{where}{hint}"


def _within(value: Any, step: str | int) -> Any:  # noqa: ANN401 - whatever stood in the file
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None


def _name_of(item: Any) -> str | None:  # noqa: ANN401 - whatever stood in the file
    """What tells one table of a list from the others: its name, id or organisation."""
    if not isinstance(item, dict):
        return None
    names = (item.get(key) for key in ("name", "id", "organisation"))
    return next((name for name in names if isinstance(name, str) and name), None)


def _as_key(key: object) -> str:
    return str(key) if _BARE_KEY.fullmatch(str(key)) else f'"{key}"'
