"""What stands at the address of an old id (`aliases` of departments, domains, topics): where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from portal.model import Department, Domain
from portal.registers import Topic
from portal.render.book import Book
from portal.render.frame import Page


class Kind(NamedTuple):
    """A kind of page: where all are listed, the word for that, what one that moved says, the place in the menu."""

    address: str
    all: str
    moved: str
    section: str


DEPARTMENT = Kind("/department/", "departments", "department_moved", "departments")
DOMAIN = Kind("/domain/", "domains", "domain_moved", "datasets")
TOPIC = Kind("/topic/", "topics", "topic_moved", "topics")


def moved_pages(
    book: Book, kind: Kind, shown: Sequence[Department | Domain | Topic], titles: Mapping[str, str]
) -> Iterator[Page]:
    """A page for each old id of those that have a page themselves; an id that is in use again comes first."""
    ids = {one.id for one in shown}
    for one in shown:
        for old in one.aliases:
            if old not in ids:
                yield _moved(book, kind, old=old, new=one.id, title=titles[one.id])


def _moved(book: Book, kind: Kind, *, old: str, new: str, title: str) -> Page:
    t = book.t
    said = t[kind.moved].format(title=title)
    main = book.environment.get_template("moved.html").render(
        t=t,
        crumbs=[(book.base, t["home"]), (book.url(kind.address), t[kind.all])],
        said=said,
        title=title,
        href=book.url(f"{kind.address}{new}/"),
    )
    address = f"{kind.address}{old}/"
    return Page(
        url=book.url(address),
        title=said,
        main=main,
        description=said,
        section=kind.section,
        other=book.other_url(address),
    )
