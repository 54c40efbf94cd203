"""Lines and columns along an axis of time or numbers; more points than a screen can show are joined, and it is told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from portal.database import quoted
from portal.facts import Cell, ViewColumn, ViewFacts
from portal.records import View
from portal.tableschema import Column
from portal.viewing.source import COUNT, COUNTED, Source, floored, short, view_column

POINTS = 600
"""Points of a line: about as many as a chart is wide; a table of them is still a few kilobytes."""
COLUMNS = 120
"""Columns that can be told apart."""
SERIES = 8
TIMES = ("date", "datetime", "yearmonth")
STEPS = ("day", "week", "month", "quarter", "year")
_LENGTHS = {"day": 10, "month": 7, "year": 4}
_TYPES = {"day": "date", "week": "date", "month": "yearmonth", "quarter": "yearmonth", "year": "year"}


@dataclass(frozen=True)
class Axis:
    """An SQL expression for the axis, the step that it makes, and the type of what comes out."""

    text: str
    step: str
    type: str


def lines(source: Source, view: View, *, columns: bool = False) -> ViewFacts | None:
    """The values along the axis: a line for each value column, or for each value of `series`."""
    column = source.column(view.x or "")
    where, bound = source.limits(view, column.name)
    axis = _axis(source, view, column, most=COLUMNS if columns else POINTS)
    measured = [source.column(name) for name in (view.values or (view.value or COUNT,)) if name != COUNT]
    there = f"{quoted(column.name)} IS NOT NULL"
    (counted, empty, points) = source.connection.execute(
        f"SELECT count({quoted(column.name)}), count(*) - count({quoted(column.name)}),"  # noqa: S608 -- names are quoted
        f" count(DISTINCT {axis.text}) FROM {source.name} WHERE {where}",
        bound,
    ).fetchone()
    if not counted:
        return None
    measure = COUNT if not measured else view.measure or ("sum" if columns else "mean")
    if view.series:
        heads, rows, groups, of_lines = _by_series(source, view, axis, f"{where} AND {there}", bound, measured, measure)
        empty, counted = empty + counted - sum(of_lines), sum(of_lines[:SERIES])
        points = sum(1 for row in rows for cell in row[1:] if cell is not None)
    else:
        values = ", ".join(_measured(one, measure) for one in measured) or "count(*)"
        rows = source.connection.execute(
            f"SELECT {axis.text}, {values} FROM {source.name} WHERE {where} AND {there} GROUP BY 1 ORDER BY 1",  # noqa: S608 -- names are quoted
            bound,
        ).fetchall()
        heads, groups = [view_column(one) for one in measured] or [COUNTED], len(rows)
    single = points == counted and measure != COUNT
    return ViewFacts(
        kind="column" if columns else "line",
        table=source.table.name,
        view=view,
        auto=source.auto,
        columns=(view_column(column).model_copy(update={"type": axis.type}), *heads),
        rows=tuple(tuple(short(cell) for cell in row) for row in rows),
        measure="value" if single else measure,
        step=axis.step if _joined(column, axis) else "",
        counted=counted,
        empty=empty,
        groups=groups,
    )


def _measured(column: Column, measure: str) -> str:
    name = quoted(column.name)
    return {"mean": f"avg({name})", "sum": f"total({name})"}.get(measure, f"{measure}({name})")


def _by_series(
    source: Source, view: View, axis: Axis, where: str, bound: list[Cell], measured: Sequence[Column], measure: str
) -> tuple[list[ViewColumn], list[tuple[Cell, ...]], int, list[int]]:
    """A line for each value of a column: those with most rows, in order of the value; how many values there are, and
    how many rows each has, most first.
    """
    series = source.column(view.series or "")
    name = quoted(series.name)
    where = f"{where} AND {name} IS NOT NULL"
    found = source.connection.execute(
        f"SELECT {name}, count(*) FROM {source.name} WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1",  # noqa: S608 -- names are quoted
        bound,
    ).fetchall()
    kept = sorted(key for key, _ in found[:SERIES])
    value = _measured(measured[0], measure) if measured else "count(*)"
    table: dict[Cell, dict[Cell, Cell]] = {}
    for at, key, number in source.connection.execute(
        f"SELECT {axis.text}, {name}, {value} FROM {source.name} WHERE {where} GROUP BY 1, 2 ORDER BY 1",  # noqa: S608 -- names are quoted
        bound,
    ):
        table.setdefault(at, {})[key] = number
    base = view_column(measured[0]) if measured else COUNTED
    codes = series.codes or {}
    heads = [
        base.model_copy(update={"title": codes.get(str(key), str(key)), "title_en": None, "codes": None})
        for key in kept
    ]
    rows = [(at, *(numbers.get(key) for key in kept)) for at, numbers in table.items()]
    return heads, rows, len(found), [times for _, times in found]


def _axis(source: Source, view: View, column: Column, *, most: int) -> Axis:
    """The finest step that gives no more points than a figure can show."""
    name = quoted(column.name)
    where, bound = source.limits(view, column.name)
    if column.type not in TIMES:
        return _numbers(source, column, where, bound, most)
    steps = [view.step] if view.step else [*STEPS]
    if column.type == "yearmonth":
        steps = [step for step in steps if step in STEPS[2:]] or ["month"]
    for step in steps:
        axis = Axis(_stepped(name, step), step, _TYPES[step])
        (points,) = source.connection.execute(
            f"SELECT count(DISTINCT {axis.text}) FROM {source.name} WHERE {where}",  # noqa: S608 -- names are quoted
            bound,
        ).fetchone()
        if points <= most:
            return axis
    return Axis(_stepped(name, steps[-1]), steps[-1], _TYPES[steps[-1]])


def _stepped(name: str, step: str) -> str:
    """ISO text cut to its step; a week is named by its Monday, a quarter by its first month."""
    if step == "week":
        return f"date(substr({name}, 1, 10), '-6 days', 'weekday 1')"
    if step == "quarter":
        return f"substr({name}, 1, 5) || substr('010101040404070707101010', substr({name}, 6, 2) * 2 - 1, 2)"
    return f"substr({name}, 1, {_LENGTHS[step]})"


def _numbers(source: Source, column: Column, where: str, bound: list[Cell], most: int) -> Axis:
    """An axis of numbers as they are, or in bins of a round width, each named by its lower end."""
    name = quoted(column.name)
    low, high, points = source.connection.execute(
        f"SELECT min({name}), max({name}), count(DISTINCT {name}) FROM {source.name} WHERE {where}",  # noqa: S608 -- names are quoted
        bound,
    ).fetchone()
    if not points or points <= most:
        return Axis(name, "", column.type)
    rough = (high - low) / most
    size = 10 ** math.floor(math.log10(rough))
    width = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    if column.type != "number":
        width = max(1, math.ceil(width))
    text = f"{width!r} * {floored(f'({name} / {float(width)!r})')}"
    return Axis(text, f"{width:g}", "number" if column.type == "number" else column.type)


def _joined(column: Column, axis: Axis) -> bool:
    """The step is coarser than what the column says."""
    finest = {"date": "day", "yearmonth": "month"}.get(column.type, "")
    return bool(axis.step) and axis.step != finest
