"""Lists of datasets: every facet value has its own static pages, and a compact index lets scripts combine them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from markupsafe import Markup

from portal import addresses
from portal.alphabet import alphabetical
from portal.facets import FACETS, FEATURES, GOVERNMENTS, features, government, year
from portal.model import Dataset
from portal.render.book import Book
from portal.render.cardlist import CardList
from portal.render.frame import Page

HEAD = 8
MAIN = ("department", "domain", "type", "format", "frequency", "area")
"""Facets that always show."""
LOWER = 5
"""Values that show at once of a facet that is not among the first five."""


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list: its values, most frequent first, each with its datasets in list order."""

    key: str
    title: str
    values: tuple[tuple[str, str, tuple[Dataset, ...]], ...]  # value, title, datasets


def facets(book: Book) -> tuple[Facet, ...]:
    """The facets of the whole catalogue; values without a dataset don't appear."""
    return tuple(_facet(book, key) for key in FACETS)


def slug(value: str) -> str:
    """A facet value as part of an address: kept if letters, digits and hyphens only, else told apart by a digest."""
    plain = re.sub(r"[^\w-]+", "-", value).strip("-")
    return plain if plain == value else f"{plain}-{sha256(value.encode()).hexdigest()[:6]}"


def list_pages(book: Book, index: str) -> Iterator[Page]:
    """/datasets/ and its further pages, and the same for each value of each facet; `index` is the index's address."""
    every = facets(book)
    template = book.environment.get_template("facets.html")
    shown = [_shown(book, facet) for facet in every if _narrows(facet, len(book.datasets))]
    panel = Markup(template.render(facets=shown))  # noqa: S704 -- escaped
    yield from CardList(book, panel, index, "/datasets/", book.t["all_datasets"], book.datasets, is_part=False).pages()
    for facet in every:
        has_lists = facet.key != "topic" and _narrows(facet, len(book.datasets))
        for value, title, datasets in facet.values if has_lists else ():
            name = book.told(facet.title, title)
            yield from CardList(book, panel, index, _address(facet, value), name, datasets, is_part=True).pages()


def index_json(book: Book) -> str:
    """What scripts need to draw any list: one row a dataset, in list order.

    [id, title, summary, department, domain, type, [formats], frequency, area, data date, rows or null, [badges],
    [features], government, [topics], place by alphabet, files taken or null]; values are those of the facets' links,
    a badge is [text, class].
    """
    ordered = sorted(book.datasets, key=lambda one: alphabetical(book.title(one)))
    place = {one.id: n for n, one in enumerate(ordered)}
    rows = [_index_row(book, dataset, place[dataset.id]) for dataset in book.datasets]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def facet_values(book: Book, dataset: Dataset, key: str) -> list[tuple[str, str]]:
    """Value and title of a dataset under one facet; several for formats, none where the entry says nothing."""
    return _VALUES[key](book, dataset)


def _areas(_: Book, dataset: Dataset) -> list[tuple[str, str]]:
    area = dataset.spatial or dataset.jurisdiction
    return [(slug(area), area)]


def _features(book: Book, dataset: Dataset) -> list[tuple[str, str]]:
    return [(name, FEATURES[name][_at(book)]) for name in features(dataset, book.facts.get(dataset.id))]


def _government(book: Book, dataset: Dataset) -> list[tuple[str, str]]:
    level = government(dataset, book.catalogue.portal)
    return [(level, GOVERNMENTS[level][_at(book)])]


def _at(book: Book) -> int:
    return 0 if book.lang == "zh" else 1


_VALUES: Mapping[str, Callable[[Book, Dataset], list[tuple[str, str]]]] = {
    "department": lambda book, one: [(one.department, book.department_name(one.department))],
    "domain": lambda book, one: [(one.domain, book.domain_title(one.domain))],
    "topic": lambda book, one: [(topic.id, book.topic_title(topic)) for topic in book.topics_of(one)],
    "type": lambda book, one: [(one.open_type, book.open_type(one.open_type))],
    "format": lambda book, one: [(name, book.format_name(name)) for name in book.formats(one)],
    "feature": _features,
    "frequency": lambda book, one: [(one.update_frequency, book.frequency(one.update_frequency))],
    "area": _areas,
    "government": _government,
    "year": lambda _, one: [(year(one), year(one))],
}


def _facet(book: Book, key: str) -> Facet:
    found: dict[str, tuple[str, list[Dataset]]] = {}
    for dataset in book.datasets:
        for value, title in facet_values(book, dataset, key):
            found.setdefault(value, (title, []))[1].append(dataset)
    order = sorted(found.items(), key=lambda item: (-len(item[1][1]), item[0]))
    if key == "year":
        order.sort(key=lambda item: item[0], reverse=True)
    title = book.labels["update_frequency"] if key == "frequency" else book.t[f"f_{key}"]
    if key == "type":
        title = book.labels["open_type"]
    return Facet(key, title, tuple((value, title, tuple(datasets)) for value, (title, datasets) in order))


def _address(facet: Facet, value: str) -> str:
    """Where the list of one value stands; a topic has a page of its own."""
    return addresses.topic_page(value) if facet.key == "topic" else f"/datasets/by/{facet.key}/{slug(value)}/"


def _narrows(facet: Facet, total: int) -> bool:
    """A level of government or year that all datasets share tells nothing apart: no link, no list."""
    return facet.key in MAIN or len(facet.values) > 1 or any(len(datasets) < total for _, _, datasets in facet.values)


def _shown(book: Book, facet: Facet) -> dict[str, object]:
    values = [
        {"value": value, "title": title, "count": len(datasets), "href": quote(book.url(_address(facet, value)))}
        for value, title, datasets in facet.values
    ]
    head = HEAD if FACETS.index(facet.key) < LOWER else LOWER
    cut = head if len(values) > head + 1 else len(values)
    return {"key": facet.key, "title": facet.title, "head": values[:cut], "rest": values[cut:]}


def _index_row(book: Book, dataset: Dataset, place: int) -> list[object]:
    def values(key: str) -> list[str]:
        return [value for value, _ in facet_values(book, dataset, key)]

    return [
        dataset.id,
        book.title(dataset),
        book.summary(dataset),
        *(values(key)[0] for key in ("department", "domain", "type")),
        values("format"),
        values("frequency")[0],
        values("area")[0],
        dataset.data_date.isoformat(),
        book.rows(dataset),
        [[badge.text, badge.kind] for badge in book.badges(dataset)],
        values("feature"),
        values("government")[0],
        values("topic"),
        place,
        use.downloads if (use := book.use(dataset)) else None,
    ]
