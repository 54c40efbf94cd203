"""Nobody is on record."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "catalog/officers.yml").unlink()
