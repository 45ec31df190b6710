"""Every template read against sample orders, before a customer does."""

from collections.abc import Iterator, Mapping

from mailproc.desk.decision import Order
from mailproc.desk.form import ANSWER, END
from mailproc.writing.render import Page, TemplateMistake, Templates, syntax_mistakes
from mailproc.writing.samples import LETTERS, samples


def check_templates(sources: Mapping[str, str]) -> tuple[str, ...]:
    """All mistakes of these templates (sources by file name) at once: file, line and what to do; empty for none.

    Files that are missing, files that do not compile, and facts that a template names and a letter does not have: each
    letter is written with as many facts as there can be, with as few, and late.
    """
    broken = (*_missing(sources), *syntax_mistakes(sources))
    if broken:
        return broken
    templates = Templates(sources)
    found = (_mistakes(templates, order) for letter in LETTERS for order in samples(letter))
    return tuple(dict.fromkeys(mistake for mistakes in found for mistake in mistakes))


def _missing(sources: Mapping[str, str]) -> Iterator[str]:
    wanted = (f"{letter}.{kind}.j2" for letter in LETTERS for kind in ("txt", "html"))
    return (
        f"{name} is missing: restore it, or copy it from the templates that ship"
        for name in wanted
        if name not in sources
    )


def _mistakes(templates: Templates, order: Order) -> Iterator[str]:
    try:
        page = templates.page(order)
    except TemplateMistake as mistake:
        yield str(mistake)
    else:
        if any(item.fill_in for item in order.facts.asked):
            yield from _forms_lost(order.template, page)


def _forms_lost(letter: str, page: Page) -> Iterator[str]:
    """A form that could not be read back from a reply."""
    if letter != "missing-details":
        return
    for kind, said in (("txt", page.text), ("html", page.html)):
        if ANSWER not in said or END not in said:
            yield (
                f"{letter}.{kind}.j2: write “{ANSWER}” below each item that words answer, and “{END}” below the last "
                "one: answers are found by these words"
            )
