"""Only parks of one kind were drawn."""

from pathlib import Path

from tests.sampling import ROWS, lay


def make(root: Path) -> None:
    lay(root, [row.replace("社区公园", "综合公园") for row in ROWS])
