"""JSON that is no array."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """JSON that is no array."""
    (root / "datasets/ylj/parks.json").write_text('{"data": [{"编号": "0001"}]}', "utf-8")
