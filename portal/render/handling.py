"""/demands/ and /feedback/: what people asked for and pointed out, and what came of it (OOC-5, FBK-10).

What the service tells of a case holds nothing that a person sent in (docs/figures.md); both pages say how it works and
by when, in the city's own terms, before the first case is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from portal import addresses
from portal.counts.activity import STANDINGS, kind_name, outcome_name
from portal.counts.cases import Case, Standing
from portal.render.book import Book
from portal.render.frame import Page, style_tag
from portal.render.html import link
from portal.render.numbers import said, shown

CASES = 200
"""Cases on a page; the file has them all."""
ON_PAGE = 5
"""Cases on a dataset's own page."""
_CLASSES: dict[Standing, str] = {"late": "warn", "overdue": "bad", "waiting": "plain", "open": "plain"}


def handling_pages(book: Book) -> Iterator[Page]:
    """The page of requests and the page of feedback."""
    yield _demands(book)
    yield _feedback(book)


def _demands(book: Book) -> Page:
    t, inputs, rules = book.t, book.counts.inputs, book.profile.ooc
    promise = rules.promise if book.lang == "zh" else rules.promise_en
    third = t["dm_how_3"].format(promise=promise, article=_article(book, "ooc")) if rules.wd else t["dm_how_3_plain"]
    gaps = book.counts.figures["query-gaps"]
    values = {
        "steps": [t["dm_how_1"], t["dm_how_2"], third, t["dm_how_4"]],
        "opened": [
            _opened(book, one.id) for one in book.datasets if one.entry_ground and one.entry_ground.kind == "demand"
        ],
        "gaps": shown(book, gaps, lambda line: book.url(addresses.search_page(line.key))),
        **_cases(book, inputs.requests, "demand-cases"),
    }
    return _page(book, "/demands/", "dm", "demands.html", values)


def _feedback(book: Book) -> Page:
    t, inputs, rules = book.t, book.counts.inputs, book.profile.feedback
    promise = rules.promise if book.lang == "zh" else rules.promise_en
    plain = t["fb_how_3_plain"].format(entity=book.profile.labels.entity)
    steps = [t["fb_how_1"], t["fb_how_2"]]
    steps.append(t["fb_how_3"].format(promise=promise, article=_article(book, "feedback")) if rules.wd else plain)
    if rules.extension:
        steps.append(t["fb_how_4"].format(n=rules.extension.max_wd))
    return _page(
        book, "/feedback/", "fb", "feedback.html", {"steps": steps, **_cases(book, inputs.feedback, "feedback-cases")}
    )


def cases_of(book: Book, dataset: str) -> dict[str, object] | None:
    """The latest cases about a dataset, for its page; None where there are none."""
    found = book.cases.get(dataset, ())
    if not found:
        return None
    more = book.t["fb_all" if len(found) > ON_PAGE else "fb_more"].format(n=len(found))
    return {"rows": [_case(book, one) for one in found[:ON_PAGE]], "more": more}


def _article(book: Book, section: str) -> str:
    return book.profile.article_of(section) or book.profile.basis.title


def _cases(book: Book, cases: Sequence[Case] | None, name: str) -> dict[str, object]:
    """The rows of a page, the sums above them, and where all of them lie as a file."""
    t, known = book.t, cases or ()
    standings = [one.standing(book.today) for one in known]
    handled = sum(one in ("in_time", "late", "answered") for one in standings)
    ended = sum(one in ("in_time", "late", "overdue") for one in standings)
    sums = (
        [t["ca_sums"].format(received=len(known), handled=handled, overdue=standings.count("overdue"))] if known else []
    )
    if ended:
        sums.append(t["ca_rate"].format(rate=f"{int(1000 * standings.count('in_time') / ended) / 10:g}%"))
    return {
        "cases": [_case(book, one) for one in known[:CASES]],
        "sums": sums,
        "more": t["ca_more"].format(n=CASES) if len(known) > CASES else "",
        "csv": f"/statistics/{name}.csv",
        "json": f"/statistics/{name}.json",
    }


def _case(book: Book, one: Case) -> dict[str, object]:
    t, standing = book.t, one.standing(book.today)
    days = {None: "", 0: t["ca_same_day"], 1: t["ca_days_one"]}.get(one.days, t["ca_days"].format(n=one.days))
    return {
        "number": one.number,
        "title": one.title,
        "kind": said(book, kind_name(one.kind)),
        "about": _about(book, one),
        "received": one.received.isoformat(),
        "due": one.due.isoformat() if one.due else "—",
        "extended": t["ca_extended"] if one.extended else "",
        "state": said(book, STANDINGS[standing]),
        "class": _CLASSES.get(standing, ""),
        "days": days,
        "outcome": said(book, outcome_name(one.outcome)) if one.outcome else "",
        "result": one.result,
        "opened": _opened(book, str(one.opened)) if one.opened in book.by_id else None,
    }


def _about(book: Book, one: Case) -> Markup:
    """The staff's words for it, and the dataset or department; a set without a page is not named."""
    parts = [escape(one.title)] if one.title else []
    if one.dataset in book.by_id:
        parts.append(_opened(book, str(one.dataset)))
    elif one.department in book.departments:
        parts.append(escape(book.department_name(str(one.department))))
    return Markup("<br>").join(parts)


def _opened(book: Book, dataset: str) -> Markup:
    return link(book.url(addresses.dataset_page(dataset)), book.title(book.by_id[dataset]))


def _page(book: Book, address: str, prefix: str, template: str, values: dict[str, object]) -> Page:
    t = book.t
    more = {"t": t, "base": book.base, "crumbs": [(book.base, t["home"]), (book.url("/statistics/"), t["st_title"])]}
    return Page(
        url=book.url(address),
        title=t[f"{prefix}_title"],
        main=book.environment.get_template(template).render({**more, **values}),
        description=t[f"{prefix}_lead"],
        section="statistics",
        other=book.other_url(address),
        head=style_tag(book.environment, "css/numbers.css"),
    )
