"""A row without id."""

from pathlib import Path

from tests.books import put, spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: put(pages, "目录条目", "编号", ""))
