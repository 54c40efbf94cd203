"""Policies, news, roles, plans, results, terms and help in Chromium: no overflow, nothing blocked, keyboard and paper."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site

PAGES = (
    "/policies/", "/policies/in-force/", "/policies/platform/", "/news/", "/news/contest/", "/roles/", "/plan/",
    "/showcase/", "/violations/", "/help/", "/help/find/", "/help/speak/", "/help/departments/", "/help/bureau/",
    "/help/faq/", "/help/glossary/", "/developers/", "/about/privacy/", "/about/accessibility/",
    "/en/policies/in-force/", "/en/plan/", "/en/help/", "/en/about/privacy/",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_overflows_and_nothing_is_blocked(context: BrowserContext, site: Site, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for url in PAGES:
        page.goto(site.url + url)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, (url, width, over)
        assert page.locator("h1").count() == 1, url
        levels = page.evaluate(
            "[...document.querySelectorAll('main h1,main h2,main h3,main h4')].map(h => +h.tagName[1])"
        )
        assert all(after - before <= 1 for before, after in pairwise(levels)), (url, levels)
    assert said == []


def test_a_chapter_is_reached_from_the_contents(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/policies/in-force/")
    page.get_by_role("link", name="第二章 开放").click()
    expect(page).to_have_url(re.compile("#part-2$"))
    expect(page.locator("#part-2")).to_be_visible()


def test_items_of_a_plan_are_cards_on_a_phone_and_rows_on_a_desk(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/plan/")
    row = page.locator(".plan-items tbody tr").first
    expect(row).to_have_css("display", "table-row")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(row).to_have_css("display", "flex")
    assert page.locator(".plan-items thead").evaluate("one => one.getBoundingClientRect().height") <= 1


def test_the_examples_of_the_developers_page_fit_the_server(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/developers/")
    expect(page.locator("[data-example] code").first).to_contain_text(site.url)
    expect(page.get_by_role("button", name="复制")).to_have_count(4)
