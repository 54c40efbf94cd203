"""Parks with places and years, seen in a real Chromium over a real build with its real query API."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from rich.console import Console

from portal.pipeline import build
from portal.progress import Progress
from tests.browser.conftest import patient
from tests.catalogues import ENTRY, changed, make_catalogue, settings_for, write_entry
from tests.serving.conftest import RunningPortal, start_portal

DISTRICTS = ("姑苏区", "吴中区", "相城区", "虎丘区")
PARKS = [
    [
        f"{n:04d}",
        f"第{n}公园" if n % 90 else f'带"引号"的第{n}公园',
        f"{n % 40 + 0.5}",
        DISTRICTS[n % 4 if n % 10 else 0],
        f"{2015 + n % 10}-{n % 12 + 1:02d}-15" if n % 50 else "",
        "true" if n % 3 else "false",
        f"{120.3 + n % 20 * 0.03:.2f}",
        f"{31.1 + n // 20 * 0.02:.2f}",
    ]
    for n in range(1, 361)
]
HEADS = ["编号", "名称", "面积", "所在区", "建成", "夜间开放", "经度", "纬度"]
TYPES = ["string", "string", "number", "string", "date", "boolean", "number", "number"]
UNITS = {"面积": "公顷", "经度": "度", "纬度": "度"}
VIEWS = [
    {"kind": "bar", "title": "各区的公园数量", "group": "所在区", "value": "count"},
    {"kind": "line", "title": "各年建成的公园面积", "x": "建成", "value": "面积", "measure": "sum", "step": "year"},
    {"kind": "map", "title": "公园的位置", "longitude": "经度", "latitude": "纬度", "label": "名称"},
]
FEW = PARKS[:8]
PAGE = "/dataset/parks/"


def columns() -> list[dict[str, Any]]:
    rules: dict[str, Any] = {"编号": {"constraints": {"required": "true"}}}
    named = zip(HEADS, TYPES, strict=True)
    return [
        {"name": name, "title": name, "type": kind, "description": f"{name}，登记时填写的内容"}
        | ({"unit": UNITS[name]} if name in UNITS else {})
        | rules.get(name, {})
        for name, kind in named
    ]


def text_of(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([HEADS, *rows])
    return text.getvalue()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    root = tmp_path_factory.mktemp("see")
    files = [{"path": "parks.csv", "schema": {"primaryKey": "编号", "fields": columns()}}]
    excused = [{"rule": "empty-value", "field": "建成", "reason": "建成日期没有档案", "until": "2027-12-31"}]
    make_catalogue(root, rows=text_of(PARKS), files=files, views=VIEWS, coordinate_system="WGS-84", allow=excused)
    (root / "datasets" / "ylj" / "few.csv").write_text(text_of(FEW), "utf-8")
    few = changed(
        ENTRY,
        {
            "title": "城区小公园位置（2025年）",
            "title_en": None,
            "summary": "城区小公园的位置，坐标为互联网地图所用的坐标系。",
            "files": [{"path": "few.csv", "schema": {"primaryKey": "编号", "fields": columns()}}],
            "views": VIEWS[2:],
            "coordinate_system": "GCJ-02",
            "distinguished_from": {"parks": "只有小公园"},
        },
    )
    write_entry(root, "ylj", "few", few)
    build(settings_for(root), Progress("zh", Console(file=io.StringIO())))
    running = start_portal(root)
    yield running
    running.stop()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = patient(chromium, locale="zh-CN")
    opened.grant_permissions(["clipboard-read", "clipboard-write"])
    yield opened
    opened.close()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda one: complaints.append(str(one)))
    return page
