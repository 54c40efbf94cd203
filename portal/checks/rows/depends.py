"""What one column decides about another (`key` → `determines`): one code, one name, over all files of a table."""

# ruff: noqa: S608 -- the SQL is ours; names and texts in it are made or quoted here

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from portal.checks.rows.cells import fetch
from portal.checks.rows.forms import sentence, unfit
from portal.checks.rows.keys import Keys, Located, before
from portal.checks.rows.shape import Finding
from portal.tableschema import RowCheck, TableSchema


def decided(schema: TableSchema) -> list[RowCheck]:
    """The schema's rules of this form that can be judged."""
    return [check for check in schema.checks if check.determines and not unfit(check, schema)]


def dependencies(con: duckdb.DuckDBPyConnection, keys: Keys, schema: TableSchema) -> Iterator[Located]:
    """Each row whose value is another one than in the first row with the same key. Missing values decide nothing."""
    for check in decided(schema):
        if not {*check.key, *check.determines} <= set(keys.columns):
            continue
        for name in check.determines:
            yield from _of_column(con, keys, check, name, schema.names.index(name) + 1)


def _of_column(
    con: duckdb.DuckDBPyConnection, keys: Keys, check: RowCheck, name: str, number: int
) -> Iterator[Located]:
    value = f"k{keys.columns.index(name)}"
    decides = keys.struct(check.key)
    source = (
        f"(SELECT f, r, {decides} AS k, {_shown(keys, check.key)} AS shown, {value} AS v FROM {keys.name} "
        f"WHERE {value} IS NOT NULL AND NOT ({keys.none(check.key)}))"
    )
    query = (
        f"WITH s AS {source}, odd AS (SELECT k FROM s GROUP BY k HAVING min(v) <> max(v)) "
        "SELECT f, r, shown, v, first_value(v) OVER w, first_value(f) OVER w, first_value(r) OVER w "
        "FROM s SEMI JOIN odd USING (k) WINDOW w AS (PARTITION BY k ORDER BY f, r) "
        "QUALIFY v <> first_value(v) OVER w ORDER BY f, r"
    )
    for file, row, shown, text, first, first_file, first_row in fetch(con, query):
        note = f"（{check.note}）" if check.note else ""
        more = (("key", shown), ("other", first), ("limit", sentence(check)), ("note", note))
        yield file, Finding(row, number, "code-name", name, text, (*more, *before(first_file, first_row)))


def _shown(keys: Keys, names: Sequence[str]) -> str:
    return " || ', ' || ".join(f"coalesce(k{keys.columns.index(name)}, '')" for name in names)
