"""The page of the annual plans (DEM-3), the priority domains (DEM-4), why data came first (DEM-6), publicity (DEM-5).

Nothing about progress is typed in: an item is done when the catalogue has what it promises (portal/publications.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from portal import addresses
from portal.model import Dataset, Domain
from portal.publications import AnnualPlan, ItemState, PlanItem
from portal.render.book import Book
from portal.render.frame import Page
from portal.render.html import whole
from portal.render.onepage import Heading, one_page

CSS = "css/publications.css"
KINDS: Mapping[ItemState, str] = {"done": "", "open": "plain", "overdue": "bad", "dropped": "quiet"}
NAMED = 12
"""Datasets that are listed with their reason; the rest is counted."""


def plan_pages(book: Book) -> Iterator[Page]:
    """One page: the newest year first, the city's plan before those of the departments."""
    t = book.t
    named = {name: one for one in book.datasets for name in (one.id, *one.aliases)}
    plans = sorted(book.catalogue.plan, key=lambda one: (one.level != "city", one.level != "county", one.id))
    years = sorted({one.year for one in plans}, reverse=True)
    values = {
        "lead": Markup(t["plan_lead"]).format(day=whole(book.day(book.today))),  # noqa: S704 -- words of ours
        "years": [(year, [_plan(book, one, named) for one in plans if one.year == year]) for year in years],
        "priority": _priority(book),
        "reasons": _reasons(book),
        "publicity": _publicity(book),
        "feed": addresses.feed(),
    }
    heading = Heading(addresses.PLAN, t["plan_title"], t["plan_description"], "about", (CSS,))
    yield one_page(book, heading, "plan.html", values)


def _plan(book: Book, plan: AnnualPlan, named: Mapping[str, Dataset]) -> dict[str, object]:
    t = book.t
    published = {name: named[name].data_date for item in plan.items for name in item.datasets if name in named}
    states = [item.state(published, book.today) for item in plan.items]
    done, dropped = states.count("done"), states.count("dropped")
    of = len(states) - dropped
    rows = [(t["plan_focus"], plan.focus)] if plan.focus and book.lang == "zh" else []
    return {
        "id": plan.id,
        "title": plan.title if book.lang == "zh" else plan.title_en or plan.title,
        "name": book.department_name(plan.department) if plan.department else "",
        "whole": plan.level != "department",
        "facts": [part for part in (plan.number, f"{t['plan_issued']} {book.day(plan.issued)}") if part],
        "done": done,
        "of": of,
        "progress": t["plan_progress"].format(done=done, of=of)
        + (t["plan_progress_dropped"].format(n=dropped) if dropped else ""),
        "rows": rows,
        "lists": [
            (t[f"plan_{key}"], found)
            for key, found in (("demands", plan.demands), ("measures", plan.measures))
            if found and book.lang == "zh"
        ],
        "items": [_item(book, item, state, named) for item, state in zip(plan.items, states, strict=True)],
    }


def _item(book: Book, item: PlanItem, state: ItemState, named: Mapping[str, Dataset]) -> dict[str, object]:
    t = book.t
    notes = [
        t["plan_data_from"].format(day=book.day(item.data_from)) if item.data_from else "",
        *(
            f"{t[f'plan_{key}']}{text}"
            for key, text in (("scenario", item.scenario), ("quality", item.quality), ("ground", item.ground))
            if text and book.lang == "zh"
        ),
        item.evidence or "",
        item.dropped or "",
    ]
    return {
        "title": item.title if book.lang == "zh" else item.title_en or item.title,
        "kind": t[f"plan_k_{item.kind}"],
        "department": book.department_name(item.department),
        "department_href": book.url(addresses.department_page(item.department))
        if book.of_department(item.department)
        else "",
        "due": t["plan_quarter"].format(year=item.due[:4], q=item.due[-1]),
        "state": t[f"plan_s_{state}"],
        "state_kind": KINDS[state],
        "notes": [note for note in notes if note],
        "datasets": [
            (book.url(addresses.dataset_page(named[name].id)), book.title(named[name]))
            for name in item.datasets
            if name in named
        ],
    }


def _priority(book: Book) -> dict[str, object] | None:
    """The priority domains of the text with what each has today; a domain of the register counts under its own name."""
    named = book.profile.priority_domains
    by_title = {one.title: one for one in book.catalogue.domains}
    flagged = [one.title for one in book.catalogue.domains if one.priority and one.title not in named]
    rows = [_covered(book, title, by_title.get(title)) for title in (*named, *flagged)]
    if not rows:
        return None
    t, basis = book.t, book.profile.basis
    return {
        "lead": t["plan_priority_lead"].format(basis=basis.title if book.lang == "zh" else basis.title_en),
        "sum": t["plan_covered"].format(n=sum(1 for row in rows if row["sets"]), of=len(rows)),
        "rows": rows,
    }


def _covered(book: Book, title: str, domain: Domain | None) -> dict[str, object]:
    sets = book.in_domain(domain.id) if domain else ()
    return {
        "title": book.domain_title(domain.id) if domain else title,
        "foreign": book.lang != "zh" and not (domain and domain.title_en),
        "href": book.url(addresses.domain_page(domain.id)) if domain and sets else "",
        "sets": len(sets),
        "rows": sum(book.rows(one) or 0 for one in sets),
    }


def _reasons(book: Book) -> list[dict[str, object]]:
    """Each reason of the text with the datasets that name it; nothing where no dataset names one."""
    found = []
    for reason, label in book.profile.priority_reasons.items():
        sets = [one for one in book.datasets if reason in one.priority_reasons]
        links = [(book.url(addresses.dataset_page(one.id)), book.title(one)) for one in sets[:NAMED]]
        if sets:
            name = label if book.lang == "zh" else book.t[f"plan_r_{reason}"]
            found.append({"title": name, "sets": links, "count": len(sets), "more": len(sets) > len(links)})
    return found


def _publicity(book: Book) -> str:
    """The channels that the text names."""
    channels, basis = book.profile.publicity.channels, book.profile.basis
    if not channels:
        return ""
    name = basis.title if book.lang == "zh" else basis.title_en
    return book.t["plan_publicity_text"].format(basis=name, channels=book.t["enumeration"].join(channels))
