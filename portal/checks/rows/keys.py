"""Unique columns, primary keys and foreign keys, over all files of a table, by published values.

Two spellings of one value are one key (`1` and ` 1 `, `1.5` and `1.50`), as in frictionless. A text that is no value of
its column counts as no value here; it has its own problem.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from portal.casting import CastError, converter, plain
from portal.checks.rows.cells import fetch
from portal.checks.rows.engine import Loaded, insert
from portal.checks.rows.shape import Finding
from portal.facts import Cell
from portal.tableschema import Column

Located = tuple[int, Finding]
"""The file's place among the files of the table, and what was found in it."""


class Keys(NamedTuple):
    """A view of key texts: `f` file, `r` record, then one column per name: k0, k1 … (NULL for no value)."""

    name: str
    columns: tuple[str, ...]

    def struct(self, names: Sequence[str]) -> str:
        """SQL for the columns as one value; equal also where parts of several are NULL, as Python's tuples are."""
        if len(names) == 1:
            return f"k{self.columns.index(names[0])}"
        return "{" + ", ".join(f"'k{i}': k{self.columns.index(name)}" for i, name in enumerate(names)) + "}"

    def none(self, names: Sequence[str]) -> str:
        """SQL, true where no column has a value."""
        return " AND ".join(f"k{self.columns.index(name)} IS NULL" for name in names)


def key_text(value: Cell) -> str:
    """The one spelling of a published value: numbers in full, without exponent and without needless zeros."""
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    return plain(value)


def build(
    con: duckdb.DuckDBPyConnection, name: str, files: Sequence[Loaded], columns: Sequence[str], folder: Path
) -> Keys | None:
    """The key texts of these columns; None where a file lacks one of them (its header has been reported)."""
    wanted = tuple(dict.fromkeys(columns))
    if not wanted or any(file.layout.place_of(column) is None for file in files for column in wanted):
        return None
    parts = [_select(con, f"{name}_{file.index}", file, wanted, folder) for file in files]
    con.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(parts)}")
    return Keys(name, wanted)


def _select(con: duckdb.DuckDBPyConnection, name: str, file: Loaded, wanted: Sequence[str], folder: Path) -> str:
    texts, joins = [], []
    for number, column_name in enumerate(wanted):
        place = file.layout.place_of(column_name) or 0
        column, odd = file.layout.columns[place], f"{name}_{number}"
        spelled = f"{file.name}.k{place}"
        if column and _spell_oddities(con, odd, file, place, column, folder):
            found = f"SELECT o.n, m.c1 FROM {file.odd} o JOIN {odd} m ON o.c{place} = m.c0 WHERE o.k{place} IS NULL"
            joins.append(f"LEFT JOIN ({found}) {odd}_at ON {file.name}.n = {odd}_at.n")
            spelled = f"coalesce({spelled}, {odd}_at.c1)"
        texts.append(f"{spelled} AS k{number}")
    return (
        f"SELECT {file.index} AS f, {file.name}.n + 1 AS r, {', '.join(texts)} "
        f"FROM {file.name} {' '.join(joins)} WHERE {file.name}.n > 0"
    )


def _spell_oddities(
    con: duckdb.DuckDBPyConnection, name: str, file: Loaded, place: int, column: Column, folder: Path
) -> bool:
    """Have Python spell the texts that SQL does not vouch for; a table from text to spelling, if there are any."""
    cast, cell = converter(column), f"c{place}"
    query = f"SELECT DISTINCT {cell} FROM {file.odd} WHERE k{place} IS NULL AND NOT {file.is_missing(cell)}"
    rows: list[tuple[str, str]] = []
    for (text,) in fetch(con, query):
        try:
            rows.append((text, key_text(cast(text))))
        except CastError:
            continue
    if rows:
        insert(con, name, rows, 2, folder)
    return bool(rows)


def find_repeated(con: duckdb.DuckDBPyConnection, keys: Keys, names: Sequence[str], table: str) -> None:
    """Make a table of every repetition of a key: its file and row, its text, file and row of the one before it.

    First the keys, then their rows. Takes long and may run beside others, on a connection of its own, and again.
    """
    shown = " || ', ' || ".join(f"coalesce(k{keys.columns.index(name)}, '')" for name in names)
    given = f"FROM {keys.name} WHERE NOT ({keys.none(names)})"
    con.execute(
        f"CREATE OR REPLACE TABLE {table}_k AS SELECT {keys.struct(names)} AS k {given} GROUP BY k HAVING count(*) > 1"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT f, r, shown, lag(f) OVER w AS first_f, lag(r) OVER w AS first_r "
        f"FROM (SELECT f, r, {shown} AS shown, {keys.struct(names)} AS k {given}) SEMI JOIN {table}_k USING (k) "
        "WINDOW w AS (PARTITION BY k ORDER BY f, r) QUALIFY lag(r) OVER w IS NOT NULL"
    )


def unique(con: duckdb.DuckDBPyConnection, repeated: str, column: str, number: int) -> Iterator[Located]:
    """Each row whose value stood in an earlier one, from the table of `find_repeated`."""
    for file, row, text, *first in fetch(con, f"SELECT * FROM {repeated} ORDER BY f, r"):
        yield file, Finding(row, number, "unique-value", column, text, before(*first))


def primary(con: duckdb.DuckDBPyConnection, repeated: str, names: Sequence[str]) -> Iterator[Located]:
    """Each row whose key stood in an earlier one, from the table of `find_repeated`."""
    for file, row, text, *first in fetch(con, f"SELECT * FROM {repeated} ORDER BY f, r"):
        yield file, Finding(row, 0, "primary-key", "、".join(names), text, before(*first))


def before(file: int, row: int) -> tuple[tuple[str, str], ...]:
    """Where the earlier one stands; the file's place becomes its name where the finding is collected."""
    return ("first", str(row)), ("first_file", str(file))


def empty_keys(con: duckdb.DuckDBPyConnection, file: Loaded, names: Sequence[str]) -> Iterator[Located]:
    """Rows without any part of the primary key; blank rows have their own problem."""
    places = [file.layout.place_of(name) for name in names]
    empty = " AND ".join(file.is_missing(f"c{place}") for place in places)
    query = f"SELECT n + 1 AS row FROM {file.odd} WHERE {empty} AND NOT {file.is_blank} ORDER BY row"
    for (row,) in fetch(con, query):
        yield file.index, Finding(row, 0, "primary-key-empty", "、".join(names))


def foreign(
    con: duckdb.DuckDBPyConnection, keys: Keys, names: Sequence[str], target: Keys, target_names: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    """File, row and text of every key that the other table lacks."""
    shown = " || ', ' || ".join(f"coalesce(k{keys.columns.index(name)}, '')" for name in names)
    there = f"(SELECT DISTINCT {target.struct(target_names)} AS k FROM {target.name})"
    source = f"(SELECT *, {keys.struct(names)} AS k FROM {keys.name} WHERE NOT ({keys.none(names)}))"
    query = f"SELECT f, r, {shown} FROM {source} ANTI JOIN {there} t USING (k) ORDER BY f, r"
    yield from fetch(con, query)
