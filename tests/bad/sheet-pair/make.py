"""Codes without meanings."""

from pathlib import Path

from tests.books import put, spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: put(pages, "数据项", "代码表", "1=公园\n2：绿地", 1))
