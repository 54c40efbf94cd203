"""Step derive: what a table's rows say about themselves, so that people see what they would download.

One ordered pass over the distinct values of each column gives their number, the top values and the histogram.
Nothing here depends on the day of the build (portal/timeliness.py does that).
"""

from __future__ import annotations

import heapq
import math
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path

from portal.casting import plain
from portal.database import open_read_only, quoted, row_count, rows
from portal.facts import Cell, ColumnFacts, SourceFile, TableFacts, TopValue
from portal.model import Dataset, Table
from portal.tablefile.shape import Prepared
from portal.tableschema import Column

CODE = ("portal.derive", "portal.database", "portal.casting", "portal.facts")
"""The modules whose change makes other facts: for `cache.code_version`."""

PREVIEW = 20
TOP = 10
BINS = 20


def derive_tables(database: Path, dataset: Dataset, prepared: Mapping[str, Prepared]) -> tuple[TableFacts, ...]:
    """The facts of every table of a dataset; `database` is the file that the load wrote, `prepared` its sources."""
    with closing(open_read_only(database)) as connection:
        return tuple(_table(connection, table, prepared) for table in dataset.tables)


def _table(connection: sqlite3.Connection, table: Table, prepared: Mapping[str, Prepared]) -> TableFacts:
    count = row_count(connection, table.name)
    return TableFacts.of(
        name=table.name,
        title=table.title,
        rows=count,
        columns=tuple(_column(connection, table, column, count) for column in table.table_schema.fields),
        preview=tuple(rows(connection, table, limit=PREVIEW)),
        sources=tuple(_source(file.path, prepared[file.key]) for file in table.files),
    )


def _source(path: str, prepared: Prepared) -> SourceFile:
    return SourceFile(path=path, bytes=prepared.bytes, sha256=prepared.sha256, encoding=prepared.encoding)


def _column(connection: sqlite3.Connection, table: Table, column: Column, count: int) -> ColumnFacts:
    """The profile of one column, in bounded memory: its values come once each, in order, with how often they stand."""
    name, source = quoted(column.name), quoted(table.name)
    filled, low, high = connection.execute(f"SELECT count({name}), min({name}), max({name}) FROM {source}").fetchone()  # noqa: S608 -- quoted
    histogram = Histogram(column, low, high)
    most = Most()
    distinct = 0
    for value, times in connection.execute(
        f"SELECT {name}, count(*) FROM {source} WHERE {name} IS NOT NULL GROUP BY {name} ORDER BY {name}"  # noqa: S608 -- quoted
    ):
        distinct += 1
        most.add(bool(value) if column.type == "boolean" else value, times, distinct)
        histogram.add(value, times)
    ranged = filled and column.type not in ("string", "boolean")  # text and truth have no useful smallest value
    return ColumnFacts(
        name=column.name,
        nulls=count - filled,
        distinct=distinct,
        minimum=plain(low) if ranged else None,
        maximum=plain(high) if ranged else None,
        mean=_mean(connection, table, column, filled) if filled and column.type in ("integer", "number") else None,
        top=most.values(),
        histogram=tuple(histogram.counts),
    )


def _mean(connection: sqlite3.Connection, table: Table, column: Column, filled: int) -> float:
    """The arithmetic mean; numbers near the end of the range are weighted before they are added, lest they overflow."""
    query = f"SELECT {quoted(column.name)} FROM {quoted(table.name)} WHERE {quoted(column.name)} IS NOT NULL"  # noqa: S608 -- quoted
    values = (value for (value,) in connection.execute(query))
    if column.type == "integer":
        return float(Fraction(sum(values), filled))
    try:
        return math.fsum(values) / filled
    except OverflowError:
        return math.fsum(value / filled for (value,) in connection.execute(query))


class Most:
    """The values that stand most often, kept while the others pass by; none of those that stand there only once,
    for then none is special. Among equals the earlier in order wins.
    """

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, Cell]] = []

    def add(self, value: Cell, times: int, place: int) -> None:
        """One distinct value, how often it stands, and its place in the order of values (never repeated)."""
        if times > 1:
            push = heapq.heappush if len(self.heap) < TOP else heapq.heappushpop
            push(self.heap, (times, -place, value))

    def values(self) -> tuple[TopValue, ...]:
        """Most frequent first."""
        return tuple(TopValue(value=plain(value), count=times) for times, _, value in sorted(self.heap, reverse=True))


class Histogram:
    """Rows in equal bins between the smallest and the largest value, the largest belonging to the last bin.

    Whole numbers, days and months with a short range get a bin each. Without bins for text, truth and clock times,
    and for a column without values.
    """

    def __init__(self, column: Column, low: Cell, high: Cell) -> None:
        self.column = column
        self.counts: list[int] = []
        if low is not None and column.type not in ("string", "boolean", "time"):
            # Halved, because the distance between the largest and the smallest double is no double.
            self.low, self.width = self._place(low) / 2, self._place(high) / 2 - self._place(low) / 2
            spread = BINS if column.type == "number" else int(min(BINS, self.width * 2 + 1))
            self.counts = [0] * (spread if self.width else 1)

    def add(self, value: Cell, times: int) -> None:
        """One distinct value and in how many rows it stands."""
        if self.counts:
            share = (self._place(value) / 2 - self.low) / self.width if self.width else 0.0
            self.counts[min(len(self.counts) - 1, int(share * len(self.counts)))] += times

    def _place(self, value: Cell) -> float:
        """Where a value lies on its axis: numbers as they are, days and moments by day, months by month."""
        if isinstance(value, str):
            if self.column.type == "yearmonth":
                return int(value[:4]) * 12 + int(value[5:7])
            return date.fromisoformat(value[:10]).toordinal()
        return float(value or 0)
