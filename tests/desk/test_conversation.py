"""What names a request, however it was rewritten on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.desk.conversation import numbers_tagged, spellings

NUMBER = "2-000000001"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: APM [SR 2-000000001]",
        "[sr 2-000000001] x",
        "[SR2-000000001] x",
        "[SR 2-000000001 ] x",
        "SR 2-000000001 still down",
        "Re: SR 2-000000001: APM",
        "SR#2-000000001",
        "Service request 2-000000001",
        "[SR\u00a02\u2011000000001] x",
        "[SR 2\u2013000000001] x",
        "[\uff33\uff32 2-000000001] x",
        "[SR 2-0000\u00ad00001] x",
    ],
)
def test_a_number_in_a_subject_is_read_however_it_is_written(subject: str) -> None:
    assert numbers_tagged(subject) == (NUMBER,)


@pytest.mark.parametrize("subject", ["", "SR", "Sr engineer wanted", "MSR 2-000000001", "your SR is late", "SR: --"])
def test_other_words_name_no_request(subject: str) -> None:
    assert numbers_tagged(subject) == ()


def test_each_number_is_named_once_in_its_order() -> None:
    assert numbers_tagged("[SR 2-2] SR 2-1, [SR 2-2]") == ("2-2", "2-1")


@pytest.mark.parametrize(
    ("asked", "form", "written"),
    [
        ("inc-000001", "INC-{:06d}", "INC-000001"),
        ("INC-000001", "Inc-{:06d}", "Inc-000001"),
        ("case7-0012x", "Case7-{:04d}x", "Case7-0012x"),
        (NUMBER, "2-{:09d}", NUMBER),
    ],
)
def test_a_number_whose_case_was_changed_is_spelt_as_it_is_written(asked: str, form: str, written: str) -> None:
    assert written in spellings(asked, form)


@given(st.text(max_size=60))
def test_any_text_has_spellings_and_itself_comes_first(text: str) -> None:
    assert spellings(text, "INC-{:06d}")[0] == text
