"""Figures as people see them: values written out, bars and courses drawn when the site is built, without scripts.

Bars are percentages of their row's cell and lines stretch with their box, so that a drawing needs no size and its words
stay text of the page at every width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from portal.counts.figure import Figure, Kind, Line, Measure, Value, Words
from portal.render import figures, html
from portal.render.book import Book

TOP = 20
"""Rows of a figure that a page shows; the rest stands in its file."""

Link = Callable[[Line], str | None]


class ShownRow(NamedTuple):
    """A row ready for the page: its title (a link where there is one), the bar in per cent, the values as text."""

    title: Markup
    bar: str | None
    values: tuple[str, ...]


class ShownFigure(NamedTuple):
    """A figure ready for the page. `rest` counts the rows that the page leaves to the file."""

    id: str
    title: str
    about: str
    first: str
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    rest: int
    csv: str
    json: str


class Small(NamedTuple):
    """The course of one measure: its last value in large type, what became of the first, a drawing."""

    title: str
    value: str
    change: str
    svg: Markup
    start: str
    end: str


def as_of(book: Book) -> Markup:
    """The day and the release that figures are of."""
    told = Markup(book.t["st_as_of"])  # noqa: S704 -- words of ours
    return told.format(date=book.day(book.today), release=html.whole(book.release))


def said(book: Book, words: Words) -> str:
    """The words of the page's language."""
    return words.zh if book.lang == "zh" else words.en


def written(value: Value, kind: Kind) -> str:
    """A value as people write it; an em dash where there is none."""
    if value is None or value == "":
        return "—"
    if kind == "bytes" and isinstance(value, int):
        return figures.size(value)
    if kind == "percent":
        return f"{value:g}%"
    return value if isinstance(value, str) else figures.number(value)


def shown(book: Book, figure: Figure, link: Link | None = None, *, top: int = TOP, tail: bool = False) -> ShownFigure:
    """A figure's first rows (of a course: its last, newest first), with bars for the first measure."""
    lines = figure.lines[::-1] if tail else figure.lines
    cut = lines[:top] if len(lines) > top + 1 else lines
    most = max((_size(line.values[0]) for line in figure.lines), default=0)
    bars = figure.shown == "bars"
    return ShownFigure(
        id=figure.name,
        title=said(book, figure.title),
        about=said(book, figure.about),
        first=said(book, figure.first),
        heads=tuple(said(book, one.title) for one in figure.measures),
        rows=tuple(_row(book, figure.measures, line, most if bars else None, link) for line in cut),
        rest=len(lines) - len(cut),
        csv=figure.address("csv"),
        json=figure.address("json"),
    )


def _row(book: Book, measures: Sequence[Measure], line: Line, most: float | None, link: Link | None) -> ShownRow:
    title, href = said(book, line.title), link(line) if link else None
    name = html.link(href, title) if href else html.phrases(title)
    values = tuple(written(value, one.kind) for value, one in zip(line.values, measures, strict=True))
    return ShownRow(name, None if most is None else per_cent(_size(line.values[0]), most), values)


def _size(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def per_cent(part: float, whole: float) -> str:
    """`37.5%`: how long a bar is; something is never drawn as nothing."""
    if not whole or not part:
        return "0%"
    return f"{max(0.5, 100 * part / whole):.4g}%"


def small(book: Book, figure: Figure, key: str) -> Small:
    """The course of one measure of a figure by days."""
    place = next(n for n, one in enumerate(figure.measures) if one.key == key)
    measure = figure.measures[place]
    points = [(line.key, line.values[place]) for line in figure.lines]
    known = [(day, float(value)) for day, value in points if isinstance(value, (int, float))]
    last = known[-1][1] if known else None
    return Small(
        title=said(book, measure.title),
        value=written(_plain(last), measure.kind),
        change=_change(book, measure, known),
        svg=course(known) if len(known) > 1 else Markup(""),
        start=known[0][0] if known else "",
        end=known[-1][0] if known else "",
    )


def _plain(value: float | None) -> Value:
    return int(value) if value is not None and value.is_integer() else value


def _change(book: Book, measure: Measure, known: Sequence[tuple[str, float]]) -> str:
    t = book.t
    if len(known) < 2:
        return t["st_begun"].format(date=known[0][0]) if known else t["st_nothing"]
    by = round(known[-1][1] - known[0][1], 1)
    if not by:
        return t["st_same"].format(date=known[0][0])
    told = (
        t["st_points"].format(n=f"{abs(by):g}") if measure.kind == "percent" else written(_plain(abs(by)), measure.kind)
    )
    return t["st_more" if by > 0 else "st_less"].format(date=known[0][0], n=told)


def course(points: Sequence[tuple[str, float]]) -> Markup:
    """A line over the days from zero up, in a box of 100 × 40 that stretches with its place."""
    most = max(value for _, value in points) or 1.0
    first, last = _ordinal(points[0][0]), _ordinal(points[-1][0])
    span = max(1, last - first)
    places = [(100 * (_ordinal(day) - first) / span, 38 - 36 * value / most) for day, value in points]
    line = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
    area = f"0,39 {line} {places[-1][0]:.2f},39"
    return Markup(  # noqa: S704 -- numbers of ours
        '<svg class="course" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<polygon points="{area}"/><polyline points="{line}" vector-effect="non-scaling-stroke"/></svg>'
    )


def columns(points: Sequence[tuple[str, float]]) -> Markup:
    """A column for each day, from zero up; days without a count stay empty."""
    most = max((value for _, value in points), default=0) or 1.0
    first, last = _ordinal(points[0][0]), _ordinal(points[-1][0])
    wide = 100 / (last - first + 1)
    bars = "".join(
        f'<rect x="{(_ordinal(day) - first) * wide:.2f}" y="{39 - 37 * value / most:.2f}" '
        f'width="{wide * 0.8:.2f}" height="{37 * value / most:.2f}"/>'
        for day, value in points
    )
    return Markup(  # noqa: S704 -- numbers of ours
        '<svg class="columns-of-days" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{bars}</svg>'
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
