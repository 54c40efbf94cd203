"""portal/changeset.py: what differs between the merge base and the working tree, read from a real repository."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from portal.catalogue import read_catalogue
from portal.changeset import Change, NothingToCompareError, read_change
from portal.problems import Exit
from tests.catalogues import DEPARTMENT, ENTRY, ROWS, changed, dump, make_catalogue, settings_for, write_entry
from tests.gate.repository import begin, commit, git


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The small city with a second dataset, committed."""
    root = make_catalogue(tmp_path / "city")
    (root / "datasets/ylj/trees.csv").write_text(ROWS, "utf-8")
    files = [{**ENTRY["files"][0], "path": "trees.csv"}]
    write_entry(root, "ylj", "trees", changed(ENTRY, {"title": "古树名木名录（2025年）", "files": files}))
    begin(root)
    return root


def change_of(root: Path, since: str = "HEAD", proposer: str | None = None) -> Change:
    settings = settings_for(root)
    return read_change(settings, read_catalogue(settings), since, proposer)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_changed(city: Path) -> None:
    change = change_of(city)
    assert (change.changed, change.departments, change.others) == ((), (), ())
    assert [one.id for one in change.base.catalogue.datasets] == ["parks", "trees"]
    assert change.commit == git(city, "rev-parse", "HEAD")


def test_words_and_data_that_are_not_yet_committed(city: Path) -> None:
    edit(city / "catalog/ylj/parks.yml", "城区公园名录", "公园名录")
    (city / "datasets/ylj/trees.csv").write_text(ROWS + "0004,南园,1.0\n", "utf-8")
    parks, trees = change_of(city).changed
    assert (parks.id, parks.data_changed, trees.id, trees.data_changed) == ("parks", False, "trees", True)
    assert parks.before is not None
    assert parks.after is not None
    assert (parks.before.title[:4], parks.after.title[:4]) == ("城区公园", "公园名录")
    assert parks.files_before["parks.csv"] == city / "datasets/ylj/parks.csv"
    assert trees.files_before["trees.csv"].read_text("utf-8") == ROWS
    assert trees.before == trees.after


def test_same_size_and_time_do_not_hide_a_changed_file(city: Path) -> None:
    path = city / "datasets/ylj/parks.csv"
    stood = path.stat()
    time.sleep(0.05)  # longer than the step of the clock that stamps files
    path.write_text(ROWS.replace("东园", "西园"), "utf-8")
    os.utime(path, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    assert [one.id for one in change_of(city).changed] == ["parks"]


def test_a_change_that_git_is_told_to_overlook_is_seen(city: Path) -> None:
    git(city, "update-index", "--assume-unchanged", "catalog/ylj/parks.yml")
    edit(city / "catalog/ylj/parks.yml", "annual", "biennial")
    assert [one.id for one in change_of(city).changed] == ["parks"]


def test_new_removed_and_ignored_entries(city: Path) -> None:
    (city / ".gitignore").write_text("catalog/ylj/fresh.yml\n", "utf-8")
    write_entry(city, "ylj", "fresh", changed(ENTRY, {"title": "公园游客数（2025年）"}), reviewed=False)
    for name in ("trees.yml", "trees.releases.yml"):
        (city / "catalog/ylj" / name).unlink()
    change = change_of(city)
    assert [(one.id, one.before is None, one.after is None) for one in change.changed] == [
        ("fresh", True, False),
        ("trees", False, True),
    ]
    assert change.base.where("trees", "title") == ("catalog/ylj/trees.yml", 1)
    assert change.base.where("trees", "summary")[1] == 3
    assert len(change.base.catalogue.releases["trees"]) == 1


def test_a_renamed_entry_is_one_change(city: Path) -> None:
    text = (city / "catalog/ylj/trees.yml").read_text("utf-8") + "aliases: [trees]\n"
    (city / "catalog/ylj/old-trees.yml").write_text(text, "utf-8")
    (city / "catalog/ylj/trees.releases.yml").rename(city / "catalog/ylj/old-trees.releases.yml")
    (city / "catalog/ylj/trees.yml").unlink()
    (city / "datasets/ylj/trees.csv").rename(city / "datasets/ylj/moved.csv")
    edit(city / "catalog/ylj/old-trees.yml", "trees.csv", "moved.csv")
    (one,) = change_of(city).changed
    assert one.before is not None
    assert (one.id, one.before.id, one.data_changed) == ("old-trees", "trees", True)
    assert one.files_before["trees.csv"].read_text("utf-8") == ROWS


def test_two_entries_become_one(city: Path) -> None:
    text = (city / "catalog/ylj/trees.yml").read_text("utf-8") + "aliases: [parks, trees]\n"
    for name in ("parks", "trees"):
        (city / f"catalog/ylj/{name}.yml").unlink()
    (city / "catalog/ylj/green.yml").write_text(text, "utf-8")
    told = [(one.id, one.before and one.before.id, one.after and one.after.id) for one in change_of(city).changed]
    assert told == [("green", "parks", "green"), ("trees", "trees", None)]


def test_departments_and_other_files(city: Path) -> None:
    (city / "catalog/ylj/department.yml").write_text(dump({**DEPARTMENT, "name": "园林和绿化局"}), "utf-8")
    (city / "catalog/glossary.yml").write_text("[]\n", "utf-8")
    (city / "datasets/ylj/stray.csv").write_text("a\n", "utf-8")
    change = change_of(city)
    assert change.departments == ("ylj",)
    assert change.others == ("catalog/glossary.yml", "catalog/ylj/department.yml", "datasets/ylj/stray.csv")


def test_the_base_is_where_the_branch_began(city: Path) -> None:
    git(city, "checkout", "-q", "-b", "work")
    edit(city / "catalog/ylj/parks.yml", "annual", "biennial")
    commit(city, "slower", author=("zhang", "zhang@example.org"))
    git(city, "checkout", "-q", "main")
    edit(city / "catalog/ylj/trees.yml", "annual", "monthly")
    commit(city, "faster, elsewhere")
    git(city, "checkout", "-q", "work")
    change = change_of(city, "main")
    assert [one.id for one in change.changed] == ["parks"]
    assert change.proposer == "zhang <zhang@example.org>"
    assert change_of(city, "main", "li <li@example.org>").proposer == "li <li@example.org>"
    git(city, "merge", "-q", "--no-edit", "main", author=("forge", "forge@example.org"))
    merged = change_of(city, "main")
    assert ([one.id for one in merged.changed], merged.proposer) == (["parks"], "zhang <zhang@example.org>")


def test_a_city_below_the_top_of_its_repository(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "仓 库" / "cities" / "甲")
    begin(tmp_path / "仓 库")
    (root / "datasets/ylj/parks.csv").write_text(ROWS + "0004,南园,1.0\n", "utf-8")
    (tmp_path / "仓 库" / "catalog").mkdir()
    (tmp_path / "仓 库" / "catalog" / "x.yml").write_text("elsewhere\n", "utf-8")
    change = change_of(root)
    assert ([one.id for one in change.changed], change.others) == (["parks"], ())
    assert change.changed[0].files_before["parks.csv"].read_text("utf-8") == ROWS


def test_the_base_has_no_catalogue_yet(tmp_path: Path) -> None:
    repo = tmp_path / "city"
    repo.mkdir()
    begin(repo)
    make_catalogue(repo)
    change = change_of(repo)
    assert [(one.id, one.before) for one in change.changed] == [("parks", None)]
    assert change.base.catalogue.datasets == ()


def test_an_unreadable_city_file_of_then_does_not_switch_the_comparison_off(city: Path) -> None:
    good = (city / "catalog/portal.yml").read_text("utf-8")
    (city / "catalog/portal.yml").write_text("name: [\n", "utf-8")
    commit(city, "broken")
    (city / "catalog/portal.yml").write_text(good, "utf-8")
    (city / "catalog/ylj/trees.yml").unlink()
    (one,) = change_of(city).changed
    assert (one.id, one.after) == ("trees", None)


def test_an_unreadable_entry_of_then_is_known_as_such(city: Path) -> None:
    good = (city / "catalog/ylj/parks.yml").read_text("utf-8")
    (city / "catalog/ylj/parks.yml").write_text("title: [\n", "utf-8")
    commit(city, "broken")
    (city / "catalog/ylj/parks.yml").write_text(good, "utf-8")
    change = change_of(city)
    assert (change.changed, change.base.broken) == ((), {"parks"})


def test_hostile_content_of_then_stays_in_git(city: Path) -> None:
    secret = city.parent / "secret.yml"
    secret.write_text("title: 秘密\n", "utf-8")
    (city / "catalog/ylj/link.yml").symlink_to(secret)
    (city / "catalog/ylj/huge.yml").write_text("title: " + "长" * 200_000, "utf-8")
    (city / "catalog/ylj/deep").mkdir()
    (city / "catalog/ylj/deep/x.yml").write_text("a: 1\n", "utf-8")
    commit(city, "hostile")
    for name in ("link.yml", "huge.yml"):
        (city / "catalog/ylj" / name).unlink()
    change = change_of(city)
    assert change.changed == ()
    assert change.base.broken == {"huge"}
    assert not [path for path in (city / "_build/cache/base").rglob("*") if "秘密" in _text(path)]
    assert not list((city / "_build/cache/base").rglob("x.yml"))


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""


HOSTILE = ["--help", "--all", "--output=x", "HEAD..HEAD", "^HEAD", "HEAD --all", "a\nHEAD", "HEAD\0", "", "HEAD^{tree}"]


@pytest.mark.parametrize("since", [*HOSTILE, "0" * 40, "no-such-branch", ":/nothing", "-n1", "HEAD:catalog"])
def test_a_word_that_names_no_commit(since: str, city: Path) -> None:
    with pytest.raises(NothingToCompareError) as found:
        change_of(city, since)
    assert found.value.exit == Exit.USAGE
    assert "--since origin/main" in str(found.value)
    assert not list(city.glob("x"))


def test_without_a_repository(tmp_path: Path) -> None:
    root = make_catalogue(tmp_path / "city")
    with pytest.raises(NothingToCompareError, match="没有可读的 Git 仓库"):
        change_of(root)


def test_a_shallow_clone_says_what_to_do(city: Path, tmp_path: Path) -> None:
    git(city, "checkout", "-q", "-b", "work")
    for number in range(3):
        (city / "note.txt").write_text(str(number), "utf-8")
        commit(city, f"work {number}")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "work", f"file://{city}", str(clone))
    with pytest.raises(NothingToCompareError, match="git fetch --unshallow"):
        change_of(clone, "origin/main")
    git(clone, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(NothingToCompareError, match="git fetch --unshallow"):
        change_of(clone, "origin/main")
    git(clone, "fetch", "-q", "--unshallow")
    assert change_of(clone, "origin/main").changed == ()


def test_histories_that_never_met(city: Path) -> None:
    git(city, "checkout", "-q", "--orphan", "other")
    commit(city, "another beginning")
    with pytest.raises(NothingToCompareError, match="没有共同的历史"):
        change_of(city, "main")
