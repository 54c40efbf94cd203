"""Of the release that went last, the next one gets the folders that are what they should be, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.digests import file_digest
from portal.holdings import MANIFEST, files_below, held_at, manifest_text
from portal.spare import NOTHING, SPARE, folder_of, set_aside, sweep, take_over

FILES = {
    "site/dataset/parks/parks.csv": "a",
    "site/dataset/parks/v/2025/parks.csv": "b",
    "site/dataset/stops/stops.csv": "c",
    "site/en/dataset/parks/index.html": "d",
    "site/datasets/index.html": "e",
    "site/index.html": "f",
    "data/ylj.db": "g",
}


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder with a spare release."""
    build = tmp_path / "_build"
    for path, text in FILES.items():
        (build / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (build / "old" / path).write_text(text, "utf-8")
    told = manifest_text("old", {path: held_at(build / "old" / path) for path in FILES})
    (build / "old" / MANIFEST).write_text(told, "utf-8")
    set_aside(build / "old", build)
    return build


def left(build: Path) -> set[str]:
    return set(files_below(build / SPARE))


def test_what_lies_outside_datasets_folders_is_removed(build: Path) -> None:
    swept = sweep(build)
    fit = {path for path in FILES if folder_of(path)}
    assert swept.folders == {"site/dataset/parks/", "site/dataset/stops/", "site/en/dataset/parks/"}
    assert swept.held == {path: file_digest(build / SPARE / path) for path in fit}
    assert left(build) == fit | {MANIFEST}


def test_a_second_sweep_after_one_that_was_interrupted_finds_the_same(build: Path) -> None:
    assert sweep(build) == sweep(build) != NOTHING


@pytest.mark.parametrize("spoil", ["more", "less", "link", "whole-link"])
def test_a_folder_that_is_not_what_the_manifest_says_goes(build: Path, spoil: str) -> None:
    stops = build / SPARE / "site/dataset/stops"
    outside = build / "outside"
    outside.mkdir()
    (outside / "stops.csv").write_text("c", "utf-8")
    if spoil == "more":
        (stops / "身份证.csv").write_text("x", "utf-8")
    else:
        (stops / "stops.csv").unlink()
    if spoil == "link":
        (stops / "stops.csv").symlink_to(outside / "stops.csv")
    if spoil == "whole-link":
        stops.rmdir()
        stops.symlink_to(outside)
    assert sweep(build).folders == {"site/dataset/parks/", "site/en/dataset/parks/"}
    assert not stops.exists()
    assert not stops.is_symlink()
    assert (outside / "stops.csv").read_text("utf-8") == "c"


def test_without_a_spare_release_or_its_manifest_nothing_is_taken_over(build: Path, tmp_path: Path) -> None:
    assert sweep(tmp_path) == NOTHING
    (build / SPARE / MANIFEST).unlink()
    assert sweep(build) == NOTHING
    assert left(build) == set()


def test_what_the_new_release_has_is_not_taken_over(build: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "site/dataset/parks").mkdir(parents=True)
    taken = take_over(sweep(build), work, build)
    assert taken.folders == {"site/dataset/stops/", "site/en/dataset/parks/"}
    assert taken.held.keys() == {"site/dataset/stops/stops.csv", "site/en/dataset/parks/index.html"}
    assert set(files_below(work)) == set(taken.held)


def test_what_comes_between_is_not_taken_over(build: Path, tmp_path: Path) -> None:
    """A folder that could not be removed, say: it must not get into a release unseen."""
    swept = sweep(build)
    (build / SPARE / "site/dataset/odd").mkdir()
    (build / SPARE / "site/dataset/odd/odd.csv").write_text("x", "utf-8")
    work = tmp_path / "work"
    work.mkdir()
    assert take_over(swept, work, build) == swept
    assert set(files_below(work)) == set(swept.held)
