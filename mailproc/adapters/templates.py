"""The folder of templates: those that ship, and over them, file by file, those of the operator."""

import re
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from mailproc.writing.proofreading import check_templates
from mailproc.writing.render import TemplateMistake, Templates

_LANGUAGE = "en"
_CODE = re.compile(r"[a-z]{2,3}")  # ISO 639
_SUFFIX = ".j2"
_LARGEST = 256 * 1024


def load_templates(own_folder: Path | None = None) -> Templates:
    """The templates. `own_folder` holds the operator's, by language, or the English ones themselves.

    The operator's are compiled now, those that ship when they are first written. Raises TemplateMistake where a file
    cannot be read, or one of the operator's does not compile.
    """
    own = _own(own_folder) if own_folder else {}
    return Templates({**_that_ship(), **own}, own)


def mistakes(own_folder: Path | None = None) -> tuple[str, ...]:
    """Every mistake in the templates at once, each with its file and what to do; what `check-config` prints."""
    try:
        return check_templates(sources(own_folder))
    except TemplateMistake as mistake:
        return (str(mistake),)


def languages(own_folder: Path | None = None) -> tuple[str, ...]:
    """The languages besides English that there are letters in (ISO 639)."""
    return tuple(sorted({name.partition("/")[0] for name in sources(own_folder) if "/" in name}))


def sources(own_folder: Path | None = None) -> Mapping[str, str]:
    """Template sources by file name. Raises TemplateMistake where a file or folder cannot be read."""
    return {**_that_ship(), **(_own(own_folder) if own_folder else {})}


def _that_ship() -> dict[str, str]:
    shipped = _shipped()
    return {**_read_all(shipped / _LANGUAGE), **_other_languages(shipped)}


def _own(folder: Path) -> dict[str, str]:
    nested = folder / _LANGUAGE
    return {**_read_all(nested if nested.is_dir() else folder), **_other_languages(folder)}


def _shipped() -> Traversable:
    """Within the package where it was installed from a wheel; beside it in a checkout."""
    installed = files("mailproc") / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"


def _other_languages(folder: Traversable) -> dict[str, str]:
    """The templates of each folder that is called like a language, by names such as `de/closed.txt.j2`."""
    try:
        named = sorted(one.name for one in folder.iterdir() if _CODE.fullmatch(one.name) and one.is_dir())
    except OSError as trouble:
        raise TemplateMistake(f"{folder}: cannot be read ({trouble.strerror}): name a folder of templates") from None
    languages = (one for one in named if one != _LANGUAGE)
    return {f"{one}/{name}": source for one in languages for name, source in _read_all(folder / one).items()}


def _read_all(folder: Traversable) -> dict[str, str]:
    try:
        found = sorted((one for one in folder.iterdir() if one.name.endswith(_SUFFIX)), key=lambda one: one.name)
        return {one.name: _read(one) for one in found}
    except OSError as trouble:
        raise TemplateMistake(f"{folder}: cannot be read ({trouble.strerror}): name a folder of templates") from None


def _read(file: Traversable) -> str:
    content = file.read_bytes()
    if len(content) > _LARGEST:
        raise TemplateMistake(f"{file}: is larger than {_LARGEST // 1024} kB: is it a template?")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as mistake:
        row = content.count(b"\n", 0, mistake.start) + 1
        raise TemplateMistake(f"{file}, line {row}: is not UTF-8: save it as UTF-8") from None
