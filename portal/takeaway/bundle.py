"""`<id>.zip`: the CSVs, their description for machines and for people, in one file that is the same every time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from portal.zipping import member

BOM = "\ufeff"


def write_bundle(target: Path, *, files: Iterable[Path], texts: dict[str, str]) -> None:
    """Write a zip of `files` (under their own names) and `texts`, in this order."""
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as bundle:
        for path in files:
            with path.open("rb") as source, bundle.open(member(path.name), "w", force_zip64=True) as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
        for name, text in texts.items():
            bundle.writestr(member(name), text.encode())
