"""Lighthouse on the pages people come to first, mobile and desktop, the median of several runs.

Needs Node and Lighthouse, which the portal itself does not: `npm install --prefix bench/node lighthouse@12.8.2` puts it
into bench/node/, which Git ignores. Then, on a machine that does nothing else:

    .venv/bin/python bench/lighthouse.py --runs 5

builds the demonstration, serves it as `build.py serve` does (compressed, with its policy) and prints the table of
bench/lighthouse.md, what every audit that is not full says, and the bytes of a first visit.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / "bench" / "node" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = {
    "home": "/",
    "list": "/datasets/",
    "dataset": "/dataset/suzhou-village-codes/",
    "search": "/search/?q=%E5%B1%85%E5%A7%94%E4%BC%9A",
}
PRESETS = {"mobile": [], "desktop": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--no-first-run"
)
COLUMNS = (
    "page", "preset", "performance (all runs)", "accessibility", "best practices", "SEO", "FCP s", "LCP s", "TBT ms",
    "CLS", "kB", "requests",
)  # fmt: skip
PATIENCE = 600
TRIES = 3
"""Lighthouse gives up where Chromium takes too long to start; that says nothing about the page."""


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--url", help="a portal that is served already")
    parser.add_argument("--pages", nargs="*", default=list(PAGES), choices=list(PAGES))
    arguments = parser.parse_args()
    if not LIGHTHOUSE.is_file():
        print("npm install --prefix bench/node lighthouse@12.8.2", file=sys.stderr)
        return 2
    if arguments.url:
        print(measured(arguments.url.rstrip("/"), arguments.pages, arguments.runs))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        process, url = served(Path(folder))
        try:
            print(measured(url, arguments.pages, arguments.runs))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    return 0


def served(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The demonstration, built and served from `folder`; its address once it answers."""
    log = folder / "log"
    with log.open("wb") as out:
        command = [sys.executable, "build.py", "serve", "--port", "0", "--build", str(folder / "build")]
        environ = {**os.environ, "KAISHU_VAR": str(folder / "var")}
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=environ)
    deadline = time.monotonic() + PATIENCE
    while not (found := re.search(r"(http://127\.0\.0\.1:\d+)/", log.read_text("utf-8"))):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(log.read_text("utf-8"))
        time.sleep(0.5)
    return process, found[1]


def measured(url: str, pages: list[str], runs: int) -> str:
    """The table, then what was not full."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    wanting: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for preset in PRESETS:
            reports = [report(url + PAGES[page], preset) for _ in range(runs)]
            lines.append(row(page, preset, reports))
            for one in reports:
                for audit in not_full(one):
                    wanting[audit].add(f"{page} {preset}")
            print(lines[-1], file=sys.stderr, flush=True)
    lines += ["", *(f"- {audit}: {', '.join(sorted(where))}" for audit, where in sorted(wanting.items()))]
    return "\n".join(lines)


def report(address: str, preset: str) -> dict[str, Any]:
    """One run of Lighthouse."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        command = [shutil.which("node") or "node", str(LIGHTHOUSE), address, *PRESETS[preset], "--quiet"]
        command += ["--output=json", f"--output-path={target}", f"--only-categories={','.join(CATEGORIES)}"]
        command += [f"--chrome-flags={FLAGS}", "--max-wait-for-load=60000"]
        environ = {**os.environ, "CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")}
        for attempt in range(TRIES):
            done = subprocess.run(
                command, check=False, timeout=PATIENCE, env=environ, cwd=folder, capture_output=True, text=True
            )
            if done.returncode == 0:
                break
            print(f"{address} {preset}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            if attempt == TRIES - 1:
                raise SystemExit("Lighthouse did not finish")
        found: dict[str, Any] = json.loads(target.read_text("utf-8"))
        return found


def row(page: str, preset: str, reports: list[dict[str, Any]]) -> str:
    """Medians; of performance every run as well."""

    def middle(values: list[float]) -> float:
        return statistics.median(values)

    scores = {name: [round(one["categories"][name]["score"] * 100) for one in reports] for name in CATEGORIES}
    times = {name: middle([one["audits"][name]["numericValue"] for one in reports]) for name in TIMES}
    weight = middle([one["audits"]["total-byte-weight"]["numericValue"] for one in reports]) / 1000
    requests = middle([len(one["audits"]["network-requests"]["details"]["items"]) for one in reports])
    every = ", ".join(str(one) for one in sorted(scores["performance"]))
    paint, largest, blocked, moved = (times[name] for name in TIMES)
    cells = [page, preset, f"**{middle(scores['performance']):g}** ({every})"]
    cells += [str(min(scores[name])) for name in CATEGORIES[1:]]
    cells += [f"{paint / 1000:.2f}", f"{largest / 1000:.2f}", f"{blocked:.0f}", f"{moved:.3f}"]
    return f"| {' | '.join([*cells, f'{weight:.0f}', f'{requests:.0f}'])} |"


def not_full(one: dict[str, Any]) -> list[str]:
    """Audits that cost points, by category; those of performance only where they cost much."""
    found = []
    for name in CATEGORIES:
        for part in one["categories"][name]["auditRefs"]:
            audit = one["audits"][part["id"]]
            least = 0.9 if name == "performance" else 1
            if part["weight"] and audit["score"] is not None and audit["score"] < least:
                places = [] if name == "performance" else (audit.get("details") or {}).get("items", [])[:2]
                told = [json.dumps(place.get("node", place), ensure_ascii=False)[:160] for place in places]
                found.append(" ".join([f"{name}:", part["id"], audit.get("displayValue", ""), *told]).strip())
    return found


if __name__ == "__main__":
    sys.exit(main())
