"""The query API: only open data, exact Chinese search, right links under the prefix, pages without inline code."""

from __future__ import annotations

import csv
import io
import random
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest

from portal.text import matches
from tests.serving.city import ROWS, STREETS, VILLAGES, stop_rows
from tests.serving.conftest import RunningPortal

STOPS = stop_rows()
TEXT = (0, 1, 2, 3, 7)  # the columns of bus-stops that hold text

QUERIES = [
    "公交站", "公交", "站", "交", "南", "（南）", "(南)", "换乘站", "換乘", "平江路公交", "江路公", "公交 南",
    "公交 平江路 0路", "12路", "2路", "路、", "、", "PM2.5", "pm2.5", "pm", "m2", "2.5", ".5", "ABC", "ａｂｃ大厦", "abc大",
    "bus", "mini", "minibus 接驳", "us 接", "café", "cafe", "fé", "一号线", "号线·东", "·", "100%", "%", "_", '"',
    '"引号"', "3205000012", "0012", "32050", "S3", "s3", "不存在的词", "zzz", "站公交", "公交站点", "*", "AND", "NEAR(公交)",
    "公交 OR 地铁", "-公交", "名称:公交", "'; drop table", "3 盏", "灯 3", "𠮷野", "〇", "々",
]  # fmt: skip


def true_rows(query: str, rows: list[list[str]] = STOPS, text: tuple[int, ...] = TEXT) -> list[str]:
    """What must be found, by portal.text alone."""
    return [row[0] for row in rows if matches("\x1f".join(row[i] for i in text), query)]


def found_rows(portal: RunningPortal, query: str, **options: Any) -> list[str]:
    params = {"_search": query, "_size": "max", "_shape": "arrays", **options}
    answer = portal.get("/data/jtj/bus-stops.json", params=params)
    assert answer.status_code == 200, answer.text
    tree = answer.json()
    assert tree["filtered_table_rows_count"] == len(tree["rows"])
    return [row[0] for row in tree["rows"]]


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_finds_exactly_the_rows_that_hold_every_word(portal: RunningPortal, query: str) -> None:
    assert found_rows(portal, query) == true_rows(query)


def test_random_pieces_of_the_rows_are_found_exactly(portal: RunningPortal) -> None:
    dice = random.Random(20261122)
    for _ in range(120):
        row = dice.choice(STOPS)
        text = row[dice.choice(TEXT)]
        start = dice.randrange(max(1, len(text)))
        query = text[start : start + dice.randint(1, 6)]
        if query.strip():
            assert found_rows(portal, query) == true_rows(query), query


def test_search_goes_with_paging_sorting_facets_and_filters(portal: RunningPortal) -> None:
    expected = true_rows("公交站")
    seen: list[str] = []
    address: str | None = f"/data/jtj/bus-stops.json?_search={quote('公交站')}&_size=10&_sort_desc={quote('客流')}"
    pages = 0
    while address:
        assert address.startswith(("/data/jtj/", portal.address + "/data/jtj/")), address
        tree = portal.get(address).json()
        assert tree["filtered_table_rows_count"] == len(expected)
        seen += [row[0] for row in tree["rows"]]
        address, pages = tree["next_url"], pages + 1
    assert pages == -(-len(expected) // 10)
    assert sorted(seen) == expected
    flow = {row[0]: int(row[4]) for row in STOPS}
    assert [flow[key] for key in seen] == sorted((flow[key] for key in expected), reverse=True)

    facets = portal.get("/data/jtj/bus-stops.json", params={"_search": "公交站", "_facet": "街道"}).json()
    counts = {item["value"]: item["count"] for item in facets["facet_results"]["街道"]["results"]}
    street = {row[0]: row[7] for row in STOPS}
    assert counts == {value: [street[k] for k in expected].count(value) for value in {street[k] for k in expected}}

    both = portal.get(
        "/data/jtj/bus-stops.json", params={"_search": "公交站", "客流__gt": "500", "_size": "max"}
    ).json()
    assert [row[0] for row in both["rows"]] == [key for key in expected if flow[key] > 500]

    one = portal.get("/data/jtj/bus-stops.json", params={"_search_线路": "12路", "_size": "max"}).json()
    assert [row[0] for row in one["rows"]] == true_rows("12路", text=(2,))
    wrong = portal.get("/data/jtj/bus-stops.json", params={"_search_客流": "7"})
    assert wrong.status_code == 400


def test_search_in_csv_gives_the_same_rows(portal: RunningPortal) -> None:
    text = portal.get("/data/jtj/bus-stops.csv", params={"_search": "地铁站", "_size": "max"}).text
    assert [row[0] for row in list(csv.reader(io.StringIO(text)))[1:]] == true_rows("地铁站")


def test_an_empty_search_is_no_search(portal: RunningPortal) -> None:
    assert len(portal.get("/data/jtj/bus-stops.json?_search=&_size=max").json()["rows"]) == len(STOPS)


def test_rows_and_values_are_those_of_the_file(portal: RunningPortal) -> None:
    """API-3: JSON keeps types, CSV keeps the spelling of the CSV file."""
    text = portal.get("/data/jtj/bus-stops.csv?_size=max").text
    assert list(csv.reader(io.StringIO(text)))[1:] == STOPS
    rows = portal.get("/data/jtj/bus-stops.json?_size=max&_shape=array").json()
    truth = {"true": True, "false": False, "": None}
    for row, written in zip(rows, STOPS, strict=True):
        # an empty text is a missing value (missingValues: [""])
        assert row["备注"] == (written[3] or None)
        assert (row["客流"], row["启用"], row["票价"]) == (int(written[4]), truth[written[5]], float(written[6]))
    assert portal.get("/data/jtj/bus-stops/3205000001.json?_shape=array").json()[0]["启用"] is True


def test_paging_without_a_key_walks_through_all_rows(portal: RunningPortal) -> None:
    seen: list[str] = []
    address: str | None = "/data/mzj/villages.json?_size=100"
    while address:
        tree = portal.get(address).json()
        seen += [row[1] for row in tree["rows"]]
        address = tree["next_url"]
    assert seen == [row[0] for row in VILLAGES]


def test_only_tables_of_open_sets_are_there(portal: RunningPortal) -> None:
    """API-1: the list of tables is the catalogue's."""
    listing = portal.get("/data/.json").json()
    assert set(listing) == {"jtj", "mzj"}
    found = {
        name: [table["name"] for table in portal.get(f"/data/{name}.json").json()["tables"] if not table["hidden"]]
        for name in listing
    }
    assert found == {"jtj": ["bus-stops", "streets"], "mzj": ["villages"]}
    names = portal.get(
        "/data/mzj.json", params={"sql": "select name from sqlite_master", "_shape": "arrayfirst"}
    ).json()
    assert not any("secret" in name for name in names)


@pytest.mark.parametrize(
    "path",
    [
        "/data/-/databases.json", "/data/-/metadata.json", "/data/-/plugins.json", "/data/-/settings.json",
        "/data/-/threads.json", "/data/-/actor.json", "/data/-/permissions", "/data/-/logout", "/data/-/patterns",
        "/data/-/static/app.css", "/data/-/versions.json", "/data/_internal.json", "/data/_memory.json?sql=select+1",
        "/data/%2D/databases.json", "/data/%5Finternal.json", "/data/~2D/databases.json", "/data/jtj/bus-stops_fts.json",
        "/data/jtj/bus-stops_fts_data.json", "/data/jtj/nothing.json", "/data/nobody/x.json",
    ],
)  # fmt: skip
def test_inner_pages_are_closed(portal: RunningPortal, path: str) -> None:
    answer = portal.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert str(portal.root) not in answer.text


def test_the_database_itself_and_streams_are_not_offered(portal: RunningPortal) -> None:
    assert portal.get("/data/jtj.db").status_code in (403, 404)
    for argument in ("_stream=on", "_fts_table=streets_fts", "_searchmode=raw", "_fts_pk=x", "_trace=1"):
        answer = portal.get(f"/data/jtj/bus-stops.csv?{argument}")
        assert answer.status_code == 400
        assert answer.json()["ok"] is False
    assert portal.get("/data/jtj/bus-stops.json?_size=5000").status_code == 400


def test_other_sites_may_read_answers_and_errors(portal: RunningPortal) -> None:
    origin = {"origin": "https://else.test"}
    for path in ("/data/jtj/bus-stops.json", "/data/jtj.json?sql=select+nonsense", "/data/jtj/nothing.json"):
        answer = portal.get(path, headers=origin)
        assert answer.headers["access-control-allow-origin"] == "*"
    asked = portal.client.options("/data/jtj/bus-stops.json", headers=origin)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")


def test_the_next_link_follows_the_host_and_scheme_that_people_use(portal: RunningPortal) -> None:
    answer = portal.get("/data/jtj/bus-stops.json?_size=2", headers={"host": "data.example.org"})
    assert answer.json()["next_url"].startswith("http://data.example.org/data/jtj/bus-stops.json?")
    assert answer.headers["link"].startswith("<http://data.example.org/data/jtj/bus-stops.json?")


class Links(HTMLParser):
    """Links, and everything that the CSP would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.refused.append(tag)
        self.refused += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if link := given.get("href") or given.get("src") or given.get("action"):
            self.links.append(link)


@pytest.mark.parametrize(
    "path",
    [
        "/data/",
        "/data/jtj",
        "/data/jtj/bus-stops?_facet=%E8%A1%97%E9%81%93&_size=5&_search=%E5%85%AC%E4%BA%A4",
        "/data/jtj/bus-stops?_where=1%3D1&%E5%AE%A2%E6%B5%81__gt=5&_sort=%E5%90%8D%E7%A7%B0",
        "/data/jtj/bus-stops/3205000001",
        "/data/jtj/streets/S1",
        "/data/jtj?sql=select+*+from+streets+where+%E4%BB%A3%E7%A0%81+%3D+:code&code=S1",
        "/data/jtj?sql=select+nonsense",
        "/data/jtj?sql=drop+table+streets",
        "/data/jtj/nothing",
    ],
)
def test_pages_are_in_the_portals_frame_without_inline_code(portal: RunningPortal, path: str) -> None:
    answer = portal.get(path, headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/html")
    page = Links()
    page.feed(answer.text)
    assert page.refused == []
    assert "某市公共数据开放平台" in answer.text
    assert "<!--kaishu:" not in answer.text
    assert "Datasette" not in answer.text
    assert not re.search(r"\b(rows?|Search|Apply|Next page|Custom SQL)\b", re.sub(r"<[^>]*>", "", answer.text))
    for link in page.links:
        assert "/data/data/" not in link
        assert not link.startswith("http://") or link.startswith(portal.address), link
        if "/data/" in link and "?" not in link:
            assert portal.get(link).status_code == 200, link
    if answer.status_code == 200 and "sql=" not in path:
        for link in [one for one in page.links if "?" in one and "/data/" in one][:12]:
            assert portal.get(link).status_code in (200, 302), link


def test_titles_licence_and_source_come_from_the_catalogue(portal: RunningPortal) -> None:
    page = portal.get("/data/jtj/bus-stops", headers={"accept": "text/html"}).text
    for words in ("公交站点", "站点名称", "日客流的说明（单位：人次）", "MIT", "国家统计局", "某市交通局"):
        assert words in page
    assert 'href="/dataset/bus-stops/"' in page
    tree = portal.get("/data/jtj/bus-stops.json?_size=1").json()
    assert tree["primary_keys"] == ["编号"]


def test_labels_come_from_the_other_table(portal: RunningPortal) -> None:
    tree = portal.get("/data/jtj/streets.json?_shape=array").json()
    assert [row["代码"] for row in tree] == [row[0] for row in STREETS]
    joined = portal.get(
        "/data/jtj.json",
        params={"sql": "select s.名称 from [bus-stops] b join streets s on s.代码 = b.街道 limit 3", "_shape": "array"},
    )
    assert [row["名称"] for row in joined.json()] == [STREETS[n][1] for n in range(3)]


def test_sql_may_use_the_search_functions_and_fts(portal: RunningPortal) -> None:
    sql = "select count(*) from [bus-stops] where portal_matches('公交站', 名称)"
    expected = len(true_rows("公交站", text=(1,)))
    assert portal.get("/data/jtj.json", params={"sql": sql, "_shape": "arrayfirst"}).json() == [expected]
    sql = "select count(*) from [bus-stops_fts] where [bus-stops_fts] match '公交' order by rank"
    assert portal.get("/data/jtj.json", params={"sql": sql, "_shape": "arrayfirst"}).json() == [len(true_rows("公交"))]
    sql = "select json_extract(value, '$') from json_each('[1,2]')"
    assert portal.get("/data/jtj.json", params={"sql": sql, "_shape": "arrayfirst"}).json() == [1, 2]


def test_every_open_table_has_its_rows(portal: RunningPortal) -> None:
    for table, department in (("bus-stops", "jtj"), ("streets", "jtj"), ("villages", "mzj")):
        tree = portal.get(f"/data/{department}/{table}.json?_size=1").json()
        assert tree["filtered_table_rows_count"] == len(ROWS[table]())
