"""Lists of datasets: every facet value has its own static pages, and a compact index lets scripts combine them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from portal import addresses
from portal.alphabet import alphabetical
from portal.facets import FACETS, FEATURES, GOVERNMENTS, features, government, year
from portal.model import Dataset
from portal.render.book import Book
from portal.render.figures import number
from portal.render.frame import Page, script_tag, style_tag

PER_PAGE = 50
WAYS = ("recent", "popular", "due", "a-z")
HEAD = 8
MAIN = ("department", "domain", "type", "format", "frequency", "area")
"""Facets that always show."""
LOWER = 5
"""Values that show at once of a facet that is not among the first five."""
_CARDS, _PAGER = Markup("<!--cards-->"), Markup("<!--pager-->")


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list: its values, most frequent first, each with its datasets in list order."""

    key: str
    title: str
    values: tuple[tuple[str, str, tuple[Dataset, ...]], ...]  # value, title, datasets


@dataclass(frozen=True)
class Pager:
    """Where in a long list a page stands."""

    n: int
    of: int
    previous: str | None
    next: str | None


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
    title = book.t["all_datasets"]
    yield from _pages(book, panel, index, address="/datasets/", datasets=book.datasets, title=title)
    for facet in every:
        has_lists = facet.key != "topic" and _narrows(facet, len(book.datasets))
        for value, title, datasets in facet.values if has_lists else ():
            yield from _pages(
                book,
                panel,
                index,
                address=_address(facet, value),
                datasets=datasets,
                title=title,
                chosen=(facet, value),
            )


def ways(book: Book, here: str = "") -> list[tuple[str, str, bool]]:
    """The other ways through the catalogue: address, name, whether it is this one."""
    found = [(way, addresses.browse_page(way), book.t[f"way_{way}"]) for way in WAYS]
    if book.topics:
        found.append(("topic", "/topic/", book.t["topics"]))
    return [(book.url(address), name, way == here) for way, address, name in found]


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


def _pages(
    book: Book,
    panel: Markup,
    index: str,
    *,
    address: str,
    datasets: Sequence[Dataset],
    title: str,
    chosen: tuple[Facet, str] | None = None,
) -> Iterator[Page]:
    t = book.t
    url = quote(book.url(address))
    count = max(1, -(-len(datasets) // PER_PAGE))
    name = title if chosen is None else book.told(chosen[0].title, title)
    values = {
        **_frame(book, name, is_part=chosen is not None),
        "index": index,
        "facets": _marked(panel, url if chosen else None),
        "total": len(datasets),
    }
    html = book.environment.get_template("list.html").render(**values, cards=_CARDS, pager=_PAGER)
    before, rest = html.split(_CARDS)
    between, after = rest.split(_PAGER)
    draw_pager: Any = book.environment.get_template("parts.html").module
    script = style_tag(book.environment, "css/browse.css") + script_tag(book.environment, "js/facets.js")
    for n in range(1, count + 1):
        place = url if n == 1 else f"{url}page/{n}/"
        pager = Pager(
            n,
            count,
            previous=None if n == 1 else (url if n == 2 else f"{url}page/{n - 1}/"),
            next=f"{url}page/{n + 1}/" if n < count else None,
        )
        shown = datasets[(n - 1) * PER_PAGE : n * PER_PAGE]
        cards = "".join([book.card(dataset) for dataset in shown])
        yield Page(
            url=place,
            title=name if n == 1 else f"{name} ({t['page'].format(n=n)})",
            main=f"{before}{cards}{between}{draw_pager.pager(t, pager)}{after}",
            description=t["list_description"].format(name=name, n=number(len(datasets))),
            section="datasets",
            other=quote(book.other_url(address)) if n == 1 else None,
            head=script,
        )


def _frame(book: Book, name: str, *, is_part: bool) -> dict[str, object]:
    """What stands around a list; `is_part`: it is the list of one value of a facet."""
    t = book.t
    return {
        "t": t,
        "base": book.base,
        "per_page": PER_PAGE,
        "title": name,
        "lead": None,
        "crumbs": [(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])] if is_part else [],
        "chosen": name if is_part else None,
        "ways": ways(book),
        "emergencies": [] if is_part else book.emergencies,
        "counted": bool(book.counts.inputs.usage),
        "card_template": _card_template(book),
    }


def _marked(panel: Markup, url: str | None) -> Markup:
    """The panel of facets, drawn once, with the link to the present page marked as chosen."""
    if url is None:
        return panel
    link = f'<a href="{escape(url)}" '
    return Markup(str(panel).replace(link, f'{link}aria-current="true" ', 1))  # noqa: S704 -- it was markup before


def _shown(book: Book, facet: Facet) -> dict[str, object]:
    values = [
        {"value": value, "title": title, "count": len(datasets), "href": quote(book.url(_address(facet, value)))}
        for value, title, datasets in facet.values
    ]
    head = HEAD if FACETS.index(facet.key) < LOWER else LOWER
    cut = head if len(values) > head + 1 else len(values)
    return {"key": facet.key, "title": facet.title, "head": values[:cut], "rest": values[cut:]}


def _card_template(book: Book) -> Markup:
    """An empty card: scripts clone it, so that their lists look like ours."""
    card = {
        "id": "",
        "href": "",
        "title": "",
        "summary": "",
        "department": "",
        "date": "2000-01-01",
        "rows": 0,
        "used": "",
    }
    html = book.environment.get_template("card.html").render(
        card={**card, "formats": ["-"], "badges": []}, t={**book.t, "rows": ""}
    )
    return Markup(html)  # noqa: S704 -- our own template, filled with constants


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
