"""What changed between two versions of a dataset: the shapes that go from portal/difference to reports and pages.

Counts are always complete; samples are few and short (`Sample` values are cut, and hidden where a column may hold
personal data). Everything is plain, so that it can be kept and published as JSON, and nothing depends on the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from portal.shape import Shape

Number = int | float
Kind = Literal["added", "removed", "renamed", "same"]


class Told(Shape):
    """One thing of an entry, a column or a file in words: `what` is its key, `title` its Chinese name."""

    what: str
    title: str
    old: str | None = None
    new: str | None = None


class Pair(Shape):
    """A number before and after; None where there is none or it could not be had."""

    before: int | None = None
    after: int | None = None

    @property
    def differs(self) -> bool:
        """It is not what it was."""
        return self.before != self.after


class Spread(Shape):
    """The numbers of a column as a whole: of `count` values the smallest, the largest, mean and sum."""

    count: int
    minimum: Number | None = None
    maximum: Number | None = None
    mean: float | None = None
    sum: Number | None = None


class ColumnDifference(Shape):
    """A column that is not as it was. `name` is the present name, `before` the earlier one (None: there was none).

    `cells` counts the values that changed in rows that stand in both versions. `alike` is the share of equal values
    by which a renamed column was found; `spread_…` are given for numeric columns whose numbers drifted.
    """

    name: str
    kind: Kind
    before: str | None = None
    told: tuple[Told, ...] = ()
    cells: int = 0
    moved: bool = False
    alike: float | None = None
    nulls: Pair = Pair()
    spread_before: Spread | None = None
    spread_after: Spread | None = None


class RowSample(Shape):
    """A row that came or went: its record number in its file (the header is 1) and its cells as published."""

    file: str
    row: int
    key: tuple[str | None, ...]
    cells: dict[str, str | None]


class CellSample(Shape):
    """A value that changed, found by the row's key; `row` is the record number in the present file."""

    file: str
    row: int
    key: tuple[str | None, ...]
    column: str
    old: str | None
    new: str | None


class FileDifference(Shape):
    """A data file of a table that came, went, or is written in another way."""

    path: str
    kind: Kind
    told: tuple[Told, ...] = ()


class TableDifference(Shape):
    """One table. `by` says how rows were told apart: by `key`, as whole `rows`, or not at all (`nothing`: a version is
    missing or unreadable, or both have the same bytes, read in the same way).

    `loose` counts rows, of both versions, that were compared as whole rows because their key is empty or repeated.
    `unreadable` names the rule that an unreadable version breaks (`before` or `after` → rule; `unread` where another
    problem tells it); `hidden` are columns
    whose values are never shown. `reworded` is true where the files differ but no published value does.
    """

    name: str
    kind: Kind
    before: str | None = None
    by: Literal["key", "rows", "nothing"] = "nothing"
    key: tuple[str, ...] = ()
    key_before: tuple[str, ...] = ()
    key_after: tuple[str, ...] = ()
    rows: Pair = Pair()
    bytes: Pair = Pair()
    added: int = 0
    removed: int = 0
    changed: int = 0
    loose: int = 0
    cells: int = 0
    reworded: bool = False
    columns: tuple[ColumnDifference, ...] = ()
    files: tuple[FileDifference, ...] = ()
    came: tuple[RowSample, ...] = ()
    went: tuple[RowSample, ...] = ()
    altered: tuple[CellSample, ...] = ()
    hidden: tuple[str, ...] = ()
    unreadable: dict[str, str] = Field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing that people get is another."""
        lists = self.columns or self.files or self.unreadable
        numbers = self.added or self.removed or self.changed or self.reworded or self.bytes.differs
        return self.kind == "same" and not (lists or numbers) and self.key_before == self.key_after


class DatasetDifference(Shape):
    """One dataset. Rows are compared only where both versions are open without conditions (`closed` says otherwise).

    `entry` tells the public keys of the entry whose words changed; of an entry that is not open, the type alone.
    """

    id: str
    kind: Kind
    title: str
    before: str | None = None
    entry: tuple[Told, ...] = ()
    tables: tuple[TableDifference, ...] = ()
    rows: Pair = Pair()
    bytes: Pair = Pair()
    data_date: tuple[str | None, str | None] = (None, None)
    closed: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing that people get is another."""
        return self.kind == "same" and not self.entry and all(table.is_empty for table in self.tables)

    @property
    def added(self) -> int:
        """Rows of all tables that came."""
        return sum(table.added for table in self.tables)

    @property
    def removed(self) -> int:
        """Rows of all tables that went."""
        return sum(table.removed for table in self.tables)

    @property
    def changed(self) -> int:
        """Rows of all tables with another value in some column."""
        return sum(table.changed for table in self.tables)

    def columns(self) -> Iterator[tuple[TableDifference, ColumnDifference]]:
        """Every column that is not as it was, with its table."""
        for table in self.tables:
            for column in table.columns:
                yield table, column


class ReleaseChange(Shape):
    """What a registered release changed, against the release before it that is still public."""

    release: str
    since: str
    note: str | None = None
    difference: DatasetDifference
