"""Conditional data stay out of the repository."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Take the file away."""
    (root / "datasets/ylj/parks.csv").unlink()
