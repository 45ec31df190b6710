"""From what pydantic found to words for the person who wrote the file."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mailproc.config.lines import Loc
from mailproc.config.mistakes import Mistake, nearest

Model = TypeVar("Model", bound=BaseModel)

_WRITTEN_IN_SIGHT = (
    "a password does not stand in the configuration, where whoever sees the file reads it. "
    'Write password_file = "FILE" or password_env = "VARIABLE" instead'
)
_TYPES = {
    "string_type": "must be words in quotes",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "path_type": "must be a path in quotes",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an error is: its place in the document, the type of the table around its key, and its own type."""

    loc: Loc
    holder: object
    kind: object

    @property
    def key(self) -> str:
        return str(self.loc[-1]) if self.loc else ""


def mistakes_of(found: ValidationError, model: type[BaseModel]) -> tuple[Mistake, ...]:
    """Each error of this model as a mistake with its place in the document."""
    errors = found.errors(include_url=False, include_input=False)
    return tuple(_mistake(error, model) for error in errors if not _follows(error, errors))


def _follows(error: ErrorDetails, errors: Iterable[ErrorDetails]) -> bool:
    """Whether another error made it: a list is empty as all its items are wrong, a default needs a wrong key."""
    loc = error["loc"]
    below = any(len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in errors)
    return error["type"] == "default_factory_not_called" or (error["type"] == "too_short" and below)


def _mistake(error: ErrorDetails, model: type[BaseModel]) -> Mistake:
    place = _place(error["loc"], model)
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return Mistake(place.loc, _unknown(place, model))
        case "missing":
            return Mistake(place.loc, f"this key is missing.{_example(place)}")
        case "union_tag_not_found" | "union_tag_invalid":
            tag = context["discriminator"].strip("'")
            return Mistake((*place.loc, tag), f"must be {_tags(place.kind)}")
        case "literal_error":
            return Mistake(place.loc, f"must be {context['expected'].replace(chr(39), chr(34))}")
        case "value_error":
            return Mistake(place.loc, str(context["error"]))
        case kind:
            told = _TYPES.get(kind, _lower_first(error["msg"]))
            return Mistake(place.loc, f"{told}.{_example(place)}")


def _unknown(place: _Place, top: type[BaseModel]) -> str:
    key = place.key
    if key == "password":
        return _WRITTEN_IN_SIGHT
    known = tuple(_fields(place.holder))
    if near := nearest(key, known):
        return f"unknown key.{near}"
    if place.holder is not top and key in top.model_fields:
        return f"unknown key here. {key} belongs to the top of the file, before the first [table]"
    return f"unknown key. Known here: {', '.join(sorted(known))}"


def _example(place: _Place) -> str:
    described = _fields(place.holder).get(place.key)
    return f" For instance: {described.examples[0]}" if described and described.examples else ""


def _fields(holder: object) -> Mapping[str, Any]:
    return holder.model_fields if isinstance(holder, type) and issubclass(holder, BaseModel) else {}


def _place(loc: Loc, model: type[BaseModel]) -> _Place:
    """Follow a path of pydantic's through the types; the marks that it adds for itself are left out."""
    found = _Place((), model, model)
    for step in loc:
        kind = _bare(found.kind)
        member = _member(kind, step)
        if member is not None:
            found = _Place(found.loc, found.holder, member)
        elif step != "[key]":
            found = _Place((*found.loc, step), kind, _inside(kind, step))
    return found


def _bare(kind: object) -> object:
    """A type without Annotated and without None."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        rest = [one for one in get_args(kind) if one is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else kind
    return kind


def _member(kind: object, step: str | int) -> object | None:
    """The model of a union that this tag names: pydantic puts the tag into the place."""
    if get_origin(kind) not in (Union, types.UnionType):
        return None
    return next((one for one in get_args(kind) if step in _own_tags(one)), None)


def _tags(kind: object) -> str:
    bare = _bare(kind)
    members = get_args(bare) if get_origin(bare) in (Union, types.UnionType) else ()
    return " or ".join(f'"{tag}"' for one in members for tag in _own_tags(one))


def _own_tags(member: object) -> tuple[object, ...]:
    """The values of a model's discriminator: its first field of one fixed word without a default."""
    annotations = (one.annotation for one in _fields(member).values() if one.is_required())
    return next((get_args(one) for one in annotations if get_origin(one) is Literal), ())


def _inside(kind: object, step: str | int) -> object:
    if (described := _fields(kind).get(str(step))) is not None:
        return described.annotation
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return arguments[1]
    return arguments[0] if get_origin(kind) in (tuple, list) else None


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
