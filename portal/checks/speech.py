"""The texts of an entry that people read, each with its place: what the rules about wording go through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from portal.checks.shape import Key, Scene, tables_of
from portal.model import Dataset
from portal.tableschema import Column

Part = Literal["title", "summary", "table", "label", "description", "code"]
PARTS: dict[Part, tuple[str, str]] = {
    "title": ("名称", "name"),
    "summary": ("摘要", "summary"),
    "table": ("表的名称", "table's name"),
    "label": ("数据项名称", "label"),
    "description": ("数据项说明", "description"),
    "code": ("代码值", "code value"),
}


class Said(NamedTuple):
    """One text: the path of keys to it, what part of the entry it is, and the column that it is about."""

    keys: tuple[Key, ...]
    part: Part
    text: str
    column: Column | None = None


def texts_of(dataset: Dataset) -> Iterator[Said]:
    """Name, summary, tables' names, labels, code values and descriptions, in the order of the page."""
    yield Said(("title",), "title", dataset.title)
    yield Said(("summary",), "summary", dataset.summary)
    for index, table in tables_of(dataset):
        if dataset.files[index].title:
            yield Said(("files", index, "title"), "table", table.title)
        for number, column in enumerate(table.table_schema.fields):
            place: tuple[Key, ...] = ("files", index, "schema", "fields", number)
            yield Said((*place, "title"), "label", column.title, column)
            for code, meaning in (column.codes or {}).items():
                yield Said((*place, "codes", code), "code", meaning, column)
            for value in column.constraints.enum or ():
                if value not in (column.codes or {}):
                    yield Said((*place, "constraints", "enum"), "code", value, column)
            yield Said((*place, "description"), "description", column.description, column)


def wording_of(dataset: Dataset, scene: Scene) -> str:
    """Everything that the entry says in words, one text a line: where an explanation may stand. Kept for the run."""
    path = f"{dataset.department}/{dataset.id}"
    if path not in scene.wordings:
        scene.wordings[path] = "\n".join(said.text for said in texts_of(dataset))
    return scene.wordings[path]
