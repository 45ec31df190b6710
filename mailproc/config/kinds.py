"""The kinds of value that keys of the configuration hold: paths, addresses, domains, intervals, days."""

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?P<domain>[^\s@]{1,253})")
_DOMAIN = re.compile(r"(?!-)[\w-]{1,63}(?:\.(?!-)[\w-]{1,63})*")
_INTERVAL = re.compile(r"(\d{1,6})\s+(second|minute|hour)s?", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_BEFORE, _COUNT, _AFTER = r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,9})?", r"\{(?::(?:0[1-9]|01\d)?d?)?\}", r"[A-Za-z0-9-]{0,10}"
_NUMBER_FORM = re.compile(_BEFORE + _COUNT + _AFTER)  # at most 40 characters, as in a subject tag and a reply address
_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _is_path(value: Any) -> Any:  # noqa: ANN401 - whatever stood in the file
    if value == "":
        raise ValueError("must not be empty: leave the key out where there is nothing to name")
    return _is_words(value) if isinstance(value, str) else value


def _is_words(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be on one line, without control characters")
    return text


def _located(path: Path, info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder")
    return Path(folder) / path if folder else path


def _is_address(text: str) -> str:
    match = _ADDRESS.fullmatch(text)
    if match is None or _DOMAIN.fullmatch(match["domain"]) is None:
        raise ValueError('is no mail address: write one such as "support@vendor.example"')
    return text.lower()


def _is_domain(text: str) -> str:
    if _DOMAIN.fullmatch(text) is None:
        raise ValueError('is no domain: write what stands behind the @ of an address, such as "acme.example"')
    return text.lower()


def _is_host(text: str) -> str:
    if not text or re.search(r"[\s/@]", text):
        raise ValueError('is no host: write a name such as "imap.vendor.example" without scheme or path')
    return text


def _is_port(number: int) -> int:
    if not 1 <= number <= 65535:
        raise ValueError("must lie between 1 and 65535")
    return number


def _is_size(number: int) -> int:
    if number < 1024:
        raise ValueError("is a number of bytes, and must be 1024 at least")
    return number


def _is_name(text: str) -> str:
    if _NAME.fullmatch(text) is None:
        raise ValueError("must be a short name of letters, digits, - and _")
    return text


def _is_variable(text: str) -> str:
    if _VARIABLE.fullmatch(text) is None:
        raise ValueError('is no name of an environment variable: write one such as "MAILPROC_IMAP_PASSWORD"')
    return text


def _is_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("must be one line of words")
    return text.strip()


def _read_interval(value: Any) -> Any:  # noqa: ANN401 - whatever stood in the file
    if isinstance(value, timedelta):
        return value
    match = _INTERVAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('write an interval such as "60 seconds" or "5 minutes"')
    return timedelta(**{f"{match[2].lower()}s": int(match[1])})


def _is_pause(value: timedelta) -> timedelta:
    if not timedelta(seconds=1) <= value <= timedelta(days=1):
        raise ValueError("must lie between 1 second and 24 hours")
    return value


def _is_lease(value: timedelta) -> timedelta:
    if not timedelta(seconds=10) <= value <= timedelta(hours=1):
        raise ValueError("must lie between 10 seconds and 1 hour")
    return value


def _read_day(value: Any) -> Any:  # noqa: ANN401 - whatever stood in the file
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError('is no day: write one such as "2026-12-24"') from None


def _read_time_of_day(value: Any) -> Any:  # noqa: ANN401 - whatever stood in the file
    if isinstance(value, str) and _TIME_OF_DAY.fullmatch(value):
        return time.fromisoformat(value)
    raise ValueError('is no time of day: write one in quotes, such as "08:45"')


def _is_number_form(form: str) -> str:
    if _NUMBER_FORM.fullmatch(form) is None:
        raise ValueError(
            "must hold the count once, {:d} or with zeros in front {:09d}, and else only letters, digits and -: "
            'write one such as "2-{:09d}"'
        )
    return form


def _is_store(url: str, info: ValidationInfo) -> str:
    """A relative SQLite path becomes one from the folder of the file that names it."""
    scheme, parted, rest = url.partition("://")
    if not parted or scheme not in ("sqlite", "postgresql", "postgresql+psycopg"):
        raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
    if scheme != "sqlite":
        return url
    if not rest.startswith("/") or rest.endswith(("/", ":memory:")):
        raise ValueError("must name a file: write one such as sqlite:///var/mailproc.db")
    return f"sqlite:///{_located(Path(_is_words(rest[1:])), info)}"


WrittenPath = Annotated[Path, BeforeValidator(_is_path)]
"""A path as it stands in the file."""
Located = Annotated[Path, BeforeValidator(_is_path), AfterValidator(_located)]
"""A path; one that is relative is taken from the folder of the file that names it."""
NumberForm = Annotated[str, AfterValidator(_is_number_form)]
"""How service requests are numbered: str.format's notation with one count."""
StoreUrl = Annotated[str, AfterValidator(_is_store)]
"""SQLAlchemy's URL of a SQLite file or of PostgreSQL by psycopg."""
MailAddress = Annotated[str, AfterValidator(_is_address)]
"""An addr-spec, lower-cased."""
Domain = Annotated[str, AfterValidator(_is_domain)]
"""A domain, lower-cased."""
Host = Annotated[str, AfterValidator(_is_host)]
"""A host name or IP address."""
Port = Annotated[int, AfterValidator(_is_port)]
"""A TCP port."""
Bytes = Annotated[int, AfterValidator(_is_size)]
"""A size in bytes."""
Name = Annotated[str, AfterValidator(_is_name)]
"""A name that may stand in keys and file names."""
Variable = Annotated[str, AfterValidator(_is_variable)]
"""The name of an environment variable."""
Words = Annotated[str, AfterValidator(_is_words)]
"""Words on one line, or none."""
Line = Annotated[str, AfterValidator(_is_line)]
"""Words on one line: they may stand in a header."""
Pause = Annotated[timedelta, BeforeValidator(_read_interval), AfterValidator(_is_pause)]
"""An interval between 1 second and 24 hours."""
Lease = Annotated[timedelta, BeforeValidator(_read_interval), AfterValidator(_is_lease)]
"""An interval between 10 seconds and 1 hour."""
Day = Annotated[date, BeforeValidator(_read_day)]
"""A day of the calendar."""
TimeOfDay = Annotated[time, BeforeValidator(_read_time_of_day)]
"""A time of day in a region's zone, to the minute."""
