"""Every cell against its column: the screen in SQL, Python for the rows that did not pass, RE2 for patterns."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import duckdb

from portal.checks.rows.engine import Loaded
from portal.checks.rows.judge import Judge
from portal.checks.rows.logic import Logic
from portal.checks.rows.near import near_misses
from portal.checks.rows.screen import has_type, passes, pattern_misses
from portal.checks.rows.shape import Finding, Many
from portal.wording.rows import NEAR

BATCH = 2000


def judge_cells(con: duckdb.DuckDBPyConnection, loaded: Loaded, judge: Judge, logic: Logic) -> Iterator[Finding]:
    """Findings in the rows that are not ragged (those were judged in the structural pass), cell by cell and across."""
    wrong = f"coalesce(NOT ({_row_passes(loaded)}), TRUE)"
    query = f"SELECT n + 1, {', '.join(loaded.cells)} FROM {loaded.odd} WHERE {wrong}"
    for row, *cells in fetch(con, query):
        if not loaded.structure.is_irregular(row):
            yield from judge.record(row, cells)
            yield from logic.record(row, cells)


def judge_patterns(con: duckdb.DuckDBPyConnection, loaded: Loaded, most: int) -> Iterator[Many]:
    """Texts that do not match their column's pattern, ragged rows included."""
    for place, column in enumerate(loaded.layout.columns):
        cell = f"c{place}"
        misses = pattern_misses(column, cell) if column else None
        if column is None or misses is None:
            continue
        test = f"NOT {loaded.is_missing(cell)} AND {has_type(column, cell)} AND {misses}"
        like = Finding(0, place + 1, "pattern-value", column.name, more=(("limit", str(column.constraints.pattern)),))
        for found in many(con, loaded, cell, test, like, most):
            yield replace(found, first=_with_hints(con, str(column.constraints.pattern), found.first))


def _with_hints(con: duckdb.DuckDBPyConnection, pattern: str, findings: Sequence[Finding]) -> list[Finding]:
    """With what can't be seen in the value, or the general advice."""
    near = near_misses(con, pattern, (one.value for one in findings))
    hints = {one.value: NEAR[near.get(one.value, "")] for one in findings}
    return [
        one._replace(more=(*one.more, ("near", hints[one.value].zh), ("near_en", hints[one.value].en)))
        for one in findings
    ]


def many(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, cell: str, test: str, like: Finding, most: int
) -> Iterator[Many]:
    """All cells of a column that a test is true for; the first of them as findings `like` the given one."""
    query = f"SELECT n + 1 AS row, {cell} AS value FROM {loaded.odd} WHERE {test}"
    (count,) = con.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,)
    if count:
        first = [like._replace(row=row, value=text) for row, text in fetch(con, f"{query} ORDER BY row LIMIT {most}")]
        yield Many(count, first, query)


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
    tests += [f"({gone} OR ({surely}))" for surely, gone in loaded.layout.asked]
    return " AND ".join(tests)
