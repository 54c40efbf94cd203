"""The service body collated before the authority had audited."""

from pathlib import Path

import yaml

from tests.gate.examples import PARKS, change_entry


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    first, second, third = entry["approvals"]
    change_entry(root, approvals=[first, {**second, "date": "2026-01-12"}, third])
