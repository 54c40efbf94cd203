"""Maps: the places with a name, and of many points how many lie in each cell of a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence

from portal.database import quoted
from portal.facts import Cell, ViewFacts
from portal.records import View
from portal.tableschema import Column
from portal.viewing.source import COUNT, Source, floored, view_column

MARKS = 300
"""Places that stand in the page with their rows; of more, the others are on the map as cells."""
CELLS = 1500
GRID = 200
"""Cells along the longer side to begin with; coarser where that gives more than CELLS."""
BESIDE = 3
"""Columns that tell about a place, besides its name."""


def points(source: Source, view: View, names: Sequence[str] = ()) -> ViewFacts | None:
    """A point for each row that has both coordinates. `names` are places that must be among the marks."""
    longitude, latitude = source.column(view.longitude or ""), source.column(view.latitude or "")
    lon, lat = quoted(longitude.name), quoted(latitude.name)
    where, bound = source.among(view)
    there = f"{where} AND {lon} BETWEEN -180 AND 180 AND {lat} BETWEEN -90 AND 90"
    counted, west, south, east, north = source.connection.execute(
        f"SELECT count(*), min({lon}), min({lat}), max({lon}), max({lat}) FROM {source.name} WHERE {there}",  # noqa: S608 -- names are quoted
        bound,
    ).fetchone()
    if not counted:
        return None
    (everything,) = source.connection.execute(
        f"SELECT count(*) FROM {source.name} WHERE {where}",  # noqa: S608 -- names are quoted
        bound,
    ).fetchone()
    label = _label(source, view)
    columns = _told(source, view, label, (longitude, latitude))
    box = (west, south, east, north)
    return ViewFacts(
        kind="map",
        table=source.table.name,
        view=view.model_copy(update={"label": label.name if label else None}),
        auto=source.auto,
        columns=tuple(view_column(one) for one in columns),
        rows=tuple(_marks(source, view, columns, (there, bound), names if label else ())),
        measure="value",
        counted=counted,
        empty=everything - counted,
        groups=counted,
        box=box,
        cells=_cells(source, (lon, lat), (there, bound), box) if counted > MARKS else (),
    )


def _label(source: Source, view: View) -> Column | None:
    """What names a point: the column that the view names, else the first whose name says so, else the first text."""
    if view.label:
        return source.column(view.label)
    texts = [one for one in source.table.table_schema.fields if one.type == "string"]
    named = [one for one in texts if one.name.endswith(("名称", "名", "中文名", "name", "Name"))]
    keys = source.table.table_schema.primary_key
    others = [one for one in texts if one.name not in keys]
    return next(iter([*named, *others, *texts]), None)


def _told(source: Source, view: View, label: Column | None, place: tuple[Column, Column]) -> list[Column]:
    """The columns of the marks' table: name, longitude, latitude, the value, and a few more."""
    first = [label] if label else []
    value = [source.column(view.value)] if view.value and view.value != COUNT else []
    chosen = [*first, *place, *value]
    others = [one for one in source.table.table_schema.fields if one not in chosen]
    return chosen + others[: max(0, BESIDE - len(value))]


def _marks(
    source: Source, view: View, columns: Sequence[Column], among: tuple[str, list[Cell]], names: Sequence[str]
) -> list[tuple[Cell, ...]]:
    """The named places first, then the largest by value, else in the order of the file."""
    where, bound = among
    order, more = source.order, list[Cell]()
    if view.value and view.value != COUNT:
        order = f"{quoted(view.value)} DESC, {order}"
    if names:
        order = f"{quoted(columns[0].name)} IN ({', '.join('?' * len(names))}) DESC, {order}"
        more = list(names)
    chosen = ", ".join(quoted(one.name) for one in columns)
    return source.connection.execute(
        f"SELECT {chosen} FROM {source.name} WHERE {where} ORDER BY {order} LIMIT {MARKS}",  # noqa: S608 -- names are quoted
        [*bound, *more],
    ).fetchall()


def _cells(
    source: Source, place: tuple[str, str], among: tuple[str, list[Cell]], box: tuple[float, float, float, float]
) -> tuple[tuple[float, float, int], ...]:
    """Rows by cell of a grid of square degrees: centre of the points in it, and their number."""
    lon, lat = place
    where, bound = among
    size = 10 ** math.floor(math.log10(max(box[2] - box[0], box[3] - box[1], 1e-6) / GRID))
    while True:
        row, column = floored(f"({lat} / {size!r})"), floored(f"({lon} / {size!r})")
        found = source.connection.execute(
            f"SELECT round(avg({lon}), 4), round(avg({lat}), 4), count(*) FROM {source.name} WHERE {where}"  # noqa: S608 -- names are quoted
            f" GROUP BY {row}, {column} ORDER BY {row}, {column} LIMIT {CELLS + 1}",
            bound,
        ).fetchall()
        if len(found) <= CELLS:
            return tuple(found)
        size *= 2
