"""The update repeats a key."""

from pathlib import Path

from tests.catalogues import review_by_rules


def make(root: Path) -> None:
    review_by_rules(root)
    data = root / "datasets/ylj/parks.csv"
    data.write_text(data.read_text("utf-8").replace("0003", "0002"), "utf-8")
