"""The recurring review was held two years ago."""

from pathlib import Path

from tests.catalogues import review_by_rules


def make(root: Path) -> None:
    review_by_rules(root, until="2026-09-30")
