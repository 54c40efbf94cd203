"""Ways through all datasets beside the list: recently updated, most used, due for an update, by alphabet (POR-1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from portal import addresses
from portal.alphabet import LETTERS, OTHER, alphabetical, letter
from portal.counts.usage import RECENT, Use
from portal.model import Dataset
from portal.moments import modified
from portal.render import figures
from portal.render.book import Book
from portal.render.cardlist import ways
from portal.render.frame import Drawing, Page, style_tag
from portal.timeliness import State

SHOWN = 100
"""Datasets on one of these pages at most: the list with its facets holds them all."""
PER_LETTER = 200
"""From so many datasets on, a letter has a page of its own."""
_ANY_AREA = ("全国", "中国")


@dataclass(frozen=True)
class Group:
    """Some datasets under a heading; `cut` says how many more there are."""

    anchor: str
    title: str
    cards: Sequence[Markup]
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """A title in the list by alphabet."""

    href: str
    title: str
    department: str
    id: str


def browse_pages(book: Book) -> Iterator[Page]:
    """The four ways, in the book's language."""
    yield _recent(book)
    yield _popular(book)
    yield _due(book)
    yield from _alphabet(book)


def _recent(book: Book) -> Page:
    """By the day on which data, or what is said of them, last changed; months as headings."""
    days = {one.id: modified(one, book.facts.get(one.id)) for one in book.datasets}
    newest = sorted(book.datasets, key=lambda one: (-days[one.id].toordinal(), one.id))[:SHOWN]
    groups = []
    for month, some in groupby(newest, key=lambda one: days[one.id].strftime("%Y-%m")):
        title = _month(book, days[(ones := list(some))[0].id])
        cards = [_dated(book, one, book.t["recent_day"].format(day=days[one.id].isoformat())) for one in ones]
        groups.append(Group(month, title, cards))
    cut = book.t["recent_cut"].format(n=SHOWN) if len(book.datasets) > SHOWN else ""
    lead = book.t["recent_lead"] + cut
    return _page(book, "recent", _inside(book, "recent", "browse.html", lead=lead, groups=groups), lead=lead)


def _popular(book: Book) -> Page:
    """By files taken in the last weeks; a table, since here the numbers are the point."""
    t, usage = book.t, book.counts.inputs.usage
    found = [(usage.recent[one.id], one) for one in book.datasets if one.id in usage.recent] if usage else []
    found.sort(key=lambda each: (-each[0].downloads, -each[0].views, -each[0].api, each[1].id))
    rows = [
        (book.url(addresses.dataset_page(one.id)), one.id, book.title(one), use) for use, one in found if use != Use()
    ]
    lead = t["popular_lead"].format(days=RECENT) if rows else ""
    if len(rows) > SHOWN:
        lead += t["popular_cut"].format(n=SHOWN)
    caption = t["popular_caption"].format(days=RECENT)
    main = _inside(book, "popular", "popular.html", lead=lead, rows=rows[:SHOWN], caption=caption)
    return _page(book, "popular", main, lead=lead)


def _due(book: Book) -> Page:
    """What is overdue, due, and due soon: the most pressing first (UPD-2)."""
    t = book.t
    standing = {one.id: book.due(one) for one in book.datasets}
    groups = []
    headings: tuple[tuple[State, str], ...] = (
        ("overdue", "due_overdue"),
        ("due", "due_due"),
        ("due_soon", "due_soon"),
    )
    for state, key in headings:
        ones = [one for one in book.datasets if standing[one.id].state == state]
        ones.sort(key=lambda one: (standing[one.id].due or date.max, one.id))
        cards = []
        for one in ones[:SHOWN]:
            due, _, late = standing[one.id]
            days = t["due_late_one"] if late == 1 else t["due_late"].format(n=late) if late else ""
            cards.append(_dated(book, one, t["due_on"].format(day=due) + days))
        note = t["due_all"].format(n=figures.number(len(ones)), shown=SHOWN) if len(ones) > SHOWN else ""
        groups.append(Group(state, t[key], cards, note))
    lead = t["due_lead"]
    main = _inside(book, "due", "browse.html", lead=lead, groups=groups, empty=t["due_none"], board=True)
    return _page(book, "due", main, lead=lead)


def _alphabet(book: Book) -> Iterator[Page]:
    """Titles under letters; where there are many, a page a letter."""
    t = book.t
    under: dict[str, list[Dataset]] = {}
    keys = {one.id: _without_place(book, one) for one in book.datasets}
    for one in sorted(book.datasets, key=lambda one: (alphabetical(keys[one.id]), book.title(one), one.id)):
        under.setdefault(letter(keys[one.id]), []).append(one)
    split = len(book.datasets) > PER_LETTER
    base = book.url(addresses.browse_page("a-z"))
    letters = [
        (sign, _name(book, sign), (f"{base}{_slug(sign)}/" if split else f"#{_slug(sign)}") if sign in under else "")
        for sign in (*LETTERS, OTHER)
    ]
    first = next((sign for sign, _, href in letters if href), "")
    lead = t["az_lead"].format(place=book.catalogue.portal.city)
    shown = {first: under.get(first, [])} if split else under
    yield _letter(book, shown, here=first if split else "", lead=lead, letters=letters)
    for sign, ones in sorted(under.items()) if split else ():
        yield _letter(book, {sign: ones}, here=sign, at=sign, lead=lead, letters=letters)


def _letter(
    book: Book,
    under: dict[str, list[Dataset]],
    *,
    here: str,
    lead: str,
    letters: list[tuple[str, str, str]],
    at: str = "",
) -> Page:
    """The page of one letter, or of all: what it tells are titles, whose they are, and which letters have some."""
    told = [(one.id, book.title(one), one.department) for ones in under.values() for one in ones]
    made_of = json.dumps([here, letters, *book.topics, *told], ensure_ascii=False)

    def draw() -> str:
        groups = _entries(book, under)
        return _inside(book, "a-z", "alphabet.html", lead=lead, groups=groups, here=here, letters=letters)

    return _page(book, "a-z", Drawing(made_of, draw), lead=lead, at=at)


def _entries(book: Book, under: dict[str, list[Dataset]]) -> list[tuple[str, str, list[Entry]]]:
    """Anchor, heading and entries of each letter, in the order of the alphabet."""
    return [
        (
            _slug(sign),
            _name(book, sign),
            [
                Entry(
                    book.url(addresses.dataset_page(one.id)),
                    book.title(one),
                    book.department_name(one.department),
                    one.id,
                )
                for one in under[sign]
            ],
        )
        for sign in (*LETTERS, OTHER)
        if sign in under
    ]


def _without_place(book: Book, dataset: Dataset) -> str:
    """A title without the place it begins with: nearly all begin with the city, which sorts nothing."""
    title = book.title(dataset)
    portal = book.catalogue.portal
    places = {*_ANY_AREA, portal.city, *(one.name for one in portal.jurisdictions), dataset.spatial or portal.city}
    found = max((place for place in places if title.startswith(place)), key=len, default="")
    return title[len(found) :] or title


def _name(book: Book, sign: str) -> str:
    return book.t["az_other"] if sign == OTHER else sign


def _slug(sign: str) -> str:
    return "0-9" if sign == OTHER else sign.lower()


def _month(book: Book, day: date) -> str:
    return book.t["recent_month"].format(year=day.year, month=day.month, name=figures.month(day))


def _dated(book: Book, dataset: Dataset, text: str) -> Markup:
    """A card with one more fact, first in its line."""
    return Markup(str(book.card(dataset)).replace(FACTS, f"{FACTS}<span><strong>{text}</strong></span>", 1))  # noqa: S704 -- our own words before markup


FACTS = '<p class="facts">'


def _inside(book: Book, way: str, template: str, **values: object) -> str:
    t = book.t
    return book.environment.get_template(template).render(
        t=t,
        base=book.base,
        title=t[f"way_{way}"],
        ways=ways(book, way),
        crumbs=[(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])],
        **values,
    )


def _page(book: Book, way: str, main: str | Drawing, *, lead: str, at: str = "") -> Page:
    address = addresses.browse_page(way) + (f"{_slug(at)}/" if at else "")
    title = book.t[f"way_{way}"]
    return Page(
        url=book.url(address),
        title=f"{title} {_name(book, at)}" if at else title,
        main=main,
        description=lead or title,
        section="datasets",
        other=book.other_url(addresses.browse_page(way)),
        head=style_tag(book.environment, "css/browse.css"),
    )
