"""How to fetch a table in four languages; the addresses are those of the official portal (scripts show the present
server's instead, so that a copied line works where it was copied).
"""

from __future__ import annotations

from portal import addresses
from portal.model import Dataset
from portal.render.book import Book

_CURL = "curl '{url}?_shape=objects&_size=100'"
_PYTHON = """\
import json
from urllib.request import urlopen

address = "{url}?_shape=objects&_size=1000"
rows = []
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    rows += page["rows"]
    address = page["next_url"]
print(len(rows), rows[0])"""
_R = """\
library(jsonlite)

address <- "{url}?_shape=objects&_size=1000"
rows <- NULL
while (!is.null(address)) {{
  page <- fromJSON(address)
  rows <- rbind(rows, page$rows)
  address <- page$next_url
}}
head(rows)"""
_JAVASCRIPT = """\
let address = "{url}?_shape=objects&_size=1000";
const rows = [];
while (address) {{
  const page = await (await fetch(address)).json();
  rows.push(...page.rows);
  address = page.next_url;
}}
console.log(rows.length, rows[0]);"""
_SAMPLES = (
    ("curl", "bash", _CURL),
    ("Python", "python", _PYTHON),
    ("R", "r", _R),
    ("JavaScript", "javascript", _JAVASCRIPT),
)


def examples(book: Book, dataset: Dataset) -> list[dict[str, object]]:
    """One entry a table: curl, Python, R and JavaScript that fetch all of its rows."""
    found: list[dict[str, object]] = []
    for n, table in enumerate(dataset.tables):
        url = book.catalogue.portal.url + addresses.table_api(dataset.department, table.name)
        samples = [{"title": name, "lang": lang, "code": code.format(url=url)} for name, lang, code in _SAMPLES]
        found.append({"title": table.title, "n": n, "samples": samples})
    return found


def one_line(book: Book) -> str:
    """The curl line of the home page, with a table that really is there; empty when none is."""
    for dataset in book.datasets:
        if dataset.is_open and book.facts.get(dataset.id):
            url = book.catalogue.portal.url + addresses.table_api(dataset.department, dataset.tables[0].name)
            return f"curl '{url}?_shape=objects&_size=5'"
    return ""


def sample(book: Book) -> dict[str, object] | None:
    """The four languages for a table that really is there; None where no data are open."""
    for dataset in book.datasets:
        if dataset.is_open and book.facts.get(dataset.id):
            return examples(book, dataset)[0] | {"title": book.title(dataset)}
    return None
