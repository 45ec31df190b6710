"""Every template read against sample orders, before a customer does."""

import re
from collections.abc import Iterator, Mapping

from mailproc.desk.decision import Order
from mailproc.desk.words.form import ANSWER, ANSWERS, END, ENDS
from mailproc.writing.render import DEFAULT, Page, TemplateMistake, Templates, syntax_mistakes
from mailproc.writing.samples import LETTERS, samples

_NAMED = re.compile(rf"[\"“„](?:{'|'.join(map(re.escape, ANSWERS))})")
_ASKING = ("missing-details", "phone-us-now", "reminder")


def check_templates(sources: Mapping[str, str]) -> tuple[str, ...]:
    """All mistakes of these templates (sources by file name) at once: file, line and what to do; empty for none.

    Files that are missing, files that do not compile, and facts that a template names and a letter does not have: each
    letter is written with as many facts as there can be, with as few, and late.
    """
    broken = (*_missing(sources), *_halves(sources), *syntax_mistakes(sources))
    if broken:
        return broken
    templates = Templates(sources)
    found = (
        _mistakes(templates, order)
        for language in (DEFAULT, *_languages(sources))
        for letter in LETTERS
        for order in samples(letter, language)
    )
    return tuple(dict.fromkeys(mistake for mistakes in found for mistake in mistakes))


def _missing(sources: Mapping[str, str]) -> Iterator[str]:
    wanted = (f"{letter}.{kind}.j2" for letter in LETTERS for kind in ("txt", "html"))
    return (
        f"{name} is missing: restore it, or copy it from the templates that ship"
        for name in wanted
        if name not in sources
    )


def _languages(sources: Mapping[str, str]) -> tuple[str, ...]:
    """The languages besides English that there are templates in."""
    return tuple(sorted({name.partition("/")[0] for name in sources if "/" in name}))


def _halves(sources: Mapping[str, str]) -> Iterator[str]:
    """Letters of another language of which one part is missing: they would never be used."""
    for name in sources:
        folder, _, file = name.rpartition("/")
        letter, kind = file.removesuffix(".j2").rpartition(".")[::2]
        other = f"{folder}/{letter}.{'html' if kind == 'txt' else 'txt'}.j2"
        if folder and letter in LETTERS and other not in sources:
            yield f"{other} is missing: a letter needs its text and its HTML in the same language"


def _mistakes(templates: Templates, order: Order) -> Iterator[str]:
    try:
        page = templates.page(order)
    except TemplateMistake as mistake:
        yield str(mistake)
    else:
        raised = order.template == "phone-us-now" and order.facts.level_before
        if order.facts.asked and not raised:
            language = templates.language_of(order)
            yield from _forms_lost(order.template, page, "" if language == DEFAULT else f"{language}/")


def _forms_lost(letter: str, page: Page, place: str) -> Iterator[str]:
    """A form that could not be read back from a reply; `place` is the folder of its language."""
    if letter not in _ASKING:
        return
    for kind, said in (("txt", page.text), ("html", page.html)):
        rooms = _NAMED.sub("", said)  # without the sentence that names the word
        if not any(one in rooms for one in ANSWERS) or not any(one in rooms for one in ENDS):
            yield (
                f"{place}{letter}.{kind}.j2: write “{ANSWER}” below each item, and “{END}” below the "
                "last one: answers are found by these words"
            )
