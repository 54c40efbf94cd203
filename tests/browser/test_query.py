"""The query page in a real Chromium: answers equal SQLite's on the same rows, only ranges of published files are
fetched, the address keeps the question, mistakes are explained.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench.querysite import Served, serving
from tests.browser import everypage
from tests.browser.conftest import DRAWN, PATIENCE, patient, quiet_page
from tests.browser.querycity import FIELDS, QUERIES, built_city
from tests.waiting import comes_to


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def served(city: Path) -> Iterator[Served]:
    with serving(city / "site") as site:
        yield site


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    served.gone, served.state = set(), "{}"
    served.asked.clear()
    own = ("data:", "blob:")
    with quiet_page(chromium, served.url, own=own, expected="Failed to load resource", locale="zh-CN") as opened:
        yield opened


DONE = "[data-query][aria-busy=false]"


def ask(page: Page, sql: str) -> None:
    page.fill("#query-sql", sql)
    page.click("[data-run]")  # busy before the click is done, until the answer or the fault is shown
    page.wait_for_selector(DONE, timeout=2 * PATIENCE)


def start(page: Page, served: Served, *sets: str) -> None:
    page.goto(f"{served.url}/query/?data={','.join(sets)}")
    page.wait_for_function("n => document.querySelectorAll('.query-set h3').length === n", arg=len(sets))


def answer(page: Page) -> list[list[str]]:
    return page.eval_on_selector_all(
        "[data-result] tbody tr",
        "all => all.map((row) => [...row.cells].map((one) => one.querySelector('.nil') ? null : one.textContent))",
    )


def shown(value: object) -> str | None:
    """As the page writes a value: a fraction that is whole has no point, as in JavaScript."""
    if value is None:
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def alike(found: list[list[str]], right: list[list[str | None]]) -> bool:
    """Equal cell by cell; sums of fractions may differ in the last places, as SQLite's own versions do."""
    pairs = [(a, b) for one, other in zip(found, right, strict=True) for a, b in zip(one, other, strict=True)]
    return all(a == b or (a and b and "." in b and math.isclose(float(a), float(b), rel_tol=1e-12)) for a, b in pairs)


def test_answers_are_those_of_sqlite(page: Page, served: Served, city: Path) -> None:
    start(page, served, "parks", "visits")
    with closing(sqlite3.connect(city / "data" / "ylj.db")) as database:
        for name, sql in QUERIES.items():
            ask(page, sql)
            assert page.locator("[data-error]").is_hidden(), (name, page.text_content("[data-error]"))
            right = [[shown(value) for value in row] for row in database.execute(sql)]
            found = answer(page)
            assert alike(found, right[:200]), name
            assert right or name == "nothing"


def test_only_ranges_of_published_files_are_fetched(page: Page, served: Served) -> None:
    start(page, served, "visits")
    ask(page, 'SELECT "天气", count(*) FROM visits GROUP BY 1')
    data = [one for one in served.asked if one.path.endswith(".parquet")]
    assert data
    assert all((one.ranged.startswith("bytes=") and one.status == 206) or one.wire < 65_536 for one in data)
    assert {one.path.split("/")[1] for one in served.asked} <= {
        "assets",
        "dataset",
        "query",
        "state.json",
        "favicon.ico",
    }
    before = len(served.asked)
    ask(page, 'SELECT "天气", count(*) AS "个" FROM visits GROUP BY 1 ORDER BY 2')  # the column is here
    assert len(served.asked) == before
    expect(page.locator("[data-status]")).to_contain_text("没有下载")


def test_a_million_rows_are_grouped_without_fetching_the_file(page: Page, served: Served, city: Path) -> None:
    whole = (city / "site" / "dataset" / "big" / "big.parquet").stat().st_size
    right = json.loads((city / "site" / "dataset" / "big" / "right.json").read_text("utf-8"))
    start(page, served, "big")
    ask(page, 'SELECT "区县", count(*), round(avg("从业人数"), 6) FROM big GROUP BY 1 ORDER BY 1')
    assert answer(page) == [[shown(value) for value in row] for row in right]
    assert served.wire(".parquet") < whole / 8
    expect(page.locator("[data-status]")).to_have_text(re.compile("10 行.*MB"))
    served.asked.clear()
    ask(page, 'SELECT "企业名称", "成立日期" FROM big WHERE "成立日期" > \'2025-08-01\' ORDER BY 2, 1 LIMIT 3')
    assert served.wire(".parquet") < whole / 10  # one of sixteen row groups, two of twelve columns
    assert len(answer(page)) == 3


def test_the_address_keeps_the_question(page: Page, served: Served, chromium: Browser) -> None:
    start(page, served, "visits")
    sql = 'SELECT "天气", count(*) AS "天数"\nFROM visits -- 一句注释 & 100% #1\nWHERE "天气" <> \'晴+雨\'\nGROUP BY 1 ORDER BY 1'
    ask(page, sql)
    found, address = answer(page), str(page.evaluate("location.href"))
    assert urlsplit(address).query == ""  # no server learns of the question
    told = parse_qs(urlsplit(address).fragment)
    assert told == {"data": ["visits"], "sql": [sql]}
    page.select_option("#chart-kind", "bar")
    expect(page).to_have_url(f"{address}&chart=bar")
    visitor = patient(chromium)
    other = visitor.new_page()
    other.goto(f"{address}&chart=bar")
    other.wait_for_selector("[data-result]:not([hidden])")
    expect(other.locator("#query-sql")).to_have_value(sql)
    assert answer(other) == found
    other.wait_for_selector(".bars-name")
    visitor.close()


def test_the_questions_on_offer_are_answered(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/query/")
    page.click("[data-begin] a:has-text('各天气的天数')")
    page.wait_for_selector(".bars-name")
    assert sorted(row[0] or "" for row in answer(page)) == ["", "多云", "大雪", "小雨", "晴"]


def test_mistakes_are_explained(page: Page, served: Served) -> None:
    start(page, served, "parks", "visits")
    for sql, said in {
        "SELECT": "没有写完",
        "": "还没有写 SQL",
        "SELEC 1": "“SELEC”附近的写法不对",
        "SELECT 天 FROM visits": "没有名为“天”的列。是不是“天气”",
        'SELECT count(*) FROM visits WHERE "天气" = "雨夹雪"': "如果“雨夹雪”是文字，请用单引号",
        "SELECT * FROM park-list": "含有连字符，请用双引号",
        "SELECT * FROM 公园": '没有名为“公园”的表。已选的表："parks"、"visits"',
        'SELECT "编号" FROM parks a JOIN parks b ON 1': "请写明是哪个表的",
        "SELECT greatest(1)": "没有 greatest 这个函数",
        "SELECT * FROM visits WHERE count(*) > 1": "请改用 HAVING",
        "SELECT * FROM visits WHERE 天气 = ‘晴’": "全角标点",
        "SELECT 1; SELECT 2": "一次只能运行一句",
        "DELETE FROM visits": "只能查询",
        "CREATE TABLE x(y)": "只能查询",
        "ATTACH 'x' AS y": "只能查询",
        "PRAGMA page_size": "只能查询",
    }.items():
        ask(page, sql)
        expect(page.locator("[data-error]")).to_contain_text(said)
        expect(page.locator("[data-result]")).to_be_hidden()


def test_clicks_write_the_sql_and_never_over_what_was_written_by_hand(page: Page, served: Served, city: Path) -> None:
    start(page, served, "visits")
    page.click("[data-add]")
    page.select_option("[name=column]", "备注")
    page.select_option("[name=op]", "contains")
    page.fill("[name=text]", "100%_")
    page.select_option("[name=group]", "天气")
    page.select_option("[name=measure]", "avg")
    page.select_option("[name=of]", "收入")
    page.select_option("[name=order]", "-value")
    sql = (
        'SELECT "天气", avg("收入") AS "收入平均"\nFROM "visits"\nWHERE "备注" LIKE \'%100\\%\\_%\' ESCAPE \'\\\'\n'
        'GROUP BY "天气"\nORDER BY "收入平均" DESC\nLIMIT 100'
    )
    expect(page.locator("#query-sql")).to_have_value(sql)
    page.click("[data-run]")
    page.wait_for_selector("[data-result]:not([hidden])")
    with closing(sqlite3.connect(city / "data" / "ylj.db")) as database:
        assert alike(answer(page), [[shown(value) for value in row] for row in database.execute(sql)])
    page.fill("#query-sql", "SELECT 1 -- 我写的")
    page.select_option("[name=measure]", "count")
    expect(page.locator("[data-rewrite] button")).to_be_visible()
    expect(page.locator("#query-sql")).to_have_value("SELECT 1 -- 我写的")
    page.click("[data-rewrite] button")
    expect(page.locator("#query-sql")).to_have_value(re.compile(r"count\(\*\)"))


def test_a_relation_opens_both_tables_joined(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/dataset/visits/")
    link = page.locator("#related a", has_text="关联查询")
    assert parse_qs(urlsplit(str(link.get_attribute("href"))).query) == {
        "join": ["visits,parks"],
        "left": ["公园编号"],
        "right": ["编号"],
    }
    link.click()
    page.wait_for_selector("[data-result]:not([hidden])")
    heads = page.eval_on_selector_all("[data-result] th", "all => all.map((one) => one.firstChild.textContent)")
    assert heads == [one["name"] for one in FIELDS] + ["名称", "面积"]
    assert len(answer(page)) == 100
    page.goto(f"{served.url}/dataset/visits/")
    page.click("#preview a:has-text('用 SQL 查询')")
    expect(page.locator("#query-sql")).to_have_value('SELECT *\nFROM "visits"\nLIMIT 100')


def test_a_suspended_dataset_is_refused(page: Page, served: Served) -> None:
    served.state = json.dumps({"suspended": {"visits": {"since": "2026-11-22"}}})
    page.goto(f"{served.url}/query/?data=visits")
    expect(page.locator("[data-pick-error]")).to_contain_text("已暂停开放")
    assert not [one for one in served.asked if one.path.endswith(".parquet")]
    served.state = "{}"
    served.gone = {"dataset/visits/visits.parquet"}  # the server says so as well
    page.reload()
    expect(page.locator("[data-pick-error]")).to_contain_text("已暂停开放")


def test_what_memory_can_not_hold_is_refused_with_the_figure(page: Page, served: Served) -> None:
    def little(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        assert "MEMORY = 700_000_000" in text
        route.fulfill(response=answer, body=text.replace("MEMORY = 700_000_000", "MEMORY = 300_000"))

    page.context.route("**/assets/engine.*.js", little)
    start(page, served, "visits", "parks")
    ask(page, "SELECT * FROM visits ORDER BY 1")
    expect(page.locator("[data-error]")).to_contain_text("超过本页的上限 300 kB，没有运行")
    ask(page, 'SELECT "天气", count(*) FROM visits GROUP BY 1')  # what fits still runs
    assert len(answer(page)) == 5
    ask(page, 'SELECT "公园编号", count(*) FROM visits GROUP BY 1')  # within what the other column left
    assert len(answer(page)) == 4


def test_a_file_that_is_replaced_meanwhile_is_noticed(page: Page, served: Served, city: Path) -> None:
    file = city / "site" / "dataset" / "big" / "big.parquet"
    before = file.read_bytes()
    start(page, served, "big")
    try:
        file.unlink()
        file.write_bytes(before[:-9] + bytes([before[-9] ^ 1]) + before[-8:])
        ask(page, 'SELECT count("行业代码") FROM big')
        expect(page.locator("[data-error]")).to_contain_text("数据刚刚更新")
    finally:
        file.write_bytes(before)
    ask(page, 'SELECT count("行业代码") FROM big')
    assert answer(page) == [["1000000"]]


def test_the_picker_finds_by_name_and_by_keyboard(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/query/")
    page.fill("#query-pick", "公园 游园")
    expect(page.locator("[role=option]")).to_have_count(1)
    page.press("#query-pick", "ArrowDown")
    page.press("#query-pick", "Enter")
    expect(page.locator(".query-set h3 a")).to_have_text("城区公园游园记录（2025年）")
    page.click(".query-fields button:has-text('天气')")
    expect(page.locator("#query-sql")).to_have_value(re.compile('"天气"'))
    page.fill("#query-pick", "没有这样的")
    expect(page.locator("[role=option]")).to_have_text("没有名称里有这些字的数据集")


def test_keys_that_are_pressed_before_the_list_is_here_are_not_lost(page: Page, served: Served) -> None:
    held: list[Route] = []
    page.goto(f"{served.url}/query/")
    index = f"**{page.get_attribute('[data-query]', 'data-index')}"
    page.route(index, lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks it
    with page.expect_request(index):
        page.fill("#query-pick", "公园 游园")
    page.press("#query-pick", "ArrowDown")
    page.press("#query-pick", "Enter")
    comes_to(lambda: (page.title(), len(held))[1], 1)
    held[0].continue_()
    expect(page.locator(".query-set h3 a")).to_have_text("城区公园游园记录（2025年）")


def test_a_long_query_is_cancelled_and_the_page_goes_on(page: Page, served: Served) -> None:
    start(page, served, "visits")
    page.fill("#query-sql", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
    page.click("[data-run]")
    page.wait_for_selector("[data-cancel]:not([hidden])")
    page.click("#query-pick")  # the page answers meanwhile
    page.click("[data-cancel]")
    expect(page.locator("[data-status]")).to_have_text("已取消。")
    ask(page, "SELECT count(*) FROM visits")
    assert answer(page) == [["3000"]]


def test_results_are_taken_away_and_drawn(page: Page, served: Served) -> None:
    start(page, served, "visits")
    ask(
        page,
        'SELECT "日期", count(*) AS "次", NULL AS "空", \'a"b\' AS "引号" FROM visits GROUP BY 1 ORDER BY 1 LIMIT 3',
    )
    with page.expect_download() as taken:
        page.click("[data-download]")
    text = Path(str(taken.value.path())).read_bytes().decode("utf-8-sig")
    assert text.startswith("日期,次,空,引号\r\n2025-01-01,")
    assert text.splitlines()[1].endswith(',,"a""b"')
    assert taken.value.suggested_filename == "查询结果.csv"
    page.select_option("#chart-kind", "line")
    page.wait_for_selector("[data-figure] canvas")
    page.select_option("#chart-kind", "bar")
    expect(page.locator(".bars-name")).to_have_count(3)


def test_english_page_and_narrow_screens(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{served.url}/en/query/?data=visits")
    page.wait_for_function("() => document.querySelector('#query-sql').value !== ''")
    ask(page, "SELECT * FROM visits LIMIT 3")
    expect(page.locator("[data-status]")).to_contain_text("3 rows")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ask(page, "SELECT x FROM visits")
    expect(page.locator("[data-error]")).to_contain_text("There is no column “x”")


@pytest.mark.parametrize(
    "address", ["/query/", "/en/query/", "/query/?data=visits", "/query/?data=visits&sql=SELECT%201"]
)
def test_nothing_moves_while_the_page_loads(address: str, page: Page, served: Served) -> None:
    page.add_init_script(everypage.WATCH)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served.url + address)
    if "data=" in address:
        expect(page.locator("#query-sql")).not_to_have_value("")
        expect(page.locator("[data-build]")).to_be_visible()
    if "sql=" in address:
        expect(page.locator("[data-result]")).to_be_visible()
    page.evaluate(DRAWN)
    assert page.evaluate("window.__moved") < 0.001
    expect(page.locator("#query-sql")).to_be_visible()


def test_without_scripts_the_page_leads_to_the_query_service(chromium: Browser, served: Served) -> None:
    context = patient(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/query/")
    assert "需要浏览器脚本" in page.inner_text("main")
    assert page.get_attribute("noscript a", "href") == "/data/"
    assert page.locator("[data-query]").is_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(chromium: Browser, served: Served, scheme: str) -> None:
    served.gone, served.state = set(), "{}"
    context = patient(chromium, color_scheme=scheme)
    page = context.new_page()

    axe = next(Path(__file__).parents[1].glob("vendor/axe-core-*/axe.min.js")).read_text("utf-8")

    def violations() -> list[tuple[str, str]]:
        page.evaluate(axe)
        found = page.evaluate("() => axe.run(document)")
        return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]

    page.goto(f"{served.url}/query/")
    page.fill("#query-pick", "公园")
    page.press("#query-pick", "ArrowDown")
    expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    assert violations() == []
    start(page, served, "parks", "visits")
    page.click("[data-add]")
    ask(page, "SELECT * FROM visits LIMIT 3")
    page.select_option("#chart-kind", "bar")
    page.wait_for_selector(".bars-name")
    assert violations() == []
    ask(page, "SELECT * FROM nowhere")
    expect(page.locator("[data-error]")).to_be_visible()
    assert violations() == []
    context.close()
