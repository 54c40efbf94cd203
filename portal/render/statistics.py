"""/statistics/: what the portal holds, how it is used and what it handles, each number with its file (STA-1, STA-5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from portal import addresses
from portal.counts.figure import Figure, Line
from portal.counts.usage import RECENT
from portal.render import figures
from portal.render.book import Book
from portal.render.frame import Page
from portal.render.numbers import Link, ShownFigure, Small, as_of, columns, said, shown, small
from portal.render.onepage import Heading, one_page

ADDRESS = "/statistics/"
HOLDINGS = (
    "departments", "domains", "open-types", "formats", "frequencies", "data-types", "levels", "areas", "data-months",
    "releases",
)  # fmt: skip
COURSES = ("sets", "rows", "on_time", "overdue", "score", "realtime_share")
DAYS = 90
"""Days of use that the drawing covers; the file has them all."""


class UseSum(NamedTuple):
    """One way of use: the last days, all days, and a column for each day."""

    title: str
    recent: str
    since: str
    svg: Markup
    start: str
    end: str


def statistics_pages(book: Book) -> Iterator[Page]:
    """The one page of statistics."""
    t, counts = book.t, book.counts
    sums, usage = counts.today, counts.inputs.usage
    about = said(book, counts.figures["totals"].about)
    holdings = [_figure(book, name) for name in HOLDINGS if not counts.figures[name].is_empty]
    values = {
        "as_of": as_of(book),
        "sums": [
            (figures.number(sums.sets), t["sets"]),
            (figures.number(sums.fields), book.inside(book.labels["fields"])),
            (figures.number(sums.rows), t["rows"] + book.aside(figures.about(sums.rows, book.lang))),
            (figures.size(sums.bytes), ""),
            (figures.number(len(counts.figures["departments"].lines)), t["owners"]),
        ],
        "about": about,
        "holdings": [one._replace(about="" if one.about == about else one.about) for one in holdings],
        "ease": [_figure(book, name) for name in ("realtime", "usability")],
        "courses": _courses(book),
        "history": shown(book, counts.figures["history"], tail=True),
        "uses": _uses(book, counts.figures["usage-days"]) if usage else [],
        "used": _figure(book, "usage-datasets") if usage else None,
        "formats": _figure(book, "usage-formats")._replace(about="") if usage.formats else None,
        "recent": t["st_recent"].format(n=RECENT),
        "cases": [
            _figure(book, name)
            for name in ("cases", "cases-by-department", "cases-by-month")
            if not counts.figures[name].is_empty
        ],
        "results": _results(book),
        "files": [_figure(book, name) for name in counts.figures],
    }
    heading = Heading(ADDRESS, t["st_title"], t["st_lead"], "statistics", ("css/numbers.css",))
    yield one_page(book, heading, "statistics.html", values)


def _figure(book: Book, name: str) -> ShownFigure:
    return shown(book, book.counts.figures[name], _link(book, name))


def _link(book: Book, name: str) -> Link | None:
    """Where the rows of a figure lead: departments, domains and datasets have pages."""
    if name in ("departments", "cases-by-department"):
        return lambda line: book.url(addresses.department_page(line.key)) if book.of_department(line.key) else None
    if name == "domains":
        return lambda line: book.url(addresses.domain_page(line.key)) if book.in_domain(line.key) else None
    if name == "usage-datasets":
        return lambda line: book.url(addresses.dataset_page(line.key))
    return None


def _courses(book: Book) -> list[Small]:
    return [small(book, book.counts.figures["history"], key) for key in COURSES]


def _uses(book: Book, figure: Figure) -> list[UseSum]:
    usage, t = book.counts.inputs.usage, book.t
    lines = figure.lines[-DAYS:]
    return [
        UseSum(
            title=measure.title[book.lang == "en"],
            recent=figures.number(usage.recent_total[n]),
            since=t["st_since"].format(date=figure.lines[0].key, n=figures.number(usage.total[n])),
            svg=columns(_points(lines, n)),
            start=lines[0].key,
            end=lines[-1].key,
        )
        for n, measure in enumerate(figure.measures)
    ]


def _points(lines: Sequence[Line], place: int) -> list[tuple[str, float]]:
    return [(line.key, float(line.values[place] or 0)) for line in lines]


def _results(book: Book) -> str:
    """How many results of use are registered (STA-5); empty where there are none."""
    works = book.catalogue.showcase
    sets = {name for one in works for name in one.datasets if name in book.by_id}
    return book.t["st_results_lead"].format(n=len(works), sets=len(sets)) if works else ""
