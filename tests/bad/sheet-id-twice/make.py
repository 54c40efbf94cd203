"""Two rows with one id."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: pages["目录条目"].append(pages["目录条目"][2]))
