"""Strangers' SQL against the real process (service.md §8.3): it ends soon, takes little memory, learns nothing.

The ceilings are 5 s of a processor, whatever else the machine that tests has to do, and 300 MB; the portal's own
limits are 1 s of SQL and 2 MB a value.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.serving.conftest import RunningPortal
from tests.waiting import LONG, effort, wait_until

SECONDS = 5.0
MEGABYTES = 300

MANY = "with recursive c(n) as (select 1 union all select n + 1 from c"
HOSTILE = {
    "endless recursion": f"{MANY}) select count(*) from c",
    "cross join": "select count(*) from [bus-stops] a, [bus-stops] b, [bus-stops] c, [bus-stops] d",
    "large blob": "select hex(zeroblob(300000000))",
    "large printf": "select printf('%.*c', 500000000, 'x')",
    "large random blob": "select randomblob(500000000)",
    "many large values": f"{MANY} limit 1000) select hex(zeroblob(2400000)) from c",
    "many large values as a group": f"{MANY} limit 1000) select json_group_array(hex(zeroblob(2400000))) from c",
    "replace that grows": "select replace(hex(zeroblob(2400000)), '00', hex(zeroblob(2400000)))",
    "group_concat": f"{MANY} limit 3000000) select group_concat(n) from c",
    "json group": f"{MANY} limit 3000000) select json_group_array(n) from c",
    "large sort": "select a.*, random() as r from [bus-stops] a, [bus-stops] b, [bus-stops] c order by r",
    "like that explodes": "select '" + "a" * 900 + "' like '" + "%a" * 450 + "b'",
    "glob that explodes": "select '" + "a" * 900 + "' glob '" + "*a" * 450 + "b'",
    "long pattern": "select 'a' like '" + "%" * 3000 + "'",
    "like over a large value": "select hex(zeroblob(990000)) like '%" + "0" * 190 + "1'",
    "glob over a large value": "select hex(zeroblob(990000)) glob '*" + "0*" * 90 + "1'",
    "instr": "select instr(hex(zeroblob(900000)), hex(zeroblob(400000)) || '1')",
    "replace": "select length(replace(hex(zeroblob(900000)), hex(zeroblob(400000)) || '1', 'x'))",
    "replace by much": "select length(replace(hex(zeroblob(900000)), '0', hex(zeroblob(900000))))",
    "trim": "select length(trim(hex(zeroblob(900000)), replace(hex(zeroblob(60000)), '0', 'b') || '0'))",
    "printf width": "select printf('%1000000000d', 1)",
    "json patch": f"{MANY} limit 30000), j(x) as (select '{{'||group_concat('\"k'||n||'\":1')||'}}' from c) "
    "select length(json_patch(j.x, k.x)) from j, j k",
    "units": "select convert_units(1, '10**10**9', 'm')",
    "many words": f"{MANY} limit 200000) select portal_matches(group_concat(n, ' '), group_concat(n)) from c",
    "full text": "select count(*) from [bus-stops_fts] where [bus-stops_fts] match '"
    + " OR ".join(["公*"] * 200)
    + "'",
    "deep expression": "select " + "(" * 900 + "1" + ")" * 900,
    "long sum": "select " + "+".join(["1"] * 8000),
    "many selects": " union all ".join(["select 1"] * 600),
    "regular function on all": "select portal_matches('x', group_concat(名称)) from [bus-stops] a, [bus-stops] b",
    "window over everything": f"{MANY} limit 3000000) select sum(n) over (order by n desc) from c",
    "json bomb": "select count(*) from json_tree('" + "[" * 1900 + "]" * 1900 + "')",
    "materialised": f"{MANY} limit 5000000), d as materialized (select n, hex(n) h from c) select count(*) from d, d e",
}
FORBIDDEN = {
    "paths": "select * from pragma_database_list()",
    "pragma": "pragma database_list",
    "settings": "select * from pragma_compile_options()",
    "function list": "select * from pragma_function_list()",
    "attach": "attach 'x.db' as x",
    "attach in a select": "select 1; attach 'x.db' as x",
    "write": "insert into streets values ('x', 'y', 'z')",
    "update": "update streets set 名称 = 'x'",
    "delete": "with x as (select 1) delete from streets",
    "drop": "drop table streets",
    "create": "create table x (a)",
    "temporary table": "create temp table x (a)",
    "virtual table": "create virtual table temp.x using fts5(a)",
    "extension": "select load_extension('/tmp/x.so')",
    "tokenizer": "select fts3_tokenizer('simple')",
    "file": "select readfile('/etc/passwd')",
    "write file": "select writefile('/tmp/x', 'y')",
    "vacuum into": "vacuum into '/tmp/x.db'",
    "two statements": "select 1; select 2",
    "fts command": "insert into [streets_fts]([streets_fts]) values ('rebuild')",
}  # fmt: skip


def peak_memory(pid: int) -> float:
    """The most memory that the process ever held, in MB."""
    line = next(one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def ask(portal: RunningPortal, sql: str, ending: str = "json") -> tuple[httpx.Response, float]:
    began = effort(portal.data_pid())
    answer = portal.get(f"/data/jtj.{ending}", params={"sql": sql})
    return answer, effort(portal.data_pid()) - began


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_soon_and_takes_little_memory(portal: RunningPortal, name: str) -> None:
    answer, seconds = ask(portal, HOSTILE[name])
    assert answer.status_code in (200, 400), answer.text[:300]
    assert seconds < SECONDS
    assert peak_memory(portal.data_pid()) < MEGABYTES
    if answer.status_code == 400:
        assert answer.json()["ok"] is False
    assert portal.get("/data/jtj/streets.json").status_code == 200


@pytest.mark.parametrize("ending", ["json", "csv"])
@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_is_not_a_read_of_the_tables_is_refused(portal: RunningPortal, name: str, ending: str) -> None:
    answer, _ = ask(portal, FORBIDDEN[name], ending)
    assert answer.status_code == 400, (name, answer.text[:300])
    assert answer.text.strip()
    for secret in ("/_build/", str(portal.root), "root:x", ".db"):
        assert secret not in answer.json().get("error", ""), name


def test_conditions_in_addresses_are_held_to_the_same_rules(portal: RunningPortal) -> None:
    where = "(select count(*) from [bus-stops] a, [bus-stops] b, [bus-stops] c, [bus-stops] d) > 0"
    began = effort(portal.data_pid())
    assert portal.get("/data/jtj/streets.json", params={"_where": where}).status_code == 400
    assert effort(portal.data_pid()) - began < SECONDS
    leak = "(select count(*) from pragma_database_list) > 0"
    assert portal.get("/data/jtj/streets.json", params={"_where": leak}).status_code == 400
    for odd in ("_next=%00", "_size=-1", "_size=x", "_sort=nothing", "_through=x", "_col=nothing", "_timelimit=x"):
        assert portal.get(f"/data/jtj/streets.json?{odd}").status_code in (200, 400), odd


def test_other_readers_are_served_meanwhile(portal: RunningPortal) -> None:
    """One address has two turns at a time; a third thread of the query API stays free for others.

    Who is served while not one of the long queries ends has waited for none of them.
    """
    stop = threading.Event()
    ended: list[int] = []

    def abuse() -> None:
        with httpx.Client(base_url=portal.address, timeout=LONG, trust_env=False) as client:
            while not stop.is_set():
                ended.append(client.get("/data/jtj.json", params={"sql": HOSTILE["endless recursion"]}).status_code)

    def undisturbed(times: int, ask: Callable[[], int]) -> bool:
        before = len(ended)
        assert [ask() for _ in range(times)] == [200] * times
        return len(ended) == before

    abusers = [threading.Thread(target=abuse) for _ in range(4)]
    for abuser in abusers:
        abuser.start()
    try:
        wait_until(lambda: len(ended) >= 4)
        wait_until(lambda: undisturbed(3, lambda: portal.get("/dataset/bus-stops/").status_code))
        # the query API itself, as another address sees it: past the front, on its socket
        wait_until(lambda: undisturbed(2, lambda: direct(portal, "/jtj/streets.json?_size=1")))
    finally:
        stop.set()
        for abuser in abusers:
            abuser.join()


def direct(portal: RunningPortal, path: str) -> int:
    """Ask the query API itself."""
    words = Path(f"/proc/{portal.data_pid()}/cmdline").read_bytes().decode().split("\0")
    transport = httpx.HTTPTransport(uds=words[words.index("--uds") + 1], verify=False)
    with httpx.Client(transport=transport, base_url="http://x", timeout=LONG) as client:
        return client.get(path).status_code


def test_the_whole_of_it_left_the_process_small(portal: RunningPortal) -> None:
    assert peak_memory(portal.data_pid()) < MEGABYTES
