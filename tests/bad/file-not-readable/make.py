"""A word processor's file in the place of a table."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Rename the table."""
    (root / "datasets/ylj/parks.csv").rename(root / "datasets/ylj/parks.docx")
