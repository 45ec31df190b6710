"""Our asking letter, filled in as mail programs let people fill it in, and read back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import EmailMessage
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailproc.adapters.templates import load_templates
from mailproc.desk.decision import AskedItem
from mailproc.desk.policy import Policy, Requirement
from mailproc.desk.words import form
from mailproc.desk.words.form import ANSWER, END, FilledIn, beside_the_form, filled_in
from mailproc.reading.parse import read
from mailproc.writing.render import Page
from mailproc.writing.samples import sample

ASKED = (
    Requirement(id="tech-support", label="show-tech-support output", why="w", how="h", given_by="files", kinds=("x",)),
    Requirement(id="timeline", label="Time line of the problem", why="for the logs", how="When it began"),
    Requirement(id="business-impact", label="Business impact", why="for the level", how='Who is affected; "none" too'),
    Requirement(id="recent-changes", label="Recent upgrades or downgrades", why="they matter", how="What and when"),
)
POLICY = Policy(name="p", title="P", levels=dict(sample("missing-details").facts.policy.levels), requirements=ASKED)
ANSWERS = ("it has no power", "since Monday, 09:10", "40 users in Kwai Chung\ncannot print labels", "none")
FILLED = (
    FilledIn(item="tech-support", words=ANSWERS[0]),
    FilledIn(item="timeline", words=ANSWERS[1]),
    FilledIn(item="business-impact", words=ANSWERS[2]),
    FilledIn(item="recent-changes", words=ANSWERS[3]),
)
INTRODUCTION = "On Tue, 3 Mar 2026 at 10:00, Example Networks Support <s@vendor.example> wrote:\n"


def letter(language: str = "en") -> Page:
    order = sample("missing-details")
    asked = tuple(AskedItem(id=one.id, label=one.label, why=one.why, how=one.how) for one in ASKED)
    return load_templates().page(replace(order, language=language, facts=replace(order.facts, asked=asked)))


def quoted(lines: list[str], mark: str) -> list[str]:
    return [f"{mark}{line}".rstrip() for line in lines]


def fill(mark: str, *, behind: bool, below_mark: str, gap: bool = False, language: str = "en") -> str:
    """The text of the letter, each line behind `mark`, with answers behind "Answer:" or below it."""
    answers = iter(ANSWERS)
    made: list[str] = []
    for line in letter(language).text.split("\n"):
        made += quoted([line], mark)
        if line.strip() in form.ANSWERS:
            first, *others = next(answers).split("\n")
            made += [""] if gap else []
            if behind:
                made[-1] = f"{made[-1]} {first}"
                made += quoted(others, below_mark)
            else:
                made += quoted([first, *others], below_mark)
    return "\n".join(made)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(fill("> ", behind=True, below_mark="> "), id="typed into the quotation"),
        pytest.param(fill("> ", behind=True, below_mark=""), id="typed into the quotation and on"),
        pytest.param(fill("> ", behind=False, below_mark=""), id="typed below, as usual on Usenet"),
        pytest.param(fill("> ", behind=False, below_mark="", gap=True), id="typed below after an empty line"),
        pytest.param(fill("> > ", behind=False, below_mark="> "), id="answered, then quoted by a colleague"),
        pytest.param(fill("| ", behind=True, below_mark="| "), id="quoted behind a bar"),
        pytest.param(fill("", behind=True, below_mark=""), id="without any quotation, as Outlook does"),
        pytest.param(fill("", behind=False, below_mark=""), id="below, without any quotation"),
        pytest.param(fill("> ", behind=True, below_mark="> ", language="de"), id="in German, typed into the quotation"),
        pytest.param(fill("", behind=False, below_mark="", language="de"), id="in German, below"),
    ],
)
@pytest.mark.parametrize("above", ["", "Hello,\n\nsee below.\n\nMei\n\n" + INTRODUCTION])
def test_the_form_reads_back_whatever_the_mail_program_does(text: str, above: str) -> None:
    assert filled_in(above + text, POLICY) == FILLED


def test_the_form_reads_back_from_html() -> None:
    html = letter().html
    for answer in ANSWERS:
        html = html.replace("Answer: </li>", f"Answer: {answer.replace(chr(10), '<br>')}</li>", 1)
    message = EmailMessage()
    message["From"], message["Message-ID"], message["Subject"] = (
        "mei.chan@harbour.example",
        "<1@harbour.example>",
        "Re: x",
    )
    message.set_content(f"<p>See below.</p><blockquote>{html}</blockquote>", subtype="html")
    assert filled_in(read(message.as_bytes()).text, POLICY) == FILLED


def as_html(page_html: str, changes: Sequence[tuple[str, str]]) -> str:
    """The letter's HTML as an editor has it after its reader typed the answers in."""
    for answer in ANSWERS:
        page_html = page_html.replace("Answer: </li>", f"Answer: {answer.replace(chr(10), '<br>')}</li>", 1)
        page_html = page_html.replace("Answer: \n</li>", f"Answer: {answer.replace(chr(10), '<br>')}\n</li>", 1)
    for old, new in changes:
        page_html = page_html.replace(old, new)
    return page_html


OUTLOOK = (
    ("<li", "<p class=MsoNormal"),
    ("</li>", "<o:p></o:p></p>"),
    ("<ol", "<div"),
    ("</ol>", "</div>"),
    ("<br>", "</p><p class=MsoNormal>"),
)
APPLE = (("<p", "<div><br></div><div"), ("</p>", "</div>"), ("Answer: ", "Answer:&nbsp;"))
PHONE = (("<br>", " "), ("<li", "<span"), ("</li>", "</span> "), ("<ol", "<span"), ("</ol>", "</span>"))
HEADER = (
    '<div id="divRplyFwdMsg"><b>From:</b> Example Networks Support<br><b>Sent:</b> Tuesday, 3 March 2026 10:00<br>'
    "<b>To:</b> Mei Chan<br><b>Subject:</b> We need 3 more details</div>"
)


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        pytest.param(f"<p>See below.</p><hr>{HEADER}", OUTLOOK, "", id="Outlook: paragraphs, no list, no quotation"),
        pytest.param(
            '<div>Hi</div><div class="gmail_quote"><div>On Tue, Support wrote:<br></div><blockquote>',
            (),
            "</blockquote></div>",
            id="Gmail: a quotation",
        ),
        pytest.param('<blockquote type="cite">', APPLE, "</blockquote>", id="Apple Mail: divisions and hard spaces"),
        pytest.param("<div>Sent from my phone</div>", PHONE, "", id="a phone: all of the form in one line"),
    ],
)
def test_the_form_reads_back_from_the_html_of_mail_programs(
    before: str, changes: Sequence[tuple[str, str]], after: str
) -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "mei.chan@harbour.example", "<1@harbour.example>"
    message.set_content(f"{before}{as_html(letter().html, changes)}{after}", subtype="html")
    read_back = filled_in(read(message.as_bytes()).text, POLICY)
    assert [(one.item, one.words.split()) for one in read_back] == [(one.item, one.words.split()) for one in FILLED]


def rewrapped(text: str, width: int, mark: str) -> str:
    """Quoted lines broken at a width, each rest on a line of its own, as programs do that fold long lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        bare = line.removeprefix(mark)
        lines += [f"{mark}{one}" for one in wrap(bare, width)] or [mark.rstrip()]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(rewrapped(fill("> ", behind=True, below_mark="> "), 28, "> "), id="every line folded at 28"),
        pytest.param(fill("", behind=True, below_mark="").replace("\n", "\n\n"), id="every line double-spaced"),
        pytest.param(fill("", behind=False, below_mark="").replace("\n", "\n\n"), id="below, double-spaced"),
        pytest.param("\n".join(line.lstrip() for line in fill("", behind=True, below_mark="").split("\n")), id="flush"),
        pytest.param(re.sub(r"(?m)^ *\d\. ", "", fill("", behind=True, below_mark="")), id="numbers lost"),
        pytest.param(re.sub(r"(?m)^ *\d\. ", "• ", fill("", behind=True, below_mark="")), id="bullets for numbers"),
        pytest.param(" ".join(fill("", behind=True, below_mark="").split()), id="run together"),
        pytest.param(fill("> ", behind=True, below_mark="> ").replace("Answer:", "*Answer:*"), id="bold as stars"),
        pytest.param(fill("> ", behind=True, below_mark="> ").replace("\n>\n", "\n"), id="empty lines lost"),
        pytest.param(fill("", behind=False, below_mark="").replace("\n\n", "\n"), id="empty lines lost, below"),
    ],
)
def test_the_form_reads_back_however_its_lines_are_broken(text: str) -> None:
    read_back = filled_in(text, POLICY)
    assert [(one.item, one.words.split()) for one in read_back] == [(one.item, one.words.split()) for one in FILLED]


@pytest.mark.parametrize("mark", ["Answer :", "ANSWER:", "answer:", "Answer：", "Answer", "Answer -", "ANSWER ="])
@pytest.mark.parametrize("quotation", ["> ", "", "MC> ", "# ", "| "])
def test_the_word_before_an_answer_may_be_altered(mark: str, quotation: str) -> None:
    text = fill(quotation, behind=True, below_mark=quotation).replace(ANSWER, mark)
    assert filled_in(text, POLICY) == FILLED


@pytest.mark.parametrize("quotation", ["> ", "", "MC> ", "# "])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_word_before_an_answer_may_be_overwritten(quotation: str, language: str) -> None:
    text = fill(quotation, behind=True, below_mark=quotation, language=language)
    assert filled_in(re.sub("(Answer|Antwort): ", "", text), POLICY) == FILLED


@pytest.mark.parametrize("quotation", ["> ", ""])
def test_an_answer_may_stand_above_the_word_or_behind_the_reason(quotation: str) -> None:
    below = fill(quotation, behind=False, below_mark=quotation)
    above = re.sub(rf"({quotation} +{ANSWER})\n(.+(?:\n.*cannot print labels)?)", r"\2\n\1", below)
    behind = re.sub(rf"\n{quotation} +{ANSWER}\n(?:> )?(.+)", r" \1", below)

    assert above.index(ANSWERS[0]) < above.index(f"{quotation}     {ANSWER}")
    assert filled_in(above, POLICY) == FILLED
    assert [(one.item, one.words) for one in filled_in(behind, POLICY)] == [(one.item, one.words) for one in FILLED]


@pytest.mark.parametrize(
    "put",
    [
        pytest.param("Answer: </li><li>{}</li>", id="in a list item of its own"),
        pytest.param("Answer: </li><li><br></li><li>{}</li>", id="after an empty one"),
        pytest.param("Answer: </li></ol><p>{}</p><ol>", id="below the list"),
        pytest.param("Answer: <div>{}</div></li>", id="in a division"),
        pytest.param("{}</li>", id="in the place of the word"),
    ],
)
@pytest.mark.parametrize("around", ["<blockquote>{}</blockquote>", "<hr>" + HEADER + "{}", "{}"])
def test_an_answer_may_be_typed_anywhere_in_the_list_of_the_html(put: str, around: str) -> None:
    typed = iter(put.format(answer.replace("\n", "<br>")) for answer in ANSWERS)
    html = re.sub(r"Answer: \n?</li>", lambda _: next(typed), letter().html)
    message = EmailMessage()
    message["From"], message["Message-ID"] = "mei.chan@harbour.example", "<1@harbour.example>"
    message.set_content(f"<p>Done.</p>{around.format(html)}", subtype="html")

    assert filled_in(read(message.as_bytes()).text, POLICY) == FILLED


def test_a_number_that_begins_an_answer_ends_nothing_and_a_date_stays_whole() -> None:
    text = f"1. Time line of the problem\nWhy: for the logs\n{ANSWER}\n2. März, 22:10\n\n{END}\n"
    assert filled_in(text, POLICY) == (FilledIn(item="timeline", words="2. März, 22:10"),)


def test_a_label_of_the_customers_own_is_no_part_of_the_form() -> None:
    own = "Business impact\n\n40 users wait.\n\n"
    assert filled_in(own + INTRODUCTION + "\n".join(quoted(letter().text.split("\n"), "> ")), POLICY) == ()


@pytest.mark.parametrize("quotation", ["", "MC> ", "# ", "| "])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_form_itself_is_no_part_of_what_the_customer_says(quotation: str, language: str) -> None:
    text = fill(quotation, behind=True, below_mark=quotation, language=language)
    left = beside_the_form(f"We wait for you.\n\n{text}", POLICY)

    assert "We wait for you." in left
    assert not [
        one for one in left.splitlines() if one.lstrip("MC>#| 1234.") in {*(one.label for one in ASKED), *ANSWERS}
    ]
    assert not re.search(r"(?m)^.{0,8}(Answer|Antwort|Why|Wozu):", left)


@pytest.mark.parametrize("text", ["", "We wait.\n", "Business impact: 40 users\n> 3. Business impact\n\nEnd\n"])
def test_a_text_without_the_form_stays_as_it_is(text: str) -> None:
    assert beside_the_form(text, POLICY) == text


@pytest.mark.parametrize("quotation", ["", "> "])
def test_a_letter_by_an_older_policy_answers_nothing_itself(quotation: str) -> None:
    asked = (one.model_copy(update={"how": "Another hint altogether", "why": f"{one.why} then"}) for one in ASKED)
    newer = POLICY.model_copy(update={"requirements": tuple(asked)})

    assert filled_in("\n".join(quoted(letter().text.split("\n"), quotation)), newer) == ()
    assert filled_in(fill(quotation, behind=True, below_mark=quotation), newer) == FILLED


def test_an_item_of_two_chassis_ends_the_answer_above_it() -> None:
    text = (
        f"1. Business impact\n{ANSWER} one office\n2. show-tech-support output of the second chassis\nOn the CPM type\n"
    )
    assert filled_in(text, POLICY) == (FilledIn(item="business-impact", words="one office"),)


def test_a_thing_in_an_engineers_own_words_ends_the_answer_above_it() -> None:
    text = f"1. Business impact\n{ANSWER} one office\n2. A photo of the LEDs\nWhy: he asks for it\n{ANSWER} later\n"
    assert filled_in(text, POLICY) == (FilledIn(item="business-impact", words="one office"),)


@pytest.mark.parametrize("changes", [OUTLOOK, APPLE, PHONE, ()])
def test_an_empty_form_answers_nothing_in_any_program(changes: Sequence[tuple[str, str]]) -> None:
    html = letter().html
    for old, new in changes:
        html = html.replace(old, new)
    message = EmailMessage()
    message["From"], message["Message-ID"] = "mei.chan@harbour.example", "<1@harbour.example>"
    message.set_content(html, subtype="html")
    text = read(message.as_bytes()).text
    assert filled_in(text, POLICY) == filled_in(" ".join(text.split()), POLICY) == ()


@pytest.mark.parametrize("mark", ["", "> ", "> > "])
def test_an_empty_form_answers_nothing(mark: str) -> None:
    page = letter()
    assert filled_in("\n".join(quoted(page.text.split("\n"), mark)), POLICY) == ()
    message = EmailMessage()
    message["From"], message["Message-ID"] = "mei.chan@harbour.example", "<1@harbour.example>"
    message.set_content(f"<blockquote>{page.html}</blockquote>", subtype="html")
    assert filled_in(read(message.as_bytes()).text, POLICY) == ()


def test_one_answer_alone_is_read_and_the_rest_stays_empty() -> None:
    text = letter().text.replace(f"{ANSWER}\n\nEnd", f"{ANSWER} firmware last week\n\nEnd")
    assert filled_in(text, POLICY) == (FilledIn(item="recent-changes", words="firmware last week"),)


def test_the_newest_filling_counts() -> None:
    newer = f"1. Business impact\n{ANSWER} the whole port\n\n{END}\n"
    older = f"> 1. Business impact\n> {ANSWER} one office\n>\n> {END}\n"
    assert filled_in(newer + older, POLICY) == (FilledIn(item="business-impact", words="the whole port"),)


def test_labels_that_a_program_made_bold_are_known() -> None:
    text = f"> 1. *Business impact*\n> *{ANSWER}* one office\n"
    assert filled_in(text, POLICY) == (FilledIn(item="business-impact", words="one office"),)


@given(st.text(st.sampled_from("> |\n*_1.) \t") | st.characters(), max_size=300))
def test_any_text_at_all_can_be_read(text: str) -> None:
    assert all(one.words for one in filled_in(f"Business impact\n{ANSWER}{text}\n{END}", POLICY))
