"""A table in the format of one firm's software; its bytes do not matter to this rule."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Rename the table."""
    (root / "datasets/ylj/parks.csv").rename(root / "datasets/ylj/parks.xls")
