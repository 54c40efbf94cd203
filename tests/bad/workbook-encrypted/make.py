"""An OLE file with the stream that an encrypted workbook has."""

from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """An OLE file with the stream that an encrypted workbook has."""
    name = "EncryptedPackage".encode("utf-16-le")
    (root / "datasets/ylj/parks.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + name)
