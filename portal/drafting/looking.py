"""Look through a whole table: each distinct value of each column, and the columns that tell its rows apart.

DuckDB holds the rows (as in portal/checks/rows, in bounded memory), so that a million of them take seconds.
"""

# ruff: noqa: S608 -- the SQL is ours; the names in it are made here

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations, islice, product
from math import prod
from pathlib import Path

import duckdb

from portal.checks.rows.engine import connect, csv_source
from portal.checks.rows.shape import RowRules
from portal.checks.rows.structure import Source, Structure
from portal.drafting import names
from portal.drafting.columns import look
from portal.drafting.shape import Opened, Seen
from portal.settings import Settings

BATCH = 10_000
LONGEST_KEY = 60
"""Characters of a value that still may be part of a key: what is longer is a description."""
AMOUNT = 3
CANDIDATES, TRIES = 12, 60
"""Columns that are tried together as a key, and how many combinations."""


@contextmanager
def looked_through(parts: Sequence[Opened], settings: Settings) -> Iterator[Lookout]:
    """The rows of a table (its file, and those that continue it) for as long as the block runs."""
    rules = RowRules(scratch=settings.cache / "scratch", threads=settings.jobs)
    size = sum(part.prepared.csv.stat().st_size for part in parts)
    with connect(rules, size) as (con, folder):
        yield Lookout(con, folder, parts)


class Lookout:
    """A table while it is looked at: columns c0, c1 … as texts, blank rows left out, ragged ones brought to the width.

    `rows` counts its rows, `ragged` lists (path, record number) of the others.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, folder: Path, parts: Sequence[Opened]) -> None:
        self._con, self._labels = con, parts[0].labels
        self.ragged: list[tuple[str, int]] = []
        cells = [f"c{place}" for place in range(len(self._labels))]
        con.execute(f"CREATE TABLE t ({', '.join(f'{cell} VARCHAR' for cell in cells)})")
        for number, part in enumerate(parts):
            self._load(folder / str(number), part)
        blank = " AND ".join(f"{cell} = ''" for cell in cells)
        con.execute(f"DELETE FROM t WHERE {blank}")
        self.rows = self._count("t")

    def _load(self, folder: Path, part: Opened) -> None:
        folder.mkdir()
        width = len(self._labels)
        path = part.file.path

        def seen(row: int, _: list[str]) -> None:
            self.ragged.append((path, row))

        for piece in Source(part.prepared.csv, width, "", seen).pieces(folder, Structure()):
            header = 1 if piece.first == 0 else 0
            self._con.execute(f"INSERT INTO t SELECT * FROM {csv_source(piece.path, width)} OFFSET {header}")
            piece.path.unlink()

    def columns(self) -> tuple[Seen, ...]:
        """What each column is, from every value of it."""
        return tuple(look(label, self.counted(place)) for place, label in enumerate(self._labels))

    def counted(self, place: int) -> Iterator[tuple[str, int]]:
        """Each distinct text of a column and how often it stands there."""
        found = self._con.cursor().execute(f"SELECT c{place}, count(*) FROM t GROUP BY 1")
        while rows := found.fetchmany(BATCH):
            yield from rows

    def key(self, columns: Sequence[Seen]) -> tuple[str, ...]:
        """The shortest combination of complete columns that tells all rows apart, likely names first; () for none.

        Amounts are part of a key only where nothing else will do.
        """
        ranked = sorted(
            (place for place, column in enumerate(columns) if _may_be_key(column)),
            key=lambda place: (_rank(columns[place]), place),
        )
        names_first = [place for place in ranked if _rank(columns[place]) < AMOUNT]
        for places, together in product((names_first, ranked), (1, 2, 3)):
            found = self._telling(columns, places, together)
            if found:
                return tuple(columns[place].name for place in sorted(found))
        return ()

    def _telling(self, columns: Sequence[Seen], places: Sequence[int], together: int) -> tuple[int, ...] | None:
        """So many of these columns that tell all rows apart."""
        if together == 1:
            return next(((place,) for place in places if columns[place].distinct == self.rows), None)
        choices = combinations(places[:CANDIDATES], together)
        worth = (one for one in choices if prod(columns[place].distinct for place in one) >= self.rows)
        for one in islice(worth, TRIES):
            cells = ", ".join(f"c{place}" for place in one)
            if self._count(f"(SELECT DISTINCT {cells} FROM t)") == self.rows:
                return one
        return None

    def has_doubles(self) -> bool:
        """Some row equals another in every cell."""
        return self._count("(SELECT DISTINCT * FROM t)") < self.rows

    def _count(self, source: str) -> int:
        (count,) = self._con.execute(f"SELECT count(*) FROM {source}").fetchone() or (0,)
        return int(count)


def _may_be_key(column: Seen) -> bool:
    """Complete, more than one value, and no measurement or description."""
    short = column.longest <= LONGEST_KEY or names.ID.search(column.name) is not None
    return column.is_complete and column.kind not in ("number", "boolean") and short


def _rank(column: Seen) -> int:
    """Likely parts of a key come first: codes and numbers of records, days, short texts, then amounts."""
    likely = names.ID if column.kind == "string" else names.COUNTED
    if column.is_code or (likely.search(column.name) and column.kind in ("string", "integer")):
        return 0
    if column.kind in ("date", "datetime", "year", "yearmonth"):
        return 1
    return 2 if column.kind == "string" else AMOUNT
