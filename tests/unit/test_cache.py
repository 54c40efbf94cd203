"""portal/cache.py: a result is made once, whole, whoever asks for it."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from portal.cache import MARK, begin_build, code_version, get_or_make, key_of, prune


def _note(folder: Path) -> None:
    (folder / "made.txt").write_text("x")


def _race(root: Path) -> str:
    def make(folder: Path) -> None:
        (folder / "who").write_text(str(os.getpid()))

    return (get_or_make(root, "race", "k", make) / "who").read_text()


def test_a_result_is_made_once(tmp_path: Path) -> None:
    calls: list[Path] = []

    def make(folder: Path) -> None:
        calls.append(folder)
        _note(folder)

    first = get_or_make(tmp_path, "tables", "k1", make)
    assert get_or_make(tmp_path, "tables", "k1", make) == first == tmp_path / "tables" / "k1"
    assert len(calls) == 1
    assert (first / "made.txt").read_text() == "x"


def test_another_key_is_another_result(tmp_path: Path) -> None:
    assert get_or_make(tmp_path, "t", key_of("v1", ["a"]), _note) != get_or_make(
        tmp_path, "t", key_of("v2", ["a"]), _note
    )
    assert key_of("v", ["a", "bc"]) != key_of("v", ["ab", "c"])


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        _note(folder)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        get_or_make(tmp_path, "t", "k", fail)
    assert list((tmp_path / "t").iterdir()) == []


@pytest.mark.parametrize("harm", ["cut", "gone", "mark"])
def test_a_torn_result_is_made_again(tmp_path: Path, harm: str) -> None:
    folder = get_or_make(tmp_path, "t", "k", _note)
    match harm:
        case "cut":
            (folder / "made.txt").write_text("")
        case "gone":
            (folder / "made.txt").unlink()
        case "mark":
            (folder / MARK).write_text("{")
    assert (get_or_make(tmp_path, "t", "k", _note) / "made.txt").read_text() == "x"
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["k"]


def test_processes_that_race_share_one_result(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        answers = list(pool.map(_race, [tmp_path] * 40))
    assert len(set(answers)) == 1
    assert [path.name for path in (tmp_path / "race").iterdir()] == ["k"]


def test_prune_keeps_what_the_last_builds_used(tmp_path: Path) -> None:
    for number in range(4):
        begin_build(tmp_path)
        get_or_make(tmp_path, "t", "always", _note)
        get_or_make(tmp_path, "t", f"only-{number}", _note)
        _age(tmp_path)
    assert prune(tmp_path, keep=2) == 2
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == ["always", "only-2", "only-3"]
    assert prune(tmp_path, keep=2) == 0


def test_prune_waits_for_as_many_builds(tmp_path: Path) -> None:
    begin_build(tmp_path)
    get_or_make(tmp_path, "t", "k", _note)
    assert prune(tmp_path, keep=3) == 0


def test_prune_clears_what_a_killed_build_left(tmp_path: Path) -> None:
    begin_build(tmp_path)
    get_or_make(tmp_path, "t", "k", _note)
    left = tmp_path / "t" / ".part-killed"
    left.mkdir()
    os.utime(left, (0, 0))
    young = tmp_path / "t" / ".part-at-work"
    young.mkdir()
    prune(tmp_path, keep=1)
    assert not left.exists()
    assert young.exists()


def test_prune_leaves_what_a_check_has_put_aside_just_now(tmp_path: Path) -> None:
    """A check may run while a build ends: its tables lie in `scratch/`, without a mark."""
    begin_build(tmp_path)
    at_work, left = tmp_path / "scratch" / "tmp1", tmp_path / "scratch" / "spill-77"
    for folder in (at_work, left):
        folder.mkdir(parents=True)
        (folder / "rows.duckdb").write_text("x")
    os.utime(left, (0, 0))
    prune(tmp_path, keep=1)
    assert (at_work / "rows.duckdb").exists()
    assert not left.exists()


def test_the_code_version_follows_the_source() -> None:
    assert code_version("portal.cache") == code_version("portal.cache")
    assert code_version("portal.cache") != code_version("portal.text")
    assert code_version("portal.wording") != code_version("portal.wording", packages=("pydantic",))
    with pytest.raises(LookupError):
        code_version("portal.no_such_module")


def test_what_a_package_holds_beside_its_code_counts_as_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another portal/wording/rulebook.json writes other pages: under the old release's id they could not go live."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "kept_words").mkdir()
    (tmp_path / "kept_words" / "__init__.py").touch()
    found = []
    for name, text in (("rules.json", "{}"), ("rules.json", "[]"), ("bins.csv", "1"), ("notes.txt~", "left over")):
        (tmp_path / "kept_words" / name).write_text(text, "utf-8")
        code_version.cache_clear()
        found.append(code_version("kept_words"))
    assert len(set(found)) == 3
    assert found[-1] == found[-2]


def _age(root: Path) -> None:
    """Move all times a minute back: the next build starts later than everything so far."""
    for path in root.rglob("*"):
        if path.is_file():
            status = path.stat()
            os.utime(path, (status.st_atime - 60, status.st_mtime - 60))
