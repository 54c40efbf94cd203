"""The pages in a real Chromium, wide and narrow, under the portal's own content security policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import everypage
from tests.browser.conftest import DRAWN, Site, follow, patient

KINDS = (
    "/", "/datasets/", "/datasets/by/department/ylj/", "/department/", "/department/ylj/", "/domain/", "/domain/parks/",
    "/dataset/everything/", "/dataset/hostile/", "/dataset/eighty-fields/", "/dataset/long-title/", "/dataset/conditional/",
    "/dataset/service/", "/dataset/empty-table/", "/dataset/one-column/", "/dataset/gone/", "/about/", "/policies/", "/help/",
    "/developers/", "/edit/", "/404.html", "/en/", "/en/datasets/", "/en/dataset/everything/", "/en/about/",
)  # fmt: skip
WIDTHS = (1280, 390, 320)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_complains_or_asks_elsewhere(chromium: Browser, site: Site, width: int) -> None:
    site.state, site.api = {}, "up"
    context = patient(chromium, viewport={"width": width, "height": 900}, locale="zh-CN")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda one: complaints.append(f"{page.url} {one.text}") if one.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda one: complaints.append(f"{page.url} {one}"))
    page.on("request", lambda one: complaints.append(one.url) if not one.url.startswith((site.url, "data:")) else None)
    wide = []
    for path in KINDS:
        page.goto(site.url + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
        assert page.evaluate("document.body.firstElementChild.className") == "skip", (
            path
        )  # nothing fell out of the head
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600", path
    context.close()
    assert not wide
    assert not complaints


def test_large_type_and_theme_are_remembered_and_still_fit(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{site.url}/dataset/everything/")
    page.click("[data-toggle=size]")
    page.click("[data-toggle=theme]")
    page.goto(f"{site.url}/dataset/eighty-fields/")
    expect(page.locator("body")).to_have_css("font-size", "20px")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(20, 24, 30)")
    expect(page.locator("[data-toggle=size]")).to_have_attribute("aria-pressed", "true")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_nothing_jumps_while_a_page_loads(page: Page, site: Site) -> None:
    page.add_init_script(everypage.WATCH)
    for path in ("/", "/datasets/", "/dataset/everything/"):
        page.goto(site.url + path, wait_until="networkidle")
        page.evaluate(DRAWN)
        moved = page.evaluate("window.__moved")
        assert moved < 0.01, (path, moved)


def test_facets_combine_count_and_stay_in_the_address(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/datasets/")
    page.click("[data-facet=domain] a[data-value=parks]")
    page.wait_for_selector("text=共 9 个数据集")
    page.click("[data-facet=type] a[data-value=conditional]")
    page.wait_for_selector("text=共 1 个数据集")
    expect(page).to_have_url(f"{site.url}/datasets/?domain=parks&type=conditional")
    expect(page.locator(".cards .card")).to_have_attribute("data-id", "conditional")
    expect(page.locator("[data-facet=format] a:visible")).to_have_count(1)  # what would find nothing has gone
    page.click(".chip >> text=园林绿化")
    page.wait_for_url(f"{site.url}/datasets/?type=conditional")
    page.go_back()
    page.wait_for_selector(".chips li >> nth=1")
    page.goto(f"{site.url}/datasets/?format=api")
    page.wait_for_selector("text=共 1 个数据集")
    expect(page.locator(".cards .card")).to_have_attribute("data-id", "service")


def test_a_facet_page_goes_on_from_its_own_choice(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/datasets/by/frequency/monthly/")
    page.click("[data-facet=type] a[data-value=unconditional]")
    page.wait_for_url(f"{site.url}/datasets/?type=unconditional&frequency=monthly")
    page.wait_for_selector("text=共 1 个数据集")


def test_the_list_sorts(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/datasets/")
    page.select_option("[data-sort]", "rows")
    page.wait_for_url(f"{site.url}/datasets/?sort=rows")
    page.wait_for_selector(".cards > .card:first-child[data-id=everything]")


def test_facets_open_from_below_on_a_phone(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site.url}/datasets/")
    expect(page.locator(".facets")).to_be_hidden()
    page.click(".facet-open")
    expect(page.locator(".facets")).to_be_visible()
    page.click(".facet-close")
    expect(page.locator(".facets")).to_be_hidden()


def test_the_preview_turns_sorts_searches_and_filters(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/dataset/plain/")
    assert not site.asked  # nothing is asked before the reader asks
    box = page.locator("[data-preview]")
    box.locator("[data-next]").click()
    page.wait_for_selector("text=第 21–40 行，共 45 行")
    expect(box.locator("tbody td").first).to_have_text("0021")
    box.locator("[data-next]").click()
    page.wait_for_selector("text=第 41–45 行，共 45 行")
    expect(box.locator("[data-next]")).to_be_disabled()
    box.locator("[data-previous]").click()
    page.wait_for_selector("text=第 21–40 行，共 45 行")
    box.locator("th button").first.click()
    page.wait_for_selector("th[aria-sort=ascending]")
    box.locator("th button").first.click()
    page.wait_for_selector("tbody tr:first-child td:first-child:has-text('0045')")
    box.locator("[data-find] input").fill("第4")
    box.locator("[data-find] button").click()
    page.wait_for_selector("text=第 1–7 行，共 7 行")
    box.locator("[data-filter] [name=op]").select_option("exact")
    box.locator("[data-filter] [name=value]").fill("0041")
    box.locator("[data-filter] button").click()
    page.wait_for_selector("text=第 1–1 行，共 1 行")
    expect(box.locator("tbody td").nth(1)).to_have_text("第41个<b>")
    box.locator(".chip").first.click()
    page.wait_for_selector("[data-chips] li:only-child")


def test_the_preview_keeps_its_rows_when_the_query_service_is_down(page: Page, site: Site) -> None:
    site.api = "down"
    page.goto(f"{site.url}/dataset/plain/")
    before = page.locator("tbody").first.inner_text()
    page.click("[data-next]")
    page.wait_for_selector("text=查询服务暂时不可用")
    assert page.locator("tbody").first.inner_text() == before


def test_suspended_sets_vanish_from_lists_and_marks_appear(page: Page, site: Site) -> None:
    site.state = {
        "suspended": {"plain": {"since": "2026-11-22", "reason": "核实权益"}},
        "under_query": {"everything": {"since": "2026-11-20"}},
    }
    page.goto(f"{site.url}/datasets/")
    page.wait_for_selector(".card[data-id=plain]", state="hidden")
    page.click("[data-facet=domain] a[data-value=parks]")
    page.wait_for_selector("text=共 9 个数据集")
    page.wait_for_selector(".card[data-id=plain]", state="hidden")
    page.goto(f"{site.url}/dataset/everything/")
    page.wait_for_selector("text=正在核实（自2026年11月20日起）")
    page.goto(f"{site.url}/en/dataset/everything/")
    page.wait_for_selector("text=being examined (since 20 November 2026)")


def test_citations_carry_the_day_and_examples_the_server(page: Page, site: Site) -> None:
    page.clock.install(time="2026-11-23T04:00:00+08:00")
    page.goto(f"{site.url}/dataset/everything/")
    expect(page.locator("[data-today]").first).to_have_text(re.compile("^2026-11-2"))
    expect(page.locator("[data-example] code").first).to_contain_text(site.url)  # folded away
    page.click("text=Python")
    expect(page.locator("text=from urllib.request import urlopen").first).to_be_visible()
    expect(page.locator("text=library(jsonlite)").first).to_be_hidden()


def test_keyboard_reaches_the_content_first(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/dataset/everything/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_everything_but_filters_works_without_scripts(chromium: Browser, site: Site) -> None:
    context = patient(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/datasets/")
    follow(page, "[data-facet=type] a[data-value=conditional]")
    expect(page).to_have_url(re.compile("/datasets/by/type/conditional/$"))
    follow(page, ".cards a")
    expect(page.locator("main")).to_contain_text("条件之一")
    page.goto(f"{site.url}/dataset/everything/")
    expect(page.locator("table.data-table").first).to_be_visible()
    expect(page.locator(".table-tools").first).to_be_hidden()
    expect(page.locator("[data-toggle=size]")).to_be_hidden()
    page.click("label:has-text('JavaScript')")
    expect(page.locator("text=await fetch").first).to_be_visible()
    page.goto(f"{site.url}/search/")
    expect(page.locator("noscript .notice")).to_be_visible()
    context.close()


def test_print_drops_what_paper_can_not_do(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(f"{site.url}/dataset/everything/")
    page.emulate_media(media="print")
    expect(page.locator(".site-nav").first).to_be_hidden()
    expect(page.locator(".table-tools").first).to_be_hidden()
    expect(page.locator(".data-table").first).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_paper_is_white_whatever_the_reader_chose_for_the_screen(page: Page, site: Site) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site.url}/dataset/everything/")
    colours = "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }"
    assert page.evaluate(colours)[0] != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    page.emulate_media(media="screen", color_scheme="light")
    page.click("[data-toggle=theme]")
    assert page.evaluate(colours)[0] != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_the_bar_of_a_dataset_stays_above_the_table_that_scrolls_under_it(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{site.url}/dataset/everything/")
    on_top = """() => {
      const corner = document.querySelector(".data-table thead th"), bar = document.querySelector(".bar");
      scrollBy({ top: corner.getBoundingClientRect().top - 10, behavior: "instant" });
      const [cell, box] = [corner.getBoundingClientRect(), bar.getBoundingClientRect()];
      const [y, low] = [Math.max(cell.top, box.top) + 2, Math.min(cell.bottom, box.bottom)];
      return y < low && bar.contains(document.elementFromPoint(cell.left + 5, y));
    }"""
    assert page.evaluate(on_top)


def test_the_switch_of_the_theme_follows_the_system_until_somebody_chooses(page: Page, site: Site) -> None:
    switch = page.locator("[data-toggle=theme]")
    page.goto(f"{site.url}/about/")
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()  # light, from now on
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(switch).to_have_attribute("aria-pressed", "false")
