"""The figures of a dataset's page: picture, table, and what must be known to read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from portal import addresses
from portal.facts import Cell, DatasetFacts, ViewColumn, ViewFacts
from portal.model import Dataset
from portal.render import figures
from portal.render.book import Book
from portal.render.charts.bars import bars
from portal.render.charts.lines import begins_at_zero, plot
from portal.render.charts.maps import Place, ground, places_of, still
from portal.render.charts.scale import said
from portal.render.html import whole

NAMED = 30
"""A map of so few points names them, one with a value so many of the largest; on others the names of other places tell
where one is."""
NUMERIC = frozenset({"integer", "number"})
PRINTED = 60
"""Rows of a figure's table that are printed with it; longer ones stay folded, for the files hold them."""
SHIFTED = "GCJ-02"
LIKE = 0.3
"""Names of a set that covers less than this share of the picture's width are too local to go by."""
FAR = 1000
"""Kilometres across, from which on names of shifted coordinates may stand on a map that is not shifted."""


class Figure(NamedTuple):
    """A figure as the template sets it. `attributes` tell scripts what they need (data-…)."""

    kind: str
    title: str
    attributes: Markup
    picture: Markup
    summary: str
    head: Markup
    body: Markup
    note: str
    told: Markup
    short: bool


def views(book: Book, dataset: Dataset, facts: DatasetFacts) -> list[Figure]:
    """The charts and maps of a dataset, in order."""
    return [_figure(book, dataset, view, number) for number, view in enumerate(facts.views)]


def heading(book: Book, found: Sequence[Figure]) -> str:
    """What the section is called: by what it holds."""
    kinds = {one.kind == "map" for one in found}
    return book.t["see_views_and_map" if len(kinds) == 2 else "see_map" if True in kinds else "see_views"]


def _figure(book: Book, dataset: Dataset, view: ViewFacts, number: int) -> Figure:
    title = _title(book, dataset, view)
    t = book.t
    label = f"{title}{t['colon']}{_in_words(book, view)}"
    if view.kind == "map":
        attributes, picture = _map(book, dataset, view, number, label)
        summary = t["see_table"] if len(view.rows) == view.counted else t["see_marks_table"]
    else:
        unit = _unit(view)
        named = [(_name(book, view.columns[0], row[0]), row[1]) for row in view.rows]
        picture = bars(named, label) if view.kind == "bar" else plot(_translated(book, view), label, unit, book.lang)
        attributes = _attributes({"chart": view.kind, "unit": unit})
        summary = t["see_table"]
    note = view.view.note if book.lang == "zh" else view.view.note_en
    return Figure(
        kind=view.kind,
        title=title,
        attributes=attributes,
        picture=picture,
        summary=summary.format(n=figures.number(len(view.rows)), of=figures.number(view.counted)),
        head=_head(book, view),
        body=_body(book, view),
        note=note or "",
        told=_sentences(book, [*_told(book, dataset, view), _source(book, dataset)]),
        short=len(view.rows) <= PRINTED,
    )


def _sentences(book: Book, told: Sequence[str]) -> Markup:
    return Markup("；").join(told) + "。" if book.lang == "zh" else Markup(". ").join(told) + "."


def _title(book: Book, dataset: Dataset, view: ViewFacts) -> str:
    if not view.auto:
        return view.view.title if book.lang == "zh" else view.view.title_en or view.view.title
    axis = _column_title(book, view.columns[0])
    value = _column_title(book, view.columns[1]) if len(view.columns) > 1 else ""
    return book.t[f"see_auto_{view.kind}"].format(axis=axis, value=value, title=book.title(dataset))


def _column_title(book: Book, column: ViewColumn) -> str:
    return column.title if book.lang == "zh" else column.title_en or column.title


def _translated(book: Book, view: ViewFacts) -> ViewFacts:
    """The same with its columns named in the language of the page."""
    if book.lang == "zh":
        return view
    named = tuple(one.model_copy(update={"title": one.title_en or one.title}) for one in view.columns)
    return view.model_copy(update={"columns": named})


def _unit(view: ViewFacts) -> str:
    return next((one.unit for one in view.columns[1:] if one.unit), "") or ""


def _name(book: Book, column: ViewColumn, value: Cell) -> str:
    """A group as people call it: the meaning of a code, yes and no."""
    if isinstance(value, bool):
        return book.t["yes" if value else "no"]
    text = "" if value is None else str(value)
    return (column.codes or {}).get(text, text)


def _in_words(book: Book, view: ViewFacts) -> str:
    """What the picture shows, for those who do not see it."""
    t = book.t
    if view.kind == "map":
        return t["see_points"].format(n=figures.number(view.counted))
    if view.kind == "bar":
        first = [f"{_name(book, view.columns[0], key)} {said(value)}" for key, value, *_ in view.rows[:3]]
        return t["see_largest"].format(n=figures.number(view.groups), names=t["enumeration"].join(first))
    filled = [(float(row[1]), str(row[0])) for row in view.rows if isinstance(row[1], int | float)]
    if not filled:
        return ""
    high, low = max(filled), min(filled)
    return t["see_range"].format(
        a=view.rows[0][0], b=view.rows[-1][0], high=said(high[0]), high_at=high[1], low=said(low[0]), low_at=low[1]
    )


def _told(book: Book, dataset: Dataset, view: ViewFacts) -> list[str]:
    """What a reader must know: unit, how many rows became one point, what is not shown."""
    t, number = book.t, figures.number
    unit = "" if view.kind == "map" else _unit(view)
    lines = [t["see_unit"].format(unit=unit)] if unit else []
    if view.measure in ("sum", "mean", "min", "max"):
        step = t.get(f"see_step_{view.step}", "")
        merged = t[f"see_{view.measure}"]
        lines.append(merged if not step else f"{step}{merged}" if book.lang == "zh" else f"{merged} {step.lower()}")
    elif view.step:
        lines.append(t.get(f"see_step_{view.step}") or t["see_step_number"].format(n=view.step))
    asked = view.view
    some = view.empty or asked.where or asked.from_ or asked.to
    lines.append(t["see_from_rows" if some else "see_from_all"].format(n=number(view.counted)))
    if view.empty:
        lines.append(t["see_empty"].format(n=number(view.empty)))
    if view.kind == "bar" and view.groups > len(view.rows):
        key = "see_left" if view.rest is None else "see_left_sum"
        lines.append(t[key].format(n=number(view.groups - len(view.rows)), rest=said(view.rest)))
    if view.view.series and view.groups > len(view.columns) - 1:
        lines.append(t["see_lines_left"].format(n=len(view.columns) - 1, of=number(view.groups)))
    if view.kind == "map":
        lines += _told_of_map(book, dataset, view)
    if view.kind == "line" and not begins_at_zero(view):
        lines.append(t["see_not_zero"])
    if view.auto:
        lines.append(t["see_auto"])
    return lines


def _told_of_map(book: Book, dataset: Dataset, view: ViewFacts) -> list[str]:
    t, system, base = book.t, dataset.coordinate_system, book.catalogue.portal.map
    lines = [t["see_system"].format(name=system) if system else t["see_no_system"]]
    if system == SHIFTED:
        lines.append(t["see_gcj"])
    if view.cells:
        lines.append(t["see_cells"])
    if not base.tiles:
        lines.append(t["see_no_tiles"])
        lines += [t["see_around"]] if _around(book, dataset, view) else []
    elif not _fits(dataset, base.coordinate_system):
        lines.append(t["see_tiles_differ"].format(name=base.coordinate_system))
    return lines


def _fits(dataset: Dataset, system: str | None) -> bool:
    """Two sets of coordinates may lie over each other: both are shifted, or neither (CGCS2000 is WGS-84 to a metre)."""
    return (dataset.coordinate_system == SHIFTED) == (system == SHIFTED)


def _source(book: Book, dataset: Dataset) -> Markup:
    who, date = book.department_name(dataset.department), whole(book.day(dataset.data_date))
    return Markup(book.t["see_source"]).format(who=who, date=date)  # noqa: S704 -- words of ours


def _map(book: Book, dataset: Dataset, view: ViewFacts, number: int, label: str) -> tuple[Markup, Markup]:
    base = book.catalogue.portal.map
    own, around = places_of(view), _around(book, dataset, view)
    names = [*own[: NAMED if len(own) <= NAMED or view.view.value else 0], *around]
    told = {
        "map": ",".join(f"{edge:g}" for edge in ground(view.box or (0, 0, 1, 1))),
        "api": addresses.table_api(dataset.department, view.table),
        "lon": view.view.longitude or "",
        "lat": view.view.latitude or "",
        "name": view.view.label or "",
        "cells": addresses.map_cells(dataset.id, number) if view.cells else "",
        "tiles": base.tiles or "" if _fits(dataset, base.coordinate_system) else "",
        "attribution": base.attribution or "",
    }
    return _attributes(told), still(view, names, label, book.t["see_km"])


def _around(book: Book, dataset: Dataset, view: ViewFacts) -> list[Place]:
    """Names of other sets of this portal that tell where one is (catalog/portal.yml, `map.references`).

    GCJ-02 shifts by less than a kilometre: where the picture is wider than FAR, that is less than a pixel of it.
    """
    found = []
    shown = ground(view.box or (0, 0, 1, 1))
    far = shown.kilometres > FAR
    for one in book.catalogue.portal.map.references:
        other, facts = book.by_id.get(one.dataset), book.facts.get(one.dataset)
        if other is None or facts is None or one.dataset == dataset.id:
            continue
        if not far and not _fits(dataset, other.coordinate_system):
            continue
        for figure in facts.views:
            if figure.kind != "map" or figure.box is None or ground(figure.box).kilometres < shown.kilometres * LIKE:
                continue
            places = [place._replace(own=False) for place in places_of(figure)]
            found += [place for place in places if not one.names or place.name in one.names]
    return found


def _attributes(told: Mapping[str, str]) -> Markup:
    return Markup("".join(f' data-{name}="{escape(value)}"' for name, value in told.items() if value))  # noqa: S704 -- escaped


def _head(book: Book, view: ViewFacts) -> Markup:
    cells = []
    for number, column in enumerate(view.columns):
        right = ' class="n"' if _is_number(column, number, view) else ""
        title = _column_title(book, column)
        unit = book.aside(column.unit or "") if view.kind != "map" else ""
        name = f' data-title="{escape(title)}"' if unit else ""
        cells.append(f'<th scope="col" data-type="{column.type}"{name}{right}>{escape(title + unit)}</th>')
    return Markup(f"<tr>{''.join(cells)}</tr>")  # noqa: S704 -- escaped


def _is_number(column: ViewColumn, number: int, view: ViewFacts) -> bool:
    return column.type in NUMERIC if view.kind == "map" else bool(number)


def _body(book: Book, view: ViewFacts) -> Markup:
    """The numbers of the figure, a row a line. The values of a map stand as they are, those of charts grouped."""
    right = [_is_number(column, number, view) for number, column in enumerate(view.columns)]
    lines = []
    for row in view.rows:
        cells = []
        for number, value in enumerate(row):
            text = _text(book, view, number, value)
            cells.append(f'<td class="n">{text}</td>' if right[number] else f"<td>{escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return Markup("".join(lines))  # noqa: S704 -- escaped


def _text(book: Book, view: ViewFacts, number: int, value: Cell) -> str:
    if value is None:
        return "-"
    if view.kind == "map" or (number == 0 and not isinstance(value, bool)):
        return _name(book, view.columns[number], value)
    return said(value) if number else _name(book, view.columns[0], value)
