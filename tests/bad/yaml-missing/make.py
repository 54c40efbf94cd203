from pathlib import Path


def make(root: Path) -> None:
    (root / "catalog" / "domains.yml").unlink()
