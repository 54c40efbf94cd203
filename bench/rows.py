"""Check 1,000,000 rows × 12 columns with seeded defects: ours beside frictionless, in the same run, on the same file.

    python bench/rows.py                   # both, and their verdicts compared
    python bench/rows.py --rows 10000000 --ours-only    # memory of a table ten times as long
    python bench/rows.py --dirty           # ours alone, a file in which every row is wrong

Each runs in a process of its own; wall and CPU time and the largest resident size are the system's.
The file is made with a fixed seed: 13 kinds of defects, about 1,000 in a million rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.usual import ENVIRONMENT  # noqa: E402 -- found by way of the line above
from portal.stopping import leave  # noqa: E402 -- the same

EVERY = 1000
FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "integer"},
    {"name": "code", "type": "string", "constraints": {"required": True, "pattern": "[0-9]{12}", "unique": True}},
    {"name": "name", "type": "string", "constraints": {"required": True, "maxLength": 20}},
    {"name": "kind", "type": "string", "constraints": {"enum": ["甲", "乙", "丙", "丁"]}},
    {"name": "count", "type": "integer", "constraints": {"minimum": "0", "maximum": "1000000"}},
    {"name": "amount", "type": "number"},
    {"name": "ratio", "type": "number", "constraints": {"minimum": "0", "maximum": "1"}},
    {"name": "flag", "type": "boolean"},
    {"name": "day", "type": "date"},
    {"name": "moment", "type": "datetime"},
    {"name": "year", "type": "year"},
    {"name": "note", "type": "string"},
]
SCHEMA = {"fields": FIELDS, "primaryKey": ["id"]}
# What a seeded defect does to a row (a list of cells, changed or replaced).
DEFECTS: dict[str, Any] = {
    "integer": lambda row, _: [*row[:4], "many", *row[5:]],
    "number": lambda row, _: [*row[:5], "12,5", *row[6:]],
    "boolean": lambda row, _: [*row[:7], "maybe", *row[8:]],
    "date": lambda row, _: [*row[:8], "2023-02-30", *row[9:]],
    "required": lambda row, _: [*row[:2], "", *row[3:]],
    "pattern": lambda row, i: [row[0], f"X{i:011}", *row[2:]],
    "enum": lambda row, _: [*row[:3], "戊", *row[4:]],
    "maximum": lambda row, _: [*row[:4], "1000001", *row[5:]],
    "length": lambda row, _: [*row[:2], "很长的名称" * 5, *row[3:]],
    "unique": lambda row, i: [row[0], f"{320500000000 + i - 1}", *row[2:]],
    "key": lambda row, i: [str(i), *row[1:]],
    "short": lambda row, _: row[:10],
    "long": lambda row, _: [*row, "too much"],
    "blank": lambda *_: [],
}


def make(path: Path, rows: int, *, dirty: bool = False) -> None:
    """Write the file: one row in EVERY has a defect, each kind in turn; `dirty`: every row has a wrong number."""
    rng = random.Random(7)
    kinds = list(DEFECTS.values())
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(field["name"] for field in FIELDS) + "\n")
        for i in range(rows):
            row = [
                str(i + 1), f"{320500000000 + i}", f"苏州市第{i % 9973}村", "甲乙丙丁"[i % 4],
                str(rng.randrange(10**6)),
                f"{rng.randrange(10**7) / 100}", f"{rng.random():.6f}", "true" if i & 1 else "false",
                str(date(2000, 1, 1) + timedelta(days=i % 9000)),
                f"2023-06-{1 + i % 30:02}T{i % 24:02}:{i % 60:02}:00", str(1990 + i % 40), f"备注{i % 77}",
            ]  # fmt: skip
            if dirty:
                row[5] = "?"
            elif i % EVERY == EVERY - 1:
                row = kinds[i // EVERY % len(kinds)](row, i)
            out.write(",".join('"' + cell + '"' if "," in cell else cell for cell in row) + "\n")


def ours(path: Path, out: Path) -> None:
    """Prepare and check; write the verdicts."""
    gc.disable()  # as `build.py check` does
    from portal.checks.rows import KINDS, RowRules, check_table  # noqa: PLC0415 -- only one engine a process
    from portal.model import DataFile, Dataset  # noqa: PLC0415 -- only one engine a process
    from portal.tablefile import Limits, prepare  # noqa: PLC0415 -- only one engine a process

    fields = [{"title": field["name"], "description": "说明", **field} for field in FIELDS]
    file = DataFile.model_validate({"path": path.name, "schema": {**SCHEMA, "fields": fields}})
    entry = {
        "id": "bench", "department": "bench", "title": "基准", "summary": "基准测试数据", "domain": "d",
        "files": (file,),
        "open_type": "unconditional", "update_frequency": "annual", "data_date": "2026-01-01", "jurisdiction": "苏州市",
        "licence": {"name": "MIT"}, "source": {"upstream": "bench"},
    }  # fmt: skip
    dataset = Dataset.model_validate(entry)
    prepared, problems = prepare(path.parent, path.name, file, path.parent / "cache", limits=Limits(file=4 << 30))
    if prepared is None:
        raise SystemExit(str(problems))
    rules = RowRules(scratch=path.parent / "scratch", listed=100_000 if path.stat().st_size < 1 << 28 else 1000)
    report = check_table(dataset, dataset.tables[0], [prepared], {}, rules=rules, report=path.parent / "report.csv")
    verdicts = []
    for problem in report.problems:
        kind = KINDS.get(problem.rule)
        if kind:
            whole = kind in ("blank-row", "primary-key")
            verdicts.append([problem.row, 0 if whole else int(problem.values["column"]), kind])
    counts = {f"{rule}": count for (_, rule), count in report.counts.items()}
    out.write_text(json.dumps({"verdicts": verdicts, "rows": report.rows, "counts": counts}))


def theirs(path: Path, out: Path) -> None:
    """frictionless on the same file and schema."""
    from frictionless import Dialect, Schema  # noqa: PLC0415 -- only one engine a process
    from frictionless.formats import CsvControl  # noqa: PLC0415 -- only one engine a process
    from frictionless.resources import TableResource  # noqa: PLC0415 -- only one engine a process

    control = CsvControl(
        delimiter=",", line_terminator="\n", quote_char='"', double_quote=True, skip_initial_space=False
    )
    resource = TableResource(
        path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor(SCHEMA),
        dialect=Dialect(header_rows=[1], controls=[control]), encoding="utf-8",
    )  # fmt: skip
    report = resource.validate(limit_errors=1_000_000)
    verdicts = []
    for error in report.tasks[0].errors:
        column = 0 if error.type in ("blank-row", "primary-key") else error.field_number
        verdicts.append([error.row_number, column, error.type])
    out.write_text(json.dumps({"verdicts": verdicts, "rows": report.tasks[0].stats["rows"]}))


def run(name: str, path: Path) -> dict[str, Any]:
    """One of the two in a process of its own, measured."""
    out = path.parent / f"{name}.json"
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, "--child", name, str(path), str(out)], env=ENVIRONMENT)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"{name} ended with {child.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return {"wall": wall, "cpu": cpu, "rss": used.ru_maxrss / 1024, **json.loads(out.read_text())}


def compare(mine: dict[str, Any], other: dict[str, Any]) -> None:
    """The two sets of verdicts, and what only one of them says."""
    a, b = ({tuple(verdict) for verdict in one["verdicts"]} for one in (mine, other))
    blank = {row for row, _, kind in b if kind == "blank-row"}
    known = {v for v in b - a if v[2] == "primary-key" and v[0] in blank}
    print(f"\nverdicts: {len(a)} ours, {len(b)} frictionless, {len(a & b)} equal; only ours: {len(a - b)}")
    print(f"only frictionless: {len(b - a)}, of which documented (a blank row is no key besides): {len(known)}")
    for verdict in sorted((a ^ b) - known)[:20]:
        print("  DIFFERS", verdict, "ours" if verdict in a else "frictionless")
    print("kinds:", dict(sorted(Counter(kind for _, _, kind in a).items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--dirty", action="store_true")
    parser.add_argument("--child", nargs=3)
    options = parser.parse_args()
    if options.child:
        name, path, out = options.child
        {"ours": ours, "frictionless": theirs}[name](Path(path), Path(out))
        leave(0)  # as `build.py check` does
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.csv"
        make(path, options.rows, dirty=options.dirty)
        print(f"{options.rows:,} rows × 12, {path.stat().st_size / 1e6:.0f} MB, load {os.getloadavg()[0]:.1f}")
        names = ["ours"] if options.ours_only or options.dirty else ["ours", "frictionless", "ours again"]
        found = {name: run(name.split()[0], path) for name in names}
        print("\n| engine | wall s | CPU s | rows/s | peak MiB | findings |\n|---|---|---|---|---|---|")
        for name, one in found.items():
            rate, total = one["rows"] / one["wall"], sum(one.get("counts", {}).values()) or len(one["verdicts"])
            print(f"| {name} | {one['wall']:.2f} | {one['cpu']:.2f} | {rate:,.0f} | {one['rss']:.0f} | {total:,} |")
        if "frictionless" in found:
            best = min(found["ours"]["wall"], found["ours again"]["wall"])
            print(f"\nratio of wall times: {found['frictionless']['wall'] / best:.1f} (target: 20)")
            compare(found["ours"], found["frictionless"])


if __name__ == "__main__":
    main()
