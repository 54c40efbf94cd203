"""Every cell against its column: the screen in SQL, Python for the rows that did not pass, RE2 for patterns."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from portal.checks.rows.engine import Loaded
from portal.checks.rows.judge import Judge
from portal.checks.rows.screen import has_type, passes, pattern_misses
from portal.checks.rows.shape import Finding

BATCH = 2000


def judge_cells(con: duckdb.DuckDBPyConnection, loaded: Loaded, judge: Judge) -> Iterator[Finding]:
    """Findings in the rows that are not ragged (those were judged in the structural pass)."""
    query = (
        f"SELECT rowid, {', '.join(loaded.cells)} FROM {loaded.name} WHERE rowid > 0 AND NOT ({_row_passes(loaded)})"
    )
    for rowid, *cells in fetch(con, query):
        row = rowid + 1
        if not loaded.structure.is_irregular(row):
            yield from judge.record(row, cells)


def judge_patterns(con: duckdb.DuckDBPyConnection, loaded: Loaded) -> Iterator[Finding]:
    """Texts that do not match their column's pattern, ragged rows included."""
    for place, column in enumerate(loaded.layout.columns):
        cell = f"c{place}"
        misses = pattern_misses(column, cell) if column else None
        if column is None or misses is None:
            continue
        typed = has_type(column, cell)
        query = (
            f"SELECT rowid, {cell} FROM {loaded.name} "
            f"WHERE rowid > 0 AND NOT {loaded.is_missing(cell)} AND {typed} AND {misses} ORDER BY rowid"
        )
        limit = (("limit", str(column.constraints.pattern)),)
        for rowid, text in fetch(con, query):
            yield Finding(rowid + 1, place + 1, "pattern-value", column.name, text, limit)


def fetch(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """Rows in batches, on a cursor of their own, so that other queries may run meanwhile."""
    with con.cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _row_passes(loaded: Loaded) -> str:
    """SQL, true for a row in which every cell is right and not every cell is blank."""
    tests = [f"NOT {loaded.is_blank}"]
    for place, column in enumerate(loaded.layout.columns):
        if column is None:
            continue
        cell = f"c{place}"
        test = passes(column, cell)
        if column.constraints.required:
            tests.append(f"(NOT {loaded.is_missing(cell)} AND {test})")
        elif test != "TRUE":
            tests.append(f"({loaded.is_missing(cell)} OR ({test}))")
    return " AND ".join(tests)
