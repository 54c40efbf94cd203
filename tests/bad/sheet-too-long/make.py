"""A table of codes that no cell can hold."""

from pathlib import Path

from tests.catalogues import ENTRY, changed, write_entry


def make(root: Path) -> None:
    entry = changed(ENTRY, {})
    entry["files"][0]["schema"]["fields"][1]["codes"] = {f"{number:05}": "公园的名称" for number in range(4000)}
    write_entry(root, "ylj", "parks", entry, reviewed=False)
