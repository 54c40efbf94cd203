"""Finding in a real Chromium: suggestions by keyboard, facets that add up, orders, saved addresses, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from portal.alphabet import alphabetical
from portal.counts.inputs import Inputs
from portal.counts.usage import usage_from
from portal.model import Dataset
from portal.profile import load_profile
from portal.search import build_index, records_for
from tests.browser.conftest import Site, serving
from tests.rendering.city import TODAY, facts
from tests.rendering.finding import finding_city, known_city

TAKEN = {"plain": 5, "everything": 2, "overdue": 0}
USAGE = {
    "days": {
        "2026-11-21": {
            "total": {"views": 0, "downloads": {}, "api": 0},
            "datasets": {key: {"views": 1, "downloads": {"csv": n}, "api": 0} for key, n in TAKEN.items()},
        }
    }
}
SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Pages and the search index of one small city."""
    folder: Path = tmp_path_factory.mktemp("site")
    city = known_city()
    finding_city(folder, tmp_path_factory.mktemp("cache"), inputs=Inputs(usage=usage_from(USAGE, TODAY)), known=city)
    known = {one.id: facts(one) for one in city.datasets if one.is_open}
    records = records_for(city, known, load_profile("suzhou"), TAKEN)
    build_index(records, folder, expected=len(records), synonyms=[["名录", "清单"]])
    served = Site()
    with serving(folder, served):
        yield served


def listed() -> list[Dataset]:
    return [one for one in known_city().datasets if one.is_listed]


def ids(page: Page) -> list[str]:
    return [str(one) for one in page.eval_on_selector_all("main .card", "all => all.map((one) => one.dataset.id)")]


def type_in(page: Page, text: str, box: str = "#hero-q") -> None:
    page.click(box)
    page.wait_for_selector(f"{box}[role=combobox]")
    page.keyboard.type(text)
    page.wait_for_selector(".suggest:not([hidden])")


def told(page: Page, kind: str) -> list[str]:
    return page.locator(f".suggest-{kind} > span:first-child").all_inner_texts()


def test_suggestions_name_datasets_data_items_departments_and_topics(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/")
    assert page.get_attribute("#hero-q", "role") is None  # nothing is fetched before somebody wants to search
    type_in(page, "园")
    assert told(page, "topic") == ["游园"]
    assert told(page, "department") == ["园林局"]
    assert told(page, "domain") == ["园林绿化"]
    page.fill("#hero-q", "编号")
    page.wait_for_selector(".suggest-field:has-text('编号')")
    assert told(page, "field") == ["编号的名称"]
    count = len([one for one in listed() if "编号的名称" in repr(one.files)])
    assert page.inner_text(".suggest-field .suggest-note") == f"{count} 个数据集"
    assert page.locator("[role=listbox] [role=option]").count() == page.locator(".suggest a").count()
    assert page.locator(".suggest mark").first.inner_text() == "编号"


def test_the_keyboard_chooses_and_enter_alone_searches(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/")
    type_in(page, "plain")
    box = page.locator("#hero-q")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")  # from the box upwards: the last one
    assert page.inner_text("[aria-selected=true]") == "检索“plain”"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "plain"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".suggest:not([hidden])")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dataset/plain/")
    page.go_back()
    type_in(page, "plain")
    page.keyboard.press("Enter")  # nothing was chosen
    page.wait_for_url("**/search/?q=plain*")


def test_enter_belongs_to_the_input_method_while_it_composes(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/")
    type_in(page, "plain")
    page.keyboard.press("ArrowDown")
    page.evaluate(
        """() => document.querySelector("#hero-q").dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    assert page.url == f"{site.url}/"
    assert page.get_attribute("#hero-q", "aria-expanded") == "true"


def test_suggestions_work_in_the_header_and_in_english_and_leave_out_what_is_suspended(page: Page, site: Site) -> None:
    site.state = {"suspended": {"plain": {"since": "2026-11-22", "reason": "核实"}}}
    page.goto(f"{site.url}/en/datasets/")
    page.click("#site-q")
    page.wait_for_selector("#site-q[role=combobox]")
    page.keyboard.type("plain")
    page.wait_for_timeout(400)
    assert told(page, "dataset") == []
    page.fill("#site-q", "one-col")
    page.wait_for_selector(".suggest-dataset")
    assert page.get_attribute(".suggest-dataset", "href") == "/en/dataset/one-column/"
    assert page.inner_text(".suggest-kind >> nth=0") == "Datasets"
    page.mouse.click(5, 700)
    assert page.is_hidden(".suggest")


@pytest.mark.parametrize("size", SIZES, ids=["1280", "390"])
def test_facets_add_up_and_the_address_brings_all_back(chromium: Browser, site: Site, size: dict[str, int]) -> None:
    site.state = {}
    context = chromium.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/datasets/")
    if size["width"] < 1000:
        page.click(".facet-open")
    page.click("[data-facet=feature] a[data-value=api]")
    page.wait_for_url("**/datasets/?feature=api")
    page.click("[data-facet=year] a[data-value='2025']")
    page.click("[data-facet=topic] a[data-value=outings]")
    page.click("[data-facet=topic] a[data-value=storm]")  # either of two topics
    page.wait_for_url("**/*topic=outings&topic=storm*")
    assert ids(page) == ["everything", "plain"]
    assert page.inner_text("[data-count]") == "共 2 个数据集"
    assert page.inner_text("[data-facet=government] a[data-value=county] .n") == "1"
    assert page.is_hidden("[data-facet=year] a[data-value='2026']")  # nothing of that year is left
    if size["width"] < 1000:
        page.click(".facet-close")
    assert page.locator(".chips .chip").count() == 5  # four values, and one that clears all
    page.select_option("[data-sort]", "downloads")
    page.wait_for_url("**/*sort=downloads*")
    assert ids(page) == ["plain", "everything"]
    address = page.url
    assert parse_qs(urlsplit(address).query) == {
        "topic": ["outings", "storm"], "feature": ["api"], "year": ["2025"], "sort": ["downloads"],
    }  # fmt: skip
    fresh = context.new_page()
    fresh.goto(address)
    fresh.wait_for_function("() => document.querySelectorAll('main .card').length === 2")
    assert ids(fresh) == ["plain", "everything"]
    assert fresh.locator("[data-sort]").input_value() == "downloads"
    assert fresh.evaluate("document.documentElement.scrollWidth") <= size["width"]
    fresh.click(".chips .chip >> nth=0")
    fresh.wait_for_function("() => document.querySelectorAll('main .card').length === 1")
    context.close()


def test_the_list_sorts_by_sound_rows_and_downloads(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/datasets/?sort=title")
    page.wait_for_selector("main .card")
    page.wait_for_function("() => document.querySelector('[data-sort]').value === 'title'")
    titles = page.locator("main .card h3").all_inner_texts()
    assert titles == [one.title for one in sorted(listed(), key=lambda one: alphabetical(one.title))]
    page.goto(f"{site.url}/datasets/?sort=nonsense")
    page.wait_for_selector("main .card")
    assert page.locator("[data-sort]").input_value() == ""


def test_the_search_page_offers_the_same_orders(page: Page, site: Site) -> None:
    def first(address: str) -> str:
        page.goto(f"{site.url}{address}")
        page.wait_for_selector("#kaishu-search .card")
        page.wait_for_function("() => !document.querySelector('#kaishu-search').hasAttribute('aria-busy')")
        return ids(page)[0]

    assert first("/search/?q=数据&sort=downloads") == "plain"
    assert page.locator("#kaishu-search select").input_value() == "downloads"
    options = page.locator("#kaishu-search option").all_inner_texts()
    assert options == ["相关程度", "数据日期，新的在前", "名称，按拼音", "行数，多的在前", "下载次数，多的在前"]
    assert first("/search/?sort=title") == "conditional"
    assert page.locator("#kaishu-search option").all_inner_texts() == options[1:]  # no words, no relevance
    page.select_option("#kaishu-search select", "rows")
    page.wait_for_url("**/search/?sort=rows")
    assert first("/search/?topic=storm") == "everything"
    assert page.inner_text(".chips .chip").endswith("专题：台风应急（示范）")


def test_without_scripts_every_way_is_a_link(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=SIZES[1])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/datasets/")
    for way in ("最近更新", "使用最多", "更新到期", "按拼音"):
        page.click(f".ways >> text={way}")
        assert page.inner_text("h1") == way
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(".ways >> text=专题")
    page.click("text=游园")
    assert ids(page) == ["plain", "everything"]
    page.goto(f"{site.url}/datasets/")
    assert page.locator("[data-sort]").is_hidden()
    page.click(".facet-open")
    page.click("[data-facet=year] a[data-value='2026']")
    assert ids(page) == ["overdue"]
    context.close()


def test_what_is_suspended_is_gone_from_the_alphabet(page: Page, site: Site) -> None:
    site.state = {"suspended": {"plain": {"since": "2026-11-22", "reason": "核实"}}}
    page.goto(f"{site.url}/datasets/a-z/")
    page.wait_for_function("() => document.querySelector('[data-id=plain]').hidden")
    assert page.is_visible("[data-id=overdue]")
