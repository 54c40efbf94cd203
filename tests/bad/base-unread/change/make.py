"""It is mended."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    path = root / "catalog/ylj/parks.yml"
    path.write_text(path.read_text("utf-8").removeprefix("title: [\n"), "utf-8")
