"""How many submissions a second the form service acknowledges, durably, with eight writers: `python -m bench.forms`.

Real gunicorn as the supervisor starts it, real SQLite with synchronous=FULL below --var (a disk, not a memory file
system, or the figure means nothing). The writers share the machine with the server, so the figure is a lower bound.
Budget (design §9): 100 acknowledged a second, p99 under 250 ms.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
BUDGET_RATE, BUDGET_P99 = 100, 0.250
STAMPS = "from portal.service.forms.base import new_stamp\nfrom portal.service.office import office\n"


def main() -> int:
    """Measure and print one table; exit code 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--var", type=Path, default=ROOT / "_build", help="where to put the database for the measure")
    words = parser.parse_args()
    words.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=words.var, prefix="bench-forms-") as folder:
        took, elapsed, stored = measure(Path(folder), words.writers, words.seconds)
    rate, p99 = len(took) / elapsed, statistics.quantiles(took, n=100)[98]
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}\n")
    print("| writers | acknowledged | stored | per second | median | p99 | longest |")
    print("|---|---|---|---|---|---|---|")
    print(
        f"| {words.writers} | {len(took)} | {stored} | {rate:.0f} | {statistics.median(took) * 1000:.0f} ms "
        f"| {p99 * 1000:.0f} ms | {max(took) * 1000:.0f} ms |"
    )
    return 0 if rate >= BUDGET_RATE and p99 <= BUDGET_P99 and stored >= len(took) else 1


def measure(folder: Path, writers: int, seconds: float) -> tuple[list[float], float, int]:
    """Durations of the acknowledged submissions, the time they took together, and how many cases were stored."""
    environ = {**os.environ, "KAISHU_VAR": str(folder / "var"), "KAISHU_LIVE": str(folder / "live"),
               "DJANGO_SETTINGS_MODULE": "portal.service.settings", "PYTHONPATH": str(ROOT)}  # fmt: skip
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "portal.service.wsgi:application", "--bind", f"127.0.0.1:{port}",
               "--workers", "1", "--threads", "8", "--no-control-socket", "--log-level", "warning"]  # fmt: skip
    server = subprocess.Popen(command, env=environ, cwd=ROOT)
    try:
        _wait(port)
        stamps = _stamps(environ, int(seconds * 600))
        stop = time.perf_counter() + seconds
        started = time.perf_counter()
        with ThreadPoolExecutor(writers) as pool:
            took = [one for each in pool.map(lambda n: _write(port, n, stamps, stop), range(writers)) for one in each]
        elapsed = time.perf_counter() - started
    finally:
        server.terminate()
        server.wait(30)
    with closing(sqlite3.connect(folder / "var/service.db")) as database:
        stored = int(database.execute("SELECT count(*) FROM service_case").fetchone()[0])
    return took, elapsed, stored


_TAKING = threading.Lock()


def _write(port: int, writer: int, stamps: list[str], stop: float) -> list[float]:
    """One writer: sends opinions one after the other until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/forms/opinion/")
    answer = connection.getresponse()
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read())
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    assert token
    took: list[float] = []
    number = 0
    while time.perf_counter() < stop:
        number += 1
        with _TAKING:
            stamp = stamps.pop()
        values = {
            "csrfmiddlewaretoken": token[1].decode(),
            "stamp": stamp,
            "about": "portal",
            "subject": f"意见 {number}",
            "text": "首页的筛选不能按区县选，希望增加。" * 5,
            "wants_reply": "yes",
            "contact": "13800001234",
        }
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{writer}.{number // 250}.{number % 250}",
        }
        began = time.perf_counter()
        connection.request("POST", "/forms/opinion/", urlencode(values), headers)
        answer = connection.getresponse()
        body = answer.read()
        took.append(time.perf_counter() - began)
        assert answer.status == 200, body.decode()
    connection.close()
    return took


def _stamps(environ: dict[str, str], count: int) -> list[str]:
    """As many signed stamps as could be needed, made as the form's page makes them."""
    loop = f"for _ in range({count}): print(new_stamp('opinion', office().now()))"
    command = [sys.executable, "-c", f"import django; django.setup()\n{STAMPS}{loop}"]
    made = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=True)
    return made.stdout.split()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/forms/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not start")


if __name__ == "__main__":
    raise SystemExit(main())
