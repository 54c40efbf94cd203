"""Empty values, texts that only look like values, and doubled rows (QLT-2, QLT-3; SZ-16「无错值、空值、重复值」).

These rules know exceptions (`allow` in the entry, portal/checks judges them), so they are told once per column, with
the first rows and the number, and in full in the report. Ragged and blank rows are left out: they have their problem.
"""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import duckdb

from portal.checks.rows.cells import fetch, many
from portal.checks.rows.engine import Loaded, pseudo_empty
from portal.checks.rows.keys import Located, before
from portal.checks.rows.shape import FIRST, Finding, Many


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
    tests = {
        place: f"NOT {file.is_missing(f'c{place}')} AND {pseudo_empty(column, file.layout, f'c{place}')}"
        for place, column in enumerate(file.layout.columns)
        if column and column.type == "string"
    }
    yield from _told(con, file, "pseudo-empty", tests)


def _told(con: duckdb.DuckDBPyConnection, file: Loaded, rule: str, tests: dict[int, str]) -> Iterator[Many]:
    """Look through all columns in one pass; then for the rows of those that have any."""
    if not tests:
        return
    seen = ", ".join(f"count(*) FILTER ({test})" for test in tests.values())
    whole = f"NOT {file.is_blank} AND {file.regular}"
    found = con.execute(f"SELECT {seen} FROM {file.odd} WHERE {whole}").fetchone() or ()
    for (place, test), count in zip(tests.items(), found, strict=True):
        column = file.layout.columns[place]
        if count and column:
            yield from many(
                con, file, f"c{place}", f"{whole} AND {test}", Finding(0, place + 1, rule, column.name), FIRST
            )


def doubled_rows(con: duckdb.DuckDBPyConnection, files: Sequence[Loaded]) -> Iterator[Located]:
    """Rows equal to an earlier one in every cell (by 128 bits of hash), where no primary key forbids it already."""
    if len({file.layout.width for file in files}) > 1:
        return
    parts = [
        f"SELECT {file.index} AS f, n + 1 AS r, h0, h1 FROM {file.name} "
        f"WHERE n > 0 AND n NOT IN (SELECT n FROM {file.odd} WHERE {file.is_blank}) AND {file.regular}"
        for file in files
    ]
    query = (
        f"WITH t AS ({' UNION ALL '.join(parts)}), d AS (SELECT h0 FROM t GROUP BY h0 HAVING count(*) > 1) "
        "SELECT f, r, lag(f) OVER w, lag(r) OVER w FROM t WHERE h0 IN (SELECT h0 FROM d) "
        "WINDOW w AS (PARTITION BY h0, h1 ORDER BY f, r) QUALIFY lag(r) OVER w IS NOT NULL ORDER BY f, r"
    )
    for file, row, *first in fetch(con, query):
        yield file, Finding(row, 0, "duplicate-row", more=before(*first))
