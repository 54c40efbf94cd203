"""How long a build takes: from nothing, and after one changed entry.

    python bench/rebuild.py [--entries 2000] [--rows 20] [--columns 8] [--runs 6]

Makes a city of so many entries in a folder of its own, builds it from nothing, then changes the date of one entry after
the other and builds again; prints wall time, the time of the processors (workers included) and the largest memory of a
process. The first two rebuilds have no older release to take folders from; the figure is the median of the others.
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CODE = Path(__file__).parents[1]
sys.path.insert(0, str(CODE))
from bench.generate import generate as fill  # noqa: E402 -- found by way of the line above
from bench.usual import ENVIRONMENT  # noqa: E402 -- the same

DAY = re.compile(r'(?m)^data_date: "(\d{4}-\d\d)-(\d\d)"$')


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--entries", type=int, default=2000)
    words.add_argument("--rows", type=int, default=20)
    words.add_argument("--columns", type=int, default=8)
    words.add_argument("--runs", type=int, default=6)
    told = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="kaishu-rebuild-") as folder:
        root = Path(folder)
        generate(root, told)
        wall, cpu = build(root)
        print(f"| from nothing | {wall:.1f} | {cpu:.1f} |", flush=True)
        print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
        found = []
        for number, entry in enumerate(entries_with_a_day(root)[: told.runs]):
            entry.write_text(DAY.sub(next_day, entry.read_text("utf-8"), count=1), "utf-8")
            found.append(build(root))
            print(f"| one entry changed, {number + 1} | {found[-1][0]:.1f} | {found[-1][1]:.1f} |", flush=True)
        if found[2:]:
            print(f"median of the last {len(found[2:])}: {statistics.median(wall for wall, _ in found[2:]):.1f} s")


def generate(root: Path, told: argparse.Namespace) -> None:
    fill(root, told.entries, 1, rows=told.rows, columns=told.columns)


def entries_with_a_day(root: Path) -> list[Path]:
    """Entries from the middle of the catalogue, away from each other."""
    found = sorted(path for path in root.glob("catalog/*/*.yml") if DAY.search(path.read_text("utf-8")))
    return found[len(found) // 2 :: 7]


def next_day(found: re.Match[str]) -> str:
    return f'data_date: "{found[1]}-{1 + int(found[2]) % 28:02d}"'


def build(root: Path) -> tuple[float, float]:
    """Wall and processor seconds of one build."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, CODE / "build.py", "--root", root]
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
