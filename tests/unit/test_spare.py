"""Of the release that went last, the next one gets the folders that are what they should be, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.digests import file_digest
from portal.holdings import MANIFEST, files_below, held_at, manifest_text
from portal.spare import NOTHING, SPARE, set_aside, sweep, take_over

FILES = {
    "site/dataset/parks/parks.csv": "a",
    "site/dataset/parks/v/2025/parks.csv": "b",
    "site/dataset/stops/stops.csv": "c",
    "site/en/dataset/parks/index.html": "d",
    "site/datasets/index.html": "e",
    "site/datasets/by/domain/traffic/index.html": "f",
    "site/index.html": "g",
    "data/ylj.db": "h",
}


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A folder with a spare release."""
    build = tmp_path / "_build"
    for path, text in FILES.items():
        (build / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (build / "old" / path).write_text(text, "utf-8")
    (build / "old" / "shell.html").write_text("x", "utf-8")
    told = {path: held_at(build / "old" / path) for path in (*FILES, "shell.html")}
    (build / "old" / MANIFEST).write_text(manifest_text("old", told), "utf-8")
    set_aside(build / "old", build)
    return build


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work/site").mkdir(parents=True)
    return tmp_path / "work"


def below(*starts: str) -> set[str]:
    return {path for path in FILES if path.startswith(starts)}


def test_every_folder_goes_over_whole_into_a_release_that_has_none(build: Path, work: Path) -> None:
    taken = take_over(sweep(build), work, build)
    assert taken.folders == {"site/dataset/", "site/en/", "site/datasets/"}
    assert taken.held == {path: file_digest(work / path) for path in below("site/dataset", "site/en/")}
    assert set(files_below(work)) == set(taken.held)


def test_what_a_step_wrote_into_is_not_taken_over_but_what_lies_below_is(build: Path, work: Path) -> None:
    """/datasets/index.json is written, so /datasets/ is made anew; the lists below it are taken over."""
    for path in ("site/datasets/index.json", "site/dataset/parks/index.html"):
        (work / path).parent.mkdir(parents=True)
        (work / path).write_text("new", "utf-8")
    taken = take_over(sweep(build), work, build)
    assert taken.folders == {"site/datasets/by/", "site/dataset/parks/v/", "site/dataset/stops/", "site/en/"}
    assert taken.held.keys() == below("site/datasets/by", "site/dataset/parks/v/", "site/dataset/stops/", "site/en/")
    own = {"site/datasets/index.json", "site/dataset/parks/index.html"}
    assert set(files_below(work)) == set(taken.held) | own
    assert set(files_below(work, taken.folders)) == own


def test_a_file_that_a_step_wrote_where_a_folder_was_stays(build: Path, work: Path) -> None:
    (work / "site/datasets").write_text("a file now", "utf-8")
    taken = take_over(sweep(build), work, build)
    assert taken.folders == {"site/dataset/", "site/en/"}
    assert (work / "site/datasets").read_text("utf-8") == "a file now"
    assert set(files_below(work)) == set(taken.held) | {"site/datasets"}


def test_what_serves_no_site_is_removed_meanwhile(build: Path) -> None:
    sweep(build)
    assert set(files_below(build / SPARE)) == below("site/") | {MANIFEST}


def test_a_second_sweep_after_one_that_was_interrupted_finds_the_same(build: Path) -> None:
    assert sweep(build) == sweep(build) != NOTHING


@pytest.mark.parametrize("spoil", ["more", "less", "link", "link to a folder"])
def test_a_folder_that_is_not_what_the_manifest_says_is_not_taken_over(build: Path, work: Path, spoil: str) -> None:
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
    if spoil == "link to a folder":
        stops.rmdir()
        stops.symlink_to(outside)
    taken = take_over(sweep(build), work, build)
    assert taken.folders == {"site/dataset/parks/", "site/en/", "site/datasets/"}
    assert set(files_below(work)) == set(taken.held) == below("site/dataset/parks/", "site/en/", "site/datasets/")
    assert (outside / "stops.csv").read_text("utf-8") == "c"


def test_a_site_that_is_a_link_is_not_followed(build: Path, work: Path) -> None:
    (build / SPARE / "site").rename(build / "elsewhere")
    (build / SPARE / "site").symlink_to(build / "elsewhere")
    assert take_over(sweep(build), work, build).folders == frozenset()
    assert (build / "elsewhere/index.html").exists()


def test_without_a_spare_release_or_its_manifest_nothing_is_taken_over(build: Path, work: Path, tmp_path: Path) -> None:
    assert sweep(tmp_path) == NOTHING
    (build / SPARE / MANIFEST).unlink()
    assert take_over(sweep(build), work, build).folders == frozenset()
    assert set(files_below(work)) == set()
