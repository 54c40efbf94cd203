"""What programs rely on: conditional and compressed answers, other sites' scripts, slips that are told."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.serving.conftest import RunningPortal
from tests.serving.test_pages import raw_request

TABLE = "/data/jtj/bus-stops"


def test_an_answer_that_is_still_good_is_not_sent_again(portal: RunningPortal) -> None:
    first = portal.get(f"{TABLE}.json?_size=3")
    tag = first.headers["etag"]
    again = portal.get(f"{TABLE}.json?_size=3", headers={"if-none-match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert portal.get(f"{TABLE}.json?_size=3", headers={"if-none-match": 'W/"x"'}).status_code == 200
    other = portal.get(f"{TABLE}.json?_size=3", headers={"host": "else.test"})
    assert other.headers["etag"] != tag  # its next_url names another host
    for chance in ("/data/jtj.json?sql=select+random()", f"{TABLE}.json?_where=random()>0"):
        assert "etag" not in portal.get(chance).headers
    assert "etag" not in portal.get(f"{TABLE}.json?_sort=nothing").headers


@pytest.mark.parametrize("path", [f"{TABLE}.json?_size=200", f"{TABLE}.csv?_size=200", TABLE])
def test_answers_of_the_query_api_are_compressed_for_those_who_take_it(portal: RunningPortal, path: str) -> None:
    plain = portal.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    request = portal.client.build_request("GET", path, headers={"accept-encoding": "gzip"})
    answer = portal.client.send(request, stream=True)
    body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert len(body) < len(plain.content) / 3
    whole = gzip.decompress(body)
    if path.endswith(".json?_size=200"):
        first, second = json.loads(whole), plain.json()
        assert first.pop("query_ms") >= 0
        assert second.pop("query_ms") >= 0
        assert first == second
    else:
        assert whole == plain.content
    head = portal.client.head(path)
    assert (head.status_code, head.content) == (200, b"")


def test_json_can_be_read_by_people(portal: RunningPortal) -> None:
    answer = portal.get(f"{TABLE}.json?_shape=array&_size=1&_col=名称")
    assert "平江路公交站" in answer.text
    assert "\\u" not in answer.text
    lines = portal.get(f"{TABLE}.json?_shape=array&_nl=on&_size=2").text.splitlines()
    assert [json.loads(line)["编号"] for line in lines] == ["3205000000", "3205000001"]


def test_addresses_with_chinese_characters_work_as_curl_sends_them(portal: RunningPortal) -> None:
    asked = f"GET {TABLE}.json?_shape=array&_col=名称&_size=1&名称__startswith=观前 HTTP/1.1".encode().decode("latin-1")
    told = raw_request(portal, asked)
    assert told.startswith(b"HTTP/1.1 200 ")
    assert "观前街".encode() in told


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("区划=1", "没有“区划”这一列；有：编号、名称、线路"),
        ("nope=1", "No such column: nope"),
        ("名称__like2=1", "No such filter: like2"),
        ("客流__=1", "这种条件；有："),
        ("_x__y=1", "No such column: _x"),
    ],
)
def test_a_wrong_column_or_condition_is_told(portal: RunningPortal, asked: str, said: str) -> None:
    for ending in (".json", ".csv"):
        answer = portal.get(f"{TABLE}{ending}?{asked}")
        assert answer.status_code == 400
        assert said in answer.json()["error"]


@pytest.mark.parametrize("path", [f"{TABLE}.xml", f"{TABLE}.html", "/data/jtj.db", "/data/jtj.xlsx", f"{TABLE}/1.xml"])
def test_a_format_that_is_not_offered_is_not_answered_with_a_page(portal: RunningPortal, path: str) -> None:
    answer = portal.get(path)
    assert answer.status_code == 404
    assert "在数据集页面下载" in answer.json()["error"]


@pytest.mark.parametrize("path", [f"{TABLE}.json", "/dataset/bus-stops/bus-stops.parquet", "/catalog.json"])
def test_scripts_of_other_sites_may_ask_for_parts_and_read_what_they_need(portal: RunningPortal, path: str) -> None:
    headers = {
        "origin": "https://else.test",
        "access-control-request-method": "GET",
        "access-control-request-headers": "range,if-none-match",
    }
    before = portal.client.options(path, headers=headers)
    assert (before.status_code, before.content) == (204, b"")
    allowed = before.headers["access-control-allow-headers"].split(", ")
    assert {"range", "if-none-match"} <= set(allowed)
    answer = portal.get(path, headers={"origin": "https://else.test"})
    for one in (before, answer):
        assert one.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in one.headers
        assert "content-range" in one.headers["access-control-expose-headers"]
