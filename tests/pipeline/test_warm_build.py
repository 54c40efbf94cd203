"""A build that takes over what did not change makes what a build from nothing makes, and touches no other release."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from portal.pipeline import build
from portal.progress import Progress
from portal.publish import kept_releases
from portal.settings import Settings
from tests.catalogues import ENTRY, changed, make_catalogue, settings_for, write_entry
from tests.unit.test_publish import assert_true

PARKS = "catalog/ylj/parks.yml"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    root = make_catalogue(tmp_path / "city")
    add_gardens(root)
    return root


def add_gardens(root: Path) -> None:
    (root / "datasets/ylj/gardens.csv").write_text("编号,名称,面积\n0101,南园,1.5\n", "utf-8")
    files = [{**ENTRY["files"][0], "path": "gardens.csv"}]
    write_entry(root, "ylj", "gardens", changed(ENTRY, {"title": "城区花园名录（2025年）", "files": files}))


def remove_gardens(root: Path) -> None:
    for path in [*root.glob("catalog/ylj/gardens*"), *root.glob("datasets/ylj/gardens*")]:
        path.unlink()


def of_entry(**keys: Any) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / PARKS
        path.write_text(
            yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), **keys}, allow_unicode=True), "utf-8"
        )

    return change


CHANGES: tuple[Callable[[Path], None], ...] = (
    lambda root: None,
    of_entry(summary="换了一句话的简介，供市民查找。"),
    of_entry(title="换了名字的公园名录（2025年）"),
    lambda root: None,
    remove_gardens,
    of_entry(summary="又换了一句话的简介，供市民查找。"),
    add_gardens,
    of_entry(keywords=["公园"]),
)


def manifest(settings: Settings) -> Any:
    return json.loads((settings.live / "manifest.json").read_text("utf-8"))


def quiet() -> Progress:
    return Progress("zh", Console(file=io.StringIO()))


@pytest.mark.parametrize("jobs", [1, 2])
def test_after_any_changes_a_release_is_what_it_would_be_from_nothing(city: Path, tmp_path: Path, jobs: int) -> None:
    """With several processes, too: what they do at the same time must not meet."""
    settings = settings_for(city, jobs=jobs)
    for number, change in enumerate(CHANGES):
        change(city)
        build(settings, quiet())
        from_nothing = replace(settings, jobs=1, build=tmp_path / f"cold-{number}", var=tmp_path / "var")
        shutil.copytree(settings.cache / "shell", from_nothing.cache / "shell")  # the site generator, 2 s
        build(from_nothing, quiet())
        assert manifest(settings) == manifest(from_nothing), number
        for release in kept_releases(settings.build):
            assert_true(settings.build / "releases" / release)
        shutil.rmtree(from_nothing.build)


def test_what_no_kept_release_needs_leaves_the_cache(city: Path) -> None:
    settings = settings_for(city, jobs=1)
    build(settings, quiet())
    first = {path.name for path in (settings.cache / "page").iterdir()}
    for number in range(4):
        of_entry(summary=f"第{number}次换了一句话的简介，供市民查找。")(city)
        build(settings, quiet())
    left = {path.name for path in (settings.cache / "page").iterdir()}
    assert len(first - left) == 1, "the page of the park; that of the gardens is the same as ever"
    assert len(left) == 1 + 4


def test_a_cache_that_somebody_emptied_is_filled_again(city: Path) -> None:
    settings = settings_for(city, jobs=1)
    build(settings, quiet())
    for kind in ("rows", "package", "page"):
        shutil.rmtree(settings.cache / kind)
        of_entry(summary=f"删去缓存“{kind}”之后的简介，供市民查找。")(city)
        build(settings, quiet())
        assert_true(settings.live.resolve())
