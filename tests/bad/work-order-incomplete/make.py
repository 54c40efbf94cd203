"""The work order does not say why."""

from pathlib import Path

import yaml

from tests.gate.examples import PARKS, change_entry


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    order = {key: value for key, value in entry["approvals"][0].items() if key != "reason"}
    change_entry(root, approvals=[order])
