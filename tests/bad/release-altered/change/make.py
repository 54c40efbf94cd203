"""A release is given the digest of something else."""

from __future__ import annotations

import re
from pathlib import Path


def make(root: Path) -> None:
    path = root / "catalog/ylj/parks.releases.yml"
    path.write_text(re.sub("digest: [0-9a-f]{64}", f"digest: {'ab' * 32}", path.read_text("utf-8")), "utf-8")
