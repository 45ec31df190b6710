"""Answers without labels of their own: numbered after our list, or typed into a form of ours that came back."""

import pytest

from mailproc.desk.completeness import assess
from mailproc.desk.words.passages import passages
from mailproc.desk.words.returned import numbered_answers
from tests.build import a_mail
from tests.desk.samples import X_SERIES

TEN = (
    "the fan tray of slot 3 howls",
    "swapped the tray",
    "since Monday",
    "nobody notices",
    "will follow",
    "will follow",
    "none",
    "-",
    "static",
    "-",
)
ASKED = """Please complete:

Time line of the problem{0}
Business impact{1}
Recent upgrades or downgrades{2}
Severity (1-4){3}

Regards
Support
"""


def replied(reply: str, below: str) -> set[str]:
    mail = a_mail(text=f"{reply}\n\n-----Original Message-----\nFrom: Support\nSubject: SR\n\n{below}", reply=reply)
    return set(assess(mail, X_SERIES).met)


@pytest.mark.parametrize("form", ["{}. {}", "{}) {}", "({}) {}", "{}: {}"])
def test_numbers_count_the_items_of_the_policy(form: str) -> None:
    text = "\n".join(form.format(number, words) for number, words in enumerate(TEN, start=1))

    found = assess(a_mail(text=text, reply=f"Hello,\nmy answers:\n\n{text}\n\nAnn"), X_SERIES)

    assert {"troubleshooting", "timeline", "business-impact", "recent-changes"} <= set(found.met)
    assert {"tech-support", "log-messages"} <= set(found.missing)


def test_a_list_of_another_length_is_not_ours() -> None:
    text = "\n".join(f"{number}. {words}" for number, words in enumerate(TEN[:6], start=1))

    assert numbered_answers(text, X_SERIES, {}) == ()


def test_a_list_whose_labels_name_other_items_is_not_ours() -> None:
    labels = ("Impact: none", "Time line: Monday", "Changes: none", "Routing: static", "Problem: hangs")
    text = "\n".join(f"{number}. {words}" for number, words in enumerate((*labels, *TEN[5:]), start=1))

    assert numbered_answers(text, X_SERIES, {}) == ()


@pytest.mark.parametrize("arrow", [" --> ", " ==> ", " → ", ": ", " ....: ", "   "])
@pytest.mark.parametrize("reply", ["Answers below.", "I filled in your form", "Antworten siehe unten", ""])
def test_answers_beside_the_lines_of_a_quoted_form_count(arrow: str, reply: str) -> None:
    answers = ("since Monday", "40 users wait", "none", "2")

    given = replied(reply, ASKED.format(*(f"{arrow}{one}" for one in answers)))

    assert {"timeline", "business-impact", "recent-changes"} <= given


def test_answers_below_the_lines_of_a_quoted_form_count_where_they_are_announced() -> None:
    answers = ("\nsince Monday", "\n40 users wait", "\nnone", "\n2")

    assert {"timeline", "business-impact", "recent-changes"} <= replied("In blue.", ASKED.format(*answers))


@pytest.mark.parametrize("reply", ["Answers below.", "", "Is there any news of this case, and who is the engineer?"])
def test_a_quoted_form_without_answers_gives_nothing(reply: str) -> None:
    empty = ASKED.format("", ": who is affected and how?", ": -->", ": ...")

    assert not {"timeline", "business-impact", "recent-changes"} & replied(reply, empty)


def test_a_filled_form_below_other_new_words_is_older_mail() -> None:
    older = ASKED.format(": since Monday", ": 40 users wait", ": none", ": 2")

    assert replied("Is there any news of this case, and who is the engineer?", older) == set()


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("【業務影響】なし", "business-impact"),
        ("■発生日時：3月2日 10時", "timeline"),
        ("[Business impact] 40 users wait", "business-impact"),
        ("<Impact>: 40 users wait", "business-impact"),
        ("Impact => 40 users wait", "business-impact"),
        ("Impact → 40 users wait", "business-impact"),
        ("COS 3.1.5 -> 3.2.0 on Monday", None),
        ("fw_1 -> down", None),
    ],
)
def test_labels_stand_in_brackets_and_before_arrows(line: str, topic: str | None) -> None:
    assert [one.topic for one in passages(line)] == [topic]
