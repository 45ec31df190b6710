"""Labelled answers in whatever layout people and their programs give them, as a mail that is read whole."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from mailproc.desk.completeness import assess
from mailproc.desk.words.headings import heading_topic
from mailproc.desk.words.passages import passages
from mailproc.reading.parse import read
from tests.desk.samples import X_SERIES

ANSWERS = {
    "description": (
        "Description of the problem",
        'The APM in slot 4 panics with "kernel BUG at mm/slab.c" and reboots.',
    ),
    "troubleshooting": ("What we have tried", "Module reseated, it panics again."),
    "timeline": ("Timeline", "Sunday 1 March, 22:10 UTC"),
    "business-impact": ("Business impact", "40 users in Oslo cannot work"),
    "recent-changes": ("Recent changes", "none"),
    "routing": ("Routing", "one static default route via 10.1.1.1"),
}
LABELS = tuple(label for label, _ in ANSWERS.values())
GIVEN = tuple(answer for _, answer in ANSWERS.values())


def evidence(*, text: str = "", html: str = "") -> dict[str, str]:
    message = EmailMessage()
    message["From"], message["Message-ID"], message["Subject"] = "Mei Chan <mei@h.example>", "<1@h.example>", "Trouble"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    found = assess(read(message.as_bytes()), X_SERIES).findings
    return {one.item: one.evidence or "" for one in found if one.met and one.sure}


def assert_all_found(found: dict[str, str]) -> None:
    assert {item: found.get(item) for item in ANSWERS} == {
        item: f"from your mail: '{answer}'" for item, (_, answer) in ANSWERS.items()
    }


def laid_out(line: str) -> str:
    rows = enumerate(ANSWERS.values(), start=1)
    return "".join(
        line.format(number=at, label=label, upper=label.upper(), lower=label.lower(), dash="-" * 20, answer=answer)
        for at, (label, answer) in rows
    )


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        pytest.param("", "<p><b>{label}</b></p><p>{answer}</p>", "", id="bold paragraphs"),
        pytest.param("", "<p><strong>{number}. {label}</strong></p><p>{answer}</p>", "", id="bold and numbered"),
        pytest.param("", "<h3>{label}</h3><p>{answer}</p>", "", id="headings"),
        pytest.param("", "<p><b>{label}</b> {answer}</p>", "", id="bold before the answer"),
        pytest.param("", "<p><b>{label}:</b> {answer}</p>", "", id="bold with a colon"),
        pytest.param("", "<b>{label}</b><br>{answer}<br>", "", id="bold lines"),
        pytest.param("", '<p><span style="font-weight:700">{label}</span></p><p>{answer}</p>', "", id="bold by style"),
        pytest.param("<table>", "<tr><td>{label}</td><td>{answer}</td></tr>", "</table>", id="a table"),
        pytest.param(
            "<table><tr><th>No</th><th>Item</th><th>Answer</th></tr>",
            "<tr><td>{number}</td><td>{label}</td><td>{answer}</td></tr>",
            "</table>",
            id="a table with numbers",
        ),
        pytest.param(
            "<table>",
            "<tr><td>{label}</td></tr><tr><td>{answer}</td></tr>",
            "</table>",
            id="rows of labels and answers",
        ),
        pytest.param("<dl>", "<dt>{label}</dt><dd>{answer}</dd>", "</dl>", id="a list of definitions"),
        pytest.param("<ul>", "<li>{label}<ul><li>{answer}</li></ul></li>", "</ul>", id="nested lists"),
        pytest.param("<ol>", "<li>{label}<br>{answer}</li>", "</ol>", id="a numbered list"),
        pytest.param("<ol>", "<li><b>{label}</b> {answer}</li>", "</ol>", id="a numbered list with bold labels"),
    ],
)
def test_answers_are_found_in_any_layout_of_html(before: str, line: str, after: str) -> None:
    assert_all_found(evidence(html=f"<p>Hello,</p>{before}{laid_out(line)}{after}<p>Mei Chan</p>"))


@pytest.mark.parametrize("cell", ["th", "td"])
def test_a_row_of_labels_stands_above_a_row_of_answers(cell: str) -> None:
    head = "".join(f"<{cell}>{one}</{cell}>" for one in LABELS)
    row = "".join(f"<td>{one}</td>" for one in GIVEN)

    assert_all_found(evidence(html=f"<p>Hello,</p><table><tr>{head}</tr><tr>{row}</tr></table><p>Mei Chan</p>"))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{label}\n{answer}\n\n", id="bare"),
        pytest.param("{label}\n\n{answer}\n\n", id="bare with an empty line"),
        pytest.param("{label}\n{answer}\n", id="bare without empty lines"),
        pytest.param("{upper}\n{answer}\n\n", id="capitals"),
        pytest.param("{upper}\n\n{answer}\n\n", id="capitals with an empty line"),
        pytest.param("## {label}\n\n{answer}\n\n", id="hash signs"),
        pytest.param("{label}\n{dash}\n{answer}\n\n", id="underlined"),
        pytest.param("Q: {label}?\nA: {answer}\n\n", id="question and answer"),
        pytest.param("Q{number}: {label}\nA{number}: {answer}\n", id="numbered question and answer"),
        pytest.param("| {number} | {label} | {answer} |\n", id="a table of bars"),
        pytest.param("#{number}: {label}: {answer}\n", id="behind numbers with hash signs"),
        pytest.param("Ad {number}: {label} - {answer}\n", id="ad 1"),
        pytest.param("- {lower} - {answer}\n", id="dashes in lower case"),
        pytest.param("{lower} - {answer}\n", id="lower case"),
    ],
)
def test_answers_are_found_in_any_layout_of_plain_text(line: str) -> None:
    assert_all_found(evidence(text=f"Hello,\n\n{laid_out(line)}\n\nMei Chan\n"))


def test_answers_are_found_below_a_row_of_labels_between_bars() -> None:
    rows = ("| " + " | ".join(LABELS) + " |", "|" + "---|" * len(LABELS), "| " + " | ".join(GIVEN) + " |")

    assert_all_found(evidence(text="Hello,\n\n{}\n{}\n{}\n\nMei Chan\n".format(*rows)))


@pytest.mark.parametrize(
    "lines", ["{label}\n\n", "{upper}\n\n", "## {label}\n\n", "| {number} | {label} |  |\n", "{number}. {label}\n"]
)
def test_labels_without_answers_give_nothing(lines: str) -> None:
    assert set(evidence(text=f"Hello,\n\n{laid_out(lines)}")) & set(ANSWERS) == set()


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        ("Detailed description of the issue", "description"),
        ("Troubleshooting already completed", "troubleshooting"),
        ("What was tried?", "troubleshooting"),
        ("UPGRADES / DOWNGRADES", "recent-changes"),
        ("Console CPM / APM", "console-output"),
        ("Auswirkung auf das Geschäft", "business-impact"),
        ("発生日時", "timeline"),
        ("Network is down since Monday", None),
        ("The impact is high", None),
        ("Sev-3", None),
        ("Recent changes: none", None),
        ("", None),
    ],
)
def test_a_heading_is_a_line_that_says_nothing_besides(line: str, topic: str | None) -> None:
    assert heading_topic(line, {}) == topic


@pytest.mark.parametrize(
    "text",
    [
        "this is SEVERITY 1 for us\n\nThe heading is misspelt.",
        "THE BUSINESS STANDS STILL!\n\nPlease call.",
        "Since Monday the sessions drop\n\nPlease call.",
    ],
)
def test_a_sentence_is_no_heading_however_it_is_shown(text: str) -> None:
    bold = text.splitlines()[0]

    assert [one.topic for one in passages(text, headings=(bold,))] == [None, None]


def test_words_in_bold_at_the_beginning_of_a_sentence_are_part_of_it() -> None:
    (one,) = passages("Since Monday the sessions drop.", headings=("Since Monday",))

    assert (one.topic, one.text) == (None, "Since Monday the sessions drop.")


def test_a_line_that_ends_well_before_the_others_ends_its_sentence() -> None:
    text = (
        "our X60 in the main data centre drops sessions of all applications in the two\n"
        "security zones and recovers after some minutes\n\n"
        "we swapped the module and rebooted\nsince Sunday 1 March 22:10 it drops them\n"
    )

    assert [one.text for one in passages(text)][1:] == [
        "we swapped the module and rebooted",
        "since Sunday 1 March 22:10 it drops them",
    ]


def test_lines_that_a_program_broke_go_on() -> None:
    text = "- deployment: how do I find out whether it is inline or explicit? the man who set\n  it up has left us"

    assert [one.text for one in passages(text)] == [
        "how do I find out whether it is inline or explicit?",
        "the man who set it up has left us",
    ]


@pytest.mark.parametrize("words", [str.upper, str.lower])
def test_headings_of_the_html_are_found_in_its_plain_twin(words: Callable[[str], str]) -> None:
    text = "".join(f"{words(label)}\n\n{answer}\n\n" for label, answer in ANSWERS.values())

    assert_all_found(evidence(text=f"Hello,\n\n{text}", html=laid_out("<h3>{label}</h3><p>{answer}</p>")))
