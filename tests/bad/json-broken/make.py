"""JSON that was cut off."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """JSON that was cut off."""
    (root / "datasets/ylj/parks.json").write_text('[{"编号": "0001", "名称": "东园", "面积": 12.5}, {"编号": ', "utf-8")
