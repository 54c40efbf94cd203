"""One cell was changed after the review."""

from pathlib import Path


def make(root: Path) -> None:
    data = root / "datasets/ylj/parks.csv"
    data.write_text(data.read_text("utf-8").replace("12.5", "12.6"), "utf-8")
