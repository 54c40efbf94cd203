"""The authority has not reviewed the entry."""

from pathlib import Path

from tests.gate.examples import change_entry


def make(root: Path) -> None:
    change_entry(root, approvals=None)
