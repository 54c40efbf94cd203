"""A formula that divides by nothing."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """A formula that divides by nothing."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        sheet = book.add_worksheet("公园")
        sheet.write_row(0, 0, ["编号", "名称", "面积"])
        sheet.write_row(1, 0, ["0001", "东园"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
