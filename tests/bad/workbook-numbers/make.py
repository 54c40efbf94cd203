"""Codes typed into number cells: the zeros in front are gone."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """Codes typed into number cells: the zeros in front are gone."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        sheet = book.add_worksheet("公园")
        sheet.write_row(0, 0, ["编号", "名称", "面积"])
        sheet.write_row(1, 0, [1, "东园", 12.5])
        sheet.write_row(2, 0, ["0002", "西园", 3])
