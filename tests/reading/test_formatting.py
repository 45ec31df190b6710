"""Formatting goes on only where it says the words, and nothing but the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.reading.formatting import formatted

SECRET = "the password of the lab"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Please <b>reboot</b> slot 4 now.</p><blockquote>{SECRET}</blockquote>",
        f"<p>Please <b>reboot</b> slot 4 now.</p><div style='border-top:solid #E1E1E1 1.0pt'>{SECRET}</div>",
        f"<p>{SECRET}</p><p>Please <b>reboot</b> slot 4 now.</p>",
        f"<title>{SECRET}</title><p>Please <b>reboot</b> slot 4 now.</p><!-- {SECRET} -->",
        f"<p>Please <b>reboot</b> slot 4 now.</p><script>{SECRET}</script><img alt='x' src='https://x/{SECRET}'>",
    ],
)
def test_only_what_says_the_words_is_kept(html: str) -> None:
    found = formatted(html, "Please reboot slot 4 now.")
    assert found is not None
    assert "<b>reboot</b>" in found.html
    assert "password" not in found.html
    assert "https://x/" not in found.html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", "Please reboot."),
        ("<p>Please reboot.</p>", ""),
        ("<p>Something else entirely.</p>", "Please reboot slot 4 now."),
        ("<p>Please</p><blockquote>old</blockquote><p>reboot slot 4 now.</p>", "Please reboot slot 4 now."),
    ],
)
def test_where_the_words_cannot_be_followed_there_is_no_formatting(html: str, words: str) -> None:
    assert formatted(html, words) is None


def test_pictures_among_the_words_are_named() -> None:
    html = '<p>Look at the red LED here: <img src="cid:one@x"> please.</p><p>old</p><img src="cid:logo@x">'
    found = formatted(html, "Look at the red LED here: please.")
    assert found is not None
    assert found.pictures == ("one@x",)
    assert "logo" not in found.html


@given(st.text(max_size=200), st.text(max_size=100))
def test_any_html_and_any_words_give_an_answer(html: str, words: str) -> None:
    formatted(html, words)
