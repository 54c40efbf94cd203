"""The dataset is taken back after a rights claim, and no document is named."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import withdraw


def make(root: Path) -> None:
    withdraw(root, cause="rights", by="园林局（示范）")
