"""The data file is a named pipe."""

from __future__ import annotations

import os
from pathlib import Path


def make(root: Path) -> None:
    """The data file is a named pipe."""
    (root / "datasets/ylj/parks.csv").unlink()
    os.mkfifo(root / "datasets/ylj/parks.csv")
