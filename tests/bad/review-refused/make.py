"""The review said no."""

from pathlib import Path

import yaml

from tests.gate.examples import PARKS, change_entry


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    change_entry(root, reviews=[{**entry["reviews"][0], "result": "refused"}])
