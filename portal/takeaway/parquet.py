"""Parquet, typed, by DuckDB: for people who analyse. DuckDB has no SQLite reader without a download, so the rows go
through a CSV whose dialect and types are told, never guessed.

Days are DATE. Clock times and moments stay text: each may carry an offset of its own, which a TIMESTAMP would lose.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

import duckdb

from portal.database import quoted
from portal.model import Table
from portal.tableschema import FieldType
from portal.takeaway import csvs

TYPES: dict[FieldType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "VARCHAR",
    "datetime": "VARCHAR",
    "year": "INTEGER",
    "yearmonth": "VARCHAR",
}


def write(connection: sqlite3.Connection, table: Table, target: Path) -> None:
    """All rows in the order of the file."""
    source = target.with_name(target.name + ".csv")
    try:
        csvs.write(connection, table, source)
        _engine().execute(_copy(table, source, target))
    finally:
        source.unlink(missing_ok=True)


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One engine per process: starting it takes longer than a small table. One thread: the rows keep their groups."""
    return duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})


def _copy(table: Table, source: Path, target: Path) -> str:
    schema = table.table_schema
    kinds = ", ".join(f"{_text(column.name)}: '{TYPES[column.type]}'" for column in schema.fields)
    names = ", ".join(quoted(name) for name in schema.names)
    dialect = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n'"
    null = _text(csvs.null_text(schema))
    reader = f"read_csv({_text(str(source))}, {dialect}, nullstr = {null}, columns = {{{kinds}}})"
    return f"COPY (SELECT {names} FROM {reader}) TO {_text(str(target))} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 -- quoted


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
