"""The work order came back with two reasons."""

from pathlib import Path

import yaml

from tests.gate.examples import PARKS, change_entry


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    reasons = [
        {"ground": "incomplete", "text": "没有说明面积的测量方法"},
        {"ground": "grading", "text": "没有附定级依据"},
    ]
    order = {**entry["approvals"][0], "date": "2026-09-01", "result": "returned", "returned": reasons}
    change_entry(root, approvals=[order])
