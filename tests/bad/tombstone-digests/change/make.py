"""A tombstone that forgets what must not come back."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import PAPER, withdraw


def make(root: Path) -> None:
    withdraw(root, digests=[], by="园林局（示范）", papers=[PAPER])
