"""The page where anybody asks SQL of published tables in the browser; the server hands out nothing but files.

What it finds by itself: the datasets from the lean index, their tables from each one's datapackage.json. The scripts
lie under site_src/assets/js/query/; why it works as it does is docs/decisions/0015.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal import addresses
from portal.render.book import Book
from portal.render.frame import Page, script_tag, style_tag

EXAMPLES = 6


def query_pages(book: Book, index: str) -> Iterator[Page]:
    """The page of one language; `index` is the address of the lean index of datasets."""
    t = book.t
    address = addresses.query_page()
    values = {
        "t": t,
        "base": book.base,
        "index": index,
        "crumbs": [(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])],
        "examples": [
            {"href": book.url(addresses.query_page(dataset.id)), "title": book.title(dataset)}
            for dataset in [one for one in book.datasets if "parquet" in book.formats(one)][:EXAMPLES]
        ],
    }
    yield Page(
        url=book.url(address),
        title=t["query_title"],
        main=book.environment.get_template("query.html").render(values),
        description=t["query_description"],
        section="datasets",
        other=book.other_url(address),
        head=style_tag(book.environment, "css/chart.css")
        + style_tag(book.environment, "css/query.css")
        + script_tag(book.environment, "js/query.js"),
    )
