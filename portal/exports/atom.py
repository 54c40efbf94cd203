"""/feed.atom, /feeds/new.atom, /feeds/department/<id>.atom: what is new and what changed, for feed readers (RFC 4287).

Every entry has a name that never changes (a tag URI, RFC 4151) and a day from the records in Git: a feed built twice is
the same feed, and a reader shows an entry once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from portal import addresses
from portal.changefacts import ReleaseChange
from portal.dcat.nodes import clean
from portal.exports.public import listed
from portal.facts import DatasetFacts
from portal.happenings import Happening, happenings
from portal.model import Catalogue
from portal.moments import issued
from portal.profile import load_profile
from portal.records import TypeChange

SCHEME = 2026
"""The year in the tag URIs: since when names are made like this. It must never change."""
KEPT = 100
"""Entries of a feed; everything older stands on the pages."""
NEVER = date(1970, 1, 1)
"""What an empty feed says it was updated: nothing ever happened."""
KINDS: Mapping[str, str] = {
    "removed": "撤下部分内容",
    "narrowed": "缩小范围或放慢更新",
    "widened": "扩大范围",
    "renamed": "改名",
    "moved": "更换地址",
    "corrected": "更正",
    "confirmed": "确认无须修改",
}
"""Kind of records.EntryChange → words."""


@dataclass(frozen=True)
class Entry:
    """An entry: `name` is the part of its tag URI after the colon, `day` when it happened, `link` an address."""

    name: str
    title: str
    summary: str
    day: date
    link: str
    department: str
    published: date | None = None
    category: str = ""


def feeds(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> Iterator[tuple[str, str]]:
    """Address and text of every feed."""
    portal = catalogue.portal
    changes = _sorted(_changes(catalogue, facts))
    yield addresses.feed(), _feed(catalogue, addresses.feed(), f"{portal.name}：数据变更", "feed/all", changes)
    new = _sorted(_new(catalogue))
    yield addresses.new_feed(), _feed(catalogue, addresses.new_feed(), f"{portal.name}：新开放的数据", "feed/new", new)
    for department in sorted(catalogue.departments, key=lambda one: one.id):
        address = addresses.department_feed(department.id)
        mine = [one for one in changes if one.department == department.id]
        title = f"{department.name}：数据变更"
        yield address, _feed(catalogue, address, title, f"feed/department/{department.id}", mine)


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    """Newest first; equal days by name."""
    by_name = sorted(entries, key=lambda one: one.name)
    return sorted(by_name, key=lambda one: one.day, reverse=True)


def _changes(catalogue: Catalogue, facts: Mapping[str, DatasetFacts]) -> Iterator[Entry]:
    """What the log of the portal tells: opened, renewed, changed, of another type, withdrawn."""
    types = load_profile(catalogue.portal.profile).labels.open_type_name
    for one in happenings(catalogue, facts):
        what, said = _told(one, types)
        title = one.stone.title if one.stone else one.dataset.title if one.dataset else one.id
        yield Entry(
            name=f"dataset/{one.id}/{_place(one)}",
            title=f"{title}：{what}",
            summary=said,
            day=one.day,
            link=addresses.dataset_page(one.id),
            department=one.department,
            published=one.day,
            category=one.dataset.domain if one.dataset else "",
        )


def _place(one: Happening) -> str:
    """What tells it from everything else that ever happens to the set."""
    if one.kind == "release":
        return f"v/{one.release}"
    if one.change is not None:
        return f"{one.kind}/{one.change.date}-{one.number}"
    return one.kind


def _told(one: Happening, types: Callable[[str], str]) -> tuple[str, str]:
    """What happened, and more about it."""
    if one.stone:
        return "已撤回", one.stone.reason
    if isinstance(one.change, TypeChange):
        turn = one.change
        return f"开放类型由{types(turn.from_)}调整为{types(turn.to)}", turn.ground
    if one.change:
        return KINDS[one.change.kind], one.change.ground
    summary = one.dataset.summary if one.dataset else ""
    if one.kind == "opened":
        return "首次开放", one.note or summary
    return f"发布 {one.release} 版数据", _said(one.difference) or one.note or summary


def _said(change: ReleaseChange | None) -> str:
    """What a release changed, in numbers."""
    if change is None:
        return ""
    difference = change.difference
    counts = [("新增", difference.added), ("减少", difference.removed), ("修改", difference.changed)]
    told = "、".join(f"{word} {count} 行" for word, count in counts if count)
    parts = [change.note or "", f"与 {change.since} 版相比：{told}。" if told else ""]
    return " ".join(part for part in parts if part)


def _new(catalogue: Catalogue) -> Iterator[Entry]:
    """Every public entry on the day since which people may have it."""
    for dataset in listed(catalogue):
        first = issued(dataset) or dataset.data_date
        yield Entry(
            name=f"dataset/{dataset.id}",
            title=dataset.title,
            summary=dataset.summary,
            day=first,
            link=addresses.dataset_page(dataset.id),
            department=dataset.department,
            published=first,
            category=dataset.domain,
        )


def _feed(catalogue: Catalogue, address: str, title: str, name: str, entries: Sequence[Entry]) -> str:
    site = catalogue.portal.url
    shown = entries[:KEPT]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_tag(site, name)}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_moment(max((one.day for one in shown), default=NEVER))}</updated>",
        f"<author><name>{_text(catalogue.portal.name)}</name><uri>{_text(site)}/</uri></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site + address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(site + "/")}/>',
    ]
    departments = {one.id: one.name for one in catalogue.departments}
    domains = {one.id: one.title for one in catalogue.domains}
    for one in shown:
        lines += _lines(one, site, departments.get(one.department, one.department), domains)
    return "\n".join([*lines, "</feed>", ""])


def _lines(one: Entry, site: str, department: str, domains: Mapping[str, str]) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{_tag(site, one.name)}</id>"
    yield f"<title>{_text(one.title)}</title>"
    yield f"<updated>{_moment(one.day)}</updated>"
    if one.published:
        yield f"<published>{_moment(one.published)}</published>"
    yield f"<author><name>{_text(department)}</name></author>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(site + one.link)}/>'
    if one.category:
        label = clean(domains.get(one.category, one.category))
        yield f"<category term={quoteattr(one.category)} label={quoteattr(label)}/>"
    yield f"<summary>{_text(one.summary)}</summary>"
    yield "</entry>"


def _tag(site: str, name: str) -> str:
    return f"tag:{urlsplit(site).hostname},{SCHEME}:{quote(name)}"


def _moment(day: date) -> str:
    """The day's beginning in China: RFC 3339 wants a time."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _text(text: str) -> str:
    return escape(clean(text))
