"""What passes between the parts of the row check: findings, the report, and how to check."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from portal.problems import Problem
from portal.tablefile import Prepared
from portal.tableschema import Column, TableSchema

# Our rules → the kinds that frictionless 5.21 gives; what is missing here has no counterpart there.
KINDS: dict[str, str] = {
    "blank-label": "blank-label",
    "duplicate-label": "duplicate-label",
    "missing-label": "missing-label",
    "extra-label": "extra-label",
    "unnamed-column": "extra-label",
    "incorrect-label": "incorrect-label",
    "blank-row": "blank-row",
    "extra-cell": "extra-cell",
    "missing-cell": "missing-cell",
    "wrong-type": "type-error",
    "leading-zero": "type-error",
    "too-many-digits": "type-error",
    "out-of-range": "type-error",
    "required-value": "constraint-error",
    "pattern-value": "constraint-error",
    "enum-value": "constraint-error",
    "minimum-value": "constraint-error",
    "maximum-value": "constraint-error",
    "short-value": "constraint-error",
    "long-value": "constraint-error",
    "unique-value": "unique-error",
    "primary-key": "primary-key",
    "primary-key-empty": "primary-key",
    "foreign-key": "foreign-key",
}
PLAUSIBLE = frozenset({"date-future", "percent-range", "coordinate-range", "coordinate-swapped", "code-unknown"})
"""Rules that no schema asks for: what a value can hardly be, told of the column (plausible.py)."""
QUALITY = frozenset({"empty-value", "pseudo-empty", "duplicate-row", "spelling-variants", *PLAUSIBLE})
"""Rules about quality (QLT-2, QLT-3), which an entry may be excepted from; the others can't be published otherwise."""


FIRST = 10
"""Rows named in a problem that speaks for a whole column."""


class NotKept(Exception):  # noqa: N818 -- no fault: it says that work is left
    """No result of an earlier run is kept."""


class Finding(NamedTuple):
    """One thing wrong in a file. `row` 1 is the header; `number` counts columns from 1, 0 means the whole row."""

    row: int
    number: int
    rule: str
    field: str = ""
    value: str = ""
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A rule broken by many cells of one column, found and counted in SQL: the first ones, how many there are,
    and the query for all of them (`row`, `value`), which only the report runs.
    """

    count: int
    first: Sequence[Finding]
    query: str


class Referenced(NamedTuple):
    """A table that a foreign key points to: its schema and its files."""

    schema: TableSchema
    prepared: Sequence[Prepared]


References = Mapping[str, Referenced]
"""By the words of the foreign key: a table's name in this entry, or `<dataset>/<table>`; '' is the table itself."""


@dataclass(frozen=True, slots=True)
class RowRules:
    """How to check: `listed` findings per file and rule become problems, the rest goes to the report.

    `memory` is DuckDB's limit in MiB, `threads` how many of its queries run at once; `scratch` a folder for what
    does not fit.
    """

    scratch: Path
    listed: int = 1000
    memory: int = 400
    threads: int = 2


@dataclass(frozen=True, slots=True)
class RowReport:
    """What was found: problems in order, how often each rule was broken by file, and data rows of all files.

    `report` is the CSV with every finding, where some rule had more than could be listed.
    """

    problems: tuple[Problem, ...]
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rows: int = 0
    report: Path | None = None


class Area(NamedTuple):
    """Degrees between which coordinates must lie, and the name that a problem gives to it."""

    west: float
    south: float
    east: float
    north: float
    name: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's cells meet the schema: one entry a label, the column or None where the label is wrong.

    `asked` is what a row must pass besides the tests of its cells (logic.py): SQL that is true where a rule surely
    holds for values, and SQL that is true where a value is missing.
    """

    columns: tuple[Column | None, ...]
    missing: tuple[str, ...]
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        """Cells that a row must have."""
        return len(self.columns)

    @property
    def padding(self) -> str:
        """A text that stands for no value."""
        return self.missing[0] if self.missing and "" not in self.missing else ""

    def only(self, names: Collection[str]) -> Layout:
        """The same file, of which nothing but these columns is asked."""
        return Layout(tuple(c if c and c.name in names else None for c in self.columns), self.missing)

    def place_of(self, name: str) -> int | None:
        """Where this column's cells stand, if its label is right."""
        return next((place for place, column in enumerate(self.columns) if column and column.name == name), None)
