"""A file that no entry names."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """A file that no entry names."""
    (root / "datasets/ylj/draft.csv").write_text("a\n", "utf-8")
