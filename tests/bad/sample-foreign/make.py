"""A kind of park that the whole does not have."""

from pathlib import Path

from tests.sampling import ROWS, lay


def make(root: Path) -> None:
    lay(root, [*ROWS[:-1], "0059,动物园,20.5"])
