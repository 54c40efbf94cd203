"""A sheet was deleted."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: pages.pop("图表"))
