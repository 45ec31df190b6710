"""Every letter as its reader gets it, kept in tests/letters.

REWRITE_LETTERS=1 writes them anew: read the diff.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mailproc.adapters.templates import load_templates
from mailproc.config import load_policy, shipped_policies
from mailproc.desk.completeness import assess
from mailproc.desk.decision import Order
from mailproc.desk.policy import Policy
from mailproc.desk.translation import in_language, untranslated
from mailproc.reading.parse import read
from mailproc.writing.languages import GERMAN
from mailproc.writing.render import Templates
from mailproc.writing.samples import LETTERS, TO_CUSTOMERS, preview, sample, samples
from mailproc.writing.wording import WIDTH, columns

MAILS = Path(__file__).parents[1] / "mails"
KEPT = Path(__file__).parents[1] / "letters"
IN_ANOTHER_LANGUAGE = [("de", letter) for letter in TO_CUSTOMERS]
EVERY_ORDER = [
    pytest.param(order, id=f"{letter}-{make}") for letter in LETTERS for make, order in enumerate(samples(letter))
] + [
    pytest.param(order, id=f"{language}-{letter}-{make}")
    for language, letter in IN_ANOTHER_LANGUAGE
    for make, order in enumerate(samples(letter, language))
]


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_templates()


@pytest.mark.parametrize(("language", "letter"), [*(("en", letter) for letter in LETTERS), *IN_ANOTHER_LANGUAGE])
def test_a_letter_reads_as_it_did_when_it_was_reviewed(language: str, letter: str, templates: Templates) -> None:
    page = preview(letter, templates, language)
    folder = KEPT if language == "en" else KEPT / language
    text, html = folder / f"{letter}.txt", folder / f"{letter}.html"
    if os.environ.get("REWRITE_LETTERS"):
        text.write_text(f"Subject: {page.subject}\n\n{page.text}", encoding="utf-8")
        html.write_text(page.html, encoding="utf-8")
    assert text.read_text(encoding="utf-8") == f"Subject: {page.subject}\n\n{page.text}"
    assert html.read_text(encoding="utf-8") == page.html


def test_no_letter_is_kept_that_is_no_longer_written() -> None:
    assert {one.stem for one in KEPT.iterdir() if one.is_file()} == set(LETTERS)
    assert {(one.parent.name, one.stem) for one in KEPT.glob("??/*")} == set(IN_ANOTHER_LANGUAGE)


@pytest.mark.parametrize("order", EVERY_ORDER)
def test_the_text_part_is_72_columns_wide(order: Order, templates: Templates) -> None:
    words = order.facts.words.split("\n") if order.template == "relayed" else []
    lines = templates.page(order).text.split("\n")
    assert [one for one in lines if columns(one) > WIDTH and one not in words] == []
    assert "\n\n\n" not in templates.page(order).text


@pytest.mark.parametrize("order", EVERY_ORDER)
def test_the_html_part_is_small_and_loads_nothing(order: Order, templates: Templates) -> None:
    html = templates.page(order).html
    assert len(html.encode()) < 30_000
    assert not re.search(r"src=|url\(|https?:|<(img|link|script|iframe|object|form)|@import", html, re.IGNORECASE)


@pytest.mark.parametrize("order", EVERY_ORDER)
def test_the_elements_of_the_html_part_are_closed_in_order(order: Order, templates: Templates) -> None:
    html = re.sub(r"(?s)<!.*?>|<style>.*?</style>", "", templates.page(order).html)
    open_now: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z][a-z0-9]*)[^<>]*>", html):
        if name in ("meta", "br"):
            continue
        if closing:
            assert open_now.pop() == name
        else:
            open_now.append(name)
    assert open_now == []


@pytest.mark.parametrize("letter", LETTERS)
def test_an_automatic_letter_says_why_it_came_and_that_a_machine_wrote_it(letter: str, templates: Templates) -> None:
    page = templates.page(sample(letter))
    text, html = (" ".join(one.split()) for one in (page.text, page.html))
    automatic = letter != "relayed"
    about = "" if letter == "digest" else " from SR 2-000000042"
    assert (f"This letter was written automatically{about}." in text) is automatic
    assert ("You get this letter because " in text) is automatic
    assert ("This letter was written automatically" in html) is automatic


@pytest.mark.parametrize("letter", [one for one in TO_CUSTOMERS if one != "relayed"])
def test_a_german_letter_is_german_from_the_subject_to_its_reason(letter: str, templates: Templates) -> None:
    page = preview(letter, templates, "de")
    assert page.subject != preview(letter, templates).subject
    assert "Sie erhalten diesen Brief, weil " in " ".join(page.text.split())
    assert "Sie erhalten diesen Brief, weil " in page.html
    assert '<html lang="de">' in page.html
    for english in ("You ", " you ", "Answer", " the duty manager", "This letter", "and 1 more"):
        ours = page.text.split("Es fehlt noch")[0]
        assert english not in ours.replace("in your mail", "")


@pytest.mark.parametrize("letter", TO_CUSTOMERS)
def test_every_german_letter_says_how_to_reach_the_duty_manager(letter: str, templates: Templates) -> None:
    page = preview(letter, templates, "de")
    assert "Bereitschaftsleitung: +1 202 555 0143" in " ".join(page.text.split())
    assert "+1 202 555 0143" in page.html
    assert letter == "escalation-received" or ("eskalieren" in page.text and "<code>eskalieren</code>" in page.html)


@pytest.mark.parametrize("letter", TO_CUSTOMERS)
def test_every_letter_to_a_customer_says_how_to_reach_the_duty_manager(letter: str, templates: Templates) -> None:
    page = templates.page(sample(letter))
    assert "Duty manager: +1 202 555 0143" in " ".join(page.text.split())
    assert "+1 202 555 0143" in page.html
    assert letter == "escalation-received" or ("escalate" in page.text and "<code>escalate</code>" in page.html)


@pytest.mark.parametrize("letter", LETTERS)
def test_text_and_html_say_the_same(letter: str, templates: Templates) -> None:
    order = sample(letter)
    page = templates.page(order)
    facts = order.facts
    text = " ".join(page.text.split())
    labels = [one.label for one in (*facts.asked, *facts.optional)] + [one.label for one in facts.unusable]
    assert [one for one in labels if one in text] == [one for one in labels if one in page.html]


def test_nothing_is_promised_that_is_past(templates: Templates) -> None:
    _, _, _, late, _ = samples("acknowledgement")
    page = templates.page(late)
    assert "we are late" in " ".join(page.text.split())
    assert "we are late" in page.html
    assert "by Tue" not in page.text


def test_an_immediate_target_is_told_as_at_once(templates: Templates) -> None:
    order = sample("acknowledgement")
    critical = replace(order.facts.request, level=1)
    text = templates.page(replace(order, facts=replace(order.facts, request=critical))).text
    assert "We aim to respond at once, at any hour." in text
    assert "11:40" not in text


def test_one_missing_detail_is_not_asked_for_in_the_plural(templates: Templates) -> None:
    order = sample("missing-details")
    page = templates.page(replace(order, facts=replace(order.facts, asked=order.facts.asked[1:2])))
    assert page.subject == "We need 1 more detail: APM 4 reloads every hour"
    assert page.text.startswith("Please send one more detail for SR 2-000000042")


def test_the_form_names_each_item_on_a_line_of_its_own_with_room_for_the_answer(templates: Templates) -> None:
    order = sample("missing-details")
    lines = [one.strip() for one in templates.page(order).text.split("\n")]
    for number, item in enumerate(order.facts.asked, start=1):
        at = lines.index(f"{number}. {item.label}")
        assert "Answer:" in lines[at : lines.index("", at)]


def test_a_hundred_files_are_not_all_told(templates: Templates) -> None:
    order = sample("missing-details")
    many = tuple(replace(order.facts.unusable[0], label=f"file-{one}.txt") for one in range(100))
    page = templates.page(replace(order, facts=replace(order.facts, unusable=many, arrived=many)))
    assert page.text.count("and 88 more") == page.html.count("and 88 more") == 2


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"(?<![-\w])(background-color|color): (#[0-9a-f]{6})", css))


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_pair_of_colours_is_legible_by_day_and_by_night(templates: Templates) -> None:
    html = templates.page(sample("missing-details")).html
    style = re.search(r"(?s)<style>(.*?)</style>", html)
    assert style
    day, night = style[1].split("@media (prefers-color-scheme: dark)")
    rule = re.compile(r"(?m)^ *([.\w]+) \{ (.*?) \}")
    by_night = {name: _colours(body) for name, body in rule.findall(night)}
    by_day = {name: _colours(body) for name, body in rule.findall(day)}
    for name, body in re.findall(r'class="(\w+)"[^>]*? style="(.*?)"', html):
        by_day.setdefault(name, _colours(body))
    for sheet, prefix in ((by_day, ""), (by_night, ".")):
        page, box = sheet[f"{prefix}page"], sheet[f"{prefix}box"]
        grounds = (page["background-color"], box["background-color"], sheet["code"]["background-color"])
        words = [page["color"], sheet[f"{prefix}quiet"]["color"]]
        assert [(one, ground) for one in words for ground in grounds if _contrast(one, ground) < 4.5] == []
        assert _contrast(sheet["a"]["color"], page["background-color"]) >= 4.5


def _texts_of(policy: Policy) -> list[str]:
    """All that letters say of a policy, in one order."""
    items = [words for one in policy.requirements for words in (one.label, one.why, one.how)]
    levels = [words for one in policy.levels.values() for words in (one.name, *one.definition)]
    goals = [words for one in policy.levels.values() for goal in one.goals for words in (goal.name, goal.by)]
    return [*items, *levels, *goals]


@pytest.mark.parametrize("name", shipped_policies())
@pytest.mark.parametrize("letter", TO_CUSTOMERS)
def test_a_german_letter_says_nothing_of_the_policy_in_english(name: str, letter: str, templates: Templates) -> None:
    policy = load_policy(name)
    page = preview(letter, templates, "de", policy)
    both = zip(_texts_of(policy), _texts_of(in_language(policy, "de")), strict=True)
    said = f"{' '.join(page.text.split())} {' '.join(page.html.split())}"
    assert [english for english, german in both if english != german and f"{english} " in said] == []
    ours = ("in your mail", "we read", "it comes", "the site has", "of chassis", "second chassis", "You get")
    assert [one for one in ours if one in said] == []


@pytest.mark.parametrize("name", shipped_policies())
def test_what_ships_is_said_whole_in_german(name: str) -> None:
    assert untranslated(load_policy(name), "de") == ()


@pytest.mark.parametrize("saying", GERMAN.sayings)
def test_each_saying_of_the_desk_is_said_in_german(saying: str) -> None:
    english = saying.replace("{said}", "is empty").replace("{}", "x")
    assert GERMAN.said(english) != english
    assert "is empty" not in GERMAN.said(english)


def test_the_reasons_for_a_level_that_mails_bring_are_all_said_in_german() -> None:
    policy = load_policy("x-series")
    reasons = {assess(read(one.read_bytes()), policy).level.because for one in MAILS.glob("**/*.eml")}
    assert len(reasons) > 5
    assert [one for one in reasons if GERMAN.said(one) == one] == []


def test_words_of_a_person_stay_as_they_are() -> None:
    assert GERMAN.said("the last link is down now") == "the last link is down now"


def test_a_telephone_number_and_an_address_can_be_tapped(templates: Templates) -> None:
    html = templates.page(sample("phone-us-now")).html
    assert 'href="tel:+12025550143"' in html
    assert 'href="mailto:duty-manager@vendor.example"' in html
