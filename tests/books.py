"""Workbooks as departments hand them back: an export, opened, spoiled in one place, saved again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from portal.catalogue import read_catalogue
from portal.sheets.exporting import names_of
from portal.sheets.layout import layout
from portal.sheets.rows import rows_of
from tests.catalogues import settings_for

Pages = dict[str, list[list[Any]]]
"""Sheet → its rows as a program shows them: labels, help, data."""
FIRST = 2
"""The place of the first row of data, counted from 0; a program calls it row 3."""


def pages_of(root: Path, *ids: str) -> Pages:
    """The export of some entries (all, where none is named) as plain cells."""
    reading = read_catalogue(settings_for(root))
    pages: Pages = {sheet.name: [list(sheet.labels), ["填写说明"]] for sheet in layout()}
    for dataset in reading.catalogue.datasets:
        for sheet, row in rows_of(dataset, names_of(reading)) if not ids or dataset.id in ids else ():
            pages[sheet.name].append(list(row))
    return pages


def column(pages: Pages, sheet: str, label: str) -> int:
    """Where a column stands."""
    return pages[sheet][0].index(label)


def put(pages: Pages, sheet: str, label: str, value: Any, row: int = 0) -> None:
    """Put a value into a cell of the n-th row of data."""
    cells = pages[sheet][FIRST + row]
    place = column(pages, sheet, label)
    cells += [""] * (place + 1 - len(cells))
    cells[place] = value


def save(target: Path, pages: Pages, more: Callable[[Any, dict[str, Any]], None] | None = None) -> Path:
    """Write the cells by their kind; `more` may do with the pages what only a program can (merge, formulas)."""
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheets: dict[str, Any] = defaultdict()
        for name, rows in pages.items():
            sheets[name] = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value == "":
                        continue
                    if isinstance(value, str):
                        sheets[name].write_string(number, place, value)
                    elif hasattr(value, "year"):
                        sheets[name].write_datetime(number, place, value, day)
                    else:
                        sheets[name].write(number, place, value)
        if more:
            more(book, sheets)
    return target


def spoiled(root: Path, change: Callable[[Pages], None], more: Callable[..., None] | None = None) -> Path:
    """The export of the whole town, changed, as `目录.xlsx` in its folder."""
    pages = pages_of(root)
    change(pages)
    return save(root / "目录.xlsx", pages, more)
