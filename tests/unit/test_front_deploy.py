"""The files in deploy/ agree with the code, and with the programs that read them where those are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from portal.front.app import FORM_BYTES
from portal.settings import CODE

DEPLOY = CODE / "deploy"


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


def test_all_speak_of_the_same_address_size_and_switch() -> None:
    megabytes = FORM_BYTES >> 20
    assert f"client_max_body_size {megabytes}m;" in text("nginx/kaishu.conf")
    assert f"max_size {megabytes}MB" in text("caddy/Caddyfile")
    for name in ("nginx/kaishu.conf", "caddy/Caddyfile"):
        assert "127.0.0.1:8000" in text(name)
    unit = text("systemd/kaishu.service")
    assert "build.py serve --host 127.0.0.1 --port 8000" in unit
    assert "KAISHU_BEHIND_PROXY=1" in unit
    assert 'get("KAISHU_BEHIND_PROXY") == "1"' in (CODE / "portal/front/serve.py").read_text("utf-8")
    assert "desk usage import" in text("systemd/kaishu-usage.service")


def test_no_proxy_writes_whole_addresses_down() -> None:
    assert len(re.findall(r"access_log off;", text("nginx/kaishu.conf"))) == 2
    assert not re.search(r"^\s*log\b", text("caddy/Caddyfile"), re.M)


def test_the_readme_names_files_that_exist() -> None:
    for name in re.findall(r"deploy/([\w./*-]+)", text("README.md")):
        assert list(DEPLOY.glob(name)), name


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("unit", ["kaishu.service", "kaishu-usage.service", "kaishu-usage.timer"])
def test_systemd_understands_the_units(unit: str, tmp_path: Path) -> None:
    for source in (DEPLOY / "systemd").iterdir():
        body = source.read_text("utf-8").replace("/srv/kaishu/.venv/bin/python", "/bin/true")
        (tmp_path / source.name).write_text(body, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / unit)], capture_output=True, text=True, timeout=600, check=False
    )
    assert unit not in done.stderr
