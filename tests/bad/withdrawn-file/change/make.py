"""What was withdrawn comes back in another entry, under another name."""

from __future__ import annotations

from pathlib import Path

from tests.catalogues import ENTRY, ROWS, changed, write_entry
from tests.gate.examples import PAPER, complete, withdraw


def make(root: Path) -> None:
    withdraw(root, by="园林局（示范）", papers=[PAPER])
    (root / "datasets/ylj/gardens.csv").write_text(ROWS, "utf-8")
    files = [{**complete()["files"][0], "path": "gardens.csv"}]
    write_entry(root, "ylj", "gardens", changed(ENTRY, complete(title="城区园林一览（2025年）", files=files)))
