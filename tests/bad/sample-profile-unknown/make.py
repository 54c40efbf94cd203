"""The department told of a column that is not there."""

from pathlib import Path

from tests.sampling import PROFILE, lay


def make(root: Path) -> None:
    lay(root, profile={**PROFILE, "电话": {"missing": 0}})
