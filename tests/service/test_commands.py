"""The desk as an operator runs it: `build.py desk …` in a process of its own, beside a running service."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx

from tests.service.people import OPINION, hidden_of
from tests.service.server import ROOT, Server
from tests.waiting import LONG


def test_the_desk_sees_what_the_service_stored(tmp_path: Path) -> None:
    for name in ("catalog", "_build"):
        (tmp_path / name).mkdir()
    (tmp_path / "catalog/calendar.yml").write_bytes((ROOT / "catalog/calendar.yml").read_bytes())
    server = Server(tmp_path)
    server.live.rename(tmp_path / "_build" / "live")
    server.environ |= {"KAISHU_ROOT": str(tmp_path), "KAISHU_LIVE": str(tmp_path / "_build/live")}
    server.start()
    try:
        with httpx.Client(base_url=server.address, timeout=LONG) as client:
            page = client.get("/forms/opinion/").text
            assert client.post("/forms/opinion/", data={**hidden_of(page), **OPINION}).status_code == 200
        listed = desk(server, tmp_path, "list")
        assert listed.returncode == 0, listed.stderr
        assert "YJ-20" in listed.stdout
        assert "希望能按区筛选" in listed.stdout
        assert desk(server, tmp_path, "suspend", "bus-stops", "--reason", "正在核实").returncode == 0
        state = json.loads((server.var / "public/state.json").read_text("utf-8"))
        assert list(state["suspended"]) == ["bus-stops"]
        assert desk(server, tmp_path, "audit", "verify").stdout == "审计记录完整。\n"
        wrong = desk(server, tmp_path, "suspend", "nope", "--reason", "正在核实")
        assert (wrong.returncode, wrong.stderr) == (2, "目录中没有数据集“nope”。\n")
    finally:
        server.close()


def test_djangos_own_deployment_checks_find_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path, KAISHU_HTTPS="1", DJANGO_SETTINGS_MODULE="portal.service.settings")
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    checked = subprocess.run(command, env=server.environ, capture_output=True, text=True, cwd=ROOT, check=False)
    server.close()
    assert checked.returncode == 0, checked.stderr


def desk(server: Server, root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), "desk", "--root", str(root), *words]
    return subprocess.run(command, env=server.environ, capture_output=True, text=True, cwd=ROOT, check=False)
