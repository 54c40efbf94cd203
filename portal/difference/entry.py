"""Two versions of an entry in words, old → new: only what the public may read, by the Chinese names of the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from portal.changefacts import Told
from portal.model import Dataset
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
            title = Dataset.model_fields[what].title or what
            yield Told(what=what, title=title, old=_cut(said(old)), new=_cut(said(new)))


def said(value: object) -> str:
    """A value of an entry in words: choices by their meaning, lists with 、, records field by field."""
    if value is None:
        return ""
    if isinstance(value, Shape):
        given = ((field.title or name, getattr(value, name)) for name, field in type(value).model_fields.items())
        return "，".join(f"{title}：{said(one)}" for title, one in given if one is not None)
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{said(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ("；" if any(isinstance(one, Shape) for one in value) else "、").join(map(said, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else MEANINGS.get(str(value), str(value))


def _cut(text: str) -> str | None:
    return (text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…") or None
