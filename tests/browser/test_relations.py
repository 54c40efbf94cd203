"""The graph of relations under mouse, keyboard and finger: neighbours stand out, kinds can be left out, boxes lead on."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, patient

HERE = "/relations/"


def test_pointing_shows_neighbours_and_what_the_list_says(page: Page, site: Site) -> None:
    page.goto(site.url + HERE)
    told = page.locator("[data-chosen]")
    expect(told).to_be_empty()
    page.hover("[data-node=everything]")
    expect(page.locator(".node.on")).to_have_attribute("data-node", "everything")
    expect(page.locator(".node.near")).to_have_attribute("data-node", "plain")
    expect(page.locator(".edge.on")).to_have_count(1)
    expect(told.locator("strong")).to_have_text("样样俱全的数据（2025年）")
    expect(told.locator("li")).to_have_count(2)  # a shared key, and a part of it
    page.keyboard.press("Escape")
    expect(page.locator(".node.on")).to_have_count(0)
    page.click("[data-node=plain]")
    page.wait_for_url("**/dataset/plain/")


def test_tab_reaches_every_box_and_enter_opens_it(page: Page, site: Site) -> None:
    page.goto(site.url + HERE)
    page.focus(".graph-frame")
    page.keyboard.press("Tab")
    expect(page.locator(".node.on")).to_be_focused()
    first = page.locator(".node.on").get_attribute("data-node")
    page.keyboard.press("Tab")
    expect(page.locator(f".node.on:not([data-node={first}])")).to_be_focused()
    second = page.locator(".node.on").get_attribute("data-node")
    assert {first, second} == {"everything", "plain"}
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/dataset/{second}/")


def test_a_kind_that_is_left_out_goes_from_graph_list_and_panel(page: Page, site: Site) -> None:
    page.goto(site.url + HERE)
    page.hover("[data-node=everything]")
    expect(page.locator(".node.on")).to_have_count(1)
    page.uncheck("#kind-shared-key")
    expect(page.locator(".ties > li:visible")).to_have_count(1)
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    expect(page.locator(".edge.off")).to_have_count(0)  # the other kind still joins the two
    page.uncheck("#kind-part-of")
    expect(page.locator(".ties > li:visible")).to_have_count(0)
    expect(page.locator(".graph .edge.off")).to_have_count(1)
    page.check("#kind-shared-key")
    expect(page.locator(".ties > li:visible")).to_have_count(1)


def test_a_finger_chooses_first_and_opens_then(chromium: Browser, site: Site) -> None:
    context = patient(chromium, viewport={"width": 390, "height": 844}, has_touch=True, locale="zh-CN")
    page = context.new_page()
    page.goto(site.url + HERE)
    page.evaluate(
        """() => addEventListener("click", (event) => {
          window.leads = Boolean(event.target.closest("a")) && !event.defaultPrevented;
        })"""
    )
    top = "() => document.querySelector('[data-node=everything]').getBoundingClientRect().top"
    page.locator("[data-node=everything]").scroll_into_view_if_needed()
    before = page.evaluate(top)
    page.tap("[data-node=everything]")
    page.wait_for_function("() => window.leads !== undefined")
    assert not page.evaluate("window.leads")
    expect(page.locator(".node.on")).to_have_attribute("data-node", "everything")
    expect(page.locator("[data-chosen] li").first).to_be_in_viewport()
    assert page.evaluate(top) == before  # what a finger lies on stays under it
    expect(page).to_have_url(site.url + HERE)
    page.tap("[data-node=everything]")
    page.wait_for_url("**/dataset/everything/")
    context.close()
