"""Closed data do not lie in the repository."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    (root / "datasets/ylj/parks.csv").unlink()
    (root / "catalog/ylj/parks.releases.yml").unlink(missing_ok=True)
