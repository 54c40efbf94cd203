"""What holds for every kind of page, existing or new: no axe violation, no sideways scrolling, nothing that jumps,
complains or asks another host; readable dark, large, printed, without motion and without scripts; by keyboard alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.browser import everypage
from tests.browser.conftest import DRAWN, patient
from tests.edgecity import City, served
from tests.edgewords import NEWS, POLICIES, TOPICS
from tests.markup import faults
from tests.waiting import wait_until

STILL = 0.05
"""Half of what counts as good (web.dev, CLS); a page that draws what it has fetched may move a little below the fold."""
GONE = ("/dataset/suspended-trees/", "/no-such-page/")
"""What answers 410 and 404, which the browser tells."""
SHARES = 3
"""The pages are dealt out, so that both cores look at them."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with served(tmp_path_factory.mktemp("edges")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(city: City) -> dict[str, list[str]]:
    lean: dict[str, Any] = json.loads((city.site.parent / "catalogue.json").read_text("utf-8"))
    names = {*lean["datasets"], *lean["departments"], "parks", "transport", "water", "withdrawn-list"}
    names |= {*POLICIES, *NEWS, *(name for one in TOPICS for name in (one["id"], *one.get("aliases", ())))}
    return {lang: everypage.typical(city.site, names, lang=lang) for lang in ("zh", "en")}


class Watched:
    """A page in a context of its own whose complaints and requests to other hosts are kept."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.page: Page = context.new_page()
        self.found: list[str] = []
        self.home = home
        self.under_way: set[Request] = set()
        self.page.add_init_script(everypage.WATCH)
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda one: self.complain(f"script: {one}"))
        self.page.on("request", self.asked)
        self.page.on("requestfinished", self.answered)
        self.page.on("requestfailed", self.answered)

    def said(self, message: ConsoleMessage) -> None:
        gone = message.location["url"].removeprefix(self.home) in GONE and "status of 4" in message.text
        if message.type != "log" and not gone:
            self.complain(f"console: {message.text}")

    def asked(self, request: Request) -> None:
        self.under_way.add(request)
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.complain(f"asks {request.url}")

    def answered(self, request: Request) -> None:
        self.under_way.discard(request)

    def complain(self, text: str) -> None:
        self.found.append(f"{self.page.url.removeprefix(self.home)}: {text}")

    def open(self, address: str) -> None:
        """Go there and wait until the page has asked for all that it wants, got it, and drawn it."""
        self.under_way.clear()
        self.page.goto(self.home + address, wait_until="load")
        wait_until(self.is_done)

    def is_done(self) -> bool:
        idle = not self.under_way
        self.page.evaluate(DRAWN)
        return idle and not self.under_way

    def resize(self, width: int, height: int) -> None:
        """Another size, and what follows it by script has followed."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(DRAWN)

    def ask(self, script: str, *arguments: object, about: str = "") -> None:
        for fault in self.page.evaluate(script, *arguments):
            self.complain(f"{about} {fault}")

    def moved(self) -> None:
        if (shift := self.page.evaluate("window.__moved")) > STILL:
            self.complain(f"moves by {shift:.3f} while it loads")


def watched(chromium: Browser, city: City, width: int, scheme: str, **options: Any) -> Watched:
    size = {"width": width, "height": 900}
    context = patient(chromium, viewport=size, color_scheme=scheme, locale="zh-CN", bypass_csp=True, **options)
    return Watched(context, city.url)


def share(pages: list[str], number: int) -> list[str]:
    return pages[number::SHARES]


@pytest.mark.parametrize("number", range(SHARES))
def test_wide_and_light_then_dark_large_narrow_printed_and_by_keyboard(
    chromium: Browser, city: City, pages: dict[str, list[str]], number: int
) -> None:
    at = watched(chromium, city, 1280, "light")
    for address in share(pages["zh"], number):
        at.open(address)
        at.moved()
        at.page.evaluate(everypage.AXE)
        at.ask(everypage.AXE_RUN, everypage.TAGS, about="light")
        at.ask(everypage.TOO_WIDE)
        at.page.emulate_media(color_scheme="dark")
        at.ask(everypage.CONTRAST, about="dark")
        at.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        at.ask(everypage.MOTION, about="without motion")
        at.page.keyboard.press("Tab")
        at.ask(everypage.FOCUS)
        for width in (640, 320):  # 200 % and 400 % zoom of a window of 1280
            at.resize(width, 500)
            at.ask(everypage.TOO_WIDE)
        at.page.emulate_media(media="print", reduced_motion="no-preference")
        at.resize(720, 1000)
        at.ask(everypage.ON_PAPER, about="print")
        at.ask(everypage.TOO_WIDE, about="print")
        at.page.emulate_media(media="screen")
        at.resize(1280, 900)
    at.page.context.close()
    assert at.found == []


@pytest.mark.parametrize("number", range(SHARES))
def test_a_phone_at_night_and_large_type(
    chromium: Browser, city: City, pages: dict[str, list[str]], number: int
) -> None:
    at = watched(chromium, city, 390, "dark", has_touch=True)
    for address in share(pages["zh"], number):
        at.open(address)
        at.moved()
        at.page.evaluate(everypage.AXE)
        at.ask(everypage.AXE_RUN, everypage.TAGS, about="phone")
        at.ask(everypage.TOO_WIDE)
        at.page.evaluate("document.documentElement.dataset.size = 'large'")
        at.page.evaluate(DRAWN)
        at.ask(everypage.TOO_WIDE, about="large")
    at.page.context.close()
    assert at.found == []


def test_english_pages_fit_and_have_no_violation(chromium: Browser, city: City, pages: dict[str, list[str]]) -> None:
    at = watched(chromium, city, 390, "light")
    for address in pages["en"]:
        at.open(address)
        at.page.evaluate(everypage.AXE)
        at.ask(everypage.AXE_RUN, everypage.TAGS, about="English")
        at.ask(everypage.TOO_WIDE)
        at.resize(1280, 900)
        at.ask(everypage.TOO_WIDE)
        at.resize(390, 900)
    at.page.context.close()
    assert at.found == []


def test_without_scripts_nothing_is_lost_or_left_over(
    chromium: Browser, city: City, pages: dict[str, list[str]]
) -> None:
    context = patient(chromium, viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    found = []
    for address in pages["zh"]:
        page.goto(city.url + address)
        if not page.is_visible("h1"):
            found.append(f"{address}: no heading")
        found += [f"{address}: {one.evaluate('one => one.outerHTML')[:80]} does nothing"
                  for one in page.locator("button[type=button]:visible, .js-only:visible").all()]  # fmt: skip
    context.close()
    assert found == []


def test_every_page_is_valid_html(city: City) -> None:
    paths: list[Path] = sorted(city.site.rglob("*.html"))
    found = [f"{path.relative_to(city.site)}: {fault}" for path in paths for fault in faults(path.read_text("utf-8"))]
    assert found == []
    assert len(paths) > 100
