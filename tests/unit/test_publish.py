"""A folder becomes the live release in one step; the last three stay; nothing else is left behind."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from portal import publish as step
from portal.cache import get_or_make
from portal.holdings import Held, content_id, files_below, held_at
from portal.places import Places, places_in
from portal.problems import PortalError
from portal.settings import SHANGHAI, Settings
from portal.spare import SPARE, sweep


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    build = tmp_path / "_build"
    build.mkdir()
    return Settings(
        root=tmp_path, build=build, var=tmp_path / "var", now=datetime(2026, 11, 22, tzinfo=SHANGHAI), jobs=2
    )


def folder(settings: Settings, word: str) -> Path:
    work = settings.build / "work"
    (work / "site/assets").mkdir(parents=True)
    (work / "data").mkdir()
    (work / "site/index.html").write_text(f"<p>{word}</p>" + "公交 " * 500, "utf-8")
    (work / "site/small.html").write_text("小", "utf-8")
    (work / "site/same.js").write_text("// same\n" * 400, "utf-8")
    (work / f"site/assets/{word}.css").write_text("a{}", "utf-8")
    (work / "data/mzj.db").write_bytes(b"x" * 4096)
    (work / "catalogue.json").write_text(json.dumps({"release": word}), "utf-8")
    return work


def test_a_folder_becomes_the_live_release(settings: Settings) -> None:
    target = step.publish(folder(settings, "one"), settings, "2026-11-22-one")

    assert settings.live.resolve() == target == settings.build / "releases/2026-11-22-one"
    assert str(settings.live.readlink()) == "releases/2026-11-22-one"
    assert step.live_release(settings.build) == "2026-11-22-one"
    assert not (settings.build / "work").exists()
    assert (settings.live / "site/small.html").read_text("utf-8") == "小"


def test_the_manifest_names_every_file_with_its_checksum(settings: Settings) -> None:
    step.publish(folder(settings, "one"), settings, "r1")

    manifest = json.loads((settings.live / "manifest.json").read_text("utf-8"))
    on_disk = {
        path.relative_to(settings.live.resolve()).as_posix()
        for path in settings.live.resolve().rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["release"] == "r1"
    assert set(manifest["files"]) == on_disk
    for name, entry in manifest["files"].items():
        data = (settings.live / name).read_bytes()
        assert entry == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def test_text_of_1_kb_and_more_has_a_compressed_copy_outside_data(settings: Settings) -> None:
    step.publish(folder(settings, "one"), settings, "r1")

    site = settings.live / "site"
    assert gzip.decompress((site / "index.html.gz").read_bytes()) == (site / "index.html").read_bytes()
    assert not (site / "small.html.gz").exists()
    assert not (settings.live / "data/mzj.db.gz").exists()


def digests(work: Path) -> dict[str, str]:
    return {path: held_at(work / path).sha256 for path in files_below(work)}


def test_same_input_same_bytes_and_same_id(settings: Settings) -> None:
    first = folder(settings, "one")
    name = content_id("2026-11-22", digests(first))
    step.publish(first, settings, name)
    bytes_then = {p: p.read_bytes() for p in sorted(settings.live.resolve().rglob("*")) if p.is_file()}

    again = folder(settings, "one")
    assert content_id("2026-11-22", digests(again)) == name
    assert name.startswith("2026-11-22-")
    assert len(name) == len("2026-11-22-") + 12
    step.publish(again, settings, name)
    assert {p: p.read_bytes() for p in sorted(settings.live.resolve().rglob("*")) if p.is_file()} == bytes_then
    assert step.kept_releases(settings.build) == [name]
    assert not (settings.build / "work").exists()


def test_the_id_does_not_depend_on_the_catalogue_that_carries_it(settings: Settings) -> None:
    work = folder(settings, "one")
    before = content_id("2026-11-22", digests(work))
    (work / "catalogue.json").write_text(json.dumps({"release": before}), "utf-8")
    assert content_id("2026-11-22", digests(work)) == before
    (work / "site/small.html").write_text("大", "utf-8")
    assert content_id("2026-11-22", digests(work)) != before


def test_an_unchanged_file_keeps_its_compressed_copy(settings: Settings) -> None:
    step.publish(folder(settings, "one"), settings, "r1")
    step.publish(folder(settings, "two"), settings, "r2")
    old, new = (settings.build / f"releases/{r}/site/same.js.gz" for r in ("r1", "r2"))
    assert old.stat().st_ino == new.stat().st_ino
    page = settings.build / "releases/r2/site/index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()


def test_three_releases_stay_and_older_ones_go(settings: Settings) -> None:
    for word in ("a", "b", "c", "d", "e"):
        step.publish(folder(settings, word), settings, word)
    assert step.kept_releases(settings.build) == ["e", "d", "c"]
    assert sorted(path.name for path in (settings.build / "releases").iterdir()) == ["c", "d", "e"]
    assert (settings.build / "releases/c/site/assets/c.css").exists()


def test_roll_back_goes_one_release_back_and_no_further_than_there_is(settings: Settings) -> None:
    for word in ("a", "b", "c"):
        step.publish(folder(settings, word), settings, word)
    assert step.roll_back(settings) == "b"
    assert step.roll_back(settings) == "a"
    with pytest.raises(PortalError):
        step.roll_back(settings)
    assert step.live_release(settings.build) == "a"
    step.publish(folder(settings, "d"), settings, "d")
    assert step.live_release(settings.build) == "d"


def test_a_symbolic_link_is_refused_and_what_was_live_stays(settings: Settings) -> None:
    step.publish(folder(settings, "one"), settings, "r1")
    work = folder(settings, "two")
    (work / "site/secret.html").symlink_to("/etc/passwd")
    with pytest.raises(PortalError):
        step.publish(work, settings, "r2")
    assert step.live_release(settings.build) == "r1"


def test_an_id_never_stands_for_two_contents(settings: Settings) -> None:
    step.publish(folder(settings, "one"), settings, "r1")
    with pytest.raises(PortalError):
        step.publish(folder(settings, "two"), settings, "r1")
    assert "one" in (settings.live / "site/index.html").read_text("utf-8")


def test_what_stands_in_the_cache_is_not_read_again(settings: Settings) -> None:
    parks = kept(settings, "parks", "a")
    known = {path: one._replace(sha256="0" * 64) for path, one in parks.items()}
    held = step.lay_out(known, folder(settings, "one"), settings)
    assert held["site/dataset/parks/parks.csv"] is known["site/dataset/parks/parks.csv"]


def test_before_the_first_release_there_is_none(settings: Settings) -> None:
    assert step.live_release(settings.build) is None
    assert step.kept_releases(settings.build) == []


def kept(settings: Settings, name: str, text: str) -> Places:
    """The files of a dataset, kept under a key of its own."""

    def make(folder: Path) -> None:
        (folder / f"{name}.csv").write_text(text, "utf-8")

    return places_in(get_or_make(settings.cache, "rows", text, make), f"site/dataset/{name}/")


def laid_out(settings: Settings, word: str, places: Places) -> Path:
    work = folder(settings, word)
    return step.publish(work, settings, word, step.lay_out(places, work, settings, sweep(settings.build)))


def assert_true(release: Path) -> None:
    """The release holds what its manifest says, and nothing else."""
    told = json.loads((release / "manifest.json").read_text("utf-8"))["files"]
    files = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()}
    assert set(files) == {*told, "manifest.json"}
    assert {path: hashlib.sha256(files[path].read_bytes()).hexdigest() for path in told} == {
        path: one["sha256"] for path, one in told.items()
    }


def test_a_release_takes_over_the_folders_of_the_one_that_went(settings: Settings) -> None:
    parks = kept(settings, "parks", "a")
    for number in range(4):
        laid_out(settings, f"r{number}", parks)
    spare = settings.build / SPARE / "site/dataset/parks"
    folder_id = spare.stat().st_ino
    live = laid_out(settings, "r4", parks | kept(settings, "stops", "b"))
    assert (live / "site/dataset/parks").stat().st_ino == folder_id
    assert (live / "site/dataset/stops/stops.csv").read_text("utf-8") == "b"
    assert [path.name for path in (settings.build / SPARE / "site/dataset").iterdir()] == ["parks"]
    for one in step.kept_releases(settings.build):
        assert_true(settings.build / "releases" / one)


def test_what_changes_in_a_folder_that_is_taken_over_changes_in_no_other_release(settings: Settings) -> None:
    for number in range(9):
        places = {**kept(settings, "parks", f"a{number // 3}"), **kept(settings, "stops", f"b{number}")}
        if number == 7:
            del places["site/dataset/stops/stops.csv"]
        live = laid_out(settings, f"r{number}", places)
        assert (live / "site/dataset/parks/parks.csv").read_text("utf-8") == f"a{number // 3}"
        assert (live / "site/dataset/stops").exists() == (number != 7)
        for one in step.kept_releases(settings.build):
            assert_true(settings.build / "releases" / one)


def test_a_folder_with_anything_that_its_manifest_does_not_name_is_not_taken_over(settings: Settings) -> None:
    parks = kept(settings, "parks", "a")
    for number in range(4):
        laid_out(settings, f"r{number}", parks)
    (settings.build / SPARE / "site/dataset/parks/身份证.csv").write_text("secret", "utf-8")
    live = laid_out(settings, "r4", parks)
    assert_true(live)
    assert [path.name for path in (live / "site/dataset/parks").iterdir()] == ["parks.csv"]


def test_a_folder_that_lacks_what_its_manifest_names_is_not_taken_over(settings: Settings) -> None:
    parks = kept(settings, "parks", "a")
    for number in range(4):
        laid_out(settings, f"r{number}", parks)
    (settings.build / SPARE / "site/dataset/parks/parks.csv").unlink()
    live = laid_out(settings, "r4", parks)
    assert (live / "site/dataset/parks/parks.csv").read_text("utf-8") == "a"
    assert_true(live)


def test_a_file_that_a_step_wrote_into_a_datasets_folder_stays(settings: Settings) -> None:
    parks = kept(settings, "parks", "a")
    for number in range(5):
        work = folder(settings, f"r{number}")
        (work / "site/dataset/parks/changes").mkdir(parents=True)
        (work / "site/dataset/parks/changes/index.html").write_text(f"{number}" * 2000, "utf-8")
        step.publish(work, settings, f"r{number}", step.lay_out(parks, work, settings, sweep(settings.build)))
    for one in step.kept_releases(settings.build):
        assert_true(settings.build / "releases" / one)
        written = settings.build / f"releases/{one}/site/dataset/parks/changes/index.html"
        assert written.read_text("utf-8")[0] == one[1]


def test_copies_come_from_one_release_while_somebody_rolls_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the live release holds is read, and then its copies are linked; the link may be moved between the two."""
    for word in ("one", "two"):
        step.publish(folder(settings, word), settings, word)
    told = step.some_holdings_of

    def meanwhile(release: Path, paths: Iterable[str]) -> dict[str, Held]:
        found = told(release, paths)
        if step.live_release(settings.build) == "two":
            step.roll_back(settings)
        return found

    monkeypatch.setattr(step, "some_holdings_of", meanwhile)
    work = folder(settings, "two")
    held = step.lay_out({}, work, settings)
    assert step.live_release(settings.build) == "one"
    assert gzip.decompress((work / "site/index.html.gz").read_bytes()) == (work / "site/index.html").read_bytes()
    assert held["site/index.html.gz"] == held_at(work / "site/index.html.gz")


def test_a_kept_file_that_is_gone_or_torn_is_told(settings: Settings) -> None:
    parks = kept(settings, "parks", "abc")
    source = settings.cache / parks["site/dataset/parks/parks.csv"].source
    work = folder(settings, "one")
    for spoil in (lambda: source.write_text("ab", "utf-8"), source.unlink):
        spoil()
        with pytest.raises(FileNotFoundError) as told:
            step.lay_out(parks, work, settings)
        assert told.value.filename == str(source)
