"""A withdrawal that has not happened yet."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import PAPER, withdraw


def make(root: Path) -> None:
    withdraw(root, by="园林局（示范）", papers=[{**PAPER, "date": "2026-12-01"}])
