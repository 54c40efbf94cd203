"""A file of 2 GiB that takes no room on the disk."""

from __future__ import annotations

import os
from pathlib import Path


def make(root: Path) -> None:
    """A file of 2 GiB that takes no room on the disk."""
    os.truncate(root / "datasets/ylj/parks.csv", 2 << 30)
