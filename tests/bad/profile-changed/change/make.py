"""The city's rules change along with a dataset."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import take_rules


def make(root: Path) -> None:
    take_rules(root, "wuxi")
