"""Lists of datasets: every facet value has its own static pages, and a compact index lets scripts combine them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from portal.model import Dataset
from portal.render.book import Book
from portal.render.frame import Page, script_tag

PER_PAGE = 50
FACETS = ("department", "domain", "type", "format", "frequency", "area")
HEAD = 8
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
    panel = Markup(template.render(facets=[_shown(book, facet) for facet in every]))  # noqa: S704 -- escaped
    title = book.t["all_datasets"]
    yield from _pages(book, panel, index, address="/datasets/", datasets=book.datasets, title=title)
    for facet in every:
        for value, title, datasets in facet.values:
            address = f"/datasets/by/{facet.key}/{slug(value)}/"
            yield from _pages(
                book, panel, index, address=address, datasets=datasets, title=title, chosen=(facet, value)
            )


def index_json(book: Book) -> str:
    """What scripts need to draw any list: one row a dataset, in list order.

    [id, title, summary, department, domain, type, [formats], frequency, area, data date, rows or null, [badges]];
    values are those of the facets' links, a badge is [text, class].
    """
    rows = [_index_row(book, dataset) for dataset in book.datasets]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def facet_values(book: Book, dataset: Dataset, key: str) -> list[tuple[str, str]]:
    """Value and title of a dataset under one facet; several for formats, none where the entry says nothing."""
    if key == "department":
        return [(dataset.department, book.department_name(dataset.department))]
    if key == "domain":
        return [(dataset.domain, book.domain_title(dataset.domain))]
    if key == "type":
        return [(dataset.open_type, book.open_type(dataset.open_type))]
    if key == "format":
        return [(name, book.format_name(name)) for name in book.formats(dataset)]
    if key == "frequency":
        return [(dataset.update_frequency, book.frequency(dataset.update_frequency))]
    area = dataset.spatial or dataset.jurisdiction
    return [(slug(area), area)]


def _facet(book: Book, key: str) -> Facet:
    found: dict[str, tuple[str, list[Dataset]]] = {}
    for dataset in book.datasets:
        for value, title in facet_values(book, dataset, key):
            found.setdefault(value, (title, []))[1].append(dataset)
    order = sorted(found.items(), key=lambda item: (-len(item[1][1]), item[0]))
    title = book.labels["update_frequency"] if key == "frequency" else book.t[f"f_{key}"]
    if key == "type":
        title = book.labels["open_type"]
    return Facet(key, title, tuple((value, title, tuple(datasets)) for value, (title, datasets) in order))


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
    values: dict[str, object] = {
        "t": t,
        "base": book.base,
        "index": index,
        "per_page": PER_PAGE,
        "title": title if chosen is None else book.told(chosen[0].title, title),
        "lead": None,
        "crumbs": [(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])] if chosen else [],
        "chosen": book.told(chosen[0].title, title) if chosen else None,
        "facets": _marked(panel, url if chosen else None),
        "total": len(datasets),
        "card_template": _card_template(book),
    }
    html = book.environment.get_template("list.html").render(**values, cards=_CARDS, pager=_PAGER)
    before, rest = html.split(_CARDS)
    between, after = rest.split(_PAGER)
    draw_pager: Any = book.environment.get_template("parts.html").module
    name = str(values["title"])
    script = script_tag(book.environment, "js/facets.js")
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
            section="datasets",
            other=quote(book.other_url(address)) if n == 1 else None,
            head=script,
        )


def _marked(panel: Markup, url: str | None) -> Markup:
    """The panel of facets, drawn once, with the link to the present page marked as chosen."""
    if url is None:
        return panel
    link = f'<a href="{escape(url)}" '
    return Markup(str(panel).replace(link, f'{link}aria-current="true" ', 1))  # noqa: S704 -- it was markup before


def _shown(book: Book, facet: Facet) -> dict[str, object]:
    values = [
        {
            "value": value,
            "title": title,
            "count": len(datasets),
            "href": quote(f"{book.base}datasets/by/{facet.key}/{slug(value)}/"),
        }
        for value, title, datasets in facet.values
    ]
    cut = HEAD if len(values) > HEAD + 1 else len(values)
    return {"key": facet.key, "title": facet.title, "head": values[:cut], "rest": values[cut:]}


def _card_template(book: Book) -> Markup:
    """An empty card: scripts clone it, so that their lists look like ours."""
    card = {"id": "", "href": "", "title": "", "summary": "", "department": "", "date": "", "rows": 0, "used": ""}
    html = book.environment.get_template("card.html").render(
        card={**card, "formats": ["-"], "badges": []}, t={**book.t, "rows": ""}
    )
    return Markup(html)  # noqa: S704 -- our own template, filled with constants


def _index_row(book: Book, dataset: Dataset) -> list[object]:
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
    ]
