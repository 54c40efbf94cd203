"""A release that no review covers is slipped in."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    path = root / "catalog/ylj/parks.releases.yml"
    slipped = (
        f"- release: '2024-12-31'\n  digest: {'cd' * 32}\n  files: {{parks.csv: {'cd' * 32}}}\n  note: 去年的数据\n"
    )
    path.write_text(path.read_text("utf-8") + slipped, "utf-8")
