"""A second dataset."""

from __future__ import annotations

from pathlib import Path

from tests.catalogues import ENTRY, changed, write_entry
from tests.gate.examples import complete


def make(root: Path) -> None:
    (root / "datasets/ylj/trees.csv").write_text("编号,名称,面积\n0009,古银杏,0.1\n", "utf-8")
    files = [{**complete()["files"][0], "path": "trees.csv"}]
    write_entry(root, "ylj", "trees", changed(ENTRY, complete(title="古树名木名录（2025年）", files=files)))
