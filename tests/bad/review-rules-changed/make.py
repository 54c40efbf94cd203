"""The review relied on a rule that is no longer there."""

from pathlib import Path

from tests.catalogues import review_by_rules


def make(root: Path) -> None:
    review_by_rules(root, more=["resident-card"])
