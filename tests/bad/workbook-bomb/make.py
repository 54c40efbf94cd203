"""Zeros by the hundred megabytes in a small archive."""

from __future__ import annotations

from pathlib import Path

import zipfile


def make(root: Path) -> None:
    """Zeros by the hundred megabytes in a small archive."""
    with zipfile.ZipFile(root / "datasets/ylj/parks.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(100):
                part.write(bytes(1 << 20))
