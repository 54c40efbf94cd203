"""The supervisor: one command starts pages, query API and forms, watches them, and keeps the portal up to date.

- first release missing → build it; a later build that fails leaves the last good release live;
- a new live release → a NEW query API on the new files, the front goes over when it answers, the old one drains:
  an open immutable database is never swapped under a process (service.md §9.1);
- state.json changed, a start, or 00:05 in Shanghai → a rebuild, for the files that list many sets and for all that
  depends on the day (where nothing changed it ends in seconds with the same release); at 00:05 also the day's chores;
- a process that ends → started again, ever more patiently; SIGTERM or Ctrl-C → all end.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from portal.front.chores import Chores
from portal.front.limits import Limits
from portal.front.processes import (
    STOP_SECONDS,
    Child,
    Running,
    answers,
    datasette_child,
    forms_child,
    front_child,
    hold,
    shorten_log,
    write_front_config,
)
from portal.problems import Exit, PortalError
from portal.settings import CODE, SHANGHAI, Settings, environment, wall_clock
from portal.state import read_once

TICK_SECONDS = 0.25
DRAIN_SECONDS = 15.0
"""How long the old query API may finish what it began; its longest query takes about a second."""
READY_SECONDS = 60.0
AFTER_MIDNIGHT = timedelta(minutes=5)


def say(text: str) -> None:
    """Tell the operator."""
    print(text, flush=True)  # noqa: T201 -- this is what the operator sees


@dataclass(frozen=True)
class Ways:
    """What a test replaces: the command that builds, the process that takes forms, the clock, the work at a start."""

    build: Sequence[str] | None = None
    forms: Callable[[Path, Settings, Mapping[str, str]], Child] = forms_child
    clock: Callable[[], datetime] = wall_clock
    limits: Limits = field(default_factory=Limits)
    at_start: bool = True  # rebuild and do the chores at once, not only when something changes


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    behind_proxy: bool = False,
    environ: Mapping[str, str] | None = None,
    ways: Ways | None = None,
) -> int:
    """Serve the whole portal behind one address until SIGTERM or Ctrl-C; the exit code.

    `port` 0 takes a free one. `behind_proxy` (or KAISHU_BEHIND_PROXY=1): a proxy on this machine stands in front, and
    its X-Forwarded-For and X-Forwarded-Proto are believed. Raises PortalError where the address is taken, the first
    build fails or the service's state can't be read.
    """
    read_once(settings.var / "public" / "state.json")
    known = environ if environ is not None else environment()
    supervisor = Supervisor(settings, known, ways or Ways())
    return supervisor.run(host, port, behind_proxy=behind_proxy or known.get("KAISHU_BEHIND_PROXY") == "1")


class Supervisor:
    """Holds the processes; `run` does the whole of it."""

    def __init__(self, settings: Settings, environ: Mapping[str, str], ways: Ways) -> None:
        self.settings = settings
        self.environ = environ
        self.ways = ways
        self.stopping = threading.Event()
        self.run_dir = Path(tempfile.mkdtemp(prefix="kaishu-"))  # short, because socket addresses must be
        self.upstreams = self.run_dir / "upstreams.json"
        self.held = settings.build / "serving" / str(os.getpid())
        self.children: dict[str, Running] = {}
        self.next_data: tuple[str, Running, Path] | None = None
        self.draining: list[tuple[float, Running]] = []
        self.data_release: str | None = None
        self.data_socket: Path | None = None
        self.serial = 0
        self.building: subprocess.Popen[bytes] | None = None
        self.build_again = False
        self.state_seen: int | None = None
        self.day_done: date | None = None
        self.told = False
        self.chores = Chores(settings, environ)

    # -- the line of events ------------------------------------------------------------------------------------

    def run(self, host: str, port: int, *, behind_proxy: bool) -> int:
        """Start, watch, end."""
        listening = _listen(host, port)
        before = {number: signal.signal(number, self._asked_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._first_build()
            self._start(listening, behind_proxy=behind_proxy)
            while not self.stopping.wait(TICK_SECONDS):
                self._tick()
                if not self.told and self._ready():
                    self.told = True
                    _tell_where(*listening.getsockname()[:2])
            return Exit.DONE
        finally:
            self._end()
            listening.close()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked_to_stop(self, *_: object) -> None:
        self.stopping.set()

    def _first_build(self) -> None:
        if self._live():
            if self.ways.at_start:
                self._rebuild("检查目录有无变化")
            return
        say("还没有可用的版本，正在进行第一次构建……")
        process = subprocess.Popen(self._build_command(), cwd=CODE, env=dict(self.environ))
        while process.poll() is None:
            if self.stopping.wait(TICK_SECONDS):
                process.terminate()
                process.wait()
                raise KeyboardInterrupt
        if not self._live():
            raise PortalError(f"第一次构建没有完成（退出码 {process.returncode}），请按上面的提示修改后重试。")

    def _start(self, listening: socket.socket, *, behind_proxy: bool) -> None:
        (self.settings.var / "log").mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_the_dead(self.held.parent)
        self._write_upstreams()
        config = self.run_dir / "front.json"
        write_front_config(config, self.settings, self.upstreams, limits=self.ways.limits, behind_proxy=behind_proxy)
        now = time.monotonic()
        self.children["front"] = Running(front_child(config, listening.fileno(), self.environ))
        self.children["forms"] = Running(self.ways.forms(self._forms_socket, self.settings, self.environ))
        for running in self.children.values():
            running.start(now)
        self.state_seen = self._state_mark()
        self.day_done = (self.ways.clock().astimezone(SHANGHAI) - AFTER_MIDNIGHT).date()
        if self.ways.at_start:
            self.chores.begin()

    def _tick(self) -> None:
        now = time.monotonic()
        for running in self.children.values():
            if news := running.tend(now):
                say(news)
        self._follow_release(now)
        self._follow_state_and_day()
        self._follow_build()
        if news := self.chores.tend(now):
            say(news)
        for log in ("data.log", "forms.log"):
            shorten_log(self.settings.var / "log" / log)

    def _end(self) -> None:
        """Everything ends: the front first, so that nobody is handed on to a process that is leaving."""
        everyone = [*self.children.values(), *(running for _, running in self.draining)]
        if self.next_data:
            everyone.append(self.next_data[1])
        if self.building and self.building.poll() is None:
            self.building.terminate()
            self.building.wait()
        self.chores.stop()
        for running in everyone:
            running.stop()
        deadline = time.monotonic() + STOP_SECONDS
        for running in everyone:
            running.wait(max(0.1, deadline - time.monotonic()))
        shutil.rmtree(self.run_dir, ignore_errors=True)
        shutil.rmtree(self.held, ignore_errors=True)

    # -- the query API follows the live release ----------------------------------------------------------------

    def _follow_release(self, now: float) -> None:
        live = self._live()
        if self.next_data and self.next_data[0] != live:
            self._drain(self.next_data[1], now)
            self.next_data = None
        if live and live != self.data_release and self.next_data is None:
            self._prepare_data(live, now)
        if self.next_data:
            self._switch_data(now)
        for until, running in list(self.draining):
            if now >= until or (running.process and running.process.poll() is not None):
                running.stop()
                running.wait(STOP_SECONDS)
                self.draining.remove((until, running))
                shutil.rmtree(running.child.environ["KAISHU_LIVE"], ignore_errors=True)

    def _prepare_data(self, live: str, now: float) -> None:
        self.serial += 1
        where = self.run_dir / f"data-{self.serial}.sock"
        held = self.held / str(self.serial)
        try:
            hold(self.settings.build / "releases" / live, held)
        except OSError:
            shutil.rmtree(held, ignore_errors=True)
            return  # pruned meanwhile; the next look finds the release after it
        running = Running(datasette_child(held, where, self.settings, self.environ))
        running.start(now)
        self.next_data = (live, running, where)

    def _switch_data(self, now: float) -> None:
        """Go over to the new query API once it answers; the old one finishes what it began."""
        if self.next_data is None:
            return
        live, running, where = self.next_data
        if running.process is None or running.process.poll() is not None:
            if news := running.tend(now):
                say(news)
            return
        if not answers(where):
            return
        old = self.children.get("data")
        self.children["data"] = running
        self.data_release, self.data_socket, self.next_data = live, where, None
        self._write_upstreams()
        if old:
            self._drain(old, now)
            say(f"已切换到版本 {live}")

    def _drain(self, running: Running, now: float) -> None:
        self.draining.append((now + DRAIN_SECONDS, running))

    def _write_upstreams(self) -> None:
        tree: dict[str, dict[str, str | None]] = {"forms": {"socket": str(self._forms_socket)}}
        if self.data_socket:
            tree["data"] = {"socket": str(self.data_socket), "release": self.data_release}
        beside = self.upstreams.with_suffix(".part")
        beside.write_text(json.dumps(tree), "utf-8")
        beside.replace(self.upstreams)

    # -- rebuilding --------------------------------------------------------------------------------------------

    def _follow_state_and_day(self) -> None:
        mark = self._state_mark()
        if mark != self.state_seen:
            self.state_seen = mark
            self._rebuild("开放状态有变化")
        day = (self.ways.clock().astimezone(SHANGHAI) - AFTER_MIDNIGHT).date()
        if day != self.day_done:
            self.day_done = day
            self._rebuild("新的一天")
            self.chores.begin()

    def _rebuild(self, why: str) -> None:
        if self.building:
            self.build_again = True
            return
        say(f"{why}，开始重新构建")
        plain = {**self.environ, "TTY_COMPATIBLE": "0"}  # no moving line: others speak at the same time
        self.building = subprocess.Popen(self._build_command(), cwd=CODE, env=plain)

    def _follow_build(self) -> None:
        if self.building is None or self.building.poll() is None:
            return
        if self.building.returncode != 0:
            say(f"重新构建没有成功（退出码 {self.building.returncode}），继续提供版本 {self._live()}")
        self.building = None
        if self.build_again:
            self.build_again = False
            self._rebuild("构建期间又有变化")

    def _build_command(self) -> list[str]:
        if self.ways.build:
            return list(self.ways.build)
        settings = self.settings
        where = ["--root", str(settings.root), "--build", str(settings.build), "--jobs", str(settings.jobs)]
        return [sys.executable, str(CODE / "build.py"), *where, "--lang", settings.lang]

    # -- looking -----------------------------------------------------------------------------------------------

    @property
    def _forms_socket(self) -> Path:
        return self.run_dir / "forms.sock"

    def _live(self) -> str | None:
        try:
            return self.settings.live.readlink().name
        except OSError:
            return None

    def _state_mark(self) -> int | None:
        try:
            return (self.settings.var / "public" / "state.json").stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def _ready(self) -> bool:
        """Whether everything answers; after a minute of waiting the operator is told anyway."""
        front = self.children["front"]
        return (self.data_socket is not None and self._forms_socket.exists()) or (
            time.monotonic() - front.started > READY_SECONDS
        )


def _listen(host: str, port: int) -> socket.socket:
    """The open socket that the front gets. Raises PortalError where the address can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise PortalError(
            f"端口 {port} 不能使用（{error.strerror}）。请换一个端口：build.py serve --port 8080"
        ) from error
    listening.listen(2048)
    return listening


def _forget_the_dead(folder: Path) -> None:
    """Remove what supervisors held that were killed and could not do it themselves."""
    for held in folder.glob("*"):
        if not Path("/proc", held.name).exists() or held.name == str(os.getpid()):
            shutil.rmtree(held, ignore_errors=True)


def _tell_where(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    say(
        f"\n平台已启动：{address}/\n"
        f"  数据目录  {address}/datasets/\n"
        f"  数据查询  {address}/data/\n"
        f"  意见建议  {address}/forms/\n"
        f"按 Ctrl-C 停止。\n"
    )
