"""Compare two versions of a table of 1,000,000 rows × 12 columns, with seeded changes that are counted while made.

    python bench/difference.py                     # by key, as whole rows, and with every row changed
    python bench/difference.py --rows 10000000     # ten times as long

Each comparison runs in a process of its own; wall and CPU time and the largest resident size are the system's. What it
counts is held against what was seeded: a wrong number ends the benchmark.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TYPES = {
    "id": "integer", "code": "string", "name": "string", "kind": "string", "count": "integer", "amount": "number",
    "ratio": "number", "flag": "boolean", "day": "date", "moment": "datetime", "year": "year", "note": "string",
}  # fmt: skip
EVERY = 1000
"""One row in so many came, one went, one has another value in one column, each column in turn."""
CHANGED: dict[str, Any] = {
    "code": lambda text: text[:-1] + "X",
    "name": lambda text: f"{text}（更名）",
    "kind": lambda _: "戊",
    "count": lambda text: str(int(text) + 1_000_000),
    "amount": lambda text: f"{float(text) + 1:.2f}",
    "ratio": lambda _: "",
    "flag": lambda text: "false" if text == "true" else "true",
    "day": lambda _: "1999-12-31",
    "moment": lambda _: "1999-12-31T00:00:00",
    "year": lambda _: "1949",
    "note": lambda text: f"{text}，补充",
}
SCENES = {
    "by key": "a thousandth of the rows came, went or changed",
    "by key, shuffled": "the same, the present rows in another order",
    "whole rows": "the same without a primary key",
    "renamed, moved": "the same, one column under another name, the columns in the opposite order",
    "all changed": "every row has another value in every column but its key",
    "respelled": "every number and day is spelled in another way, no value is another",
}


def rows(count: int) -> Iterator[list[str]]:
    """The earlier rows: as bench/rows.py makes them."""
    rng = random.Random(7)
    for i in range(count):
        yield [
            str(i + 1), f"{320500000000 + i}", f"苏州市第{i % 9973}村", "甲乙丙丁"[i % 4], str(rng.randrange(10**6)),
            f"{rng.randrange(10**7) / 100}", f"{rng.random():.6f}", "true" if i & 1 else "false",
            str(date(2000, 1, 1) + timedelta(days=i % 9000)), f"2023-06-{1 + i % 30:02}T{i % 24:02}:{i % 60:02}:00",
            str(1990 + i % 40), f"备注{i % 77}",
        ]  # fmt: skip


def present(count: int, scene: str, told: dict[str, int]) -> Iterator[list[str]]:
    """The present rows; what was done is counted in `told`."""
    columns = list(CHANGED)
    for i, row in enumerate(rows(count)):
        place = i % EVERY
        if scene == "all changed":
            told["changed"] += 1
            told["cells"] += len(columns)
            yield [row[0], *(CHANGED[name](text) for name, text in zip(columns, row[1:], strict=True))]
        elif scene == "respelled":
            yield [*row[:4], f" {row[4]}", f"{row[5]}e0", f"{row[6]}0", row[7].upper(), *row[8:]]
        elif place == 1:
            told["removed"] += 1
        elif place == 2:
            column = columns[i // EVERY % len(columns)]
            at = list(TYPES).index(column)
            told["changed"] += 1
            told["cells"] += 1
            yield [*row[:at], CHANGED[column](row[at]), *row[at + 1 :]]
        else:
            yield row
        if place == 3 and scene not in ("all changed", "respelled"):
            told["added"] += 1
            yield [str(10**9 + i), *row[1:]]


def make(folder: Path, count: int, scene: str) -> dict[str, Any]:
    """Write both versions; gives what was seeded and how they are described."""
    told = {"added": 0, "removed": 0, "changed": 0, "cells": 0}
    names = list(TYPES)
    later = ["title" if name == "name" else name for name in names]
    if not (folder / "before.csv").exists():
        _write(folder / "before.csv", names, rows(count))
    found = present(count, scene, told)
    if scene == "by key, shuffled":
        kept = list(found)
        random.Random(8).shuffle(kept)
        found = iter(kept)
    if scene == "renamed, moved":
        _write(folder / "after.csv", later[::-1], (row[::-1] for row in found))
        names = later[::-1]
    else:
        _write(folder / "after.csv", names, found)
    if scene == "whole rows":
        told = {"added": told["added"] + told["changed"], "removed": told["removed"] + told["changed"]}
        told |= {"changed": 0, "cells": 0}
    return {"told": told, "names": names, "key": [] if scene == "whole rows" else ["id"]}


def _write(path: Path, names: list[str], found: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(names) + "\n")
        out.writelines(",".join(row) + "\n" for row in found)


def ours(folder: Path) -> None:
    """Prepare both files and compare; write what was counted."""
    from portal.difference import CompareRules, TableVersion, compare_tables  # noqa: PLC0415 -- only in the child
    from portal.model import DataFile  # noqa: PLC0415 -- only in the child
    from portal.tablefile import Limits, prepare  # noqa: PLC0415 -- only in the child
    from portal.tableschema import TableSchema  # noqa: PLC0415 -- only in the child

    how = json.loads((folder / "how.json").read_text())
    versions = []
    for name, names in (("before.csv", list(TYPES)), ("after.csv", how["names"])):
        fields = [
            {"name": one, "title": one, "description": "说明", "type": TYPES["name" if one == "title" else one]}
            for one in names
        ]
        schema = TableSchema.model_validate({"fields": fields, "primaryKey": how["key"]})
        file = DataFile(path=name, schema=schema)
        prepared, problems = prepare(folder, name, file, folder / "cache", limits=Limits(file=4 << 30))
        if prepared is None:
            raise SystemExit(str(problems))
        versions.append(TableVersion([prepared], schema))
    start = time.perf_counter()
    found = compare_tables("bench", *versions, CompareRules(folder / "scratch"))
    (folder / "found.json").write_text(found.model_dump_json(), "utf-8")
    print(f"  compared in {time.perf_counter() - start:.2f} s", file=sys.stderr)


def run(folder: Path, scene: str, count: int) -> dict[str, Any]:
    """One comparison in a process of its own, measured and held against what was seeded."""
    # Made in a process of its own: what this one holds at the fork would count as the child's largest size.
    subprocess.run([sys.executable, __file__, "--make", str(folder), str(count), scene], check=True)
    how = json.loads((folder / "how.json").read_text("utf-8"))
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, "--child", str(folder)])
    most, ended = 0, (0, 0, None)
    while not ended[0]:
        most = max(most, _size(folder / "scratch"))
        time.sleep(0.02)
        ended = os.wait4(child.pid, os.WNOHANG)
    wall, used = time.perf_counter() - start, ended[2]
    child.returncode = os.waitstatus_to_exitcode(ended[1])
    if child.returncode:
        raise SystemExit(f"{scene}: ended with {child.returncode}")
    found = json.loads((folder / "found.json").read_text("utf-8"))
    counted = {name: found[name] for name in how["told"]}
    if counted != how["told"]:
        raise SystemExit(f"{scene}: counted {counted}, seeded {how['told']}")
    cpu = used.ru_utime + used.ru_stime
    return {"wall": wall, "cpu": cpu, "rss": used.ru_maxrss / 1024, "disk": most / (1 << 20), **counted}


def _size(folder: Path) -> int:
    """Bytes of what the comparison put there; files and folders may go while they are counted."""
    total = 0
    for place, _, names in os.walk(folder):  # a folder that is gone is left out
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(place) / name).stat().st_size
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--scene", choices=list(SCENES))
    parser.add_argument("--child", type=Path)
    parser.add_argument("--make", nargs=3)
    options = parser.parse_args()
    if options.make:
        target, count, scene = Path(options.make[0]), int(options.make[1]), options.make[2]
        (target / "how.json").write_text(json.dumps(make(target, count, scene)), "utf-8")
        return
    if options.child:
        ours(options.child)
        return
    print(f"{options.rows:,} rows × {len(TYPES)} before and after; load {os.getloadavg()[0]:.1f}")
    print("\n| versions | wall s | CPU s | peak MiB | on disk MiB | came | went | changed | values |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for scene in [options.scene] if options.scene else SCENES:
            one = run(Path(name), scene, options.rows)
            counts = " | ".join(f"{one[what]:,}" for what in ("added", "removed", "changed", "cells"))
            measured = f"{one['wall']:.1f} | {one['cpu']:.1f} | {one['rss']:.0f} | {one['disk']:.0f}"
            print(f"| {scene} | {measured} | {counts} |", flush=True)


if __name__ == "__main__":
    main()
