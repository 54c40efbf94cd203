"""Step viewing: the numbers behind the charts and maps of a dataset's page, from its loaded tables.

What the entry asks for (`views`), else what its columns suggest (choice.py). Every number is counted by SQL over all
rows; the result is small however large the table. Nothing here depends on the day of the build.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from portal.database import open_read_only
from portal.facts import TableFacts, ViewFacts
from portal.model import Dataset, Table
from portal.records import View
from portal.viewing.axis import lines
from portal.viewing.choice import suggested
from portal.viewing.groups import bars
from portal.viewing.points import points
from portal.viewing.source import Source

UNEVEN = 1.1
"""How much the highest of suggested bars must rise above the lowest."""
CODE = ("portal.viewing", "portal.database", "portal.casting", "portal.facts", "portal.model", "portal.tableschema")
"""The modules whose change makes other figures: for `cache.code_version`."""


def derive_views(
    database: Path, dataset: Dataset, tables: Sequence[TableFacts], names: Sequence[str] = ()
) -> tuple[ViewFacts, ...]:
    """The figures of a dataset, in the order of the entry; a figure without anything to show is left out.

    `database` is the file that the load wrote, `tables` what derive found; `names` are places that the portal's maps
    want named (model.MapNames).
    """
    wanted = [(view, _table_of(dataset, view)) for view in dataset.views] or suggested(dataset, tables)
    if not wanted:
        return ()
    with closing(open_read_only(database)) as connection:
        found = [
            _derive(Source(connection, table, auto=not dataset.views), view, names) for view, table in wanted if table
        ]
    return tuple(one for one in found if one and one.rows and (not one.auto or _tells(one)))


def _tells(view: ViewFacts) -> bool:
    """Bars of nearly one height (days of the week in a calendar) say nothing; nobody asked for them."""
    if view.kind not in ("bar", "column"):
        return True
    sizes = [row[1] for row in view.rows if isinstance(row[1], int | float)]
    return len(sizes) > 1 and max(sizes) > min(sizes) * UNEVEN


def _derive(source: Source, view: View, names: Sequence[str]) -> ViewFacts | None:
    if view.kind == "map":
        return points(source, view, names)
    return lines(source, view) if view.kind == "line" else bars(source, view)


def _table_of(dataset: Dataset, view: View) -> Table | None:
    """The table that a view is about: the one it names, else the first that has its column."""
    if view.table:
        return next((table for table in dataset.tables if table.name == view.table), None)
    first = view.group or view.x or view.longitude
    return next((table for table in dataset.tables if first in table.table_schema.names), None)
