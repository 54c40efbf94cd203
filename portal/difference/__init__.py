"""What changed for people between two versions of a dataset; whoever calls knows where the versions come from.

Tables, columns and rows are matched (rows by primary key) and compared by the values that would be published, so that
another encoding, separator, number format or order of columns is told as what it is, and not as changed rows.
"""

from __future__ import annotations

from portal.difference.datasets import compare_datasets
from portal.difference.kept import compare_changed
from portal.difference.releases import Published, release_changes
from portal.difference.shape import HIDDEN, CompareRules, TableVersion, Version
from portal.difference.tables import compare_tables

__all__ = [
    "HIDDEN",
    "CompareRules",
    "Published",
    "TableVersion",
    "Version",
    "compare_changed",
    "compare_datasets",
    "compare_tables",
    "release_changes",
]
