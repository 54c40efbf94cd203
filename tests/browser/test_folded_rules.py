"""The page of the rules: an address with a rule's name opens it, with and without scripts; paper shows all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, patient
from tests.waiting import comes_to

PAGE = "/help/rules/"
IN_VIEW = """(one) => { const box = one.getBoundingClientRect(); return one.checkVisibility() && box.top >= 0 && box.top < innerHeight; }"""


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_with_the_name_of_a_rule_opens_it(chromium: Browser, site: Site, scripts: bool) -> None:
    context = patient(chromium, viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{site.url}{PAGE}")
    rule = page.locator("#pattern-value")
    expect(rule).to_be_hidden()
    page.goto(f"{site.url}{PAGE}#pattern-value")
    expect(rule).to_be_visible()
    if scripts:
        comes_to(lambda: rule.evaluate(IN_VIEW), wanted=True)
        assert rule.evaluate("(one) => one.closest('details').open")
    context.close()


def test_families_open_by_keyboard_and_the_page_begins_short(chromium: Browser, site: Site) -> None:
    context = patient(chromium)
    page = context.new_page()
    page.goto(f"{site.url}{PAGE}")
    assert page.evaluate("document.documentElement.scrollHeight") < 3000
    page.locator(".family > summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".family > section").first).to_be_visible()
    context.close()


def test_on_paper_every_rule_stands(chromium: Browser, site: Site) -> None:
    context = patient(chromium)
    page = context.new_page()
    page.goto(f"{site.url}{PAGE}")
    page.emulate_media(media="print")
    shown = "(one) => one.checkVisibility({contentVisibilityAuto: true})"
    comes_to(lambda: page.locator("#pattern-value").evaluate(shown), wanted=True)
    context.close()
