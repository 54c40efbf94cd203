"""A telephone that became a number."""

from pathlib import Path

from tests.books import put, spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: put(pages, "目录条目", "联系方式·联系电话", 51200000000))
