"""Seeing a dataset: charts and maps, with scripts and without, by the keyboard, on paper and on phones."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import patient
from tests.browser.seeing.conftest import PAGE, PARKS, VIEWS
from tests.serving.conftest import RunningPortal
from tests.waiting import comes_to

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


def test_figures_of_real_numbers_say_the_same_in_english(page: Page, portal: RunningPortal) -> None:
    page.goto(portal.address + "/en" + PAGE)
    expect(page.locator("#views h2")).to_have_text("Charts and maps")
    expect(page.locator("figure[data-chart=bar]")).to_contain_text("From all 360 rows")
