"""What Git LFS leaves in place of a file."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """What Git LFS leaves in place of a file."""
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    (root / "datasets/ylj/parks.csv").write_text(pointer, "utf-8")
