"""A file in a format that holds no table."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """A file in a format that holds no table."""
    (root / "datasets/ylj/parks.pdf").write_bytes(b"%PDF-1.7")
