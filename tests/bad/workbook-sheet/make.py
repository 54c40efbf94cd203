"""The sheet has another name."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """The sheet has another name."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        sheet = book.add_worksheet("公园")
        sheet.write_row(0, 0, ["编号", "名称", "面积"])
        sheet.write_row(1, 0, ["0001", "东园", 12.5])
