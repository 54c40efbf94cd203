"""The two exchange their titles: each id now leads to the other's data."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import change_entry


def make(root: Path) -> None:
    change_entry(root, title="古树名木名录（2025年）")
    change_entry(root, "catalog/ylj/trees.yml", title="城区公园名录（2025年）")
