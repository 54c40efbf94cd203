"""A quote that is never closed."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """A quote that is never closed."""
    with (root / "datasets/ylj/parks.csv").open("a", encoding="utf-8") as file:
        file.write('0004,"' + "长乐公园\n" * 300_000)
