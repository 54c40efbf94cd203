"""Figures for the page tests: each kind once, with hostile names, one point, gaps and nothing but zeros."""

from __future__ import annotations

from portal.facts import Cell, ViewColumn, ViewFacts
from portal.records import View

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}<!--kaishu:main-->"


def column(title: str, kind: str = "string", **more: str) -> ViewColumn:
    return ViewColumn(name=title, title=title, type=kind, **more)  # type: ignore[arg-type]


def figure(table: str, kind: str, columns: list[ViewColumn], rows: list[tuple[Cell, ...]], **more: object) -> ViewFacts:
    view = View.model_validate(
        {"kind": {"column": "bar"}.get(kind, kind), "title": HOSTILE, "note": HOSTILE, "label": "名"}
    )
    told = {"kind": kind, "table": table, "view": view, "auto": False, "counted": len(rows), "groups": len(rows)}
    return ViewFacts.model_validate({**told, "columns": columns, "rows": rows, **more})


def views_of(table: str) -> tuple[ViewFacts, ...]:
    """Bars, columns, lines with a gap, a map of two points and one of cells; what is suggested too."""
    number, place = column("数", "number", unit="公顷"), [column("经", "number"), column("纬", "number")]
    box = (120.4, 31.2, 120.6, 31.4)
    marks: list[tuple[Cell, ...]] = [(HOSTILE, 120.4, 31.2), ("西园", 120.6, 31.4)]
    return (
        figure(table, "bar", [column("组"), number], [(HOSTILE, 3.5), ("乙", 0), (None, 1)], groups=9, rest=12.0, measure="sum"),
        figure(table, "column", [column("年", "year"), number], [(2020, 3), (2021, None), (2023, -1.5)], auto=True),
        figure(table, "line", [column("日", "date"), number, column(HOSTILE, "number")], [("2024-01-01", 1, 4), ("2024-02-01", None, 5), ("2024-03-01", 2, 1e9)], step="month", measure="mean"),
        figure(table, "line", [column("日", "date"), number], [("2024-01-01", 0)], auto=True),
        figure(table, "map", [column("名"), *place], marks, box=box),
        figure(table, "map", [column("名"), *place], marks, box=box, counted=400, cells=((120.4, 31.2, 1), (120.6, 31.4, 399)), auto=True),
    )  # fmt: skip
