"""New rows came, and nobody registered the release."""

from pathlib import Path

from tests.catalogues import review_by_rules


def make(root: Path) -> None:
    review_by_rules(root)
    data = root / "datasets/ylj/parks.csv"
    data.write_text(data.read_text("utf-8") + "0004,南园,5.1\n", "utf-8")
