"""All open data of a department and of the portal, in one file each; what is suspended is in none."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from rich.console import Console

from portal import bundling
from portal.pipeline import build
from portal.progress import Progress
from portal.settings import Settings
from tests.catalogues import DEPARTMENT, ENTRY, changed, dump, make_catalogue, settings_for, write_entry
from tests.unit.test_front_app import app, ask

QUIET = Progress("zh", Console(file=io.StringIO()))


@pytest.fixture
def city(tmp_path: Path) -> Settings:
    """Two departments: one with `parks` and `gardens`, one with `stops`."""
    root = make_catalogue(tmp_path / "city")
    second = {"title": "城区花园名录（2025年）", "files": [{**ENTRY["files"][0], "path": "gardens.csv"}]}
    write_rows(root, "ylj", "gardens", "编号,名称,面积\n0101,南园,1.5\n")
    write_entry(root, "ylj", "gardens", changed(ENTRY, second))
    (root / "catalog/jtj").mkdir()
    (root / "catalog/jtj/department.yml").write_text(dump({**DEPARTMENT, "name": "交通局"}), "utf-8")
    write_rows(root, "jtj", "stops", "编号,名称,面积\n0201,东门,2.5\n")
    third = {
        "title": "城区站点名录（2025年）",
        "domain": "transport",
        "files": [{**ENTRY["files"][0], "path": "stops.csv"}],
    }
    write_entry(root, "jtj", "stops", changed(ENTRY, third))
    return settings_for(root)


def write_rows(root: Path, department: str, name: str, text: str) -> None:
    folder = root / "datasets" / department
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.csv").write_text(text, "utf-8")


def names(settings: Settings, path: str) -> set[str]:
    with ZipFile(settings.live / "site" / path) as opened:
        assert opened.testzip() is None
        return {one.rpartition("/")[0] for one in opened.namelist()} - {""}


def test_each_department_and_the_portal_in_one_file(city: Settings) -> None:
    build(city, QUIET)
    site = city.live / "site"

    assert names(city, "department/ylj/ylj.zip") == {"ylj/parks", "ylj/gardens"}
    assert names(city, "department/jtj/jtj.zip") == {"jtj/stops"}
    assert names(city, "downloads/portal.zip") == {"ylj/parks", "ylj/gardens", "jtj/stops"}
    with ZipFile(site / "downloads/portal.zip") as opened:
        assert opened.read("jtj/stops/stops.csv") == (site / "dataset/stops/stops.csv").read_bytes()
        listed = list(csv.DictReader(io.StringIO(opened.read("清单.csv").decode("utf-8-sig"))))
        readme = opened.read("README.txt").decode("utf-8-sig")
    assert [(one["文件夹"], one["数据开放主体"], one["行数"]) for one in listed] == [
        ("jtj/stops", "交通局", "1"),
        ("ylj/gardens", "园林局", "1"),
        ("ylj/parks", "园林局", "3"),
    ]
    assert "共 3 个数据集" in readme
    assert "获取日期：____年__月__日" in readme
    manifest = dict(reversed(line.split("  ", 1)) for line in (site / "manifest.txt").read_text("utf-8").splitlines())
    for path in ("downloads/portal.zip", "department/ylj/ylj.zip"):
        assert manifest[path] == hashlib.sha256((site / path).read_bytes()).hexdigest()


def test_a_suspended_set_is_left_out_and_until_then_the_file_is_withheld(city: Settings) -> None:
    build(city, QUIET)
    before = city.live.resolve().name
    state = city.var / "public/state.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({"suspended": {"gardens": {"since": "2026-11-22", "reason": "核实中"}}}), "utf-8")

    def codes() -> list[int]:
        paths = ("/downloads/portal.zip", "/department/ylj/ylj.zip", "/department/jtj/jtj.zip")
        answers: list[httpx.Response] = ask(app(city.root), *({"url": path} for path in paths))
        return [answer.status_code for answer in answers]

    assert codes() == [503, 503, 200]
    build(city, QUIET)
    assert city.live.resolve().name != before
    assert names(city, "department/ylj/ylj.zip") == {"ylj/parks"}
    assert names(city, "downloads/portal.zip") == {"ylj/parks", "jtj/stops"}
    assert codes() == [200, 200, 200]


def test_a_suspended_set_is_left_out_under_its_new_name_too(city: Settings) -> None:
    state = city.var / "public/state.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({"suspended": {"old-gardens": {"since": "2026-11-22", "reason": "核实中"}}}), "utf-8")
    told = {"title": "城区花园名录（2025年）", "files": [{**ENTRY["files"][0], "path": "gardens.csv"}]}
    write_entry(city.root, "ylj", "gardens", changed(ENTRY, {**told, "aliases": ["old-gardens"]}))
    build(city, QUIET)
    assert names(city, "downloads/portal.zip") == {"ylj/parks", "jtj/stops"}
    page, file, told_of = ask(
        app(city.root), {"url": "/dataset/gardens/"}, {"url": "/dataset/gardens/gardens.csv"}, {"url": "/state.json"}
    )
    assert (page.status_code, file.status_code) == (410, 410)
    assert told_of.json()["suspended"] == {"gardens": {"since": "2026-11-22", "reason": "核实中"}}


def test_what_would_be_too_large_is_not_made_and_told(city: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(city, QUIET)
    monkeypatch.setattr(bundling, "LARGEST", (city.live / "site/department/ylj/ylj.zip").stat().st_size + 500)
    build(city, QUIET)
    assert not (city.live / "site/downloads/portal.zip").exists()
    assert names(city, "department/ylj/ylj.zip") == {"ylj/parks", "ylj/gardens"}
    told = json.loads((city.live / bundling.CONTENTS).read_text("utf-8"))
    assert "/downloads/portal.zip" not in told  # what is not there need not be withheld
    assert "/department/ylj/ylj.zip" in told
