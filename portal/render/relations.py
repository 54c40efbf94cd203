"""The graph of relations (REL-2, SH-25(6)「数据资源图谱展示」): which sets share a key, which are parts of others.

A city of few related sets has one graph; a larger one has a graph of its domains and one for each of them. The list
below says the same, with columns, what was measured, and the notes on time and place (SH-9(6)).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from portal import addresses
from portal.render import figures
from portal.render.book import Book
from portal.render.cardlist import Pager
from portal.render.frame import Page, script_tag, style_tag
from portal.render.graph import Box, Edge, graph
from portal.render.ties import KINDS, Tie, ties

LEGIBLE = 60
"""More boxes than this are not drawn in one graph."""
PER_PAGE = 150
"""Relations on a page of the list."""


def relations_pages(book: Book) -> Iterator[Page]:
    """The whole graph, or where that would not be legible one of the domains and one for each of them."""
    found = ties(book)
    if len(_ends(found)) <= LEGIBLE:
        yield from _pages(book, "", found)
        return
    of_domain: dict[str, list[Tie]] = defaultdict(list)
    for tie in found:
        for domain in _domains(book, tie):
            of_domain[domain].append(tie)
    yield _overview(book, found, of_domain)
    for domain, mine in sorted(of_domain.items()):
        yield from _pages(book, domain, mine)


def _ends(found: Sequence[Tie]) -> list[str]:
    return sorted({end for tie in found for end in (tie.dataset, tie.to)})


def _domains(book: Book, tie: Tie) -> list[str]:
    return sorted({book.by_id[end].domain for end in (tie.dataset, tie.to)})


def _pages(book: Book, domain: str, found: Sequence[Tie]) -> Iterator[Page]:
    """The first page has the graph; the list goes on for as long as it takes."""
    of = max(1, -(-len(found) // PER_PAGE))
    url = [book.url(addresses.relations_page(domain, n)) for n in range(1, of + 1)]
    ends = _ends(found)
    legible = len(ends) <= LEGIBLE
    for n in range(1, of + 1):
        shown = found[(n - 1) * PER_PAGE : n * PER_PAGE]
        pager = Pager(n, of, url[n - 2] if n > 1 else None, url[n] if n < of else None)
        values = {
            "lead": book.t["relations_lead"].format(sets=figures.number(len(ends)), ties=figures.number(len(found))),
            "graph": _graph(book, domain, found) if found and legible and n == 1 else None,
            "outside": bool(domain),
            "kinds": _kinds(book, found),
            "too_many": None if legible or n > 1 else book.t["relations_too_many"].format(n=figures.number(len(ends))),
            "groups": _groups(book, shown),
            "domains": [],
            "pager": pager,
        }
        yield _page(book, domain, n, values)


def _overview(book: Book, found: Sequence[Tie], of_domain: dict[str, list[Tie]]) -> Page:
    """Domains instead of sets; each leads to its own page."""
    crossing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in found:
        if len(pair := _domains(book, tie)) > 1:
            crossing[pair[0], pair[1]].add(tie.kind)
    tables = [
        {
            "title": book.domain_title(one),
            "href": book.url(addresses.relations_page(one)),
            "ties": len(mine),
            "sets": sum(book.by_id[end].domain == one for end in _ends(mine)),
        }
        for one, mine in sorted(of_domain.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    boxes = [Box(one, book.url(addresses.relations_page(one)), book.domain_title(one)) for one in sorted(of_domain)]
    edges = [Edge(*pair, tuple(kind for kind in KINDS if kind in kinds)) for pair, kinds in sorted(crossing.items())]
    drawn = graph(boxes, edges, book.t["relations_graph_label"], arrows=False) if len(boxes) <= LEGIBLE else None
    values = {
        "lead": book.t["relations_lead"].format(
            sets=figures.number(len(_ends(found))), ties=figures.number(len(found))
        ),
        "graph": drawn,
        "outside": False,
        "kinds": [],
        "too_many": None,
        "groups": [],
        "domains": tables,
        "pager": Pager(1, 1, None, None),
    }
    return _page(book, "", 1, values)


def _page(book: Book, domain: str, n: int, values: Mapping[str, object]) -> Page:
    t, address = book.t, addresses.relations_page(domain, n)
    title = t["relations_domain"].format(domain=book.domain_title(domain)) if domain else t["relations"]
    crumbs = [(book.base, t["home"])]
    if domain:
        crumbs.append((book.url(addresses.relations_page()), t["relations"]))
    main = book.environment.get_template("relations.html").render(
        t=t, base=book.base, title=title, crumbs=crumbs, **values
    )
    return Page(
        url=book.url(address),
        title=title if n == 1 else f"{title} ({t['page'].format(n=n)})",
        main=main,
        description=t["relations_description"],
        section="datasets",
        other=book.other_url(address),
        head=style_tag(book.environment, "css/relations.css") + script_tag(book.environment, "js/relations.js"),
    )


def _graph(book: Book, domain: str, found: Sequence[Tie]) -> Markup:
    kinds: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in found:
        kinds[min(tie.dataset, tie.to), max(tie.dataset, tie.to)].append(tie)
    edges = []
    for several in kinds.values():
        first = min(several, key=lambda tie: KINDS.index(tie.kind))
        edges.append(Edge(first.dataset, first.to, tuple(one for one in KINDS if one in {tie.kind for tie in several})))
    boxes = [
        Box(
            one,
            book.url(addresses.dataset_page(one)),
            book.title(book.by_id[one]),
            outside=bool(domain) and book.by_id[one].domain != domain,
        )
        for one in _ends(found)
    ]
    return graph(boxes, edges, book.t["relations_graph_label"])


def _kinds(book: Book, found: Sequence[Tie]) -> list[tuple[str, str, int]]:
    """Kind, its name, how many; only those that are there."""
    counted = [(kind, sum(tie.kind == kind for tie in found)) for kind in KINDS]
    return [(kind, _name(book, kind), count) for kind, count in counted if count]


def _name(book: Book, kind: str) -> str:
    return book.t["relations_foreign-key" if kind == "foreign-key" else f"rel_{kind}"]


def _groups(book: Book, shown: Sequence[Tie]) -> list[tuple[str, list[dict[str, object]]]]:
    """The list, by the domain of the set that tells the relation."""
    groups: dict[str, list[dict[str, object]]] = defaultdict(list)
    for tie in shown:
        groups[book.by_id[tie.dataset].domain].append(_row(book, tie))
    return [(book.domain_title(one), rows) for one, rows in sorted(groups.items())]


def _row(book: Book, tie: Tie) -> dict[str, object]:
    ends = [
        {"id": one, "href": book.url(addresses.dataset_page(one)), "title": book.title(book.by_id[one])}
        for one in (tie.dataset, tie.to)
    ]
    return {
        "ends": ends,
        "kind": tie.kind,
        "name": _name(book, tie.kind),
        "columns": [f"{mine} → {theirs}" if mine != theirs else mine for mine, theirs in tie.pairs],
        "found": _found(book, tie),
        "join": _join(book, tie),
        "note": book.t["semicolon"].join(tie.notes),
    }


def _join(book: Book, tie: Tie) -> str:
    """Where both are joined by these columns; nothing without columns, or where rows are not public."""
    if not tie.pairs or not (book.by_id[tie.dataset].is_open and book.by_id[tie.to].is_open):
        return ""
    return book.url(addresses.query_join(tie.dataset, tie.to, dict(tie.pairs)))


def _found(book: Book, tie: Tie) -> str:
    """What checking the data found; nothing where there are no columns to check."""
    t, found = book.t, tie.found
    if not tie.pairs:
        return ""
    if found is None:
        open_to_all = book.by_id[tie.dataset].is_open and book.by_id[tie.to].is_open
        return t["relations_each_row" if tie.kind == "foreign-key" and open_to_all else "relations_hidden"]
    shares = [
        ("relations_share", found.matched, found.rows),
        ("relations_share_back", found.back_matched, found.back_rows),
    ]
    return t["semicolon"].join(
        t[key].format(
            matched=figures.number(matched),
            rows=figures.number(rows),
            percent=f"{matched * 1000 // rows / 10 if rows else 0:g}",
        )
        for key, matched, rows in shares
    )
