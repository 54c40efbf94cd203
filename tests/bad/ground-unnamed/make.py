"""Conditional data stay out of the repository."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "datasets/ylj/parks.csv").unlink()
