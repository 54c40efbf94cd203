"""The compressed copy beside a text file of the site: the same bytes give the same copy."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

from portal.digests import file_digest

COMPRESSED = frozenset(
    {
        ".html",
        ".js",
        ".css",
        ".json",
        ".csv",
        ".svg",
        ".xml",
        ".jsonld",
        ".ttl",
        ".rdf",
        ".atom",
        ".txt",
        ".wasm",
        ".webmanifest",
    }
)
COMPRESS_FROM = 1000
"""Bytes below which a compressed answer saves nothing."""
LEVEL = 6


def is_compressed(path: str) -> bool:
    """Whether files of this name get a copy, if they are long enough."""
    return os.path.splitext(path)[1] in COMPRESSED  # noqa: PTH122 -- asked 40,000 times


def compress(source: Path) -> str | None:
    """Write `<file>.gz` beside the file; the sha-256 of the copy, or None where the file is too short for one."""
    if source.stat().st_size < COMPRESS_FROM:
        return None
    target = source.with_name(source.name + ".gz")
    with (
        source.open("rb") as plain,
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, 1 << 20)
    return file_digest(target)
