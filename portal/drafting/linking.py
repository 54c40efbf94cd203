"""Foreign keys: a column whose values all stand in the key of another published table, or of this draft.

Values alone prove little (1, 2, 3 stand everywhere), so the labels must be alike too: the same name, or texts whose
labels share two characters in a row (乡镇街道代码, 区划代码). Of several the smallest table is meant.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.catalogue import Reading
from portal.drafting import names
from portal.drafting.looking import Lookout
from portal.drafting.shape import Pointer, Seen
from portal.model import Dataset, Table
from portal.settings import Settings
from portal.tablefile import prepare

ASKED = 40
"""Tables whose values are compared with one column, the most alike first."""
LEAST = 2
"""Distinct values that a column must have to point anywhere."""


@dataclass(frozen=True)
class Target:
    """A table with a key of one column. `resource` is how a foreign key names it."""

    resource: str
    column: str
    department: str
    files: tuple[Path, ...]
    """Its rows as canonical CSV; the catalogue's are made readable when they are asked for (`values`)."""
    table: Table | None = None
    dataset: Dataset | None = None


class Targets:
    """All tables that a foreign key could mean, and their key values, read once and only when asked for."""

    def __init__(self, reading: Reading, settings: Settings, department: str) -> None:
        self._settings, self._department = settings, department
        self._values: dict[str, frozenset[str]] = {}
        self._catalogue = tuple(_published(reading))

    def pointers(self, lookout: Lookout, columns: Sequence[Seen], own: Iterable[Target]) -> tuple[Pointer, ...]:
        """The foreign keys of a table; `own` are the other tables of the draft."""
        found = (self._pointer(lookout, place, column, tuple(own)) for place, column in enumerate(columns))
        return tuple(one for one in found if one)

    def _pointer(self, lookout: Lookout, place: int, column: Seen, own: tuple[Target, ...]) -> Pointer | None:
        if column.distinct < LEAST or (column.filled and column.kind in ("number", "boolean", "time")):
            return None
        near = [one for one in (*own, *self._catalogue) if _alike(column, one.column)]
        near.sort(key=lambda one: (one.column != column.name, one.department != self._department, one.resource))
        fitting = [one for one in near[:ASKED] if self._holds(one, lookout, place, column)]
        if not fitting:
            return None
        best = min(fitting, key=lambda one: (len(self._of(one)), one.resource))
        return Pointer(column.name, best.resource, best.column)

    def _holds(self, target: Target, lookout: Lookout, place: int, column: Seen) -> bool:
        """Every value of the column stands in the target's key."""
        known = self._of(target)
        if len(known) < column.distinct:
            return False
        gone = {"", *column.missing}
        return all(text in known for text, _ in lookout.counted(place) if text not in gone)

    def _of(self, target: Target) -> frozenset[str]:
        if target.resource not in self._values:
            files = target.files or tuple(self._prepared(target))
            self._values[target.resource] = frozenset(_values(files, target.column))
        return self._values[target.resource]

    def _prepared(self, target: Target) -> Iterator[Path]:
        if target.table is None or target.dataset is None:
            return
        schema = target.table.table_schema
        for file in target.table.files:
            path = f"datasets/{target.department}/{file.path}"
            whole = file.model_copy(update={"table_schema": schema})
            prepared, _ = prepare(self._settings.root, path, whole, self._settings.cache)
            if prepared:
                yield prepared.csv


def _published(reading: Reading) -> Iterator[Target]:
    for dataset in reading.catalogue.datasets:
        if not dataset.is_open or any(f.table_schema is None and not f.append for f in dataset.files):
            continue
        for table in dataset.tables:
            key = table.table_schema.primary_key
            if len(key) == 1:
                yield Target(f"{dataset.id}/{table.name}", key[0], dataset.department, (), table, dataset)


def _alike(column: Seen, label: str) -> bool:
    if column.name == label:
        return not names.COUNTED.search(label)
    if column.kind != "string" or column.is_enum:
        return False
    return bool(names.pairs(column.name) & names.pairs(label))


def _values(files: Iterable[Path], column: str) -> Iterator[str]:
    for path in files:
        with path.open(encoding="utf-8", newline="") as text:
            rows = csv.reader(text)
            labels = [label.strip() for label in next(rows, [])]
            place = labels.index(column) if column in labels else len(labels)
            yield from (row[place] for row in rows if place < len(row))
