"""Irregular data are reviewed as if they came every month."""

from pathlib import Path

from tests.catalogues import review_by_rules


def make(root: Path) -> None:
    review_by_rules(root)
