"""Answers without labels of their own: numbered after our list, or typed into a form of ours that came back."""

import pytest

from mailproc.desk.completeness import Known, assess
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


def test_an_item_of_the_list_without_an_answer_gives_nothing() -> None:
    """The vendor's own list, returned with one of its lines left as it is."""
    unanswered = "Description of troubleshooting that has already been completed"
    text = "\n\n".join(f"{number}. {words}" for number, words in enumerate((TEN[0], unanswered, *TEN[2:]), start=1))
    found = assess(a_mail(text=text, reply=text), X_SERIES)

    assert "troubleshooting" in found.missing
    assert "timeline" in found.met


def test_a_list_of_another_length_is_not_ours() -> None:
    text = "\n".join(f"{number}. {words}" for number, words in enumerate(TEN[:6], start=1))

    assert numbered_answers(text, (), X_SERIES, {}, {}) == ()


def test_a_list_whose_labels_name_other_items_is_not_ours() -> None:
    labels = ("Impact: none", "Time line: Monday", "Changes: none", "Routing: static", "Problem: hangs")
    text = "\n".join(f"{number}. {words}" for number, words in enumerate((*labels, *TEN[5:]), start=1))

    assert numbered_answers(text, (), X_SERIES, {}, {}) == ()


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


def letter_for(*items: str) -> str:
    asked = (one for one in X_SERIES.requirements if one.id in items)
    said = (f"  {at}. {one.label}\n     {one.how}\n     Why: {one.why}\n" for at, one in enumerate(asked, start=1))
    return "We need more details.\n\n" + "".join(f"{one}     Answer:\n\n" for one in said) + "End of the form.\n"


LETTER = letter_for("timeline", "business-impact", "recent-changes")


def answering(reply: str, letter: str = LETTER, asked: tuple[str, ...] = ()) -> set[str]:
    quoted = "".join(f"> {line}\n" for line in letter.splitlines())
    mail = a_mail(text=f"{reply}\n\nOn Tue, Support <s@v.example> wrote:\n{quoted}" if letter else reply, reply=reply)
    return set(assess(mail, X_SERIES, Known(owed=asked)).met)


@pytest.mark.parametrize(
    ("reply", "items"),
    [
        ("3. none", {"recent-changes"}),
        ("Hello,\n\n1) since Monday 9:00\n3) none\n\nMei", {"timeline", "recent-changes"}),
        ("1. since Monday\n2. 40 users wait\n3. none", {"timeline", "business-impact", "recent-changes"}),
        ("1. see below\n2. 40 users wait", {"business-impact"}),
    ],
)
@pytest.mark.parametrize("quoted", [True, False])
def test_numbers_count_the_items_of_our_letter(reply: str, items: set[str], *, quoted: bool) -> None:
    asked = () if quoted else ("timeline", "business-impact", "recent-changes")

    assert answering(reply, LETTER if quoted else "", asked) == items


@pytest.mark.parametrize(
    "reply",
    [
        "4. none",
        "We tried this:\n1. rebooted\n2. swapped the card",
        "1. Business impact: 40 users wait\n2. Routing: static default route",
    ],
)
def test_a_list_of_something_else_is_no_answer_to_our_numbers(reply: str) -> None:
    assert not {"timeline", "recent-changes"} & answering(reply)


def test_a_numbered_table_of_our_questions_gives_what_was_written_behind_them() -> None:
    rows = ("Detailed description of the issue", "Troubleshooting already completed", "Time line    Monday 9:00")
    rest = (
        "Impact    40 users wait",
        "show-tech",
        "logs",
        "Upgrades    ask contractor",
        "Console",
        "Routing",
        "Traces",
    )
    text = "\n".join(f"{number}. {words}" for number, words in enumerate((*rows, *rest), start=1))

    assert set(assess(a_mail(text=text, reply=text, subject="Form"), X_SERIES).met) == {"timeline", "business-impact"}


@pytest.mark.parametrize(("reply", "met"), [("1 none\n2 40 users wait\n3 since Monday", True), ("2 users wait", False)])
def test_numbers_without_a_full_stop_count_where_they_answer_the_whole_letter(reply: str, *, met: bool) -> None:
    known = Known(owed=("recent-changes", "business-impact", "timeline"))

    assert ("recent-changes" in assess(a_mail(text=reply, reply=reply), X_SERIES, known).met) is met
