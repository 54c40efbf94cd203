"""The base of every model: frozen, strict about keys, and each field told once for people and editors."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_only(value: object) -> object:
    """A day is written 2023-06-30 and no other way: pydantic alone takes 0 for 1970-01-01."""
    if isinstance(value, str) and not _ISO.fullmatch(value):
        raise ValueError("not a day")
    return value


Day = Annotated[date, BeforeValidator(_iso_only)]


class Shape(BaseModel):
    """A frozen record read from YAML; an unknown key is an error, never ignored.

    What pydantic makes of a model is made when it is first used: a check of one table needs few of them (0.1 s).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def told(default: Any, title: str, help_: str, example: object = None, **rules: Any) -> Any:
    """A field with its Chinese title, its help and an example: the JSON Schema and the field page come from it.

    `default` is `...` for a required field. `rules` go to pydantic (pattern, max_length, alias …).
    """
    examples = None if example is None else [example]
    if isinstance(default, (list, dict)):
        raise TypeError("give a tuple or a default_factory: defaults are shared")
    return Field(default, title=title, description=help_, examples=examples, **rules)
