"""A small city served with the portal's own content security policy, and a real Chromium to look at it.

Pages fetch, load scripts and draw after an action has returned. So a test waits for what it wants to see (`expect`,
`tests.waiting.comes_to`, `wait_for_function`), never for a time, and before it says that something is not there, for
whatever shows that the page is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from bench.listening import listening
from bench.searchtools import CHROMIUM, FLAGS
from tests.rendering.city import render_city

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PATIENCE = 60_000
"""Milliseconds that a page may take; playwright's own 5 s for `expect` are too few on a busy machine."""
DRAWN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  requestIdleCallback(() => done(), { timeout: 1000 }))))"""
"""A script that ends when the page has drawn what it knows and has nothing more to do."""
expect.set_options(timeout=PATIENCE)


@dataclass
class Site:
    """A served city: `state` is what /state.json answers, `api` what the query API does."""

    url: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    api: str = "up"
    asked: list[str] = field(default_factory=list)


class Handler(SimpleHTTPRequestHandler):
    """Static files with the policy; /data/ answers like the query API of a table with 45 rows."""

    extensions_map: ClassVar[dict[str, str]] = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}
    site: Site

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/state.json":
            return self.answer(200, self.site.state)
        if path.startswith("/data/"):
            self.site.asked.append(self.path)
            return self.answer(200, rows_of(self.path)) if self.site.api == "up" else self.answer(503, {})
        return super().do_GET()

    def answer(self, status: int, body: object) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def rows_of(address: str) -> dict[str, object]:
    """What Datasette answers to `_shape=objects`: 45 rows of two columns, narrowed, sorted, cut into pages."""
    query = parse_qs(urlsplit(address).query)
    rows = [{"编号": f"{n:04}", "名称": f"第{n}个<b>"} for n in range(1, 46)]
    if "_search" in query:
        rows = [row for row in rows if query["_search"][0] in row["名称"]]
    for value in query.get("编号__exact", []):
        rows = [row for row in rows if row["编号"] == value]
    if "_sort_desc" in query:
        rows.reverse()
    start, size = int(query.get("_next", ["0"])[0]), int(query["_size"][0])
    following = start + size if start + size < len(rows) else None
    return {
        "rows": rows[start : start + size],
        "filtered_table_rows_count": len(rows),
        "next": str(following) if following else None,
    }


@contextmanager
def serving(folder: Path, site: Site) -> Iterator[str]:
    """The folder at an address, which `site` is told, too, while the context lasts."""
    handler = type("SiteHandler", (Handler,), {"site": site})
    with listening(ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))) as site.url:
        yield site.url


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    render_city(folder, tmp_path_factory.mktemp("cache"))
    known = Site()
    with serving(folder, known):
        yield known


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


def patient(chromium: Browser, **options: Any) -> BrowserContext:
    """A new visitor, 1280 pixels wide unless told otherwise, whose actions may take as long as `expect` may."""
    opened = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    opened.set_default_timeout(PATIENCE)
    return opened


def follow(page: Page, selector: str) -> None:
    """Click on what leads to another page, and be there."""
    with page.expect_navigation():
        page.click(selector)


def ids(page: Page, selector: str = "main .card") -> list[str]:
    """The datasets whose cards a page shows now."""
    return [str(one) for one in page.eval_on_selector_all(selector, "all => all.map((one) => one.dataset.id)")]


@contextmanager
def quiet_page(
    chromium: Browser, base: str, *, own: tuple[str, ...] = ("data:",), expected: str | None = None, **options: Any
) -> Iterator[Page]:
    """A page of a new visitor that must not say a word in the console, fail in a script, or ask another host.

    `own` are addresses beside `base` that it may ask; `expected` is part of what the console may say.
    """
    opened = patient(chromium, **options)
    said: list[str] = []
    opened.on("request", lambda one: said.append(one.url) if not one.url.startswith((base, *own)) else None)
    page = opened.new_page()
    page.on("console", lambda one: said.append(one.text) if expected is None or expected not in one.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    opened.close()
    assert said == []


@pytest.fixture
def context(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    site.state, site.api, site.asked = {}, "up", []
    opened = patient(chromium, locale="zh-CN")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
