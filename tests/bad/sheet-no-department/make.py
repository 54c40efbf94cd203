"""A department that does not exist."""

from pathlib import Path

from tests.books import put, spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: put(pages, "目录条目", "部门编号", "yl"))
