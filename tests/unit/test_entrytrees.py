"""What is kept of many YAML files is what they say: after a change, with a fault among them, in several processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal import entrytrees
from portal.entrytrees import MANY, Tree, read_trees
from portal.yamlfile import read_yaml


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """More files than are read at once, in two folders; one that says nothing, one that breaks off, one that is gone."""
    names = [f"catalog/{'mzj' if number < MANY // 2 else 'ylj'}/set-{number}.yml" for number in range(MANY + 3)]
    for number, name in enumerate(names):
        path = tmp_path / "city" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"title: 第 {number} 号\nfiles: [{{path: a.csv, rows: {number}}}]\n", "utf-8")
    (tmp_path / "city" / names[3]).write_text("", "utf-8")
    (tmp_path / "city" / names[4]).write_text("title: [未完\n", "utf-8")
    (tmp_path / "city" / names[-1]).unlink()
    return names


def trees(tmp_path: Path, paths: list[str], jobs: int) -> list[Tree]:
    return list(read_trees(tmp_path / "city", paths, jobs=jobs, cache=tmp_path / "cache", name="entries.tsv"))


def said(tmp_path: Path, paths: list[str], jobs: int) -> list[object]:
    return [one[:3] for one in trees(tmp_path, paths, jobs)]


def plainly(tmp_path: Path, paths: list[str]) -> list[object]:
    """The same, each file read by itself."""
    read = ((path, *read_yaml(tmp_path / "city", path)) for path in paths)
    return [(path, node.value if node else None, problems) for path, node, problems in read]


@pytest.mark.parametrize("jobs", [1, 2])
def test_kept_trees_say_what_the_files_say(tmp_path: Path, paths: list[str], jobs: int) -> None:
    expected = plainly(tmp_path, paths)
    assert said(tmp_path, paths, jobs) == expected
    kept = (tmp_path / "cache/entries.tsv").read_bytes()
    assert said(tmp_path, paths, jobs) == expected
    assert (tmp_path / "cache/entries.tsv").read_bytes().count(b"\n") == kept.count(b"\n") == 1 + len(paths) - 3


def test_a_changed_file_is_read_anew(tmp_path: Path, paths: list[str]) -> None:
    said(tmp_path, paths, 1)
    (tmp_path / "city" / paths[7]).write_text("title: 改过的\n", "utf-8")
    found = said(tmp_path, paths, 1)
    assert found[7] == (paths[7], {"title": "改过的"}, [])
    assert found == plainly(tmp_path, paths)


def test_of_many_files_one_that_changed_is_parsed(
    tmp_path: Path, paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(tmp_path, paths, 1)
    (tmp_path / "city" / paths[7]).write_text("title: 改过的\n", "utf-8")
    parsed: list[str] = []
    known = entrytrees.parse_yaml
    monkeypatch.setattr(entrytrees, "parse_yaml", lambda raw, path: parsed.append(path) or known(raw, path))
    said(tmp_path, paths, 1)
    assert parsed == [paths[3], paths[4], paths[7]]  # two have problems


def test_digests_tell_what_a_file_says_not_how_it_is_written(tmp_path: Path, paths: list[str]) -> None:
    first = [one.digest for one in trees(tmp_path, paths, 1)]
    (tmp_path / "city" / paths[7]).write_text("# 说明\n" + (tmp_path / "city" / paths[7]).read_text("utf-8"), "utf-8")
    (tmp_path / "city" / paths[8]).write_text("title: 改过的\n", "utf-8")
    second = [one.digest for one in trees(tmp_path, paths, 1)]
    assert [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b] == [8]
    assert second == [one.digest for one in trees(tmp_path, paths, 1)]
    assert len(set(second) - {""}) == len(paths) - 3


def test_a_few_files_leave_nothing_behind(tmp_path: Path, paths: list[str]) -> None:
    assert said(tmp_path, paths[:9], 2) == plainly(tmp_path, paths[:9])
    assert not (tmp_path / "cache").exists()
