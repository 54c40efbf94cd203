"""The resource catalogue is not at hand."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "catalog/resources.yml").unlink()
