"""A gzip copy beside a text file, which the front hands out to everybody who accepts it, without work per request."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

SMALLEST = 1000
"""Bytes below which a compressed answer saves nothing."""


def squeeze(path: Path) -> Path | None:
    """Write `<name>.gz` without name and time inside, so that the same file gives the same bytes; None if too small."""
    if path.stat().st_size < SMALLEST:
        return None
    target = path.with_name(path.name + ".gz")
    with (
        path.open("rb") as source,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0) as packed,
    ):
        shutil.copyfileobj(source, packed, 1 << 20)
    return target
