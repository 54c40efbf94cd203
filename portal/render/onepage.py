"""A page that one template draws: the same head, trail and language for every kind of page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from portal.render.book import Book
from portal.render.frame import Page, style_tag


class Heading(NamedTuple):
    """What is said of a page outside its text. `address` is without the language; `styles` are its own stylesheets."""

    address: str
    title: str
    description: str
    section: str
    styles: tuple[str, ...] = ()


def one_page(book: Book, heading: Heading, template: str, values: Mapping[str, object]) -> Page:
    """The page in the book's language. `values` may name a longer trail (`crumbs`) than the home page alone."""
    always = {"t": book.t, "base": book.base, "title": heading.title, "crumbs": [(book.base, book.t["home"])]}
    return Page(
        url=book.url(heading.address),
        title=heading.title,
        main=book.environment.get_template(template).render({**always, **values}),
        description=heading.description,
        section=heading.section,
        other=book.other_url(heading.address),
        head="".join(style_tag(book.environment, one) for one in heading.styles),
    )
