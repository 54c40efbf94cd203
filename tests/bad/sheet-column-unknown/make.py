"""A column of one's own."""

from pathlib import Path

from tests.books import Pages, spoiled


def make(root: Path) -> None:
    def change(pages: Pages) -> None:
        pages["图表"][0].append("备注")

    spoiled(root, change)
