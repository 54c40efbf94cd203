"""A title that is computed."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(
        root, lambda _: None, lambda _, sheets: sheets["目录条目"].write_formula(2, 2, '="公园"&2025', None, "公园2025")
    )
