"""A file of no bytes."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """A file of no bytes."""
    (root / "datasets/ylj/parks.csv").write_bytes(b"")
