"""Passwords: kept in a variable or in a file, read when needed, never shown."""

import stat
from collections.abc import Mapping
from pathlib import Path

from mailproc.config.models import Login

_LENGTH_LIMIT = 65_536  # bytes; tokens are long, passwords are not


class PasswordMissing(ValueError):  # noqa: N818 - it tells a state
    """There is no password where the configuration says; the text tells why and what to do."""


def password_of(login: Login, environ: Mapping[str, str]) -> str:
    """The password of this login, "" where it has none. Raises PasswordMissing."""
    if login.password_env is not None:
        return _in_variable(login.password_env, environ)
    return _in_file(login.password_file) if login.password_file is not None else ""


def key_of_password(login: Login) -> str:
    """The key that says where the password is."""
    return "password_env" if login.password_env is not None else "password_file"


def _in_variable(name: str, environ: Mapping[str, str]) -> str:
    if password := environ.get(name, ""):
        return password
    raise PasswordMissing(f"the environment variable {name} is not set. Set it for the service, or write password_file")


def _in_file(path: Path) -> str:
    try:
        if stat.S_IMODE(path.stat().st_mode) & stat.S_IROTH:
            raise PasswordMissing(f"everybody on this machine can read {path}. Say: chmod o-rwx {path}")
        with path.open("rb") as file:
            content = file.read(_LENGTH_LIMIT)
        password = content.decode().rstrip("\r\n")
    except OSError as trouble:
        raise PasswordMissing(f"{path} cannot be read: {trouble.strerror}") from None
    except UnicodeDecodeError:
        raise PasswordMissing(f"{path} is not UTF-8") from None
    if not password:
        raise PasswordMissing(f"{path} is empty. Write the password into it, on one line")
    return password
