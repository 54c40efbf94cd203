"""The entry was spoiled after the export."""

from pathlib import Path

from tests.books import put, spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: put(pages, "目录条目", "名称", "城区公园名录（2026年）"))
    (root / "catalog/ylj/parks.yml").write_text("title: [\n", "utf-8")
