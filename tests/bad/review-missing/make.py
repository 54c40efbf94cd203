"""Nobody reviewed it."""

from pathlib import Path

from tests.gate.examples import change_entry


def make(root: Path) -> None:
    change_entry(root, reviews=None)
