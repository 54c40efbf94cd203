"""Empty values, texts that only look like values, and doubled rows (QLT-2, QLT-3; SZ-16「无错值、空值、重复值」).

These rules know exceptions (`allow` in the entry, portal/checks judges them), so they are told once per column, with
the first rows and the number, and in full in the report. Ragged and blank rows are left out: they have their problem.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import duckdb

from portal.checks.rows.cells import fetch, many
from portal.checks.rows.engine import Loaded
from portal.checks.rows.keys import Located, before
from portal.checks.rows.screen import any_of
from portal.checks.rows.shape import FIRST, Finding, Many

PSEUDO = (
    "—",
    "——",
    "―",
    "-",
    "--",
    "/",
    "N/A",
    "n/a",
    "NA",
    "NULL",
    "null",
    "None",
    "无",
    "暂无",
    "待定",
    "0000-00-00",
)
"""QLT-2's pseudo-nulls with their usual spellings. A text that the column's enum or codes name is a value."""


def empty_values(con: duckdb.DuckDBPyConnection, file: Loaded, told: Collection[str]) -> Iterator[Many]:
    """Cells without a value, but for required columns and those `told` (a key's), which have rules of their own."""
    tests = {
        place: file.is_missing(f"c{place}")
        for place, column in enumerate(file.layout.columns)
        if column and not column.constraints.required and column.name not in told
    }
    yield from _told(con, file, "empty-value", tests)


def pseudo_empties(con: duckdb.DuckDBPyConnection, file: Loaded) -> Iterator[Many]:
    """`—`, `N/A`, blanks and the like in text columns."""
    tests = {}
    for place, column in enumerate(file.layout.columns):
        if column is None or column.type != "string" or column.constraints.enum:
            continue
        named = [text for text in PSEUDO if text not in (column.codes or {}) and text not in file.layout.missing]
        cell = f"c{place}"
        blank = f"({cell} <> '' AND regexp_full_match({cell}, '[\\s\\x{{3000}}\\x{{a0}}]+'))"
        tests[place] = f"(NOT {file.is_missing(cell)} AND ({cell} IN {any_of(named)} OR {blank}))"
    yield from _told(con, file, "pseudo-empty", tests)


def _told(con: duckdb.DuckDBPyConnection, file: Loaded, rule: str, tests: dict[int, str]) -> Iterator[Many]:
    """Look through all columns in one pass; then for the rows of those that have any."""
    if not tests:
        return
    seen = ", ".join(f"count(*) FILTER ({test})" for test in tests.values())
    whole = f"NOT {file.is_blank} AND {file.regular}"
    found = con.execute(f"SELECT {seen} FROM {file.name} WHERE rowid > 0 AND {whole}").fetchone() or ()
    for (place, test), count in zip(tests.items(), found, strict=True):
        column = file.layout.columns[place]
        if count and column:
            yield from many(
                con, file, f"c{place}", f"{whole} AND {test}", Finding(0, place + 1, rule, column.name), FIRST
            )


def doubled_rows(con: duckdb.DuckDBPyConnection, files: Sequence[Loaded]) -> Iterator[Located]:
    """Rows equal to an earlier one in every cell, where no primary key forbids it already.

    Hashes first, then the rows behind equal hashes: 8 bytes a row instead of the row.
    """
    width = files[0].layout.width
    if any(file.layout.width != width for file in files):
        return
    cells = ", ".join(f"c{place}" for place in range(width))
    parts = [
        f"SELECT {file.index} AS f, rowid + 1 AS r, {cells} FROM {file.name} "
        f"WHERE rowid > 0 AND NOT {file.is_blank} AND {file.regular}"
        for file in files
    ]
    source = " UNION ALL ".join(parts)
    query = (
        f"WITH t AS ({source}), d AS (SELECT hash({cells}) AS h FROM t GROUP BY h HAVING count(*) > 1) "
        f"SELECT f, r, lag(f) OVER w, lag(r) OVER w FROM t WHERE hash({cells}) IN (SELECT h FROM d) "
        f"WINDOW w AS (PARTITION BY {cells} ORDER BY f, r) QUALIFY lag(r) OVER w IS NOT NULL ORDER BY f, r"
    )
    for file, row, *first in fetch(con, query):
        yield file, Finding(row, 0, "duplicate-row", more=before(*first))
