"""Where each key of a TOML document stands: from a path of keys to its line.

`tomllib` tells values without their places. This scanner reads a document that `tomllib` has accepted already, so it
need not judge: it only follows keys, brackets and strings, once, from the first character to the last.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Loc = tuple[str | int, ...]
"""A path into a document as pydantic tells it: keys, and positions in lists counted from 0."""

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<text>\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}
             | '{3}(?:[^']|'{1,2}(?!'))*'{3,5}
             | "(?:[^"\\\n]|\\.)*"
             | '[^'\n]*')
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,."'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


def lines_of(document: str) -> Mapping[Loc, int]:
    """The line, counted from 1, of every key, table and list item of a valid TOML document; () is the first line."""
    return _Scanner(list(_tokens(document))).scan()


def line_of(loc: Loc, lines: Mapping[Loc, int]) -> int:
    """The line of this place or, where it is not in the document, of the nearest table around it."""
    while loc not in lines and loc:
        loc = loc[:-1]
    return lines.get(loc, 1)


def _tokens(document: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(document):
        if match.lastgroup != "blank":
            yield _Token(match[0], line)
        line += match[0].count("\n")


@dataclass(slots=True)
class _Scanner:
    tokens: list[_Token]
    at: int = 0
    found: dict[Loc, int] = field(default_factory=lambda: {(): 1})
    last_of: dict[Loc, int] = field(default_factory=dict)

    def scan(self) -> Mapping[Loc, int]:
        table: Loc = ()
        while self.at < len(self.tokens):
            match self.tokens[self.at].text:
                case "\n":
                    self.at += 1
                case "[":
                    table = self._header()
                case _:
                    self._key_and_value(table)
        return self.found

    def _header(self) -> Loc:
        line, start = self.tokens[self.at].line, self.at
        while self._next() == "[":
            self.at += 1
        doubled = self.at - start == 2
        table = self._table(self._keys("]"), doubled=doubled)
        self.at += 2 if doubled else 1
        self._mark(table, line)
        return table

    def _table(self, keys: tuple[str, ...], *, doubled: bool) -> Loc:
        loc: Loc = ()
        for position, key in enumerate(keys, 1):
            loc = (*loc, key)
            if doubled and position == len(keys):
                self.last_of[loc] = self.last_of.get(loc, -1) + 1
            if loc in self.last_of:
                loc = (*loc, self.last_of[loc])
        return loc

    def _key_and_value(self, table: Loc) -> None:
        line = self.tokens[self.at].line
        loc = (*table, *self._keys("="))
        self.at += 1
        self._mark(loc, line)
        self._value(loc)

    def _keys(self, end: str) -> tuple[str, ...]:
        keys = []
        while (text := self._take()) != end:
            if text != ".":
                keys.append(_unquoted(text))
        self.at -= 1
        return tuple(keys)

    def _value(self, loc: Loc) -> None:
        match self._next():
            case "[":
                self._array(loc)
            case "{":
                self._inline_table(loc)
            case _:
                while self._next() not in ("\n", ",", "]", "}", ""):
                    self.at += 1

    def _array(self, loc: Loc) -> None:
        self.at += 1
        position = 0
        while (text := self._next()) != "]":
            if text in ("\n", ","):
                self.at += 1
                continue
            self._mark((*loc, position), self.tokens[self.at].line)
            self._value((*loc, position))
            position += 1
        self.at += 1

    def _inline_table(self, loc: Loc) -> None:
        self.at += 1
        while (text := self._next()) != "}":
            if text in ("\n", ","):
                self.at += 1
                continue
            self._key_and_value(loc)
        self.at += 1

    def _mark(self, loc: Loc, line: int) -> None:
        for depth in range(1, len(loc) + 1):
            self.found.setdefault(loc[:depth], line)

    def _next(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1].text


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
