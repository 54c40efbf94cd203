"""Members of zips that are the same every time, on every system that builds."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipInfo

BIRTH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold: no build's clock gets into the bytes."""
MODE = 0o100644 << 16


def member(name: str) -> ZipInfo:
    """A member of a zip without anything of the moment or the machine."""
    found = ZipInfo(name, BIRTH)
    found.compress_type = ZIP_DEFLATED
    found.external_attr = MODE
    found.create_system = 3  # the same on every system that builds
    return found
