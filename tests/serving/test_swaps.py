"""The portal stays up: ten releases swapped under load, failed builds, dead processes, a stop that leaves nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from portal.front.serve import serve
from portal.problems import PortalError
from portal.publish import roll_back
from tests.serving.city import release, settings_of
from tests.serving.conftest import RunningPortal, children, command_of
from tests.waiting import LONG, is_alive, wait_until

Make = Callable[..., RunningPortal]


class Reader(threading.Thread):
    """Reads pages with their assets, files and rows in a loop; keeps everything that was not as it should be."""

    def __init__(self, address: str, path: str) -> None:
        super().__init__()
        self.address, self.path = address, path
        self.stopping = threading.Event()
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        self.reads = 0

    def run(self) -> None:
        with httpx.Client(base_url=self.address, timeout=LONG, trust_env=False) as client:
            while not self.stopping.is_set():
                try:
                    self.read(client)
                except httpx.HTTPError as error:
                    self.wrong.append(repr(error))
                self.reads += 1

    def read(self, client: httpx.Client) -> None:
        answer = client.get(self.path)
        name = answer.headers.get("x-release", "")
        self.seen.add(name)
        if answer.status_code != 200:
            self.wrong.append(f"{self.path} {answer.status_code} {answer.text[:100]}")
        elif self.path.endswith("/"):
            words = set(re.findall(r"/assets/site\.(\w+)\.css|<footer>(\w+)<", answer.text))
            of_page = {one or other for one, other in words}
            if of_page != {name.removeprefix("r-")}:
                self.wrong.append(f"{name} shows {of_page}")
            for word in of_page:
                time.sleep(0.05)  # a browser asks for the parts a little later
                part = client.get(f"/assets/site.{word}.css")
                if part.status_code != 200 or f"/* {word} */" not in part.text:
                    self.wrong.append(f"asset of {word}: {part.status_code}")
        elif self.path.endswith("catalog.json") and f"r-{answer.json()['word']}" != name:
            self.wrong.append(f"{name} gives {answer.text}")


def test_ten_swaps_under_load_lose_no_request_and_mix_no_release(own_portal: Make) -> None:
    portal = own_portal(("w0",))
    paths = ["/", "/dataset/bus-stops/", "/catalog.json", "/data/jtj/bus-stops.json?_size=5", "/forms/x", "/state.json"]
    readers = [Reader(portal.address, path) for path in paths]
    for reader in readers:
        reader.start()
    try:
        wait_until(lambda: all(reader.reads for reader in readers))
        for number in range(1, 11):
            release(portal.root, f"w{number}")
            wait_until(lambda: f"r-w{number}" in readers[0].seen)  # noqa: B023
        wait_until(lambda: portal.get("/data/jtj/streets.json").headers["x-release"] == "r-w10")
        soon = [reader.reads + 10 for reader in readers]
        wait_until(lambda: all(reader.reads > enough for reader, enough in zip(readers, soon, strict=True)))
    finally:
        for reader in readers:
            reader.stopping.set()
        for reader in readers:
            reader.join()
    assert [fault for reader in readers for fault in reader.wrong] == []
    assert {f"r-w{n}" for n in range(11)} <= readers[0].seen
    assert portal.get("/").headers["x-release"] == "r-w10"
    assert portal.get("/assets/site.w8.css").status_code == 200  # the last three releases' assets stay
    assert portal.get("/assets/site.w7.css").status_code == 404
    wait_until(lambda: "已切换到版本 r-w10" in portal.output)
    wait_until(lambda: sum("datasette" in command_of(pid) for pid in portal.pids()) == 1)  # the old one drained


def test_a_page_that_is_gone_does_not_come_back_from_an_older_release(own_portal: Make) -> None:
    portal = own_portal(("one",))
    gone = portal.root / "_build/live/site/dataset/villages/villages.csv"
    assert portal.get("/dataset/villages/villages.csv").status_code == 200
    release(portal.root, "two")
    manifest = portal.root / "_build/releases/r-two/manifest.json"
    tree = json.loads(manifest.read_text("utf-8"))
    del tree["files"]["site/dataset/villages/villages.csv"]
    manifest.write_text(json.dumps(tree), "utf-8")
    front = next(pid for pid in portal.pids() if "portal.front" in command_of(pid))
    os.kill(front, signal.SIGKILL)  # it reads the manifest again
    wait_until(lambda: not is_alive(front) and _works(portal, "/"))
    assert portal.get("/").headers["x-release"] == "r-two"
    assert gone.exists()
    assert portal.get("/dataset/villages/villages.csv").status_code == 404


def test_going_back_one_release(own_portal: Make) -> None:
    portal = own_portal(("one", "two"))
    assert portal.get("/").headers["x-release"] == "r-two"
    assert roll_back(settings_of(portal.root)) == "r-one"
    wait_until(lambda: portal.get("/").headers["x-release"] == "r-one")
    wait_until(lambda: portal.get("/data/jtj/streets.json").headers["x-release"] == "r-one")


def test_the_first_release_is_built_and_a_failed_build_leaves_the_last_one(own_portal: Make) -> None:
    portal = own_portal((), word="first")
    assert portal.get("/").headers["x-release"] == "r-first"
    builds = portal.root / "builds.log"

    (portal.root / "next-word").write_text("fail", "utf-8")
    state = portal.root / "var/public/state.json"
    state.parent.mkdir(parents=True, exist_ok=True)

    def write(text: str) -> None:
        """At once, as the service does: a file that is half written would be a change of its own."""
        beside = state.with_suffix(".part")
        beside.write_text(text, "utf-8")
        beside.replace(state)

    write('{"suspended": {"villages": {"since": "2026-11-22"}}}')
    wait_until(lambda: "重新构建没有成功（退出码 1），继续提供版本 r-first" in portal.output)
    assert builds.read_text().split() == ["first", "fail"]
    assert portal.get("/").headers["x-release"] == "r-first"

    (portal.root / "next-word").write_text("second", "utf-8")
    write('{"suspended": {}}')
    wait_until(lambda: portal.get("/").headers["x-release"] == "r-second")


def test_processes_that_die_come_back(own_portal: Make) -> None:
    portal = own_portal()
    for name, path in (("datasette", "/data/jtj/streets.json"), ("formsapp", "/forms/"), ("portal.front", "/")):
        before = {pid for pid in portal.pids() if name in command_of(pid)}
        assert before, name
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: {pid for pid in portal.pids() if name in command_of(pid)} - before)  # noqa: B023
        wait_until(lambda: _works(portal, path))  # noqa: B023
    wait_until(lambda: "查询接口 已退出" in portal.output)


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("datasette", "/data/jtj/streets.json", "查询服务暂时不可用"),
        ("datasette", "/data/jtj/streets", "查询服务暂时不可用"),
        ("formsapp", "/forms/", "表单服务暂时不可用"),
    ],
)
def test_while_a_service_is_down_its_addresses_say_so_and_the_rest_works(
    own_portal: Make, name: str, path: str, words: str
) -> None:
    portal = own_portal()
    assert portal.get(path).status_code == 200
    portal.process.send_signal(signal.SIGSTOP)  # nobody starts it again
    try:
        leaders = [pid for pid in portal.pids() if name in command_of(pid)]
        group = [pid for leader in leaders for pid in (leader, *children(leader))]
        for leader in leaders:
            os.killpg(leader, signal.SIGKILL)  # each child leads a group: gunicorn's worker goes with it
        wait_until(lambda: not any(is_alive(pid) for pid in group))
        codes = []
        while not codes or codes[-1] == 502:  # over a connection that had been open; there are few of them
            answer = portal.get(path, headers={"accept": "text/html"})
            codes.append(answer.status_code)
            assert len(codes) < 10
        assert codes[-1] == 503
        assert words in answer.text
        assert answer.headers["retry-after"] == "3"
        assert "content-security-policy" in answer.headers
        if path.endswith(".json"):
            assert answer.json()["status"] == 503
        else:
            assert "某市公共数据开放平台" in answer.text
        assert portal.get("/dataset/bus-stops/").status_code == 200
        assert portal.get("/healthz").status_code == 200
    finally:
        portal.process.send_signal(signal.SIGCONT)
    wait_until(lambda: _works(portal, path))


def run_dir(portal: RunningPortal) -> Path:
    (config,) = [
        word
        for pid in portal.pids()
        for word in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        if word.endswith("front.json")
    ]
    return Path(config).parent


def test_a_stop_ends_everything_and_leaves_nothing(own_portal: Make) -> None:
    portal = own_portal()
    pids = portal.pids()
    folder = run_dir(portal)
    assert len(pids) == 3
    assert portal.stop() == 0
    for pid in pids:
        assert not Path(f"/proc/{pid}").exists()
    assert not folder.exists()


def test_children_end_with_a_supervisor_that_was_killed(own_portal: Make) -> None:
    portal = own_portal()
    pids = portal.pids()
    portal.process.kill()
    portal.process.wait(LONG)
    wait_until(lambda: not any(is_alive(pid) for pid in pids))


def test_a_taken_port_is_told_in_one_sentence(portal: RunningPortal, tmp_path: Path) -> None:
    port = int(portal.address.rsplit(":", 1)[1])
    with pytest.raises(PortalError, match=f"端口 {port} 不能使用"):
        serve(settings_of(tmp_path), port=port)


def _works(portal: RunningPortal, path: str) -> bool:
    try:
        return portal.get(path).status_code == 200
    except httpx.HTTPError:
        return False
