"""The second table has the name that the sample of the first is given."""

from pathlib import Path

import yaml

from tests.catalogues import dump
from tests.sampling import lay


def make(root: Path) -> None:
    lay(root, table="parks")
    path = root / "catalog/ylj/parks.yml"
    entry = yaml.safe_load(path.read_text("utf-8"))
    entry["files"].append({**entry["files"][0], "path": "more.csv", "name": "parks-sample", "title": "公园名录续表"})
    path.write_text(dump(entry), "utf-8")
