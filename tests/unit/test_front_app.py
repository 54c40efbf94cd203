"""What needs no other process: the equal limit, who is believed about the caller, a portal before its first release."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from portal.front import proxy
from portal.front.app import FrontConfig, create_app
from portal.front.limits import Limits, Rate
from portal.publish import publish
from portal.settings import SHANGHAI, Settings
from tests.waiting import LONG


def app(root: Path, *, limits: Limits | None = None, behind_proxy: bool = False, released: bool = True) -> Any:
    build, var = root / "_build", root / "var"
    if released and not build.exists():
        work = build / "work"
        (work / "site").mkdir(parents=True)
        (work / "site/index.html").write_text("<h1>home</h1>", "utf-8")
        (work / "catalogue.json").write_text('{"datasets": {}}', "utf-8")
        now = datetime(2026, 11, 22, tzinfo=SHANGHAI)
        publish(work, Settings(root=root, build=build, var=var, now=now), "r1")
    return create_app(
        FrontConfig(
            build=build,
            var=var,
            upstreams=root / "upstreams.json",
            clock=lambda: datetime(2026, 11, 22, tzinfo=SHANGHAI),
            limits=limits or Limits(),
            behind_proxy=behind_proxy,
        )
    )


def ask(application: Any, *asked: dict[str, Any], address: str = "203.0.113.7") -> list[httpx.Response]:
    """Requests one after the other, from one address."""

    async def scene() -> list[httpx.Response]:
        transport = httpx.ASGITransport(application, client=(address, 1234))
        async with (
            application.router.lifespan_context(application),
            httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client,
        ):
            return [await client.request(one.pop("method", "GET"), one.pop("url", "/"), **one) for one in asked]

    return asyncio.run(scene())


def test_the_limit_is_equal_for_all_and_says_when_to_come_back(tmp_path: Path) -> None:
    limits = Limits(files=Rate(per_second=0.5, burst=3))
    application = app(tmp_path, limits=limits)
    groups: list[dict[str, Any]] = [
        {},
        {"headers": {"user-agent": "Googlebot", "cookie": "vip=1", "authorization": "Bearer x"}},
        {"headers": {"x-forwarded-for": "8.8.8.8", "referer": "https://gov.cn/"}},
        {"headers": {"accept": "text/html"}},
        {"headers": {"x-forwarded-for": "9.9.9.9"}},
    ]
    answers = ask(application, *groups)
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[3].headers["retry-after"] == "2"
    assert "请求过于频繁" in answers[3].text
    assert "content-security-policy" in answers[3].headers
    (other,) = ask(application, {}, address="198.51.100.1")
    assert other.status_code == 200


def test_queries_and_sends_have_buckets_of_their_own(tmp_path: Path) -> None:
    limits = Limits(files=Rate(1, 100), queries=Rate(0.1, 1), sends=Rate(0.1, 1))
    application = app(tmp_path, limits=limits)
    query, form = {"url": "/data/a/b.json"}, {"url": "/forms/x/", "method": "POST"}
    codes = [answer.status_code for answer in ask(application, query, dict(query), form, dict(form), {}, {})]
    assert codes == [503, 429, 503, 429, 200, 200]  # 503: nobody is behind in this test


def addresses(root: Path) -> list[str]:
    (log,) = (root / "var/log").glob("*.jsonl")
    return [json.loads(line)["address"] for line in log.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("behind", "peer", "logged"),
    [
        (False, "127.0.0.1", "127.0.0.0/24"),
        (True, "127.0.0.1", "198.51.100.0/24"),
        (True, "::1", "198.51.100.0/24"),
        (True, "203.0.113.7", "203.0.113.0/24"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(tmp_path: Path, behind: bool, peer: str, logged: str) -> None:
    application = app(tmp_path, behind_proxy=behind)
    ask(application, {"headers": {"x-forwarded-for": "1.2.3.4, 198.51.100.9"}}, address=peer)
    assert addresses(tmp_path) == [logged]


def test_before_the_first_release_the_portal_says_so(tmp_path: Path) -> None:
    page, health, state = ask(
        app(tmp_path, released=False),
        {"headers": {"accept": "text/html"}},
        {"url": "/healthz"},
        {"url": "/state.json"},
    )
    assert (page.status_code, health.status_code, state.status_code) == (503, 503, 200)
    assert "网站正在准备" in page.text
    assert page.headers["retry-after"] == "5"
    assert health.json() == {"ok": False, "release": None, "data": False, "forms": False}


def test_a_release_that_is_not_whole_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    application = app(tmp_path)
    broken = tmp_path / "_build/releases/r2"
    broken.mkdir()
    (broken / "manifest.json").write_text('{"release": "r2", "fil', "utf-8")

    async def scene() -> tuple[str, str]:
        transport = httpx.ASGITransport(application)
        async with (
            application.router.lifespan_context(application),
            httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client,
        ):
            before = (await client.get("/")).headers["x-release"]
            live = tmp_path / "_build/live"
            live.unlink()
            live.symlink_to("releases/r2")
            await client.get("/")
            while "版本 r2 读不出来" not in capsys.readouterr().out:  # it was tried
                await asyncio.sleep(0.01)
            return before, (await client.get("/")).headers["x-release"]

    assert asyncio.run(asyncio.wait_for(scene(), LONG)) == ("r1", "r1")


def test_a_body_that_takes_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "BODY_SECONDS", 0.2)
    application = app(tmp_path)
    (tmp_path / "upstreams.json").write_text('{"forms": {"socket": "/nowhere"}}', "utf-8")

    async def dripping() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.05)

    (slow,) = ask(application, {"url": "/forms/x/", "method": "POST", "content": dripping()})
    assert slow.status_code == 408
    assert "没有保存" in slow.text


def test_errors_as_json_speak_both_languages(tmp_path: Path) -> None:
    for path, here, there in (("/x.json", "error", "error_en"), ("/en/x.json", "error", "error_zh")):
        (answer,) = ask(app(tmp_path), {"url": path})
        told = answer.json()
        assert told["status"] == answer.status_code == 404
        assert told["ok"] is False
        assert told[here]
        assert told[there]
