"""A column stands there twice."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: pages["图表"][0].append("图表标题"))
