"""English pages: their links stay in English, their Chinese says that it is Chinese."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from portal.render.book import IN_CHINESE_ALONE
from tests.rendering.city import render_city

HAN = re.compile("[\u3400-\u9fff]")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    render_city(target, tmp_path_factory.mktemp("cache"))
    return target


class Body(HTMLParser):
    """Links to pages, and texts in Chinese that are not marked."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.links: set[str] = set()
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "hreflang" not in given:
            address = urlsplit(given.get("href") or "")
            self.links |= {address.path} if not address.netloc else set()
        if tag not in VOID:
            self.open.append((tag, given.get("lang")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self.open}
        lang = next((lang for _, lang in reversed(self.open) if lang), None)
        if HAN.search(data) and lang != "zh-CN" and not tags & {"script", "title"}:
            self.unmarked.append(data)


def pages(site: Path) -> list[tuple[str, Body]]:
    found = []
    for path in sorted((site / "en").rglob("index.html")):
        body = Body()
        body.feed(path.read_text("utf-8"))
        found.append((path.relative_to(site).as_posix(), body))
    return found


def test_links_of_english_pages_go_to_the_english_page_where_there_is_one(site: Path) -> None:
    """The forms have both languages, too; they are made by the service."""
    astray = {
        (name, link)
        for name, body in pages(site)
        for link in body.links
        if link.startswith("/forms/") or (link[:1] == "/" and (site / f"en{unquote(link)}" / "index.html").is_file())
    }
    assert astray == set()


def test_all_chinese_on_english_pages_is_marked(site: Path) -> None:
    unmarked = {(name, text) for name, body in pages(site) for text in body.unmarked}
    assert unmarked == set()


def test_pages_said_to_be_in_chinese_alone_have_no_twin(site: Path) -> None:
    there = [one for one in IN_CHINESE_ALONE if (site / one.strip("/") / "index.html").is_file()]
    assert len(there) == len(IN_CHINESE_ALONE) - 1, "all but what the query API makes"
    assert [one for one in there if (site / "en" / one.strip("/")).exists()] == []


def said(site: Path, page: str) -> str:
    html = (site / "en" / page).read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_address_that_is_nowhere_says_so_in_english(site: Path) -> None:
    assert "There is nothing at the address" in said(site, "404.html")
    assert not HAN.search(said(site, "404.html"))


def test_english_lines_read_as_english(site: Path) -> None:
    about = said(site, "about/index.html")
    assert "Daily 1 day 2 days" in about
    assert "1 days" not in about
    assert "Monthly 1 month" in about
    for page in sorted((site / "en" / "dataset").glob("*/index.html")):
        facts = said(site, str(page.relative_to(site / "en"))).partition("Found an error?")[0]
        assert not re.search(r"Updated [A-Z]", facts), page
    assert re.search(r"\d data items", said(site, "statistics/index.html"))
    assert re.search(r"\d overdue", said(site, "quality/index.html"))
