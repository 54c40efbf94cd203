"""The log of changes: of the portal by month and by department, of a dataset by release (UPD-4, OT-10)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from portal import addresses
from portal.changefacts import ReleaseChange
from portal.facts import DatasetFacts, Download
from portal.happenings import Happening, happenings
from portal.model import Dataset
from portal.records import EntryChange, TypeChange
from portal.render import changelog, differences, figures
from portal.render.book import FORMATS, Book
from portal.render.cardlist import Pager
from portal.render.frame import Drawing, Page, style_tag

PER_PAGE = 100
SHOWN = 5
"""Releases on the page of a dataset; with more, all of them stand on its page of changes."""
STYLES = ("css/history.css", "css/take.css")


class Line(NamedTuple):
    """A happening as a page shows it."""

    kind: str
    text: str
    href: str
    title: str
    department: str
    what: str


class ReleaseRow(NamedTuple):
    """A release of a dataset; `what` says in words what it changed, `more` leads to the details."""

    name: str
    present: bool
    note: str
    rows: str
    what: list[str]
    files: list[dict[str, str]]
    more: str


def history_pages(book: Book) -> Iterator[Page]:
    """/changes/ with a page a month and a page a department, and the details of each dataset that has some."""
    found = happenings(book.catalogue, book.facts)
    yield from _log(book, found, addresses.changes_page(), book.t["hist_title"], first_only=True)
    for month, ones in groupby(found, key=lambda one: one.day.isoformat()[:7]):
        title = book.t["hist_month"].format(month=_month(book, month))
        yield from _log(book, list(ones), addresses.changes_page(month), title)
    by_department: dict[str, list[Happening]] = {}
    for one in found:
        by_department.setdefault(one.department, []).append(one)
    for department, mine in sorted(by_department.items()):
        title = book.t["hist_department"].format(department=book.department_name(department))
        yield from _log(book, mine, addresses.changes_page(department=department), title)
    for dataset in book.datasets:
        facts = book.facts.get(dataset.id)
        if facts and has_details(dataset, facts):
            yield _details(book, dataset, facts)


def has_details(dataset: Dataset, facts: DatasetFacts) -> bool:
    """There is more to tell than the page of the dataset holds."""
    return dataset.is_open and (bool(facts.changes) or len(facts.releases) >= SHOWN)


def section(book: Book, dataset: Dataset, facts: DatasetFacts | None) -> dict[str, object] | None:
    """What the page of a dataset says about its past: releases, newest first, and recorded changes."""
    records = _records(book, dataset)
    if not facts or not dataset.is_open:
        return {"releases": [], "records": records, "digest": "", "left": "", "more": ""} if records else None
    rows = release_rows(book, dataset, facts)
    left = len(rows) - SHOWN
    return {
        "releases": rows[:SHOWN],
        "left": book.t["hist_more"].format(n=left) if left > 0 else "",
        "more": book.url(addresses.dataset_changes(dataset.id)) if has_details(dataset, facts) else "",
        "records": records,
        "digest": facts.digest,
    }


def release_rows(book: Book, dataset: Dataset, facts: DatasetFacts) -> list[ReleaseRow]:
    """Every release with its files at their fixed addresses; the present one first."""
    changes = {one.release: one for one in facts.changes}
    rows = [_row(book, dataset, facts.release, facts.note, facts.downloads, changes.get(facts.release), present=True)]
    rows += [
        _row(book, dataset, old.release, old.note, old.downloads, changes.get(old.release)) for old in facts.releases
    ]
    return rows


def _row(
    book: Book,
    dataset: Dataset,
    release: str,
    note: str | None,
    downloads: Sequence[Download],
    change: ReleaseChange | None,
    *,
    present: bool = False,
) -> ReleaseRow:
    csvs = [one for one in downloads if one.format == "csv"]
    offered = [] if present else [one for one in downloads if one.format in ("csv", "zip")]
    detail = f"{book.url(addresses.dataset_changes(dataset.id))}#{release}" if change else ""
    return ReleaseRow(
        name=release,
        present=present,
        note=note or "",
        rows=figures.number(sum(one.rows or 0 for one in csvs)) if csvs else "",
        what=differences.in_words(book, change.difference) if change else [book.t["hist_first"]],
        files=[
            {
                "href": addresses.release_file(dataset.id, release, one.name),
                "label": FORMATS.get(one.format, one.format.upper()) if len(offered) < 3 else one.name,
                "size": figures.size(one.bytes),
            }
            for one in offered
        ],
        more=detail,
    )


def _records(book: Book, dataset: Dataset) -> list[str]:
    """Recorded changes of the entry and of its type, newest first."""
    told = [(one.date, changelog.entry_change(book, one)) for one in dataset.changes]
    told += [
        (one.date, f"{book.t['hist_k_type']}{book.t['colon']}{changelog.type_change(book, one)}")
        for one in dataset.open_type_history
    ]
    return [text for _, text in sorted(told, key=lambda one: one[0], reverse=True)]


def _details(book: Book, dataset: Dataset, facts: DatasetFacts) -> Page:
    t, address = book.t, addresses.dataset_changes(dataset.id)
    title = t["hist_of"].format(title=book.title(dataset))
    shown = [
        {
            "change": one,
            "json": addresses.release_changes(dataset.id, one.release),
            **differences.details(book, one.difference),
        }
        for one in reversed(facts.changes)
    ]
    page = book.url(addresses.dataset_page(dataset.id))
    main = book.environment.get_template("dataset_changes.html").render(
        t=t,
        crumbs=[(book.base, t["home"]), (f"{book.base}datasets/", t["datasets"]), (page, book.title(dataset))],
        title=title,
        rows=release_rows(book, dataset, facts),
        changes=shown,
        records=_records(book, dataset),
    )
    return Page(
        url=book.url(address),
        title=title,
        main=main,
        description=title,
        section="datasets",
        other=book.other_url(address),
        head="".join(style_tag(book.environment, name) for name in STYLES),
    )


def _log(
    book: Book, found: Sequence[Happening], address: str, title: str, *, first_only: bool = False
) -> Iterator[Page]:
    """Pages of a hundred lines; of the whole log the newest hundred, for the rest stands in its months."""
    t, url = book.t, book.url(address)
    count = 1 if first_only else max(1, -(-len(found) // PER_PAGE))
    whole = address == addresses.changes_page()
    crumbs = [(book.base, t["home"])] + ([] if whole else [(book.url(addresses.changes_page()), t["hist_title"])])
    for n in range(1, count + 1):
        part = found[(n - 1) * PER_PAGE : n * PER_PAGE]
        pager = Pager(
            n,
            count,
            previous=None if n == 1 else (url if n == 2 else f"{url}page/{n - 1}/"),
            next=f"{url}page/{n + 1}/" if n < count else None,
        )
        values: dict[str, object] = {
            "t": t,
            "crumbs": crumbs,
            "title": title,
            "pager": pager,
            "months": _months(book, found) if whole else [],
            "departments": _departments(book, found) if whole else [],
            "feed": addresses.feed(),
        }
        yield Page(
            url=url if n == 1 else f"{url}page/{n}/",
            title=title if n == 1 else f"{title} ({t['page'].format(n=n)})",
            main=Drawing(_made_of(book, part, values), partial(_draw_log, book, part, values)),
            description=t["hist_lead"],
            section="",
            other=book.other_url(address) if n == 1 else None,
            head="".join(style_tag(book.environment, name) for name in STYLES),
        )


def _made_of(book: Book, part: Sequence[Happening], values: Mapping[str, object]) -> str:
    """What a page of the log tells: happenings of sets and of those withdrawn, and how many there are elsewhere."""
    told = [
        f"{one.day} {one.kind} {one.id} {one.number} {book.digest(one.dataset) if one.dataset else ''}" for one in part
    ]
    return json.dumps([told, [values[name] for name in ("pager", "months", "departments")]], default=asdict)


def _draw_log(book: Book, part: Sequence[Happening], values: Mapping[str, object]) -> str:
    days = [(book.day(day), day, [_line(book, one) for one in ones]) for day, ones in _by_day(part)]
    return book.environment.get_template("changes.html").render({**values, "days": days})


def _by_day(found: Sequence[Happening]) -> Iterator[tuple[date, list[Happening]]]:
    for day, ones in groupby(found, key=lambda one: one.day):
        yield day, list(ones)


def _line(book: Book, one: Happening) -> Line:
    t = book.t
    title = book.title(one.dataset) if one.dataset else one.stone.title if one.stone else one.id
    return Line(
        kind=one.kind,
        text=t[f"hist_k_{one.kind}"],
        href=book.url(addresses.dataset_page(one.id)),
        title=title,
        department=book.department_name(one.department),
        what=_what(book, one),
    )


def _what(book: Book, one: Happening) -> str:
    """What happened, in one line."""
    if one.stone:
        return one.stone.reason
    if isinstance(one.change, TypeChange):
        return changelog.type_change(book, one.change, dated=False)
    if isinstance(one.change, EntryChange):
        return changelog.entry_change(book, one.change, dated=False)
    if one.kind == "opened" and one.dataset:
        return book.summary(one.dataset)
    told = differences.in_words(book, one.difference.difference) if one.difference else []
    parts = [f"{book.t['hist_release']} {one.release}", one.note, *told]
    return book.t["semicolon"].join(part for part in parts if part)


def _months(book: Book, found: Sequence[Happening]) -> list[tuple[str, str, int]]:
    counted = Counter(one.day.isoformat()[:7] for one in found)
    return [
        (book.url(addresses.changes_page(month)), _month(book, month), count)
        for month, count in sorted(counted.items(), reverse=True)
    ]


def _departments(book: Book, found: Sequence[Happening]) -> list[tuple[str, str, int]]:
    counted = Counter(one.department for one in found)
    return [
        (book.url(addresses.changes_page(department=name)), book.department_name(name), count)
        for name, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    ]


def _month(book: Book, month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月" if book.lang == "zh" else figures.day(_first(month), "en").partition(" ")[2]


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
