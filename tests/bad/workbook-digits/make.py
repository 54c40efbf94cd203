"""An 18-digit code typed into a number cell."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """An 18-digit code typed into a number cell."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        sheet = book.add_worksheet("公园")
        sheet.write_row(0, 0, ["编号", "名称", "面积"])
        sheet.write_row(1, 0, [320505199001011234, "东园", 12.5])
