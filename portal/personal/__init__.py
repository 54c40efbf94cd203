"""Personal data that must not be published (REV-6): found in cells and texts, and never shown in clear.

`scan_table` looks at every cell of a prepared file: a cheap screen in DuckDB lets only suspicious records out, Python
decides (portal/personal/screen.py, cell.py). `find` looks at one text, `masked` gives it back with every hit covered:
whoever quotes a cell in a message, a report or a sample passes it through `masked` first. What counts as a hit, what
does not, and how well it works is told in docs/personal-data.md.
"""

from __future__ import annotations

from portal.personal.cell import find, masked
from portal.personal.people import is_person
from portal.personal.quoting import in_masks
from portal.personal.scan import scan_table
from portal.personal.shape import KINDS, Found, Hit, Kind

__all__ = ["KINDS", "Found", "Hit", "Kind", "find", "in_masks", "is_person", "masked", "scan_table"]
