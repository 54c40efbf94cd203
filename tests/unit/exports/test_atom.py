"""Feeds: what RFC 4287 demands, names that stay, days from the records."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from portal.exports.atom import KEPT, feeds
from tests.samples import a_catalogue, a_dataset
from tests.unit.exports.town import CATALOGUE, FACTS, facts_of

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(?:-\d{2}){0,2}:[!-~]+")
FEED = {
    "author",
    "category",
    "contributor",
    "generator",
    "icon",
    "id",
    "link",
    "logo",
    "rights",
    "subtitle",
    "title",
    "updated",
    "entry",
}
ENTRY = {
    "author",
    "category",
    "content",
    "contributor",
    "id",
    "link",
    "published",
    "rights",
    "source",
    "summary",
    "title",
    "updated",
}


def parsed() -> dict[str, ElementTree.Element]:
    return {address: ElementTree.fromstring(text) for address, text in feeds(CATALOGUE, FACTS)}


def one(element: ElementTree.Element, name: str) -> str:
    """4.1.1, 4.1.2: exactly one."""
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0].text or ""


@pytest.mark.parametrize("address", ["/feed.atom", "/feeds/new.atom", "/feeds/department/mzj.atom"])
def test_a_feed_keeps_rfc_4287(address: str) -> None:
    feed = parsed()[address]
    assert feed.tag == f"{ATOM}feed"
    assert {child.tag.removeprefix(ATOM) for child in feed} <= FEED
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"https://data.example.org{address}"
    ids = [one(feed, "id")]
    updated = one(feed, "updated")
    assert one(feed, "title").strip()
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None  # 4.1.1: of the feed, or of every entry
    for entry in feed.findall(f"{ATOM}entry"):
        assert {child.tag.removeprefix(ATOM) for child in entry} <= ENTRY
        assert one(entry, "title").strip()
        ids.append(one(entry, "id"))
        assert RFC3339.fullmatch(one(entry, "updated"))
        assert one(entry, "updated") <= updated
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1  # 4.1.2: without content there is an alternate, and one of a kind
        assert str(alternates[0].get("href")).startswith("https://data.example.org/dataset/")
    assert RFC3339.fullmatch(updated)
    assert len(set(ids)) == len(ids)
    assert all(TAG.fullmatch(name) for name in ids)


def test_what_stands_in_the_feed_of_changes() -> None:
    entries = parsed()["/feed.atom"].findall(f"{ATOM}entry")
    told = {
        one(entry, "id").partition(":dataset/")[2]: (one(entry, "updated")[:10], one(entry, "summary"))
        for entry in entries
    }
    assert told["village-codes/v/2023-06-30-2"] == (
        "2026-11-20",
        "补录两个村 与 2023-06-30 版相比：新增 2 行、修改 1 行。",
    )
    assert told["village-codes/opened"] == ("2026-11-01", "首次发布")  # the first review that cleared it
    assert "live/opened" not in told  # no record says when
    assert told["village-codes/change/2026-11-05-1"] == ("2026-11-05", "三处已经撤并")
    assert told["village-codes/type/2026-11-02-1"] == ("2026-11-02", "评估后具备条件")
    assert told["gone/withdrawn"] == ("2026-11-10", "经核实侵犯第三方权益")
    assert not any(name.startswith("secret") for name in told)
    days = [one(entry, "updated") for entry in entries]
    assert days == sorted(days, reverse=True)


def test_the_type_changes_in_the_city_s_words() -> None:
    titles = [one(entry, "title") for entry in parsed()["/feed.atom"].findall(f"{ATOM}entry")]
    assert any(title.endswith("开放类型由有条件开放调整为无条件开放") for title in titles)


def test_the_feed_of_new_data_has_each_public_entry_once() -> None:
    entries = parsed()["/feeds/new.atom"].findall(f"{ATOM}entry")
    names = [one(entry, "id").rpartition("/")[2] for entry in entries]
    assert sorted(names) == ["all-codes", "full-codes", "live", "village-codes", "wild"]
    assert names[0] == "village-codes"  # cleared on 1 November 2026
    assert one(entries[0], "published") == "2026-11-01T00:00:00+08:00"


def test_hostile_words_are_text() -> None:
    for _, text in feeds(CATALOGUE, FACTS):
        assert "<b>" not in text
        assert "\x01" not in text


def test_a_department_without_anything_has_an_empty_feed_that_is_valid() -> None:
    empty = a_catalogue(a_dataset(id="hidden", open_type="not-open"))
    text = dict(feeds(empty, {}))["/feeds/department/mzj.atom"]
    assert one(ElementTree.fromstring(text), "updated") == "1970-01-01T00:00:00+08:00"


def test_a_long_history_is_cut() -> None:
    review = {"kind": "security", "date": "2026-11-01", "result": "passed", "by": "岗", "covers": "0" * 64}
    many = [a_dataset(id=f"set-{n}", reviews=[review]) for n in range(KEPT + 5)]
    facts = {one.id: facts_of(one) for one in many}
    text = dict(feeds(a_catalogue(*many), facts))["/feed.atom"]
    assert len(ElementTree.fromstring(text).findall(f"{ATOM}entry")) == KEPT
