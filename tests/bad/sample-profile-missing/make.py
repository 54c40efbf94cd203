"""The department told of one column of three."""

from pathlib import Path

from tests.sampling import PROFILE, lay


def make(root: Path) -> None:
    lay(root, profile={"编号": PROFILE["编号"]})
