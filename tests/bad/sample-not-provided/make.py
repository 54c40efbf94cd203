"""A sample in a city whose rules know none."""

from pathlib import Path

from tests.sampling import lay


def make(root: Path) -> None:
    lay(root, city="suzhou")
