"""XLSX: one sheet, the header in view, in memory that does not grow with the table.

Text is always written as text, so that codes keep their zeros and `=1+1` stays what it is; whole numbers that Excel
would round (16 digits and more) are text too. Days are ISO text, as everywhere else. Limits:
https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 ("Excel specifications and limits").
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.casting import plain
from portal.database import row_count, rows
from portal.facts import Cell
from portal.model import Table
from portal.takeaway.shape import Unfit
from portal.workbook import MAX_CHARACTERS, header_cell, length, letters, row_xml, text_cell, write_workbook

MAX_ROWS = 1_000_000
"""Excel itself ends at 1,048,576 with the header; a round number is easier to tell."""
MAX_COLUMNS = 16_384
EXACT = 10**15
"""Excel keeps 15 significant digits of a number; casting lets no more through where a column holds fractions."""


def write(connection: sqlite3.Connection, table: Table, target: Path) -> None:
    """All rows in one sheet. Raises Unfit beyond the limits of the format."""
    width = len(table.table_schema.fields)
    if row_count(connection, table.name) > MAX_ROWS:
        raise Unfit(f"超过 {MAX_ROWS:,} 行，Excel 工作表放不下", f"more than {MAX_ROWS:,} rows, too many for Excel")
    if width > MAX_COLUMNS:
        raise Unfit(f"超过 {MAX_COLUMNS:,} 列，Excel 工作表放不下", f"more than {MAX_COLUMNS:,} columns")
    try:
        write_workbook(target, width, _rows(connection, table))
    except RuntimeError as error:  # zipfile's only way to say that a part passed 2 GiB
        raise Unfit("内容过大，Excel 工作表放不下", "too large for Excel") from error


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[str]:
    names = [letters(place) for place in range(1, len(table.table_schema.fields) + 1)]
    header = zip(names, table.table_schema.names, strict=True)
    yield row_xml(1, [header_cell(f"{letter}1", _fitting(name)) for letter, name in header])
    for number, row in enumerate(rows(connection, table), start=2):
        cells = [
            WRITE[type(cell)](f"{letter}{number}", cell)
            for letter, cell in zip(names, row, strict=True)
            if cell is not None
        ]
        yield row_xml(number, cells)


def _fitting(text: str) -> str:
    if len(text) > MAX_CHARACTERS // 2 and length(text) > MAX_CHARACTERS:
        reason = f"有单元格超过 {MAX_CHARACTERS:,} 个字符，Excel 单元格放不下"
        raise Unfit(reason, f"a cell has more than {MAX_CHARACTERS:,} characters, too many for Excel")
    return text


def _string(place: str, value: Cell) -> str:
    return text_cell(place, _fitting(str(value)))


def _whole(place: str, value: Cell) -> str:
    if isinstance(value, int) and -EXACT < value < EXACT:
        return f'<c r="{place}"><v>{value}</v></c>'
    return _string(place, value)


def _number(place: str, value: Cell) -> str:
    return f'<c r="{place}"><v>{plain(value)}</v></c>'


def _truth(place: str, value: Cell) -> str:
    return f'<c r="{place}" t="b"><v>{value:d}</v></c>'


WRITE: dict[type, Callable[[str, Cell], str]] = {str: _string, int: _whole, float: _number, bool: _truth}
