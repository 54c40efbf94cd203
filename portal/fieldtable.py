"""What a form, a workbook or a guide needs to know about the keys of an entry, from their description in the models.

One function, `field_table`, for whoever shows entries to people: the workbook of a department (portal/sheets) and the
page that edits an entry. Nothing is told twice: title, help and example are those of `told(...)`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, MaxLen, MinLen
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from portal.shape import Shape
from portal.wording.choices import MEANINGS

Kind = Literal["text", "day", "whole", "yes-no", "choice", "texts", "choices", "mapping", "record", "records"]
SIGNS = {",": "逗号", ";": "分号", "\t": "制表符", "|": "竖线"}
"""Separators of CSV files by name: nobody can type or see a tab."""


@dataclass(frozen=True)
class Choice:
    """A fixed word and what it means in Chinese (the word itself where it has no other meaning)."""

    word: str
    meaning: str


@dataclass(frozen=True)
class FieldNote:
    """One key of a record. `model` is the record's, for kinds `record` and `records`; limits count characters or items.

    `required` is what the model demands; what the city demands besides is the profile's business.
    """

    key: str
    title: str
    help: str
    kind: Kind
    required: bool
    example: object = None
    """As the models give it: a text, true, a number, a list or a mapping."""
    choices: tuple[Choice, ...] = ()
    model: type[Shape] | None = None
    pattern: str | None = None
    least: int | None = None
    most: int | None = None
    nullable: bool = False
    """Nothing at all is something else than an empty text, list or mapping."""


@cache
def field_table(model: type[Shape]) -> tuple[FieldNote, ...]:
    """Every key of a record, in the order of the model."""
    return tuple(_note(info.alias or name, info) for name, info in model.model_fields.items())


def field_of(model: type[Shape], key: str) -> FieldNote:
    """One key. Raises KeyError."""
    for one in field_table(model):
        if one.key == key:
            return one
    raise KeyError(key)


def _note(key: str, info: FieldInfo) -> FieldNote:
    plain, nullable = _without_none(info.annotation)
    kind, model = _kind(plain)
    return FieldNote(
        key=key,
        title=info.title or key,
        help=info.description or "",
        kind=kind,
        required=info.default is PydanticUndefined and info.default_factory is None,
        example=info.examples[0] if info.examples else None,
        choices=tuple(_choices(plain)),
        model=model,
        pattern=next((one.pattern for one in info.metadata if getattr(one, "pattern", None)), None),
        least=_limit(info, MinLen, "min_length") if kind != "whole" else _limit(info, Ge, "ge"),
        most=_limit(info, MaxLen, "max_length"),
        nullable=nullable,
    )


def _limit(info: FieldInfo, rule: type, name: str) -> int | None:
    return next((getattr(one, name) for one in info.metadata if isinstance(one, rule)), None)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The type itself, and whether nothing may stand there too."""
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        inner = _without_none(parts[0])[0] if len(parts) == 1 else annotation
        return inner, len(parts) < len(get_args(annotation))
    return annotation, False


def _kind(plain: Any) -> tuple[Kind, type[Shape] | None]:
    """How people give it. Raises TypeError for a type that no form here knows."""
    origin = get_origin(plain)
    if isinstance(plain, type) and issubclass(plain, Shape):
        return "record", plain
    if origin is tuple:
        inner, _ = _without_none(get_args(plain)[0])
        if isinstance(inner, type) and issubclass(inner, Shape):
            return "records", inner
        return ("choices" if get_origin(inner) is Literal else "texts"), None
    if origin is dict:
        return "mapping", None
    if origin is Literal:
        return "choice", None
    kinds: dict[Any, Kind] = {str: "text", date: "day", bool: "yes-no", int: "whole"}
    if plain not in kinds:
        raise TypeError(f"no form knows the type {plain!r}")
    return kinds[plain], None


def _choices(plain: Any) -> Iterator[Choice]:
    if get_origin(plain) is tuple:
        plain, _ = _without_none(get_args(plain)[0])
    if get_origin(plain) is Literal:
        for word in get_args(plain):
            yield Choice(word, SIGNS.get(word) or MEANINGS.get(word, word))
