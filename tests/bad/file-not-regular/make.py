"""The data file is a named pipe."""

from __future__ import annotations

from pathlib import Path

import os


def make(root: Path) -> None:
    """The data file is a named pipe."""
    (root / "datasets/ylj/parks.csv").unlink()
    os.mkfifo(root / "datasets/ylj/parks.csv")
