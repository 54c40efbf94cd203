"""Bars: rows or sums by group. Groups that are years or days stand in their order as columns, others by size."""

from __future__ import annotations

from portal.database import quoted
from portal.facts import Cell, ViewFacts
from portal.records import View
from portal.viewing.axis import TIMES, lines
from portal.viewing.source import COUNT, COUNTED, Source, short, view_column

BARS = 25
"""Bars that a reader still compares; what is not drawn is told."""
IN_ORDER = (*TIMES, "year")


def bars(source: Source, view: View) -> ViewFacts | None:
    """A bar for each group."""
    group = source.column(view.group or "")
    measured = None if view.value in (None, COUNT) else source.column(view.value or "")
    if group.type in IN_ORDER and view.order in (None, "group"):
        return lines(source, view.model_copy(update={"x": group.name, "value": view.value or COUNT}), columns=True)
    measure = COUNT if measured is None else view.measure or "sum"
    order = view.order or ("group" if group.type in ("integer", "number") else "value")
    found, empty = _grouped(source, view, group.name, measured.name if measured else None, measure)
    counted = sum(times for _, _, times in found)
    drawn = found
    if len(found) > BARS:
        largest = sorted(range(len(found)), key=lambda n: (-_size(found[n][1]), n))[:BARS]
        drawn = [found[n] for n in sorted(largest)]
    if order == "value":
        drawn = sorted(drawn, key=lambda one: -_size(one[1]))
    left = {key for key, _, _ in found} - {key for key, _, _ in drawn}
    rest = sum(_size(value) for key, value, _ in found if key in left) if left and measure in (COUNT, "sum") else None
    return ViewFacts(
        kind="bar",
        table=source.table.name,
        view=view,
        auto=source.auto,
        columns=(view_column(group), view_column(measured) if measured else COUNTED),
        rows=tuple((bool(key) if group.type == "boolean" else key, value) for key, value, _ in drawn),
        measure=measure,
        counted=counted,
        empty=empty,
        groups=len(found),
        rest=None if rest is None else float(rest),
    )


def _grouped(
    source: Source, view: View, group: str, measured: str | None, measure: str
) -> tuple[list[tuple[Cell, Cell, int]], int]:
    """Group, its value, its rows, in order of the group or of the file; and how many rows have no group or value."""
    where, values = source.among(view)
    name = quoted(group)
    there = f"{name} IS NOT NULL" + (f" AND {quoted(measured)} IS NOT NULL" if measured else "")
    value = {"count": "count(*)", "mean": f"avg({quoted(measured or '')})"}.get(
        measure, f"{measure}({quoted(measured or '')})"
    )
    if measure == "sum":
        value = f"total({quoted(measured or '')})"  # the sum of whole numbers may pass int64
    order = f"min({source.order})" if view.order == "file" else name
    found = source.connection.execute(
        f"SELECT {name}, {value}, count(*) FROM {source.name} WHERE {where} AND {there}"  # noqa: S608 -- names are quoted
        f" GROUP BY {name} ORDER BY {order}",
        values,
    ).fetchall()
    (empty,) = source.connection.execute(
        f"SELECT count(*) FROM {source.name} WHERE {where} AND NOT ({there})",  # noqa: S608 -- names are quoted
        values,
    ).fetchone()
    return [(key, short(value), times) for key, value, times in found], empty


def _size(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
