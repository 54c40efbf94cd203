"""The first bytes of a workbook."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """The first bytes of a workbook."""
    (root / "datasets/ylj/parks.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
