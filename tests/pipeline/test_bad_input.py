"""Everything hostile at once: one clear problem each, the others still reported, memory bounded, the site untouched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.catalogues import ENTRY, changed, dump, lay_example, make_catalogue, write_entry

CODE = Path(__file__).parents[2]
BAD = CODE / "tests" / "bad"
NOW = "2026-11-22T10:00"
MEMORY = 1 << 20  # KiB: 1 GiB, the budget of the check whatever the files

DATA = (
    "encoding-utf16", "encoding-mixed", "encoding-broken",
    "extra-cell", "missing-cell", "blank-row", "duplicate-row", "duplicate-label", "missing-label",
    "workbook-encrypted", "workbook-broken", "workbook-bomb", "file-empty",
    "file-link", "file-too-large", "file-binary",
)  # fmt: skip
Report = tuple[dict[str, str], list[dict[str, str]], int, int, Path]
YAML = ("yaml-anchor", "yaml-tab", "yaml-repeated-key", "yaml-too-large", "yaml-too-deep", "yaml-hidden-character")


def put_data_example(rule: str, city: Path, scratch: Path) -> str:
    """The files and the entry of one broken example, as a dataset of its own; its id."""
    laid = lay_example(BAD / rule, scratch / rule)
    name = f"set-{rule}"
    entry = (laid / "catalog/ylj/parks.yml").read_text("utf-8").replace("path: parks.", f"path: {name}.")
    (city / "catalog/ylj" / f"{name}.yml").write_text(entry.split("\nreviews:")[0] + "\n", "utf-8")
    for file in (laid / "datasets/ylj").iterdir():
        if file.name == "parks.csv" and f"{name}.csv" not in entry:
            continue  # left over from the small catalogue: this example is about another file
        file.rename(city / "datasets/ylj" / file.name.replace("parks", name, 1))
    return f"datasets/ylj/{name}"


def put_yaml_example(rule: str, city: Path, scratch: Path) -> str:
    laid = lay_example(BAD / rule, scratch / rule)
    broken = sorted((laid / "catalog/ylj").glob("*.yml"))
    source = next(
        (path for path in broken if path.name not in ("parks.yml", "department.yml") and "releases" not in path.name),
        None,
    )
    target = city / "catalog/ylj" / f"set-{rule}.yml"
    (source or laid / "catalog/ylj/parks.yml").rename(target)
    return target.relative_to(city).as_posix()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    base = tmp_path_factory.mktemp("hostile")
    city = make_catalogue(base / "city")
    built = run(city)
    assert built[0] == 0, built[1]
    places = {rule: put_data_example(rule, city, base) for rule in DATA}
    places |= {rule: put_yaml_example(rule, city, base) for rule in YAML}
    wide = [{"name": f"c{n}", "title": f"第{n}列", "description": f"第{n}列的数值"} for n in range(300)]
    files = [{"path": "wide.csv", "schema": {"primaryKey": "c0", "fields": wide}}]
    write_entry(city, "ylj", "wide", changed(ENTRY, {"files": files}), reviewed=False)
    (city / "datasets/ylj/wide.csv").write_text(",".join(f"c{n}" for n in range(300)) + "\n", "utf-8")
    outside = [{**ENTRY["files"][0], "path": "../../../../etc/passwd"}]
    write_entry(city, "ylj", "outside", changed(ENTRY, {"files": outside}), reviewed=False)
    (city / "catalog/jtj").mkdir()
    shutil.copy(city / "catalog/ylj/department.yml", city / "catalog/jtj/department.yml")
    (city / "catalog/jtj/parks.yml").write_text(dump(ENTRY), "utf-8")
    code, out, memory = run(city, "check", "--format", "json")
    return places, json.loads(out), code, memory, city


def run(city: Path, *words: str) -> tuple[int, str, int]:
    """Exit code, standard output and the most memory (KiB) that one process of the command took."""
    command = [sys.executable, str(CODE / "build.py"), *words, "--root", str(city), "--now", NOW]
    with TemporaryFile() as told:
        child = subprocess.Popen(command, stdout=told)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        return child.returncode, told.read().decode(), used.ru_maxrss


@pytest.mark.parametrize("rule", [*DATA, *YAML])
def test_each_has_its_problem_though_all_come_at_once(rule: str, report: Report) -> None:
    places, problems, *_ = report
    told = [one["rule"] for one in problems if one["path"].startswith(places[rule].removesuffix(".yml"))]
    assert rule in told


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("catalog/ylj/wide.yml", "too-many"),
        ("catalog/ylj/outside.yml", "file-path"),
        ("catalog/ylj/parks.yml", "duplicate-id"),
    ],
)
def test_entries_that_reach_too_far(path: str, rule: str, report: Report) -> None:
    assert rule in {one["rule"] for one in report[1] if one["path"] in (path, path.replace("/ylj/", "/jtj/"))}


def test_it_ends_with_exit_1_within_the_memory_budget(report: Report) -> None:
    *_, code, memory, _ = report
    assert code == 1
    assert memory < MEMORY


def test_a_build_then_stops_and_the_live_site_is_untouched(report: Report) -> None:
    city = report[-1]
    live = (city / "_build/live").resolve()
    before = sorted((path, path.stat().st_mtime_ns) for path in live.rglob("*"))
    code, _, memory = run(city)
    assert code == 1
    assert memory < MEMORY
    assert (city / "_build/live").resolve() == live
    assert sorted((path, path.stat().st_mtime_ns) for path in live.rglob("*")) == before
    assert len(list((city / "_build/releases").iterdir())) == 1
