"""What is kept of many YAML files is what they say: after a change, with a fault among them, in several processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.entrytrees import FILE, KIND, MANY, read_trees
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


def said(tmp_path: Path, paths: list[str], jobs: int) -> list[object]:
    return list(read_trees(tmp_path / "city", paths, jobs=jobs, cache=tmp_path / "cache"))


def plainly(tmp_path: Path, paths: list[str]) -> list[object]:
    """The same, each file read by itself."""
    read = ((path, *read_yaml(tmp_path / "city", path)) for path in paths)
    return [(path, node.value if node else None, problems) for path, node, problems in read]


@pytest.mark.parametrize("jobs", [1, 2])
def test_kept_trees_say_what_the_files_say(tmp_path: Path, paths: list[str], jobs: int) -> None:
    expected = plainly(tmp_path, paths)
    assert said(tmp_path, paths, jobs) == expected
    kept = list((tmp_path / "cache" / KIND).rglob(FILE))
    assert len(kept) == 2  # one a folder
    assert said(tmp_path, paths, jobs) == expected


def test_a_changed_file_is_read_anew(tmp_path: Path, paths: list[str]) -> None:
    said(tmp_path, paths, 1)
    (tmp_path / "city" / paths[7]).write_text("title: 改过的\n", "utf-8")
    found = said(tmp_path, paths, 1)
    assert found[7] == (paths[7], {"title": "改过的"}, [])
    assert found == plainly(tmp_path, paths)


def test_a_few_files_leave_nothing_behind(tmp_path: Path, paths: list[str]) -> None:
    assert said(tmp_path, paths[:9], 2) == plainly(tmp_path, paths[:9])
    assert not (tmp_path / "cache").exists()
