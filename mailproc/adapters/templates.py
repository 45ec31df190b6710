"""The folder of templates: those that ship, and over them, file by file, those of the operator."""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from mailproc.writing.proofreading import check_templates
from mailproc.writing.render import TemplateMistake, Templates

_LANGUAGE = "en"
_SUFFIX = ".j2"
_LARGEST = 256 * 1024


def load_templates(own_folder: Path | None = None) -> Templates:
    """The templates, compiled. `own_folder` holds the operator's, with or without a folder `en` in it.

    Raises TemplateMistake where a file cannot be read or does not compile.
    """
    return Templates(sources(own_folder))


def mistakes(own_folder: Path | None = None) -> tuple[str, ...]:
    """Every mistake in the templates at once, each with its file and what to do; what `check-config` prints."""
    try:
        return check_templates(sources(own_folder))
    except TemplateMistake as mistake:
        return (str(mistake),)


def sources(own_folder: Path | None = None) -> Mapping[str, str]:
    """Template sources by file name. Raises TemplateMistake where a file or folder cannot be read."""
    shipped = _read_all(_shipped())
    if own_folder is None:
        return shipped
    nested = own_folder / _LANGUAGE
    own = _read_all(nested if nested.is_dir() else own_folder)
    return {**shipped, **own}


def _shipped() -> Traversable:
    """Within the package where it was installed from a wheel; beside it in a checkout."""
    installed = files("mailproc") / "templates" / _LANGUAGE
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates" / _LANGUAGE


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
