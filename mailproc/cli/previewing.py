"""`preview`: letters as their readers would see them, from sample facts."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from mailproc.adapters.templates import load_templates
from mailproc.cli.output import say
from mailproc.config import ConfigurationMistakes, load_policy, read_settings
from mailproc.writing.example import POLICY
from mailproc.writing.render import Page
from mailproc.writing.samples import LETTERS
from mailproc.writing.samples import preview as previewed


def preview(
    context: typer.Context,
    letter: Annotated[str | None, typer.Argument(help="Its name; all names where left out.")] = None,
    html: Annotated[bool, typer.Option("--html", help="The HTML part instead of the text.")] = False,
    language: Annotated[str, typer.Option(help="As its readers of this language would see it, such as de.")] = "en",
    policy: Annotated[str | None, typer.Option(help="By this policy, with its items and levels.")] = None,
    into: Annotated[Path | None, typer.Option(help="Write it, or all letters, as text and HTML into a folder.")] = None,
) -> None:
    """Letters as their readers would see them, from sample facts."""
    if letter is None and into is None:
        for name in LETTERS:
            say(name)
        return
    if letter is not None and letter not in LETTERS:
        raise ConfigurationMistakes([f"{letter}: there is no such letter; there are {', '.join(LETTERS)}"])
    config: Path | None = context.obj
    templates = load_templates(read_settings(config, os.environ).file.templates_dir if config else None)
    named = load_policy(policy, config.parent if config else None) if policy else POLICY
    pages = {name: previewed(name, templates, language, named) for name in ((letter,) if letter else LETTERS)}
    if into is not None:
        _written(pages, into)
        return
    for page in pages.values():
        say(page.html if html else f"Subject: {page.subject}\n\n{page.text}")


def _written(pages: Mapping[str, Page], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (folder / f"{name}.txt").write_text(f"Subject: {page.subject}\n\n{page.text}", encoding="utf-8")
            (folder / f"{name}.html").write_text(page.html, encoding="utf-8")
    except OSError as trouble:
        raise ConfigurationMistakes([f"{folder}: cannot be written ({trouble.strerror}): name a folder"]) from None
    say(f"{folder}: {len(pages)} letters as text and HTML.")
