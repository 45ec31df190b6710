"""What an HTML mail shows besides its words: which of them stand as headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.markup import SIZE_LIMIT, headings_of, html_to_text


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Business <i>impact</i></h2><p>none</p>",
        "<p><b>Business\n impact</b></p><p>none</p>",
        "<p><strong>Business impact</strong> none</p>",
        '<p><span style="color:red; font-weight: bold">Business impact</span></p>',
        '<p><span style="font-weight:700">Business impact</span></p>',
        "<table><tr><th>Business impact</th><td>none</td></tr></table>",
        "<dl><dt>Business impact</dt><dd>none</dd></dl>",
    ],
)
def test_headings_and_bold_words_are_told_and_the_text_stays_as_people_read_it(html: str) -> None:
    assert headings_of(html) == ("Business impact",)
    assert html_to_text(html).split()[:2] == ["Business", "impact"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Business impact</p>",
        '<p><span style="font-weight:400">Business impact</span></p>',
        f"<b>{'a long sentence ' * 20}</b>",
        "<b>a</b>",
        "<b>" + "x " * SIZE_LIMIT + "</b>",
        "<div>" * 500 + "<b>Business impact</b>",
    ],
)
def test_other_words_are_no_headings(html: str) -> None:
    assert headings_of(html) == ()


def test_a_term_and_its_definition_stand_on_lines_of_their_own() -> None:
    assert html_to_text("<dl><dt>Timeline</dt><dd>Sunday</dd></dl>").split("\n") == ["Timeline", "Sunday"]


@given(st.text(st.sampled_from("<>/bh1 th=\"'") | st.characters(), max_size=200))
def test_any_markup_at_all_is_read(html: str) -> None:
    assert all(headings_of(html))
