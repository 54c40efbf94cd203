"""The data file is a link to an endless device."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """The data file is a link to an endless device."""
    (root / "datasets/ylj/parks.csv").unlink()
    (root / "datasets/ylj/parks.csv").symlink_to("/dev/zero")
