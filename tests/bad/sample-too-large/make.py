"""130 rows of 1,200, where a tenth may be shown."""

from pathlib import Path

from tests.sampling import ROWS, lay


def make(root: Path) -> None:
    lay(root, [*ROWS, *(f"{number:04},社区公园,20.5" for number in range(60, 130))])
