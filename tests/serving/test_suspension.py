"""One entry in state.json and every address of the set answers 410, at once; taken out, everything is back (CLM-2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from tests.serving.conftest import RunningPortal
from tests.waiting import wait_until

BLOCKED = [
    "/dataset/streets/",
    "/dataset/streets",
    "/en/dataset/streets/",
    "/dataset/streets/streets.csv",
    "/dataset/streets/streets.json",
    "/dataset/streets/streets.parquet",
    "/dataset/streets/streets.zip",
    "/dataset/streets/v/2022-01-01/streets.csv",
    "/dataset/streets/nothing.xlsx",
    "/data/jtj/streets",
    "/data/jtj/streets.json",
    "/data/jtj/streets.csv",
    "/data/jtj/STREETS.json",
    "/data/jtj/~73treets.json",
    "/data/jtj/streets/S1",
    "/data/jtj/streets/S1.json",
    "/data/jtj/streets.json?_search=%E8%A1%97",
]
SQL = [
    "select * from streets",
    "select count(*) from streets",
    "select * from [Streets] limit 1",
    "select b.编号, s.名称 from [bus-stops] b join streets s on s.代码 = b.街道",
    "select * from [bus-stops] where 街道 in (select 代码 from streets)",
    "select (select max(名称) from streets)",
    "with x as (select * from streets) select * from x",
    "select * from [bus-stops] union all select *, 1, 1, 1, 1, 1 from streets",
    "select rowid from [streets_fts] where [streets_fts] match '街道'",
    "select * from [streets_fts_data]",
    "select term from streets_fts_terms",
    "select term from temp.streets_fts_terms",
]


@pytest.fixture
def suspend(portal: RunningPortal) -> Iterator[Callable[..., None]]:
    """Write state.json as the service does; afterwards nothing is suspended."""
    public = portal.root / "var/public"
    public.mkdir(parents=True, exist_ok=True)

    def write(**state: object) -> None:
        beside = public / "state.part"
        beside.write_text(json.dumps(state, ensure_ascii=False), "utf-8")
        beside.replace(public / "state.json")

    yield write
    write(suspended={}, blocked_digests=[], under_query={})


NOTE = {"since": "2026-11-22", "reason": "有单位对数据权属提出异议。"}


def test_every_address_of_a_suspended_set_is_gone_at_once_and_back_at_once(
    portal: RunningPortal, suspend: Callable[..., None]
) -> None:
    before = {path: portal.get(path).status_code for path in BLOCKED}
    assert all(code in (200, 301, 404) for code in before.values())
    for sql in SQL:  # also fills whatever keeps statements
        for _ in range(3):
            answer = portal.get("/data/jtj.json", params={"sql": sql})
            assert answer.status_code == 200, answer.text

    suspend(suspended={"streets": NOTE})
    for path in BLOCKED:
        answer = portal.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 410, path
        assert answer.headers["cache-control"] == "no-store"
        assert "金鸡湖" not in answer.text
        assert "中止开放" in answer.text or "suspended" in answer.text
    for sql in SQL:
        for ending in ("json", "csv"):
            answer = portal.get(f"/data/jtj.{ending}", params={"sql": sql})
            assert answer.status_code == 410, (sql, answer.text[:200])
            assert "中止开放" in answer.text

    suspend(suspended={})
    assert {path: portal.get(path).status_code for path in BLOCKED} == before
    for sql in SQL:
        assert portal.get("/data/jtj.json", params={"sql": sql}).status_code == 200


def test_who_has_an_answer_already_is_told_that_it_is_another_one_now(
    portal: RunningPortal, suspend: Callable[..., None]
) -> None:
    """The names of streets come out of the suspended set: a 304 would say that they still stand there."""
    path = "/data/jtj/bus-stops.json?_labels=on"
    first = portal.get(path)
    tag = first.headers["etag"]
    assert portal.get(path, headers={"if-none-match": tag}).status_code == 304
    suspend(suspended={"streets": NOTE})
    answer = portal.get(path, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag
    assert answer.json()["rows"] != first.json()["rows"]


def test_the_explanation_says_since_when_and_why(portal: RunningPortal, suspend: Callable[..., None]) -> None:
    suspend(suspended={"streets": {**NOTE, "reason": "<b>理由</b>"}})
    page = portal.get("/dataset/streets/", headers={"accept": "text/html"}).text
    for words in (
        "该数据集已中止开放",
        "街道代码",
        "2026年11月22日",
        "&lt;b&gt;理由&lt;/b&gt;",
        "某市公共数据开放平台",
    ):
        assert words in page
    told = portal.get("/dataset/streets/streets.json").json()
    assert (told["status"], told["ok"]) == (410, False)
    assert "2026年11月22日" in told["detail"]
    english = portal.get("/en/dataset/streets/", headers={"accept": "text/html"}).text
    assert "This dataset is suspended" in english


def test_other_sets_stay_open_also_where_they_point_to_the_suspended_one(
    portal: RunningPortal, suspend: Callable[..., None]
) -> None:
    suspend(suspended={"streets": NOTE})
    for path in (
        "/dataset/bus-stops/",
        "/dataset/bus-stops/bus-stops.csv",
        "/data/jtj/bus-stops",
        "/data/jtj/bus-stops.json?_labels=on",
        "/data/jtj/bus-stops.json?_facet=%E8%A1%97%E9%81%93&_labels=on",
        "/data/jtj/bus-stops/3205000001",
        "/data/mzj/villages.json",
        "/data/jtj",
    ):
        assert portal.get(path).status_code == 200, path
    assert portal.get("/forms/correction/?dataset=streets").status_code == 200


def test_the_set_is_in_no_live_list(portal: RunningPortal, suspend: Callable[..., None]) -> None:
    suspend(suspended={"streets": NOTE}, under_query={"villages": {"since": "2026-11-20"}}, blocked_digests=["ab" * 32])
    tables = [table["name"] for table in portal.get("/data/jtj.json").json()["tables"]]
    assert "bus-stops" in tables
    assert not any(name.startswith("streets") for name in tables)
    assert "streets" not in portal.get("/data/").text.replace("/dataset/streets", "")
    assert portal.get("/state.json").json() == {
        "suspended": {"streets": NOTE},
        "under_query": {"villages": {"since": "2026-11-20"}},
    }


def test_blocked_content_is_withdrawn(portal: RunningPortal, suspend: Callable[..., None]) -> None:
    catalogue = json.loads((portal.root / "_build/live/catalogue.json").read_text("utf-8"))
    suspend(blocked_digests=[catalogue["datasets"]["villages"]["digest"]])
    for path in ("/dataset/villages/villages.csv", "/dataset/old-villages/", "/data/mzj/villages.json"):
        assert portal.get(path).status_code == 410
    assert portal.get("/dataset/streets/").status_code == 200


def test_a_broken_state_file_ends_no_suspension(portal: RunningPortal, suspend: Callable[..., None]) -> None:
    suspend(suspended={"streets": NOTE})

    def answers() -> set[int]:
        """Of the front, and of the query API, which reads the state by itself."""
        query = portal.get("/data/jtj.json", params={"sql": "select * from streets"})
        return {portal.get("/dataset/streets/").status_code, query.status_code}

    assert answers() == {410}  # now both know of it
    (portal.root / "var/public/state.json").write_text('{"suspended": {', "utf-8")
    for _ in range(3):
        assert answers() == {410}


def test_a_change_of_the_state_starts_a_rebuild(portal: RunningPortal, suspend: Callable[..., None]) -> None:
    builds = portal.root / "builds.log"
    before = len(builds.read_text().splitlines()) if builds.exists() else 0
    suspend(suspended={"villages": NOTE})
    wait_until(lambda: builds.exists() and len(builds.read_text().splitlines()) > before)
