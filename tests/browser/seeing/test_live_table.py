"""Seeing a dataset: the table that sorts, filters, pages and copies, and what it says when nobody answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.seeing.conftest import HEADS, PAGE, PARKS
from tests.serving.conftest import RunningPortal
from tests.waiting import comes_to


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
