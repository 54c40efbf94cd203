"""Head tags that lead programs from a page to its machine formats (`<link rel="alternate">`)."""

from __future__ import annotations

from markupsafe import escape

from portal import addresses
from portal.facts import DatasetFacts
from portal.model import Dataset, Department
from portal.render.book import Book

ATOM = "application/atom+xml"
DCAT = (("jsonld", "application/ld+json"), ("ttl", "text/turtle"), ("rdf", "application/rdf+xml"))


def alternate(kind: str, title: str, href: str) -> str:
    """One tag."""
    return f'<link rel="alternate" type="{kind}" title="{escape(title)}" href="{escape(href)}">\n'


def portal_links(book: Book) -> str:
    """For the home page: feeds of all changes and of new data, the catalogue as DCAT and data.json."""
    t = book.t
    tags = [alternate(ATOM, t["changes_feed"], addresses.feed()), alternate(ATOM, t["new_feed"], addresses.new_feed())]
    tags += [alternate(kind, "DCAT-AP", addresses.catalogue_file(ending)) for ending, kind in DCAT]
    return "".join([*tags, alternate("application/json", "data.json", "/data.json")])


def department_links(book: Book, department: Department) -> str:
    """For a department's page: its feed and its opening responsibility list."""
    name = book.department_name(department.id)
    return alternate(
        ATOM, book.told(name, book.t["changes_feed"]), addresses.department_feed(department.id)
    ) + alternate("text/csv", book.t["duty_list"], addresses.duty_list(department.id))


def dataset_links(dataset: Dataset, facts: DatasetFacts | None) -> str:
    """For a dataset's page: DCAT, and of open data datapackage.json and Croissant. `facts` is None without rows."""
    tags = [alternate(kind, "DCAT-AP", addresses.dataset_description(dataset.id, ending)) for ending, kind in DCAT]
    if facts:
        package = next((one.name for one in facts.downloads if one.format == "datapackage"), None)
        if package:
            tags.append(alternate("application/json", package, addresses.download(dataset.id, package)))
        if dataset.tables:
            tags.append(alternate("application/json", "Croissant", addresses.croissant_file(dataset.id)))
    return "".join(tags)
