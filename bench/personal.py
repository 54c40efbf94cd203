"""How many cells a second are scanned for personal data, over four kinds of tables; see bench/personal.md.

    python bench/personal.py               # all tables, each in a process of its own
    python bench/personal.py --profile     # where the time of each goes, by cProfile (one thread)

Tables are made with a fixed seed. `clean` is what most tables are: codes, names, amounts, days, short texts, 1,000,000
rows. `registry` is a list of firms with credit codes, addresses and telephones, where no name of a person stands.
`serials` has numbers in every row that begin as cards do; eight in a thousand are well-formed ones by chance. `people`
is the worst: in every row a name, an id, a mobile number and an address, and three hits.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Row = Callable[[int, random.Random], str]


def _clean(n: int, rng: random.Random) -> str:
    numbers = f"{rng.randrange(10**6)},{rng.randrange(10**7) / 100},{rng.random():.6f},{'true' if n & 1 else 'false'}"
    times = f"2023-0{1 + n % 9}-{10 + n % 19},2023-06-11T{10 + n % 13}:30:00,{1990 + n % 40}"
    return f"{n},{320500000000 + n},苏州市第{n % 9973}村,{'甲乙丙丁'[n & 3]},{numbers},{times},备注{n % 77}\n"


def _registry(n: int, rng: random.Random) -> str:
    code = f"91320505MA{rng.randrange(10**7):07}{n % 10}"
    where = f"人民路{n % 900}号{n % 30}幢{100 + n % 900}室,0512-{rng.randrange(20000000, 89999999)}"
    about = f"有限责任公司,{rng.randrange(10, 9000)},2019-0{1 + n % 9}-{10 + n % 19},软件开发；信息技术咨询服务"
    return f"{code},苏州某{n}科技有限公司,{where},{about}\n"


def _serials(n: int, rng: random.Random) -> str:
    return f"{n},62{rng.randrange(10**14):014},{rng.randrange(10**15, 10**16)},20230630{rng.randrange(10**6):06},完成\n"


def _people(n: int, rng: random.Random) -> str:
    person = f"{'张王李赵'[n & 3]}小明,110101{1950 + n % 50}0101{n % 1000:03}{n % 10},138{rng.randrange(10**8):08}"
    return f"{n},{person},人民路{n % 900}号{n % 30}幢502室\n"


TABLES: dict[str, tuple[int, str, Row]] = {
    "clean": (1_000_000, "id,code,name,kind,count,amount,ratio,flag,day,moment,year,note", _clean),
    "registry": (500_000, "统一社会信用代码,企业名称,地址,电话,类型,注册资本,成立日期,经营范围", _registry),
    "serials": (500_000, "序号,流水号,凭证号,时间,状态", _serials),
    "people": (200_000, "序号,姓名,身份证号,手机,住址", _people),
}


def make(path: Path, name: str) -> None:
    """Write the table."""
    rows, header, row = TABLES[name]
    rng = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        out.write(header + "\n")
        out.writelines(row(n, rng) for n in range(rows))


def scan(path: Path, name: str, threads: int) -> int:
    """The number of hits."""
    from portal.personal import scan_table  # noqa: PLC0415 -- the path is set first

    return sum(1 for _ in scan_table(path, TABLES[name][1].split(","), threads=threads))


def measured(path: Path, name: str, threads: int) -> dict[str, float]:
    """Wall and CPU seconds, peak MiB and hits, after everything is imported."""
    import portal.personal  # noqa: F401, PLC0415 -- its import is not measured

    wall, cpu = time.perf_counter(), time.process_time()
    hits = scan(path, name, threads)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"wall": wall, "cpu": cpu, "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "hits": hits}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--one", nargs=3, metavar=("PATH", "TABLE", "THREADS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(Path(given.one[0]), given.one[1], int(given.one[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, (rows, header, _) in TABLES.items():
            path = Path(folder) / f"{name}.csv"
            make(path, name)
            cells = rows * (header.count(",") + 1)
            if given.profile:
                profile = cProfile.Profile()
                profile.runcall(scan, path, name, 1)
                pstats.Stats(profile).sort_stats("tottime").print_stats(12)
                continue
            for threads in (1, 2):
                command = [sys.executable, __file__, "--one", str(path), name, str(threads)]
                told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
                size, speed = path.stat().st_size / 1e6, f"{cells / told['wall']:,.0f} | {cells / told['cpu']:,.0f}"
                table = f"{name} | {rows:,} × {cells // rows} | {size:.0f} | {threads}"
                times = f"{told['wall']:.1f} | {told['cpu']:.1f}"
                print(f"| {table} | {times} | {speed} | {told['mib']:.0f} | {told['hits']:,} |")


if __name__ == "__main__":
    main()
