"""Events as JSON and back, and text that both databases take."""

from collections.abc import Iterable
from dataclasses import fields, replace
from hashlib import sha256
from typing import Annotated, Final, TypeVar

from pydantic import Field, TypeAdapter
from pydantic_core import PydanticSerializationError

from mailproc.desk.events import HistoryEvent

_Event = TypeVar("_Event")
_Any = TypeVar("_Any")
_ADAPTER: Final[TypeAdapter[HistoryEvent]] = TypeAdapter(Annotated[HistoryEvent, Field(discriminator="type")])
_HISTORY: Final[TypeAdapter[tuple[HistoryEvent, ...]]] = TypeAdapter(
    tuple[Annotated[HistoryEvent, Field(discriminator="type")], ...]
)
_REFUSED_TEXT: Final = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")
_LONGEST_KEY: Final = 500  # characters; PostgreSQL indexes up to 2,700 bytes


def clean(text: str) -> str:
    """The text without NUL and lone surrogates, which PostgreSQL and UTF-8 refuse."""
    return text if text.isascii() and "\x00" not in text else text.translate(_REFUSED_TEXT)


def indexed(text: str) -> str:
    """What an index holds of a text: itself, or its digest where it is very long or not clean.

    Different texts stay different, as a key must.
    """
    if len(text) <= _LONGEST_KEY and clean(text) == text:
        return text
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def cleaned(event: HistoryEvent) -> HistoryEvent:
    """The event with clean texts: itself, where they are."""
    try:
        body = _ADAPTER.dump_json(event)
    except PydanticSerializationError:  # a lone surrogate somewhere
        return _clean_fields(event)
    return _clean_fields(event) if b"\\u0000" in body else event


def as_json(event: HistoryEvent) -> str:
    """The event as a JSON object."""
    return _ADAPTER.dump_json(event).decode()


def from_json(bodies: Iterable[str]) -> tuple[HistoryEvent, ...]:
    """The events that `as_json` wrote, in the same order."""
    return _HISTORY.validate_json(f"[{','.join(bodies)}]")


def _clean_fields(value: _Event) -> _Event:
    changed = {one.name: _clean_value(getattr(value, one.name)) for one in fields(value)}  # type: ignore[arg-type]
    return replace(value, **changed)  # type: ignore[type-var]


def _clean_value(value: _Any) -> _Any:
    if isinstance(value, str):
        return clean(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_clean_value(one) for one in value)  # type: ignore[return-value]
    return _clean_fields(value) if hasattr(value, "__dataclass_fields__") else value
