"""The new release says nothing."""

from __future__ import annotations

from pathlib import Path

from tests.gate.examples import renew_review


def make(root: Path) -> None:
    renew_review(root, note=None)
