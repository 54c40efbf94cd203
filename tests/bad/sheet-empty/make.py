"""Nothing but help."""

from pathlib import Path

from tests.books import spoiled


def make(root: Path) -> None:
    spoiled(root, lambda pages: [page.__delitem__(slice(2, None)) for page in pages.values()])
