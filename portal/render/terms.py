"""The page of special terms (CAT-6, ORG-7): what each means in plain words, and which datasets use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from portal import addresses
from portal.model import Dataset, Term
from portal.render.book import Book
from portal.render.frame import Page
from portal.render.onepage import Heading, one_page
from portal.text import plain_term

CSS = "css/publications.css"
NAMED = 4
"""Datasets that are named with a term; more are counted."""


def terms_pages(book: Book) -> Iterator[Page]:
    """All terms in the order of the register, each with an anchor of its own."""
    t = book.t
    used: dict[str, list[Dataset]] = defaultdict(list)
    for dataset in book.datasets:
        for term in dataset.terms:
            used[plain_term(term)].append(dataset)
    values = {
        "crumbs": [(book.base, t["home"]), (f"{book.base}help/", t["help"])],
        "terms": [_term(book, one, used) for one in book.catalogue.glossary],
    }
    heading = Heading(addresses.GLOSSARY, t["glo_title"], t["glo_description"], "help", (CSS,))
    yield one_page(book, heading, "glossary.html", values)


def anchor(term: str) -> str:
    """A term as the anchor of its explanation: letters of any script stay, blanks become hyphens."""
    return "-".join(term.split())


def _term(book: Book, term: Term, used: dict[str, list[Dataset]]) -> dict[str, object]:
    names = {plain_term(word) for word in (term.term, *term.aliases)}
    found = {one.id: one for name in sorted(names) for one in used.get(name, ())}
    named = list(found.values())[:NAMED]
    return {
        "anchor": anchor(term.term),
        "href": f"#{quote(anchor(term.term))}",
        "term": term.term,
        "meaning": term.meaning,
        "also": book.t["enumeration"].join(term.aliases),
        "sets": [(book.url(addresses.dataset_page(one.id)), book.title(one)) for one in named],
        "more": book.t["glo_more"].format(n=len(found)) if len(found) > len(named) else "",
    }
