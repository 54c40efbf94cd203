"""Zeros by the hundred megabytes in a small archive."""

from __future__ import annotations

import zipfile
from pathlib import Path


def make(root: Path) -> None:
    """Zeros by the hundred megabytes in a small archive."""
    path = root / "datasets/ylj/parks.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(100):
            part.write(bytes(1 << 20))
