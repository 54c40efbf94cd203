"""A page that one template draws: the same head, trail and language for every kind of page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from portal.render.book import Book
from portal.render.frame import Drawing, Page, style_tag


class Heading(NamedTuple):
    """What is said of a page outside its text. `address` is without the language; `styles` are its own stylesheets."""

    address: str
    title: str
    description: str
    section: str
    styles: tuple[str, ...] = ()


def one_page(book: Book, heading: Heading, template: str, values: Mapping[str, object]) -> Page:
    """The page in the book's language. `values` may name a longer trail (`crumbs`) than the home page alone."""
    return _page(book, heading, _drawn(book, heading, template, values))


def later_page(
    book: Book, heading: Heading, template: str, values: Callable[[], Mapping[str, object]], *, made_of: str
) -> Page:
    """The same, with values that are gathered only where the page must be drawn (see `Drawing`)."""
    return _page(book, heading, Drawing(made_of, lambda: _drawn(book, heading, template, values())))


def _drawn(book: Book, heading: Heading, template: str, values: Mapping[str, object]) -> str:
    always = {"t": book.t, "base": book.base, "title": heading.title, "crumbs": [(book.base, book.t["home"])]}
    return book.environment.get_template(template).render({**always, **values})


def _page(book: Book, heading: Heading, main: str | Drawing) -> Page:
    return Page(
        url=book.url(heading.address),
        title=heading.title,
        main=main,
        description=heading.description,
        section=heading.section,
        other=book.other_url(heading.address),
        head="".join(style_tag(book.environment, one) for one in heading.styles),
    )
