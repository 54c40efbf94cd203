"""A good sample that nobody has reviewed."""

from pathlib import Path

from tests.sampling import lay


def make(root: Path) -> None:
    lay(root)
