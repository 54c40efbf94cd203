"""Pages for N generated datasets, YAML to HTML, cold: this portal against Hugo, side by side in the same run.

    make bench-tools && .venv/bin/python bench/pages.py --count 10000 --runs 3

Both get the same entries (YAML), the same facts (JSON), the same frame, and put the same parts on a page; both make
the paged lists of every facet; both may use two processors. Each run starts from nothing. What is not equal: Hugo
checks nothing, while the time of ours includes casting and cross-checking every entry and running mkdocs for the
frame; Hugo has no English pages, so the first line of ours is Chinese only.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.generate import generate, make_catalogue, make_facts, yaml_text
from portal.catalogue import entry_path, read_catalogue
from portal.facts import DatasetFacts
from portal.profile import load_profile
from portal.render import RenderInput, build_shell, figures, render_site
from portal.settings import CODE, make_settings

NOW = "2026-11-22T12:00:00"
LAYOUTS = Path(__file__).resolve().parent / "hugo"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--count", type=int, default=10_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument(
        "--hugo", default=shutil.which("hugo", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    )
    arguments.add_argument("--ours", nargs=3, help=argparse.SUPPRESS, metavar=("WORK", "TARGET", "LANGUAGES"))
    given = arguments.parse_args()
    if given.ours:
        ours(Path(given.ours[0]), Path(given.ours[1]), given.ours[2].split(","))
        return
    if not given.hugo:
        sys.exit("hugo is missing: run `make bench-tools` first")
    with tempfile.TemporaryDirectory(prefix="kaishu-bench-") as folder:
        compare(Path(folder), given.count, given.runs, given.hugo)


def ours(work: Path, target: Path, languages: list[str]) -> None:
    """One cold run: read and check the entries, read the facts, make the frame, write the pages."""
    settings = make_settings(root=work / "city", build=target / "build", now=NOW, jobs=2)
    reading = read_catalogue(settings)
    gc.disable()  # as the reader does: a million small objects that all stay are not worth looking through
    facts = {path.stem: DatasetFacts.model_validate_json(path.read_bytes()) for path in (work / "facts").iterdir()}
    gc.enable()
    shell = build_shell(CODE / "site_src", settings.cache)
    source = RenderInput(reading.catalogue, reading.profile, facts, settings.today, "bench")
    render_site(
        source,
        shell,
        site_src=CODE / "site_src",
        target=target / "site",
        jobs=settings.jobs,
        languages=languages,  # type: ignore[arg-type]
    )


def compare(work: Path, count: int, runs: int, hugo: str) -> None:
    """Prepare both sides, run them in turns, print the table."""
    print(f"preparing {count} entries …", flush=True)
    prepare(work, count)
    commands = {
        "kaishu (zh)": [sys.executable, __file__, "--ours", str(work), "{target}", "zh"],
        "hugo": [hugo, "--source", str(work / "hugo"), "--destination", "{target}/site", "--quiet", "--noBuildLock"],
        "kaishu (zh + en)": [sys.executable, __file__, "--ours", str(work), "{target}", "zh,en"],
    }
    seen: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    sizes: dict[str, tuple[int, int]] = {}
    for _ in range(runs):
        for name, command in commands.items():
            target = work / "out"
            seen[name].append(measured([part.replace("{target}", str(target)) for part in command]))
            pages = list((target / "site").rglob("*.html"))
            sizes[name] = (len(pages), sum(page.stat().st_size for page in pages))
            shutil.rmtree(target)
    print("\n| tool | wall s (all runs) | CPU s | memory MB | pages | HTML MB | ms wall a page |")
    print("|---|---|---|---|---|---|---|")
    for name, found in seen.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*found, strict=True))
        number, size = sizes[name]
        walls = ", ".join(f"{one[0]:.1f}" for one in found)
        print(
            f"| {name} | {wall:.1f} ({walls}) | {cpu:.1f} | {memory:.0f} | {number} | {size / 1e6:.0f} "
            f"| {1000 * wall / number:.2f} |"
        )
    print(f"\n{count} entries, {runs} runs in turns, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")


def measured(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds with children, and the largest process in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{command[0]} failed: {message.decode(errors='replace')[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def prepare(work: Path, count: int) -> None:
    """The city's folder, the facts, and Hugo's folder with the same in its own places."""
    generate(work / "city", count)
    catalogue = read_catalogue(make_settings(root=work / "city", now=NOW)).catalogue
    facts = make_facts(catalogue)
    (work / "facts").mkdir()
    data = work / "hugo" / "data" / "facts"
    content = work / "hugo" / "content" / "dataset"
    data.mkdir(parents=True)
    content.mkdir(parents=True)
    labels = load_profile(catalogue.portal.profile).labels
    departments = {one.id: one.name for one in catalogue.departments}
    for dataset in catalogue.datasets:
        if not dataset.is_listed:
            continue
        found = facts[dataset.id]
        if dataset.is_open:
            text = found.model_dump_json()
            (work / "facts" / f"{dataset.id}.json").write_text(text)
            (data / f"{dataset.id}.json").write_text(hugo_facts(text))
        more = {
            "department": dataset.department,
            "department_name": departments[dataset.department],
            "open_type_name": labels.open_type_name(dataset.open_type),
            "format": sorted({one.format for one in found.downloads}) or ["csv"],
            "area": dataset.spatial or dataset.jurisdiction,
        }
        entry = (work / "city" / entry_path(dataset)).read_text("utf-8")
        (content / f"{dataset.id}.md").write_text(f"---\n{entry}{yaml_text(more)}---\n", "utf-8")
    shutil.copytree(LAYOUTS, work / "hugo", dirs_exist_ok=True)
    base = work / "hugo" / "layouts" / "_default" / "baseof.html"
    base.write_text(frame(work), "utf-8")


def hugo_facts(text: str) -> str:
    """The same facts, with sizes and counts already in words: Hugo has no function for ours."""
    told = json.loads(text)
    told["rows_text"] = figures.number(sum(table["rows"] for table in told["tables"]))
    for one in told["downloads"]:
        one["size"] = figures.size(one["bytes"])
    return json.dumps(told, ensure_ascii=False)


def frame(work: Path) -> str:
    """Our frame as Hugo's base template."""
    small = RenderInput(make_catalogue(1), load_profile("suzhou"), {}, make_settings(now=NOW).today, "bench")
    shell = build_shell(CODE / "site_src", work / "cache")
    text = render_site(small, shell, site_src=CODE / "site_src", target=work / "frame").shells["shell.html"]
    places = {"title": "{{ .Title }}", "head": '{{ block "head" . }}{{ end }}', "main": '{{ block "main" . }}{{ end }}'}
    for name, block in places.items():
        text = text.replace(f"<!--kaishu:{name}-->", block)
    return text


if __name__ == "__main__":
    main()
