"""Seeing a dataset: live table, charts and maps in a real Chromium, over a real build with its real query API."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from rich.console import Console

from portal.pipeline import build
from portal.progress import Progress
from tests.browser.conftest import patient
from tests.catalogues import ENTRY, changed, make_catalogue, settings_for, write_entry
from tests.serving.conftest import RunningPortal, start_portal
from tests.waiting import comes_to

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


def answering(status: int) -> Callable[[Route], None]:
    """The query API with another answer."""
    return lambda route: route.fulfill(status=status, body="{}")


def cells(page: Page, column: int) -> list[str]:
    return page.locator(f".data-table tbody td:nth-child({column})").all_inner_texts()


def told(page: Page, text: str) -> None:
    expect(page.locator("[data-status]")).to_have_text(text)


def copied(page: Page, count: int) -> None:
    """Copy the rows, and hear that it was done: said for four seconds alone, so it is written down."""
    page.evaluate(
        """() => {
          const place = document.querySelector("[data-status]");
          window.said = [];
          new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true });
        }"""
    )
    page.click("text=复制这些行")
    page.wait_for_function("text => window.said.includes(text)", arg=f"已复制 {count} 行，可以粘贴到电子表格。")


# ---------- without scripts ----------


def test_on_paper_the_table_under_a_chart_keeps_its_place(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + PAGE)
    page.emulate_media(media="print")
    limits = "all => all.map((one) => getComputedStyle(one).maxHeight)"
    assert set(page.eval_on_selector_all(".chart > details .frame", limits)) == {"none"}


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_without_scripts_every_figure_is_a_picture_with_its_table(
    chromium: Browser, portal: RunningPortal, width: int
) -> None:
    context = patient(chromium, viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(portal.address + PAGE)
    assert page.locator("#views figcaption").all_inner_texts() == [view["title"] for view in VIEWS]
    counted = Counter(row[3] for row in PARKS).most_common()
    assert page.locator(".bars-name").all_inner_texts() == [name for name, _ in counted]
    assert page.locator(".bars-value").all_inner_texts() == [str(count) for _, count in counted]
    years: Counter[str] = Counter()
    for row in PARKS:
        years[row[4][:4]] += float(row[2])  # type: ignore[assignment]
    missing = sum(1 for row in PARKS if not row[4])
    table = page.locator("figure[data-chart=line] details")
    table.locator("summary").click()
    expect(table.locator("tbody")).to_be_visible()
    lines = [line.split("\t") for line in table.locator("tbody").inner_text().split("\n")]
    assert {year: float(value.replace(",", "")) for year, value in lines} == {
        year: area for year, area in years.items() if year
    }
    assert f"{missing} 行没有相应的值" in page.locator("figure[data-chart=line]").inner_text()
    assert "坐标系：WGS-84" in page.locator("figure[data-map]").inner_text()
    for picture in page.locator("#views [role=img]").all():
        box = picture.bounding_box()
        assert box
        assert box["width"] <= width
        assert box["height"] > 80
        assert picture.get_attribute("aria-label")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


# ---------- charts and maps ----------


def test_a_line_is_read_point_by_point_with_the_keyboard(
    page: Page, portal: RunningPortal, complaints: list[str]
) -> None:
    page.goto(portal.address + PAGE)
    figure = page.locator("figure[data-chart=line]")
    figure.scroll_into_view_if_needed()
    figure.locator("canvas").wait_for()
    expect(figure.locator("[data-still]")).to_be_hidden()
    area = sum(float(row[2]) for row in PARKS if row[4].startswith("2015"))
    figure.locator(".plot").focus()
    page.keyboard.press("Home")
    expect(figure.locator(".plot-told")).to_have_text(f"2015：面积 {area:,.7g} 公顷".replace(".0 ", " "))
    page.keyboard.press("End")
    expect(figure.locator(".plot-told")).to_contain_text("2024：")
    page.emulate_media(media="print")
    expect(figure.locator("[data-still]")).to_be_visible()
    expect(figure.locator("canvas")).to_be_hidden()
    assert not complaints


def test_a_chart_follows_the_theme_and_takes_no_room_that_was_not_there(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + PAGE)
    figure = page.locator("figure[data-chart=line]")
    before = page.evaluate("document.querySelector('figure[data-chart=line]').offsetHeight")
    figure.scroll_into_view_if_needed()
    figure.locator("canvas").wait_for()
    expect(figure).to_have_class(re.compile("is-live"))
    after = page.evaluate("document.querySelector('figure[data-chart=line]').offsetHeight")
    assert abs(after - before) <= 2
    ink = "document.querySelector('figure[data-chart=line] canvas').toDataURL()"
    light = page.evaluate(ink)
    page.click("[data-toggle=theme]")
    page.wait_for_function(f"({ink}) !== {light!r}")


def test_a_map_shows_where_a_row_is_and_the_rows_in_view(
    page: Page, portal: RunningPortal, complaints: list[str]
) -> None:
    page.goto(portal.address + PAGE)
    figure = page.locator("figure[data-map]")
    figure.scroll_into_view_if_needed()
    figure.locator(".leaflet-container").wait_for()
    expect(figure.locator(".leaflet-control-scale-line")).to_have_text(re.compile("km$"))
    expect(figure.locator(".degrees").first).to_contain_text("°E")
    figure.locator("summary").click()
    figure.locator("td button").nth(4).click()
    tip = figure.locator(".leaflet-tooltip").filter(has_text="第5公园")
    expect(tip).to_contain_text("经度：120.45")
    expect(figure.locator(".map-told")).to_contain_text("范围内")  # rows in view, from the query API
    assert not complaints


def test_names_on_a_map_of_a_phone_keep_clear_of_each_other(chromium: Browser, portal: RunningPortal) -> None:
    """Each on a ground of its own, none in another, and gone where the map is seen from further away."""
    page = chromium.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(portal.address + "/dataset/few/")
    figure = page.locator("figure[data-map]")
    figure.scroll_into_view_if_needed()
    names = figure.locator(".leaflet-tooltip.around")
    names.first.wait_for()
    boxes = [one.bounding_box() for one in names.all()]
    assert len(boxes) >= 2
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one
            assert other
            across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
            down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
            assert min(across, down) <= 1
    ground = names.first.evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert ground not in ("rgba(0, 0, 0, 0)", "transparent")
    figure.locator(".leaflet-container").focus()
    page.keyboard.press("-")
    expect(names.first).to_be_hidden()
    page.close()


def test_a_map_without_the_query_service_keeps_its_cells_and_says_so(page: Page, portal: RunningPortal) -> None:
    page.route("**/data/**", lambda route: route.abort())
    page.goto(portal.address + PAGE)
    figure = page.locator("figure[data-map]")
    figure.scroll_into_view_if_needed()
    figure.locator(".leaflet-container").wait_for()
    figure.locator("summary").click()
    figure.locator("td button").nth(4).click()
    expect(figure.locator(".map-told")).to_contain_text("查询服务暂时不可用")


def test_a_map_that_is_moved_before_its_cells_are_here_asks_when_they_come(page: Page, portal: RunningPortal) -> None:
    held: list[Route] = []
    page.goto(portal.address + PAGE)
    figure = page.locator("figure[data-map]")
    cells_of = figure.get_attribute("data-cells") or ""
    page.route(f"**{cells_of}", lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks it
    with page.expect_request(f"**{cells_of}"):
        figure.scroll_into_view_if_needed()
    figure.locator(".leaflet-container").wait_for()
    figure.locator("summary").click()
    figure.locator("td button").nth(4).click()
    figure.locator(".leaflet-tooltip").filter(has_text="第5公园").wait_for()
    comes_to(lambda: (page.title(), len(held))[1], 1)
    held[0].continue_()
    expect(figure.locator(".map-told")).to_contain_text("范围内")


def test_shifted_coordinates_are_told_and_a_map_works_without_mouse(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + "/dataset/few/")
    figure = page.locator("figure[data-map]")
    expect(figure).to_contain_text("GCJ-02 是加偏移的坐标")
    figure.scroll_into_view_if_needed()
    figure.locator(".leaflet-container").focus()
    expect(figure.locator(".leaflet-control-scale-line")).to_have_text(re.compile("m$"))
    before = figure.locator(".leaflet-control-scale-line").inner_text()
    page.keyboard.press("+")
    expect(figure.locator(".leaflet-control-scale-line")).not_to_have_text(before)


def test_a_page_with_figures_stays_light_and_asks_nobody_else(context: BrowserContext, portal: RunningPortal) -> None:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    ended: list[Request] = []
    for ending in ("requestfinished", "requestfailed"):
        page.on(ending, lambda one: ended.append(one))  # type: ignore[call-overload]  # noqa: PLW0108
    page.on("request", lambda one: asked.append(one.url))
    page.goto(portal.address + PAGE, wait_until="networkidle")
    assert not any("leaflet" in url or "uPlot" in url for url in asked)  # only where they come into view
    page.locator("figure[data-map]").scroll_into_view_if_needed()
    page.locator("figure[data-map] .leaflet-container").wait_for()
    page.locator("figure[data-chart=line] canvas").wait_for()
    comes_to(lambda: (page.title(), len(ended))[1] >= len(asked), wanted=True)
    assert sum(sizes) < 150_000
    assert all(url.startswith((portal.address, "data:")) for url in asked)


# ---------- the live table ----------


def test_the_table_sorts_filters_and_keeps_both_in_the_address(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + PAGE)
    page.locator(".data-table th button").nth(2).click()
    page.locator(".data-table th button").nth(2).click()
    told(page, "第 1–20 行，共 360 行")
    comes_to(lambda: cells(page, 3)[0], "39.5")
    tools = page.locator("[data-filter]")
    tools.locator("[name=column]").select_option("所在区")
    expect(tools.locator("[name=op] option[value=gte]")).to_be_disabled()  # texts are looked into, not compared
    tools.locator("[name=op]").select_option("exact")
    tools.locator("[name=value]").fill("虎丘区")
    tools.locator("button").click()
    count = sum(row[3] == "虎丘区" for row in PARKS)
    told(page, f"第 1–20 行，共 {count} 行")
    tools.locator("[name=column]").select_option("夜间开放")
    tools.locator("[name=op]").select_option("exact")
    tools.locator("[name=value]").fill("否")
    tools.locator("button").click()
    shut = sum(row[3] == "虎丘区" and row[5] == "false" for row in PARKS)
    told(page, f"第 1–20 行，共 {shut} 行")
    comes_to(lambda: set(cells(page, 6)), {"否"})
    shown = cells(page, 1)
    other = page.context.new_page()
    other.goto(str(page.evaluate("location.href")))  # the address keeps it
    told(other, f"第 1–20 行，共 {shut} 行")
    comes_to(lambda: cells(other, 1), shown)
    expect(other.locator(".chip")).to_have_count(2)
    expect(other.locator("th[aria-sort=descending]")).to_have_attribute("data-name", "面积")
    page.locator(".chip").first.click()
    told(page, f"第 1–20 行，共 {sum(row[5] == 'false' for row in PARKS)} 行")


def test_a_page_further_on_is_found_again(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + PAGE)
    page.select_option("[aria-label=每页行数]", "50")
    told(page, "第 1–50 行，共 360 行")
    page.click("[data-next]")
    told(page, "第 51–100 行，共 360 行")
    first = cells(page, 1)[0]
    page.reload()
    told(page, "第 51–100 行，共 360 行")
    assert cells(page, 1)[0] == first
    page.click("[data-previous]")
    told(page, "第 1–50 行，共 360 行")


def test_columns_are_chosen_with_the_keyboard_and_rows_copied(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + PAGE)
    page.locator(".picker summary").focus()
    page.keyboard.press("Enter")
    for _ in range(2):  # 编号, then 名称
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.locator(".picker summary")).to_be_focused()
    expect(page.locator(".data-table th").first).to_be_hidden()
    expect(page.locator(".data-table td.stick")).to_have_count(20)  # the next one stays at the edge
    copied(page, 20)
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0].split("\t") == HEADS[1:]
    assert lines[1].split("\t") == ["第1公园", "1.5", "吴中区", "2016-02-15", "是", "120.33", "31.1"]
    assert len(lines) == 21
    page.reload()
    expect(page.locator(".data-table th").first).to_be_hidden()  # the address keeps it
    page.locator("[data-find] input").fill("引号")
    page.locator("[data-find] button").click()
    told(page, "第 1–4 行，共 4 行")
    copied(page, 4)
    assert '"带""引号""的第90公园"' in page.evaluate("navigator.clipboard.readText()")
    page.locator(".picker summary").click()
    page.click("text=全部显示")
    expect(page.locator(".data-table th").first).to_be_visible()


def test_states_are_told_honestly_and_the_first_rows_stay(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + PAGE)
    before = page.locator(".data-table tbody").inner_text()
    for status, text in ((503, "查询服务暂时不可用"), (429, "查询太多"), (400, "太慢或无法理解"), (410, "已暂停提供")):
        page.unroute_all()
        page.route("**/data/**", answering(status))
        page.locator("[data-find] input").fill(f"找{status}")
        page.locator("[data-find] button").click()
        expect(page.locator("[data-status]")).to_contain_text(text)
        assert page.locator(".data-table tbody").inner_text() == before
    page.unroute_all()
    page.route("**/data/**", lambda route: route.abort())
    page.locator("[data-find] button").click()
    expect(page.locator("[data-status]")).to_contain_text("查询服务暂时不可用")
    page.unroute_all()
    page.locator("[data-find] input").fill("没有这样的公园")
    page.locator("[data-find] button").click()
    told(page, "没有符合条件的行，请去掉上面的条件。")
    page.locator(".chip").click()
    told(page, "第 1–20 行，共 360 行")


@pytest.mark.parametrize("hash_", ["#table=parks&sort=%E5", "#table=none&q=1", "#table=parks&where=x:exact:1&size=7&page=-3", "#fields"])  # fmt: skip
def test_a_strange_address_does_no_harm(page: Page, portal: RunningPortal, complaints: list[str], hash_: str) -> None:
    page.goto(portal.address + PAGE + hash_)
    page.locator("[data-next]").click()
    told(page, "第 21–40 行，共 360 行")
    assert not complaints


def test_on_a_phone_the_first_column_stays_and_leaves_room(page: Page, portal: RunningPortal) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(portal.address + PAGE)
    frame = page.locator(".frame:has(> .data-table)")
    frame.evaluate("box => { box.scrollLeft = 300 }")
    edge, cell = frame.bounding_box(), page.locator(".data-table tbody td").first.bounding_box()
    assert edge
    assert cell
    assert abs(cell["x"] - edge["x"]) <= 1.5
    assert cell["width"] < 0.5 * 390
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_figures_of_real_numbers_say_the_same_in_english(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + "/en" + PAGE)
    expect(page.locator("#views h2")).to_have_text("Charts and maps")
    expect(page.locator("figure[data-chart=bar]")).to_contain_text("From all 360 rows")
