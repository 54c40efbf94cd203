"""The whole portal as real processes: front, Datasette, and a gunicorn that echoes what forms get."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from portal.settings import CODE
from tests.serving.city import release
from tests.waiting import LONG, wait_until


@dataclass
class RunningPortal:
    """A portal that serves: its folder, its address, and a client that keeps no cookies."""

    root: Path
    address: str
    process: subprocess.Popen[str]
    client: httpx.Client

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.client.get(path, **options)  # type: ignore[arg-type]

    @property
    def output(self) -> str:
        return (self.root / "out.log").read_text("utf-8")

    def pids(self) -> list[int]:
        """The children of the supervisor."""
        return children(self.process.pid)

    def data_pid(self) -> int:
        """The process that runs strangers' SQL."""
        (pid,) = [pid for pid in self.pids() if "datasette" in command_of(pid)]
        return pid

    def stop(self) -> int:
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LONG)


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command_of(pid: int) -> str:
    """What a process runs; nothing where it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def start_portal(root: Path, word: str = "built", **environ: str) -> RunningPortal:
    """Start the supervisor and wait until it says where the portal is."""
    with (root / "out.log").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.serving.running", str(root), word],
            cwd=CODE,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "SECRET_OF_THE_FORMS": "geheim", **environ},
        )

    def address() -> str:
        told = (root / "out.log").read_text("utf-8")
        assert process.poll() is None, told
        found = re.search(r"平台已启动：(http://\S+)/\n", told)
        return found.group(1) if found else ""

    wait_until(address)
    client = httpx.Client(base_url=address(), timeout=LONG, trust_env=False)
    wait_until(lambda: all(client.get("/healthz").json().values()))  # the address is told after a minute in any case
    return RunningPortal(root, address(), process, client)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """One portal for all tests that leave it as they found it. Its folder's name is Chinese, with a blank."""
    root = tmp_path_factory.mktemp("city") / "开数 100%"
    (root / "_build").mkdir(parents=True)
    release(root, "one")
    running = start_portal(root, "one")
    yield running
    running.stop()


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[Callable[..., RunningPortal]]:
    """Portals for one test that does as it likes with them."""
    started: list[RunningPortal] = []

    def make(words: tuple[str, ...] = ("one",), word: str = "built") -> RunningPortal:
        root = tmp_path / "city"
        (root / "_build").mkdir(parents=True, exist_ok=True)
        for name in words:
            release(root, name)
        started.append(start_portal(root, word))
        return started[-1]

    yield make
    for running in started:
        running.stop()
