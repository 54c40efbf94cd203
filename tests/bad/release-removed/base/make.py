"""A second release."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import change_entry, renew_review


def make(root: Path) -> None:
    change_entry(root, data_date="2026-06-30")
    (root / "datasets/ylj/parks.csv").write_text("编号,名称,面积\n0001,东园,12.5\n", "utf-8")
    renew_review(root)
