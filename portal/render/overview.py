"""Home, departments and domains: the ways into the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from portal import addresses
from portal.counts.board import FOLDER as QUALITY
from portal.model import Dataset, Department, Domain
from portal.render import about, changelog, examples, figures, machines, taking
from portal.render.book import Book
from portal.render.cardlist import PER_PAGE
from portal.render.frame import Drawing, Page
from portal.render.html import joined, link
from portal.render.moved import DEPARTMENT, DOMAIN, moved_pages
from portal.render.topics import topic_tiles
from portal.render.values import basis

RECENT = 6


def home_page(book: Book) -> Page:
    """Search first, then true numbers, domains, what is new, and how to ask."""
    t, portal = book.t, book.catalogue.portal
    rows = sum(book.rows(dataset) or 0 for dataset in book.datasets)
    owners = {dataset.department for dataset in book.datasets}
    promise = book.profile.ooc.promise if book.lang == "zh" else book.profile.ooc.promise_en
    values = {
        "t": t,
        "base": book.base,
        "portal": portal,
        "examples": (portal.example_queries_en if book.lang == "en" else ()) or portal.example_queries,
        "sums": {
            "sets": len(book.datasets),
            "rows": rows,
            "about": book.aside(figures.about(rows, book.lang)),
            "departments": len(owners),
            "updated": book.datasets[0].data_date.isoformat() if book.datasets else "",
        },
        "domains": _domain_tiles(book),
        "topics": [one for one in topic_tiles(book) if one["kind"] == "life"],
        "emergencies": [one for one in topic_tiles(book) if one["on"]],
        "basis": basis(book.profile, book.today, book.lang),
        "ways": _ways(book),
        "asked": _asked(book),
        "recent": [book.card(dataset) for dataset in book.datasets[:RECENT]],
        "ask_text": t["ask_text"].format(promise=promise) if book.profile.ooc.wd else t["ask_text_plain"],
        "example": examples.one_line(book),
    }
    return Page(
        url=book.base,
        title=portal.name,
        main=book.environment.get_template("home.html").render(values),
        description=t["home_lead"],
        section="home",
        other="/en/" if book.lang == "zh" else "/",
        head=machines.portal_links(book),
    )


def _ways(book: Book) -> list[tuple[str, str]]:
    """Other ways to find data: what each is called, and where it leads."""
    t = book.t
    places = {
        "home_way_az": addresses.browse_page("a-z"),
        "home_way_due": addresses.browse_page("due"),
        "home_way_popular": addresses.browse_page("popular"),
        "home_way_relations": addresses.relations_page(),
        "home_way_query": addresses.query_page(),
        "home_way_downloads": addresses.DOWNLOADS,
    }
    return [(t[key], book.url(address)) for key, address in places.items()]


def _asked(book: Book) -> str:
    """What people asked for, and what came of it, in a sentence; it says so where nothing is known yet."""
    requests = book.counts.inputs.requests
    if not requests:
        return book.t["home_asked_nothing"]
    opened = sum(one.opened is not None for one in requests)
    return book.t["home_asked_some"].format(asked=figures.number(len(requests)), opened=figures.number(opened))


def overview_pages(book: Book) -> Iterator[Page]:
    """The registers of departments and domains, and a page for each, be it without data: no address vanishes."""
    t = book.t
    yield _tiles(book, "/department/", t["departments"], lead=t["departments_lead"], tiles=_department_tiles(book))
    yield _tiles(book, "/domain/", t["domains"], lead=t["domains_lead"], tiles=_domain_tiles(book))
    for department in book.catalogue.departments:
        yield _department(book, department)
    for domain in book.catalogue.domains:
        yield _domain(book, domain)
    names = {one.id: book.department_name(one.id) for one in book.catalogue.departments}
    yield from moved_pages(book, DEPARTMENT, book.catalogue.departments, names)
    titles = {one.id: book.domain_title(one.id) for one in book.catalogue.domains}
    yield from moved_pages(book, DOMAIN, book.catalogue.domains, titles)


def _department_tiles(book: Book) -> list[dict[str, object]]:
    counted = [(len(book.of_department(one.id)), one) for one in book.catalogue.departments]
    return [
        {
            "href": book.url(addresses.department_page(one.id)),
            "title": book.department_name(one.id),
            "icon": "",
            "note": one.duty if book.lang == "zh" else "",
            "count": count,
        }
        for count, one in sorted(counted, key=lambda each: (-each[0], each[1].id))
        if count
    ]


def _department(book: Book, department: Department) -> Page:
    t = book.t
    return _group(
        book,
        addresses.department_page(department.id),
        book.department_name(department.id),
        datasets=book.of_department(department.id),
        values={
            "lead": department.duty if book.lang == "zh" else "",
            "about": [
                (t["contact"], about.contact(book, department.contact)),
                *([(t["take_whole"], whole)] if (whole := taking.whole_department(book, department.id)) else []),
                (book.labels["jurisdiction"], department.jurisdiction),
                (t["nav_take_all"], _whole(book, department)),
            ],
            "crumbs": [(book.base, t["home"]), (f"{book.base}department/", t["departments"])],
            "more": f"{book.base}datasets/by/department/{department.id}/",
        },
        section="departments",
        head=machines.department_links(book, department),
    )


def _whole(book: Book, department: Department) -> Markup:
    """What there is of a department as a whole: its zip, its list of duties, its changes as a page and a feed, and how
    timely and good its data are.
    """
    t, bundle = book.t, book.offer.bundle(department.id)
    links = [(addresses.duty_list(department.id), t["duty_list"])]
    links += [(bundle.address, t["nav_zip"])] if bundle and bundle.made else []
    stones = (one.department for one in book.catalogue.tombstones)
    if book.of_department(department.id) or department.id in stones:
        links += [(book.url(addresses.changes_page(department=department.id)), t["nav_changes"])]
    if any(group.id == department.id for group in book.counts.board.departments):
        links += [(book.url(f"{QUALITY}{department.id}/"), t["nav_quality"])]
    links += [(addresses.department_feed(department.id), t["nav_feed"])]
    return joined(t["enumeration"], [link(href, text) for href, text in links])


def _domain(book: Book, domain: Domain) -> Page:
    t = book.t
    return _group(
        book,
        addresses.domain_page(domain.id),
        book.domain_title(domain.id),
        datasets=book.in_domain(domain.id),
        values={
            "lead": domain.summary if book.lang == "zh" else "",
            "about": [],
            "crumbs": [(book.base, t["home"]), (f"{book.base}domain/", t["domains"])],
            "more": f"{book.base}datasets/by/domain/{domain.id}/",
        },
        section="datasets",
    )


def tombstone_pages(book: Book) -> Iterator[Page]:
    """What stands at the address of a withdrawn dataset: when and why it went (CLM-6, OT-9)."""
    t = book.t
    template = book.environment.get_template("tombstone.html")
    for one in book.catalogue.tombstones:
        address = addresses.dataset_page(one.id)
        main = template.render(
            t=t,
            labels=book.labels,
            base=book.base,
            crumbs=[(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"])],
            title=one.title,
            date=book.day(one.date),
            reason=one.reason,
            document=changelog.papers(book, one.papers, one.document),
            by=one.by,
            department=book.department_name(one.department),
            id=one.id,
        )
        yield Page(
            url=book.url(address),
            title=one.title,
            main=main,
            section="datasets",
            other=book.other_url(address),
            head='<meta name="robots" content="noindex">\n',
        )


def _domain_tiles(book: Book) -> list[dict[str, object]]:
    tiles = [
        (len(book.in_domain(one.id)), one.id, book.domain_title(one.id), one.icon) for one in book.catalogue.domains
    ]
    return [
        {"href": book.url(addresses.domain_page(name)), "title": title, "icon": icon, "note": "", "count": count}
        for count, name, title, icon in sorted(tiles, key=lambda tile: (-tile[0], tile[1]))
        if count
    ]


def _tiles(book: Book, address: str, title: str, *, lead: str, tiles: Sequence[dict[str, object]]) -> Page:
    main = book.environment.get_template("tiles.html").render(
        t=book.t, title=title, lead=lead, tiles=tiles, wide=any(tile["note"] for tile in tiles)
    )
    section = "departments" if address == "/department/" else "datasets"
    return Page(
        url=book.url(address),
        title=title,
        main=main,
        description=lead,
        section=section,
        other=book.other_url(address),
    )


def _group(
    book: Book,
    address: str,
    title: str,
    *,
    datasets: Sequence[Dataset],
    values: dict[str, object],
    section: str,
    head: str = "",
) -> Page:
    shown = datasets[:PER_PAGE]

    def draw() -> str:
        return book.environment.get_template("group.html").render(
            t=book.t,
            base=book.base,
            title=title,
            total=len(datasets),
            cards=Markup("").join(book.card(dataset) for dataset in shown),
            **{**values, "more": values["more"] if len(datasets) > len(shown) else None},
        )

    return Page(
        url=book.url(address),
        title=title,
        main=Drawing("".join([repr(values), str(len(datasets)), *map(book.digest, shown)]), draw),
        description=str(values["lead"] or book.t["group_description"].format(name=title, n=len(datasets))),
        section=section,
        other=book.other_url(address),
        head=head,
    )
