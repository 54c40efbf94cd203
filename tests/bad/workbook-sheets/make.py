"""Two sheets with rows, and none is named."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """Two sheets with rows, and none is named."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        sheet = book.add_worksheet("公园")
        sheet.write_row(0, 0, ["编号", "名称", "面积"])
        sheet.write_row(1, 0, ["0001", "东园", 12.5])
        other = book.add_worksheet("绿地")
        other.write_row(0, 0, ["编号", "名称"])
