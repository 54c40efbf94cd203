"""A workbook of the old format."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "目录.xls").write_bytes(b"old")
