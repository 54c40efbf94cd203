"""Which engine answers SQL in the browser: bytes to the first answer and seconds, in a real Chromium.

`python -m bench.query [--rows 1000000] [--engine NAME] [--groups]` makes the table, fetches the candidates by name with
npm into a temporary folder, bundles them with esbuild, and asks each the same questions, every first time as a new
visitor.
Needs npm and Chromium; results and what follows from them are in bench/query.md.
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from bench.queryrows import rows_of_companies, write_csv, write_parquet, write_sqlite
from bench.querysite import Served, serving
from bench.searchtools import browser

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parent / "site_src" / "assets"
PACKAGES = (
    "esbuild@0.28.2", "hyparquet@1.31.5", "hyparquet-compressors@1.1.2", "squirreling@0.12.11",
    "sql.js-httpvfs@0.8.12", "@duckdb/duckdb-wasm@1.32.0",
)  # fmt: skip
BUILT = ("sql.js-httpvfs/dist/sqlite.worker.js", "sql.js-httpvfs/dist/sql-wasm.wasm",
         "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js", "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm")  # fmt: skip
ENGINES = ("ours", "squirreling", "httpvfs", "duckdb")
QUESTIONS = {
    "group": 'SELECT "区县", COUNT(*) AS n, AVG("注册资本") AS m FROM t GROUP BY "区县" ORDER BY n DESC',
    "look": 'SELECT "企业名称", "区县" FROM t WHERE "统一社会信用代码" = \'913205000123457MA\'',
    "recent": 'SELECT "状态", COUNT(*) AS n FROM t WHERE "成立日期" >= \'2025-01-01\' GROUP BY "状态" ORDER BY n',
    "rows": "SELECT * FROM t LIMIT 20",
}
GROUPS = (20_480, 32_768, 65_536, 122_880, 250_000)


@dataclass(frozen=True)
class Asked:
    """A question to a new visitor's engine: bytes of the engine and of the data, requests for data, seconds until the
    first answer and of the same question again, and the answer.
    """

    engine_bytes: int
    data_bytes: int
    requests: int
    first: float
    again: float
    rows: Sequence[Sequence[Any]]


def main() -> None:
    """Print the two tables of bench/query.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--times", type=int, default=3, help="visits for each question; the quickest counts")
    parser.add_argument("--groups", action="store_true", help="our engine with other sizes of row groups, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        site = Path(folder)
        _prepare(site, options.rows, options.engine or ENGINES)
        with serving(site) as served:
            _engines(chromium, served, options.engine or ENGINES, options.times)
        if options.groups:
            _groups(chromium, site, options.times)


def _prepare(site: Path, rows: int, engines: Sequence[str]) -> None:
    (site / "data").mkdir()
    (site / "engines").mkdir()
    shutil.copytree(ASSETS, site / "assets")
    with rows_of_companies(rows) as table:
        for group in GROUPS:
            write_parquet(table, site / "data" / f"t{group}.parquet", group)
        shutil.copy(site / "data" / "t65536.parquet", site / "data" / "t.parquet")
        write_sqlite(table, site / "data" / "t.db")
        write_csv(table, site / "data" / "t.csv")
    for engine in engines:
        html = f'<!doctype html><meta charset="utf-8"><title>{engine}</title><link rel="icon" href="data:,">'
        (site / f"{engine}.html").write_text(
            f'{html}<script type="module" src="/engines/{engine}.js"></script>', "utf-8"
        )
        shutil.copy(HERE / "queryengines" / f"{engine}.js", site / "engines")
    if set(engines) - {"ours"}:
        _bundle(site, [engine for engine in engines if engine != "ours"])


def _bundle(site: Path, engines: Sequence[str]) -> None:
    """The candidates from npm, each bundled into one file, their workers and WebAssembly beside it."""
    tools = site / "tools"
    tools.mkdir()
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(tools), *PACKAGES]
    subprocess.run(install, check=True, capture_output=True)
    for engine in engines:
        shutil.copy(HERE / "queryengines" / f"{engine}.js", tools)
        target = f"--outfile={site / 'engines' / engine}.js"
        words = ["--bundle", "--minify", "--format=esm", "--target=es2022", target, f"{engine}.js"]
        subprocess.run(
            [tools / "node_modules" / ".bin" / "esbuild", *words], check=True, cwd=tools, capture_output=True
        )
    for name in BUILT:
        shutil.copy(tools / "node_modules" / name, site / "engines")


def _engines(chromium: Browser, served: Served, engines: Sequence[str], times: int) -> None:
    print("| engine | question | engine kB | data kB | requests | first answer s | again s |")
    print("|---|---|---|---|---|---|---|")
    right: dict[str, Sequence[Sequence[Any]]] = {}
    for engine in engines:
        for name, sql in QUESTIONS.items():
            try:
                got = min((_ask(chromium, served, engine, sql) for _ in range(times)), key=lambda one: one.first)
            except Exception as error:  # an engine that can't answer is a result as well
                print(f"| {engine} | {name} | - | - | - | {str(error).splitlines()[0][:90]} | - |", flush=True)
                continue
            same = _same(got.rows, right.setdefault(name, got.rows)) if name != "rows" else len(got.rows) == 20
            print(
                f"| {engine} | {name} | {got.engine_bytes / 1000:,.0f} | {got.data_bytes / 1000:,.0f} | {got.requests} "
                f"| {got.first:.2f} | {got.again:.2f} |{'' if same else ' ANOTHER ANSWER ' + str(got.rows[:2])}",
                flush=True,
            )
        if engine == "duckdb":
            page = chromium.new_page()
            page.goto(f"{served.url}/duckdb.html")
            print("DuckDB's own Parquet reader says:", page.evaluate("parquet()"))
            page.close()


def _ask(chromium: Browser, served: Served, engine: str, sql: str) -> Asked:
    served.asked.clear()
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(300_000)
    start = time.perf_counter()
    page.goto(f"{served.url}/{engine}.html")
    rows = page.evaluate("(sql) => query(sql)", sql)
    first = time.perf_counter() - start
    data = [one for one in served.asked if one.path.startswith("/data/")]
    engine_bytes = sum(one.wire for one in served.asked if not one.path.startswith("/data/"))
    again = []
    for _ in range(3):
        start = time.perf_counter()
        page.evaluate("(sql) => query(sql)", sql)
        again.append(time.perf_counter() - start)
    context.close()
    return Asked(engine_bytes, sum(one.wire for one in data), len(data), first, statistics.median(again), rows)


def _groups(chromium: Browser, site: Path, times: int) -> None:
    """The same questions to our engine with other row groups."""
    print("\n| rows in a group | file kB | " + " | ".join(f"{name} kB, requests, s" for name in QUESTIONS) + " |")
    print("|---|---|" + "---|" * len(QUESTIONS))
    for group in GROUPS:
        shutil.copy(site / "data" / f"t{group}.parquet", site / "data" / "t.parquet")
        cells = []
        with serving(site) as served:
            for sql in QUESTIONS.values():
                got = min((_ask(chromium, served, "ours", sql) for _ in range(times)), key=lambda one: one.first)
                cells.append(f"{got.data_bytes / 1000:,.0f}, {got.requests}, {got.first:.2f}")
        size = (site / "data" / "t.parquet").stat().st_size
        print(f"| {group:,} | {size / 1000:,.0f} | " + " | ".join(cells) + " |", flush=True)


def _same(found: Sequence[Sequence[Any]], right: Sequence[Sequence[Any]]) -> bool:
    """Equal cell by cell; means may differ in the last places."""
    pairs = [(a, b) for one, other in zip(found, right, strict=False) for a, b in zip(one, other, strict=False)]
    return len(found) == len(right) and all(
        math.isclose(a, b, rel_tol=1e-9) if isinstance(a, float) and isinstance(b, (int, float)) else a == b
        for a, b in pairs
    )


if __name__ == "__main__":
    main()
