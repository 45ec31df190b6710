"""The configuration that `mailproc init` writes."""

from importlib.resources import files
from pathlib import Path

from mailproc.config.mistakes import ConfigurationMistakes


def write_initial_config(folder: Path) -> Path:
    """Write a commented config.toml into this folder, made where it does not exist, and return its path.

    Raises ConfigurationMistakes where there is one already, or where nothing can be written.
    """
    path = folder / "config.toml"
    text = (files("mailproc.config") / "initial.toml").read_text(encoding="utf-8")
    if path.exists():
        raise ConfigurationMistakes([f"{path} is there already. It was left as it is"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as trouble:
        raise ConfigurationMistakes([f"{path} cannot be written: {trouble.strerror}"]) from None
    return path
