"""CSV as RFC 4180 has it: UTF-8, comma, CRLF, quotes only where needed; and the same with the BOM that Excel asks for.

Values are never altered for Excel's sake: a quote before `=` would corrupt the data for everybody else. People who
want typed cells take the XLSX.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from portal.casting import plain
from portal.database import rows
from portal.facts import Cell
from portal.model import Table
from portal.tableschema import Column, TableSchema


def write(connection: sqlite3.Connection, table: Table, target: Path) -> None:
    """All rows in the order of the file, under the columns' names."""
    _write(connection, table, target, "utf-8")


def write_for_excel(connection: sqlite3.Connection, table: Table, target: Path) -> None:
    """As `write`, with the byte order mark by which Excel knows UTF-8."""
    _write(connection, table, target, "utf-8-sig")


def null_text(schema: TableSchema) -> str:
    """How a missing value is written: as nothing where the schema allows it, else in the schema's own first spelling
    (there an empty text is a value).
    """
    return "" if "" in schema.missing_values or not schema.missing_values else schema.missing_values[0]


def spelling(column: Column) -> Callable[[Cell], str]:
    """How the values of a column are written as text: a year keeps its four digits."""
    return _year if column.type == "year" else plain


def _year(cell: Cell) -> str:
    return "" if cell is None else f"{cell:04}"


def _write(connection: sqlite3.Connection, table: Table, target: Path, encoding: str) -> None:
    schema = table.table_schema
    with target.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)  # CRLF, so that the writer quotes a lone CR as well as a lone LF
        writer.writerow(schema.names)
        writer.writerows(_spelled(rows(connection, table), schema))


def _spelled(found: Iterator[tuple[Cell, ...]], schema: TableSchema) -> Iterator[Sequence[Cell]]:
    """Rows with our spelling where Python's own would differ; text, whole numbers and None go as they are."""
    null = null_text(schema)
    ours = [(i, spelling(c)) for i, c in enumerate(schema.fields) if c.type in ("number", "boolean", "year")]
    if not ours and not null:
        yield from found
        return
    for row in found:
        values = list(row)
        for place, spell in ours:
            values[place] = spell(values[place])
        yield [null if cell is None else value for cell, value in zip(row, values, strict=True)] if null else values
