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
from playwright.sync_api import Browser, Page, expect
from rich.console import Console

from build import main
from portal.offline import write_offline
from portal.pipeline import build
from portal.problems import PortalError
from portal.progress import Progress
from portal.settings import Settings
from tests.browser.conftest import patient
from tests.catalogues import ENTRY, changed, make_catalogue, settings_for, write_entry

QUIET = Progress("zh", Console(file=io.StringIO()))
SCHEMA = ENTRY["files"][0]["schema"]
PLACES = [
    {"name": name, "title": name, "type": "number", "unit": "度", "description": "WGS-84 坐标系，园门处"}
    for name in ("经度", "纬度")
]
LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = make_catalogue(tmp_path_factory.mktemp("city"))
    (root / "datasets/ylj/gardens.csv").write_text(
        "编号,名称,面积,经度,纬度\n0101,南园,1.5,120.6,31.3\n0102,北园,1.0,120.5,31.4\n", "utf-8"
    )
    second = {
        "title": "城区花园名录（2025年）",
        "summary": "城区花园的名单。",
        "coordinate_system": "WGS-84",
        "views": [{"kind": "map", "longitude": "经度", "latitude": "纬度", "title": "花园的位置"}],
        "files": [{"path": "gardens.csv", "schema": {**SCHEMA, "fields": [*SCHEMA["fields"], *PLACES]}}],
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
    opened = patient(chromium, locale="zh-CN")
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
        expect(note).to_be_visible()
        online = note.locator("a").get_attribute("href")
        assert online == f"https://data.example.org/{name.removesuffix('index.html')}"
        expect(page.locator("h1").first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.body).maxWidth") is not None
    assert told == []


def test_a_reader_goes_from_home_to_a_dataset_and_its_file(folder: Path, offline: tuple[Page, list[str]]) -> None:
    page, told = offline
    page.goto((folder / "index.html").as_uri())
    page.locator("main input[name=q], header input[name=q]").first.fill("花园")
    page.keyboard.press("Enter")
    expect(page.locator("#kaishu-search [role=status]")).to_have_text("找到 1 个数据集")
    expect(page).to_have_url(re.compile(r"search/index\.html\?q="))
    page.locator("#kaishu-search .card a").first.click()
    expect(page.locator("h1")).to_have_text("城区花园名录（2025年）")
    csv = page.locator("#download a.button.primary").get_attribute("href")
    assert csv == "gardens.csv"
    assert (folder / "dataset/gardens/gardens.csv").read_text("utf-8").splitlines()[1] == "0101,南园,1.5,120.6,31.3"
    assert told == []


@pytest.mark.parametrize(
    ("query", "count"), [("公園", 2), ("园林局", 2), ("公园 面积", 2), ("没有这个词", 0), ("ＰＡＲＫＳ", 2)]
)
def test_search_folds_as_the_portal_does(query: str, count: int, folder: Path, offline: tuple[Page, list[str]]) -> None:
    page, _ = offline
    page.goto(f"{(folder / 'search/index.html').as_uri()}?q={quote(query)}")
    expect(page.locator("#kaishu-search [role=status]")).to_have_text(re.compile("没有找到|找到"))
    expect(page.locator("#kaishu-search .card")).to_have_count(count)


PARTS = {
    "zh": {
        "#preview": "检索、筛选、排序和翻页需要在线平台",
        "figure": "放大、平移地图",
        "query": "离线副本里不能用",
        "edit": "这张表单",
    },
    "en": {
        "#preview": "To search, filter, sort and page through them you need the online portal",
        "figure": "To zoom and move the map",
        "query": "do not work in an offline copy",
    },
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_needs_the_portal_says_so_on_the_spot(lang: str, folder: Path, offline: tuple[Page, list[str]]) -> None:
    page, complaints = offline
    base, words = folder / ("en" if lang == "en" else ""), PARTS[lang]
    page.goto((base / "dataset/gardens/index.html").as_uri())
    for place in ("#preview", "figure"):
        part = page.locator(f"{place} .offline-part")
        expect(part).to_be_visible()
        expect(part).to_contain_text(words[place])
        online = part.locator("a").get_attribute("href") or ""
        assert online.startswith(f"https://data.example.org/{'en/' if lang == 'en' else ''}dataset/gardens/#")
    expect(page.locator("#preview tbody tr")).to_have_count(2)
    expect(page.locator("#preview form:visible, #preview button:visible")).to_have_count(0)
    for name in ("query", "edit") if lang == "zh" else ("query",):
        page.goto((base / name / "index.html").as_uri())
        expect(page.locator("main .offline-part")).to_contain_text(words[name])
        expect(page.locator("#query-sql:visible, main [data-download]:visible")).to_have_count(0)
    assert "JavaScript" not in page.inner_text("main")
    assert complaints == []


def test_search_in_english_shows_english_and_marks_what_is_chinese(
    folder: Path, offline: tuple[Page, list[str]]
) -> None:
    page, complaints = offline
    page.goto(f"{(folder / 'en/index.html').as_uri()}")
    page.locator("main input[name=q]").fill("parks bureau")
    page.keyboard.press("Enter")
    expect(page.locator("#kaishu-search [role=status]")).to_have_text("2 datasets")
    expect(page).to_have_url(re.compile(r"/en/search/index\.html\?"))
    expect(page.locator("#kaishu-search .card p.facts").first).to_have_text("Parks Bureau")
    expect(page.locator("#kaishu-search .card-summary").first).to_have_attribute("lang", "zh-CN")
    link = page.locator("#kaishu-search .card a >> text=Parks of the town").first
    assert not link.get_attribute("lang")
    link.click()
    expect(page).to_have_url(re.compile("/en/dataset/"))
    page.wait_for_load_state()
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


@pytest.mark.parametrize("how", ["suspended", "blocked"])
def test_what_is_withheld_since_the_build_is_in_no_zip_either(city: Settings, tmp_path: Path, how: str) -> None:
    """Between the decision and the next build the live release still holds the set, and so do the zips of many."""
    state = city.var / "public/state.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    digest = json.loads((city.live / "catalogue.json").read_text("utf-8"))["datasets"]["gardens"]["digest"]
    told = {"suspended": {"suspended": {"gardens": {}}}, "blocked": {"blocked_digests": [digest]}}[how]
    state.write_text(json.dumps(told), "utf-8")
    try:
        write_offline(city, tmp_path / "usb")
    finally:
        state.unlink()
    copied = {one.relative_to(tmp_path / "usb").as_posix() for one in (tmp_path / "usb").rglob("*") if one.is_file()}
    assert "dataset/parks/parks.csv" in copied
    assert not [one for one in copied if one.startswith(("dataset/gardens/", "en/dataset/gardens/"))]
    assert [one for one in copied if one.endswith(".zip") and "/parks" not in one] == []
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
