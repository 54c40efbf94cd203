"""The first release is struck from the list."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    path = root / "catalog/ylj/parks.releases.yml"
    head, _, second = path.read_text("utf-8").partition("- release: '2026-06-30'")
    assert "2025-12-31" in head
    path.write_text(f"- release: '2026-06-30'{second}", "utf-8")
