"""Read all sheets of the workbook with their types, in a process of its own (portal/tablefile/workbook.run_reader).

What a cell must not be is found here as well: formulas and errors by their XML, merged areas by the reader.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, SheetTypeEnum, load_workbook

from portal.tablefile.cellerrors import error_cells, marked_cells
from portal.tablefile.confined import answer

FORMULA = re.compile(rb"""<c\b(?=[^>]*\sr=["']([A-Z]+[0-9]+)["'])[^>]*>\s*<f[\s>/]""")


def read(stream: BinaryIO) -> list[dict[str, Any]]:
    """Every worksheet: name, rows of [kind, value] or null, merged areas (first row and column), formulas, errors."""
    book = load_workbook(stream)
    names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    return [_sheet(book.get_sheet_by_name(name), stream) for name in names]


def _sheet(sheet: CalamineSheet, stream: BinaryIO) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": [[_cell(cell) for cell in row] for row in sheet.iter_rows()],
        "merged": [[top + 1, left + 1] for (top, left), _ in sheet.merged_cell_ranges or []],
        "formulas": marked_cells(stream, sheet.name, FORMULA),
        "errors": error_cells(stream, sheet.name),
    }


def _cell(cell: Any) -> list[Any] | None:
    """The kind and the value; texts as they are, days as ISO text."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return ["truth", cell]
    if isinstance(cell, int | float):
        return ["number", float(cell)]
    if isinstance(cell, date):  # a datetime is one too
        return ["day", cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()]
    return ["time" if isinstance(cell, time | timedelta) else "text", str(cell)]


if __name__ == "__main__":
    answer(lambda stream, _: {"sheets": read(stream)})
