"""`<id>.zip`: the CSVs, their description for machines and for people, in one file that is the same every time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BIRTH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold: no build's clock gets into the bytes."""
MODE = 0o100644 << 16
BOM = "\ufeff"


def write_bundle(target: Path, *, files: Iterable[Path], texts: dict[str, str]) -> None:
    """Write a zip of `files` (under their own names) and `texts`, in this order."""
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as bundle:
        for path in files:
            with path.open("rb") as source, bundle.open(entry(path.name), "w", force_zip64=True) as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
        for name, text in texts.items():
            bundle.writestr(entry(name), text.encode())


def entry(name: str) -> ZipInfo:
    """A member of a zip without anything of the moment or the machine."""
    member = ZipInfo(name, BIRTH)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = MODE
    member.create_system = 3  # the same on every system that builds
    return member
