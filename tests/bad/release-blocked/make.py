"""Exactly this content was withdrawn under another id."""

from pathlib import Path

import yaml

from tests.catalogues import dump
from tests.gate.examples import PARKS


def make(root: Path) -> None:
    entry = yaml.load((root / PARKS).read_text("utf-8"), Loader=yaml.BaseLoader)
    stone = {
        "id": "old-parks",
        "title": "旧公园名录",
        "department": "ylj",
        "date": "2026-05-01",
        "reason": "经核实侵犯第三方权益",
    }
    text = dump([{**stone, "digests": [entry["reviews"][0]["covers"]]}])
    (root / "catalog/tombstones.yml").write_text(text, "utf-8")
