"""Loading 1,000,000 rows × 12 columns into SQLite, beside the sqlite3 shell's `.import`, in the same run.

Run by hand: `python bench/load.py [--rows N]`. Both get the same CSV (as the preparation leaves it) and
the same CREATE TABLE with declared types; neither makes indexes or the search companion. Ours casts every cell as the
checks do; the shell leaves that to SQLite's column affinity and keeps '' where we store NULL. Each runs `--times`
times, by turns; the table shows the best wall and processor time. Needs the Debian package `sqlite3` for the shell.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal import tables
from portal.database import building
from portal.model import Dataset
from portal.tablefile import Prepared

COLUMNS = {
    "编号": "string", "名称": "string", "区县": "string", "街道": "string", "地址": "string", "类别": "string",
    "日期": "date", "年份": "year", "数量": "integer", "面积": "number", "经度": "number", "在用": "boolean",
}  # fmt: skip
DISTRICTS = ("姑苏区", "吴中区", "相城区", "虎丘区", "吴江区", "常熟市", "张家港市", "昆山市", "太仓市")


@dataclass(frozen=True)
class Run:
    """What one load took."""

    wall: float
    cpu: float
    size: int


def write_rows(path: Path, count: int) -> None:
    """A file like a department's: a unique code, names, places, a day, whole numbers, fractions, a truth."""
    chance = random.Random(12)
    first = date(2000, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(count):
            day = first + timedelta(chance.randrange(9000))
            district = chance.choice(DISTRICTS)
            writer.writerow(
                [f"3205{number:08d}", f"第{number}号便民服务点", district, f"{district}第{chance.randrange(90)}街道",
                 f"人民路{chance.randrange(2000)}号", f"类别{chance.randrange(30)}", day, day.year,
                 chance.randrange(100_000), f"{chance.random() * 1000:.2f}", f"{120 + chance.random():.6f}",
                 "true" if chance.random() < 0.9 else "false"]
            )  # fmt: skip


def dataset() -> Dataset:
    """The entry of that file; no key, so that neither side builds its index."""
    fields = [{"name": n, "title": n, "type": k, "description": "生成的数据"} for n, k in COLUMNS.items()]
    return Dataset.model_validate(
        {
            "id": "bench", "department": "bench", "title": "装载测试", "summary": "生成的数据，仅供测速",
            "domain": "bench", "open_type": "unconditional", "update_frequency": "irregular",
            "data_date": "2026-01-01", "jurisdiction": "苏州市", "licence": {"name": "CC0-1.0"},
            "source": {"upstream": "生成"}, "files": [{"path": "bench.csv", "schema": {"fields": fields}}],
        }
    )  # fmt: skip


def ours(source: Path, target: Path) -> None:
    """The load step without its indexes and without its search companion."""
    (table,) = dataset().tables
    prepared = Prepared("bench.csv", source, "", source.stat().st_size, "utf-8", "csv")
    with building(target) as connection:
        connection.execute("BEGIN")
        connection.execute(tables.create_table(table, frozenset()))
        tables._insert(connection, table, [prepared])
        connection.execute("COMMIT")


def whole(source: Path, target: Path) -> None:
    """The load step as the build runs it."""
    prepared = Prepared("bench.csv", source, "", source.stat().st_size, "utf-8", "csv")
    tables.load_dataset(dataset(), {"bench.csv": prepared}, target)


def shell(source: Path, target: Path) -> None:
    """The sqlite3 shell, with journal and syncing off as ours has them, in one transaction."""
    create = tables.create_table(dataset().tables[0], frozenset())
    pragmas = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
    script = f'{pragmas}\n{create};\n.import --csv --skip 1 "{source}" bench\n'
    subprocess.run(["sqlite3", str(target)], input=script, text=True, check=True, stdout=subprocess.DEVNULL)


def measured(load: Callable[[Path, Path], None], source: Path, target: Path) -> Run:
    """One run, children's processor time included."""
    target.unlink(missing_ok=True)
    cpu, wall = _cpu(), time.perf_counter()
    load(source, target)
    return Run(time.perf_counter() - wall, _cpu() - cpu, target.stat().st_size)


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> int:
    """Measure and print the table; 1 if ours is slower than half the shell's rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=2)
    words = parser.parse_args()
    loads: dict[str, Callable[[Path, Path], None]] = {"sqlite3 .import": shell, "Kaishu, rows only": ours}
    if shutil.which("sqlite3") is None:
        print("The sqlite3 shell is not installed (apt install sqlite3): only our own figures follow.")
        del loads["sqlite3 .import"]
    runs: dict[str, list[Run]] = {name: [] for name in loads}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_rows(folder / "bench.csv", words.rows)
        for _ in range(words.times):
            for name, load in loads.items():
                runs[name].append(measured(load, folder / "bench.csv", folder / "bench.db"))
        runs["Kaishu, with indexes and search"] = [measured(whole, folder / "bench.csv", folder / "bench.db")]
    return report(runs, words.rows)


def report(runs: dict[str, list[Run]], count: int) -> int:
    """Print the table; 1 if the budget is missed."""
    print(f"| {count:,} rows × {len(COLUMNS)} columns | wall s | CPU s | rows per wall s | file MB |")
    print("|---|---|---|---|---|")
    best = {name: min(found, key=lambda run: run.wall) for name, found in runs.items()}
    for name, run in best.items():
        print(f"| {name} | {run.wall:.1f} | {run.cpu:.1f} | {count / run.wall:,.0f} | {run.size / 1e6:.0f} |")
    if "sqlite3 .import" not in best:
        return 0
    share = best["sqlite3 .import"].wall / best["Kaishu, rows only"].wall
    print(f"\nRows only: {share:.2f} of the shell's rate (budget: at least 0.50).")
    print(f"Peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.")
    return 0 if share >= 0.5 else 1


if __name__ == "__main__":
    sys.exit(main())
