"""A column was renamed."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: pages["目录条目"][0].__setitem__(2, "目录名称"))
