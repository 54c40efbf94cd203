"""The pages of results of use (SHO-1, SHO-2) and of violations made public (VIO-3)."""

from __future__ import annotations

from collections.abc import Iterator

from portal import addresses
from portal.publications import Violation, Work
from portal.render.book import Badge, Book
from portal.render.frame import Page
from portal.render.onepage import Heading, one_page

CSS = "css/publications.css"


def results_pages(book: Book) -> Iterator[Page]:
    """Results of use, commended ones first; violations only where the city's text lets them be made public."""
    t = book.t
    works = sorted(book.catalogue.showcase, key=lambda one: (one.date, one.id), reverse=True)
    groups = [
        (t["show_excellent"], [_work(book, one) for one in works if one.excellent]),
        (t["show_rest"], [_work(book, one) for one in works if not one.excellent]),
    ]
    values: dict[str, object] = {"groups": [group for group in groups if group[1]]}
    yield _page(book, addresses.showcase_page(), "showcase", "show", values)
    if book.profile.violations.publish:
        shown = sorted(
            (one for one in book.catalogue.violations if one.shown_on(book.today)),
            key=lambda one: (one.since, one.id),
            reverse=True,
        )
        article = book.profile.article_of("violations") or f"《{book.profile.basis.title}》"
        lead = t["vio_lead"].format(article=article)
        found = [_violation(book, one) for one in shown]
        yield _page(book, addresses.VIOLATIONS, "violations", "vio", {"lead": lead, "violations": found})


def _page(book: Book, address: str, template: str, prefix: str, values: dict[str, object]) -> Page:
    t = book.t
    heading = Heading(address, t[f"{prefix}_title"], t[f"{prefix}_description"], "about", (CSS,))
    return one_page(book, heading, f"{template}.html", values)


def works_of(book: Book, dataset: str) -> list[dict[str, str]]:
    """The results that use a dataset, for its page: address and name."""
    return [
        {"href": book.url(addresses.showcase_page(one.id)), "title": _name(book, one), "note": one.maker}
        for one in book.works.get(dataset, ())
    ]


def _name(book: Book, work: Work) -> str:
    return work.title if book.lang == "zh" else work.title_en or work.title


def _work(book: Book, work: Work) -> dict[str, object]:
    t = book.t
    badges = [Badge(t[f"show_k_{work.kind}"], "plain")]
    badges += [Badge(work.excellent)] if work.excellent else []
    named = {name: one for one in book.datasets for name in (one.id, *one.aliases)}
    return {
        "id": work.id,
        "title": _name(book, work),
        "href": work.url,
        "badges": badges,
        "facts": [work.maker, book.day(work.date)],
        "description": work.description,
        "source_note": work.source_note,
        "datasets": [
            (book.url(addresses.dataset_page(named[name].id)), book.title(named[name]))
            for name in work.datasets
            if name in named
        ],
    }


def _violation(book: Book, one: Violation) -> dict[str, object]:
    t = book.t
    term = f"{book.day(one.since)} {t['until']} {book.day(one.until)}"
    corrected = t["vio_corrected"].format(day=book.day(one.corrected)) if one.corrected else ""
    return {
        "id": one.id,
        "who": one.who,
        "corrected": corrected,
        "rows": [
            (t["vio_category"], one.category),
            (t["vio_facts"], one.facts),
            (t["vio_measure"], one.measure),
            (t["vio_by"], one.by),
            (t["vio_decision"], one.decision),
            (t["vio_term"], term),
        ],
    }
