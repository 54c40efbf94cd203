"""The same entry came back twice before it passed."""

from pathlib import Path

import yaml

from tests.gate.examples import PARKS, change_entry


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    passed = entry["approvals"][0]
    one = {**passed, "result": "returned", "returned": [{"ground": "incomplete", "text": "没有说明更新方式"}]}
    two = {**one, "date": "2026-01-18", "returned": [{"ground": "incomplete", "text": "没有说明数据来源"}]}
    change_entry(root, approvals=[one, two, {**passed, "date": "2026-01-20"}])
