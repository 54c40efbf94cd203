"""The whole build on a small city: complete, equal twice, never over a good release, and nothing leaks."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from portal.pipeline import build, check
from portal.problems import CatalogueHasProblems, PortalError, errors_in
from portal.progress import Progress
from portal.settings import Settings
from tests.catalogues import ENTRY, changed, settings_for, write_entry

GOOD = Path(__file__).parents[1] / "good"


def quiet() -> Progress:
    return Progress("zh", Console(file=io.StringIO()))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "城市 city")


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One build that the reading tests share."""
    settings = settings_for(shutil.copytree(GOOD, tmp_path_factory.mktemp("build") / "city"), jobs=2)
    build(settings, quiet())
    return settings


def test_the_good_catalogue_has_no_error(city: Path) -> None:
    assert errors_in(check(settings_for(city), quiet()).problems) == []


def test_every_listed_dataset_has_its_page_files_and_table(built: Settings) -> None:
    catalogue = json.loads((built.live / "catalogue.json").read_text("utf-8"))
    site = built.live / "site"
    assert catalogue["datasets"]
    for name, dataset in catalogue["datasets"].items():
        assert (site / "dataset" / name / "index.html").is_file()
        assert (site / "en" / "dataset" / name / "index.html").is_file()
        for table in dataset["tables"]:
            for ending in ("csv", "excel.csv", "xlsx", "json", "xml", "parquet"):
                assert (site / "dataset" / name / f"{table}.{ending}").stat().st_size > 0
            with closing(sqlite3.connect(built.live / "data" / f"{dataset['department']}.db")) as connection:
                assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] > 0
    for name in ("catalog.json", "data.json", "sitemap.xml", "robots.txt", "404.html", "index.html"):
        assert (site / name).stat().st_size > 0


def test_what_the_cache_keeps_for_itself_stays_there(built: Settings) -> None:
    names = {path.name for path in (built.live / "site/dataset").rglob("*")}
    inside = ("table.db", "facts.json", "views.json", "about.json", "entry.json", ".complete.json")
    assert names.isdisjoint({*inside, *(f"{name}.gz" for name in inside)})
    assert {"index.html", "datapackage.json", "dcat.ttl"} <= names


def test_the_release_names_itself_the_same_everywhere(built: Settings) -> None:
    release = built.live.resolve().name
    assert json.loads((built.live / "catalogue.json").read_text("utf-8"))["release"] == release
    assert json.loads((built.live / "manifest.json").read_text("utf-8"))["release"] == release
    assert release in (built.live / "site" / "about" / "index.html").read_text("utf-8")


def test_the_same_input_gives_the_same_bytes_whatever_the_cache_and_the_jobs(city: Path, tmp_path: Path) -> None:
    first = settings_for(city, jobs=1)
    second = replace(first, build=tmp_path / "elsewhere", jobs=2)
    build(first, quiet())
    build(second, quiet())
    assert tree(first.live) == tree(second.live)
    again = build(first, quiet())
    assert again.release == first.live.resolve().name
    assert tree(first.live) == tree(second.live)


def test_a_second_build_makes_nothing_again(city: Path) -> None:
    settings = settings_for(city)
    build(settings, quiet())
    kept = {path: path.stat().st_mtime_ns for path in (settings.cache / "rows").rglob("*.csv")}
    assert kept
    build(settings, quiet())
    assert {path: path.stat().st_mtime_ns for path in (settings.cache / "rows").rglob("*.csv")} == kept


def test_an_error_stops_the_build_before_anything_is_written_and_the_live_site_stays(city: Path) -> None:
    settings = settings_for(city)
    build(settings, quiet())
    before, live = tree(settings.live), settings.live.resolve()
    victim = next(path for path in sorted((city / "datasets").rglob("*.csv")))
    victim.write_bytes(victim.read_bytes() + "多余,的,一,行,数,据,啊\n".encode())
    with pytest.raises(CatalogueHasProblems) as stopped:
        build(settings, quiet())
    rules = {problem.rule for problem in stopped.value.problems}
    assert "review-outdated" in rules
    assert rules & {"extra-cell", "missing-cell"}
    assert settings.live.resolve() == live
    assert tree(settings.live) == before
    assert len(list((settings.build / "releases").iterdir())) == 1


def test_nothing_of_a_dataset_that_is_not_open_is_published(city: Path) -> None:
    """Leak test (OT-1): the words of a not-open entry stand in no byte of the release."""
    secret = "绝密条目甲乙丙"
    department = sorted((city / "catalog").glob("*/department.yml"))[0].parent.name
    domain = yaml.safe_load((city / "catalog" / "domains.yml").read_text("utf-8"))[0]["id"]
    files = [{**ENTRY["files"][0], "path": "hidden-set.csv"}]
    closed = {
        "title": secret,
        "open_type": "not-open",
        "open_ground": "《保守国家秘密法》第十三条",
        "domain": domain,
        "files": files,
    }
    write_entry(city, department, "hidden-set", changed(ENTRY, {**closed, "views": None, "relations": None}))
    settings = settings_for(city)
    build(settings, quiet())
    for path in settings.live.resolve().rglob("*"):
        if path.is_file() and path.suffix not in (".gz", ".zip", ".xlsx", ".parquet"):
            content = path.read_bytes()
            assert secret.encode() not in content, path
            assert b"hidden-set" not in content, path


def test_suspended_and_blocked_content_is_never_built_again(city: Path) -> None:
    settings = settings_for(city)
    checked = check(settings, quiet())
    dataset = next(one for one in checked.reading.catalogue.datasets if one.is_open)
    release = checked.reading.catalogue.releases[dataset.id][-1]
    state = settings.var / "public" / "state.json"
    state.parent.mkdir(parents=True)
    state.write_text(json.dumps({"suspended": {}, "blocked_digests": [release.digest], "under_query": {}}), "utf-8")
    assert "release-blocked" in {problem.rule for problem in check(settings, quiet()).problems}


def test_a_state_that_can_not_be_read_stops_the_build_and_what_was_live_stays(city: Path) -> None:
    settings = settings_for(city)
    release = build(settings, quiet()).release
    state = settings.var / "public" / "state.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    state.write_text('{"suspended": {"parks"', "utf-8")
    with pytest.raises(PortalError, match=r"state\.json"):
        build(settings, quiet())
    assert settings.live.readlink().name == release
