from pathlib import Path


def make(root: Path) -> None:
    (root / "catalog" / "ylj" / "parks.releases.yml").rename(root / "catalog" / "ylj" / "ponds.releases.yml")
