"""An earlier work order came back without a reason."""

from pathlib import Path

import yaml

from tests.gate.examples import PARKS, change_entry


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    passed = entry["approvals"][0]
    change_entry(root, approvals=[{**passed, "result": "returned", "covers": "0" * 64}, passed])
