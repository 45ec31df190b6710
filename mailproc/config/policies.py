"""Policies by name or path: those that ship, and an operator's own."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from mailproc.config.mistakes import ConfigurationMistakes, FileMissing, nearest, read_document
from mailproc.config.wording import mistakes_of
from mailproc.desk.policy import Policy


def shipped_policies() -> tuple[str, ...]:
    """The names of the policies that ship, sorted."""
    return tuple(sorted(_name(entry) for entry in _shipped().iterdir() if entry.name.endswith(".toml")))


def load_policy(name_or_path: str | Path, folder: Path | None = None) -> Policy:
    """A policy that ships, or the one in this file; a relative path is taken from `folder`.

    Raises ConfigurationMistakes with every mistake of the file, each at its line; FileUnreadable where nothing has
    this name or path, with the names that there are.
    """
    name = str(name_or_path)
    if name in shipped_policies():
        with as_file(_shipped() / f"{name}.toml") as path:
            return _policy_in(path, f"{name}.toml")
    path = (folder or Path()) / name
    try:
        return _policy_in(path, str(path))
    except FileMissing as missing:
        raise FileMissing(missing.mistakes if path.suffix == ".toml" else [_no_such_name(name)]) from None


def _no_such_name(name: str) -> str:
    known = ", ".join(shipped_policies())
    return (
        f"no policy has this name.{nearest(name, shipped_policies())} Write one of {known}, or the path of a .toml file"
    )


def _policy_in(path: Path, shown: str) -> Policy:
    document = read_document(path, shown)
    try:
        return Policy.model_validate(document.data)
    except ValidationError as found:
        raise ConfigurationMistakes(document.told(mistakes_of(found, Policy))) from None


def _shipped() -> Traversable:
    return files("mailproc.desk") / "policies"


def _name(entry: Traversable) -> str:
    return entry.name.removesuffix(".toml")
