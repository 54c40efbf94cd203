"""A workbook that was renamed to CSV."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter


def make(root: Path) -> None:
    """A workbook that was renamed to CSV."""
    with xlsxwriter.Workbook(root / "datasets/ylj/parks.csv") as book:
        book.add_worksheet("公园")
