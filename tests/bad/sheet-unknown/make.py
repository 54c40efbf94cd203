"""A sheet was renamed."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: pages.update({"数据项2": [["列名"], ["编号"]]}))
