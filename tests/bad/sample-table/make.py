"""A sample of a table that the entry does not have."""

from pathlib import Path

from tests.sampling import lay


def make(root: Path) -> None:
    lay(root, table="nothing")
