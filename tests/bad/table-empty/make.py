"""A workbook without anything in it."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """A workbook without anything in it."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.xlsx") as book:
        book.add_worksheet("公园")
