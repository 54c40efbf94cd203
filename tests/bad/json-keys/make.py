"""The second object has other keys."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """The second object has other keys."""
    (root / "datasets/ylj/parks.json").write_text(
        '[{"编号": "0001", "名称": "东园", "面积": 12.5}, {"编号": "0002", "名字": "西园", "面积": 3}]', "utf-8"
    )
