"""The search page in English, in a real Chromium: the same index, English first, Chinese marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.generate import make_catalogue, make_facts
from bench.search import READY
from bench.searchsite import make_site, serving
from bench.searchtools import truth_of
from portal.profile import load_profile
from portal.search import Choice, English, SearchRecord, indexed_text, records_for
from portal.text import fold
from tests.browser.conftest import ids, quiet_page


def told(
    ident: str, title: str, english: English, names: tuple[str, ...] = (), day: str = "2026-01-01"
) -> SearchRecord:
    facets = {
        "department": (Choice("cgj", "苏州市城市管理局", "City Management Bureau"),),
        "domain": (Choice("city", "城市管理", "City services"),),
        "type": (Choice("unconditional", "无条件开放", "Open"),),
        "format": (Choice("csv", "CSV"), Choice("xlsx", "XLSX")),
        "frequency": (Choice("annual", "每年", "Annually"),),
        "area": (Choice("江苏省苏州市", "江苏省苏州市"),),
    }
    return SearchRecord(ident, title, "其摘要。", names, facets, date.fromisoformat(day), rows=1, english=english)


MADE = (
    told("rest", "甲", English("Benches", "Near public toilets.")),
    told("names", "乙", English("Bins", "", ("Public toilets nearby",))),
    told("long", "丙", English("Public toilets and all other small buildings", "")),
    told("exact", "公共厕所", English("Public Toilets", "Where they are."), ("蹲位数",)),
    told("plain", "城区公厕（2025年）", English(), ("Public toilets",), "2020-01-01"),
)


@pytest.fixture(scope="module")
def records() -> list[SearchRecord]:
    catalogue = make_catalogue(60)
    return [*records_for(catalogue, make_facts(catalogue), load_profile("suzhou")), *MADE]


@pytest.fixture(scope="module")
def base(records: list[SearchRecord], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    make_site(folder, records, synonyms=[["公厕", "公共厕所"]])
    (folder / "state.json").write_text('{"suspended": {}}')
    with serving(folder) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    with quiet_page(chromium, base) as opened:
        yield opened


def search(page: Page, base: str, query: str, **chosen: str) -> list[str]:
    page.goto(f"{base}/en/search/?" + urlencode({"q": query, **chosen}))
    page.wait_for_function(READY)
    return ids(page)


def said(page: Page, text: str) -> None:
    expect(page.locator("#kaishu-search [role=status]")).to_have_text(text)


def test_english_is_found_where_it_stands_titles_first(page: Page, base: str) -> None:
    assert search(page, base, "public toilets") == ["exact", "long", "names", "plain", "rest"]
    said(page, "“public toilets”: 5 datasets")
    card = page.locator("[data-id=exact]")
    assert card.locator("h3 mark").all_inner_texts() == ["Public", "Toilets"]
    assert card.locator("h3 a").get_attribute("href") == "/en/dataset/exact/"
    assert card.locator(".card-summary").inner_text() == "Where they are."
    assert "City Management Bureau" in card.inner_text()
    assert "1 row" in card.inner_text()
    assert "Data items and keywords: Public toilets nearby" in page.inner_text("[data-id=names]")


def test_what_has_no_english_is_shown_in_chinese_and_marked(page: Page, base: str) -> None:
    search(page, base, "public toilets")
    plain = page.locator("[data-id=plain]")
    assert plain.locator("h3").inner_text() == "城区公厕（2025年）"
    assert plain.locator("h3").get_attribute("lang") == "zh-CN"
    assert plain.locator(".card-summary").get_attribute("lang") == "zh-CN"
    assert "In Chinese" in plain.inner_text()
    assert page.locator("[data-id=exact] [lang]").count() == 0
    unmarked = page.evaluate(
        """() => { const found = []; const walk = document.createTreeWalker(document.querySelector("#kaishu-search"), 4);
        while (walk.nextNode()) { const one = walk.currentNode;
          if (/\\p{Script=Han}/u.test(one.data) && !one.parentElement.closest("[lang]:not(html)")) found.push(one.data); }
        return found; }"""
    )
    assert unmarked == []


def test_chinese_words_find_on_the_english_page_what_they_find_on_the_other(
    page: Page, base: str, records: list[SearchRecord]
) -> None:
    texts = {one.id: fold(indexed_text(one, "en")) for one in records}
    for query in ("公厕", "城市管理局", "bureau", "City Management", "企业 2024", "annually", "cubicles", "zzz"):
        right = truth_of(texts, query)
        drawn = set(search(page, base, query))
        literal = {one for one in drawn if not page.locator(f"[data-id={one}] [data-synonym]").count()}
        assert literal <= right, query
        assert len(literal) == min(10, len(right)), query
    search(page, base, "公厕")
    assert page.inner_text("[data-synonym]") == "Synonym: 公共厕所"


def test_facets_chips_orders_and_the_empty_state_are_in_english(page: Page, base: str) -> None:
    search(page, base, "public toilets", format="csv")
    assert page.inner_text(".chips .chip").split("\n") == ["Remove the filter", "Format: CSV"]
    names = page.locator("#kaishu-search .facet h2").all_inner_texts()
    assert "Format" in names
    assert page.locator("label:has(select) option").all_inner_texts()[:3] == [
        "Relevance", "Date of the data, newest first", "Name, A to Z",
    ]  # fmt: skip
    assert search(page, base, "nothing-like-it") == []
    said(page, "“nothing-like-it”: no dataset found")
    assert page.locator(".search-empty a.button").all_inner_texts() == ["Ask for these data", "Browse all datasets"]
    assert page.get_attribute(".search-empty a.button:not(.primary)", "href") == "/en/datasets/"


def test_names_in_english_are_sorted_from_a_to_z(page: Page, base: str) -> None:
    found = search(page, base, "toilets", sort="title")
    assert [one for one in found if one != "plain"] == ["rest", "names", "exact", "long"]


def test_half_a_word_is_never_offered_but_its_chinese_part_is(page: Page, base: str) -> None:
    """“bureaux” would find much by “bu” or “aux”; nobody meant those."""
    assert search(page, base, "bureauxx") == []
    assert page.locator(".search-empty li").count() == 0
    search(page, base, "bureauxx公厕")
    offered = page.locator(".search-empty li a").all_inner_texts()
    assert offered == ["公厕"]


@pytest.mark.parametrize("width", [390, 1280])
def test_what_to_do_next_stands_in_order_on_every_screen(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    search(page, base, "nothing-like-it")
    first, second = (one.bounding_box() for one in page.locator(".search-empty a.button").all())
    assert first
    assert second
    if second["y"] > first["y"]:  # one below the other: a gap, and one left edge
        assert second["y"] - first["y"] - first["height"] >= 8
        assert second["x"] == first["x"]
    else:
        assert second["x"] - first["x"] - first["width"] >= 8
