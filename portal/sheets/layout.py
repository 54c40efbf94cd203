"""The sheets of the workbook and their columns, from the models (portal/fieldtable): nothing is told twice.

One sheet for entries, a row an entry: the plain keys, and those of single records in it (许可·许可名称). A list of
records is a sheet of its own, whose rows say which entry they belong to, and, where the list stands inside another
one, which item of that: a column of a table names its file, others their item's number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from portal.fieldtable import FieldNote, field_table
from portal.model import Dataset
from portal.shape import Shape

ENTRIES = "目录条目"
WORDS = "选项"
ID, DEPARTMENT = "数据集编号", "部门编号"
FILE = "文件"
KEYS = ("id", "department")

Steps = tuple[tuple[str, ...], ...]
"""How to reach a list: for each list on the way the keys to it. `(("files",), ("schema", "fields"))`."""


@dataclass(frozen=True)
class Field:
    """A column: the keys to its value from the row's record, what it is called, and what it may hold.

    `opens` is the path of the optional record that this is the first column of: `{}` in it says that the record is
    there, and empty.
    """

    keys: tuple[str, ...]
    label: str
    note: FieldNote
    required: bool
    opens: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet. `above` labels the columns that say where a row belongs: the entry, and the item of another list."""

    steps: Steps
    name: str
    above: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """All columns in order."""
        return (*self.above, *(field.label for field in self.fields))


@cache
def layout() -> tuple[Sheet, ...]:
    """All sheets, that of the entries first, a list before those inside it."""
    found = list(_sheets(Dataset, (), ()))
    names = [name for _, name, _, _ in found]
    return tuple(
        Sheet(steps, ENTRIES if not steps else _unique(name, above, names), _above(steps, above), fields)
        for steps, name, above, fields in found
    )


def _sheets(
    model: type[Shape], steps: Steps, titles: tuple[str, ...]
) -> Iterator[tuple[Steps, str, tuple[str, ...], tuple[Field, ...]]]:
    """A model's own sheet, then those of the lists in it: steps, title, titles of the lists above, columns."""
    fields = tuple(_fields(model, (), "", required=True))
    yield steps, titles[-1] if titles else ENTRIES, titles[:-1], fields
    for keys, note in _lists(model, ()):
        if note.model is not None:
            yield from _sheets(note.model, (*steps, keys), (*titles, note.title))


def _fields(model: type[Shape], keys: tuple[str, ...], title: str, *, required: bool) -> Iterator[Field]:
    """The plain keys of a record and of the single records in it."""
    for note in field_table(model):
        here = (*keys, note.key)
        label = f"{title}·{note.title}" if title else note.title
        must = required and note.required
        if note.kind == "record" and note.model is not None:
            inner = list(_fields(note.model, here, label, required=must))
            for place, field in enumerate(inner):
                opens = here if place == 0 and not note.required else None
                yield Field(field.keys, field.label, field.note, field.required, field.opens or opens)
        elif note.kind != "records":
            yield Field(here, label, note, must)


def _lists(model: type[Shape], keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], FieldNote]]:
    for note in field_table(model):
        if note.kind == "records":
            yield (*keys, note.key), note
        elif note.kind == "record" and note.model is not None:
            yield from _lists(note.model, (*keys, note.key))


def _unique(name: str, above: tuple[str, ...], names: list[str]) -> str:
    """The list's title; with that of the list around it where two have one title."""
    return name if names.count(name) == 1 else f"{'·'.join(above)}·{name}"


def _above(steps: Steps, titles: tuple[str, ...]) -> tuple[str, ...]:
    if not steps:
        return ()
    if len(steps) == 1:
        return (ID,)
    return (ID, FILE if steps[0] == ("files",) else f"第几条{titles[-1]}")


def item_names(sheet_steps: Steps, items: list[Mapping[str, object]]) -> list[str]:
    """How rows of a list inside a list name the item that they belong to: a file by path and sheet, else by number."""
    if sheet_steps[0] != ("files",):
        return [str(number) for number in range(1, len(items) + 1)]
    return [f"{one['path']}#{one['sheet']}" if one.get("sheet") else str(one.get("path", "")) for one in items]
