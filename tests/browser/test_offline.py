"""The portal as a folder on a disk, in a real Chromium over file://: every link is alive, search finds, nothing fails."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from rich.console import Console

from build import main
from portal.offline import write_offline
from portal.pipeline import build
from portal.problems import PortalError
from portal.progress import Progress
from portal.settings import Settings
from tests.catalogues import ENTRY, changed, make_catalogue, settings_for, write_entry

QUIET = Progress("zh", Console(file=io.StringIO()))
LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = make_catalogue(tmp_path_factory.mktemp("city"))
    (root / "datasets/ylj/gardens.csv").write_text("编号,名称,面积\n0101,南园,1.5\n", "utf-8")
    second = {
        "title": "城区花园名录（2025年）",
        "summary": "城区花园的名单。",
        "files": [{**ENTRY["files"][0], "path": "gardens.csv"}],
    }
    write_entry(root, "ylj", "gardens", changed(ENTRY, second))
    settings = settings_for(root)
    build(settings, QUIET)
    return settings


@pytest.fixture(scope="module")
def folder(city: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("usb") / "开放数据 portal"
    write_offline(city, target)
    return target


@pytest.fixture
def offline(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complains of: errors, and anything asked for that is no file."""
    opened = chromium.new_context(locale="zh-CN")
    page, told = opened.new_page(), []
    page.on("console", lambda one: told.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda one: told.append(str(one)))
    page.on("request", lambda one: None if one.url.startswith("file://") else told.append(one.url))
    page.on("requestfailed", lambda one: told.append(one.url))
    yield page, told
    opened.close()


def test_every_link_within_the_folder_is_alive(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        html = page.read_text("utf-8")
        assert 'type="module"' not in html
        for found in LINK.findall(html):
            parts = urlsplit(unescape(found))
            if parts.scheme in ("https", "http", "mailto") or not parts.path:
                continue
            assert not parts.path.startswith("/"), (page, found)
            target = (page.parent / unquote(parts.path)).resolve()
            assert target.is_file(), (page, found)
            assert target.is_relative_to(folder.resolve()), (page, found)


def test_pages_open_from_a_disk_without_a_complaint(folder: Path, offline: tuple[Page, list[str]]) -> None:
    page, told = offline
    for name in ("index.html", "datasets/index.html", "dataset/parks/index.html", "department/ylj/index.html",
                 "changes/index.html", "downloads/index.html", "query/index.html", "edit/index.html", "en/index.html"):  # fmt: skip
        page.goto((folder / name).as_uri())
        note = page.locator(".offline-note")
        assert note.is_visible()
        online = note.locator("a").get_attribute("href")
        assert online == f"https://data.example.org/{name.removesuffix('index.html')}"
        assert page.locator("h1").first.is_visible()
        assert page.evaluate("getComputedStyle(document.body).maxWidth") is not None
    assert told == []


def test_a_reader_goes_from_home_to_a_dataset_and_its_file(folder: Path, offline: tuple[Page, list[str]]) -> None:
    page, told = offline
    page.goto((folder / "index.html").as_uri())
    page.locator("main input[name=q], header input[name=q]").first.fill("花园")
    page.keyboard.press("Enter")
    page.locator("#kaishu-search .card a").first.wait_for()
    assert "search/index.html?q=" in page.url
    assert page.locator("#kaishu-search [role=status]").inner_text() == "找到 1 个数据集"
    page.locator("#kaishu-search .card a").first.click()
    assert page.locator("h1").inner_text() == "城区花园名录（2025年）"
    csv = page.locator("#download a.button.primary").get_attribute("href")
    assert csv == "gardens.csv"
    assert (folder / "dataset/gardens/gardens.csv").read_text("utf-8").splitlines()[1] == "0101,南园,1.5"
    assert told == []


@pytest.mark.parametrize(
    ("query", "count"), [("公園", 2), ("园林局", 2), ("公园 面积", 2), ("没有这个词", 0), ("ＰＡＲＫＳ", 2)]
)
def test_search_folds_as_the_portal_does(query: str, count: int, folder: Path, offline: tuple[Page, list[str]]) -> None:
    page, _ = offline
    page.goto(f"{(folder / 'search/index.html').as_uri()}?q={quote(query)}")
    page.locator("#kaishu-search [role=status]").wait_for(state="attached")
    assert page.locator("#kaishu-search .card").count() == count


def test_search_in_english_shows_english_and_marks_what_is_chinese(
    folder: Path, offline: tuple[Page, list[str]]
) -> None:
    page, complaints = offline
    page.goto(f"{(folder / 'en/index.html').as_uri()}")
    page.locator("main input[name=q]").fill("parks bureau")
    page.keyboard.press("Enter")
    page.locator("#kaishu-search .card a").first.wait_for()
    assert page.url.split("?")[0].endswith("/en/search/index.html")
    assert page.locator("#kaishu-search [role=status]").inner_text() == "2 datasets"
    assert page.locator("#kaishu-search .card p.facts").first.inner_text() == "Parks Bureau"
    assert page.locator("#kaishu-search .card-summary").first.get_attribute("lang") == "zh-CN"
    link = page.locator("#kaishu-search .card a >> text=Parks of the town").first
    assert not link.get_attribute("lang")
    link.click()
    assert "/en/dataset/" in page.url
    assert complaints == []


def test_forms_and_queries_lead_to_the_portal(folder: Path) -> None:
    html = (folder / "dataset/parks/index.html").read_text("utf-8")
    assert 'href="https://data.example.org/forms/correction/?dataset=parks"' in html
    assert 'href="https://data.example.org/data/ylj/parks"' in html


def test_what_is_suspended_is_not_carried_along(city: Settings, tmp_path: Path) -> None:
    state = city.var / "public/state.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text(json.dumps({"suspended": {"gardens": {"since": "2026-11-22", "reason": "核实中"}}}), "utf-8")
    try:
        build(city, QUIET)
        write_offline(city, tmp_path / "usb")
    finally:
        state.unlink()
        build(city, QUIET)
    assert not (tmp_path / "usb/dataset/gardens").exists()
    assert "南园" not in "".join(one.read_text("utf-8") for one in (tmp_path / "usb").rglob("*.csv"))
    assert "城区花园名录" not in (tmp_path / "usb/assets/offline.js").read_text("utf-8")


def test_the_same_release_gives_the_same_folder(city: Settings, tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        write_offline(city, tmp_path / name)
        files = (one for one in (tmp_path / name).rglob("*") if one.is_file())
        found.append({one.relative_to(tmp_path / name): one.read_bytes() for one in files})
    assert found[0] == found[1]


def test_a_folder_that_holds_something_is_left_alone(city: Settings, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(PortalError, match="已有内容"):
        write_offline(city, tmp_path)
    empty = tmp_path / "none"
    assert main(["offline", str(empty), "--root", str(city.root), "--build", str(tmp_path / "nothing")]) == 3
    assert not empty.exists()
