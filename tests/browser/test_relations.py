"""The graph of relations under mouse, keyboard and finger: neighbours stand out, kinds can be left out, boxes lead on."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site

HERE = "/relations/"


def test_pointing_shows_neighbours_and_what_the_list_says(page: Page, site: Site) -> None:
    page.goto(site.url + HERE)
    assert page.locator("[data-chosen]").inner_text() == ""
    page.hover("[data-node=everything]")
    assert page.locator(".node.on").get_attribute("data-node") == "everything"
    assert page.locator(".node.near").get_attribute("data-node") == "plain"
    assert page.locator(".edge.on").count() == 1
    told = page.locator("[data-chosen]")
    assert told.locator("strong").inner_text() == "样样俱全的数据（2025年）"
    assert told.locator("li").count() == 2  # a shared key, and a part of it
    page.keyboard.press("Escape")
    assert page.locator(".node.on").count() == 0
    page.click("[data-node=plain]")
    page.wait_for_url("**/dataset/plain/")


def test_tab_reaches_every_box_and_enter_opens_it(page: Page, site: Site) -> None:
    page.goto(site.url + HERE)
    page.focus(".graph-frame")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.dataset.node")
    assert page.locator(".node.on").get_attribute("data-node") == first
    page.keyboard.press("Tab")
    second = page.evaluate("document.activeElement.dataset.node")
    assert {first, second} == {"everything", "plain"}
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/dataset/{second}/")


def test_a_kind_that_is_left_out_goes_from_graph_list_and_panel(page: Page, site: Site) -> None:
    page.goto(site.url + HERE)
    page.hover("[data-node=everything]")
    page.uncheck("#kind-shared-key")
    assert page.locator(".ties > li:visible").count() == 1
    assert page.locator("[data-chosen] li").count() == 1
    assert page.locator(".edge.off").count() == 0  # the other kind still joins the two
    page.uncheck("#kind-part-of")
    assert page.locator(".ties > li:visible").count() == 0
    assert page.locator(".graph .edge.off").count() == 1
    page.check("#kind-shared-key")
    assert page.locator(".ties > li:visible").count() == 1


def test_a_finger_chooses_first_and_opens_then(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="zh-CN")
    page = context.new_page()
    page.goto(site.url + HERE)
    page.tap("[data-node=everything]")
    assert page.locator(".node.on").get_attribute("data-node") == "everything"
    assert page.url.endswith(HERE)
    page.tap("[data-node=everything]")
    page.wait_for_url("**/dataset/everything/")
    context.close()
