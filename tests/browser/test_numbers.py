"""The pages of figures in a real Chromium: they fit, say something without scripts, and their drawings are drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, patient, serving
from tests.rendering.told import past, render, tell

PAGES = ("/statistics/", "/quality/", "/quality/ylj/", "/demands/", "/feedback/", "/en/statistics/", "/en/feedback/")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, var = tmp_path_factory.mktemp("told"), tmp_path_factory.mktemp("var")
    render(folder, past(tell(var)), tmp_path_factory.mktemp("cache"))
    with serving(folder, Site()) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_the_pages_fit_and_complain_about_nothing(chromium: Browser, told: str, width: int, scheme: str) -> None:
    context = patient(chromium, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    page.on("request", lambda one: None if one.url.startswith(told) else complaints.append(one.url))
    for path in PAGES:
        page.goto(told + path)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        wide = page.evaluate(  # nothing sticks out of the page but inside a frame that scrolls
            "[...document.querySelectorAll('main *')].filter(e => !e.closest('.frame, .bar')"
            " && e.getBoundingClientRect().right > innerWidth + 1).length"
        )
        assert wide == 0, path
    context.close()
    assert not complaints


def test_without_scripts_everything_is_there(chromium: Browser, told: str) -> None:
    context = patient(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{told}/statistics/")
    expect(page.locator("#departments tbody tr")).to_have_count(1)
    expect(page.locator(".course").first).to_be_visible()
    page.click("#course summary")
    expect(page.locator("#history tbody tr")).to_have_count(3)
    context.close()


def test_bars_are_as_long_as_their_numbers(chromium: Browser, told: str) -> None:
    page = chromium.new_page()
    page.goto(f"{told}/statistics/")
    long, short = (page.locator("#open-types rect").nth(n).bounding_box() for n in (0, 1))
    assert long
    assert short
    assert short["width"] / long["width"] == pytest.approx(1 / 9, abs=0.01)  # 9 open, 1 conditional
    page.close()


def test_a_case_leads_to_its_dataset_and_a_file_can_be_taken(chromium: Browser, told: str) -> None:
    page = chromium.new_page()
    page.goto(f"{told}/feedback/")
    expect(page.locator(".case-list > li")).to_have_count(2)
    with page.expect_download() as download:
        page.click("text=CSV")
    assert download.value.suggested_filename == "feedback-cases.csv"
    page.click(".case-list a")
    expect(page).to_have_url(f"{told}/dataset/plain/")
    page.close()
