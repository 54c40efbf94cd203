"""What attackers send that no browser would, against the real processes."""

from __future__ import annotations

import json
import select
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal.front.connections import STALLED_SECONDS
from portal.front.headers import CSP
from tests.serving.conftest import RunningPortal, command_of
from tests.serving.test_pages import raw_request, site
from tests.waiting import LONG, wait_until

FILE = "/dataset/bus-stops/bus-stops.csv"


def dial(portal: RunningPortal) -> socket.socket:
    where = urlsplit(portal.address)
    return socket.create_connection((where.hostname, where.port), timeout=LONG)


def open_files(portal: RunningPortal, name: str) -> int:
    """How many files and connections a process of the portal has open."""
    (pid,) = [pid for pid in portal.pids() if name in command_of(pid)]
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def test_bodies_that_never_come_hold_no_thread_of_the_forms(portal: RunningPortal) -> None:
    head = b"POST /forms/x/ HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 5000\r\n\r\na=1"
    before = open_files(portal, "portal.front")
    held = [dial(portal) for _ in range(20)]
    try:
        for one in held:
            one.sendall(head)
        wait_until(lambda: open_files(portal, "portal.front") >= before + len(held))
        assert portal.client.post("/forms/x/", content=b"a=1").json()["body"] == 3
        assert select.select(held, [], [], 0)[0] == []  # all of them still hang: nobody waited for their end
    finally:
        for one in held:
            one.close()


@pytest.mark.parametrize(
    "wanted", ["0-" + "9" * 5000, "-" + "9" * 5000, "9" * 5000 + "-", ",".join(f"{n}-{n}" for n in range(3000)), "٣-٤"]
)
def test_ranges_out_of_all_proportion_mean_the_whole_file(portal: RunningPortal, wanted: str) -> None:
    headers = {"range": f"bytes={wanted}".encode(), "accept-encoding": "identity"}
    answer = portal.get(FILE, headers=headers)
    assert (answer.status_code, answer.content) == (200, site(portal, FILE[1:]))


@pytest.mark.parametrize(
    "host", ['"><script>alert(1)</script>', "a b", "[::1", "", "x" * 300, "evil\xff", "a@b", "a/b"]
)
@pytest.mark.parametrize("path", ["/", "/data/jtj/bus-stops.json?_size=1", "/data/jtj/bus-stops?_size=1", "/forms/"])
def test_a_host_that_is_none_is_refused_and_not_shown(portal: RunningPortal, path: str, host: str) -> None:
    told = raw_request(portal, f"GET {path} HTTP/1.1", host=host)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert "请求无法识别".encode() in told
    assert b"script" not in told.partition(b"\r\n\r\n")[2]


def test_hosts_of_every_honest_kind_are_answered(portal: RunningPortal) -> None:
    for host in ("data.example.org", "data.example.org:8000", "127.0.0.1:80", "[::1]:8000", "localhost", "a_b.c."):
        assert raw_request(portal, "GET / HTTP/1.1", host=host).startswith(b"HTTP/1.1 200 "), host


@pytest.mark.parametrize(
    ("line", "headers", "body"),
    [
        (
            "POST /forms/x/",
            ["Content-Length: 5", "Transfer-Encoding: chunked"],
            "0\r\n\r\nGET /forms/y HTTP/1.1\r\n\r\n",
        ),
        ("POST /forms/x/", ["Content-Length: 5", "Content-Length: 6"], "hello!"),
        ("POST /forms/x/", ["Transfer-Encoding: chunked, identity"], "5\r\nhello\r\n0\r\n\r\n"),
        ("POST /forms/x/", ["Transfer-Encoding : chunked"], "5\r\nhello\r\n0\r\n\r\n"),
        ("POST /forms/x/", ["X: y\nTransfer-Encoding: chunked"], "0\r\n\r\n"),
        ("POST /forms/x/", ["Transfer-Encoding: chunked"], "FFFFFFFFFFFFFFFFF\r\n"),
    ],
)
def test_requests_of_two_lengths_are_refused(portal: RunningPortal, line: str, headers: list[str], body: str) -> None:
    told = raw_request(portal, f"{line} HTTP/1.1", *headers, body=body)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert told.count(b"HTTP/1.1 ") == 1


def test_one_callers_cookies_never_travel_with_another_caller(portal: RunningPortal) -> None:
    """The forms set a cookie on every answer here; nobody else may be taken for who got it."""
    for _ in range(5):
        assert "set-cookie" in portal.get("/forms/").headers
        portal.client.cookies.clear()
        assert "cookie" not in portal.get("/forms/").json()["headers"]
        portal.client.cookies.clear()


def test_the_forms_are_told_nothing_that_the_caller_did_not_say(portal: RunningPortal) -> None:
    told = raw_request(portal, "GET /forms/x/ HTTP/1.1")
    assert set(json.loads(told.partition(b"\r\n\r\n")[2].split(b"\r\n")[1])["headers"]) == {
        "host", "x_forwarded_for", "x_forwarded_proto", "x_forwarded_host",
    }  # fmt: skip


def test_what_stands_behind_a_body_reaches_nobody(portal: RunningPortal) -> None:
    """Each answer belongs to its own request, whatever was sent before over the same connections behind the front."""
    inner = "POST /forms/inner/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    for headers, body in (
        (["Connection: content-length, close", f"Content-Length: {len(inner)}"], inner),
        (["Transfer-Encoding: chunked"], f"{len(inner):x}\r\n{inner}\r\n0\r\n\r\n"),
    ):
        assert b'"body": ' + str(len(inner)).encode() in raw_request(
            portal, "POST /forms/outer/ HTTP/1.1", *headers, body=body
        )
        for _ in range(6):
            assert portal.client.post("/forms/next/", content=b"1234").json()["path"] == "/forms/next/"


@pytest.mark.parametrize("path", ["/healthz", "/state.json", "/", FILE, "/data/jtj/bus-stops.json", "/forms/"])
def test_methods_that_nothing_here_knows_are_refused(portal: RunningPortal, path: str) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        answer = portal.client.request(method, path)
        assert answer.status_code == 405, method
        assert "GET" in answer.headers["allow"]


def test_addresses_with_line_breaks_are_ours_to_answer_and_to_log(portal: RunningPortal) -> None:
    answer = portal.get("/datasets%0d%0aSet-Cookie:%20a=b")
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"] == CSP
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "there"),
    [("/data/jtj/", "/data/jtj"), ("/data/jtj/bus-stops/", "/data/jtj/bus-stops"), ("/data/jtj/?x=1", "/data/jtj?x=1")],
)
def test_a_slash_too_many_leads_back_below_data(portal: RunningPortal, asked: str, there: str) -> None:
    answer = portal.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (301, there)
    assert portal.get(there).status_code == 200


def test_percent_encoded_addresses_of_the_query_api_work_without_a_detour(portal: RunningPortal) -> None:
    plain = portal.get("/data/jtj/bus-stops/3205000001.json").json()
    for path in ("/data/jtj/bus%2Dstops/3205000001.json", "/data/%6Atj/bus-stops/3205000001%2Ejson"):
        answer = portal.get(path)
        assert (answer.status_code, answer.json()["rows"]) == (200, plain["rows"])
    for path in (
        "/data/%252d/versions.json",
        "/data/~2D/databases.json",
        "/data/%5fmemory.json",
        "/data/~5fmemory.json",
    ):
        assert portal.get(path).status_code == 404


def test_a_refused_query_leaves_no_trace_of_what_was_asked(portal: RunningPortal) -> None:
    portal.get("/data/jtj.json", params={"sql": "select * from nothing where name = '张三'"})
    portal.get("/data/jtj/bus-stops.json", params={"_where": "张三丰 = 1"})
    written = "".join(log.read_text("utf-8") for log in (portal.root / "var/log").iterdir())
    assert "张三" not in written


def test_what_people_send_is_for_this_user_only(portal: RunningPortal) -> None:
    assert (portal.root / "var/log").stat().st_mode & 0o077 == 0
    for pid in portal.pids():
        mask = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("Umask"))
        assert mask.split()[1] == "0077", command_of(pid)


def test_slow_readers_of_the_query_api_keep_nobody_else_from_it(portal: RunningPortal) -> None:
    """They wait at their own turns: two for one address, and the other connections to the process stay free."""
    sql = (
        "with recursive c(n) as (select 1 union all select n + 1 from c limit 900) select n, hex(zeroblob(4000)) from c"
    )
    head = f"GET /data/jtj.json?sql={sql.replace(' ', '%20')} HTTP/1.1\r\nHost: portal.test\r\n\r\n".encode()
    stalled = [dial(portal) for _ in range(10)]
    try:
        for one in stalled:
            one.sendall(head)
        wait_until(lambda: len(select.select(stalled, [], [], 0)[0]) >= 2)  # two are being answered, and do not read
        from tests.serving.test_hostile import direct  # the query API itself, as another address sees it

        began = time.monotonic()
        assert direct(portal, "/jtj/streets.json?_size=1") == 200
        assert time.monotonic() - began < STALLED_SECONDS * 0.9  # before the front gives the slow ones up
        assert portal.get("/dataset/bus-stops/").status_code == 200
    finally:
        for one in stalled:
            one.close()
