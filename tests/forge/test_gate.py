"""The very commands of the forges' files, run in real Git repositories: what a proposal meets on GitHub, GitLab, Gitea."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.settings import CODE
from tests.catalogues import make_catalogue

NOBODY = {"GIT_AUTHOR_NAME": "部门", "GIT_AUTHOR_EMAIL": "d@example.org"}
NOBODY |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in NOBODY.items()}
TRAP = 'raise SystemExit("the proposal was run")\n'
PARKS = "catalog/ylj/parks.yml"


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "safe.directory=*", "-C", str(folder), *words]
    return subprocess.run(command, env=os.environ | NOBODY, capture_output=True, text=True, check=True).stdout.strip()


def script_of(path: str, step: str) -> str:
    """The command of one step of a workflow, as the forge would hand it to a shell."""
    read: dict[str, Any] = yaml.load((CODE / path).read_text("utf-8"), Loader=yaml.BaseLoader)
    if "jobs" not in read:
        return "\n".join(read[step]["script"])
    found = [one["run"] for one in read["jobs"]["gate"]["steps"] if one.get("name", "").startswith(step)]
    return str(found[0])


def run(script: str, folder: Path, **told: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env={**os.environ, **NOBODY, "GITHUB_ACTIONS": "", **told},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city's repository whose own machine is a trap: the gate must not run any of it."""
    root = make_catalogue(tmp_path / "origin")
    (root / "build.py").write_text(TRAP)
    (root / "site_src" / "templates").mkdir(parents=True)
    (root / "site_src" / "templates" / "dataset.html").write_text("{{ 1/0 }}")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "base")
    return root


def propose(city: Path, old: str, new: str) -> str:
    """A commit on a branch that a stranger pushed; its base."""
    base = git(city, "rev-parse", "HEAD")
    git(city, "switch", "-qc", "proposal")
    path = city / PARKS
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    git(city, "commit", "-qam", "change")
    git(city, "update-ref", "refs/pull/7/head", "HEAD")
    git(city, "switch", "-q", "main")
    return base


def laid_out(city: Path, tmp_path: Path) -> Path:
    """What the checkout steps of GitHub's workflow leave: the machine, and the proposal with its history."""
    (tmp_path / "machine").symlink_to(CODE)
    git(tmp_path, "clone", "-q", str(city), "proposal")
    git(tmp_path / "proposal", "fetch", "-q", "origin", "refs/pull/7/head")
    git(tmp_path / "proposal", "checkout", "-q", "--detach", "FETCH_HEAD")
    return tmp_path


def test_github_a_good_proposal_passes_and_has_a_preview(city: Path, tmp_path: Path) -> None:
    base = propose(city, "供市民查找", "供市民查找和下载")
    work = laid_out(city, tmp_path)
    done = run(script_of(".github/workflows/gate.yml", "Check"), work, BASE=base, PROPOSER="clerk")
    assert done.returncode == 0, done.stdout + done.stderr
    with tarfile.open(work / "out/preview.tar.gz") as preview:
        pages = preview.getnames()
    assert "site/dataset/parks/index.html" in pages
    assert not (work / "proposal/site_src").exists()  # its pages and templates were not even laid out
    assert (work / "out/report.sarif").stat().st_size > 0


def test_github_a_bad_proposal_is_told_everything_and_has_no_preview(city: Path, tmp_path: Path) -> None:
    base = propose(city, "open_type: unconditional", "open_type: conditional")
    work = laid_out(city, tmp_path)
    script = script_of(".github/workflows/gate.yml", "Check")
    done = run(script, work, BASE=base, PROPOSER="clerk", GITHUB_ACTIONS="true")
    assert done.returncode == 1, done.stdout + done.stderr
    report = (work / "out/report.md").read_text("utf-8")
    assert "conditional-incomplete" in report
    assert "closed-data-in-git" in report
    assert f"::error file={PARKS},line=" in done.stdout
    assert not (work / "out/preview.tar.gz").exists()


def test_a_base_that_does_not_exist_is_a_fault_and_not_a_clean_report(city: Path, tmp_path: Path) -> None:
    propose(city, "供市民查找", "供市民查找和下载")
    work = laid_out(city, tmp_path)
    done = run(script_of(".github/workflows/gate.yml", "Check"), work, BASE="f" * 40, PROPOSER="")
    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr


def test_the_machine_is_never_its_own_proposal(tmp_path: Path) -> None:
    done = run(f"'{CODE}/.ci/gate' '{CODE}' HEAD out", tmp_path)
    assert done.returncode == 2
    assert "另行检出" in done.stderr


@pytest.fixture
def whole(city: Path) -> Path:
    """The same city with the real machine beside its data, as a fork of the portal has it."""
    shutil.rmtree(city / "site_src")
    for name in ("build.py", "Makefile", ".ci", "portal", "site_src", "requirements", "datasette_config"):
        source = CODE / name
        if source.is_dir():
            shutil.copytree(source, city / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, city / name)
    git(city, "add", "-A")
    git(city, "commit", "-qm", "machine")
    return city


def equipped(machine: Path) -> None:
    """With the environment of these tests, which a forge's runner would install."""
    (machine / ".venv").symlink_to(CODE / ".venv")
    os.utime(machine / "requirements/portal.txt", (0, 0))  # so that nothing is installed again


def test_gitea_fetches_the_proposal_as_data(whole: Path, tmp_path: Path) -> None:
    base = propose(whole, "open_type: unconditional", "open_type: not-open")
    path = ".gitea/workflows/gate.yml"
    got = run(script_of(path, "The machine"), tmp_path, ADDRESS=str(whole), BASE=base, NUMBER="7")
    assert got.returncode == 0, got.stderr
    assert not (tmp_path / "proposal/portal").exists()
    equipped(tmp_path / "machine")
    done = run(script_of(path, "Check"), tmp_path, BASE=base, PROPOSER="clerk")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "closed-data-in-git" in (tmp_path / "out/report.md").read_text("utf-8")


def test_gitlab_judges_with_the_machine_of_the_target_branch(whole: Path, tmp_path: Path) -> None:
    propose(whole, "供市民查找", "供市民查找和下载")
    git(tmp_path, "clone", "-q", str(whole), "build")
    here = tmp_path / "build"
    git(here, "fetch", "-q", "origin", "refs/pull/7/head")
    git(here, "checkout", "-q", "--detach", "FETCH_HEAD")
    lines = script_of(".gitlab-ci.yml", "gate").splitlines()
    told = {"CI_MERGE_REQUEST_PROJECT_URL": str(whole), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    assert run("\n".join(lines[:2]), here, **told).returncode == 0
    equipped(tmp_path / "machine")
    done = run("\n".join(lines[2:]), here, GITLAB_USER_LOGIN="clerk", **told)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (here / "out/preview.tar.gz").exists()
