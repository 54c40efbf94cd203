"""More numbers than the whole has."""

from pathlib import Path

from tests.sampling import PROFILE, lay


def make(root: Path) -> None:
    lay(root, profile={**PROFILE, "编号": {"distinct": 59}})
