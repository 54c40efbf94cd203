"""The compressed copy beside a text file of the site: the same bytes give the same copy.

A file that is joined from pieces, most of which are the same as last time, gets its copy from pieces that were packed
one by one (`Doubled`): 77 MB of catalogues are not packed again for one changed entry.
"""

from __future__ import annotations

import gzip
import os
import shutil
import struct
import zlib
from pathlib import Path
from types import TracebackType

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


def deflated(plain: bytes) -> bytes:
    """A piece of a gzip member, which any other can follow: deflated, and flushed to a whole byte (RFC 1951 §3.2.4).

    What stands before it is not used, so the same bytes give the same piece wherever they stand.
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)


class Doubled:
    """A file and its compressed copy, written together piece by piece: one gzip member (RFC 1952)."""

    HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    """No name, no time, no system: nothing that another build would tell otherwise."""
    END = b"\x03\x00"
    """An empty last block."""

    def __init__(self, target: Path) -> None:
        self._plain = target.open("wb")
        self._copy = target.with_name(target.name + ".gz").open("wb")
        self._copy.write(self.HEAD)
        self._sum = self._size = 0

    def write(self, plain: bytes, ready: bytes | None = None) -> None:
        """Add a piece; `ready` is what `deflated` made of it, if that is known."""
        self._plain.write(plain)
        self._copy.write(deflated(plain) if ready is None else ready)
        self._sum = zlib.crc32(plain, self._sum)
        self._size += len(plain)

    def __enter__(self) -> Doubled:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: object, where: TracebackType | None) -> None:
        if kind is None:
            self._copy.write(self.END + struct.pack("<II", self._sum, self._size & 0xFFFFFFFF))
        self._plain.close()
        self._copy.close()
