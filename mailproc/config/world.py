"""What the configuration needs of this machine: passwords, folders, certificates, drivers."""

import os
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from mailproc.config.lines import Loc
from mailproc.config.mistakes import Mistake
from mailproc.config.models import Login
from mailproc.config.parts import Parts
from mailproc.config.passwords import PasswordMissing, key_of_password, password_of


def absences(parts: Parts, environ: Mapping[str, str]) -> Iterator[Mistake]:
    """Every thing that the configuration names and that is not there, or that we may not use."""
    for loc, login in _logins(parts):
        try:
            password_of(login, environ)
        except PasswordMissing as trouble:
            yield Mistake((*loc, key_of_password(login)), str(trouble))
        if login.ca_file is not None and not _readable(login.ca_file):
            yield Mistake((*loc, "ca_file"), f"{login.ca_file} cannot be read")
    for key, folder in (("data_dir", parts.data_dir), ("shared_storage", parts.shared_storage)):
        if folder is not None and (words := _unwritable(folder)):
            yield Mistake((key,), words)
    if parts.templates_dir is not None and not readable_folder(parts.templates_dir):
        words = f"{parts.templates_dir} is no folder that we may read. Leave the key out to use what ships"
        yield Mistake(("templates_dir",), words)
    yield from _absent_rosters(parts)
    if parts.database_url.startswith("postgresql") and find_spec("psycopg") is None:
        yield Mistake(("database_url",), 'PostgreSQL needs its driver. Say: pip install "mailproc[postgres]"')


def _absent_rosters(parts: Parts) -> Iterator[Mistake]:
    """A roster that was read before holds on though its file is gone: that is told, and keeps nobody from work."""
    for name, keys in parts.regions.items():
        if keys.roster is None:
            continue
        place = ("regions", name, "roster")
        was_read = parts.data_dir is not None and _exists(parts.data_dir / "rosters" / f"{name}.ics")
        if any(find_spec(one) is None for one in ("icalendar", "recurring_ical_events")):
            yield Mistake(place, 'iCalendar files need a reader. Say: pip install "mailproc[roster]"')
        elif not was_read and not _readable(keys.roster):
            yield Mistake(place, f"{keys.roster} cannot be read. Write the path of an .ics file")


def readable_folder(path: Path) -> bool:
    """Whether this is a folder whose files we may list."""
    return os.access(path, os.R_OK | os.X_OK) and path.is_dir()


def _logins(parts: Parts) -> Iterator[tuple[Loc, Login]]:
    if isinstance(parts.outgoing, Login):
        yield ("outgoing",), parts.outgoing
    for loc, box in parts.mailboxes:
        if isinstance(box, Login):
            yield loc, box


def _readable(path: Path) -> bool:
    return os.access(path, os.R_OK) and path.is_file()


def _exists(path: Path) -> bool:
    """Whether it is there, as far as we may see: Path.exists raises where we may not look."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _unwritable(folder: Path) -> str:
    """Why nothing can be kept in this folder, which need not exist yet; "" where it can."""
    there = next(place for place in (folder, *folder.parents) if _exists(place))
    if not there.is_dir():
        return f"{there} is no folder"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"we may not write to {there}. Name another folder, or give this one to the user of the service"
    return ""
