"""portal/githistory.py: bytes come back from a real Git repository, by digest."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from portal.githistory import NotInHistory, recover

DATA = "datasets/mzj/村 居.csv"
ENTRY = "catalog/mzj/x.yml"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def put(root: Path, path: str, data: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def commit(repo: Path, message: str) -> None:
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", message)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city's folder below the top of its repository, with three states of one file."""
    repo = tmp_path / "仓 库"
    root = repo / "cities" / "苏州"
    root.mkdir(parents=True)
    git(repo, "init", "-q", "-b", "main")
    for number in (1, 2, 3):
        put(root, DATA, f"a\n{number}\n".encode())
        put(root, ENTRY, f"title: {number}\n".encode())
        commit(repo, f"state {number}")
    return root


def test_bytes_and_entry_of_an_earlier_state(city: Path, tmp_path: Path) -> None:
    past = recover(city, {DATA: sha(b"a\n1\n")}, ENTRY, tmp_path)
    assert past.files[DATA].read_bytes() == b"a\n1\n"
    assert past.beside == (b"title: 1\n",)


def test_the_entry_may_change_while_the_bytes_stand(city: Path, tmp_path: Path) -> None:
    put(city, ENTRY, b"title: 3 again\n")
    commit(city, "other words")
    past = recover(city, {DATA: sha(b"a\n3\n")}, ENTRY, tmp_path)
    assert past.beside == (b"title: 3 again\n", b"title: 3\n")


def test_a_file_that_was_removed_and_one_on_another_branch(city: Path, tmp_path: Path) -> None:
    git(city, "checkout", "-q", "-b", "side")
    put(city, DATA, b"a\nside\n")
    commit(city, "side")
    git(city, "checkout", "-q", "main")
    (city / DATA).unlink()
    commit(city, "gone")
    assert recover(city, {DATA: sha(b"a\nside\n")}, ENTRY, tmp_path).files[DATA].read_bytes() == b"a\nside\n"
    assert recover(city, {DATA: sha(b"a\n2\n")}, ENTRY, tmp_path).files[DATA].read_bytes() == b"a\n2\n"


def test_two_files_that_stood_together(city: Path, tmp_path: Path) -> None:
    other = "datasets/mzj/second.csv"
    put(city, other, b"b\n1\n")
    commit(city, "second")
    past = recover(city, {DATA: sha(b"a\n3\n"), other: sha(b"b\n1\n")}, ENTRY, tmp_path)
    assert [past.files[path].read_bytes() for path in (other, DATA)] == [b"b\n1\n", b"a\n3\n"]
    assert past.beside == (b"title: 3\n",)


def test_two_files_that_never_stood_together_have_no_entry(city: Path, tmp_path: Path) -> None:
    other = "datasets/mzj/second.csv"
    put(city, other, b"b\n1\n")
    commit(city, "second")
    assert recover(city, {DATA: sha(b"a\n1\n"), other: sha(b"b\n1\n")}, ENTRY, tmp_path).beside == ()


def test_bytes_that_git_never_saw(city: Path, tmp_path: Path) -> None:
    with pytest.raises(NotInHistory) as lost:
        recover(city, {DATA: sha(b"never")}, ENTRY, tmp_path)
    assert (lost.value.reason, lost.value.path) == ("lost", DATA)


def test_a_shallow_clone_says_so(city: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", (city.parent.parent).as_uri(), str(clone))
    with pytest.raises(NotInHistory) as lost:
        recover(clone / "cities" / "苏州", {DATA: sha(b"a\n1\n")}, ENTRY, tmp_path)
    assert lost.value.reason == "shallow"


def test_a_folder_without_git_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotInHistory) as lost:
        recover(tmp_path, {DATA: sha(b"a\n1\n")}, ENTRY, tmp_path)
    assert lost.value.reason == "without-git"


def test_a_build_started_by_a_hook_reads_its_own_repository(
    city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert recover(city, {DATA: sha(b"a\n1\n")}, ENTRY, tmp_path).beside == (b"title: 1\n",)
