"""Columns of a file that is not listed."""

from pathlib import Path

from tests.books import put, spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: put(pages, "数据项", "文件", "park.csv"))
