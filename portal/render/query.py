"""The page where anybody asks SQL of published tables in the browser; the server hands out nothing but files.

What it finds by itself: the datasets from the lean index, their tables from each one's datapackage.json. The scripts
lie under site_src/assets/js/query/; why it works as it does is docs/decisions/0015.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal import addresses
from portal.database import quoted
from portal.model import Dataset
from portal.records import View
from portal.render.book import Book
from portal.render.frame import Page, script_tag, style_tag

EXAMPLES = 8


def query_pages(book: Book, index: str) -> Iterator[Page]:
    """The page of one language; `index` is the address of the lean index of datasets."""
    t = book.t
    address = addresses.query_page()
    values = {
        "t": t,
        "base": book.base,
        "index": index,
        "crumbs": [(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])],
        "examples": _examples(book),
    }
    yield Page(
        url=book.url(address),
        title=t["query_title"],
        main=book.environment.get_template("query.html").render(values),
        description=t["query_description"],
        section="query",
        other=book.other_url(address),
        head=style_tag(book.environment, "css/chart.css")
        + style_tag(book.environment, "css/query.css")
        + script_tag(book.environment, "js/query.js"),
    )


def _examples(book: Book) -> list[dict[str, str]]:
    """Questions that are worth asking: those behind the declared charts, one a dataset; else the newest datasets."""
    open_ones = [one for one in book.datasets if "parquet" in book.formats(one)]
    found = []
    for dataset in open_ones:
        view = next((one for one in dataset.views if _is_plain(one)), None)
        sql = _question(book, dataset, view) if view else ""
        if view and sql:
            href = addresses.query_page(dataset.id, sql=sql, chart=_chart(dataset, view))
            title = view.title if book.lang == "zh" else view.title_en or view.title
            found.append({"href": book.url(href), "title": title, "note": book.title(dataset)})
        if len(found) == EXAMPLES:
            break
    return found or [
        {"href": book.url(addresses.query_page(one.id)), "title": book.title(one), "note": ""}
        for one in open_ones[:EXAMPLES]
    ]


def _is_plain(view: View) -> bool:
    """A chart that one short question answers."""
    cut = view.series or view.values or view.step or view.from_ or view.to
    return view.kind != "map" and not cut


def _question(book: Book, dataset: Dataset, view: View) -> str:
    """The SQL behind a declared chart: groups counted or summed, or values along an axis; nothing without a table."""
    axis, value = view.group or view.x, view.value or "count"
    table = next((one for one in dataset.tables if axis in one.table_schema.names), None)
    if axis is None or table is None or (view.table and view.table != table.name):
        return ""
    name, source = quoted(axis), quoted(table.name)
    tests = [f"{quoted(key)} = {_text(text)}" for key, text in sorted((view.where or {}).items())]
    where = f"WHERE {' AND '.join(tests)}\n" if tests else ""
    if view.kind == "line" and value != "count" and not view.measure:
        return f"SELECT {name}, {quoted(value)}\nFROM {source}\n{where}ORDER BY {name}"
    measure = _FUNCTIONS[view.measure or "sum"]
    ask = "count(*)" if value == "count" else f"{measure}({quoted(value)})"
    title = quoted(book.t["query_rows"] if value == "count" else value)
    order = "2 DESC" if _chart(dataset, view) == "bar" and view.order != "group" else name
    return f"SELECT {name}, {ask} AS {title}\nFROM {source}\n{where}GROUP BY {name}\nORDER BY {order}\nLIMIT 500"


def _chart(dataset: Dataset, view: View) -> str:
    """Bars of years or days stand side by side in their order."""
    axis = view.group or view.x
    kinds = {one.type for table in dataset.tables for one in table.table_schema.fields if one.name == axis}
    return "column" if view.kind == "bar" and kinds & _ORDERED else view.kind


_FUNCTIONS = {"sum": "sum", "mean": "avg", "min": "min", "max": "max"}
_ORDERED = frozenset({"date", "year", "yearmonth"})


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
