"""The base of every model: frozen, strict about keys, and each field told once for people and editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A frozen record read from YAML; an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def told(default: Any, title: str, help_: str, example: object = None, **rules: Any) -> Any:
    """A field with its Chinese title, its help and an example: the JSON Schema and the field page come from it.

    `default` is `...` for a required field. `rules` go to pydantic (pattern, max_length, alias …).
    """
    examples = None if example is None else [example]
    if isinstance(default, (list, dict)):
        raise TypeError("give a tuple or a default_factory: defaults are shared")
    return Field(default, title=title, description=help_, examples=examples, **rules)
