"""A list of datasets as cards, page after page, in the frame that all lists share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from portal import addresses
from portal.digests import text_digest
from portal.model import Dataset
from portal.render.book import Book
from portal.render.figures import number
from portal.render.frame import Drawing, Page, script_tag, style_tag

PER_PAGE = 50
WAYS = ("recent", "popular", "due", "a-z")
_CARDS, _PAGER = Markup("<!--cards-->"), Markup("<!--pager-->")


@dataclass(frozen=True)
class Pager:
    """Where in a long list a page stands."""

    n: int
    of: int
    previous: str | None
    next: str | None


def ways(book: Book, here: str = "") -> list[tuple[str, str, bool]]:
    """The other ways through the catalogue: address, name, whether it is this one."""
    found = [(way, addresses.browse_page(way), book.t[f"way_{way}"]) for way in WAYS]
    if book.topics:
        found.append(("topic", "/topic/", book.t["topics"]))
    return [(book.url(address), name, way == here) for way, address, name in found]


@dataclass(frozen=True)
class CardList:
    """One list: its address without the language, its name, its datasets in order, and whether it is that of one value
    of a facet (`is_part`). `panel` are all facets as drawn, `index` is the address of what scripts draw lists from.
    """

    book: Book
    panel: Markup
    index: str
    address: str
    name: str
    datasets: Sequence[Dataset]
    is_part: bool

    def pages(self) -> Iterator[Page]:
        """Its pages; each is made of what its datasets say, and of what stands around every page of the list."""
        book, count = self.book, max(1, -(-len(self.datasets) // PER_PAGE))
        every = text_digest([self.index, self.panel, str(len(self.datasets)), *book.topics])
        script = style_tag(book.environment, "css/browse.css") + script_tag(book.environment, "js/facets.js")
        for n in range(1, count + 1):
            shown = self.datasets[(n - 1) * PER_PAGE : n * PER_PAGE]
            pager = Pager(n, count, self._place(n - 1) if n > 1 else None, self._place(n + 1) if n < count else None)
            yield Page(
                url=self._place(n),
                title=self.name if n == 1 else f"{self.name} ({book.t['page'].format(n=n)})",
                main=Drawing("".join([every, *map(book.digest, shown)]), partial(self._draw, shown, pager)),
                description=book.t["list_description"].format(name=self.name, n=number(len(self.datasets))),
                section="datasets",
                other=quote(book.other_url(self.address)) if n == 1 else None,
                head=script,
            )

    @property
    def _url(self) -> str:
        return quote(self.book.url(self.address))

    def _place(self, n: int) -> str:
        """The address of the n-th page."""
        return self._url if n == 1 else f"{self._url}page/{n}/"

    def _draw(self, shown: Sequence[Dataset], pager: Pager) -> str:
        before, between, after = self._around
        draw_pager: Any = self.book.environment.get_template("parts.html").module
        cards = "".join([self.book.card(dataset) for dataset in shown])
        return f"{before}{cards}{between}{draw_pager.pager(self.book.t, pager)}{after}"

    @cached_property
    def _around(self) -> tuple[str, str, str]:
        """What stands before the cards, between them and the pager, and after it."""
        book, t = self.book, self.book.t
        html = book.environment.get_template("list.html").render(
            t=t,
            base=book.base,
            per_page=PER_PAGE,
            title=self.name,
            lead=None,
            crumbs=[(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])] if self.is_part else [],
            chosen=self.name if self.is_part else None,
            ways=ways(book),
            emergencies=[] if self.is_part else book.emergencies,
            counted=bool(book.counts.inputs.usage),
            card_template=_card_template(book),
            index=self.index,
            facets=_marked(self.panel, self._url) if self.is_part else self.panel,
            total=len(self.datasets),
            cards=_CARDS,
            pager=_PAGER,
        )
        before, rest = html.split(_CARDS)
        between, after = rest.split(_PAGER)
        return before, between, after


def _marked(panel: Markup, url: str) -> Markup:
    """The panel of facets, drawn once, with the link to the present page marked as chosen."""
    link = f'<a href="{escape(url)}" '
    return Markup(str(panel).replace(link, f'{link}aria-current="true" ', 1))  # noqa: S704 -- it was markup before


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
