"""Template + facts → subject, text and HTML.

Templates are files that an operator may edit, so they run in a sandbox, and a fact that is missing or None is an error,
never a blank. Every value is made harmless on its way out: one line without control characters, escaped in HTML; only
what a filter of ours has laid out may hold line breaks.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from traceback import extract_tb
from typing import Any

from jinja2 import (  # noqa: TID251 - its one door
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context  # noqa: TID251 - its one door
from jinja2.sandbox import SandboxedEnvironment  # noqa: TID251 - its one door
from markupsafe import Markup, escape

from mailproc.desk.decision import Order
from mailproc.desk.policy import Goal, Target
from mailproc.reading.formatting import harmless
from mailproc.writing import digest, languages, wording
from mailproc.writing.context import context_of

DEFAULT = "en"
"""The language of staff, and of customers in whose own there is no letter."""

_BLANK_LINES = re.compile(r"\n{3,}")  # what parts left out leave behind
_REACHED = re.compile(r"(\+\d[\d ()./-]{5,28}\d)|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LINK = Markup('<a href="{}" style="white-space: nowrap;">{}</a>')
_WHILE_RENDERING = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""What an expression that an operator wrote may raise."""


class Block(str):
    """Text that a filter has laid out: its line breaks are meant."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a letter says. The subject is one line without the tag; the text ends with a line break."""

    subject: str
    text: str
    html: str


class TemplateMistake(Exception):  # noqa: N818 - the trade's word
    """A template that cannot be used: file, line, and what to do."""


class Templates:
    """Templates compiled once, from sources by file name: `acknowledgement.txt.j2`, `de/acknowledgement.txt.j2`.

    Names without a folder are the English ones; a letter that a language lacks is written in English.
    """

    def __init__(self, sources: Mapping[str, str], own: Collection[str] | None = None) -> None:
        """Compile those in `own` now, all where it is None, the others when they are first written.

        Raises TemplateMistake at the first that does not compile.
        """
        self._sources = sources
        self._environment = _environment(sources)
        try:
            for name in sources if own is None else own:
                self._environment.get_template(name)
        except TemplateSyntaxError as mistake:
            raise TemplateMistake(_misspelt(mistake)) from None

    def page(self, order: Order) -> Page:
        """The letter in words.

        Raises TemplateMistake where a file is missing, or says what the facts do not hold.
        """
        language = self.language_of(order)
        letter = order.template if language == DEFAULT else f"{language}/{order.template}"
        said = context_of(order, language)
        head, _, text = self._rendered(f"{letter}.txt.j2", said).partition("\n")
        if not head.startswith("Subject: "):
            raise TemplateMistake(f"{letter}.txt.j2, line 1: begin with a line `Subject: …`, then a blank line")
        title = wording.line(head.removeprefix("Subject: "))
        html = self._rendered(f"{letter}.html.j2", {**said, "title": title})
        return Page(subject=title, text=_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n", html=html.strip() + "\n")

    def language_of(self, order: Order) -> str:
        """The language that the letter will be in: the one ordered, where both its parts are there in it."""
        both = (f"{order.language}/{order.template}.{kind}.j2" for kind in ("txt", "html"))
        return order.language if all(one in self._sources for one in both) else DEFAULT

    def _rendered(self, name: str, said: Mapping[str, Any]) -> str:
        if name not in self._sources:
            raise TemplateMistake(f"{name} is missing: restore it, or copy it from the templates that ship")
        try:
            return self._environment.get_template(name).render(said)
        except TemplateSyntaxError as mistake:
            raise TemplateMistake(_misspelt(mistake)) from None
        except _WHILE_RENDERING as mistake:
            raise TemplateMistake(_told(mistake, name)) from None


def syntax_mistakes(sources: Mapping[str, str]) -> Iterator[str]:
    """Each template that does not compile, with its line."""
    environment = _environment(sources)
    for name in sources:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as mistake:
            yield _misspelt(mistake)


class _Environment(SandboxedEnvironment):
    """Templates that name their parts as they are called: a part of the same language goes before the English one."""

    def join_path(self, template: str, parent: str) -> str:
        """Which file `template` is within `parent`; `en/NAME` is the English one wherever it is named."""
        if template.startswith(f"{DEFAULT}/"):
            return template.removeprefix(f"{DEFAULT}/")
        folder = parent.rpartition("/")[0]
        own = f"{folder}/{template}"
        return own if folder and own in self.sources else template

    sources: Mapping[str, str]


def _environment(sources: Mapping[str, str]) -> SandboxedEnvironment:
    environment = _Environment(
        loader=FunctionLoader(_loader(sources)),
        undefined=StrictUndefined,
        autoescape=_is_html,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.sources = sources
    environment.filters.update(
        bar=digest.bar,
        cells=digest.cells_filled,
        local=_local,
        listed=_listed,
        target=_target,
        aimed=_aimed,
        dialled=_dialled,
        short=wording.shortened,
        span=wording.span_of_time,
        wrap=_wrap,
        excerpt=_excerpt,
        quoted=_quoted,
        verbatim=_verbatim,
        paragraphs=_paragraphs,
        formatted=_formatted,
        commands=_commands,
        whole=_whole,
    )
    return environment


def _loader(sources: Mapping[str, str]) -> Callable[[str], tuple[str, str, Callable[[], bool]] | None]:
    """Finds a source by its name, and names it as its file: so that a mistake can be told with its line."""

    def found(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = sources.get(name)
        return None if source is None else (source, name, lambda: True)

    return found


def _misspelt(mistake: TemplateSyntaxError) -> str:
    return f"{mistake.name}, line {mistake.lineno}: {mistake.message}"


def _told(mistake: Exception, name: str) -> str:
    """Where and what. Words of an exception that is not jinja2's stay out: they may hold a customer's."""
    places = [frame for frame in extract_tb(mistake.__traceback__) if frame.filename.endswith(".j2")]
    where = f"{places[-1].filename}, line {places[-1].lineno}" if places else name
    told = str(mistake) if isinstance(mistake, TemplateError) else f"{type(mistake).__name__} in this expression"
    return f"{where}: {told}"


def _is_html(name: str | None) -> bool:
    return name is None or not name.endswith(".txt.j2")


def _harmless(value: object) -> object:
    """What jinja2 puts out for a value; an undefined one raises by itself when it is turned into words."""
    if value is None:
        raise UndefinedError("a fact is None here: ask with {% if … %} before naming it")
    if isinstance(value, (Markup, Block)) or not isinstance(value, str):
        return value
    return wording.line(value)


@pass_context
def _local(context: Context, at: datetime) -> str:
    """An aware moment in the reader's zone."""
    if at is None:
        raise UndefinedError("a time is None here: ask with {% if … %} before naming it")
    spoken = languages.language(context["language"])
    return wording.local_time(at, context["zone"], context["zone_name"], context["now"], spoken)


@pass_context
def _listed(context: Context, values: Iterable[str]) -> str:
    return wording.listed(tuple(values), languages.language(context["language"]))


@pass_context
def _target(context: Context, span: Target) -> str:
    return wording.target(span, languages.language(context["language"]))


@pass_context
def _aimed(context: Context, goal: Goal) -> str:
    """By when a goal is aimed at: "in 5 to 10 days", or in the policy's words, the customer's plan behind them."""
    spoken, plan = languages.language(context["language"]), context["plan"]
    if goal.latest is None:
        return f"{goal.by} ({wording.line(plan)})" if goal.names_plan and plan else goal.by
    latest = wording.target(goal.latest, spoken)
    if goal.earliest is None:
        return f"in {latest}"
    same = goal.earliest.unit == goal.latest.unit
    return f"in {goal.earliest.amount if same else wording.target(goal.earliest, spoken)} {spoken.until} {latest}"


def _dialled(value: str) -> Markup:
    """HTML of one line in which telephone numbers and addresses can be tapped (RFC 3966, RFC 6068)."""
    words = wording.line(value)
    made, end = Markup(), 0
    for match in _REACHED.finditer(words):
        to = f"tel:+{''.join(re.findall(r'[0-9]', match[0]))}" if match[1] else f"mailto:{match[0]}"
        made += escape(words[end : match.start()]) + _LINK.format(to, match[0])
        end = match.end()
    return made + escape(words[end:])


def _wrap(value: str, prefix: str = "") -> Block:
    return Block(wording.wrapped(value, prefix))


def _excerpt(value: str) -> Block:
    return Block(wording.excerpt(value))


def _quoted(value: str) -> Block:
    return Block(wording.quoted(value))


def _verbatim(value: str) -> Block:
    return Block(wording.lines(value).strip("\n"))


def _formatted(value: str) -> Markup:
    """HTML of a person's words, made harmless once more at the last door."""
    return Markup(harmless(value))  # noqa: S704 - what nh3 has cleaned


def _paragraphs(value: str) -> Markup:
    """Words as HTML: blank lines part paragraphs, line breaks and indents are kept."""
    blocks = re.split(r"\n\s*\n", wording.lines(value).strip("\n").expandtabs(4))
    return Markup("\n").join(Markup("<p>{}</p>").format(_with_breaks(block)) for block in blocks)


def _with_breaks(block: str) -> Markup:
    return Markup("<br>\n").join(_indented(one) for one in block.split("\n"))


def _indented(text: str) -> Markup:
    bare = text.lstrip(" ")
    return Markup("&nbsp;") * (len(text) - len(bare)) + escape(bare).replace("  ", Markup("&nbsp; "))


def _commands(value: str) -> Markup:
    """One line as HTML, commands as <code>."""
    return Markup("").join(
        _whole(part, "code") if position % 2 else escape(part) for position, part in enumerate(wording.spans(value))
    )


def _whole(value: str, element: str = "span") -> Markup:
    """A number or a command that stays on one line, if a phone has room for it."""
    style = Markup(' style="white-space: nowrap;"') if len(value) <= 32 else ""
    return Markup("<{0}{1}>{2}</{0}>").format(element, style, wording.line(value))
