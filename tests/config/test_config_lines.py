"""Where each key stands."""

import tomllib
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.config.lines import Loc, line_of, lines_of

DOCUMENT = '''\
# a comment with [brackets] and = signs
top = 1
"quoted key" = "a # is no comment, a [ no table"
a.b.'c d' = 2      # dotted

words = """
[no_table]
no_key = 3
"""
raw = \'\'\'
x = \\\'\'\'

list = [
  "one", # [
  [ 1, 2 ],
  { deep = { er = 1 } },
]
day = 1979-05-27 07:32:00
inline = { x = 1, "y z" = [1,
  2] }

[table]
key = 1
[table."in ner"]
key = 2

[[boxes]]
name = "a"
[boxes.sub]
key = 3
[[boxes.inner]]
key = 4
[[boxes.inner]]
key = 5

[[boxes]]
[[ boxes . inner ]]
key = 6
'''

PLACES: list[tuple[Loc, int]] = [
    (("top",), 2),
    (("quoted key",), 3),
    (("a",), 4),
    (("a", "b", "c d"), 4),
    (("words",), 6),
    (("raw",), 10),
    (("list",), 13),
    (("list", 0), 14),
    (("list", 1, 1), 15),
    (("list", 2, "deep", "er"), 16),
    (("day",), 18),
    (("inline", "y z", 0), 19),
    (("inline", "y z", 1), 20),
    (("table",), 22),
    (("table", "key"), 23),
    (("table", "in ner", "key"), 25),
    (("boxes",), 27),
    (("boxes", 0), 27),
    (("boxes", 0, "sub", "key"), 30),
    (("boxes", 0, "inner", 0, "key"), 32),
    (("boxes", 0, "inner", 1), 33),
    (("boxes", 1), 36),
    (("boxes", 1, "inner", 0, "key"), 38),
]


@pytest.mark.parametrize(("loc", "line"), PLACES)
def test_every_way_to_write_a_key_has_its_line(loc: Loc, line: int) -> None:
    assert lines_of(DOCUMENT)[loc] == line


def test_a_missing_key_is_told_at_the_nearest_table_around_it() -> None:
    lines = lines_of(DOCUMENT)
    assert line_of(("boxes", 1, "inner", 0, "absent"), lines) == 37
    assert line_of(("boxes", 1, "absent", "deeper"), lines) == 36
    assert line_of(("absent",), lines) == 1


def test_an_empty_document_has_a_first_line() -> None:
    assert line_of((), lines_of("")) == 1


KEY = st.sampled_from(["bare", '"quoted = [x]"', "'lite\"ral'", "dotted.key", 'a . "b.c"'])
NOISE = st.sampled_from(
    ["", "# [[x]] = 1\n", "\n\n", 'no{n} = """\n[x]\ny = 1\n"""\n', "no{n} = '''\n]]'''\n", 'no{n} = "\\"] = \\\\"\n']
)
SHAPE = st.sampled_from(
    [
        "{}",
        "[{}]",
        "[\n  {}, # ]\n  {},\n]",
        "{{ x = {} }}",
        "[ {{ x = {} }},\n {{ 'y z' = [\n{}] }} ]",
        "[[{}], [\n{}]]",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents in which each number stands once; numbers begin at 1000, so that none is part of another."""
    numbers = count(1000)
    text = ""
    for table in range(draw(st.integers(1, 4))):
        header = draw(
            st.sampled_from(["", f"[t{table}]\n", f'[t{table}."x]"]\n', "[[many]]\n", f"[[many]]\n[many.s{table}]\n"])
        )
        text += header if table else ""
        for key in range(draw(st.integers(0, 4))):
            text += draw(NOISE).replace("{n}", f"{table}_{key}")
            shape = draw(SHAPE)
            values = shape.format(*(next(numbers) for _ in range(shape.count("{}"))))
            text += f"k{table}_{key}.{draw(KEY)} = {values}\n"
    return text


def leaves(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, int]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, (*loc, key))
        case list():
            for position, inner in enumerate(value):
                yield from leaves(inner, (*loc, position))
        case int():
            yield loc, value


@given(documents())
def test_the_line_of_a_number_holds_that_number(text: str) -> None:
    written, lines = text.split("\n"), lines_of(text)
    for loc, number in leaves(tomllib.loads(text)):
        assert str(number) in written[lines[loc] - 1]
