"""Cells that were merged."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda _: None, lambda _, sheets: sheets["数据项"].merge_range(2, 0, 4, 0, "parks"))
