"""Two versions of an entry in words, old → new: only what the public may read, by the Chinese names of the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from portal.changefacts import Told
from portal.model import Dataset
from portal.personal import masked
from portal.shape import Shape
from portal.wording.choices import MEANINGS

PUBLIC = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    "department",
    "domain",
    "keywords",
    "open_type",
    "open_ground",
    "open_conditions",
    "application_materials",
    "open_scope",
    "open_content",
    "data_type",
    "status",
    "static_reason",
    "update_frequency",
    "generation_frequency",
    "data_date",
    "temporal",
    "spatial",
    "coordinate_system",
    "jurisdiction",
    "level",
    "licence",
    "contact",
    "source",
    "api",
    "relations",
    "processing",
    "aliases",
    "distinguished_from",
    "part_of",
    "merged_from",
    "extra",
)
"""Keys of an entry that its page shows. Sharing, operation, projects and where an item is registered are not among
them; reviews and the history of the open type have their own places. A new key of the model is not shown until it is
named here.
"""
LONGEST = 300
"""Characters of a told text."""


def told(before: Dataset, after: Dataset) -> tuple[Told, ...]:
    """What changed in words. Of an entry that appears nowhere (not open, before or after) only the open type."""
    listed = before.is_listed and after.is_listed
    return tuple(_changes(before, after, PUBLIC if listed else ("open_type",)))


def _changes(before: Dataset, after: Dataset, keys: tuple[str, ...]) -> Iterator[Told]:
    for what in keys:
        old, new = getattr(before, what), getattr(after, what)
        if old != new:
            field = Dataset.model_fields[what]
            title = field.title or what
            old, new = (_shown(_meaning(one, field), title) for one in (old, new))
            yield Told(what=what, title=title, old=old, new=new)


def _meaning(value: object, field: FieldInfo) -> object:
    """A choice by its meaning; free text may be the same word and stays."""
    return MEANINGS.get(str(value), value) if _is_choice(field.annotation) else value


def _is_choice(annotation: object) -> bool:
    return get_origin(annotation) is Literal or any(map(_is_choice, get_args(annotation)))


def said(value: object) -> str:
    """A value of an entry in words: lists with 、, records field by field, choices by their meaning."""
    if value is None:
        return ""
    if isinstance(value, Shape):
        given = ((field, getattr(value, name)) for name, field in type(value).model_fields.items())
        return "，".join(f"{field.title}：{said(_meaning(one, field))}" for field, one in given if one is not None)
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{said(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ("；" if any(isinstance(one, Shape) for one in value) else "、").join(map(said, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(value: object, title: str) -> str | None:
    """In words, without what tells of a person; an entry may hold a private number that the check refuses."""
    text = masked(said(value), title)
    return (text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…") or None
