"""The entry can't be read."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    path = root / "catalog/ylj/parks.yml"
    path.write_text("title: [\n" + path.read_text("utf-8"), "utf-8")
