"""Read one sheet of a workbook into CSV, in a process of its own: memory and time are limited by the one who starts it.

Run as `python -m portal.tablefile.child`; the order comes as JSON on standard input, the findings go as JSON to
standard output. A workbook is a stranger's program for our reader, so nothing of it is read anywhere else.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from portal.tablefile.cellerrors import error_cells
from portal.tablefile.confined import Findings, answer
from portal.tablefile.csvtext import canonical

MIDNIGHT = time(0, 0)
TEXT: list[str | None] = ["string", None]
FEW = 5
LONGEST = 10**15
"""Excel keeps 15 significant digits; a whole number beyond has lost some."""


class Order(TypedDict):
    """What to read: a sheet or None, column names with (type, format), where to write.

    With `names` nothing is written: the sheets that hold anything are named.
    """

    names: bool
    sheet: str | None
    columns: dict[str, list[str | None]]
    target: str


def read(stream: BinaryIO, order: Order) -> Findings:
    """Write the sheet's cells and say what was noticed on the way; a `rule` means that it can't be used."""
    book = load_workbook(stream)
    if order["names"]:
        return {"names": [sheet.name for sheet in full_sheets(book)]}
    chosen = choose(book, order["sheet"])
    if not isinstance(chosen, CalamineSheet):
        return chosen
    merged = chosen.merged_cell_ranges or []
    if merged:
        return {"rule": "workbook-merged", "count": len(merged), "places": [_range(m) for m in merged[:FEW]]}
    errors = error_cells(stream, chosen.name)
    if errors:
        return {"rule": "workbook-errors", "count": len(errors), "places": errors[:FEW]}
    return write(chosen, order)


def choose(book: CalamineWorkbook, wanted: str | None) -> CalamineSheet | Findings:
    """The named sheet, or the only visible one that holds anything."""
    names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if wanted is not None:
        return book.get_sheet_by_name(wanted) if wanted in names else {"rule": "workbook-sheet", "names": names}
    full = full_sheets(book)
    if not full:
        return {"rule": "table-empty"}
    return full[0] if len(full) == 1 else {"rule": "workbook-sheets", "names": [sheet.name for sheet in full]}


def full_sheets(book: CalamineWorkbook) -> list[CalamineSheet]:
    """The visible sheets that hold anything."""
    visible = [
        meta.name
        for meta in book.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
    ]
    return [sheet for sheet in map(book.get_sheet_by_name, visible) if sheet.height]


def write(sheet: CalamineSheet, order: Order) -> Findings:
    """Every cell as the text that its column's type expects; blank rows at the end are no rows.

    Record 1 is the sheet's first row, so that a record number is a row number.
    """
    rows = sheet.iter_rows()
    header = _header(next(rows))
    columns = [order["columns"].get(name, TEXT) for name in header]
    numbers, blanks = _Numbers(header, columns), 0
    with Path(order["target"]).open("w", encoding="utf-8", newline="") as out:
        out.write(canonical(header) if header else "\n")
        for row, cells in enumerate(rows, start=2):
            numbers.look(row, cells)
            texts = [_text(cell, *(kind or TEXT)) for cell, kind in zip_longest(cells, columns)]
            while len(texts) > len(header) and not texts[-1]:
                texts.pop()
            if not any(texts):
                blanks += 1
                continue
            out.write("\n" * blanks + canonical(texts))
            blanks = 0
    return {"sheet": sheet.name, "numbers": numbers.counts, "lost": numbers.lost[:FEW], "lost_count": len(numbers.lost)}


class _Numbers:
    """Cells stored as numbers where the column is text: leading zeros are gone, and digits past the fifteenth."""

    def __init__(self, header: list[str], columns: list[list[str | None]]) -> None:
        self._texts = [(index, name) for index, name in enumerate(header) if columns[index][0] == "string"]
        self.counts: dict[str, int] = {}
        self.lost: list[tuple[int, str]] = []

    def look(self, row: int, cells: list[Any]) -> None:
        """Note the cells of one row."""
        for index, name in self._texts:
            cell = cells[index] if index < len(cells) else None
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                self.counts[name] = self.counts.get(name, 0) + 1
                if abs(cell) >= LONGEST:
                    self.lost.append((row, name))


def _header(cells: list[Any]) -> list[str]:
    """The labels, without the blank ones that formatting leaves at the end."""
    labels = [_text(cell, "string", None).strip() for cell in cells]
    while labels and not labels[-1]:
        labels.pop()
    return labels


def _text(cell: Any, kind: str | None, format_: str | None) -> str:
    """A typed cell as text: what the column's type reads back as the same value."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return _number(float(cell))
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(cell, (date, time)):
        return _moment(cell, kind, format_)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    """Fifteen significant digits, as Excel shows them: 0.1+0.2 is 0.3 there and here."""
    if value.is_integer() and abs(value) < 10**17:
        return str(int(value))
    return format(value, ".15g")


def _moment(cell: date | time, kind: str | None, format_: str | None) -> str:
    if format_ and format_ != "default" and kind in ("date", "time", "datetime"):
        return cell.strftime(format_)
    if isinstance(cell, time):
        return cell.isoformat()
    return _day(cell, kind)


def _day(cell: date, kind: str | None) -> str:
    clock = cell.time() if isinstance(cell, datetime) else MIDNIGHT
    day = cell.date() if isinstance(cell, datetime) else cell
    if kind == "datetime":
        return datetime.combine(day, clock).isoformat()
    if kind == "time":
        return clock.isoformat()
    if clock != MIDNIGHT:
        return datetime.combine(day, clock).isoformat(sep=" ")
    if kind == "year":
        return f"{day.year:04}"
    return day.isoformat()[:7] if kind == "yearmonth" else day.isoformat()


def _range(cells: tuple[tuple[int, int], tuple[int, int]]) -> str:
    (top, left), (bottom, right) = cells
    return f"{_column(left)}{top + 1}:{_column(right)}{bottom + 1}"


def _column(index: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(65 + letter) + name
    return name


if __name__ == "__main__":
    answer(read)
