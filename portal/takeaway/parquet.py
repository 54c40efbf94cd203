"""Parquet, typed, by DuckDB: for people who analyse. DuckDB has no SQLite reader without a download, so the rows go
through a CSV whose dialect and types are told, never guessed.

Days are DATE. Clock times and moments stay text: each may carry an offset of its own, which a TIMESTAMP would lose.
"""

from __future__ import annotations

import os
import sqlite3
from functools import cache
from pathlib import Path

import duckdb

from portal.database import quoted
from portal.model import Table
from portal.tableschema import FieldType
from portal.takeaway import csvs

ROWS = 65_536
"""Rows in a group, for readers by ranges such as the query page: DuckDB's 122,880 make the first rows of a table cost
twice as much; smaller groups mean more requests and a larger file (bench/query.md).
"""
LINE = 2_000_000
"""DuckDB's own limit for a line, raised where a table needs it; its buffers grow with it."""
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
        _engine(os.getpid()).execute(_copy(table, source, target, _longest(connection, table)))
    finally:
        source.unlink(missing_ok=True)


@cache
def _engine(_process: int) -> duckdb.DuckDBPyConnection:
    """One engine per process (a forked one must not use its parent's): starting it takes longer than a small table.
    One thread, so that the same rows always fall into the same groups.
    """
    return duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})


def _longest(connection: sqlite3.Connection, table: Table) -> int:
    """Bytes that no line of the CSV exceeds: up to 4 a character, all of them quotes that are doubled, and the rest."""
    columns = table.table_schema.fields
    lengths = [f"ifnull(length({quoted(column.name)}), 0)" for column in columns if column.type == "string"] or ["0"]
    (most,) = connection.execute(f"SELECT max({' + '.join(lengths)}) FROM {quoted(table.name)}").fetchone()  # noqa: S608 -- quoted
    return 8 * int(most or 0) + 50 * len(columns)


def _copy(table: Table, source: Path, target: Path, longest: int) -> str:
    schema = table.table_schema
    kinds = ", ".join(f"{_text(column.name)}: '{TYPES[column.type]}'" for column in schema.fields)
    names = ", ".join(quoted(name) for name in schema.names)
    dialect = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n'"
    dialect += f", max_line_size = {max(longest, LINE)}"
    null = _text(csvs.null_text(schema))
    reader = f"read_csv({_text(str(source))}, {dialect}, nullstr = {null}, columns = {{{kinds}}})"
    shape = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS}"
    return f"COPY (SELECT {names} FROM {reader}) TO {_text(str(target))} ({shape})"  # noqa: S608 -- quoted


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
