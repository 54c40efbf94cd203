"""A title above the table, over three columns."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """A title above the table, over three columns."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        sheet = book.add_worksheet("公园")
        sheet.merge_range(0, 0, 0, 2, "城区公园名录")
        sheet.write_row(1, 0, ["编号", "名称", "面积"])
