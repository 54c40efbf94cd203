"""A file that somebody may have worked on."""

from pathlib import Path


def make(root: Path) -> None:
    (root / "目录.xlsx").write_bytes(b"mine")
