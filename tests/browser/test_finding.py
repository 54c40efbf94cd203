"""Finding in a real Chromium: suggestions by keyboard, facets that add up, orders, saved addresses, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from portal.alphabet import alphabetical
from portal.counts.inputs import Inputs
from portal.counts.usage import usage_from
from portal.model import Dataset
from portal.profile import load_profile
from portal.search import build_index, records_for
from tests.browser.conftest import Site, follow, ids, patient, serving
from tests.rendering.city import TODAY, facts
from tests.rendering.finding import finding_city, known_city
from tests.waiting import comes_to

TAKEN = {"plain": 5, "everything": 2, "overdue": 0}
USAGE = {
    "days": {
        "2026-11-21": {
            "total": {"views": 0, "downloads": {}, "api": 0},
            "datasets": {key: {"views": 1, "downloads": {"csv": n}, "api": 0} for key, n in TAKEN.items()},
        }
    }
}
ANY = re.compile(".")
"""An attribute that is there, whatever it says."""
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


def type_in(page: Page, text: str, box: str = "#hero-q") -> None:
    """Type, and wait for what is suggested for the whole text: parts of it are answered while keys are pressed."""
    page.click(box)
    page.fill(box, "")
    page.keyboard.type(text)
    suggested(page, text)


def suggested(page: Page, text: str) -> None:
    """What is offered is drawn, and it is offered for this text."""
    expect(page.locator(".suggest-all:visible")).to_contain_text(f"“{text}”")


def told(page: Page, kind: str, *texts: str) -> None:
    expect(page.locator(f".suggest-{kind} > span:first-child")).to_have_text(list(texts))


def test_suggestions_name_datasets_data_items_departments_and_topics(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/")
    assert page.get_attribute("#hero-q", "role") is None  # nothing is fetched before somebody wants to search
    type_in(page, "园")
    told(page, "topic", "游园")
    told(page, "department", "园林局")
    told(page, "domain", "园林绿化")
    page.fill("#hero-q", "编号")
    suggested(page, "编号")
    told(page, "field", "编号的名称")
    count = len([one for one in listed() if "编号的名称" in repr(one.files)])
    expect(page.locator(".suggest-field .suggest-note")).to_have_text(f"{count} 个数据集")
    assert page.locator("[role=listbox] [role=option]").count() == page.locator(".suggest a").count()
    expect(page.locator(".suggest mark").first).to_have_text("编号")


def test_what_is_typed_before_the_suggestions_are_here_counts(page: Page, site: Site) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/assets/suggest\.[^/]*\.js$"), lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks it, a built-in takes no mark
    page.goto(f"{site.url}/")
    with page.expect_request(re.compile(r"/assets/suggest\.")):
        page.click("#hero-q")
    page.keyboard.type("plain")
    comes_to(lambda: (page.title(), len(held))[1], 1)
    held[0].continue_()
    suggested(page, "plain")


def test_the_keyboard_chooses_and_enter_alone_searches(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/")
    type_in(page, "plain")
    box = page.locator("#hero-q")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).not_to_have_attribute("aria-activedescendant", ANY)
    page.keyboard.press("ArrowUp")  # from the box upwards: the last one
    expect(page.locator("[aria-selected=true]")).to_have_text("检索“plain”")
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", ANY)
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", ANY)
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("plain")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", ANY)
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
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    left_alone, clicked = page.evaluate(
        """() => {
          let clicked = false;
          document.querySelector("[aria-selected=true]").addEventListener("click", () => { clicked = true; });
          const left = document.querySelector("#hero-q").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }));
          return [left, clicked];
        }"""
    )
    assert (left_alone, clicked) == (True, False)
    expect(page.locator("#hero-q")).to_have_attribute("aria-expanded", "true")


def test_suggestions_work_in_the_header_and_in_english_and_leave_out_what_is_suspended(page: Page, site: Site) -> None:
    site.state = {"suspended": {"plain": {"since": "2026-11-22", "reason": "核实"}}}
    page.goto(f"{site.url}/en/datasets/")
    type_in(page, "one-col", "#site-q")
    expect(page.locator(".suggest-dataset")).to_have_attribute("href", "/en/dataset/one-column/")
    expect(page.locator(".suggest-kind").first).to_have_text("Datasets")
    page.fill("#site-q", "plain")
    expect(page.locator(".suggest")).to_be_hidden()  # it was open: asked again, and nothing is offered
    page.fill("#site-q", "one-col")
    suggested(page, "one-col")
    page.mouse.click(5, 700)
    expect(page.locator(".suggest")).to_be_hidden()


@pytest.mark.parametrize("size", SIZES, ids=["1280", "390"])
def test_facets_add_up_and_the_address_brings_all_back(chromium: Browser, site: Site, size: dict[str, int]) -> None:
    site.state = {}
    context = patient(chromium, viewport=size, locale="zh-CN")
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
    comes_to(lambda: ids(page), ["everything", "plain"])
    expect(page.locator("[data-count]")).to_have_text("共 2 个数据集")
    expect(page.locator("[data-facet=government] a[data-value=county] .n")).to_have_text("1")
    expect(page.locator("[data-facet=year] a[data-value='2026']")).to_be_hidden()  # nothing of that year is left
    if size["width"] < 1000:
        page.click(".facet-close")
    expect(page.locator(".chips .chip")).to_have_count(5)  # four values, and one that clears all
    page.select_option("[data-sort]", "downloads")
    page.wait_for_url("**/*sort=downloads*")
    comes_to(lambda: ids(page), ["plain", "everything"])
    address = page.url
    assert parse_qs(urlsplit(address).query) == {
        "topic": ["outings", "storm"], "feature": ["api"], "year": ["2025"], "sort": ["downloads"],
    }  # fmt: skip
    fresh = context.new_page()
    fresh.goto(address)
    comes_to(lambda: ids(fresh), ["plain", "everything"])
    expect(fresh.locator("[data-sort]")).to_have_value("downloads")
    assert fresh.evaluate("document.documentElement.scrollWidth") <= size["width"]
    fresh.click(".chips .chip >> nth=0")
    expect(fresh.locator("main .card")).to_have_count(1)
    context.close()


def test_the_list_sorts_by_sound_rows_and_downloads(page: Page, site: Site) -> None:
    page.add_init_script("document.addEventListener('kaishu:list', () => { window.listed = true; })")
    page.goto(f"{site.url}/datasets/?sort=title")
    page.wait_for_function("() => window.listed")
    expect(page.locator("[data-sort]")).to_have_value("title")
    titles = page.locator("main .card h3").all_inner_texts()
    assert titles == [one.title for one in sorted(listed(), key=lambda one: alphabetical(one.title))]
    page.goto(f"{site.url}/datasets/?sort=nonsense")
    page.wait_for_function("() => window.listed")
    expect(page.locator("main .card")).to_have_count(len(listed()))
    expect(page.locator("[data-sort]")).to_have_value("")


def test_the_search_page_offers_the_same_orders(page: Page, site: Site) -> None:
    def first(address: str) -> str:
        page.goto(f"{site.url}{address}")
        page.wait_for_selector("#kaishu-search .card")
        expect(page.locator("#kaishu-search")).not_to_have_attribute("aria-busy", ANY)
        return ids(page)[0]

    assert first("/search/?q=数据&sort=downloads") == "plain"
    expect(page.locator("#kaishu-search select")).to_have_value("downloads")
    options = page.locator("#kaishu-search option").all_inner_texts()
    assert options == ["相关程度", "数据日期，新的在前", "名称，按拼音", "行数，多的在前", "下载次数，多的在前"]
    assert first("/search/?sort=title") == "conditional"
    assert page.locator("#kaishu-search option").all_inner_texts() == options[1:]  # no words, no relevance
    page.select_option("#kaishu-search select", "rows")
    page.wait_for_url("**/search/?sort=rows")
    assert first("/search/?topic=storm") == "everything"
    expect(page.locator(".chips .chip")).to_have_text(re.compile("专题：台风应急（示范）$"))


def test_without_scripts_every_way_is_a_link(chromium: Browser, site: Site) -> None:
    context = patient(chromium, java_script_enabled=False, viewport=SIZES[1])
    page = context.new_page()
    page.goto(f"{site.url}/datasets/")
    for way in ("最近更新", "使用最多", "更新到期", "按拼音"):
        follow(page, f".ways >> text={way}")
        expect(page.locator("h1")).to_have_text(way)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    follow(page, ".ways >> text=专题")
    follow(page, "text=游园")
    assert ids(page) == ["plain", "everything"]
    page.goto(f"{site.url}/datasets/")
    expect(page.locator("[data-sort]")).to_be_hidden()
    page.click(".facet-open")
    follow(page, "[data-facet=year] a[data-value='2026']")
    assert ids(page) == ["overdue"]
    context.close()


def test_what_is_suspended_is_gone_from_the_alphabet(page: Page, site: Site) -> None:
    site.state = {"suspended": {"plain": {"since": "2026-11-22", "reason": "核实"}}}
    page.goto(f"{site.url}/datasets/a-z/")
    expect(page.locator("[data-id=plain]")).to_be_hidden()
    expect(page.locator("[data-id=overdue]")).to_be_visible()
